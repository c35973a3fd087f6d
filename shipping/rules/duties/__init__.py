"""Duty and tax of a day: rates as tariffs print them, rules as officers keep them, and which of them holds."""

"""Reporting: the support that the agency gives to firms, and what a period brought by region, sector and owner's sex.

It owns the acts of support alone; firms, listings and inquiries are read where they stand. Figures and rows come from one query each.
"""

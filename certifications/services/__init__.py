"""Writes: certificates drafted, sent, checked, decided, looked at each night."""

"""Writes of the shipping room."""

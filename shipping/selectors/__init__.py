"""Reads of the shipping room."""

"""Reads of the inquiries room."""

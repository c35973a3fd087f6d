"""Doors of the shipping room: one module for each kind of page."""

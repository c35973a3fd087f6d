"""Doors: catalogue pages and the exporter's products."""

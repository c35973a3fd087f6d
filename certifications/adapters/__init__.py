"""Engines and files that this room speaks to: signatures, QR codes."""

"""Reads of the certificates' room."""

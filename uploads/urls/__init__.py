"""Addresses of files, and of files that come in pieces."""

"""The doors of the certificates' room."""

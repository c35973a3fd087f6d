"""Commands of the shipping room."""

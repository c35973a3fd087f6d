"""Commands of the inquiries room."""

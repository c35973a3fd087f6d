"""Forms of the inquiries room."""

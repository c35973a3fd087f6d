"""The officers' pages: acts of support with a firm, and a period in figures."""

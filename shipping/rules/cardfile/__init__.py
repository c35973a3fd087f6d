"""A rate card read cell by cell: clean values, and everything that is wrong with its place."""

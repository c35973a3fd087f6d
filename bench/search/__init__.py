"""`make bench-search`: our search beside textbook PostgreSQL full text, and the pages that buyers get."""

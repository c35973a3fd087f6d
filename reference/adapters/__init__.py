"""Files of other houses, read as they are published."""

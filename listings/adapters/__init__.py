"""Files that come from people."""

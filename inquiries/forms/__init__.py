"""Clean input of inquiries; nothing here writes."""

"""Plain rules of inquiries: the response clock, what a message may hold, reply records."""

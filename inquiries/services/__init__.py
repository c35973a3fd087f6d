"""What buyers, exporters and the clock do with inquiries: one function, one thing that somebody can ask for."""

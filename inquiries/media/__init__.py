"""Bytes to bytes, in a process of its own: papers as PDF. Nobody imports it; `inquiries.adapters.paper_pdf` starts it."""

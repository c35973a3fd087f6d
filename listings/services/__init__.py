"""What people can ask for: write, submit, decide, pause."""

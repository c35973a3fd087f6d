"""What people type about shipping."""

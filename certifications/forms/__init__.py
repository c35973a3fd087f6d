"""What exporters and officers fill in."""

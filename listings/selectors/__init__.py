"""What pages, the API and the editor read."""

"""The officers' addresses, inside the admin and behind its sign-in."""

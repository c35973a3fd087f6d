"""The officers' pages: the queue, one case, and how its changes are shown."""

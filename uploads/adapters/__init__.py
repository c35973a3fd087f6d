"""The two things outside that this room leans on: the file store, and the child that decodes."""

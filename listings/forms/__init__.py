"""Clean input of the editor's steps; nothing here writes."""

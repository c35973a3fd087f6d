"""Backup and restore of everything: one snapshot of the database in a form that any engine reads, the files, and their proof."""

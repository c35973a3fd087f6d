"""Backup, restore, digest and the check of files: the same on every engine, table by table as JSON lines.

Apps above say in `core.backup.registry` which files their rows name, what is built again and what is left out.
"""

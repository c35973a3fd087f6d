"""Files that people send: quarantine, checks, decoding in a killable child, renditions, and their delivery.

It owns the state of a file; what the file is for belongs to the app that declared its profile.
"""

"""Files that people send: quarantine, checks, reading in a killable child, renditions of pictures, originals of documents, and their delivery.

It owns the state of a file; what the file is for belongs to the app that declared its profile.
"""

"""Moderation as a mechanism: cases that officers claim and decide, with reasons, a statement to the person, and undo.

It changes no company and no listing: each app registers its kind of case and changes its own state.
"""

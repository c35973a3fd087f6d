"""Moderation as a mechanism: cases that officers claim and decide, with reasons, a statement to the person, undo, one appeal.

Reports are a kind of case of its own. It changes no company and no listing: each app registers its kind of case and changes
its own state.
"""

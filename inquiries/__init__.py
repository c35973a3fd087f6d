"""Inquiries: what buyers ask, the threads that follow, the response clock, and who may read them.

It owns the thread and its messages; files belong to uploads, prices to listings, and help by officers to moderation's cases.
"""

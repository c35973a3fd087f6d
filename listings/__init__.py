"""Listings: one product offered, its revisions, prices, packing and pictures; the catalogue and its search.

Who may sell is decided in storefronts, who decides in moderation; this room changes only its own state.
"""

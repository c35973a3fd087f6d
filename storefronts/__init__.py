"""Companies, their members and sites, and the public page that is their storefront.

What a company sells is not known here: the pages leave slots that upper apps fill.
"""

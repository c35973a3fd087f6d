"""Facts of the world that the trade is written in: countries, currencies, languages, units, Incoterms, HS codes, the category tree.

It owns no firm, product or person, and knows none.
"""

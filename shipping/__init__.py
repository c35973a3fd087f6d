"""Shipping: what a load weighs and measures, rate cards, carriers and forwarders that price it, lookups, duty and tax, the landed cost and who pays which leg.

It does not own quotations, which freeze its answers, nor the rates between currencies, which `reference` keeps.
"""

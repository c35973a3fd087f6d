"""Shipping: what a load weighs and measures, rate cards and their prices, duty and tax bases, the landed cost and who pays which leg.

It does not own quotations, which freeze its answers, nor the rates between currencies, which `reference` keeps.
"""

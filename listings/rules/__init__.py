"""Prices, packing, states and who sees what, in plain values."""

"""Commands of the demo country."""

"""How long it takes to match a sourcing request, with reasons, against many invented exporters."""

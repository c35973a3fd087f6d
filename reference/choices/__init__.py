"""Closed lists that trade documents use, and the words of our data files for the message catalogues."""

from reference.choices.lists import Incoterm, Unit

__all__ = ["Incoterm", "Unit"]

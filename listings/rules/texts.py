"""The texts of a product in one more language."""

from dataclasses import dataclass

MOST_LANGUAGES = 6


@dataclass(frozen=True)
class TextFacts:
    """What a person wrote in `language`; `origin` says whether from the start or as a translation."""

    language: str
    origin: str
    title: str
    summary: str = ""
    description: str = ""

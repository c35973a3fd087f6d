"""Words that were read in a file, as plain lines."""

import unicodedata

NEITHER_SHOWN_NOR_SAID = {"Cc", "Cs", "Co", "Cn"}


def clean_text(text: str) -> str:
    """Lines of printable characters, blank ones left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = (
        "".join(letter for letter in line if unicodedata.category(letter) not in NEITHER_SHOWN_NOR_SAID)
        for line in lines
    )
    return "\n".join(line.strip() for line in kept if line.strip())

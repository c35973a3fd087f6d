"""Words in a text that claim more than a picture can show: officers look at them twice."""

import re

CLAIMS: tuple[str, ...] = (
    "organic", "bio", "biologique", "ecological", "écologique", "eco-friendly", "sustainable", "durable", "climate neutral",
    "carbon neutral", "fair trade", "fairtrade", "commerce équitable", "certified", "certifié", "certifiée", "halal", "kosher",
    "haccp", "gluten-free", "sans gluten", "cures", "heals", "guérit", "medicinal", "anti-cancer", "fda approved", "guaranteed",
    "garanti", "عضوي", "معتمد", "حلال",
)  # fmt: skip
PATTERN = re.compile(
    r"(?<!\w)(" + "|".join(re.escape(word) for word in sorted(CLAIMS, key=len, reverse=True)) + r")(?!\w)",
    re.IGNORECASE,
)


def find_claims(*texts: str) -> tuple[str, ...]:
    """The claims that stand in the texts, each once, in lower case and in order of the alphabet."""
    return tuple(sorted({match.lower() for text in texts for match in PATTERN.findall(text)}))

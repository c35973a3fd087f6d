"""Stems of words, by language: Snowball's, as the engine carries them."""

from functools import cache, lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

SNOWBALL = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
ASKED = ("en", "fr", "es", "pt", "de", "ar", "it")
"""Languages in which a typed word is stemmed: the trade's, whatever the page's own is."""


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word; the word itself in a language without a stemmer."""
    name = SNOWBALL.get(language[:2])
    return (_analyzer(name).analyze(word) or [word])[0] if name else word


def list_stems(word: str) -> list[str]:
    """The stems that the word has in the languages that buyers write, each once."""
    return list(dict.fromkeys(stem(word, language) for language in ASKED))


@cache
def _analyzer(name: str) -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer(name)).build()

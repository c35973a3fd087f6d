"""What buyers ask: fifteen classes of questions, the same words for our search and for PostgreSQL."""

from listings.rules.searching import Query, Sort

WORDS = {
    "topic": ("honey", "shea butter", "cashew kernels", "green coffee", "leather wallet", "batik", "djembe", "saffron threads"),
    "broad": ("premium", "export", "natural", "grade", "organic", "bulk"),
    "two words": ("organic honey", "black soap", "dark chocolate", "wooden mask", "fair coffee", "handmade basket"),
    "three words": ("organic mango juice", "handmade leather belt", "red split lentils", "natural shea butter"),
    "French": ("miel", "savon noir", "panier", "café vert", "huile d'argan"),
    "Arabic": ("عسل", "صابون", "قهوة خضراء", "حقيبة جلدية"),
    "prefix": ("shea but", "choc", "mang", "saff", "lav"),
    "typo": ("hony", "cashw", "chocolat bar", "lether bag", "saffrn"),
}  # fmt: skip
FILTERED = {
    "one filter": (
        Query(text="honey", country=("GH",)), Query(text="basket", sample=True), Query(text="coffee", category=("green-coffee",)),
    ),
    "four filters": (
        Query(text="organic", country=("GH", "ET"), sample=True, lead=("20",), company_kind=("maker",)),
        Query(text="coffee", country=("KE",), sample=True, women=True, lead=("30",)),
    ),
    "newest": (Query(sort=Sort.NEWEST), Query(text="honey", sort=Sort.NEWEST), Query(text="soap", sort=Sort.NEWEST)),
    "price": (Query(text="honey", sort=Sort.LOWEST_PRICE), Query(text="basket", sort=Sort.LOWEST_PRICE)),
    "deep page": (Query(text="honey", page=20), Query(text="premium", page=200)),
    "browse category": (Query(scope="green-coffee"), Query(scope="food-and-drink"), Query(scope="leather")),
    "browse all": (Query(), Query(page=2)),
}  # fmt: skip
TYPED = ("honey", "shea butter", "chocolate", "saffron", "عسل", "panier")


def list_questions() -> list[tuple[str, Query]]:
    """Every question with its class."""
    typed = [(name, Query(text=words)) for name, several in WORDS.items() for words in several]
    return typed + [(name, query) for name, queries in FILTERED.items() for query in queries]


def list_beginnings() -> list[str]:
    """What the search field holds while words are typed, letter by letter."""
    return [word[:length] for word in TYPED for length in range(1, len(word) + 1)]

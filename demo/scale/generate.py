"""Facts of invented listings: a kind of product, qualities, a language, numbers. The same number gives the same listing."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
LANGUAGES = {"en": 58, "fr": 16, "es": 10, "ar": 10, "de": 6}
CURRENCIES = {"USD": (55, "1.1"), "EUR": (25, "1"), "GBP": (8, "0.85"), "ZAR": (6, "19.5"), "INR": (6, "89")}
PLACES = {
    "GH": ("Ho", "Tamale", "Kumasi", "Bolgatanga", "Takoradi"), "BF": ("Bobo-Dioulasso", "Banfora", "Koudougou"),
    "ET": ("Jimma", "Yirgacheffe", "Hawassa"), "KE": ("Nakuru", "Kisumu", "Machakos"), "UG": ("Mbale", "Kasese", "Gulu"),
    "TZ": ("Moshi", "Iringa", "Mtwara"), "MA": ("Essaouira", "Fès", "Agadir"), "TN": ("Sfax", "Kairouan", "Nabeul"),
    "EG": ("Siwa", "Aswan", "Fayoum"), "SN": ("Thiès", "Kaolack", "Ziguinchor"), "CI": ("Bouaké", "Korhogo", "Man"),
    "PE": ("Cusco", "Piura", "Ayacucho"), "CO": ("Pasto", "Manizales", "Neiva"), "EC": ("Loja", "Cuenca", "Manta"),
    "IN": ("Kochi", "Jaipur", "Guntur"), "LK": ("Kandy", "Galle", "Matara"), "VN": ("Da Lat", "Can Tho", "Hue"),
    "MG": ("Sambava", "Antsirabe", "Toamasina"), "ZA": ("Citrusdal", "Knysna", "Tzaneen"), "ID": ("Ubud", "Medan", "Toraja"),
}  # fmt: skip
PACKS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "en": {"kg": ("25 kg bags", "10 kg cartons", "500 g pouches", "1 kg tins"), "l": ("5 litre cans", "500 ml bottles", "200 litre drums"), "": ("box of 12", "carton of 40", "single piece")},
    "fr": {"kg": ("sacs de 25 kg", "cartons de 10 kg", "sachets de 500 g"), "l": ("bidons de 5 litres", "bouteilles de 500 ml"), "": ("boîte de 12", "carton de 40")},
    "es": {"kg": ("sacos de 25 kg", "cajas de 10 kg", "bolsas de 500 g"), "l": ("bidones de 5 litros", "botellas de 500 ml"), "": ("caja de 12", "cartón de 40")},
    "de": {"kg": ("Säcke zu 25 kg", "Kartons zu 10 kg", "Beutel zu 500 g"), "l": ("Kanister zu 5 Liter", "Flaschen zu 500 ml"), "": ("12 Stück im Karton", "40 Stück")},
    "ar": {"kg": ("أكياس 25 كجم", "كراتين 10 كجم"), "l": ("عبوات 5 لتر", "زجاجات 500 مل"), "": ("علبة من 12", "كرتون من 40")},
}  # fmt: skip
SENTENCES = {
    "en": (
        "We work with {n} families around {place}.", "Each lot is weighed, sampled and numbered before it leaves us.",
        "Lot {lot} is kept dry and away from light.", "Ask us for the analysis and for a sample.", "We have shipped to {n} buyers since {year}.",
        "Packed for sea freight, on pallets if you wish.", "Photographs show the goods that you will get.", "Colours and sizes can be agreed.",
    ),
    "fr": (
        "Nous travaillons avec {n} familles autour de {place}.", "Chaque lot est pesé, échantillonné et numéroté.",
        "Le lot {lot} est conservé au sec.", "Demandez l’analyse et un échantillon.", "Nous expédions depuis {year}.",
    ),
    "es": (
        "Trabajamos con {n} familias cerca de {place}.", "Cada lote se pesa, se muestrea y se numera.",
        "El lote {lot} se guarda en seco.", "Pida el análisis y una muestra.", "Exportamos desde {year}.",
    ),
    "de": (
        "Wir arbeiten mit {n} Familien rund um {place}.", "Jede Partie wird gewogen, geprüft und nummeriert.",
        "Partie {lot} lagert trocken.", "Fragen Sie nach Analyse und Muster.", "Wir liefern seit {year}.",
    ),
    "ar": (
        "نعمل مع {n} أسرة حول {place}.", "توزن كل دفعة وترقم قبل الشحن.", "تحفظ الدفعة {lot} في مكان جاف.", "اطلبوا التحليل وعينة.",
    ),
}  # fmt: skip
INCOTERMS = ("FOB", "FCA", "EXW", "CIF", "")
LEADS = (3, 7, 10, 14, 18, 21, 28, 35, 45, None)


@dataclass(frozen=True)
class Facts:
    """One listing; prices are for a unit, in `currency`, the first break from the minimum order on."""

    number: int
    company: int
    kind: str
    attributes: tuple[str, ...]
    category: str
    hs_code: str
    language: str
    title: str
    summary: str
    description: str
    unit: str
    currency: str
    price_visibility: str
    breaks: tuple[tuple[Decimal, Decimal], ...]
    incoterm: str
    origin: str
    place: str
    lead_time_days: int | None
    sample_offered: bool
    age_days: int


def make_facts(number: int, *, seed: int = 1, per_company: int = 60) -> Facts:
    """The facts of the listing of this number."""
    random = Random(f"{seed}:{number}")
    company = number // per_company
    kind = random.choices(read_kinds(), weights=[1 / (place + 4) for place in range(len(read_kinds()))])[0]
    country = sorted(PLACES)[company % len(PLACES)]
    place = random.choice(PLACES[country])
    language = random.choices(list(LANGUAGES), weights=list(LANGUAGES.values()))[0]
    attributes = _choose_attributes(random, kind)
    currency = random.choices(list(CURRENCIES), weights=[share for share, _rate in CURRENCIES.values()])[0]
    price = (Decimal(kind["price"]) * Decimal(CURRENCIES[currency][1]) * Decimal(random.uniform(0.6, 1.6))).quantize(
        Decimal("0.01")
    )
    least = Decimal(random.choice((1, 5, 10, 24, 50, 100, 300, 600, 1200)))
    return Facts(
        number=number, company=company, kind=kind["kind"], attributes=tuple(one["attribute"] for one in attributes),
        category=kind["category"], hs_code=kind["hs"], language=language,
        title=_write_title(random, kind, attributes, language, place)[:120],
        summary=_write(random, language, place, sentences=1)[:200], description=_write(random, language, place, sentences=4),
        unit=kind["unit"], currency=currency, price_visibility=random.choices(("public", "confirmed", "on_request"), weights=(80, 12, 8))[0],
        breaks=((least, price), (least * 5, (price * Decimal("0.9")).quantize(Decimal("0.01")))),
        incoterm=random.choice(INCOTERMS), origin=country, place=place, lead_time_days=random.choice(LEADS),
        sample_offered=random.random() < 0.6, age_days=random.randrange(900),
    )  # fmt: skip


@lru_cache(maxsize=1)
def read_kinds() -> Sequence[Mapping[str, str]]:
    """The rows of kinds.csv, in an order that makes some kinds common and most rare."""
    rows = _read_table("kinds.csv")
    return Random(7).sample(rows, len(rows))


@lru_cache(maxsize=1)
def read_attributes() -> Sequence[Mapping[str, str]]:
    """The rows of attributes.csv; `branches` is empty where the quality fits all."""
    return _read_table("attributes.csv")


@lru_cache(maxsize=1)
def read_branches() -> Mapping[str, str]:
    """By slug of a sub-category: its branch."""
    table = HERE.parent.parent / "reference" / "data" / "categories.csv"
    with table.open(newline="", encoding="utf-8") as file:
        return {row["slug"]: row["parent"] for row in csv.DictReader(file)}


def _read_table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _choose_attributes(random: Random, kind: Mapping[str, str]) -> list[Mapping[str, str]]:
    branch = read_branches()[kind["category"]]
    fitting = [one for one in read_attributes() if not one["branches"] or branch in one["branches"].split("|")]
    return random.sample(fitting, random.choice((0, 1, 1, 2)))


def _write_title(
    random: Random, kind: Mapping[str, str], attributes: Sequence[Mapping[str, str]], language: str, place: str
) -> str:
    packs = PACKS[language].get(kind["unit"], PACKS[language][""])
    parts = [kind[language], *(one[language] for one in attributes)]
    if random.random() < 0.5:
        parts.append(random.choice(packs))
    if random.random() < 0.6:
        parts.append(place)
    return ("، " if language == "ar" else ", ").join(parts)


def _write(random: Random, language: str, place: str, *, sentences: int) -> str:
    chosen = random.sample(SENTENCES[language], min(sentences, len(SENTENCES[language])))
    values = {
        "n": random.randrange(8, 400),
        "place": place,
        "lot": random.randrange(1000, 9999),
        "year": random.randrange(1990, 2026),
    }
    return " ".join(sentence.format(**values) for sentence in chosen)

"""What stands in the text of a document: number, first and last day, issuer. A guess for a person to check, never a fact."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

MOST_LETTERS = 20_000
"""Number and dates stand on the first pages."""
NEAR = 80
"""Letters between a label and what it labels: a column or a line break lies between them."""
MONTHS_A_YEAR = 12
FIRST_YEAR, LAST_YEAR = 1990, 2100

_MONTHS = {
    1: "january januar janvier enero janeiro gennaio januari ocak يناير",
    2: "february februar février fevrier febrero fevereiro febbraio februari şubat فبراير",
    3: "march märz maerz mars marzo março marco maart mart مارس",
    4: "april avril abril aprile nisan أبريل ابريل",
    5: "may mai mayo maio maggio mei mayıs مايو",
    6: "june juni juin junio junho giugno haziran يونيو",
    7: "july juli juillet julio julho luglio temmuz يوليو",
    8: "august août aout agosto augustus ağustos أغسطس اغسطس",
    9: "september septembre septiembre setembro settembre eylül سبتمبر",
    10: "october oktober octobre octubre outubro ottobre ekim أكتوبر اكتوبر",
    11: "november novembre noviembre novembro kasım نوفمبر",
    12: "december dezember décembre decembre diciembre dezembro dicembre aralık ديسمبر",
}
MONTHS = {name: number for number, names in _MONTHS.items() for name in names.split()}
MONTHS |= {name[:3]: number for name, number in list(MONTHS.items()) if name.isascii()} | {
    "sept": 9,
    "mar": 3,
    "mai": 5,
}

_DAY = re.compile(
    r"(?P<y1>\d{4})[-./](?P<m1>\d{1,2})[-./](?P<d1>\d{1,2})(?!\d)"
    r"|(?P<y2>\d{4})\s*年\s*(?P<m2>\d{1,2})\s*月\s*(?P<d2>\d{1,2})\s*日"
    r"|(?<!\d)(?P<d3>\d{1,2})(?P<sign>[-./])(?P<m3>\d{1,2})(?P=sign)(?P<y3>\d{4})(?!\d)"
    r"|(?<!\d)(?P<d4>\d{1,2})(?:st|nd|rd|th|\.|er)?[\s\-]+(?:of\s+|de\s+)?(?P<w4>[^\W\d_]{3,12})\.?,?[\s\-]+(?:de\s+|of\s+)?(?P<y4>\d{4})(?!\d)"
    r"|(?P<w5>[^\W\d_]{3,12})\.?\s+(?P<d5>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y5>\d{4})(?!\d)"
)
_UNTIL = re.compile(
    r"valid\s+(?:un)?til|valid\s+to\b|validity\s*:?\s*until|expir(?:y|ation)\s*(?:date)?|expires(?:\s+on)?|date\s+of\s+expiry|"
    r"gültig\s+bis|valable\s+jusqu|date\s+d.expiration|v[áa]lid[oa]\s+(?:hasta|até)|fecha\s+de\s+(?:vencimiento|caducidad)|"
    r"data\s+de\s+validade|scadenza|有效期至|有效期限至|صالحة?\s+(?:حتى|لغاية)|تاريخ\s+الانتهاء",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"valid\s+(?:as\s+)?(?:from|of)|date\s+of\s+(?:\w+\s+)?issue|issue\s+date|issued\s+on|issuing\s+date|effective\s+(?:date|from)|"
    r"gültig\s+(?:ab|von|vom)|ausstellungsdatum|valable\s+(?:à\s+partir\s+)?du|date\s+d.[ée]mission|v[áa]lid[oa]\s+(?:desde|a\s+partir)|"
    r"fecha\s+de\s+emisi[óo]n|data\s+de\s+emiss[ãa]o|data\s+di\s+emissione|发证日期|颁发日期|صالحة?\s+من|تاريخ\s+(?:الإصدار|الاصدار)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:to|until|till|through|bis|au|al|hasta|a|até|至|إلى|الى|حتى|[-–—])\s*", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:certificate|cert\.?|registration|licen[cs]e|zertifikats?|certificat|certificado|certificato)[\s-]*(?:registration\s+|reg\.?\s*)?"
    r"(?:number|num(?:éro|ero|ber)?|no\.?|nr\.?|n[°º.]|n\.\s*[°º]|#|id|code)\s*[:.#]*\s*(?P<after>[^\n]{0,60}(?:\n[^\n]{0,60})?)"
    r"|(?:证书编号|证书号|رقم\s+(?:الشهادة|شهادة))\s*[::.]*\s*(?P<other>[^\n]{0,60}(?:\n[^\n]{0,60})?)",
    re.IGNORECASE,
)
_PART = r"[A-Za-z0-9/._\-]*[0-9](?:[A-Za-z0-9/._\-]*[A-Za-z0-9])?"
_TOKEN = re.compile(rf"(?:\b[A-Z]{{1,4}} )?\b{_PART}(?: {_PART})*")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
LEAST_DIGITS = 3


@dataclass(frozen=True)
class Reading:
    """What was found; empty where nothing was."""

    number: str = ""
    issuer_name: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class Found:
    """A day and where it stands in the text."""

    day: date
    start: int
    end: int


def read_certificate(text: str, *, issuers: Iterable[tuple[str, Iterable[str]]] = ()) -> Reading:
    """Read the text of a document. `issuers`: names of bodies that we know, each with its other names."""
    plain = text[:MOST_LETTERS].translate(_DIGITS)
    days = list(find_days(plain))
    first, last = _find_term(plain, days)
    return Reading(find_number(plain), find_known_issuer(plain, issuers), first, last)


def find_days(text: str) -> Iterator[Found]:
    """Every day that can be read in one way only: 03/04/2027 is left out, 13/04/2027 and 03.04.2027 are not."""
    for match in _DAY.finditer(text):
        day = _make_day({name.rstrip("12345"): value for name, value in match.groupdict().items() if value})
        if day:
            yield Found(day, match.start(), match.end())


def find_number(text: str) -> str:
    """What stands behind "Certificate No." and its kin in other languages; it has some figures."""
    for match in _NUMBER.finditer(text):
        after = match["after"] or match["other"] or ""
        first_day = next((found.start for found in find_days(after)), len(after))
        for token in _TOKEN.findall(after[:first_day]):
            if sum(letter.isdigit() for letter in token) >= LEAST_DIGITS:
                return str(token)
    return ""


def find_known_issuer(text: str, issuers: Iterable[tuple[str, Iterable[str]]]) -> str:
    """The known body whose name, or other name, stands in the text; the longest of several."""
    held = f" {_fold(text)} "
    found = [
        (len(folded), name) for name, others in issuers for folded in map(_fold, (name, *others)) if f" {folded} " in held and folded
    ]  # fmt: skip
    return max(found, default=(0, ""))[1]


def _find_term(text: str, days: list[Found]) -> tuple[date | None, date | None]:
    first, last = _find_labelled(text, days, _FROM), _find_labelled(text, days, _UNTIL)
    if first and not last:
        following = next((day for day in days if _BETWEEN.fullmatch(text[first.end : day.start])), None)
        last = following
    if first and last and last.day < first.day:
        return None, None  # the labels were misread, so neither is worth a guess
    return (first.day if first else None), (last.day if last else None)


def _find_labelled(text: str, days: list[Found], label: re.Pattern[str]) -> Found | None:
    other = _UNTIL if label is _FROM else _FROM
    for match in label.finditer(text):
        near = next((day for day in days if match.end() <= day.start <= match.end() + NEAR), None)
        if near and not other.search(text, match.end(), near.start):
            return near
    return None


def _make_day(parts: dict[str, str]) -> date | None:
    month = MONTHS.get(parts["w"].casefold(), 0) if "w" in parts else int(parts["m"])
    day, year = int(parts["d"]), int(parts["y"])
    if month > MONTHS_A_YEAR >= day:
        day, month = month, day
    elif parts.get("sign") in {"/", "-"} and day <= MONTHS_A_YEAR and day != month:
        return None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _fold(text: str) -> str:
    """Words in small letters with single blanks between them."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.casefold()).split())

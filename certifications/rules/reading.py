"""What stands in the text of a document: number, first and last day, issuer. A guess for a person to check, never a fact."""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from certifications.rules.days import Found, find_days

MOST_LETTERS = 20_000
"""Number and dates stand on the first pages."""
NEAR = 80
"""Letters between a label and what it labels: a column or a line break lies between them."""
_LABELS = {
    "until": r"valid\s+(?:un)?til|valid\s+(?:to|through|thru)\b|validity\s*:?\s*until|expir(?:y|ation)\s*(?:date)?|expires(?:\s+on)?|"
    r"date\s+of\s+expiry|gültig\s+bis|ablaufdatum|valable\s+jusqu|date\s+d.expiration|v[áa]lid[oa]\s+(?:hasta|até)|"
    r"fecha\s+de\s+(?:vencimiento|caducidad)|data\s+de\s+validade|scadenza|有效期至|有效期限至|صالحة?\s+(?:حتى|لغاية)|تاريخ\s+الانتهاء",
    "from": r"valid\s+(?:as\s+)?(?:from|of)|effective\s+(?:date|from)|gültig\s+(?:ab|von|vom)|valable\s+(?:à\s+partir\s+)?du|"
    r"validité\s*:?\s*du|v[áa]lid[oa]\s+(?:desde|a\s+partir)|صالحة?\s+من",
    "issued": r"date\s+of\s+(?:\w+\s+)?issue|(?:\w+\s+)?issue\s+date|(?:\w+\s+)?issued\s+on|issuing\s+date|ausstellungsdatum|"
    r"date\s+d.[ée]mission|fecha\s+de\s+emisi[óo]n|data\s+de\s+emiss[ãa]o|data\s+di\s+emissione|发证日期|颁发日期|颁证日期|"
    r"تاريخ\s+(?:الإصدار|الاصدار)",
}
_LABEL = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items()), re.IGNORECASE)
_OTHER = re.compile(
    r"accredit|akkredit|acr[ée]dit|audit|previous|\bfirst\b|initial|original|last\s+(?:certification|cycle|audit)|erst|première|primera|"
    r"précédent|anterior|初次|首次|认可|الأول|السابق|اعتماد",
    re.IGNORECASE,
)
"""Words that make it the day of something else: of the issuer's accreditation, of the first issue, of an audit."""
_BETWEEN = re.compile(
    r"\s*(?:to|until|till|through|thru|bis|bis zum|au|al|hasta(?: el)?|a|até|至|إلى|الى|حتى|[-–—])\s*", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?:certificate|cert\.?|registration|licen[cs]e|zertifikats?|certificat|certificado|certificato)[\s-]*(?:registration\s+|reg\.?\s*)?"
    r"(?:number|num(?:éro|ero|ber)?|no\.?|nr\.?|n[°º.]|n\.\s*[°º]|#|id|code)\s*[:.#]*\s*(?=(?P<after>[^\n]{0,60}(?:\n[^\n]{0,60})?))"
    r"|(?:证书编号|证书号|رقم\s+(?:الشهادة|شهادة))\s*[::.]*\s*(?=(?P<other>[^\n]{0,60}(?:\n[^\n]{0,60})?))",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"(?:company|business|commercial|trade|tax|vat|fiscal|importer|exporter|accreditation|akkreditierungs?|handels)[\s-]*(?:register\s+)?$",
    re.IGNORECASE,
)
"""Before the label these make it the number of something else."""
_NO_NUMBER = re.compile(
    r"\b(?:iso|iec|en|din|bs|fssc|brcgs?|ifs|regulation|r[èe]glement|verordnung|standard|version|page|annex|box|tel|phone|fax)[\s:./+()-]*"
    r"(?:\d[\w./:-]*)?$",
    re.IGNORECASE,
)
_LETTER = "A-Za-zÀ-ÖØ-öø-ÿĀ-ſ0-9"
_PART = rf"(?=[{_LETTER}/._\-]*[0-9])[{_LETTER}](?:[{_LETTER}/._\-]*[{_LETTER}])?"
_TOKEN = re.compile(rf"(?:\b[A-Z]{{1,4}} )?(?<![{_LETTER}]){_PART}(?: {_PART})*")
_YEAR = re.compile(r"\d{4}")
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
class Label:
    """Words that say what a day is: the first, the last, that of issue, or that of something else ("")."""

    name: str
    start: int
    end: int


def read_certificate(text: str, *, issuers: Iterable[tuple[str, Iterable[str]]] = ()) -> Reading:
    """Read the text of a document. `issuers`: names of bodies that we know, each with its other names."""
    plain = text[:MOST_LETTERS].translate(_DIGITS)
    days = list(find_days(plain))
    first, last = _find_term(plain, days)
    return Reading(find_number(plain), find_known_issuer(plain, issuers), first, last)


def find_number(text: str) -> str:
    """What stands behind "Certificate No." and its kin in other languages; it has some figures."""
    labels = list(_NUMBER.finditer(text))
    ends = [label.start() for label in labels[1:]] + [len(text)]
    for label, end in zip(labels, ends, strict=False):
        if not _OTHER_NUMBER.search(text[max(0, label.start() - NEAR // 2) : label.start()]):
            after = (label["after"] or label["other"] or "")[: end - label.end()]
            number = _find_token(after)
            if number:
                return number
    return ""


def _find_token(after: str) -> str:
    """The first figures before a day that are not those of a standard, a page or a telephone."""
    first_day = next((found.start for found in find_days(after)), len(after))
    for token in _TOKEN.finditer(after[:first_day]):
        has_figures = sum(letter.isdigit() for letter in token[0]) >= LEAST_DIGITS
        if has_figures and not _NO_NUMBER.search(after[: token.start()] + token[0].split(" ")[0]):
            return token[0]
    return ""


def find_known_issuer(text: str, issuers: Iterable[tuple[str, Iterable[str]]]) -> str:
    """The known body whose name, or other name, stands in the text; the longest of several."""
    held = f" {_fold(text)} "
    found = [
        (len(folded), name) for name, others in issuers for folded in map(_fold, (name, *others)) if f" {folded} " in held and folded
    ]  # fmt: skip
    return max(found, default=(0, ""))[1]


def _find_term(text: str, days: list[Found]) -> tuple[date | None, date | None]:
    named: dict[str, set[date]] = {}
    for name, found in _name_days(text, days):
        named.setdefault(name, set()).add(found.day)
        following = next((day for day in days if _BETWEEN.fullmatch(text, found.end, max(found.end, day.start))), None)
        if name == "from" and following:
            named.setdefault("until", set()).add(following.day)
    first, last = _get_only(named.get("from") or named.get("issued")), _get_only(named.get("until"))
    if first and last and last < first:
        return None, None  # the labels were misread, so neither is worth a guess
    return first, last


def _get_only(days: set[date] | None) -> date | None:
    """Two days under one label are read wrongly, or belong to two papers."""
    return next(iter(days)) if days and len(days) == 1 else None


def _name_days(text: str, days: list[Found]) -> Iterator[tuple[str, Found]]:
    """Each day with what its label says; a row of labels names the row of days below it, one by one."""
    ends = [day.end for day in days]
    for labels in _group_labels(text, ends):
        names = [name for name, _ in groupby(label.name for label in labels)]
        near = _list_row(text, labels[-1].end, days)
        if len(names) == 1:
            near = near[:1]
        if len(near) >= len(names) and not (near and _OTHER.search(text, labels[-1].end, near[0].start)):
            yield from zip(names, near, strict=False)


def _list_row(text: str, end: int, days: list[Found]) -> list[Found]:
    """The days behind a label, each near to what stands before it; a year between them is of a day that could not be read."""
    row: list[Found] = []
    for day in days:
        if day.start >= end:
            if day.start - end > NEAR or _YEAR.search(text, end, day.start):
                break
            row.append(day)
            end = day.end
    return row


def _group_labels(text: str, ends: list[int]) -> Iterator[list[Label]]:
    """Labels with no day between them stand together."""
    found = [_make_label(text, match) for match in _LABEL.finditer(text)]
    for _, labels in groupby(found, key=lambda label: bisect(ends, label.start)):
        yield list(labels)


def _make_label(text: str, match: re.Match[str]) -> Label:
    line = re.split(r"[\n.;|]|\d{4}|\s{3}", text[max(0, match.start() - NEAR // 2) : match.start()])[-1]
    is_other = _OTHER.search(line + match[0])
    return Label("" if is_other else str(match.lastgroup), match.start(), match.end())


def _fold(text: str) -> str:
    """Words in small letters with single blanks between them."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.casefold()).split())

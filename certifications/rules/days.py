"""Days as certificates write them, in the figures and months of many languages; what can be read in two ways is no day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS_A_YEAR = 12
FIRST_YEAR, LAST_YEAR = 1990, 2100

_MONTHS = {
    1: "january januar janvier enero janeiro gennaio januari ocak يناير",
    2: "february februar février fevrier febrero fevereiro febbraio februari şubat فبراير",
    3: "march märz maerz mars marzo março marco maart mart مارس",
    4: "april avril abril aprile nisan أبريل ابريل",
    5: "may mai mayo maio maggio mei mayıs مايو",  # noqa: RUF001  a Turkish letter
    6: "june juni juin junio junho giugno haziran يونيو",
    7: "july juli juillet julio julho luglio temmuz يوليو",
    8: "august août aout agosto augustus ağustos أغسطس اغسطس",
    9: "september septembre septiembre setembro settembre eylül سبتمبر",
    10: "october oktober octobre octubre outubro ottobre ekim أكتوبر اكتوبر",
    11: "november novembre noviembre novembro kasım نوفمبر",  # noqa: RUF001  a Turkish letter
    12: "december dezember décembre decembre diciembre dezembro dicembre aralık ديسمبر",  # noqa: RUF001  a Turkish letter
}
MONTHS = {name: number for number, names in _MONTHS.items() for name in names.split()}
MONTHS |= {name[:3]: number for name, number in MONTHS.items() if name.isascii()} | {"sept": 9, "juil": 7, "janv": 1}
del MONTHS["jui"]  # June or July in French

_DAY = re.compile(
    r"(?P<y1>\d{4})[-./](?P<m1>\d{1,2})[-./](?P<d1>\d{1,2})(?!\d)"
    r"|(?P<y2>\d{4})\s*年\s*(?P<m2>\d{1,2})\s*月\s*(?P<d2>\d{1,2})\s*日"
    r"|(?<!\d)(?P<d3>\d{1,2})(?P<sign>[-./])(?P<m3>\d{1,2})(?P=sign)(?P<y3>\d{4})(?!\d)"
    r"|(?<!\d)(?P<d4>\d{1,2})(?:st|nd|rd|th|\.|er)?[\s\-]+(?:of\s+|de\s+)?(?P<w4>[^\W\d_]{3,12})\.?,?[\s\-]+(?:de\s+|of\s+)?(?P<y4>\d{4})(?!\d)"
    r"|(?P<w5>[^\W\d_]{3,12})\.?\s+(?P<d5>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y5>\d{4})(?!\d)"
)


@dataclass(frozen=True)
class Found:
    """A day and where it stands in the text."""

    day: date
    start: int
    end: int


def find_days(text: str) -> Iterator[Found]:
    """Every day that can be read in one way only. 03/04/2027 can, where another day of the text shows that the day comes first."""
    matches = [(match, _list_parts(match)) for match in _DAY.finditer(text)]
    puts_day_first = {order for _, parts in matches if (order := _find_order(parts)) is not None} == {True}
    for match, parts in matches:
        day = _make_day(parts, puts_day_first=puts_day_first)
        if day:
            yield Found(day, match.start(), match.end())


def _list_parts(match: re.Match[str]) -> dict[str, str]:
    return {name.rstrip("12345"): value for name, value in match.groupdict().items() if value}


def _is_in_figures(parts: dict[str, str]) -> bool:
    """Two small figures around a sign that says nothing of their order; a dot does, for who writes it puts the day first."""
    return parts.get("sign") in {"/", "-"}


def _find_order(parts: dict[str, str]) -> bool | None:
    """Whether the day comes first; None where this day does not show it."""
    if not _is_in_figures(parts) or parts["d"] == parts["m"]:
        return None
    first, second = int(parts["d"]), int(parts["m"])
    return None if max(first, second) <= MONTHS_A_YEAR else first > second


def _make_day(parts: dict[str, str], *, puts_day_first: bool) -> date | None:
    month = MONTHS.get(parts["w"].casefold(), 0) if "w" in parts else int(parts["m"])
    day, year = int(parts["d"]), int(parts["y"])
    if month > MONTHS_A_YEAR >= day and _is_in_figures(parts):
        day, month = month, day
    elif _is_in_figures(parts) and day <= MONTHS_A_YEAR and day != month and not puts_day_first:
        return None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None

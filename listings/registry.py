"""What listings offer to the apps above: facts of companies that buyers filter the catalogue by, figures by week, and a place on the list of silent firms."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class SearchField:
    """A group of filters. `name` is its parameter and its field of the index; texts are English, marked by gettext_noop.

    `merits` says how much a value lifts a listing in the order of results, from 0 to 1; a company with several has the best, one that
    `read` knows without any has none, one that it does not know stands in the middle.
    `values` gives each value its label and the words of its chip, in the order shown. `read(company_ids=)` answers the values of
    each company that has any; the app that knows them calls `note_company_change` when they change.
    """

    name: str
    heading: str
    values: Mapping[str, tuple[str, str]]
    read: Callable[..., Mapping[int, Sequence[str]]]
    merits: Mapping[str, float] = field(default_factory=dict)


_fields: dict[str, SearchField] = {}


def register_search_field(search_field: SearchField) -> None:
    """Called in `AppConfig.ready()`; an index without the field is built anew."""
    _fields[search_field.name] = search_field


def list_search_fields() -> list[SearchField]:
    """Every registered field, in the order of registration."""
    return list(_fields.values())


def read_search_values(company_ids: Collection[int]) -> dict[str, Mapping[int, Sequence[str]]]:
    """Per field: the values of these companies."""
    return {name: known.read(company_ids=company_ids) for name, known in _fields.items()}


def read_merits(registered: Mapping[str, Mapping[int, Sequence[str]]]) -> dict[int, float]:
    """Per company: the best merit of its values, of those from `read_search_values`."""
    found: dict[int, float] = {}
    for name, of_company in registered.items():
        for company_id, values in of_company.items():
            if merits := _fields[name].merits:
                found[company_id] = max([merits.get(value, 0.0) for value in values], default=0.0)
    return found


@dataclass(frozen=True)
class Happened:
    """So often in the week of that Monday; `listing_id` is None where it was the company, `country` "" where nobody knows."""

    week: date
    listing_id: int | None
    country: str
    number: int


@dataclass(frozen=True)
class WeeklySource:
    """Something of an app above that exporters see by week beside their views; texts are English, marked by gettext_noop.

    `read(company_id=, since=)` answers with `Happened` rows from the week of that Monday on, in one query.
    """

    name: str
    label: str
    per_week: str
    read: Callable[..., Sequence[Happened]]


_weekly: dict[str, WeeklySource] = {}


def register_weekly(source: WeeklySource) -> None:
    """Called in `AppConfig.ready()`; one query each on the page of figures and on the dashboard."""
    _weekly[source.name] = source


def list_weekly_sources() -> list[WeeklySource]:
    """Every registered one, in the order of registration."""
    return list(_weekly.values())


@dataclass(frozen=True)
class FirmLink:
    """What an app above can do for a firm on the officers' list of silent ones; `label` is English, marked by gettext_noop.

    `url_name` names an address of the admin that takes the company's id.
    """

    label: str
    url_name: str


_firm_links: dict[str, FirmLink] = {}


def register_firm_link(link: FirmLink) -> None:
    """Called in `AppConfig.ready()`; the same address again replaces the link."""
    _firm_links[link.url_name] = link


def list_firm_links() -> list[FirmLink]:
    """Every registered one, in the order of registration."""
    return list(_firm_links.values())

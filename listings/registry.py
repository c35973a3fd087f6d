"""What listings offer to the apps above: facts of companies that buyers filter the catalogue by."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class SearchField:
    """A group of filters. `name` is its parameter and its field of the index; texts are English, marked by gettext_noop.

    `values` gives each value its label and the words of its chip, in the order shown. `read(company_ids=)` answers the values of
    each company that has any; the app that knows them calls `note_company_change` when they change.
    """

    name: str
    heading: str
    values: Mapping[str, tuple[str, str]]
    read: Callable[..., Mapping[int, Sequence[str]]]


_fields: dict[str, SearchField] = {}


def register_search_field(field: SearchField) -> None:
    """Called in `AppConfig.ready()`; an index without the field is built anew."""
    _fields[field.name] = field


def list_search_fields() -> list[SearchField]:
    """Every registered field, in the order of registration."""
    return list(_fields.values())


def read_search_values(company_ids: Collection[int]) -> dict[str, Mapping[int, Sequence[str]]]:
    """Per field: the values of these companies."""
    return {name: field.read(company_ids=company_ids) for name, field in _fields.items()}

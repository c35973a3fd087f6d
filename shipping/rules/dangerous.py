"""x."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Askable:
    cards: bool
    carriers: bool
    forwarders: bool


def find_askable(*, is_dangerous: bool, un_number: str) -> Askable:
    return Askable(not is_dangerous or bool(un_number), not is_dangerous, True)

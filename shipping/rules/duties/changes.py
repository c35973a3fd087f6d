"""What rules would change: new ones, others than before, as they were, and gone."""

from collections.abc import Mapping
from dataclasses import dataclass

Says = tuple[str, ...]


@dataclass(frozen=True)
class RuleChange:
    """A rule by its key, with what it says before and after; None where there is none."""

    key: str
    before: Says | None
    after: Says | None

    @property
    def act(self) -> str:
        if self.before is None:
            return "new"
        return "gone" if self.after is None else "changed"

    @property
    def subject(self) -> str:
        """Destination, code and origin of the key, for people."""
        destination, hs_prefix, sale, value_from, value_until, valid_from, origin, group, preference, currency = (
            self.key.split("|")
        )
        bounds = " ".join(part for part in (value_from, "–" if value_until else "", value_until, currency) if part)
        kind = "preference" if preference else ""
        return " ".join(
            part for part in (destination, hs_prefix, origin or group, kind, sale, bounds, valid_from) if part
        )


@dataclass(frozen=True)
class Difference:
    """Changes in the order of their keys, and how many rules stay as they are."""

    changes: tuple[RuleChange, ...]
    same: int

    def count(self, act: str) -> int:
        return sum(change.act == act for change in self.changes)

    @property
    def added(self) -> int:
        return self.count("new")

    @property
    def changed(self) -> int:
        return self.count("changed")

    @property
    def gone(self) -> int:
        return self.count("gone")


def compare_rules(before: Mapping[str, Says], after: Mapping[str, Says], *, ends: frozenset[str]) -> Difference:
    """`before` are rules in force; of those that the new ones do not name, only the keys in `ends` go."""
    changes = [
        RuleChange(key, before.get(key), after.get(key))
        for key in sorted(after.keys() | ends)
        if before.get(key) != after.get(key)
    ]
    same = sum(before.get(key) == said for key, said in after.items())
    return Difference(tuple(changes), same)

"""Owners of private things in the authorisation matrix, and the words that only some may read."""

from dataclasses import asdict, dataclass, field
from typing import Any

from accounts.models import User
from storefronts.models import Company


@dataclass
class Scope:
    """One owner of private things. `team` maps roles to names of actors; `buyer` is the other party of its threads."""

    name: str
    company: Company
    team: dict[str, str]
    buyer: str
    people: dict[str, User]
    objects: dict[str, Any] = field(default_factory=dict)
    canaries: dict[str, list[str]] = field(default_factory=dict)

    def canary(self, what: str, *readers: str) -> str:
        """A word of this owner; the team may read it, and whoever is named."""
        word = f"canary{self.name}{what}"
        self.canaries[word] = sorted({*self.team.values(), *readers})
        return word

    @property
    def owner(self) -> User:
        return self.people[self.team["owner"]]


@dataclass(frozen=True)
class Planted:
    """What `seed_matrix --json` prints. `actors` maps a name to an address; `objects` a scope to values of addresses' parameters."""

    actors: dict[str, str]
    scopes: dict[str, dict[str, Any]]
    teams: dict[str, dict[str, str]]
    canaries: dict[str, list[str]]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

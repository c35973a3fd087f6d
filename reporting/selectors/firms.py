"""Where each firm stands in a report: its region, its sector, who owns it, and when it joined. One definition for figures and rows."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, DateTimeField, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.words import fold
from listings.choices import ListingState
from listings.models import Listing
from reference.models import Category
from reference.selectors import get_country_name, list_categories
from reporting.choices import Division
from reporting.rules import NOT_TOLD
from storefronts.choices import OwnerSex
from storefronts.models import ClaimCode, Company, Invitation, Member

OFFERED = (ListingState.LIVE, ListingState.PAUSED)


@dataclass(frozen=True)
class Part:
    """One part of a division, as a report names it. `key` is what addresses say, `NOT_TOLD` for those of whom it is not known."""

    key: str
    label: str


@dataclass
class Spellings:
    """A region as firms write it: `Volta`, `VOLTA`, `volta `; the commonest spelling is its name."""

    country: str
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def label(self) -> str:
        return min(self.counts, key=lambda name: (-self.counts[name], name)).strip()


def list_firms() -> QuerySet[Any]:
    """All firms with what a report divides them by: `report_sector`, `report_sex`, `joined_at`; the region is their own column.

    The sector is the branch that the agency has written down; where it has none, the branch of most products that the firm offers.
    A firm that opened its own storefront joined then; one that the agency entered joined when its first person took it over.
    """
    told = Category.objects.filter(slug=OuterRef("agency_facts__sector"))
    return Company.objects.annotate(
        report_sector=Coalesce(
            Subquery(told.values(branch=Coalesce("parent__slug", "slug"))[:1]),
            Subquery(_list_branches()),
            Value(NOT_TOLD),
        ),
        report_sex=Coalesce("agency_facts__owner_sex", Value(NOT_TOLD)),
        joined_at=Case(
            When(agency_facts__entered_by__isnull=False, then=_find_first_person()),
            default="created_at",
            output_field=DateTimeField(null=True),
        ),
    ).order_by("legal_name", "pk")


def _list_branches() -> QuerySet[Any, Any]:
    """The branches of what a firm offers, the commonest first."""
    offered = Listing.objects.filter(company=OuterRef("pk"), state__in=OFFERED, live_revision__category__isnull=False)
    branch = Coalesce("live_revision__category__parent__slug", "live_revision__category__slug")
    counted = offered.values(branch=branch).annotate(number=Count("pk")).order_by("-number", "branch")
    return counted.values("branch")[:1]


def _find_first_person() -> Coalesce:
    """When a firm was taken over by its code or by an invitation; people who have left since do not move it."""
    code = ClaimCode.objects.filter(company=OuterRef("pk")).order_by().values("company")
    invitation = Invitation.objects.filter(company=OuterRef("pk")).order_by().values("company")
    member = Member.objects.filter(company=OuterRef("pk"), is_agency=False).order_by().values("company")
    return Coalesce(
        Subquery(code.values(at=Min("used_at"))), Subquery(invitation.values(at=Min("accepted_at"))),
        Subquery(member.values(at=Min("joined_at"))),
    )  # fmt: skip


def make_region_key(*, country: str, region: str) -> str:
    """Spellings that differ in case, accents or blanks are one region: "gh-volta"; a region belongs to its country."""
    name = fold(" ".join(region.split()))
    return f"{country.lower()}-{name}" if name else NOT_TOLD


def read_regions() -> dict[str, Spellings]:
    """Every region by its key, and what stands for none under `NOT_TOLD`. One query."""
    found: dict[str, Spellings] = {}
    rows = Company.objects.values_list("country", "region").annotate(number=Count("pk")).order_by()
    for country, region, number in rows:
        key = make_region_key(country=country, region=region)
        found.setdefault(key, Spellings(country)).counts[region] += number
    return found


def list_parts(*, division: str) -> list[Part]:
    """Every part that a division can have, in the order of a report; those of whom it is not known come last. At most one query."""
    if division == Division.REGION:
        regions = read_regions()
        regions.pop(NOT_TOLD, None)
        parts = _name_regions(regions)
    elif division == Division.SECTOR:
        parts = [Part(branch.slug, branch.label) for branch in list_categories() if branch.parent_id is None]
    else:
        parts = [Part(sex.value, str(sex.label)) for sex in OwnerSex if sex.value != NOT_TOLD]
    return [*parts, Part(NOT_TOLD, _("Not told"))]


def _name_regions(regions: dict[str, Spellings]) -> list[Part]:
    """Alphabetically; with its country where firms come from several."""
    several = len({spellings.country for spellings in regions.values()}) > 1
    language = get_language() or "en"
    parts = []
    for key, spellings in regions.items():
        label = spellings.label
        if several:
            country = get_country_name(code=spellings.country, language=language)
            label = _("%(first)s, %(next)s") % {"first": label, "next": country}
        parts.append(Part(key, label))
    return sorted(parts, key=lambda part: (fold(part.label), part.key))


def filter_firms(*, division: str, key: str) -> QuerySet[Any]:
    """The firms of one part; none for a key that no part has. At most one query before."""
    firms = list_firms()
    if division == Division.REGION:
        return firms.filter(_match_region(key))
    if key not in {part.key for part in list_parts(division=division)}:
        return firms.none()
    return firms.filter(**{"report_sector" if division == Division.SECTOR else "report_sex": key})


def _match_region(key: str) -> Q:
    """The firms that write a region in any of its ways; those that write none, in whatever country."""
    found = read_regions().get(key)
    if found is None:
        return Q(pk=None)
    written = Q(region__in=list(found.counts))
    return written if key == NOT_TOLD else written & Q(country=found.country)


@dataclass(frozen=True)
class FirmKeys:
    """The keys of every firm by its number: `keys[company_id][division]`."""

    keys: dict[int, dict[str, str]]

    def get_key(self, company_id: int, division: str) -> str:
        """A firm that came in between two queries is not told yet: no figure is ever left out of the parts."""
        return self.keys.get(company_id, {}).get(division, NOT_TOLD)


def read_firm_keys() -> FirmKeys:
    """Where each firm stands in each division. One query."""
    rows = list_firms().order_by().values_list("pk", "country", "region", "report_sector", "report_sex")
    keys: dict[int, dict[str, str]] = defaultdict(dict)
    for pk, country, region, sector, sex in rows:
        keys[pk] = {
            Division.REGION.value: make_region_key(country=country, region=region),
            Division.SECTOR.value: sector,
            Division.SEX.value: sex,
        }
    return FirmKeys(dict(keys))

"""The gap matrix: what markets ask of a product, where it stands, who lifts what blocks, and what comes next."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certifications.choices import Family, Market
from certifications.models import Certificate, Requirement
from listings.models import Listing, ListingRevision
from listings.rules.gaps import Asked, Cell, Finding, Held, Hint, Match, find_match, is_open_blocker, judge, rank_row
from listings.selectors.coverage import find_judged_revision

DEFAULT_MARKETS = (Market.EU, Market.UK, Market.US)
KINDS = {Cell.MET: "ok", Cell.ENDING: "warn", Cell.MISSING: "bad", Cell.STATED: "info", Cell.UNKNOWN: "none"}


@dataclass(frozen=True)
class GapCell:
    """One requirement of one market, ready to print. `own_step` follows from what the company has; `next_step` is the row's, in English."""

    key: str
    market: str
    kind: str
    label: str
    more: str
    is_open_blocker: bool
    lifted_by: str
    own_step: str
    next_step: str
    summary: str
    nature: str
    owner: str
    source_url: str
    read_on: str
    is_stale: bool
    answer: str


@dataclass(frozen=True)
class GapRow:
    """One document or scheme, with a cell for each market in the order of the columns; None where a market does not ask for it."""

    label: str
    cells: tuple[GapCell | None, ...]


@dataclass(frozen=True)
class Gaps:
    """The whole matrix. `depending` is the number of requirements that only an HS code can decide."""

    markets: tuple[tuple[str, str], ...]
    rows: tuple[GapRow, ...]
    has_hs_code: bool
    family: str
    depending: int
    blockers: int


Judged = tuple[Requirement, Asked, Finding]


def list_markets(*, chosen: Sequence[str]) -> list[Market]:
    """The known ones among the chosen, in the catalogue's order; the three largest where none is."""
    known = [market for market in Market if market.value in chosen]
    return known or list(DEFAULT_MARKETS)


def get_gaps(*, listing: Listing, markets: Sequence[Market], family: str, day: date) -> Gaps:
    """The matrix of a listing of the reader's own company on a day, in five queries for any number of rows."""
    revision = find_judged_revision(listing=listing)
    hs_code = revision.hs_code if revision else ""
    asked = _list_asked(markets)
    matches = {one.pk: _match(read, revision, family) for one, read in asked}
    held = list_held(listing=listing)
    stated = set(listing.requirement_answers.filter(has_it=True).values_list("requirement_id", flat=True))
    judged = [
        (one, read, judge(read, held, has_it=one.pk in stated, day=day))
        for one, read in asked
        if matches[one.pk] in {Match.YES, Match.BY_FAMILY}
    ]
    return Gaps(
        markets=tuple((market.value, str(market.label)) for market in markets),
        rows=tuple(_list_rows(judged, markets, day)),
        has_hs_code=bool(hs_code),
        family=family if family in Family.values else "",
        depending=sum(match is Match.NEEDS_HS_CODE for match in matches.values()),
        blockers=sum(is_open_blocker(read, finding) for _one, read, finding in judged),
    )


def list_held(*, listing: Listing) -> list[Held]:
    """Every certificate of the listing's company, with whether it counts for the listing; two queries."""
    covering = set(listing.coverages.counting().values_list("certificate_id", flat=True))
    return [
        Held(one.scheme.code, one.state, one.pk in covering, one.valid_from, one.valid_until)
        for one in Certificate.objects.of_company(listing.company_id)
    ]


def _list_asked(markets: Collection[Market]) -> list[tuple[Requirement, Asked]]:
    rows = Requirement.objects.active().of_markets([market.value for market in markets]).select_related("scheme")
    return [(one, _read(one)) for one in rows]


def _read(one: Requirement) -> Asked:
    scheme = (
        one.scheme.code if one.scheme and one.scheme.is_badge else ""
    )  # a shipment's document is never held in advance
    return Asked(one.family, tuple(one.hs_prefixes), one.origin, scheme, one.blocks)


def _match(asked: Asked, revision: ListingRevision | None, family: str) -> Match:
    origin = revision.origin_country if revision else ""
    return find_match(asked, hs_code=revision.hs_code if revision else "", origin=origin, family=family)


def _list_rows(judged: Iterable[Judged], markets: Sequence[Market], day: date) -> list[GapRow]:
    """Requirements for the same scheme, or of the same name, share a row; open blockers come first."""
    grouped: dict[str, list[Judged]] = {}
    for one in judged:
        requirement, asked, _finding = one
        grouped.setdefault(asked.scheme or requirement.document.casefold(), []).append(one)
    ordered = sorted(grouped.values(), key=lambda ones: rank_row([(asked, finding) for _r, asked, finding in ones]))
    return [row for ones in ordered for row in _split_row(ones, markets, day)]


def _split_row(ones: Sequence[Judged], markets: Sequence[Market], day: date) -> list[GapRow]:
    """One row; more where a market asks for the same thing twice."""
    by_market: Mapping[str, list[Judged]] = {market.value: [] for market in markets}
    for one in ones:
        by_market[one[0].market].append(one)
    depth = max(len(found) for found in by_market.values())
    return [
        GapRow(
            label=ones[0][0].label,
            cells=tuple(_make_cell(found[place], day) if place < len(found) else None for found in by_market.values()),
        )
        for place in range(depth)
    ]


def _make_cell(judged: Judged, day: date) -> GapCell:
    one, asked, finding = judged
    return GapCell(
        key=one.key,
        market=str(Market(one.market).label),
        kind=KINDS[finding.cell],
        label=_name_cell(finding),
        more=_explain(finding, one),
        is_open_blocker=is_open_blocker(asked, finding),
        lifted_by=one.get_lifted_by_display(),
        own_step=_find_own_step(finding),
        next_step="" if finding.cell is Cell.MET else one.next_step,
        summary=one.summary,
        nature=f"{one.get_kind_display()}, {one.get_side_display()}",
        owner=one.owner,
        source_url=one.source_url,
        read_on=date_format(one.read_on, "j M Y"),
        is_stale=one.is_stale_on(day),
        answer={Cell.STATED: "no", Cell.UNKNOWN: "yes"}.get(finding.cell, ""),
    )


def _name_cell(finding: Finding) -> str:
    if finding.days_left is not None:
        days = finding.days_left
        return ngettext("Met, %(days)d day left", "Met, %(days)d days left", days) % {"days": days}
    return {
        Cell.MET: _("Met"), Cell.MISSING: _("Missing"), Cell.STATED: _("Stated by you"), Cell.UNKNOWN: _("Not known"),
    }[finding.cell]  # fmt: skip


def _explain(finding: Finding, one: Requirement) -> str:
    """What stands behind the word."""
    scheme = one.scheme.name if one.scheme else ""
    values = {"scheme": scheme, "day": date_format(finding.valid_until, "j M Y") if finding.valid_until else ""}
    if finding.cell in {Cell.MET, Cell.ENDING}:
        return (_("%(scheme)s, valid until %(day)s.") if finding.valid_until else _("%(scheme)s.")) % values
    if finding.cell is Cell.STATED:
        return _("Nobody has checked it.")
    if finding.cell is Cell.UNKNOWN:
        return _("We cannot see this document. Tell us if you have it.")
    return _list_hints()[finding.hint] % values


def _find_own_step(finding: Finding) -> str:
    """What comes next where the company has something already; "" where the row's own step is right."""
    if finding.cell is Cell.ENDING and finding.valid_until:
        return _("Renew it before %(day)s, and send us the new one.") % {
            "day": date_format(finding.valid_until, "j M Y")
        }
    return {
        Hint.NOT_COVERED: _("Choose it for this product, or ask the issuer to take the product into its scope."),
        Hint.BEING_CHECKED: _("Wait for the officer’s answer."),
        Hint.NOT_SENT: _("Finish the draft and send it."),
        Hint.NOT_BEGUN: _("Wait for its first day."),
    }.get(finding.hint, "")


def _list_hints() -> Mapping[Hint, str]:
    return {
        Hint.NONE: _("You have shown no %(scheme)s."),
        Hint.NOT_COVERED: _("Your %(scheme)s is valid, but it does not cover this product."),
        Hint.BEING_CHECKED: _("An officer is checking your %(scheme)s."),
        Hint.NOT_SENT: _("Your %(scheme)s is a draft."),
        Hint.NOT_BEGUN: _("Your %(scheme)s is not valid yet."),
        Hint.ENDED: _("Your %(scheme)s has ended."),
    }

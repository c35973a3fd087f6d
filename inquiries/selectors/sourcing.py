"""A sourcing request before an officer: what the buyer needs, and whom it would go to with which reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.selectors import find_person
from inquiries.choices import RequestState
from inquiries.models import Request
from inquiries.rules.requests import MOST_INVITED
from inquiries.selectors.match_words import Told, tell_left_out, tell_reasons, write_code
from inquiries.selectors.matching import find_exporters
from inquiries.selectors.request_words import LineInWords, describe_lines
from inquiries.selectors.requests import RequestFileShown, list_facts, list_files
from moderation.models import Case
from moderation.rules import Check, Comparison, DiffRow
from storefronts.models import Company
from storefronts.selectors.dashboard import Fact


@dataclass(frozen=True)
class Candidate:
    """An exporter whom the request would go to, or went to."""

    name: str
    url: str
    score: int
    reasons: Sequence[Told]


@dataclass(frozen=True)
class Review:
    """The case page's subject: the request, and the exporters in order; `is_decided` when these are the ones who were chosen."""

    request: Request
    lines: Sequence[LineInWords]
    facts: Sequence[Fact]
    files: Sequence[RequestFileShown]
    candidates: Sequence[Candidate]
    looked_at: int
    left_out: Sequence[str]
    notes: Sequence[str]
    is_decided: bool


def get_request_comparison(*, case: Case) -> Comparison:
    """Who asks, in rows that are all new, and what we know of them."""
    request = Request.objects.get(pk=case.subject_id)
    rows = (
        DiffRow(_("Buyer"), "", request.buyer_name, "added"),
        DiffRow(_("Organisation"), "", request.buyer_organisation, "added"),
        DiffRow(_("Writes from"), "", f"@{request.buyer_email.rpartition('@')[2]}", "added"),
    )
    account = _("with an account") if request.buyer_id else _("by a mailed link")
    return Comparison(rows=rows, checks=(Check(_("Address"), "ok", _("Confirmed %(how)s") % {"how": account}),))


def describe_sourcing(*, case: Case, officer: User) -> Review:
    """The request and its candidates; while it waits they are found anew, at most twenty-five."""
    request = Request.objects.get(pk=case.subject_id)
    shared: dict[str, Any] = {
        "request": request, "lines": describe_lines(lines=list(request.lines.select_related("listing__company"))),
        "facts": list_facts(request=request), "files": list_files(request=request),
    }  # fmt: skip
    if request.state != RequestState.WAITING or is_own_request(case=case, officer=officer):
        chosen = request.matches.select_related("company")
        found = [
            Candidate(m.company.legal_name, m.company.get_absolute_url(), m.score, tell_reasons(reasons=m.reasons))
            for m in chosen
        ]
        return Review(**shared, candidates=found, looked_at=0, left_out=(), notes=(), is_decided=True)
    matching = find_exporters(request=request, most=MOST_INVITED)
    companies = Company.objects.in_bulk([found.company_id for found in matching.found])
    candidates = [
        Candidate(
            companies[one.company_id].legal_name, companies[one.company_id].get_absolute_url(), one.score, tell_reasons(reasons=one.reasons),
        )
        for one in matching.found
    ]  # fmt: skip
    notes = [
        _("Line %(line)s names no HS code; by its words we took %(code)s.")
        % {"line": line, "code": write_code(code=code)}
        for line, code in matching.guessed.items()
    ] + [
        _("We could not tell what line %(line)s is, so nobody was looked for.") % {"line": line}
        for line in matching.unread
    ]
    return Review(
        **shared, candidates=candidates, looked_at=matching.looked_at, left_out=tell_left_out(left_out=matching.left_out), notes=notes,
        is_decided=False,
    )  # fmt: skip


def is_own_request(*, case: Case, officer: Any) -> bool:
    """Is the officer the buyer? Nobody decides what they asked themselves."""
    request = Request.objects.filter(pk=case.subject_id).only("buyer_id", "buyer_email").first()
    return request is not None and (request.buyer_id == officer.pk or find_person(email=request.buyer_email) == officer)

"""What a company reads of its own certificates: the list, the document with its states, advice before sending."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from certifications.choices import CertificateState, Market
from certifications.models import Certificate, Requirement, Scheme
from certifications.registry import CoveredProduct, list_covered_products
from certifications.rules.ticks import TICK_LABELS, Tick
from certifications.rules.validity import Standing, StandingName
from certifications.selectors.certificates import get_standing_on, list_own_certificates, list_schemes
from certifications.selectors.fit import judge_certificate
from certifications.selectors.words import Pill, name_standing, write_sentence
from storefronts.models import Member
from uploads.choices import UploadState
from uploads.models import Upload
from uploads.rules import Picture
from uploads.selectors import get_failure_text, list_pages

CLOSED = (CertificateState.REJECTED, CertificateState.REVOKED, CertificateState.WITHDRAWN)
UNFINISHED = (UploadState.SENT, UploadState.PROCESSING)
OPEN_STATES = (CertificateState.DRAFT, CertificateState.SUBMITTED, CertificateState.VERIFIED)
MOST_ASKED = 8
PAGE_SIZES = "(min-width: 60rem) 40rem, 92vw"
NO_ADVICE = frozenset({"register"})
"""Nobody can have looked there before it was sent."""


@dataclass(frozen=True)
class Step:
    """The one thing to do next."""

    label: str
    url: str
    is_primary: bool


@dataclass(frozen=True)
class CertificateRow:
    """A line of the list."""

    certificate: Certificate
    pill: Pill
    evidence: str
    products: Sequence[CoveredProduct]
    step: Step
    url: str


@dataclass(frozen=True)
class AskedScheme:
    """A scheme that markets ask for, and which ones."""

    name: str
    markets: Sequence[str]


@dataclass(frozen=True)
class DocumentFile:
    """One file with its state and its pages; `url` saves the original once it is ready."""

    id: str
    name: str
    state: str
    reason: str
    pages: Sequence[Picture]
    page_count: int
    url: str


@dataclass(frozen=True)
class Advice:
    """What a comparison with the profile found: `result` pass, fail or unknown, in words, and a sentence."""

    label: str
    result: str
    word: str
    sentence: str


def list_certificates(*, member: Member, day: date) -> QuerySet[Certificate]:
    """All certificates of the company: what ends first on top, what is closed or was replaced in time at the end.

    `next_count` is how many successors are on their way.
    """
    rows = list_own_certificates(member=member).prefetch_related(None)
    rows = rows.annotate(next_count=Count("replaced_by", filter=~Q(replaced_by__state__in=CLOSED), distinct=True))
    is_past = When(Q(state__in=CLOSED) | Q(valid_until__lt=day, next_count__gt=0), then=Value(1))
    rows = rows.annotate(is_past=Case(is_past, default=Value(0), output_field=IntegerField()))
    return rows.order_by("is_past", F("valid_until").asc(nulls_last=True), "-id")


def list_rows(*, certificates: Iterable[Certificate], member: Member, day: date) -> list[CertificateRow]:
    """Lines for a page of `list_certificates`, with the products of each."""
    return [_make_row(certificate, member, day) for certificate in certificates]


def name_evidence(*, certificate: Certificate) -> str:
    """How far it was checked, in words."""
    if certificate.evidence_level:
        return str(certificate.get_evidence_level_display())
    return _("Stated by you") if certificate.state in OPEN_STATES else ""


def list_asked_schemes() -> list[AskedScheme]:
    """The schemes that most rows of market requirements ask for, each with its markets; two queries."""
    asks = Count("requirements", filter=Q(requirements__is_active=True))
    most = list(list_schemes().annotate(asks=asks).filter(asks__gt=0).order_by("-asks", "name")[:MOST_ASKED])
    rows = Requirement.objects.active().filter(scheme__in=most).values_list("scheme_id", "market").distinct()
    found: dict[int, set[str]] = {}
    for scheme_id, market in rows:
        found.setdefault(scheme_id or 0, set()).add(market)
    return [
        AskedScheme(scheme.name, [str(label) for value, label in Market.choices if value in found.get(scheme.pk, ())])
        for scheme in most
    ]


def list_choosable_schemes(*, certificate: Certificate | None = None) -> list[Scheme]:
    """Schemes that can be chosen, by name; the one that a certificate has stays among them."""
    schemes = list(list_schemes())
    if certificate is not None and certificate.scheme not in schemes:
        schemes.append(certificate.scheme)
    return schemes


def find_scheme(*, code: str) -> Scheme | None:
    """A scheme in use by its code, or None."""
    return list_schemes().filter(code=code).first() if code else None


def list_files(*, certificate: Certificate) -> list[DocumentFile]:
    """The document's files in order, with pages as pictures; two queries."""
    rows = certificate.files.select_related("upload").prefetch_related("upload__renditions")
    return [_describe_file(certificate, row.upload) for row in rows]


def get_file(*, certificate: Certificate, upload_id: Any) -> Upload | None:
    """One of its files, or None."""
    row = certificate.files.select_related("upload").filter(upload_id=upload_id).first()
    return row.upload if row else None


def list_advice(*, certificate: Certificate, day: date) -> list[Advice]:
    """What a draft looks like beside the profile, before it is sent; nothing about other companies."""
    ticks = judge_certificate(certificate=certificate, day=day)
    return [_advise(tick) for tick in ticks if not tick.officer_only and tick.name not in NO_ADVICE]


def find_next(*, certificate: Certificate) -> Certificate | None:
    """The one that replaces it and is on its way, or None."""
    return certificate.replaced_by.exclude(state__in=CLOSED).order_by("-id").first()


def _make_row(certificate: Certificate, member: Member, day: date) -> CertificateRow:
    standing = get_standing_on(certificate=certificate, day=day)
    url = reverse("certificates:edit", args=[member.company.slug, certificate.public_id])
    return CertificateRow(
        certificate=certificate, pill=name_standing(standing=standing), evidence=name_evidence(certificate=certificate),
        products=list_covered_products(certificate_id=certificate.pk), step=_find_step(certificate, standing, member, url), url=url,
    )  # fmt: skip


def _find_step(certificate: Certificate, standing: Standing, member: Member, url: str) -> Step:
    look = Step(_("Look at it"), url, is_primary=False)
    if not member.can_edit:
        return look
    is_over = standing.name in {StandingName.ENDING, StandingName.EXPIRED}
    if is_over and not getattr(certificate, "next_count", 0):
        return Step(_("Add the next one"), build_next_url(certificate=certificate, member=member), is_primary=True)
    steps = {
        StandingName.DRAFT: Step(_("Finish and send"), url, is_primary=True),
        StandingName.CHANGES: Step(_("Read what to change"), url, is_primary=True),
        StandingName.REJECTED: Step(_("Read why"), url, is_primary=False),
        StandingName.REVOKED: Step(_("Read why"), url, is_primary=False),
    }
    return steps.get(standing.name, look)


def build_next_url(*, certificate: Certificate, member: Member) -> str:
    """Where the one that replaces it is added."""
    return f"{reverse('certificates:new', args=[member.company.slug])}?replaces={certificate.public_id}"


def _describe_file(certificate: Certificate, upload: Upload) -> DocumentFile:
    is_ready = upload.state == UploadState.READY
    url = reverse("certificates:file", args=[certificate.company.slug, certificate.public_id, upload.pk])
    return DocumentFile(
        id=str(upload.pk), name=upload.name, state=upload.state, reason=get_failure_text(upload=upload),
        pages=list_pages(upload=upload, sizes=PAGE_SIZES), page_count=upload.pages or 1, url=url if is_ready else "",
    )  # fmt: skip


def _advise(tick: Tick) -> Advice:
    words = {"pass": _("Fits"), "fail": _("Does not fit"), "unknown": _("We cannot tell")}
    return Advice(
        _(TICK_LABELS[tick.name]),
        tick.result,
        words[tick.result],
        write_sentence(sentence=tick.sentence, values=tick.values),
    )

"""Certificates of the demo's companies: sent by them, looked up and decided by officers, in every standing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from certifications.choices import CheckMethod, CheckResult
from certifications.models import Certificate, Issuer, Scheme
from certifications.selectors.certificates import get_version
from certifications.services.checks import record_check
from certifications.services.decisions import decide_certificate
from certifications.services.drafts import save_certificate, start_certificate
from certifications.services.submission import submit_certificate
from core.jobs import run_job
from core.models import Job, JobState
from demo.drawings.paper import draw_certificate
from demo.seed.companies import keep_quiet
from demo.seed.pictures import WORKERS, close_after
from listings.models import Listing
from listings.services.coverage import cover_listing
from moderation.choices import Outcome
from moderation.models import Case
from moderation.rules import Ruling
from storefronts.choices import Role
from storefronts.models import Company, Member
from uploads.services import MAKE_JOB

ISSUERS = ("Harbour Certification (demo)", "Savanna Assurance (demo)")
BY_CHAPTER = {
    "09": ("eu-organic", "rainforest-alliance"), "18": ("fairtrade", "rainforest-alliance"), "08": ("globalgap-ifa", "eu-organic"),
    "04": ("eu-organic", "iso-22000"), "03": ("msc-coc", "haccp-codex"), "15": ("eu-organic", "iso-22000"), "20": ("fssc-22000", "brcgs"),
    "33": ("cosmos", "iso-22716"), "34": ("cosmos", "iso-22716"), "44": ("fsc-coc", "iso-9001"), "94": ("fsc-coc", "iso-9001"),
    "50": ("gots",), "52": ("gots", "oeko-tex-standard-100"), "61": ("gots", "sa8000"), "62": ("gots", "oeko-tex-standard-100"),
    "63": ("oeko-tex-standard-100", "gots"), "42": ("iso-9001", "sa8000"), "41": ("iso-14001",), "40": ("iso-9001",),
}  # fmt: skip
"""HS chapter to the schemes that its buyers often ask for."""
COMPANIES = 14
STANDINGS = ("confirmed", "seen", "ending", "confirmed", "waiting", "expired", "confirmed", "draft")


@dataclass(frozen=True)
class Plan:
    """One certificate to be: whose, of which scheme, over which products, in which standing."""

    member: Member
    scheme: Scheme
    listings: tuple[Listing, ...]
    standing: str
    number: int

    @property
    def prefixes(self) -> list[str]:
        return sorted({listing.live_revision.hs_code[:4] for listing in self.listings if listing.live_revision})


def plant_certificates(*, officer: User) -> int:
    """Some companies' certificates; how many."""
    for name in ISSUERS:
        Issuer.objects.get_or_create(name=name, defaults={"country": "GH"})
    plans = list(_make_plans())
    drafts = [(plan, _start(plan)) for plan in plans]
    read_files()
    for plan, certificate in drafts:
        _settle(plan, certificate, officer)
    return len(plans)


def _make_plans() -> Iterator[Plan]:
    schemes = {scheme.code: scheme for scheme in Scheme.objects.all()}
    number = 0
    for company in Company.objects.public().order_by("pk")[:COMPANIES]:
        member = Member.objects.select_related("company", "user").filter(company=company, role=Role.OWNER).first()
        live = Listing.objects.live().filter(company=company).exclude(live_revision__hs_code="")
        listings = tuple(live.select_related("live_revision").order_by("pk"))
        chapter = listings[0].live_revision.hs_code[:2] if listings and listings[0].live_revision else ""
        alike = tuple(one for one in listings if one.live_revision and one.live_revision.hs_code.startswith(chapter))
        for code in BY_CHAPTER.get(chapter, ()):
            if member is not None and code in schemes:
                yield Plan(member, schemes[code], alike, STANDINGS[number % len(STANDINGS)], number)
                number += 1


def _start(plan: Plan) -> Certificate:
    """A draft as the company types it, with a PDF that says the same."""
    company, issuer = plan.member.company, ISSUERS[plan.number % len(ISSUERS)]
    today = timezone.localdate()
    first, last = today - timedelta(days=120 + plan.number), today + timedelta(days=_days_left(plan))
    number = f"GH-{plan.scheme.code.upper()[:6]}-{1000 + plan.number * 37}"
    scope = f"Processing and trade: {', '.join(_name(listing) for listing in plan.listings[:3])}"
    facts = [
        ("Holder", company.legal_name), ("Site", f"{company.city}, {company.region}"), ("Certificate number", number),
        ("Scope", scope[:80]), ("Valid from", first.isoformat()), ("Valid until", last.isoformat()),
    ]  # fmt: skip
    paper = draw_certificate(scheme=plan.scheme.name, issuer=issuer, facts=facts)
    file = ContentFile(paper, name=f"{plan.scheme.code}.pdf")
    certificate = start_certificate(member=plan.member, scheme_id=plan.scheme.pk, files=[file])
    values = {
        "scheme_id": plan.scheme.pk, "issuer_name": issuer, "number": number, "holder": company.legal_name,
        "holder_address": f"{company.city}, {company.region}", "scope": scope, "hs_prefixes": plan.prefixes, "words": [],
        "site_ids": [], "is_group": False, "members": [], "valid_from": first, "valid_until": last,
    }  # fmt: skip
    return save_certificate(
        member=plan.member, public_id=certificate.public_id, version=get_version(certificate=certificate), values=values
    )


def _days_left(plan: Plan) -> int:
    return 57 if plan.standing == "ending" else 240 + plan.number * 11


def _name(listing: Listing) -> str:
    return listing.live_revision.title if listing.live_revision else ""


def read_files() -> None:
    """Do what workers do with files that wait; outside of any transaction."""
    waiting = Job.objects.filter(name=MAKE_JOB, state=JobState.WAITING).values_list("pk", flat=True)
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(close_after(run_job), list(waiting)))


def _settle(plan: Plan, certificate: Certificate, officer: User) -> None:
    """Bring a certificate to its standing, through the services that people use."""
    for listing in plan.listings:
        given = [*listing.coverages.values_list("certificate__public_id", flat=True), certificate.public_id]
        cover_listing(member=plan.member, listing_id=listing.pk, certificate_public_ids=given)
    if plan.standing == "draft":
        return
    version = get_version(certificate=certificate)
    submit_certificate(member=plan.member, public_id=certificate.public_id, version=version)
    if plan.standing == "waiting":
        return
    level = 1 if plan.standing == "seen" else 2
    if level > 1:
        record_check(
            officer=officer, certificate_id=certificate.pk, method=CheckMethod.ISSUER, result=CheckResult.CONFIRMED,
            text=f"{certificate.issuer_name} confirms number, holder, scope and dates.",
        )  # fmt: skip
    case = Case.objects.open().get(kind="certificate", subject_id=str(certificate.pk))
    issuer = Issuer.objects.get(name=certificate.issuer_name)
    ruling = Ruling(Outcome.APPROVE, details={"evidence_level": level, "issuer": issuer})
    keep_quiet(decide_certificate(case=case, officer=officer, ruling=ruling))
    if plan.standing == "expired":
        yesterday = timezone.localdate() - timedelta(days=1)
        Certificate.objects.filter(pk=certificate.pk).update(valid_until=yesterday)

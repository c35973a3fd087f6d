"""A company is opened by its people and decided by an officer, as its file says."""

from datetime import timedelta

from django.utils import timezone

from accounts.choices import Purpose
from accounts.models import User
from accounts.rules import DEMO_DOMAIN
from core.mail import withdraw_mail
from demo.seed.files import CompanyFile
from demo.seed.people import make_person
from demo.seed.pictures import Pictures
from moderation.choices import Outcome
from moderation.models import Case, Decision
from moderation.rules import Ruling
from storefronts.choices import ChannelKind, EvidenceLevel, Role
from storefronts.models import Company, Member
from storefronts.rules import ChannelDraft, SiteDraft
from storefronts.selectors.companies import find_open_revision, get_version
from storefronts.services.companies import follow_proposal, open_company, save_storefront, submit_company
from storefronts.services.verification import decide_company


def plant_company(file: CompanyFile, *, position: int, owner: User | None, pictures: Pictures) -> Member:
    """Open the company and write its storefront; the owner's membership comes back."""
    owner = owner or make_person(
        email=f"owner{position}@{DEMO_DOMAIN}",
        full_name=f"{file.told['legal_name'].split()[0]} owner",
        purpose=Purpose.EXPORTER,
    )
    company = open_company(user=owner, facts=file.facts)
    member = Member.objects.select_related("company", "user").get(company=company, user=owner, role=Role.OWNER)
    sites = [
        SiteDraft(site["name"], site["kind"], site["city"], site.get("region") or "", site["country"])
        for site in file.told["sites"]
    ]
    channels = [
        ChannelDraft(kind, value)
        for kind, value in file.told["contact"].items()
        if kind in ChannelKind.values and value
    ]
    save_storefront(
        member=member, version=get_version(company=company), facts=file.facts, sites=sites, channels=channels
    )
    _hang_pictures(member.company, file, pictures)
    return member


def _hang_pictures(company: Company, file: CompanyFile, pictures: Pictures) -> None:
    revision = find_open_revision(company=company)
    if revision is None:
        return
    for place in ("cover", "logo"):
        if stem := file.told.get(place):
            revision.facts[place] = str(pictures[place, stem].pk)
    revision.save(update_fields=["facts"])
    follow_proposal(company=company, revision=revision)


def settle_company(file: CompanyFile, member: Member, *, officer: User, position: int) -> None:
    """Bring the company to the state that its file names."""
    state = file.told["state"]
    if state == "draft":
        return
    submit_company(member=member)
    if state == "submitted":
        return
    case = Case.objects.open().get(kind="company", subject_id=str(member.company_id))
    if state == "changes_asked":
        ruling = Ruling(
            Outcome.CHANGES,
            note=file.told.get("officer_note")
            or "Send us the registration certificate; the number does not match the name.",
        )
    else:
        levels = (EvidenceLevel.SEEN_ON_SITE, EvidenceLevel.DOCUMENT_SEEN, EvidenceLevel.ISSUER_CONFIRMED)
        until = timezone.localdate() + timedelta(days=200 + 7 * position % 300)
        ruling = Ruling(Outcome.APPROVE, details={"evidence_level": levels[position % 3], "verified_until": until})
    keep_quiet(decide_company(case=case, officer=officer, ruling=ruling))
    member.company.refresh_from_db()


def keep_quiet(decision: Decision) -> None:
    """The statements of decisions that were never really taken stay unsent."""
    for mail in decision.mails.all():
        withdraw_mail(mail_id=mail.pk)

"""People and private objects for the authorisation matrix: two companies with their teams, a suspended one, buyers, officers.

Every private text holds a canary: a word that nobody else's page may contain. `canaries` tells who may read each. To add a kind of
object, write a function that takes a `Scope`, plants one row with `scope.canary(...)` in its private texts and puts the values for
its addresses into `scope.objects`; name it in PLANTERS.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.core import signing
from django.utils import timezone

from accounts.choices import Purpose
from accounts.models import BuyerProfile, User
from certifications.models import Certificate, CertificateFile, Credential, Requirement, Scheme, SigningKey, StatusList
from core.models import Job, OutboxMail
from demo.seed.canary_files import plant_document, plant_picture
from demo.seed.carriers import plant_accounts_of
from demo.seed.duty_rules import plant_rules_of
from demo.seed.forwarding import plant_forwarding_of
from demo.seed.matrix_requests import plant_blocks, plant_request
from demo.seed.price_dates import plant_price_call_of
from demo.seed.quotations import plant_payment_of, plant_quotations_of
from demo.seed.rate_cards import plant_card_of
from demo.seed.scopes import Planted, Scope
from demo.seed.support import plant_support_of
from inquiries.models import Absence, Attachment, Draft, Inquiry, Message, OfficerAccess, ReplyTemplate
from inquiries.selectors.links import SALT
from listings.models import (
    CertificateCoverage,
    Listing,
    ListingDocument,
    ListingPicture,
    ListingRevision,
    PriceBreak,
    SavedItem,
    SavedList,
    SavedSearch,
)
from listings.selectors.saved import CONFIRM_SALT, STOP_SALT
from moderation.models import Case, Decision, Report
from moderation.selectors.reports import name_subject
from notifications.models import Notice
from notifications.selectors import build_unsubscribe_url
from reference.models import Category
from storefronts.models import AgencyFacts, Company, CompanyRevision, ContactChannel, Invitation, Member, OwnershipOffer
from storefronts.selectors.members import hash_token
from uploads.adapters.store import store_once
from uploads.models import Arrival, Rendition, Upload
from uploads.rules.pictures import rendition_name

OFFICERS = ("officer", "administrator")


def plant_matrix(*, password: str) -> Planted:
    """Plant everything; the objects are rows, for what a service would refuse is wanted here too."""
    people = _plant_people(password)
    scopes = [
        _open_scope("a", people, {"owner": "owner_a", "editor": "editor_a", "viewer": "viewer_a"}, "buyer_1"),
        _open_scope("b", people, {"owner": "owner_b", "editor": "editor_b", "viewer": "viewer_b"}, "buyer_2"),
        _open_scope("s", people, {"owner": "suspended"}, "buyer_2", state="suspended"),
    ]
    for scope in scopes:
        for plant in PLANTERS:
            plant(scope)
    _leave_company(people, scopes[0])
    canaries = {word: readers for scope in scopes for word, readers in scope.canaries.items()} | _plant_buyers(people)
    return Planted(
        actors={name: person.email for name, person in people.items()},
        scopes={scope.name: scope.objects for scope in scopes},
        teams={
            scope.name: {**{actor: role for role, actor in scope.team.items()}, scope.buyer: "buyer"}
            for scope in scopes
        },
        canaries=canaries,
    )


def _plant_people(password: str) -> dict[str, User]:
    exporters = ("owner_a", "editor_a", "viewer_a", "owner_b", "editor_b", "viewer_b", "ex_member", "suspended")
    people = {name: _plant_person(name, password, purpose=Purpose.EXPORTER) for name in exporters}
    people |= {name: _plant_person(name, password) for name in ("buyer_1", "buyer_2")}
    people["officer"] = _plant_person("officer", password, is_staff=True)
    people["administrator"] = _plant_person("administrator", password, is_staff=True, is_superuser=True)
    return people


def _plant_person(name: str, password: str, **fields: Any) -> User:
    email = f"{name}@matrix.example"
    person: User = User.objects.create_user(email, password, full_name=name.replace("_", " ").title(), **fields)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def _plant_buyers(people: dict[str, User]) -> dict[str, list[str]]:
    canaries = {}
    for name in ("buyer_1", "buyer_2"):
        word = f"canary{name.replace('_', '')}street"
        BuyerProfile.objects.create(user=people[name], organisation="Matrix Import", address=word, country="DE")
        canaries[word] = [name, *OFFICERS]
    return canaries


def _open_scope(
    name: str, people: dict[str, User], team: dict[str, str], buyer: str, *, state: str = "verified"
) -> Scope:
    now = timezone.now()
    company = Company.objects.create(
        slug=f"matrix-{name}", legal_name=f"Matrix {name.upper()} Union", kind="maker", country="GH", city="Ho", state=state,
        story="We are here.", verified_by=people["officer"], verified_at=now, verified_until=(now + timedelta(days=300)).date(),
    )  # fmt: skip
    for role, actor in team.items():
        Member.objects.create(company=company, user=people[actor], role=role)
    scope = Scope(name, company, team, buyer, people)
    scope.objects |= {"company": company.slug, "company_id": company.pk}
    scope.objects["member"] = company.members.order_by("-pk").first().pk  # type: ignore[union-attr]  # planted above
    return scope


def plant_company_secrets(scope: Scope) -> None:
    """A proposed fact, a channel that is not shown beside one that is, an invitation, and what only the agency keeps."""
    kept = AgencyFacts.objects.create(company=scope.company, contact_name=scope.canary("agencyfacts", *OFFICERS))
    scope.canaries[f"canary{scope.name}agencyfacts"] = sorted(OFFICERS)
    facts = {"legal_name": scope.company.legal_name, "story": scope.canary("proposal", *OFFICERS)}
    CompanyRevision.objects.create(company=scope.company, number=1, facts=facts)
    ContactChannel.objects.create(
        company=scope.company,
        kind="email",
        is_shown=False,
        value=f"{scope.canary('channel', *OFFICERS)}@matrix.example",
    )
    ContactChannel.objects.create(company=scope.company, kind="phone", value="+233302000101")
    token = f"token-{scope.name}-{uuid4().hex}"
    invitation = Invitation.objects.create(
        company=scope.company, email=f"invited-{scope.name}@matrix.example", role="viewer", token_hash=hash_token(token=token),
        invited_by=scope.owner, expires_at=timezone.now() + timedelta(days=7),
    )  # fmt: skip
    Invitation.objects.create(
        company=scope.company, email=f"{scope.canary('invited', *OFFICERS)}@matrix.example", role="viewer", token_hash=hash_token(token=f"{token}2"),
        invited_by=scope.owner, expires_at=timezone.now() + timedelta(days=7),
    )  # fmt: skip
    offer = OwnershipOffer.objects.create(
        company=scope.company, offered_to=scope.people[scope.team.get("editor", "editor_a")], offered_by=scope.owner,
        expires_at=timezone.now() + timedelta(days=7),
    )  # fmt: skip
    scope.objects |= {"offer": offer.pk}
    scope.objects |= {"agency_facts": kept.pk, "invitation": invitation.pk, "invitation_token": token}


def plant_listings(scope: Scope) -> None:
    """A draft that only its company knows, with a picture; a live product whose price is on request."""
    draft = Listing.objects.create(company=scope.company)
    revision = ListingRevision.objects.create(
        listing=draft, number=1, title=scope.canary("draft", *OFFICERS), unit="kg"
    )
    picture = plant_picture(scope, "draftpicture", "listing_picture", *OFFICERS)
    ListingPicture.objects.create(revision=revision, upload=picture, position=1, alt="A bag")
    arrival = Arrival.objects.create(
        profile="listing_picture", sender=scope.owner, key=f"{draft.pk}-matrix", name=scope.canary("arrival"), byte_size=100_000,
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    live = Listing.objects.create(company=scope.company)
    shown = ListingRevision.objects.create(
        listing=live, number=1, state="approved", title=f"Matrix coffee {scope.name}", unit="kg", currency="USD", price_visibility="on_request",
        category=Category.objects.get(slug="green-coffee"), description="Washed.",
    )  # fmt: skip
    amount = {"a": "7301.11", "b": "7302.22", "s": "7303.33"}[scope.name]
    PriceBreak.objects.create(revision=shown, minimum_quantity=1, unit_price=amount)
    for written in (amount, f"{amount[0]},{amount[1:]}"):
        scope.canaries[written] = sorted({*scope.team.values(), *OFFICERS})
    Listing.objects.filter(pk=live.pk).update(live_revision=shown, state="live", first_live_at=timezone.now())
    live.refresh_from_db()
    scope.objects |= {"draft": draft.pk, "live": live.pk, "live_slug": live.get_absolute_url().split("/")[-3]}
    scope.objects |= {"picture": str(picture.pk), "listing_revision": revision.pk, "arrival": str(arrival.pk)}
    _plant_papers(scope, revision, shown)


def _plant_papers(scope: Scope, draft: ListingRevision, live: ListingRevision) -> None:
    """A paper of the draft for the company alone, and of the live product: for everybody, for the buyer who wrote, for nobody yet."""
    kinds = {"draft_paper": "public", "public_paper": "public", "written_paper": "inquiry", "secret_paper": "buyer"}
    for position, (name, visibility) in enumerate(kinds.items(), start=1):
        readers = (scope.buyer, *OFFICERS) if visibility == "inquiry" else OFFICERS
        upload = plant_document(scope, *readers, what=name.replace("_", ""), profile="listing_document")
        is_draft = name == "draft_paper"
        if name == "public_paper":
            del scope.canaries[upload.name.removesuffix(".pdf")]
        ListingDocument.objects.create(
            revision=draft if is_draft else live, upload=upload, position=position, kind="specification", title=f"{visibility} paper",
            visibility=visibility, seen_at=None if is_draft else timezone.now(),
        )  # fmt: skip
        scope.objects[name] = str(upload.pk)


def plant_certificates(scope: Scope) -> None:
    """A verified certificate with an officer's words, over the live product; something that a market asks for."""
    scheme, _is_new = Scheme.objects.get_or_create(
        code="matrix",
        defaults={"name": "Matrix standard", "owner": "Matrix", "kind": "product", "paper": "certificate"},
    )
    certificate = Certificate.objects.create(
        company=scope.company, scheme=scheme, state="verified", number=f"M-{scope.name}", number_key=f"M{scope.name}",
        holder=scope.company.legal_name, note=scope.canary("certificatenote", *OFFICERS), evidence_level=2, valid_from=timezone.localdate(),
        verified_by=scope.people["officer"], verified_at=timezone.now(), submitted_at=timezone.now(),
    )  # fmt: skip
    claim = CertificateCoverage.objects.create(
        listing_id=scope.objects["live"],
        certificate=certificate,
        claimed_at=timezone.now(),
        result="pass",
        sentence=scope.canary("coverage", *OFFICERS),
    )
    Requirement.objects.get_or_create(
        key="matrix-document",
        defaults={
            "family": "any", "market": "EU", "side": "destination", "kind": "law", "document": "Matrix paper", "owner": "Matrix",
            "summary": "A paper.", "next_step": "Ask for it.", "source_url": "https://matrix.example/rule", "read_on": timezone.localdate(),
        },
    )  # fmt: skip
    paper = plant_document(scope, *OFFICERS, what="certificatepaper", profile="certificate")
    CertificateFile.objects.create(certificate=certificate, upload=paper)
    _plant_page(scope, paper)
    draft = Certificate.objects.create(
        company=scope.company, scheme=scheme, holder=scope.canary("draftholder"), scope=scope.canary("draftscope")
    )
    scope.objects |= {
        "certificate": certificate.public_id,
        "certificate_id": certificate.pk,
        "certificate_draft": draft.public_id,
        "coverage": claim.pk,
    }
    scope.objects |= {"certificate_upload": str(paper.pk), "credential": str(_plant_credential(certificate).pk)}


def _plant_page(scope: Scope, upload: Upload) -> None:
    content = scope.canary("certificatepage", *OFFICERS).encode()
    sha256 = hashlib.sha256(content).hexdigest()
    Rendition.objects.create(
        upload=upload, page=1, format="webp", label=640, width=9, height=9, byte_size=len(content), sha256=sha256
    )
    store_once(rendition_name(sha256=sha256, format="webp"), content)


def _plant_credential(certificate: Certificate) -> Credential:
    key, _is_new = SigningKey.objects.get_or_create(key_id="matrix", defaults={"public_jwk": {"kty": "OKP"}})
    StatusList.objects.get_or_create(jwt="matrix", defaults={"issued_at": timezone.now()})
    return Credential.objects.create(
        certificate=certificate, key=key, status_index=certificate.pk, jwt="matrix", verified_at=certificate.verified_at or timezone.now(),
        issued_at=timezone.now(),
    )  # fmt: skip


def plant_thread(scope: Scope) -> None:
    """A thread of the company with its buyer, which no officer may read; files, a draft, a template, an absence."""
    inquiry = _plant_inquiry(scope, "thread")
    private = (scope.buyer,)
    message = inquiry.messages.get()
    picture = plant_picture(scope, "attachedpicture", "attachment", *private)
    document = plant_document(scope, *private)
    shown = Attachment.objects.create(message=message, upload=picture, position=0)
    kept = Attachment.objects.create(message=message, upload=document, position=1)
    draft = scope.canary("reply")
    scope.canaries[draft] = [scope.team["owner"]]
    Draft.objects.create(inquiry=inquiry, user=scope.owner, text=draft)
    template = ReplyTemplate.objects.create(
        company=scope.company, name=scope.canary("template"), text=scope.canary("templatetext")
    )
    Absence.objects.create(
        company=scope.company, first_day=timezone.localdate(), back_on=timezone.localdate() + timedelta(days=9)
    )
    scope.objects |= {
        "inquiry": str(inquiry.pk), "attached_picture": shown.pk, "attached_document": kept.pk, "attachment_upload": str(picture.pk),
        "document_upload": str(document.pk), "template": template.pk,
    }  # fmt: skip


def plant_help(scope: Scope) -> None:
    """Another thread, which officers may read at the moment, and its case."""
    inquiry = _plant_inquiry(scope, "helped", *OFFICERS)
    now = timezone.now()
    access = OfficerAccess.objects.create(
        inquiry=inquiry,
        cause="help",
        asked_side="buyer",
        text=scope.canary("cry", *OFFICERS),
        opened_at=now,
        until=now + timedelta(days=9),
    )
    scope.canaries[f"canary{scope.name}cry"] = sorted(OFFICERS)
    scope.objects |= {"access": access.pk, "helped_inquiry": str(inquiry.pk)}


def plant_cases(scope: Scope) -> None:
    """An open case of the draft, and a decided one with the officer's words."""
    now = timezone.now()
    words = {"company_name": scope.company.legal_name, "opened_at": now, "due_at": now}
    ListingRevision.objects.filter(pk=scope.objects["listing_revision"]).update(state="in_review", submitted_at=now)
    opened = Case.objects.create(
        kind="listing", subject_id=str(scope.objects["draft"]), title=f"Case {scope.name}", **words
    )
    decided = Case.objects.create(
        kind="company", subject_id=str(scope.company.pk), title=f"Decided {scope.name}", state="decided", **words
    )
    note = scope.canary("note", *OFFICERS)
    decision = Decision.objects.create(
        case=decided,
        officer=scope.people["officer"],
        outcome="reject",
        note=note,
        undo_until=now + timedelta(minutes=10),
    )
    reported = Case.objects.create(
        kind="report",
        subject_id=name_subject(kind="product", subject_id=scope.objects["live"]),
        title="Reported",
        **words,
    )
    told = scope.canary("report")
    scope.canaries[told] = sorted(OFFICERS)
    Report.objects.create(
        case=reported, reason="other", text=told, email=f"{told}@matrix.example", language="en", digest=scope.name
    )
    scope.objects |= {"case": opened.pk, "decision": decision.pk, "report_case": reported.pk}


def plant_notices(scope: Scope) -> None:
    """What the owner was told, and the link that stops such mails."""
    title = scope.canary("notice")
    scope.canaries[title] = [scope.team["owner"]]
    notice = Notice.objects.create(
        person=scope.owner, kind="inquiry_new", key=scope.name, title=title, url="/help/", mail_state="none"
    )
    stop = build_unsubscribe_url(kind="inquiry_new", person=scope.owner).rstrip("/").rpartition("/")[2]
    scope.objects |= {"notice": notice.pk, "unsubscribe_token": stop}


def plant_records(scope: Scope) -> None:
    """A mail and a job, which administrators may look at; nobody reads a mail's text."""
    subject, text = scope.canary("subject"), scope.canary("mailtext")
    scope.canaries |= {subject: ["administrator"], text: []}
    mail = OutboxMail.objects.create(
        message_id=f"<{scope.name}@matrix>",
        sender="a@matrix.example",
        recipient="b@matrix.example",
        subject=subject,
        text=text,
    )
    job = Job.objects.create(name="core.send_mail", key=scope.name, queue="mail", due_at=timezone.now(), max_attempts=1)
    scope.objects |= {"mail": mail.pk, "job": job.pk, "owner": scope.owner.pk}


def plant_kept(scope: Scope) -> None:
    """The buyer's list with a note, one that is shared without its notes, and a search whose new finds are mailed."""
    buyer = scope.people[scope.buyer]
    note = scope.canary("keptnote")
    scope.canaries[note] = [scope.buyer]
    private = SavedList.objects.create(owner=buyer, name=note)
    shared = SavedList.objects.create(owner=buyer, name=f"Shared {scope.name}", share_token=f"matrix{scope.name}")
    for kept_in in (private, shared):
        SavedItem.objects.create(saved_list=kept_in, listing_id=scope.objects["live"], title="Kept", note=note)
    search = SavedSearch.objects.create(
        owner=buyer, language="en", params=f"q={scope.name}", label="Kept search", confirmed_at=timezone.now()
    )
    scope.objects |= {
        "saved_list": private.pk, "share_token": shared.share_token, "search": search.pk,
        "confirm_token": signing.dumps(search.pk, salt=CONFIRM_SALT), "stop_token": signing.dumps(search.pk, salt=STOP_SALT),
    }  # fmt: skip


PLANTERS: tuple[Callable[[Scope], None], ...] = (
    plant_company_secrets, plant_listings, plant_certificates, plant_thread, plant_request, plant_blocks, plant_help, plant_cases, plant_notices, plant_records,
    plant_kept, plant_support_of, plant_card_of, plant_rules_of, plant_price_call_of, plant_quotations_of, plant_payment_of,
    plant_forwarding_of, plant_accounts_of,
)  # fmt: skip


def _leave_company(people: dict[str, User], scope: Scope) -> None:
    """The former member has worked there: a notice, a draft and a file of theirs are left behind."""
    person = people["ex_member"]
    inquiry = Inquiry.objects.get(pk=scope.objects["inquiry"])
    Draft.objects.create(inquiry=inquiry, user=person, text="An old draft.")
    Upload.objects.filter(pk=scope.objects["attachment_upload"]).update(uploaded_by=person)


def _plant_inquiry(scope: Scope, what: str, *readers: str) -> Inquiry:
    now, buyer = timezone.now(), scope.people[scope.buyer]
    inquiry = Inquiry.objects.create(
        company=scope.company, listing_id=scope.objects["live"], key=f"{scope.name}{what}", buyer=buyer, buyer_email=buyer.email, buyer_name=str(buyer), subject=f"Matrix {what}", state="new",
        asked_at=now, confirmed_at=now, waits_since=now, last_message_at=now, answer_due_at=now + timedelta(days=2),
    )  # fmt: skip
    Message.objects.create(
        inquiry=inquiry, number=1, key="1", side="buyer", author=buyer, author_name=str(buyer), sent_at=now,
        text=scope.canary(what, scope.buyer, *readers),
    )  # fmt: skip
    scope.objects["link_token" if what == "thread" else "helped_token"] = signing.dumps(str(inquiry.pk), salt=SALT)
    return inquiry

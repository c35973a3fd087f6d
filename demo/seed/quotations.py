"""Quotations for the demo country, and those of the authorisation matrix with a private floor as canary."""

import hashlib
import json
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from core.mail import withdraw_mail
from core.models import OutboxMail
from core.secrets import encrypt
from demo.seed.people import BUYER, COLLEAGUE, EXPORTER
from demo.seed.scopes import Scope
from inquiries.choices import Origin
from inquiries.models import (
    Deal,
    Inquiry,
    PrivateFloor,
    Quotation,
    QuotationLine,
    QuotationOutcome,
    QuotationVersion,
    Sample,
)
from inquiries.rules.messages import Reader
from inquiries.rules.quotations import LineTerms, Terms
from inquiries.selectors.deals import build_deal_link
from inquiries.selectors.links import build_quotation_link
from inquiries.selectors.quotations import sign_as_party
from inquiries.services.answers import Wish, accept_quotation, counter_quotation
from inquiries.services.deals import say_shipped
from inquiries.services.own_buyers import OwnBuyer, quote_own_buyer
from inquiries.services.quotations import begin_quotation, begin_version, save_draft_terms, send_quotation
from shipping.models import Snapshot
from shipping.rules.lookups import write_canonical
from storefronts.models import Company, Member, PaymentDetails

PAYMENT = "30% now, 70% against documents"


def plant_quotations(*, company: Company | None, people: dict[str, User]) -> int:
    """In the first company's threads: one countered, one accepted in its second version, one for an own buyer; how many."""
    if company is None or not company.is_public:
        return 0
    mails_before = set(OutboxMail.objects.values_list("pk", flat=True))
    owner, colleague = people[EXPORTER.email], people[COLLEAGUE.email]
    threads = Inquiry.objects.filter(company=company, state="answered", listing__isnull=False).order_by(
        "-last_message_at"
    )
    lena = threads.filter(buyer=people[BUYER.email]).first()
    other = threads.exclude(buyer=people[BUYER.email]).first()
    planted = 0
    if lena is not None:
        _play_counter(lena, owner)
        planted += 1
    if other is not None:
        _play_acceptance(other, colleague)
        planted += 1
    _play_own_buyer(company, owner)
    for mail in OutboxMail.objects.exclude(pk__in=mails_before).filter(sent_at=None):
        withdraw_mail(mail_id=mail.pk)
    return planted + 1


def _make_terms(inquiry: Inquiry, price: str, freight: str, place: str) -> Terms:
    revision = inquiry.listing.live_revision if inquiry.listing else None
    if revision is None:
        raise ValueError("a thread about a live product is quoted")
    quantity = inquiry.quantity or revision.minimum_order or Decimal(100)
    goods = LineTerms(
        "goods", str(inquiry.listing), "", quantity, revision.unit, Decimal(price), inquiry.listing_id, Decimal(price) * Decimal("0.9")
    )  # fmt: skip
    lines = (
        goods,
        LineTerms(
            "freight",
            "Sea freight and insurance",
            "Tema to destination, shared container",
            Decimal(1),
            "",
            Decimal(freight),
        ),
    )
    return Terms(
        revision.currency or "USD", "CIF", place, PAYMENT, 18, timezone.localdate() + timedelta(days=21), "EUR.1, certificate of origin", "", lines
    )  # fmt: skip


def _send(inquiry: Inquiry, seller: User, terms: Terms) -> Quotation:
    reader = Reader(seller)
    begun = begin_quotation(reader=reader, inquiry_id=inquiry.pk)
    saved = save_draft_terms(reader=reader, quotation_id=begun.pk, terms=terms, edit_number=begun.edit_number)
    return send_quotation(reader=reader, quotation_id=begun.pk, edit_number=saved.edit_number, key=str(uuid4()))


def _play_counter(inquiry: Inquiry, seller: User) -> None:
    quotation = _send(inquiry, seller, _make_terms(inquiry, "5.60", "434.60", "Hamburg"))
    by = sign_as_party(reader=Reader(inquiry.buyer), quotation_id=quotation.pk)
    counter_quotation(
        by=by, version=1, wishes={1: Wish(unit_price=Decimal("5.45"))}, key="demo",
        text="Thank you, the cup report is lovely. Could you do 5.45 if we also reserve 1.2 t for the autumn?",
    )  # fmt: skip


def _play_acceptance(inquiry: Inquiry, seller: User) -> None:
    quotation = _send(inquiry, seller, _make_terms(inquiry, "4.20", "310", "Le Havre"))
    begun = begin_version(reader=Reader(seller), quotation_id=quotation.pk)
    terms = _make_terms(inquiry, "4.05", "310", "Le Havre")
    saved = save_draft_terms(
        reader=Reader(seller), quotation_id=quotation.pk, terms=terms, edit_number=begun.edit_number
    )
    send_quotation(reader=Reader(seller), quotation_id=quotation.pk, edit_number=saved.edit_number, key=str(uuid4()))
    by = sign_as_party(reader=Reader(inquiry.buyer), quotation_id=quotation.pk)
    accept_quotation(by=by, version=2, key="demo")
    say_shipped(reader=Reader(seller), quotation_id=quotation.pk, on=timezone.localdate())


def _play_own_buyer(company: Company, seller: User) -> None:
    member = Member.objects.select_related("user", "company").get(company=company, user=seller)
    buyer = OwnBuyer(
        name="Omar Al Fahim", phone="+971 50 1234567", organisation="Al Fahim Foods", country="AE", language="ar"
    )
    live = company.listings.filter(state="live").order_by("pk").first()
    quotation = quote_own_buyer(member=member, buyer=buyer, listing_id=live.pk if live else None, key="demo-own")
    if live is not None:
        inquiry = Inquiry.objects.select_related("listing__live_revision").get(pk=quotation.inquiry_id)
        _send(inquiry, seller, _make_terms(inquiry, "4.10", "520", "Jebel Ali"))


def plant_payment_of(scope: Scope) -> None:
    """An account in use and a change that waits; the number is readable by nobody, the mask by owners and officers."""
    now = timezone.now()
    facts = {"holder": "Matrix", "bank": "Matrix Bank", "number": scope.canary("account"), "bic": ""}
    scope.canaries[facts["number"]] = []
    common = {
        "company": scope.company,
        "sealed": encrypt(json.dumps(facts)),
        "asked_by": scope.owner,
        "asked_at": now,
        "usable_from": now,
    }
    officer = scope.people["officer"]
    PaymentDetails.objects.create(
        **common, state="active", last_four="1111", called_by=officer, called_at=now, call_note=scope.canary("callnote", "officer", "administrator"), called_number="1",
        used_from=now,
    )  # fmt: skip
    scope.objects["payment"] = PaymentDetails.objects.create(**common, last_four="2222").pk


def plant_quotations_of(scope: Scope) -> None:
    """A sent quotation in the company's thread, a draft in another, and one for an own buyer whose link everybody holds."""
    thread = Inquiry.objects.get(pk=scope.objects["inquiry"])
    sent = _plant_version(
        scope, thread, "Q-1", notes=scope.canary("quotednote", scope.buyer), freight=_plant_frozen(scope)
    )
    drafted = _plant_thread(scope, "drafted")
    draft = _plant_version(scope, drafted, "Q-2", notes=scope.canary("draftnote"), is_sent=False)
    shared = _plant_version(scope, _plant_thread(scope, "shared"), "Q-3")
    accepted = _plant_acceptance(scope)
    link = build_quotation_link(quotation=shared).rstrip("/").rpartition("/")[2]
    scope.objects |= {
        "quotation": str(sent.pk), "drafted_inquiry": str(drafted.pk), "draft_quotation": str(draft.pk), "quotation_token": link,
        "accepted_inquiry": str(accepted.inquiry_id), "accepted_quotation": str(accepted.pk),
    }  # fmt: skip


def _plant_acceptance(scope: Scope) -> Quotation:
    """A quotation that the scope's buyer has accepted, so that there is a pro forma."""
    buyer = scope.people[scope.buyer]
    thread = _plant_thread(scope, "accepted")
    thread.buyer, thread.buyer_email, thread.origin = buyer, buyer.email, Origin.ASKED
    thread.save()
    quotation = _plant_version(scope, thread, "Q-4")
    version = quotation.versions.get()
    QuotationOutcome.objects.create(
        quotation=quotation, kind="accepted", version=version, side="buyer", by_name=str(buyer), user=buyer, via="account",
        at=timezone.now(), key="k",
    )  # fmt: skip
    quotation.state = "accepted"
    quotation.save()
    deal = Deal.objects.create(
        quotation=quotation, company=scope.company, origin=thread.origin, currency="USD", agreed_value=Decimal(500), agreed_at=timezone.now(),
        help_words=scope.canary("helpwords", scope.buyer),
    )  # fmt: skip
    sample = Sample.objects.create(
        inquiry=thread, quotation=quotation, key="k", description="Matrix honey", quantity=Decimal(1), unit="kg", payer="buyer",
        address=scope.canary("sampleaddress", scope.buyer), asked_at=timezone.now(), changed_at=timezone.now(),
    )  # fmt: skip
    other = _plant_version(scope, _plant_thread(scope, "linked"), "Q-5")
    linked = Deal.objects.create(
        quotation=other,
        company=scope.company,
        origin="own_buyer",
        currency="USD",
        agreed_value=Decimal(500),
        agreed_at=timezone.now(),
    )
    token = build_deal_link(deal=linked, was_mailed=True).rstrip("/").rpartition("/")[2]
    scope.objects |= {"sample": sample.pk, "deal_token": token, "deal": str(deal.pk)}
    return quotation


def _plant_thread(scope: Scope, what: str) -> Inquiry:
    now = timezone.now()
    return Inquiry.objects.create(
        company=scope.company, listing_id=scope.objects["live"], origin=Origin.OWN_BUYER, key=f"{scope.name}{what}", state="answered",
        buyer_phone="+49 40 1", buyer_name=scope.canary(f"{what}buyer") if what == "drafted" else "Own Buyer", subject=f"Matrix {what}",
        asked_at=now, confirmed_at=now, first_answered_at=now, last_message_at=now,
    )  # fmt: skip


def _plant_frozen(scope: Scope) -> Snapshot:
    """A frozen quote that holds what only the exporter's team may read."""
    price = {"key": 1, "mode": "air", "provider": "Matrix Air", "notes": [scope.canary("frozennote")]}
    content = {
        "chosen": 1, "incoterm": "FOB", "offers": [price], "sold": {"price": {"amount": "500", "currency": "USD"}}, "legs": [],
        "request": {"packages": []},
    }  # fmt: skip
    body = write_canonical(content)
    return Snapshot.objects.create(
        company=scope.company, body=body, sha256=hashlib.sha256(body.encode()).hexdigest(), valid_until=timezone.localdate(), made_by=scope.owner,
        made_at=timezone.now(),
    )  # fmt: skip


def _plant_version(
    scope: Scope, inquiry: Inquiry, number: str, *, notes: str = "", is_sent: bool = True, freight: Snapshot | None = None
) -> Quotation:  # fmt: skip
    now = timezone.now()
    quotation = Quotation.objects.create(
        inquiry=inquiry, company=scope.company, number=number, created_at=now, changed_at=now
    )
    version = QuotationVersion.objects.create(
        quotation=quotation, number=1, author=scope.owner, author_name=str(scope.owner), language="en", currency="USD", incoterm="FOB",
        named_place="Tema", payment_terms=PAYMENT, lead_time_days=9, valid_until=timezone.localdate() + timedelta(days=9), notes=notes,
        total=Decimal(500), freight=freight,
    )  # fmt: skip
    line = QuotationLine.objects.create(
        version=version, position=1, kind="goods", listing_id=scope.objects["live"], description="Matrix honey", unit="kg",
        quantity=Decimal(5), unit_price=Decimal(100), amount=Decimal(500),
    )  # fmt: skip
    floor = PrivateFloor.objects.create(line=line, unit_price=Decimal(f"71.{3000 + quotation.inquiry.company_id:04d}"))
    scope.canaries[f"{floor.unit_price:f}"] = sorted(scope.team.values())
    if is_sent:
        version.sent_at, version.key = now, number
        version.save()
        quotation.current, quotation.state = version, "sent"
        quotation.save()
    return quotation

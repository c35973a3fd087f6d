"""Acts of a quotation for tests: terms that can be sent, and what each side does with them."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from inquiries.models import Quotation
from inquiries.rules.messages import Reader
from inquiries.rules.quotations import LineTerms, Terms
from inquiries.selectors.quotations import sign_as_party
from inquiries.services.answers import accept_quotation, counter_quotation, decline_quotation
from inquiries.services.quotations import begin_quotation, begin_version, save_draft_terms, send_quotation

COFFEE = LineTerms(
    kind="goods", description="Washed Arabica, SCA 86", quantity=Decimal(600), unit="kg", unit_price=Decimal("5.60")
)
FREIGHT = LineTerms(
    kind="freight",
    description="Sea freight and insurance",
    quantity=Decimal(1),
    unit="lot",
    unit_price=Decimal("434.60"),
)


def make_terms(**changed):
    terms = Terms(
        currency="USD", incoterm="CIF", named_place="Hamburg", payment_terms="30% now, 70% against documents", lead_time_days=18,
        valid_until=timezone.localdate() + timedelta(days=21), documents="EUR.1, COI", lines=(COFFEE, FREIGHT),
    )  # fmt: skip
    return replace(terms, **changed)


def as_reader(who):
    return who if isinstance(who, Reader) else Reader(who)


def get(quotation):
    """As it stands in the database now."""
    return Quotation.objects.select_related("current").get(pk=quotation.pk)


def write_draft(inquiry, seller, **changed):
    quotation = begin_quotation(reader=as_reader(seller), inquiry_id=inquiry.pk)
    return save_draft_terms(
        reader=as_reader(seller), quotation_id=quotation.pk, terms=make_terms(**changed), edit_number=quotation.edit_number
    )  # fmt: skip


def send(quotation, seller, key=""):
    return send_quotation(
        reader=as_reader(seller), quotation_id=quotation.pk, edit_number=get(quotation).edit_number, key=key or str(uuid4())
    )  # fmt: skip


def quote(inquiry, seller, **changed):
    """A quotation of two lines, sent: 600 kg of coffee and its freight, $3,794.60 CIF Hamburg."""
    return send(write_draft(inquiry, seller, **changed), seller)


def write_next(quotation, seller, **changed):
    """The draft of the next version, with other terms."""
    begun = begin_version(reader=as_reader(seller), quotation_id=quotation.pk)
    return save_draft_terms(
        reader=as_reader(seller), quotation_id=quotation.pk, terms=make_terms(**changed), edit_number=begun.edit_number
    )  # fmt: skip


def send_next(quotation, seller, **changed):
    """The next version, sent."""
    return send(write_next(quotation, seller, **changed), seller)


def accept(quotation, buyer, version=1, key=""):
    by = sign_as_party(reader=as_reader(buyer), quotation_id=quotation.pk)
    return accept_quotation(by=by, version=version, key=key or str(uuid4()))


def decline(quotation, buyer, version=1, reason="", key=""):
    by = sign_as_party(reader=as_reader(buyer), quotation_id=quotation.pk)
    return decline_quotation(by=by, version=version, reason=reason, key=key or str(uuid4()))


def counter(quotation, buyer, wishes=None, text="Could you do 5.45?", version=1, key=""):
    by = sign_as_party(reader=as_reader(buyer), quotation_id=quotation.pk)
    return counter_quotation(by=by, version=version, wishes=wishes or {}, text=text, key=key or str(uuid4()))

"""The demo buyer's sourcing requests: answered by matched exporters, still to be answered, and before an officer."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from core.mail import withdraw_mail
from core.models import OutboxMail
from demo.seed.people import BUYER, OFFICER
from inquiries.models import Match, Request
from inquiries.rules.messages import BuyerWords, Reader
from inquiries.rules.quotations import LineTerms, Terms
from inquiries.rules.requests import LineWords, RequestWords
from inquiries.selectors.quotations import find_draft_version, read_private_terms
from inquiries.services.matching import answer_request, decline_request
from inquiries.services.quotations import begin_quotation, save_draft_terms, send_quotation
from inquiries.services.requests import ask_quotation
from inquiries.services.sourcing import decide_request
from moderation.choices import Outcome
from moderation.models import Case
from moderation.rules import Ruling
from storefronts.models import Member

ASKED = RequestWords(
    title="Green arabica and cocoa nibs for the spring menu", destination="DE", place="Hamburg", incoterm="CIF", currency="USD",
    text="We roast for forty cafés and want one partner in the country for both. Samples of 300 g help us decide.",
    lines=(
        LineWords("Green arabica, washed", Decimal(1200), "kg", hs_code="090111", specification="Screen 15 up, moisture at most 12%, crop of this year.", target_price=Decimal("6.20")),
        LineWords("Cocoa nibs, roasted", Decimal(300), "kg", hs_code="180100", specification="From fine-flavour beans, packed in 10 kg bags.", target_price=Decimal("7.50")),
    ),
)  # fmt: skip
INVITING = RequestWords(
    title="Roasted espresso beans under our own label", destination="AT", place="Vienna", incoterm="DAP", currency="EUR",
    lines=(
        LineWords("Roasted coffee beans, espresso", Decimal(400), "kg", hs_code="090121", specification="1 kg bags with valve, our label.", target_price=Decimal("11.50")),
    ),
)  # fmt: skip
WAITING = RequestWords(
    title="Raw shea butter for a soap line", destination="DE", place="Bremen", incoterm="FOB",
    lines=(LineWords("Raw shea butter, filtered", Decimal(800), "kg", hs_code="151590"),),
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What an exporter quotes: prices by line, None where it does not sell that."""

    incoterm: str
    place: str
    prices: tuple[str | None, str | None]
    freight: str
    payment: str
    days: int


ANSWERS = (
    Answer("CIF", "Hamburg", ("6.35", "7.20"), "540", "30% now, 70% against documents", 21),
    Answer("CIF", "Hamburg", ("6.10", None), "480", "Half now, half 14 days after arrival", 35),
    Answer("FOB", "Takoradi", (None, "6.90"), "", "100% by letter of credit at sight", 14),
)


def plant_requests(*, people: dict[str, User]) -> int:
    """One request with answers, one that exporters are still to answer, one before an officer; how many answered. Small trials have nobody to match."""
    mails_before = set(OutboxMail.objects.values_list("pk", flat=True))
    buyer, officer = people[BUYER.email], people[OFFICER.email]
    answered, inviting = _ask(ASKED, buyer), _ask(INVITING, buyer)
    _ask(WAITING, buyer)
    for request in (answered, inviting):
        ruling = Ruling(Outcome.APPROVE, details={"most": 8})
        decide_request(case=Case.objects.get(kind="request", subject_id=request.pk), officer=officer, ruling=ruling)
        request.matches.update(told_at=timezone.now())
    matches = list(answered.matches.select_related("company"))
    for match, answer in zip(matches, ANSWERS, strict=False):
        _answer(match, answer)
    for match in matches[len(ANSWERS) : len(ANSWERS) + 1]:
        decline_request(member=_find_owner(match), match_id=match.pk)
    for mail in OutboxMail.objects.exclude(pk__in=mails_before).filter(sent_at=None):
        withdraw_mail(mail_id=mail.pk)
    return min(len(matches), len(ANSWERS))


def _ask(words: RequestWords, buyer: User) -> Request:
    who = BuyerWords(buyer.email, str(buyer), "Hanse Röstwerk GmbH", "DE", "en")
    return ask_quotation(reader=Reader(buyer), company_id=None, words=words, buyer=who, key=str(uuid4())).request


def _find_owner(match: Match) -> Member:
    return Member.objects.select_related("user", "company").filter(company=match.company, role="owner").earliest("pk")


def _answer(match: Match, answer: Answer) -> None:
    """Open the thread and quote what the draft proposes, with this exporter's figures."""
    reader = Reader(_find_owner(match).user)
    inquiry = answer_request(member=_find_owner(match), match_id=match.pk)
    quotation = begin_quotation(reader=reader, inquiry_id=inquiry.pk)
    draft = find_draft_version(quotation=quotation)
    assert draft is not None  # noqa: S101  it was just begun
    terms = _make_terms(read_private_terms(version=draft), answer)
    saved = save_draft_terms(reader=reader, quotation_id=quotation.pk, terms=terms, edit_number=quotation.edit_number)
    send_quotation(reader=reader, quotation_id=quotation.pk, edit_number=saved.edit_number, key=str(uuid4()))


def _make_terms(draft: Terms, answer: Answer) -> Terms:
    goods = [line for line in draft.lines if line.kind == "goods"]
    lines = [
        replace(line, unit_price=Decimal(price)) for line, price in zip(goods, answer.prices, strict=True) if price
    ]
    if answer.freight:
        words = ("Sea freight and insurance", f"Tema to {answer.place}")
        lines.append(LineTerms("freight", *words, Decimal(1), "", Decimal(answer.freight)))
    return replace(
        draft, currency="USD", incoterm=answer.incoterm, named_place=answer.place, payment_terms=answer.payment, lead_time_days=answer.days,
        valid_until=timezone.localdate() + timedelta(days=21), documents="EUR.1, certificate of origin, phytosanitary certificate", lines=tuple(lines),
    )  # fmt: skip

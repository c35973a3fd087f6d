"""Who may not write to whom: refusals for buyers and exporters, the exporter's list of blocked buyers, the officers' lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from core.errors import DomainError, NotAllowed
from inquiries.choices import Origin, OutcomeKind
from inquiries.exceptions import BlockedByYou, BuyerBarred, BuyerBlocked, BuyerIsBarred, TooManyExporters
from inquiries.models import BuyerBlock, Deal, Inquiry, QuotationOutcome, Sample
from inquiries.models.block import Identity, identify
from inquiries.rules.buyers import A_DAY, EXPORTERS_A_DAY, OFTEN_BLOCKED, list_hosts, may_ask_another
from inquiries.rules.deals import SAMPLES_LAST
from inquiries.selectors.asking import find_owner
from storefronts.models import Company, Member


@dataclass(frozen=True)
class OftenBlocked:
    """An address that several firms have blocked, with what each wrote; `is_barred` when the agency has acted on it."""

    email: str
    firms: int
    blocks: Sequence[BuyerBlock]
    is_barred: bool


def list_addresses(*, email: str) -> list[str]:
    """This address, and the others of the account that has confirmed it, in lower case; none for none. One query."""
    return sorted(identify(email).addresses) if email else []


def find_block(*, company_id: int | None, email: str, user: Any = None) -> BuyerBlock | None:
    """What stands between a buyer and a company, the agency's bar before the company's block; without a company the bar. Two queries."""
    if not email:
        return None
    rows = BuyerBlock.objects.against(email, user)
    standing = rows.filter(Q(company=None) | Q(company_id=company_id))
    return min(standing, key=lambda block: not block.is_bar, default=None)


def refuse_blocked(*, company: Company | None, email: str, user: Any = None) -> None:
    """Let nobody ask whom the company (None: the marketplace as a whole) takes nothing from. Raises BuyerBlocked, BuyerBarred."""
    block = find_block(company_id=company.pk if company else None, email=email, user=user)
    if block is not None:
        raise _name_refusal(block)


def find_refusal(*, inquiry: Inquiry) -> DomainError | None:
    """Why the buyer of a thread cannot write there; None while they can. What was agreed there goes on, blocked or not. Five queries at most."""
    block = find_block(company_id=inquiry.company_id, email=inquiry.buyer_email, user=inquiry.buyer)
    return _name_refusal(block) if block is not None and not has_agreement(inquiry=inquiry) else None


def refuse_blocked_in(*, inquiry: Inquiry) -> None:
    """Let a blocked buyer write nothing more in a thread where nothing is agreed. Raises BuyerBlocked, BuyerBarred."""
    refusal = find_refusal(inquiry=inquiry)
    if refusal is not None:
        raise refusal


def refuse_new_in(*, inquiry: Inquiry) -> None:
    """Let a blocked buyer begin nothing new, even where something else is agreed. Raises BuyerBlocked, BuyerBarred."""
    refuse_blocked(company=inquiry.company, email=inquiry.buyer_email, user=inquiry.buyer)


def refuse_selling(*, company_id: int, email: str, user: Any = None) -> None:
    """Let no member begin something new with a buyer who could not answer. Raises BlockedByYou, BuyerIsBarred."""
    block = find_block(company_id=company_id, email=email, user=user)
    if block is not None:
        raise BuyerIsBarred if block.is_bar else BlockedByYou


def refuse_flood(*, company: Company, email: str, user: Any = None) -> None:
    """A buyer of less than a week asks at most ten different exporters a day; asking one of them again is free. Raises TooManyExporters."""
    now, buyer = timezone.now(), identify(email, user)
    lately = Inquiry.objects.confirmed().exclude(origin=Origin.OWN_BUYER).filter(confirmed_at__gt=now - A_DAY)
    sent = list_sent_ids(rows=lately, buyer=buyer)
    asked = set(Inquiry.objects.filter(pk__in=sent).order_by().values_list("company_id", flat=True))
    since = find_first_day(email=email, addresses=sorted(buyer.addresses))
    if company.pk not in asked and not may_ask_another(len(asked), since=since, now=now):
        raise TooManyExporters(most=EXPORTERS_A_DAY)


def refuse_unwelcome(*, company: Company | None, email: str, user: Any = None) -> None:
    """What a proved address must pass before it asks an exporter, or (None) the agency for exporters. Raises as the two above do."""
    refuse_blocked(company=company, email=email, user=user)
    if company is not None:
        refuse_flood(company=company, email=email, user=user)


def find_first_day(*, email: str, addresses: Sequence[str]) -> datetime | None:
    """Since when an address is known here: its account, or the first thing that was sent from it. Two queries."""
    first: datetime | None = Inquiry.objects.from_buyer(addresses).aggregate(first=Min("confirmed_at"))["first"]
    owner = find_owner(email=email)
    return min((day for day in (first, owner.date_joined if owner else None) if day is not None), default=None)


def has_agreement(*, inquiry: Inquiry) -> bool:
    """Something agreed in this thread is under way: a deal, an order of samples alone, or a sample that was sent. Three queries at most.

    What has no last step of its own, such as a sample of which nobody says that it arrived, counts for ninety days.
    """
    now = timezone.now()
    outcomes = QuotationOutcome.objects.filter(quotation__inquiry=inquiry, kind=OutcomeKind.ACCEPTED)
    ordered = outcomes.filter(quotation__deal=None, at__gt=now - SAMPLES_LAST)
    sent = Sample.objects.sent().filter(inquiry=inquiry, changed_at__gt=now - SAMPLES_LAST)
    deals = Deal.objects.under_way_at(now).filter(quotation__inquiry=inquiry)
    return deals.exists() or ordered.exists() or sent.exists()


def list_sent_ids(*, rows: QuerySet[Any], buyer: Identity) -> list[UUID]:
    """The ids of those inquiries or requests that came from this buyer, whatever dress the address wears, in order. One query."""
    near = Q(buyer__in=buyer.user_ids)
    for host in {host for mailbox in buyer.mailboxes for host in list_hosts(mailbox)}:
        near |= Q(buyer_email__endswith=f"@{host}")
    found = rows.filter(near).order_by("pk").values_list("pk", "buyer_email", "buyer_id")
    return [pk for pk, email, user_id in found if buyer.has_sent(email=email, user_id=user_id)]


def list_blocked(*, member: Member) -> QuerySet[BuyerBlock]:
    """The company's blocked buyers, the latest first, with the name and thread by which the company knows each."""
    threads = Inquiry.objects.of_company(member.company_id).filter(buyer_email=OuterRef("email")).order_by("-asked_at")
    return BuyerBlock.objects.of_company(member.company_id).select_related("made_by").annotate(
        buyer_name=Subquery(threads.values("buyer_name")[:1]), thread_id=Subquery(threads.values("pk")[:1])
    )  # fmt: skip


def list_blocking_companies(*, email: str) -> set[int]:
    """Companies that take nothing from this buyer, so that they are not matched. Two queries."""
    rows = BuyerBlock.objects.against(email).exclude(company=None).order_by()
    return set(rows.values_list("company_id", flat=True))


def list_barred(*, officer: Any) -> QuerySet[BuyerBlock]:
    """Everybody whom the agency has barred, the latest first. May: officers; raises NotAllowed."""
    if not officer.is_officer:
        raise NotAllowed
    return BuyerBlock.objects.visible_to(officer).bars().select_related("made_by")


def list_often_blocked(*, officer: Any) -> list[OftenBlocked]:
    """Addresses that two firms or more have blocked, the most blocked first, with the firms' reasons. May: officers. Three queries."""
    blocks = BuyerBlock.objects.visible_to(officer) if officer.is_officer else BuyerBlock.objects.none()
    made = blocks.exclude(company=None).order_by()
    counted = made.values("mailbox").annotate(firms=Count("company")).filter(firms__gte=OFTEN_BLOCKED)
    numbers = dict(counted.order_by("-firms", "mailbox").values_list("mailbox", "firms"))
    found: dict[str, list[BuyerBlock]] = {mailbox: [] for mailbox in numbers}
    for block in made.filter(mailbox__in=numbers).select_related("company").order_by("-made_at", "-pk"):
        found[block.mailbox].append(block)
    barred = set(blocks.bars().filter(mailbox__in=numbers).values_list("mailbox", flat=True))
    return [OftenBlocked(found[box][0].email, firms, found[box], box in barred) for box, firms in numbers.items()]


def find_block_address(*, officer: Any, block_id: int) -> str:
    """The address that a firm has blocked, "" where there is no such block. May: officers."""
    rows = BuyerBlock.objects.visible_to(officer) if officer.is_officer else BuyerBlock.objects.none()
    return rows.filter(pk=block_id).values_list("email", flat=True).first() or ""


def count_blocking_firms(*, officer: Any, email: str, user: Any = None) -> int:
    """How many firms have blocked this buyer; a figure for officers alone. Two queries."""
    rows = BuyerBlock.objects.visible_to(officer) if officer.is_officer else BuyerBlock.objects.none()
    number: int = rows.against(email, user).exclude(company=None).aggregate(n=Count("company", distinct=True))["n"]
    return number


def _name_refusal(block: BuyerBlock) -> DomainError:
    if block.is_bar:
        return BuyerBarred(agency=settings.AGENCY_NAME, address=settings.AGENCY_EMAIL)
    return BuyerBlocked()

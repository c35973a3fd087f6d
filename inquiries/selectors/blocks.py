"""Who may not write to whom: refusals for buyers and exporters, the exporter's list of blocked buyers, the officers' lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from core.errors import DomainError, NotAllowed
from inquiries.exceptions import BlockedByYou, BuyerBarred, BuyerBlocked, BuyerIsBarred, TooManyExporters
from inquiries.models import BuyerBlock, Deal, Inquiry
from inquiries.models.block import list_own_addresses
from inquiries.rules.buyers import A_DAY, EXPORTERS_A_DAY, OFTEN_BLOCKED, may_ask_another
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
    """This address, and the others of the account that has confirmed it, in lower case. One query."""
    return sorted({email.lower(), *list_own_addresses(email)})


def find_block(*, company_id: int | None, email: str) -> BuyerBlock | None:
    """What stands between a buyer and a company, the agency's bar before the company's block; without a company the bar. One query."""
    if not email:
        return None
    rows = BuyerBlock.objects.against(email)
    standing = rows.filter(Q(company=None) | Q(company_id=company_id))
    return min(standing, key=lambda block: not block.is_bar, default=None)


def refuse_blocked(*, company: Company | None, email: str) -> None:
    """Let nobody ask whom the company (None: the marketplace as a whole) takes nothing from. Raises BuyerBlocked, BuyerBarred."""
    block = find_block(company_id=company.pk if company else None, email=email)
    if block is not None:
        raise _name_refusal(block)


def find_refusal(*, inquiry: Inquiry) -> DomainError | None:
    """Why the buyer of a thread cannot write there; None while they can. What was agreed there goes on, blocked or not. Two queries at most."""
    block = find_block(company_id=inquiry.company_id, email=inquiry.buyer_email)
    return _name_refusal(block) if block is not None and not has_agreement(inquiry=inquiry) else None


def refuse_blocked_in(*, inquiry: Inquiry) -> None:
    """Let a blocked buyer do nothing more in a thread where nothing is agreed. Raises BuyerBlocked, BuyerBarred."""
    refusal = find_refusal(inquiry=inquiry)
    if refusal is not None:
        raise refusal


def refuse_selling(*, company_id: int, email: str) -> None:
    """Let no member begin something new with a buyer who could not answer. Raises BlockedByYou, BuyerIsBarred."""
    block = find_block(company_id=company_id, email=email)
    if block is not None:
        raise BuyerIsBarred if block.is_bar else BlockedByYou


def refuse_flood(*, company: Company, email: str) -> None:
    """A buyer of less than a week asks at most ten different exporters a day; asking one of them again is free. Raises TooManyExporters."""
    now, addresses = timezone.now(), list_addresses(email=email)
    lately = Inquiry.objects.from_buyer(addresses).filter(confirmed_at__gt=now - A_DAY).order_by()
    asked = set(lately.values_list("company_id", flat=True))
    since = find_first_day(email=email, addresses=addresses)
    if company.pk not in asked and not may_ask_another(len(asked), since=since, now=now):
        raise TooManyExporters(most=EXPORTERS_A_DAY)


def refuse_unwelcome(*, company: Company | None, email: str) -> None:
    """What a proved address must pass before it asks an exporter, or (None) the agency for exporters. Raises as the two above do."""
    refuse_blocked(company=company, email=email)
    if company is not None:
        refuse_flood(company=company, email=email)


def find_first_day(*, email: str, addresses: Sequence[str]) -> datetime | None:
    """Since when an address is known here: its account, or the first thing that was sent from it. Two queries."""
    first: datetime | None = Inquiry.objects.from_buyer(addresses).aggregate(first=Min("confirmed_at"))["first"]
    owner = find_owner(email=email)
    return min((day for day in (first, owner.date_joined if owner else None) if day is not None), default=None)


def has_agreement(*, inquiry: Inquiry) -> bool:
    """A quotation of this thread was accepted, and the deal not called off. One query."""
    return Deal.objects.counted().filter(quotation__inquiry=inquiry).exists()


def list_blocked(*, member: Member) -> QuerySet[BuyerBlock]:
    """The company's blocked buyers, the latest first, with the name and thread by which the company knows each."""
    threads = Inquiry.objects.of_company(member.company_id).filter(buyer_email=OuterRef("email")).order_by("-asked_at")
    return BuyerBlock.objects.of_company(member.company_id).select_related("made_by").annotate(
        buyer_name=Subquery(threads.values("buyer_name")[:1]), thread_id=Subquery(threads.values("pk")[:1])
    )  # fmt: skip


def list_blocking_companies(*, email: str) -> set[int]:
    """Companies that take nothing from this buyer, so that they are not matched. One query."""
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
    counted = made.values("email").annotate(firms=Count("company")).filter(firms__gte=OFTEN_BLOCKED)
    numbers = dict(counted.order_by("-firms", "email").values_list("email", "firms"))
    by_address: dict[str, list[BuyerBlock]] = {email: [] for email in numbers}
    for block in made.filter(email__in=numbers).select_related("company").order_by("-made_at", "-pk"):
        by_address[block.email].append(block)
    barred = set(blocks.bars().filter(email__in=numbers).values_list("email", flat=True))
    return [OftenBlocked(email, firms, by_address[email], email in barred) for email, firms in numbers.items()]


def find_block_address(*, officer: Any, block_id: int) -> str:
    """The address that a firm has blocked, "" where there is no such block. May: officers."""
    rows = BuyerBlock.objects.visible_to(officer) if officer.is_officer else BuyerBlock.objects.none()
    return rows.filter(pk=block_id).values_list("email", flat=True).first() or ""


def count_blocking_firms(*, officer: Any, email: str) -> int:
    """How many firms have blocked this buyer; a figure for officers alone. One query."""
    rows = BuyerBlock.objects.visible_to(officer) if officer.is_officer else BuyerBlock.objects.none()
    number: int = rows.against(email).exclude(company=None).aggregate(n=Count("company", distinct=True))["n"]
    return number


def _name_refusal(block: BuyerBlock) -> DomainError:
    if block.is_bar:
        return BuyerBarred(agency=settings.AGENCY_NAME, address=settings.AGENCY_EMAIL)
    return BuyerBlocked()

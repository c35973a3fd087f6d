"""Firms as dice make them, written to the tables, and counted again by hand from what the dice said."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from inquiries.models import Inquiry
from listings.models import Listing, ListingRevision
from reference.models import Category
from reporting.models import SupportAct
from reporting.rules import Period
from storefronts.models import AgencyFacts, ClaimCode, Company, Member
from tests.listings.factories import make_user

PERIOD = Period(date(2026, 4, 1), date(2026, 6, 30))
EDGES = (date(2026, 3, 31), date(2026, 4, 1), date(2026, 5, 17), date(2026, 6, 30), date(2026, 7, 1))
REGIONS = {
    "Volta": "gh-volta", "VOLTA ": "gh-volta", "  volta": "gh-volta", "Ashanti": "gh-ashanti", "Haute-Volta": "gh-haute-volta",
    "": "", "   ": "",
}  # fmt: skip
SECTORS = {"green-coffee": "coffee-tea-and-cocoa", "leather": "leather", "made-up": "", "": ""}
OFFERED = {"green-coffee": "coffee-tea-and-cocoa", "honey-and-bee-products": "food-and-drink"}
SEXES = ("women", "men", "both", "")


@dataclass
class World:
    """What was made: the numbers of each (division, key), by measure."""

    officer: object
    counts: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    costs: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def note(self, keys, measure, number=1):
        """Count by hand, in each part that the firm stands in, and in the total."""
        for part in [*keys.items(), ("", "")]:
            self.counts[part][measure] += number


def is_in(day):
    return PERIOD.first <= day <= PERIOD.last


def at(day, hour=0, minute=0):
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def throw(seed, *, firms=14):
    """A world of so many firms."""
    dice = Random(seed)  # noqa: S311  chances that repeat are no secrets
    world = World(make_user(f"officer{seed}@agency.example", is_staff=True))
    for number in range(firms):
        _throw_firm(world, dice, f"firm-{seed}-{number}")
    return world


def _throw_firm(world, dice, slug):
    region, joined = dice.choice(list(REGIONS)), dice.choice(EDGES)
    state = dice.choice(["draft", "verified", "verified", "suspended"])
    checked = {"verified_by": world.officer, "verified_at": at(joined), "verified_until": date(2030, 1, 1)}
    company = Company.objects.create(
        slug=slug,
        legal_name=slug,
        kind="maker",
        country="GH",
        region=region,
        state=state,
        created_at=at(joined, 23, 59),
        **checked,
    )
    offers = [dice.choice(list(OFFERED)) for _ in range(dice.randint(0, 3))]
    told, sex, entered = dice.choice(list(SECTORS)), dice.choice(SEXES), dice.choice([True, False])
    has_facts = dice.random() < 0.8
    if has_facts:
        AgencyFacts.objects.create(
            company=company, sector=told, owner_sex=sex, entered_by=world.officer if entered else None
        )
    joins = _throw_joining(dice, company, entered and has_facts, joined)
    keys = {
        "region": REGIONS[region],
        "sector": (SECTORS[told] if has_facts else "") or _find_commonest(offers),
        "sex": sex if has_facts else "",
    }
    world.note(keys, "joined", int(joins is not None and is_in(joins)))
    world.note(keys, "public", int(state == "verified"))
    for slug_of_category in offers:
        _throw_product(world, dice, company, keys, slug_of_category)
    for _ in range(dice.randint(0, 4)):
        _throw_inquiry(world, dice, company, keys)
        _throw_act(world, dice, company, keys)


def _throw_joining(dice, company, entered, opened):
    """The day on which the firm joined, None for one that nobody has taken over."""
    taken = dice.choice(EDGES) if dice.random() < 0.7 else None
    if not entered:
        return opened
    if taken is None:
        return None
    by_code = dice.choice([True, False])
    if by_code:
        ClaimCode.objects.create(
            company=company, code_hash=company.slug, made_by=company.verified_by, expires_at=at(taken), used_at=at(taken, 8),
            used_by=company.verified_by,
        )  # fmt: skip
    person = make_user()
    Member.objects.create(company=company, user=person, role="owner", joined_at=at(taken, 8 if not by_code else 12))
    return taken


def _find_commonest(offers):
    """Most products decide; of equals, the first in the alphabet. Every product of this world is offered."""
    branches = Counter(OFFERED[slug] for slug in offers)
    return min(branches, key=lambda branch: (-branches[branch], branch)) if branches else ""


def _throw_product(world, dice, company, keys, slug):
    day, state = dice.choice(EDGES), dice.choice(["live", "live", "paused"])
    listing = Listing.objects.create(company=company)
    category = Category.objects.get(slug=slug)
    revision = ListingRevision.objects.create(
        listing=listing, number=1, state="approved", title="Honey", category=category
    )
    Listing.objects.filter(pk=listing.pk).update(live_revision=revision, state=state, first_live_at=at(day, 23, 59))
    world.note(keys, "live", int(state == "live" and company.state == "verified"))
    world.note(keys, "published", int(is_in(day)))


def _throw_inquiry(world, dice, company, keys):
    day = dice.choice(EDGES)
    sent, due = at(day, 23, 59), at(day + timedelta(days=2), 23, 59)
    how = dice.choice(["unconfirmed", "new", "early", "on time", "late", "declined"])
    answered = {
        "early": due - timedelta(hours=9),
        "on time": due,
        "late": due + timedelta(seconds=1),
        "declined": due,
    }.get(how)
    state = {"unconfirmed": "unconfirmed", "new": "new", "declined": "declined"}.get(how, "answered")
    Inquiry.objects.create(
        company=company, key=f"{company.pk}-{dice.random()}", buyer_email="jana@kontor.example", buyer_name="Jana", subject="Honey",
        state=state, asked_at=sent, confirmed_at=None if how == "unconfirmed" else sent, last_message_at=sent,
        answer_due_at=None if how == "unconfirmed" else due, first_answered_at=answered,
        decline_reason="price" if how == "declined" else "",
    )  # fmt: skip
    world.note(keys, "inquiries", int(how != "unconfirmed" and is_in(day)))
    world.note(keys, "in_time", int(how in {"early", "on time", "declined"} and is_in(day)))


def _throw_act(world, dice, company, keys):
    day, minutes, voided = dice.choice(EDGES), dice.randint(0, 300), dice.random() < 0.2
    currency = dice.choice(["", "GHS", "EUR"])
    cost = Decimal(dice.randint(0, 99999)) / 100 if currency else None
    struck = {"voided_at": timezone.now(), "voided_by": world.officer, "void_reason": "A slip"} if voided else {}
    SupportAct.objects.create(
        company=company, kind="advice", day=day, minutes=minutes, cost=cost, currency=currency, officer=world.officer,
        created_at=timezone.now(), **struck,
    )  # fmt: skip
    if is_in(day) and not voided:
        world.note(keys, "support")
        world.note(keys, "minutes", minutes)
        for part in [*keys.items(), ("", "")]:
            world.costs[part][currency] += cost or 0

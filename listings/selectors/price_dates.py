"""How old prices are: the mailed link that asks about them, what a firm is asked, and what its dashboard says of it."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core import signing
from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import NotFound
from listings.choices import ListingState, PriceVisibility
from listings.exceptions import PriceFirmSuspended, PriceLinkClosed, PriceLinkExpired
from listings.models import Listing, ListingRevision
from listings.rules.price_dates import LINK_DAYS, find_last_answer_day
from listings.rules.prices import Break
from listings.selectors.depth import list_variants
from listings.selectors.words import format_price_range, format_unit
from storefronts.choices import Role
from storefronts.models import Member
from storefronts.rules import Todo

SALT = "listings.price_dates"
WRITERS = (Role.OWNER, Role.EDITOR)


@dataclass(frozen=True)
class PriceLink:
    """What a mailed link says: to which member it went, and about which day's question."""

    member_id: int
    asked_on: date


@dataclass(frozen=True)
class AskedProduct:
    """A product that a firm was asked about, ready to print. `is_open` until somebody answers; `state` then says how."""

    id: int
    title: str
    language: str
    price: str
    unit: str
    day: date | None
    is_open: bool
    hidden_on: date | None
    state: str
    edit_url: str


@dataclass(frozen=True)
class PriceState:
    """What the editor says of the prices that buyers see."""

    day: date
    hidden_on: date | None
    answer_until: date | None
    can_confirm: bool


def read_price_terms(*, revision: ListingRevision) -> Hashable:
    """All that makes a price another one: amounts, currency, unit, what is included, and whether buyers see it."""
    fresh = ListingRevision.objects.prefetch_related("price_breaks", "variants__prices").get(pk=revision.pk)
    breaks = tuple(Break(row.minimum_quantity, row.unit_price) for row in fresh.price_breaks.all())
    variants = tuple((variant.name, variant.prices) for variant in list_variants(revision=fresh))
    is_seen = fresh.price_visibility != PriceVisibility.ON_REQUEST
    return (fresh.currency, fresh.unit, is_seen, fresh.incoterm, fresh.incoterm_place, breaks, variants)


def build_answer_path(*, member: Member, asked_on: date) -> str:
    """The path of the mailed link, signed and not stored."""
    token = signing.dumps([member.pk, asked_on.isoformat()], salt=SALT)
    return reverse("price_dates:answer", args=[token])


def read_answer_link(*, token: str) -> PriceLink:
    """What a link says; raises NotFound for what we never signed and PriceLinkExpired for what is too old."""
    try:
        member_id, asked_on = signing.loads(token, salt=SALT, max_age=timedelta(days=LINK_DAYS))
        return PriceLink(int(member_id), date.fromisoformat(asked_on))
    except signing.SignatureExpired as error:
        raise PriceLinkExpired from error
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NotFound from error


def get_asked_member(*, link: PriceLink) -> Member:
    """The member whom the link was mailed to, while she may still answer. Raises PriceLinkClosed, PriceFirmSuspended."""
    member = Member.objects.select_related("company", "user").filter(pk=link.member_id).first()
    if member is None or not member.can_edit or not member.user.is_active:
        raise PriceLinkClosed
    if not member.company.is_public:
        raise PriceFirmSuspended
    return member


def list_asked_products(*, member: Member, since: date | None, language: str) -> list[AskedProduct]:
    """The firm's products asked about from a day on, answered ones too; without a day those that wait for an answer. Open ones first."""
    asked = Listing.objects.filter(company=member.company_id).exclude(live_revision=None)
    asked = asked.filter(prices_asked_on__gte=since) if since else asked.with_shown_prices().asked_about()
    rows = asked.select_related("live_revision").prefetch_related(
        "live_revision__price_breaks", "live_revision__variants__prices", "live_revision__texts"
    )
    found = [_describe(row, row.live_revision, member, language) for row in rows if row.live_revision]
    return sorted(found, key=lambda product: (not product.is_open, product.title.casefold(), product.id))


def list_asked_ids(*, member: Member) -> list[int]:
    """The firm's products that wait for an answer."""
    asked = Listing.objects.filter(company=member.company_id).with_shown_prices().asked_about()
    return list(asked.order_by("pk").values_list("pk", flat=True))


def list_price_todos(*, member: Member) -> list[Todo]:
    """What silence has done, else what was asked; one query. Viewers cannot answer, so nothing waits for them."""
    if not member.can_edit:
        return []
    asked = Listing.objects.filter(company=member.company_id).with_shown_prices().asked_about()
    counted = asked.aggregate(
        open=Count("pk"), hidden=Count("pk", filter=Q(prices_hidden_on__isnull=False)), first=Min("prices_asked_on")
    )
    url = reverse("products:prices", args=[member.company.slug])
    if counted["hidden"]:
        return [_tell_hidden(counted["hidden"], url)]
    return [_tell_asked(counted["open"], counted["first"], url)] if counted["open"] else []


def find_price_state(*, listing: Listing, member: Member) -> PriceState | None:
    """The day of the prices that buyers see, for the editor; None where they see none. One query at most."""
    day = listing.prices_confirmed_on
    if day is None or not Listing.objects.filter(pk=listing.pk).with_shown_prices().exists():
        return None
    dates = listing.price_dates
    until = find_last_answer_day(dates.asked_on) if dates.is_open and dates.asked_on else None
    return PriceState(day, listing.prices_hidden_on, until, member.can_edit and day < timezone.localdate())


def list_writers(*, company_id: int) -> QuerySet[Member]:
    """Who is asked: owners and editors whose account is open."""
    writers = Member.objects.filter(company=company_id, role__in=WRITERS, user__is_active=True)
    return writers.select_related("company", "user").order_by("pk")


def list_firms_to_look_at(*, day: date) -> Sequence[int]:
    """Firms with prices to ask about, or whose time to answer has passed."""
    shown = Listing.objects.with_shown_prices().without_waiting_change().order_by()
    silent = shown.unanswered_on(day).filter(prices_hidden_on=None)
    ids: set[int] = {
        *shown.due_on(day).values_list("company_id", flat=True),
        *silent.values_list("company_id", flat=True),
    }
    return sorted(ids)


def _describe(listing: Listing, revision: ListingRevision, member: Member, language: str) -> AskedProduct:
    text, amounts = revision.text_in(language), revision.list_amounts()
    is_open = listing.state == ListingState.LIVE and listing.price_dates.is_open
    return AskedProduct(
        id=listing.pk, title=text.title, language="" if text.language == language else text.language,
        price=format_price_range(amounts=amounts, currency=revision.currency, language=language),
        unit=format_unit(unit=revision.unit), day=listing.prices_confirmed_on, is_open=is_open, hidden_on=listing.prices_hidden_on,
        state="" if is_open else _tell_answer(listing),
        edit_url=reverse("products:edit", args=[member.company.slug, listing.pk, "pictures"]),
    )  # fmt: skip


def _tell_answer(listing: Listing) -> str:
    if listing.state != ListingState.LIVE:
        return str(listing.get_state_display())
    day = listing.prices_confirmed_on
    return _("Confirmed on %(day)s") % {"day": date_format(day, "j M Y")} if day else ""


def _tell_hidden(number: int, url: str) -> Todo:
    title = ngettext("One product shows “Price on request”", "%(number)s products show “Price on request”", number) % {
        "number": number
    }
    text = _("Nobody said whether the prices are still right. One press brings them back at once.")
    return Todo(1, "coin", "warn", title, text, url, _("See the prices"))


def _tell_asked(number: int, first: date, url: str) -> Todo:
    title = ngettext("Is this price still right?", "Are these %(number)s prices still right?", number) % {
        "number": number
    }
    last = date_format(find_last_answer_day(first), "j M Y")
    text = _("Without an answer until %(day)s buyers read “Price on request”.") % {"day": last}
    return Todo(2, "coin", "info", title, text, url, _("Answer"))

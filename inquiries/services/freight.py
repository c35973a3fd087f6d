"""Freight for a quotation: carriers and cards are asked for its goods, and a price goes into the draft with what it was counted from."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation

from accounts.models import User
from core import audit
from core.errors import NotAllowed
from inquiries.models import Quotation
from inquiries.rules.freight import put_in
from inquiries.rules.messages import Reader
from inquiries.selectors.freight import (
    Wish,
    build_freight_request,
    list_seller_legs,
    name_leg,
    require_fit,
    tell_sold,
)
from inquiries.selectors.quotations import Place, get_quotation, read_private_terms
from inquiries.services.drafts import get_draft, refuse_crossing, touch, write_draft
from shipping.choices import Audience
from shipping.models import Lookup
from shipping.rules.incoterms import Leg, list_sellers_legs
from shipping.rules.zones import Place as Destination
from shipping.selectors.lookups import get_lookup
from shipping.selectors.quoting import get_quote
from shipping.services.destinations import refuse_destination
from shipping.services.lookups import Asker, ask_for_freight
from shipping.services.snapshots import freeze_quote


def ask_freight_for_quotation(*, reader: Reader, quotation_id: UUID, destination: Destination) -> Lookup:
    """Look up the freight of a draft's goods, with the exporter's own accounts and cards. May: members who may edit.

    Raises NotAllowed, NothingToSend, NothingQuoted, CurrencyUnknown, GoodsNotPacked, DestinationNotServed, DestinationReviewed, TooOften.
    """
    place = get_quotation(reader=reader, quotation_id=quotation_id)
    user = _require_seller(place)
    draft = get_draft(quotation=place.quotation)
    request = build_freight_request(
        quotation=place.quotation, terms=read_private_terms(version=draft), destination=destination
    )
    return ask_for_freight(
        request=request, asker=Asker(place.quotation.company, Audience.COMPANY, f"user {user.pk}", user)
    )


def quote_freight(
    *, reader: Reader, quotation_id: UUID, lookup_id: UUID, chosen: int, incoterm: str, wish: Wish, edit_number: int
) -> Quotation:  # fmt: skip
    """Put a price of a lookup into the draft under a term: the seller's legs become its lines, and what they were counted from is frozen.

    Legs that nobody has priced are no lines. Call it outside of a transaction. Raises OfferGone where the price is no longer current,
    LookupGone, FreightOfOtherGoods, DraftChanged, NothingToSend, DestinationNotServed, DestinationReviewed.
    """
    user = _require_seller(get_quotation(reader=reader, quotation_id=quotation_id))
    refuse_destination(country=wish.destination.country, day=timezone.localdate(), user=user)
    with transaction.atomic():
        quotation = get_quotation(reader=reader, quotation_id=quotation_id, for_update=True).quotation
        draft = get_draft(quotation=quotation)
        refuse_crossing(quotation=quotation, draft=draft, edit_number=edit_number)
        terms, lookup = read_private_terms(version=draft), get_lookup(user=user, pk=lookup_id)
        require_fit(lookup=lookup, quotation=quotation, terms=terms, destination=wish.destination)
        named = _name_place(quotation, wish, incoterm)
        with translation.override(draft.language):  # the buyer reads the lines, and where each figure comes from
            quote = get_quote(lookup=lookup, sold=tell_sold(quotation=quotation, terms=terms, wish=wish), chosen=chosen)
            legs = list_seller_legs(quote=quote, incoterm=incoterm)
            written = put_in(
                terms, legs, incoterm=incoterm, named_place=named, names=[name_leg(leg=leg) for leg in Leg]
            )
        draft.freight = freeze_quote(user=user, quote=quote, incoterm=incoterm, place=named)
        draft.author, draft.author_name = user, str(user)
        write_draft(draft=draft, terms=written)
        touch(quotation=quotation)
        audit.record("inquiries.freight_quoted", subject=quotation, actor=user, fields=["freight", "incoterm"])
        return quotation


def _require_seller(place: Place) -> User:
    """A member who may edit."""
    if place.seat.member is None or not place.seat.can_write or not isinstance(place.seat.writer, User):
        raise NotAllowed
    return place.seat.writer


def _name_place(quotation: Quotation, wish: Wish, incoterm: str) -> str:
    """Where the seller's duties end: at home under E and F terms, else where the goods go."""
    to = wish.destination
    if Leg.MAIN_CARRIAGE in list_sellers_legs(incoterm):
        return (to.city or to.postcode or to.country)[:80]
    return quotation.company.city[:80] or quotation.company.country

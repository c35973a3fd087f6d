"""Freight in a quotation: asked for its goods, quoted under a term, frozen with what it was counted from, and never changed again."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry
from inquiries.rules.messages import Reader
from inquiries.selectors.freight import Wish, tell_sold
from inquiries.selectors.quotations import find_draft_version, read_private_terms
from inquiries.services.quotations import save_draft_terms
from listings.models import ListingRevision, PackageType
from shipping.choices import Audience
from shipping.models import BarredDestination, Lookup, Offer, ShippingProfile, Snapshot
from shipping.rules.zones import Place
from shipping.selectors.quoting import FORMAT
from tests.inquiries.conftest import make_listing
from tests.inquiries.quoting import COFFEE, get, make_terms, send, write_draft, write_next
from tests.shipping.cards import card
from tests.shipping.test_cards import bring_in

pytestmark = pytest.mark.django_db
DAYS = {"valid_from": "2026-01-01", "valid_until": "2199-12-31", "currency": "USD"}
FORM = {"to": "DE", "town": "Berlin", "postcode": "10115", "price_term": "FOB", "insurance": "0.5"}
OTHER_GOODS = "These prices are for other goods, another quantity or another place than the draft has now."


@pytest.fixture
def air():
    return bring_in(publish=True, card=card(**DAYS), surcharges=None)


@pytest.fixture
def packed(thread):
    """600 kg of coffee in cartons of 30 kg that weigh 31."""
    listing = thread.listing
    PackageType.objects.create(
        revision=listing.live_revision, position=0, kind="carton", contents=Decimal(30), net_weight_g=30_000, gross_weight_g=31_000,
        length_mm=600, width_mm=400, height_mm=250,
    )  # fmt: skip
    return listing


@pytest.fixture
def draft(thread, people, packed):
    goods = (replace(COFFEE, listing_id=packed.pk),)
    return write_draft(thread, people.owner, lines=goods, incoterm="FOB", named_place="Tema")


@pytest.fixture
def seller(client, people):
    client.force_login(people.owner)
    return client


def url(quotation, name="quotation_freight", *more):
    return reverse(f"inquiries:{name}", args=[quotation.inquiry_id, quotation.pk, *more])


def ask(seller, quotation, **changed):
    return seller.post(url(quotation), {**FORM, **changed})


def use(seller, quotation, incoterm="CIF", **changed):
    lookup = Lookup.objects.get()
    typed = {
        **FORM, "lookup": lookup.pk, "chosen": Offer.objects.get().pk, "incoterm": incoterm, "version": get(quotation).edit_number,
    }  # fmt: skip
    return seller.post(url(quotation, "quote_freight"), {**typed, **changed})


def lines(quotation):
    version = find_draft_version(quotation=quotation) or get(quotation).current
    return [(line.kind, line.description, f"{line.amount.normalize():f}") for line in version.lines.all()]


def test_the_goods_of_a_draft_are_asked_for_the_exporter_alone(seller, draft, air):
    answered, lookup = ask(seller, draft), Lookup.objects.get()
    assert (answered.status_code, str(lookup.pk) in answered.url) == (302, True)
    assert (lookup.audience, lookup.state, lookup.company_id) == (Audience.COMPANY, "complete", draft.company_id)
    assert [(one["kind"], one["count"]) for one in lookup.request["packages"]] == [("carton", 20)]


def test_the_page_shows_each_term_with_the_sellers_price(seller, draft, air):
    page = seller.get(ask(seller, draft).url).text
    assert page.count('name="incoterm" value=') == 11
    assert all(words in page for words in ("Counted with Volta Freight", "Quote CIF", "Not known, so not in it: "))


def test_a_page_that_looks_again_gets_nothing_until_something_lands(seller, draft, air):
    asked = ask(seller, draft).url
    Lookup.objects.update(state="running", settled_at=None, settle_by=timezone.now() + timedelta(seconds=9))
    shown = seller.get(asked)
    known = {"HX-Request": "true", **json.loads(shown.context["poll"])}
    unchanged = seller.get(asked, headers=known)
    Lookup.objects.update(state="complete", settled_at=timezone.now())
    changed = seller.get(asked, headers=known)
    found = [(page.status_code, "hx-headers" in page.text) for page in (shown, unchanged, changed)]
    assert found == [(200, True), (304, False), (200, False)]


def test_a_term_becomes_lines_and_the_rest_of_the_draft_stays(seller, draft, air):
    ask(seller, draft)
    answered = use(seller, draft)
    assert answered.url == reverse("inquiries:build_quotation", args=[draft.inquiry_id, draft.pk])
    freight = Offer.objects.get().amount
    terms = read_private_terms(version=find_draft_version(quotation=draft))
    premium = ((Decimal(3360) + freight) * Decimal("1.1") * Decimal("0.005")).quantize(Decimal("0.01"))
    assert (terms.incoterm, terms.named_place, terms.payment_terms) == (
        "CIF",
        "Berlin",
        "30% now, 70% against documents",
    )
    assert lines(draft) == [
        ("goods", "Washed Arabica, SCA 86", "3360"),
        ("freight", "Main carriage", f"{freight.normalize():f}"),
        ("insurance", "Insurance", f"{premium.normalize():f}"),
    ]


def test_another_term_takes_the_place_of_the_first(seller, draft, air):
    ask(seller, draft)
    use(seller, draft)
    use(seller, draft, "FCA")
    assert (lines(draft), read_private_terms(version=find_draft_version(quotation=draft)).named_place) == (
        [("goods", "Washed Arabica, SCA 86", "3360")],
        "Ho",
    )


def test_what_was_counted_from_is_frozen_with_its_digest(seller, draft, air, people):
    ask(seller, draft)
    use(seller, draft)
    frozen = find_draft_version(quotation=draft).freight
    said = json.loads(frozen.body)
    assert (frozen.sha256, frozen.made_by) == (hashlib.sha256(frozen.body.encode()).hexdigest(), people.owner)
    assert (said["format"], said["incoterm"], said["chosen"]) == (FORMAT, "CIF", Offer.objects.get().pk)
    assert said["versions"] == [
        {"id": air.pk, "tariff": "air-accra", "number": 1, "sha256": air.sha256, "valid_from": "2026-01-01", "valid_until": "2199-12-31", "currency": "USD"}
    ]  # fmt: skip
    assert AuditEntry.objects.filter(action="shipping.quote_frozen", subject_id=str(frozen.pk)).count() == 1


def test_a_tariff_that_changes_later_changes_no_byte_of_a_snapshot(seller, draft, air):
    ask(seller, draft)
    use(seller, draft)
    before = Snapshot.objects.get()
    air.prices.update(price=999)
    air.tariff.name = "Something else"
    air.tariff.save()
    Offer.objects.update(amount=1)
    after = Snapshot.objects.get()
    assert (after.body.encode(), after.sha256, after.is_intact) == (before.body.encode(), before.sha256, True)


def test_the_database_lets_nobody_change_a_snapshot(seller, draft, air):
    ask(seller, draft)
    use(seller, draft)
    with pytest.raises(IntegrityError, match="a snapshot never changes"), transaction.atomic():
        Snapshot.objects.update(body="{}")


def test_a_sent_quotation_keeps_its_snapshot_and_both_sides_read_the_digest(seller, draft, air, people, client):
    ask(seller, draft)
    use(seller, draft)
    send(draft, people.owner)
    sha256 = Snapshot.objects.get().sha256
    sellers = seller.get(draft.get_absolute_url()).text
    client.force_login(people.buyer)
    buyers = client.get(draft.get_absolute_url()).text
    assert (sha256 in sellers, sha256 in buyers) == (True, True)
    assert ("Save what was frozen" in sellers, "Save what was frozen" in buyers) == (True, False)


def test_the_exporter_saves_the_very_bytes_and_the_buyer_may_not(seller, draft, air, people, client):
    ask(seller, draft)
    use(seller, draft)
    send(draft, people.owner)
    frozen, address = Snapshot.objects.get(), url(draft, "freight_snapshot", 1)
    saved = seller.get(address)
    assert (saved.content, saved["X-Content-SHA256"]) == (frozen.body.encode(), frozen.sha256)
    client.force_login(people.buyer)
    assert client.get(address).status_code == 404


def test_freight_that_is_changed_by_hand_stands_on_nothing_frozen(seller, draft, air, people):
    ask(seller, draft)
    use(seller, draft)
    write_draft(draft.inquiry, people.owner, incoterm="CIF")
    assert find_draft_version(quotation=draft).freight is None


def test_the_next_version_keeps_it_while_it_says_the_same(seller, draft, air, people):
    ask(seller, draft)
    use(seller, draft)
    send(draft, people.owner)
    kept = read_private_terms(version=get(draft).current)
    write_next(draft, people.owner, lines=kept.lines, incoterm="CIF", notes="Thank you", currency="USD")
    assert find_draft_version(quotation=draft).freight == Snapshot.objects.get()


def test_a_price_that_is_over_is_not_quoted(seller, draft, air):
    ask(seller, draft)
    Offer.objects.update(valid_until=timezone.localdate().replace(year=2020))
    answered = use(seller, draft)
    assert "This offer is no longer current. Ask again." in seller.get(answered.url).text
    assert (find_draft_version(quotation=draft).freight, lines(draft)) == (
        None,
        [("goods", "Washed Arabica, SCA 86", "3360")],
    )


def test_a_colleague_who_saved_meanwhile_is_not_overwritten(seller, draft, air):
    ask(seller, draft)
    answered = use(seller, draft, version=get(draft).edit_number - 1)
    assert "has saved this quotation since you opened it" in seller.get(answered.url).text
    assert Snapshot.objects.count() == 0


def test_goods_that_nobody_has_packed_are_named(seller, draft, packed):
    packed.live_revision.package_types.all().delete()
    answered = ask(seller, draft)
    assert (answered.status_code, Lookup.objects.count()) == (422, 0)
    assert "Line 1 cannot be weighed" in answered.text


def test_where_the_buyer_wants_the_goods_is_filled_in(seller, draft):
    page = seller.get(url(draft)).text
    assert '<option value="FOB" selected>' in page


def test_a_stranger_a_buyer_and_a_viewer_ask_nothing(client, draft, people, air):
    seen = {}
    for name in ("buyer", "stranger", "viewer"):
        client.force_login(getattr(people, name))
        seen[name] = client.post(url(draft), FORM).status_code
    assert (seen, Lookup.objects.count()) == ({"buyer": 404, "stranger": 404, "viewer": 403}, 0)


def test_another_firms_lookup_is_not_found(seller, draft, air, other_company):
    ask(seller, draft)
    other = Lookup.objects.get()
    Lookup.objects.filter(pk=other.pk).update(company=other_company)
    assert seller.get(url(draft), {**FORM, "lookup": other.pk}).status_code == 404


def test_a_lookup_that_is_made_up_is_not_found(seller, draft, air):
    answered = seller.get(url(draft), {**FORM, "lookup": "7b1f2bb0-0000-4000-8000-000000000000"})
    assert answered.status_code == 404


def refuse(seller, draft, **changed):
    """What is told when a price is not put into the draft, and whether the draft stands as it stood."""
    answered = use(seller, draft, **changed)
    told = seller.get(answered.url).text if answered.status_code == 302 else answered.status_code
    return told, Snapshot.objects.exists(), {kind for kind, _name, _amount in lines(draft)}


def test_a_price_for_another_quantity_is_neither_shown_nor_quoted(seller, draft, air, people, packed):
    ask(seller, draft)
    more = replace(COFFEE, listing_id=packed.pk, quantity=Decimal(60_000))
    save_draft_terms(
        reader=Reader(people.owner), quotation_id=draft.pk, edit_number=get(draft).edit_number, terms=make_terms(lines=(more,))
    )  # fmt: skip
    shown = seller.get(url(draft), {**FORM, "lookup": Lookup.objects.get().pk})
    told, is_frozen, kinds = refuse(seller, draft)
    assert (shown.status_code, OTHER_GOODS in shown.text, "Quote CIF" in shown.text) == (409, True, False)
    assert (OTHER_GOODS in told, is_frozen, kinds) == (True, False, {"goods"})


def test_a_price_to_another_place_is_not_quoted(seller, draft, air):
    ask(seller, draft)
    told, is_frozen, kinds = refuse(seller, draft, to="US", town="Boston", postcode="02110")
    assert (OTHER_GOODS in told, is_frozen, kinds) == (True, False, {"goods"})


def test_another_firms_lookup_for_buyers_is_not_quoted(seller, draft, air, other_company):
    ask(seller, draft)
    Lookup.objects.update(company=other_company, audience=Audience.BUYERS)
    assert refuse(seller, draft) == (404, False, {"goods"})


def test_a_destination_that_was_barred_since_is_not_quoted(seller, draft, air, people):
    ask(seller, draft)
    bar = BarredDestination.objects.create(
        country="DE", kind="embargoed", valid_from="2026-01-01", reason="A list", source="The agency"
    )
    _told, is_frozen, kinds = refuse(seller, draft)
    assert (is_frozen, kinds) == (False, {"goods"})
    entry = AuditEntry.objects.get(action="shipping.destination_refused")
    assert (entry.subject_id, entry.actor_id) == (str(bar.pk), people.owner.pk)


def test_a_un_number_alone_makes_goods_dangerous(seller, draft, air, packed):
    ListingRevision.objects.filter(listing=packed).update(un_number="1950", is_dangerous=False)
    ask(seller, draft)
    request = Lookup.objects.get().request
    assert (request["is_dangerous"], request["un_number"]) == (True, "1950")


def test_one_of_the_goods_without_its_un_number_leaves_forwarders_alone(seller, draft, air, people, packed, company):
    ListingRevision.objects.filter(listing=packed).update(un_number="1950", is_dangerous=True)
    other = make_listing(company, title="Lacquer", category="green-coffee")
    ListingRevision.objects.filter(listing=other).update(is_dangerous=True)
    carton = PackageType.objects.get(revision=packed.live_revision)
    carton.pk, carton.revision = None, other.live_revision
    carton.save()
    both = (replace(COFFEE, listing_id=packed.pk), replace(COFFEE, listing_id=other.pk))
    save_draft_terms(
        reader=Reader(people.owner), quotation_id=draft.pk, edit_number=get(draft).edit_number, terms=make_terms(lines=both)
    )  # fmt: skip
    ask(seller, draft)
    assert (Lookup.objects.get().request["un_number"], Offer.objects.count()) == ("", 0)


def rewrite(draft, people, change):
    """Save the draft with its lines changed; what it stands on then."""
    kept = read_private_terms(version=find_draft_version(quotation=draft))
    save_draft_terms(
        reader=Reader(people.owner), quotation_id=draft.pk, edit_number=get(draft).edit_number, terms=replace(kept, lines=change(kept.lines))
    )  # fmt: skip
    return find_draft_version(quotation=draft).freight


@pytest.mark.parametrize(
    "changed", [{"quantity": Decimal(6000)}, {"unit_price": Decimal("5.50")}, {"quantity": Decimal(6000), "unit_price": Decimal("0.56")}]
)  # fmt: skip
def test_goods_that_are_changed_stand_on_nothing_frozen(seller, draft, air, people, changed):
    ask(seller, draft)
    use(seller, draft)
    assert rewrite(draft, people, lambda kept: (replace(kept[0], **changed), *kept[1:])) is None


def charge_less(kept):
    """The lines with a cheaper pickup."""
    return tuple(replace(one, unit_price=Decimal(70)) if one.kind == "charge" else one for one in kept)


def test_a_charge_that_is_changed_stands_on_nothing_frozen(seller, draft, air, people, company):
    profile = ShippingProfile.objects.create(
        company=company, name="Ho", country="GH", city="Ho", is_default=True, changed_at=timezone.now()
    )
    profile.charges.create(leg="pickup", basis="shipment", amount=80, currency="USD", stated_on="2026-11-01")
    ask(seller, draft)
    use(seller, draft, price_term="")
    assert ("charge", "Pickup at the exporter", "80") in lines(draft)
    assert rewrite(draft, people, lambda kept: tuple(reversed(kept))) == Snapshot.objects.get()
    assert rewrite(draft, people, charge_less) is None


def test_what_nobody_has_priced_is_said_in_the_builder(seller, draft, air):
    ask(seller, draft)
    page = seller.get(use(seller, draft, "DDP").url).text
    told = "Terminal at destination, Import clearance, Import duty, Import VAT or GST, Delivery to the buyer"
    assert f"Nobody has a price for what you pay under this term: {told}." in page
    assert "becomes your cost" not in seller.get(use(seller, draft, "CIF").url).text


def test_a_frozen_price_that_is_over_says_so_on_both_sides(seller, draft, air, people, client, monkeypatch):
    ask(seller, draft)
    Offer.objects.update(valid_until=timezone.localdate())
    builder = use(seller, draft).url
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert "Ask for prices again before you send it." in seller.get(builder).text
    send(draft, people.owner)
    client.force_login(people.buyer)
    page = client.get(draft.get_absolute_url()).text
    assert ("and is over." in page, "This price holds until" in page) == (True, False)


def test_lines_of_the_same_goods_are_counted_together_for_duties_by_the_unit(draft, packed):
    line = replace(COFFEE, listing_id=packed.pk)
    wish = Wish(Place("DE", city="Berlin"))
    sold = tell_sold(quotation=draft, terms=make_terms(lines=(line, replace(line, quantity=Decimal(300)))), wish=wish)
    assert (sold.quantity, sold.net_weight_g, sold.price.amount) == (900, 900_000, Decimal("5040.00"))
    other = replace(line, kind="sample", quantity=Decimal(2), unit="bag")
    mixed = tell_sold(quotation=draft, terms=make_terms(lines=(line, other)), wish=wish)
    assert (mixed.quantity, mixed.hs_code) == (1, "")


def test_what_nobody_has_priced_is_never_told_as_nothing(seller, draft, air):
    page = seller.get(ask(seller, draft).url).text
    cif = page.partition('<th scope="row">CIF')[2].partition("</tr>")[0]
    assert ("not known" in cif, "$0.00" in cif) == (True, False)


def test_the_buyer_reads_the_lines_and_their_sources_in_their_own_language(seller, draft, air):
    draft.versions.update(language="ar")
    ask(seller, draft)
    use(seller, draft)
    freight = find_draft_version(quotation=draft).lines.get(kind="freight")
    assert (freight.description, freight.detail) == ("النقل الرئيسي", "بطاقة الأسعار «Air from Accra»، الإصدار 1")

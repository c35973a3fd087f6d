"""Prices carry a date: nights that ask, answers by mail and on the site, and what silence does."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core import signing
from django.db import transaction
from django.utils import timezone

from core.limits import TooOften
from core.models import AuditEntry, Job, OutboxMail
from listings.choices import ListingState, RevisionState
from listings.exceptions import PricesAnswered
from listings.models import Listing, Variant, VariantPrice
from listings.rules.price_dates import LINK_DAYS, MOST_ANSWERS_AN_HOUR
from listings.selectors.price_dates import SALT, build_answer_path, read_answer_link
from listings.services.price_dates import FIRM_JOB, confirm_prices, confirm_prices_by_link
from listings.services.publication import make_live, take_back
from storefronts.choices import CompanyState, Role
from storefronts.models import Company
from tests.listings.asked_prices import dates, find_link, live_through, make_old, make_old_listing
from tests.listings.factories import make_listing, make_member, make_revision, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(member):
    """A product that its firm was asked about today, by mail to its owner."""
    listing = make_old_listing(company=member.company, title="Honey", days=100)
    live_through()
    return listing


@pytest.fixture
def link(asked, member):
    return find_link(member.user.email)


@transaction.atomic
def put_live(listing, **fields):
    """A version goes on the market."""
    revision = make_revision(listing, **fields)
    make_live(listing=listing, revision=revision)
    revision.save()
    return revision


def test_the_first_version_dates_the_prices(member):
    listing = make_listing(company=member.company, state=ListingState.DRAFT)
    revision = listing.revisions.get()
    with transaction.atomic():
        make_live(listing=listing, revision=revision)
    assert dates(listing) == (0, None, None)


@pytest.mark.parametrize("fields", [{"title": "Honey of another year"}, {"lead_time_days": 3}, {"description": "New."}])
def test_a_version_with_the_same_prices_renews_nothing(fields):
    listing = make_old_listing(days=50)
    put_live(listing, **fields)
    assert dates(listing) == (50, None, None)


@pytest.mark.parametrize(
    "fields", [{"breaks": ((60, "6.30"), (300, "5.60"))}, {"currency": "EUR"}, {"incoterm": "CIF"}, {"unit": "piece"}]
)
def test_a_version_with_other_prices_renews_the_day_and_brings_the_price_back(fields):
    listing = make_old_listing(days=120, asked=20, hidden=6)
    put_live(listing, **fields)
    assert dates(listing) == (0, 20, None)


def test_another_price_of_a_variant_renews_the_day():
    listing = make_old_listing(days=50)
    with transaction.atomic():
        revision = make_revision(listing)
        variant = Variant.objects.create(revision=revision, position=1, name="Jar")
        VariantPrice.objects.create(variant=variant, minimum_quantity=1, unit_price="9.10")
        make_live(listing=listing, revision=revision)
    assert dates(listing) == (0, None, None)


@transaction.atomic
def undo(listing, revision):
    take_back(listing=listing, revision=revision)


@pytest.mark.parametrize(
    "days",
    [(19, 20, None), (120, 20, 6), (50, None, None), (100, 5, None)],
    ids=["answered", "on request", "never asked", "asked"],
)
def test_an_undone_approval_brings_old_prices_back_with_the_days_that_they_had(days):
    """The firm's answer counts although the version itself was decided long before it."""
    confirmed, asked, hidden = days
    listing = make_old_listing(days=confirmed, asked=asked, hidden=hidden)
    before = listing.live_revision
    before.decided_at = timezone.now() - timedelta(days=150)
    before.save()
    revision = put_live(listing, breaks=((60, "6.30"),))
    assert dates(listing) == (0, asked, None)
    undo(listing, revision)
    assert dates(listing) == days


def test_what_was_asked_about_the_newer_prices_goes_with_them():
    listing = make_old_listing(days=50)
    revision = put_live(listing, breaks=((60, "6.30"),))
    make_old(listing, days=1, asked=2)
    undo(listing, revision)
    assert dates(listing) == (50, None, None)


def test_an_undone_approval_of_the_same_prices_keeps_the_answer_given_since():
    listing = make_old_listing(days=120, asked=20, hidden=6)
    revision = put_live(listing, title="Honey of another year")
    make_old(listing, days=3, asked=20)
    undo(listing, revision)
    assert dates(listing) == (3, 20, None)


def test_an_undone_first_version_leaves_no_day(member):
    listing = make_listing(company=member.company, state=ListingState.DRAFT)
    revision = listing.revisions.get()
    with transaction.atomic():
        make_live(listing=listing, revision=revision)
        undo(listing, revision)
    assert dates(listing) == (None, None, None)


def test_prices_whose_days_were_not_kept_are_as_old_as_their_version_and_asked_about_anew(member):
    """A change that went live before the days were kept: nobody knows the firm's answer any more, so nothing is hidden."""
    listing = make_old_listing(company=member.company, days=19, asked=20)
    before = listing.live_revision
    before.decided_at = timezone.now() - timedelta(days=150)
    before.save()
    revision = put_live(listing, breaks=((60, "6.30"),))
    listing.revisions.update(prices_confirmed_before=None, prices_asked_before=None, prices_hidden_before=None)
    revision.refresh_from_db()
    undo(listing, revision)
    assert dates(listing) == (150, None, None)
    live_through()
    assert dates(listing) == (150, 0, None)


def test_the_night_asks_a_firm_by_one_mail_to_each_who_edits(member):
    editor = make_member(company=member.company, role=Role.EDITOR)
    make_member(company=member.company, role=Role.VIEWER)
    due = make_old_listing(company=member.company, title="Honey", days=90)
    soon = make_old_listing(company=member.company, title="Shea butter", days=80)
    fresh = make_old_listing(company=member.company, title="Soap", days=10)
    live_through()

    mails = OutboxMail.objects.order_by("recipient")
    assert sorted(mail.recipient for mail in mails) == sorted([member.user.email, editor.user.email])
    assert mails[0].subject == "Are these 2 prices still right?"
    assert [title in mails[0].text for title in ("Honey", "Shea butter", "Soap")] == [True, True, False]
    assert [dates(one)[1] for one in (due, soon, fresh)] == [0, 0, None]


def test_nothing_is_asked_before_one_price_is_due(member):
    make_old_listing(company=member.company, days=89)
    live_through()
    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"price_visibility": "on_request"}, {"breaks": ()}, {"state": ListingState.PAUSED}, {"state": ListingState.SUSPENDED},
    ],
)  # fmt: skip
def test_prices_that_buyers_do_not_see_are_not_asked_about(member, fields):
    state = fields.pop("state", ListingState.LIVE)
    make_old(make_listing(company=member.company, state=state, **fields), days=400)
    live_through()
    assert not OutboxMail.objects.exists()


def test_a_firm_that_waits_for_the_agency_is_neither_asked_nor_put_on_request(member):
    new = make_old_listing(company=member.company, days=100)
    silent = make_old_listing(company=member.company, days=120, asked=20)
    for listing in (new, silent):
        make_revision(listing, state=RevisionState.IN_REVIEW, breaks=((60, "7.00"),))
    live_through()
    assert not OutboxMail.objects.exists()
    assert (dates(new), dates(silent)) == ((100, None, None), (120, 20, None))


def test_a_night_that_runs_twice_mails_once(asked, member):
    live_through(again=" again")
    live_through(1)
    assert OutboxMail.objects.filter(recipient=member.user.email).count() == 1
    assert Job.objects.filter(name=FIRM_JOB).count() == 1
    assert AuditEntry.objects.filter(action="listings.prices_asked").count() == 1


def test_the_mail_speaks_the_language_of_its_reader(member):
    member.user.language = "fr"
    member.user.save()
    make_old_listing(company=member.company, days=100)
    live_through()
    assert "/fr/prices/" in OutboxMail.objects.get().text


def test_silence_puts_the_price_on_request_after_fourteen_days(asked):
    live_through(13)
    assert dates(asked) == (100, 0, None)
    live_through(14)
    assert dates(asked) == (100, 0, -14)
    assert AuditEntry.objects.filter(action="listings.prices_hidden", actor_id=None).count() == 1


def test_silent_firms_are_asked_again_after_ninety_days(asked, member):
    live_through(14)
    live_through(89)
    assert OutboxMail.objects.count() == 1
    live_through(90)
    assert OutboxMail.objects.count() == 2
    assert dates(asked) == (100, -90, -14)


def test_opening_the_link_changes_nothing_and_a_press_renews_the_price(client, asked, link):
    page = client.get(link)
    assert (page.status_code, "Still right" in page.text, dates(asked)[0]) == (200, True, 100)
    assert page["Cache-Control"].startswith("max-age=0")
    answer = client.post(link, {"right": asked.pk}, follow=True)
    assert "Confirmed. Buyers see it as a price of today." in answer.text
    assert "Everything is answered" in answer.text
    assert dates(asked) == (0, 0, None)


def test_the_trail_says_that_the_answer_came_by_the_mailed_link_to_whom(client, asked, link, member):
    client.post(link, {"right": asked.pk})
    entry = AuditEntry.objects.get(action="listings.prices_confirmed")
    assert (entry.subject_id, entry.actor_id) == (str(asked.pk), member.user_id)
    assert entry.values.values == {
        "way": "mailed link", "mailed_to": member.user.email, "asked_on": timezone.localdate().isoformat(),
    }  # fmt: skip


def test_a_second_press_is_told_and_changes_nothing(client, asked, link):
    client.post(link, {"right": asked.pk})
    again = client.post(link, {"right": asked.pk}, follow=True)
    paused = client.post(link, {"pause": asked.pk}, follow=True)
    assert (again.status_code, "This was answered already. Nothing has changed." in again.text) == (200, True)
    assert "This was answered already. Nothing has changed." in paused.text
    assert AuditEntry.objects.filter(action="listings.prices_confirmed").count() == 1
    assert Listing.objects.get().state == ListingState.LIVE


def test_one_press_confirms_all_that_is_asked(client, member):
    listings = [make_old_listing(company=member.company, days=100) for _ in range(3)]
    live_through()
    answer = client.post(find_link(member.user.email), {"all": "1"}, follow=True)
    assert "Confirmed: 3 prices." in answer.text
    assert [dates(one)[0] for one in listings] == [0, 0, 0]


def test_pause_takes_the_product_out_and_asks_no_more(client, asked, link, member):
    answer = client.post(link, {"pause": asked.pk}, follow=True)
    assert "Paused. Buyers no longer find this product." in answer.text
    assert Listing.objects.get().state == ListingState.PAUSED
    assert AuditEntry.objects.get(action="listings.paused_by_link").values.values["mailed_to"] == member.user.email
    live_through(14)
    assert dates(asked) == (100, 0, None)


def test_change_leads_to_the_editor_and_is_no_answer_yet(client, asked, link):
    answer = client.post(link, {"change": asked.pk})
    editor = f"/sell/{asked.company.slug}/products/{asked.pk}/pictures/"
    assert answer.url == f"{editor}#s-price"
    assert client.get(editor).url.startswith("/account/login/")
    assert dates(asked) == (100, 0, None)


def test_a_link_says_before_the_press_that_a_change_needs_a_sign_in(client, link):
    assert "where you sign in first" in client.get(link).text


def test_an_old_link_says_so_and_changes_nothing(client, asked, link, monkeypatch):
    later = timezone.now().timestamp() + LINK_DAYS * 86400 + 60
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    pages = [client.get(link), client.post(link, {"right": asked.pk})]
    assert [page.status_code for page in pages] == [410, 410]
    assert "This link is too old." in pages[1].text
    assert dates(asked) == (100, 0, None)


@pytest.mark.parametrize(
    "token",
    ["made-up", signing.dumps([1, "2026-01-01"], salt="other"), signing.dumps("x", salt=SALT)],
    ids=["made up", "another salt", "another content"],  # the stamp in a token differs from worker to worker
)
def test_a_link_that_we_never_signed_is_not_there(client, asked, token):
    assert client.post(f"/prices/{token}/", {"right": asked.pk}).status_code == 404
    assert dates(asked) == (100, 0, None)


def test_the_link_of_a_former_member_does_nothing_and_says_so(client, asked, link, member):
    member.delete()
    page = client.post(link, {"right": asked.pk})
    assert (page.status_code, "no longer edits its products" in page.text) == (403, True)
    assert dates(asked) == (100, 0, None)


def test_the_link_of_somebody_who_only_reads_now_does_nothing(client, asked, link, member):
    member.role = Role.VIEWER
    member.save()
    assert client.post(link, {"pause": asked.pk}).status_code == 403
    assert Listing.objects.get().state == ListingState.LIVE


def test_the_link_of_a_closed_account_does_nothing(client, asked, link, member):
    member.user.is_active = False
    member.user.save()
    assert client.post(link, {"right": asked.pk}).status_code == 403


def test_the_link_of_a_suspended_firm_does_nothing_and_says_so(client, asked, link):
    Company.objects.update(state=CompanyState.SUSPENDED)
    page = client.post(link, {"right": asked.pk})
    assert (page.status_code, "there is nothing to answer" in page.text) == (403, True)
    assert dates(asked) == (100, 0, None)


@pytest.mark.parametrize("button", ["right", "pause", "change"])
def test_a_link_answers_for_its_own_firm_alone(client, link, button):
    other = make_old_listing(days=120, asked=1)
    assert client.post(link, {button: other.pk}).status_code == 404
    assert dates(other) == (120, 1, None)


@pytest.mark.parametrize("body", [{}, {"right": "x"}, {"right": "9" * 30}, {"pause": "-1"}, {"right": "٣"}])
def test_a_press_that_names_no_product_finds_nothing(client, link, asked, body):
    assert client.post(link, body).status_code == 404
    assert dates(asked) == (100, 0, None)


def test_too_many_presses_in_an_hour_are_told(asked, member):
    found = read_answer_link(token=build_answer_path(member=member, asked_on=timezone.localdate()).split("/")[-2])
    for _ in range(MOST_ANSWERS_AN_HOUR):
        with pytest.raises(PricesAnswered):
            confirm_prices_by_link(member=member, link=found, listing_ids=[])
    with pytest.raises(TooOften):
        confirm_prices_by_link(member=member, link=found, listing_ids=[asked.pk])
    assert dates(asked) == (100, 0, None)


def test_a_price_of_today_is_not_confirmed_twice(member):
    listing = make_old_listing(company=member.company, days=5)
    assert confirm_prices(member=member, listing_ids=[listing.pk]) == 1
    with pytest.raises(PricesAnswered):
        confirm_prices(member=member, listing_ids=[listing.pk])


def test_a_person_in_two_firms_is_asked_by_each(client):
    person = make_user(purpose="exporter")
    for _ in range(2):
        make_old_listing(company=make_member(user=person).company, days=100)
    live_through()
    assert OutboxMail.objects.filter(recipient=person.email).count() == 2


def test_a_product_paused_in_the_meantime_only_says_so(client, asked, link):
    Listing.objects.update(state=ListingState.PAUSED)
    page = client.get(link)
    assert ("Paused" in page.text, "Still right" in page.text.partition("<form")[2]) == (True, False)


def test_existing_prices_take_the_day_of_their_live_version():
    decided, undecided = make_listing(), make_listing(decided_at=None)
    draft = make_listing(state=ListingState.DRAFT)
    decided.live_revision.decided_at = timezone.now() - timedelta(days=120)
    decided.live_revision.save()
    Listing.objects.filter(pk=undecided.pk).update(first_live_at=timezone.now() - timedelta(days=40))
    import_module("listings.migrations.0011_price_dates").date_prices(apps, None)
    assert [dates(one) for one in (decided, undecided, draft)] == [
        (120, None, None),
        (40, None, None),
        (None, None, None),
    ]

"""Barred destinations: officers keep the table, nobody gets a price there, nobody reads why, and the audit keeps who asked."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry
from shipping.exceptions import DestinationNotServed, DestinationReviewed
from shipping.models import BarredDestination
from shipping.selectors.destinations import find_bar
from shipping.services.destinations import REFUSED, refuse_destination
from tests.listings.factories import make_officer, make_user
from tests.shipping.cards import card
from tests.shipping.test_cards import bring_in
from tests.shipping.test_landed_cost import DAYS, get, listing  # noqa: F401  the fixture

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 26)
NEUTRAL = "We cannot price shipments to this destination. Ask the agency."
REVIEWED = "An officer looks at shipments to this destination first. Write to the agency."


def bar(country="DE", kind="embargoed", **fields):
    values = {"valid_from": date(2026, 1, 1), "reason": "Measure 7 of the council", "source": "https://example.org/7"}
    return BarredDestination.objects.create(country=country, kind=kind, **(values | fields))


@pytest.mark.parametrize(
    ("kind", "error", "said"),
    [("embargoed", DestinationNotServed, NEUTRAL), ("reviewed", DestinationReviewed, REVIEWED)],
)
def test_a_barred_destination_is_refused_in_neutral_words(kind, error, said):
    entry, person = bar(kind=kind), make_user()
    with pytest.raises(error) as refused:
        refuse_destination(country="DE", day=DAY, user=person)
    assert (str(refused.value), refused.value.status) == (said, 422)
    told = AuditEntry.objects.get(action=REFUSED)
    assert (told.actor_id, told.subject_kind, told.subject_id) == (
        person.pk,
        "shipping.barreddestination",
        str(entry.pk),
    )


@pytest.mark.django_db(transaction=True)
def test_the_audit_entry_outlives_the_refusal_and_whatever_is_taken_back_after_it():
    bar()
    with pytest.raises(DestinationNotServed):
        refuse_destination(country="DE", day=DAY, user=AnonymousUser())
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    assert AuditEntry.objects.filter(action=REFUSED, actor_id=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_that_could_take_it_back_it_is_not_called():
    bar()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        refuse_destination(country="DE", day=DAY, user=AnonymousUser())


def test_asking_again_within_the_hour_leaves_no_second_entry():
    bar()
    person = make_user()
    for user in (person, person, AnonymousUser(), AnonymousUser()):
        with pytest.raises(DestinationNotServed):
            refuse_destination(country="DE", day=DAY, user=user)
    assert AuditEntry.objects.filter(action=REFUSED).count() == 2
    AuditEntry.objects.update(at=timezone.now() - timedelta(hours=2))
    with pytest.raises(DestinationNotServed):
        refuse_destination(country="DE", day=DAY, user=person)
    assert AuditEntry.objects.filter(action=REFUSED).count() == 3


@pytest.mark.parametrize(
    "fields",
    [{"country": "FR"}, {"valid_from": DAY + timedelta(days=1)}, {"valid_until": DAY - timedelta(days=1)}],
)
def test_other_countries_and_other_days_are_served(fields):
    bar(**fields)
    refuse_destination(country="DE", day=DAY, user=make_user())
    assert not AuditEntry.objects.filter(action=REFUSED).exists()


def test_the_last_day_counts_and_an_embargo_goes_before_a_review():
    bar(kind="reviewed")
    embargo = bar(valid_until=DAY)
    assert find_bar(country="DE", day=DAY) == embargo
    assert find_bar(country="DE", day=DAY + timedelta(days=1)).kind == "reviewed"


@pytest.mark.parametrize(("kind", "said"), [("embargoed", NEUTRAL), ("reviewed", REVIEWED)])
def test_the_page_says_it_in_place_of_figures_and_never_why(client, listing, kind, said):  # noqa: F811
    bring_in(publish=True, card=card(**DAYS), surcharges=None)
    bar(kind=kind)
    page = get(client, listing, to="DE", quantity="600").text
    assert said in page
    assert [
        word for word in ("$3,360.00", "Air from Accra", "Measure 7", "example.org/7", "Embargo") if word in page
    ] == []
    assert AuditEntry.objects.filter(action=REFUSED).count() == 1
    assert "$3,360.00" in get(client, listing, to="FR", quantity="600").text


# --- the officers' record ---

ADD = "admin:shipping_barreddestination_add"
TYPED = {
    "country": "de", "kind": "embargoed", "valid_from": "2026-11-01", "valid_until": "", "reason": "Measure 7", "source": "https://example.org/7",
}  # fmt: skip


@pytest.fixture
def officer(client):
    officer = make_officer()
    client.force_login(officer)
    return officer


def test_an_officer_enters_a_destination_and_is_named(client, officer):
    assert client.post(reverse(ADD), TYPED).status_code == 302
    entry = BarredDestination.objects.get()
    assert (entry.country, entry.entered_by, entry.valid_until) == ("DE", officer, None)
    assert AuditEntry.objects.get(action="shipping.record_added").actor_id == officer.pk


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"country": "XX"}, "There is no country “XX”. Write its two letters."),
        ({"valid_until": "2026-10-31"}, "The last day lies before the first."),
        ({"source": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(client, typed, said):
    assert said in client.post(reverse(ADD), TYPED | typed).text
    assert not BarredDestination.objects.exists()


@pytest.mark.usefixtures("officer")
def test_an_entry_is_ended_and_never_taken_out_nor_turned_into_another(client):
    entry = bar()
    url = reverse("admin:shipping_barreddestination_change", args=[entry.pk])
    client.post(url, TYPED | {"country": "FR", "valid_from": "2020-01-01", "valid_until": "2026-12-31"})
    entry.refresh_from_db()
    assert (entry.country, entry.valid_from, entry.valid_until) == ("DE", date(2026, 1, 1), date(2026, 12, 31))
    answer = client.post(url, TYPED | {"valid_until": "2025-12-31"})
    assert "The last day lies before the first." in answer.text
    gone = client.post(reverse("admin:shipping_barreddestination_delete", args=[entry.pk]), {"post": "yes"})
    assert (gone.status_code, BarredDestination.objects.count()) == (403, 1)


def test_people_who_are_no_officers_are_sent_away(client):
    client.force_login(make_user())
    assert client.post(reverse(ADD), TYPED).status_code == 302
    assert not BarredDestination.objects.exists()

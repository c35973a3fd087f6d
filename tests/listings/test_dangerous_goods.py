"""Dangerous goods: said in the step of packing, shown to buyers, officers and machines, and never published unseen."""

import pytest
from django.db import IntegrityError, transaction

from listings.choices import RevisionState
from listings.models import ListingRevision
from listings.rules.changes import Change
from listings.selectors.changes import judge_revision, list_change_rows
from listings.selectors.comparison import build_comparison
from listings.services.submission import submit_revision
from moderation.models import Case
from tests.listings.editor_input import packing, text, url
from tests.listings.factories import make_company, make_listing, make_member, make_user

pytestmark = pytest.mark.django_db
SACK = {
    "kind": "sack", "contents": "60", "net_weight": "60", "gross_weight": "60.7", "length": "70", "width": "45", "height": "25",
}  # fmt: skip
ALONE = "Without a UN number only a forwarder can price it."
UNTICKED = "A UN number makes these dangerous goods: they are treated as such. Tick it, or empty the number."


@pytest.fixture
def member(client):
    member = make_member(company=make_company())
    client.force_login(member.user)
    return member


@pytest.fixture
def listing(member):
    return make_listing(company=member.company)


def say(client, listing, **danger):
    return client.post(url(listing, "packing"), packing(listing, SACK, **danger), follow=True)


def open_revision(listing):
    return listing.revisions.get(state=RevisionState.DRAFT)


@pytest.mark.parametrize("typed", ["1197", "UN 1197", "un1197", "١١٩٧"])
def test_a_un_number_is_four_digits_however_it_is_written(client, listing, typed):
    say(client, listing, is_dangerous="on", un_number=typed)
    revision = open_revision(listing)
    assert (revision.is_dangerous, revision.un_number) == (True, "1197")


@pytest.mark.parametrize("typed", ["119", "11977", "ABCD", "UN"])
def test_anything_else_is_refused_and_nothing_is_written(client, listing, typed):
    answer = say(client, listing, is_dangerous="on", un_number=typed)
    assert answer.status_code == 422
    assert "A UN number has four digits, such as 1197." in text(answer)
    assert not ListingRevision.objects.filter(is_dangerous=True).exists()


def test_what_was_typed_stays_beside_the_fault(client, listing):
    page = text(say(client, listing, is_dangerous="on", un_number="11977"))
    assert 'value="11977"' in page
    assert "checked" in page


@pytest.mark.parametrize(
    ("danger", "advice"),
    [
        ({"is_dangerous": "on"}, ALONE),
        ({"un_number": "1197"}, UNTICKED),
        ({"is_dangerous": "on", "un_number": "1197"}, ""),
    ],
)
def test_one_without_the_other_is_kept_and_said(client, listing, danger, advice):
    say(client, listing, **danger)
    pages = [text(client.get(url(listing, step))) for step in ("packing", "review")]
    said = [(ALONE in page.replace(f"such as 1197. {ALONE}", ""), UNTICKED in page) for page in pages]
    assert said == [(advice == ALONE, advice == UNTICKED)] * 2


def test_a_row_that_is_added_loses_nothing_of_it(client, listing):
    page = text(
        client.post(url(listing, "packing"), packing(listing, SACK, is_dangerous="on", un_number="11", add_package="1"))
    )
    assert 'value="11"' in page
    assert "checked" in page


def test_a_new_revision_takes_it_over(client, listing):
    ListingRevision.objects.update(is_dangerous=True, un_number="1266")
    sack = SACK | {"gross_weight": "61"}
    client.post(url(listing, "packing"), packing(listing, sack, is_dangerous="on", un_number="1266"))
    revision = open_revision(listing)
    assert (revision.number, revision.is_dangerous, revision.un_number) == (2, True, "1266")


def test_a_change_of_it_waits_for_an_officer_who_sees_both(client, member, listing):
    say(client, listing, is_dangerous="on", un_number="1197")
    revision = open_revision(listing)
    verdict = judge_revision(revision=revision)
    assert (Change("danger", "danger") in verdict.changes, verdict.waits) == (True, True)
    rows = {row.label: row.reason for row in list_change_rows(verdict=verdict)}
    assert rows["Dangerous goods"] == "carriers take it otherwise, or not at all"
    submit_revision(member=member, listing_id=listing.pk)
    shown = build_comparison(case=Case.objects.get(kind="listing", subject_id=str(listing.pk)))
    [row] = [row for row in shown.rows if row.label == "Dangerous goods"]
    assert (row.before, row.after, row.kind) == ("", "Yes, UN 1197", "added")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"is_dangerous": True, "un_number": "1197"}, "Yes, UN 1197"),
        ({"is_dangerous": True}, "Yes, the UN number is not given"),
        ({"un_number": "1197"}, "UN 1197"),
    ],
)
def test_buyers_read_it_on_the_product_page(client, listing, fields, said):
    ListingRevision.objects.update(**fields)
    client.force_login(make_user())
    assert f'<th scope="row">Dangerous goods</th><td><bdi>{said}</bdi></td>' in text(
        client.get(listing.get_absolute_url())
    )


def test_of_other_products_nothing_is_said(client, listing):
    assert "Dangerous goods" not in text(client.get(listing.get_absolute_url()))


def test_machines_read_it(client, listing):
    ListingRevision.objects.update(is_dangerous=True, un_number="1197")
    body = client.get(f"/api/v1/listings/{listing.pk}/").json()
    assert (body["is_dangerous"], body["un_number"]) == (True, "1197")


def test_the_database_holds_four_digits(listing):
    with pytest.raises(IntegrityError), transaction.atomic():
        ListingRevision.objects.update(un_number="UN12")

"""The HS code of a product: found by words in the editor, explained when it is of an old edition, set by an officer."""

import pytest
from django.urls import reverse

from core.errors import NotAllowed
from core.models import AuditEntry
from listings.choices import ListingState
from listings.services.hs_codes import lock_hs_code
from tests.listings.editor_input import basics, delivery, text, url, version
from tests.listings.factories import make_listing, make_officer, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client, member):
    client.force_login(member.user)
    return client


@pytest.fixture
def draft(member):
    return make_listing(company=member.company, state=ListingState.DRAFT, hs_code="")


def test_a_code_is_found_by_words_and_taken_while_the_rest_stays_as_typed(client, draft):
    typed = delivery(draft, hs_code="", lead_time_days="17") | {"hs_words": "chili sauce", "find_hs": "1"}
    found = text(client.post(url(draft, "delivery"), typed))
    assert 'name="take_hs" value="2103.90"' in found
    assert "because of “<bdi>chili sauce</bdi>”" in found
    assert 'value="17"' in found

    del typed["find_hs"]
    taken = text(client.post(url(draft, "delivery"), typed | {"take_hs": "2103.90"}))
    assert ('value="2103.90"' in taken, 'value="17"' in taken) == (True, True)
    assert draft.revisions.get().hs_code == ""

    client.post(url(draft, "delivery"), delivery(draft, hs_code="2103.90"))
    revision = draft.revisions.get()
    assert (revision.hs_code, revision.hs_edition) == ("210390", "H6")


def test_words_that_name_nothing_are_told_so(client, draft):
    typed = delivery(draft, hs_code="") | {"hs_words": "zzzzqqqq", "find_hs": "1"}
    assert "We know no code for “<bdi>zzzzqqqq</bdi>”" in text(client.post(url(draft, "delivery"), typed))


def test_a_code_of_an_old_edition_is_refused_with_what_its_heading_has_now(client, draft):
    refused = client.post(url(draft, "delivery"), delivery(draft, hs_code="0305.10"))
    assert refused.status_code == 422
    assert "There is no HS code 0305.10 in the edition of 2022." in text(refused)
    assert "Under this heading there are now: 0305.20" in text(refused)


def test_an_officer_sets_the_code_and_the_exporter_cannot_change_it(client, draft, member):
    officer = make_officer()
    before = version(draft)
    client.force_login(officer)
    page = reverse("admin:hs_lock", args=[draft.pk])
    assert client.post(page, {"code": "0409.00", "reason": ""}).status_code == 422
    assert "no such code" in client.post(page, {"code": "0305.10", "reason": "It is honey."}).text
    assert client.post(page, {"code": "0409.00", "reason": "It is honey."}).status_code == 302
    assert AuditEntry.objects.get(action="listings.hs_code_locked").actor_id == officer.pk

    client.force_login(member.user)
    assert client.post(url(draft, "delivery"), delivery(draft, hs_code="0901.11", version=before)).status_code == 409
    page = text(client.get(url(draft, "delivery")))
    assert ("An officer has set this code" in page, "hs-helper" in page) == (True, False)
    client.post(url(draft, "delivery"), delivery(draft, hs_code="0901.11", lead_time_days="9"))
    revision = draft.revisions.get()
    assert (revision.hs_code, revision.lead_time_days) == ("040900", 9)

    client.force_login(officer)
    client.post(reverse("admin:hs_lock", args=[draft.pk]), {"code": "", "reason": "They asked for it."})
    client.force_login(member.user)
    client.post(url(draft, "delivery"), delivery(draft, hs_code="0901.11"))
    assert draft.revisions.get().hs_code == "090111"


def test_a_set_code_reaches_a_version_that_is_opened_by_another_step(client, member):
    listing = make_listing(company=member.company, hs_code="090111")
    lock_hs_code(officer=make_officer(), listing_id=listing.pk, code="040900", reason="It is honey.")
    client.post(url(listing), basics(listing, title="Honey and coffee"))
    opened = listing.revisions.order_by("number").last()
    assert (opened.number, opened.hs_code, opened.hs_edition) == (2, "040900", "H6")


def test_only_officers_set_codes(draft):
    with pytest.raises(NotAllowed):
        lock_hs_code(officer=make_user(), listing_id=draft.pk, code="040900", reason="It is honey.")

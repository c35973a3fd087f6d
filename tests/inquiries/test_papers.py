"""Papers of the product asked about: the buyer reads what its visibility allows, the exporter shows one to this buyer alone."""

from uuid import uuid4

import pytest
from django.utils import timezone

from inquiries.models import SharedPaper
from listings.models import ListingDocument
from uploads.adapters.store import store_once
from uploads.models import Upload
from uploads.rules.documents import original_name

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers(listing, people):
    """One paper of each visibility, all seen by an officer."""
    made = {}
    for position, visibility in enumerate(("public", "inquiry", "buyer"), start=1):
        sha256 = f"{position:064x}"
        store_once(original_name(sha256=sha256), b"%PDF-1.7 " + visibility.encode())
        upload = Upload.objects.create(
            profile="listing_document", kind="document", name=f"{visibility}.pdf", byte_size=9, sha256=sha256,
            content_type="application/pdf", state="ready", pages=1,
        )  # fmt: skip
        made[visibility] = ListingDocument.objects.create(
            revision=listing.live_revision, upload=upload, position=position, kind="specification", title=f"The {visibility} paper",
            visibility=visibility, seen_at=timezone.now(),
        )  # fmt: skip
    return made


def address(thread, document, act=""):
    return f"/inquiries/{thread.pk}/papers/{document.upload_id}/{act}"


def status(client, where):
    response = client.get(where)
    if response.streaming:
        response.getvalue()
    return response.status_code


@pytest.mark.parametrize(("visibility", "found"), [("public", 200), ("inquiry", 200), ("buyer", 404)])
def test_a_buyer_who_wrote_reads_what_the_exporter_lets_such_buyers_read(
    client, people, thread, papers, visibility, found
):
    client.force_login(people.buyer)
    assert status(client, address(thread, papers[visibility])) == found
    page = client.get(thread.get_absolute_url()).text
    assert (f"The {visibility} paper" in page) is (found == 200)


def test_the_exporter_shows_a_paper_to_this_buyer_and_hides_it_again(client, people, thread, papers):
    document = papers["buyer"]
    client.force_login(people.owner)
    page = client.get(thread.get_absolute_url()).text
    assert "The buyer does not see it" in page
    client.post(address(thread, document, "turn/"), {"act": "show"})
    client.post(address(thread, document, "turn/"), {"act": "show"})
    assert SharedPaper.objects.count() == 1
    client.force_login(people.buyer)
    assert status(client, address(thread, document)) == 200
    client.force_login(people.owner)
    client.post(address(thread, document, "turn/"), {"act": "hide"})
    client.force_login(people.buyer)
    assert status(client, address(thread, document)) == 404


def test_another_buyer_of_the_same_product_does_not_get_what_was_shown_to_one(client, people, thread, papers, ask):
    client.force_login(people.owner)
    client.post(address(thread, papers["buyer"], "turn/"), {"act": "show"})
    client.force_login(people.other_buyer)
    assert status(client, address(thread, papers["buyer"])) == 404


@pytest.mark.parametrize("who", ["stranger", "other_buyer", "officer"])
def test_no_party_no_paper(client, people, other_company, thread, papers, who):
    client.force_login(getattr(people, who))
    assert status(client, address(thread, papers["inquiry"])) == 404
    assert client.post(address(thread, papers["buyer"], "turn/"), {"act": "show"}).status_code == 404
    assert SharedPaper.objects.count() == 0


@pytest.mark.parametrize("who", ["buyer", "viewer"])
def test_only_those_who_write_for_the_exporter_show_papers(client, people, thread, papers, who):
    client.force_login(getattr(people, who))
    assert client.post(address(thread, papers["buyer"], "turn/"), {"act": "show"}).status_code == 403
    assert SharedPaper.objects.count() == 0


def test_a_paper_that_no_officer_has_seen_is_read_by_no_buyer(client, people, thread, papers):
    ListingDocument.objects.update(seen_at=None)
    client.force_login(people.buyer)
    assert status(client, address(thread, papers["inquiry"])) == 404
    assert "The inquiry paper" not in client.get(thread.get_absolute_url()).text


def test_a_made_up_paper_is_not_there(client, people, thread, papers):
    client.force_login(people.owner)
    assert client.get(f"/inquiries/{thread.pk}/papers/{uuid4()}/").status_code == 404

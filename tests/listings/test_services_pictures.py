"""Pictures of a product: sent, refused, moved, removed, sent again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.middleware import explain
from core.models import Job
from listings.choices import ListingState
from listings.exceptions import PictureGone, RevisionInReview
from listings.services.pictures import add_pictures, move_picture, remove_picture, send_picture_again
from listings.services.submission import submit_revision
from tests.listings.editor_input import jpeg
from tests.listings.factories import add_picture, make_listing, make_upload
from uploads.models import Upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(member):
    return make_listing(company=member.company, state=ListingState.DRAFT, pictures=0)


def names(listing):
    return [picture.upload.name for picture in listing.revisions.get().pictures.select_related("upload")]


def test_pictures_are_added_at_the_end_and_wait_for_a_worker(member, draft):
    sent = add_pictures(member=member, listing_id=draft.pk, files=[jpeg("a.jpg"), jpeg("b.jpg")])
    assert (sent.added, sent.refused, names(draft)) == (2, (), ["a.jpg", "b.jpg"])
    assert set(Upload.objects.values_list("profile", "state", "is_public")) == {("listing_picture", "sent", False)}
    assert Job.objects.filter(name="uploads.make_renditions").count() == 2


def test_a_refused_file_leaves_the_good_ones_standing(member, draft):
    text = SimpleUploadedFile("notes.docx", b"PK\x03\x04 no picture", content_type="image/jpeg")
    sent = add_pictures(member=member, listing_id=draft.pk, files=[jpeg("a.jpg"), text, jpeg("b.jpg")])
    assert names(draft) == ["a.jpg", "b.jpg"]
    assert [explain(refused.error) for refused in sent.refused] == [
        "notes.docx is no picture. Send JPEG, PNG, WebP or HEIC."
    ]


def test_a_product_has_at_most_ten_pictures(member, draft):
    revision = draft.revisions.get()
    for position in range(1, 10):
        add_picture(revision, position=position)
    sent = add_pictures(member=member, listing_id=draft.pk, files=[jpeg("tenth.jpg"), jpeg("eleventh.jpg")])
    expected = "eleventh.jpg was not added: a product has at most 10 pictures. Remove one first."
    assert (sent.added, [explain(refused.error) for refused in sent.refused]) == (1, [expected])
    assert revision.pictures.count() == 10


def test_refused_files_alone_open_no_revision(member):
    live = make_listing(company=member.company)
    sent = add_pictures(member=member, listing_id=live.pk, files=[SimpleUploadedFile("a.txt", b"text")])
    assert (sent.added, len(sent.refused), live.revisions.count()) == (0, 1, 1)


def test_a_new_picture_of_a_live_product_waits_for_approval(member):
    live = make_listing(company=member.company)
    add_pictures(member=member, listing_id=live.pk, files=[jpeg("new.jpg")])
    assert (live.live_revision.pictures.count(), live.revisions.first().pictures.count()) == (1, 2)


@pytest.mark.parametrize(
    ("moved", "direction", "order"),
    [
        (2, "earlier", ["picture-2.jpg", "picture-1.jpg", "picture-3.jpg"]),
        (2, "later", ["picture-1.jpg", "picture-3.jpg", "picture-2.jpg"]),
        (1, "earlier", ["picture-1.jpg", "picture-2.jpg", "picture-3.jpg"]),
        (3, "later", ["picture-1.jpg", "picture-2.jpg", "picture-3.jpg"]),
    ],
)
def test_a_picture_moves_by_one_place(member, moved, direction, order):
    listing = make_listing(company=member.company, state=ListingState.DRAFT, pictures=3)
    picture = listing.revisions.get().pictures.get(position=moved)
    move_picture(member=member, listing_id=listing.pk, upload_id=str(picture.upload_id), direction=direction)
    assert names(listing) == order


def test_a_removed_picture_stays_in_the_approved_revision(member):
    live = make_listing(company=member.company, pictures=2)
    gone = live.live_revision.pictures.first()
    revision = remove_picture(member=member, listing_id=live.pk, upload_id=str(gone.upload_id)).revision
    assert [(row.upload.name, row.position) for row in revision.pictures.all()] == [("picture-2.jpg", 1)]
    assert live.live_revision.pictures.count() == 2


def test_a_picture_of_another_product_is_gone(member, draft):
    elsewhere = make_listing(company=member.company, state=ListingState.DRAFT).revisions.get().pictures.get()
    with pytest.raises(PictureGone):
        remove_picture(member=member, listing_id=draft.pk, upload_id=str(elsewhere.upload_id))
    assert elsewhere.revision.pictures.count() == 1


def test_a_failed_picture_is_sent_again_in_its_place(member, draft):
    failed = make_upload(state="failed", name="cut.jpg", user=member.user)
    add_picture(draft.revisions.get(), upload=failed, alt="The back label")
    again = send_picture_again(member=member, listing_id=draft.pk, upload_id=str(failed.pk), file=jpeg("whole.jpg"))
    picture = again.revision.pictures.get(upload=failed)
    failed.refresh_from_db()
    assert (failed.state, failed.name, failed.failure, picture.alt) == ("sent", "whole.jpg", "", "The back label")


def test_nothing_is_added_while_an_officer_looks(member):
    listing = make_listing(company=member.company, state=ListingState.DRAFT)
    submit_revision(member=member, listing_id=listing.pk)
    with pytest.raises(RevisionInReview):
        add_pictures(member=member, listing_id=listing.pk, files=[jpeg()])
    assert listing.revisions.get().pictures.count() == 1

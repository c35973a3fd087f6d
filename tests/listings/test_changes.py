"""What is published at once and what waits: the rule on five hundred edits, equal to the table in the docs, and the services that follow it."""

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

from core.models import AuditEntry, OutboxMail
from listings.choices import RevisionState
from listings.exceptions import RevisionMovedOn
from listings.rules.changes import judge_changes, waits
from listings.rules.prices import Break
from listings.services import publication
from listings.services.drafts import BASICS, OFFER, save_basics, save_offer
from listings.services.publication import decide_published, undo_published_decision
from listings.services.submission import submit_revision
from moderation.models import Case
from moderation.rules import Ruling
from tests.listings.editor_input import version
from tests.listings.edits import EDITS, list_edits
from tests.listings.factories import make_listing, make_officer

DOCS = Path(__file__).parents[2] / "docs" / "howto" / "changes.md"
ROW = re.compile(r"^\| (.+?) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)


def replay():
    """Edits, at once and waiting, by name."""
    at_once, waiting = Counter(), Counter()
    for name, before, after in list_edits():
        (waiting if waits(judge_changes(before, after)) else at_once)[name] += 1
    return {name: (number, at_once[name], waiting[name]) for name, (number, _edit) in EDITS.items()}


def test_the_table_in_the_docs_is_what_the_rule_does():
    written = {name: tuple(map(int, numbers)) for name, *numbers in ROW.findall(DOCS.read_text(encoding="utf-8"))}
    whole = written.pop("all")
    found = replay()
    assert written == found
    assert whole == tuple(map(sum, zip(*found.values(), strict=True)))
    assert whole[0] == 500


def test_officers_look_at_every_change_of_watched_goods():
    before, after = next(pair for name, *pair in list_edits() if name.startswith("days to ship"))
    assert not waits(judge_changes(before, after))
    assert all(change.waits for change in judge_changes(before, after, is_watched=True))


@pytest.fixture
def sampled(monkeypatch):
    monkeypatch.setattr(publication.secrets, "randbelow", lambda _most: 0)


@pytest.fixture
def listing(db, member):
    return make_listing(
        company=member.company, title="Forest honey, strained", description="Raw honey from the forest, filld cold."
    )


def edit(listing, member, **changed):
    live = listing.live_revision
    values = {name: getattr(live, name) for name in BASICS} | changed
    save_basics(member=member, listing_id=listing.pk, version=version(listing), values=values)
    return submit_revision(member=member, listing_id=listing.pk)


def test_a_correction_is_published_at_once(listing, member, django_capture_on_commit_callbacks):
    sent = edit(listing, member, description="Raw honey from the forest, filled cold.")
    listing.refresh_from_db()

    assert (sent.state, listing.live_revision_id) == (RevisionState.APPROVED, sent.pk)
    assert listing.revisions.get(number=1).state == RevisionState.SUPERSEDED
    assert AuditEntry.objects.get(action="listings.published_at_once").fields == ["description"]
    assert not OutboxMail.objects.exists()


def test_another_name_waits_and_the_approved_version_stays(listing, member):
    before = listing.live_revision_id
    sent = edit(listing, member, title="Beeswax blocks, yellow")
    listing.refresh_from_db()

    assert (sent.state, listing.live_revision_id) == (RevisionState.IN_REVIEW, before)
    assert Case.objects.open().get().kind == "listing"


def test_the_exporter_reads_it_before_sending(client, listing, member):
    client.force_login(member.user)
    live = listing.live_revision
    values = {name: getattr(live, name) for name in BASICS}
    page = reverse("products:edit", args=[member.company.slug, listing.pk, "review"])
    save_basics(
        member=member,
        listing_id=listing.pk,
        version=version(listing),
        values=values | {"description": live.description + " Cold."},
    )
    assert "This version is published at once" in client.get(page).text
    save_basics(
        member=member, listing_id=listing.pk, version=version(listing), values=values | {"title": "Beeswax blocks"}
    )
    text = client.get(page).text
    assert ("An officer looks at this version first" in text, "it is more than a correction" in text) == (True, True)
    assert "Sent to the agency" in client.post(page, {"act": "submit"}, follow=True).text


def test_a_sample_is_looked_at_and_taken_back(sampled, client, listing, member):
    before = listing.live_revision_id
    sent = edit(listing, member, description="Raw honey from the forest, filled cold.")
    case = Case.objects.open().get(kind="listing_after")
    officer = make_officer()
    client.force_login(officer)
    assert "<ins>" in client.get(reverse("admin:moderation_case", args=[case.pk])).text
    decision = decide_published(case=case, officer=officer, ruling=Ruling(outcome="changes", note="Say which forest."))
    listing.refresh_from_db()
    sent.refresh_from_db()
    assert (listing.live_revision_id, sent.state, sent.note) == (
        before,
        RevisionState.CHANGES_ASKED,
        "Say which forest.",
    )

    undo_published_decision(decision=decision, officer=officer)
    listing.refresh_from_db()
    assert listing.live_revision_id == sent.pk


def test_a_sample_that_stays_mails_nobody(sampled, listing, member):
    sent = edit(listing, member, description="Raw honey from the forest, filled cold.")
    case = Case.objects.open().get(kind="listing_after")
    decide_published(case=case, officer=make_officer(), ruling=Ruling(outcome="approve"))
    listing.refresh_from_db()
    assert listing.live_revision_id == sent.pk
    assert not OutboxMail.objects.exists()


def test_what_the_exporter_has_changed_since_is_not_taken_back(sampled, listing, member):
    edit(listing, member, description="Raw honey from the forest, filled cold.")
    case = Case.objects.open().get(kind="listing_after")
    listing.refresh_from_db()
    values = {name: getattr(listing.live_revision, name) for name in BASICS} | {"title": "Beeswax"}
    save_basics(member=member, listing_id=listing.pk, version=version(listing), values=values)
    with pytest.raises(RevisionMovedOn):
        decide_published(case=case, officer=make_officer(), ruling=Ruling(outcome="changes", note="No."))


def test_many_small_steps_do_not_make_a_large_one(listing, member):
    """Prices are compared with the last version that an officer has looked at, not with the step before."""
    seen = listing.live_revision_id
    for step in (1, 2):
        listing.refresh_from_db()
        live = listing.live_revision
        breaks = [Break(row.minimum_quantity, row.unit_price * Decimal("1.15")) for row in live.price_breaks.all()]
        values = {name: getattr(live, name) for name in OFFER}
        save_offer(member=member, listing_id=listing.pk, version=version(listing), values=values, breaks=breaks)
        sent = submit_revision(member=member, listing_id=listing.pk)
        assert sent.state == (RevisionState.APPROVED if step == 1 else RevisionState.IN_REVIEW)
    assert listing.revisions.get(pk=seen).seen_by_officer

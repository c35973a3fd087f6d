"""Acts, states and facts of a listing, without a database."""

import pytest

from listings.exceptions import ListingArchived, RevisionInReview, WrongListingState
from listings.rules.claims import find_claims
from listings.rules.completeness import FACTS, MORE, find_next, list_facts, missing_for_submission
from listings.rules.states import follow_act, list_acts, require_editable, state_after_approval

ALLOWED = {
    ("pause", "live"): "paused", ("resume", "paused"): "live", ("archive", "draft"): "archived", ("archive", "live"): "archived",
    ("archive", "paused"): "archived", ("restore", "archived"): "paused", ("suspend", "live"): "suspended",
    ("suspend", "paused"): "suspended", ("reinstate", "suspended"): "paused",
}  # fmt: skip
ACTS = ("pause", "resume", "archive", "restore", "suspend", "reinstate")
STATES = ("draft", "live", "paused", "suspended", "archived")


@pytest.mark.parametrize(("act", "state"), list(ALLOWED))
def test_an_act_that_fits_leads_on(act, state):
    assert follow_act(act, state=state, has_live_revision=True) == ALLOWED[act, state]


@pytest.mark.parametrize(
    ("act", "state"), [(act, state) for act in ACTS for state in STATES if (act, state) not in ALLOWED]
)
def test_an_act_that_does_not_fit_is_refused(act, state):
    with pytest.raises(WrongListingState):
        follow_act(act, state=state, has_live_revision=True)


def test_a_listing_that_was_never_approved_comes_out_of_the_archive_as_a_draft():
    assert follow_act("restore", state="archived", has_live_revision=False) == "draft"


@pytest.mark.parametrize(
    ("state", "acts"),
    [("live", ["pause", "archive"]), ("paused", ["resume", "archive"]), ("archived", ["restore"]), ("suspended", [])],
)
def test_the_exporter_is_offered_what_fits(state, acts):
    assert list_acts(state) == acts


@pytest.mark.parametrize(
    ("state", "after"), [("draft", "live"), ("live", "live"), ("paused", "paused"), ("suspended", "suspended")]
)
def test_an_approval_makes_only_drafts_live(state, after):
    assert state_after_approval(state) == after


def test_what_is_in_review_cannot_be_edited():
    with pytest.raises(RevisionInReview):
        require_editable(listing_state="live", revision_state="in_review")


def test_what_is_in_the_archive_cannot_be_edited():
    with pytest.raises(ListingArchived):
        require_editable(listing_state="archived", revision_state="draft")


def test_a_submission_needs_five_facts():
    assert missing_for_submission(frozenset()) == ("title", "category", "unit", "picture", "origin")
    assert missing_for_submission(frozenset({"title", "category", "unit", "picture", "origin"})) == ()


def test_twelve_facts_are_asked_of_every_product_and_five_more_make_it_better():
    facts = list_facts(frozenset({"title", "packing"}))
    assert [(fact.key, fact.step) for fact in facts if fact.given] == [("title", "basics"), ("packing", "packing")]
    assert (len(FACTS), len(MORE), len(facts)) == (12, 5, 17)


def test_what_a_submission_needs_comes_next_then_the_order_of_the_list():
    given = frozenset({"title", "category", "unit", "picture"})
    assert find_next(list_facts(given)).key == "origin"
    after = find_next(list_facts(given | {"origin"}))
    assert (after.key, after.why) == ("description", "It answers what buyers would ask first.")
    assert find_next(list_facts(frozenset(fact.key for fact in (*FACTS, *MORE)))) is None


def test_claims_are_found_as_whole_words_in_any_case():
    assert find_claims("Organic shea", "certified, ORGANIC", "biology of a bioreactor") == ("certified", "organic")

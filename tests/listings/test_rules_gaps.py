"""The rules of the gap matrix: which requirement is meant, and what stands in its cell."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listings.rules.gaps import Asked, Cell, Finding, Held, Hint, Match, find_match, is_open_blocker, judge, rank_row

DAY = date(2026, 11, 25)
ORGANIC = Asked("any", scheme="organic")
DOCUMENT = Asked("any")


def held(days=365, **fields):
    """A verified certificate that covers the product, begun a month ago."""
    until = None if days is None else DAY + timedelta(days=days)
    values = {"scheme": "organic", "state": "verified", "covers": True, "valid_until": until}
    return Held(**(values | {"valid_from": DAY - timedelta(days=30)} | fields))


@pytest.mark.parametrize(
    ("asked", "hs_code", "origin", "family", "match"),
    [
        (Asked("any"), "", "GH", "", Match.YES),
        (Asked("any"), "090111", "GH", "", Match.YES),
        (Asked("coffee-cocoa", ("0901",)), "090111", "GH", "", Match.YES),
        (Asked("coffee-cocoa", ("1801", "0901")), "090111", "GH", "", Match.YES),
        (Asked("coffee-cocoa", ("0902",)), "090111", "GH", "", Match.NO),
        (Asked("textiles", ("50-63",)), "610910", "GH", "", Match.YES),
        (Asked("textiles", ("50-63",)), "640110", "GH", "", Match.NO),
        (Asked("coffee-cocoa", ("0901",)), "", "GH", "", Match.NEEDS_HS_CODE),
        (Asked("coffee-cocoa", ("0901",)), "", "GH", "textiles", Match.NEEDS_HS_CODE),
        (Asked("coffee-cocoa", ("0901",)), "", "GH", "coffee-cocoa", Match.BY_FAMILY),
        (Asked("coffee-cocoa", ("0901",)), "090210", "GH", "coffee-cocoa", Match.NO),
        (Asked("any", origin="GH"), "", "GH", "", Match.YES),
        (Asked("any", origin="CI GH"), "", "GH", "", Match.YES),
        (Asked("any", origin="CI,GH"), "", "GH", "", Match.YES),
        (Asked("any", origin="KE"), "", "GH", "", Match.NO),
        (Asked("any", origin="KE"), "", "", "", Match.NO),
        (Asked("any", ("0901",), origin="KE"), "", "GH", "", Match.NO),
    ],
)
def test_a_requirement_is_meant_by_origin_and_hs_code(asked, hs_code, origin, family, match):
    assert find_match(asked, hs_code=hs_code, origin=origin, family=family) is match


@pytest.mark.parametrize(
    ("days", "cell", "left"),
    [(None, Cell.MET, None), (91, Cell.MET, None), (90, Cell.ENDING, 90), (1, Cell.ENDING, 1), (0, Cell.ENDING, 0)],
)
def test_a_covering_certificate_meets_it_and_is_ending_from_ninety_days_on(days, cell, left):
    finding = judge(ORGANIC, [held(days)], has_it=False, day=DAY)

    assert (finding.cell, finding.days_left) == (cell, left)


def test_the_certificate_that_runs_longest_counts():
    finding = judge(ORGANIC, [held(10), held(200), held(30)], has_it=False, day=DAY)

    assert finding == Finding(Cell.MET, valid_until=DAY + timedelta(days=200))


@pytest.mark.parametrize(
    ("certificates", "hint"),
    [
        ([], Hint.NONE),
        ([held(scheme="fairtrade")], Hint.NONE),
        ([held(covers=False)], Hint.NOT_COVERED),
        ([held(state="submitted")], Hint.BEING_CHECKED),
        ([held(state="draft")], Hint.NOT_SENT),
        ([held(state="draft", valid_until=None, valid_from=None)], Hint.NOT_SENT),
        ([held(state="draft"), held(state="submitted")], Hint.BEING_CHECKED),
        ([held(state="submitted"), held(covers=False)], Hint.NOT_COVERED),
        ([held(-1)], Hint.ENDED),
        ([held(-1, state="draft")], Hint.NONE),
        ([held(-1), held(state="submitted")], Hint.BEING_CHECKED),
        ([held(state="revoked")], Hint.NONE),
        ([held(state="rejected")], Hint.NONE),
        ([held(valid_from=DAY + timedelta(days=1))], Hint.NOT_BEGUN),
    ],
)
def test_without_a_valid_covering_certificate_it_is_missing_and_a_hint_says_what_there_is(certificates, hint):
    finding = judge(ORGANIC, certificates, has_it=True, day=DAY)

    assert finding == Finding(Cell.MISSING, hint=hint)


def test_a_document_is_unknown_until_the_exporter_states_it_and_never_met():
    assert judge(DOCUMENT, [held()], has_it=False, day=DAY) == Finding(Cell.UNKNOWN)
    assert judge(DOCUMENT, [held()], has_it=True, day=DAY) == Finding(Cell.STATED)


@pytest.mark.parametrize(
    ("cell", "is_open"),
    [(Cell.MISSING, True), (Cell.UNKNOWN, True), (Cell.STATED, True), (Cell.ENDING, False), (Cell.MET, False)],
)
def test_only_proof_lifts_a_blocker(cell, is_open):
    assert is_open_blocker(Asked("any", blocks=True), Finding(cell)) is is_open
    assert is_open_blocker(Asked("any"), Finding(cell)) is False


def test_rows_with_open_blockers_come_first_then_the_worst():
    blocker, plain = Asked("any", blocks=True), Asked("any")
    rows = {
        "met": [(plain, Finding(Cell.MET))],
        "missing": [(plain, Finding(Cell.MET)), (plain, Finding(Cell.MISSING))],
        "lifted": [(blocker, Finding(Cell.MET))],
        "stated blocker": [(blocker, Finding(Cell.STATED))],
        "missing blocker": [(blocker, Finding(Cell.MISSING)), (plain, Finding(Cell.MET))],
        "unknown": [(plain, Finding(Cell.UNKNOWN))],
    }

    order = sorted(rows, key=lambda name: rank_row(rows[name]))
    assert order == ["missing blocker", "stated blocker", "missing", "unknown", "met", "lifted"]


@given(st.integers(-400, 400), st.integers(-400, 400), st.sampled_from(["draft", "submitted", "verified", "revoked"]))
def test_on_no_day_does_anything_but_a_valid_certificate_meet_a_scheme(begins, ends, state):
    one = held(state=state, valid_from=DAY + timedelta(days=begins), valid_until=DAY + timedelta(days=ends))
    finding = judge(ORGANIC, [one], has_it=True, day=DAY)

    assert (finding.cell in {Cell.MET, Cell.ENDING}) == (state == "verified" and begins <= 0 <= ends)

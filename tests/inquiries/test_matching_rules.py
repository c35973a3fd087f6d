"""The rules of matching, bare: distance, filters, shares, and that the best ten are the best ten."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from inquiries.rules.matching import (
    Call,
    Firm,
    Need,
    Offer,
    Sieve,
    bound_firm,
    choose_best,
    get_area,
    get_possible_gain,
    judge_capacity,
    measure_closeness,
    measure_languages,
    measure_lead,
    measure_markets,
    measure_price,
    measure_replies,
    rank_firm,
    serves_market,
    sift_offers,
)
from inquiries.rules.reasons import list_reasons
from inquiries.rules.units import convert_quantity

TODAY = date(2026, 11, 26)
NEED = Need(1, "090111", frozenset({7}), Decimal(600), "kg")
CALL = Call((NEED,), "de", "DE", TODAY)
OFFER = Offer(1, 1, 1, "090111", 7, "kg", None, None, None, ())


def make_offer(**facts):
    return OFFER._replace(**facts)


def make_call(**facts):
    return replace(CALL, **facts)


@pytest.mark.parametrize(
    ("code", "category", "share"),
    [("090111", 7, 1.0), ("090112", 9, 0.7), ("090240", 7, 0.5), ("090240", 9, 0.25), ("180100", 9, 0.0), ("", 7, 0.5), ("", 9, 0.0), ("", None, 0.0)],
)  # fmt: skip
def test_distance_is_by_code_then_by_category(code, category, share):
    assert measure_closeness(NEED, make_offer(hs_code=code, category_id=category)) == share


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({}, "unknown"),
        ({"yearly_capacity": Decimal(599)}, "small"),
        ({"yearly_capacity": Decimal(600)}, "fits"),
        ({"yearly_capacity": Decimal("0.6"), "unit": "t"}, "fits"),
        ({"yearly_capacity": Decimal(1), "unit": "piece"}, "unknown"),
        ({"stock": Decimal(600)}, "fits"),
        ({"stock": Decimal(10), "yearly_capacity": Decimal(9000)}, "fits"),
        ({"stock": Decimal(10), "harvest_months": [6]}, "small"),
        ({"yearly_capacity": Decimal(9000), "harvest_months": [6]}, "unknown"),
        ({"yearly_capacity": Decimal(9000), "harvest_months": [1]}, "fits"),
    ],
)
def test_capacity_counts_stock_the_year_and_the_harvest(facts, verdict):
    offer = make_offer(**facts)
    assert (
        judge_capacity(
            convert_quantity(NEED.quantity, NEED.unit, offer.unit), offer, make_call(needed_by=date(2027, 2, 1))
        )
        == verdict
    )


def test_the_market_filter_knows_customs_unions_and_lets_the_unknown_pass():
    assert serves_market([], CALL)
    assert serves_market(["FR"], CALL)
    assert not serves_market(["US", "JP"], CALL)
    assert get_area("GH") == {"GH"}


def test_what_is_unknown_has_no_share():
    firm = Firm(1, (), (), None)
    assert (measure_languages(firm, CALL), measure_markets(firm, CALL), measure_replies(firm)) == (None, None, None)
    assert (measure_lead(OFFER, CALL), measure_price(None, Decimal(4)), measure_price(Decimal(4), None)) == (
        None,
        None,
        None,
    )


@pytest.mark.parametrize(("price", "share"), [("3.9", 1.0), ("4", 1.0), ("4.6", 0.5), ("5.2", 0.0), ("90", 0.0)])
def test_a_price_counts_up_to_thirty_per_cent_above_the_target(price, share):
    assert measure_price(Decimal(price), Decimal(4)) == pytest.approx(share)


@pytest.mark.parametrize(("days", "share"), [(10, 1.0), (30, 1.0), (45, 0.5), (60, 0.0)])
def test_half_of_the_time_is_enough(days, share):
    call = make_call(needed_by=date(2027, 1, 25))
    assert measure_lead(make_offer(lead_time_days=days), call) == pytest.approx(share)


@pytest.mark.parametrize(("minutes", "share"), [(480, 1.0), (481, 0.8), (2880, 0.6), (2881, 0.2)])
def test_replies_count_by_the_ranges_that_buyers_know(minutes, share):
    assert measure_replies(Firm(1, (), (), minutes)) == share


def test_filters_say_why_a_firm_was_left_out():
    firms = {pk: Firm(pk, (), ("US",) if pk == 2 else (), None) for pk in (1, 2, 3, 4)}
    offers = [
        make_offer(company_id=1), make_offer(company_id=2), make_offer(company_id=3, yearly_capacity=Decimal(5)),
        make_offer(company_id=4, lead_time_days=90), make_offer(company_id=4, hs_code="180100", category_id=1),
    ]  # fmt: skip
    sieve = Sieve()
    found = sift_offers(make_call(needed_by=date(2026, 12, 24)), offers, firms, sieve)
    assert list(found) == [1]
    assert sieve.left_out == {"market": {2}, "capacity": {3}, "lead_time": {4}}


def test_a_firm_with_one_fitting_product_is_not_counted_as_left_out():
    offers = [make_offer(yearly_capacity=Decimal(5)), make_offer(listing_id=2, yearly_capacity=Decimal(5000))]
    sieve = Sieve()
    found = sift_offers(CALL, offers, {1: Firm(1, (), (), None)}, sieve)
    assert [fit.offer.listing_id for fit in found[1]] == [2]
    assert sieve.left_out == {"capacity": set()}


def test_a_line_that_nobody_serves_counts_as_nothing():
    call = make_call(needs=(NEED, Need(2, "180100", frozenset(), Decimal(1), "t")))
    firm = Firm(1, ("de",), ("DE",), 300)
    standing = rank_firm(call, firm, sift_offers(call, [OFFER], {1: firm}, Sieve())[1])
    assert standing.total == 35 / 2 + 10 + 15 + 10
    codes = [code for code, _values in list_reasons(call, standing, asked_schemes=1)]
    assert codes == [
        "hs_same", "lines_missing", "capacity_unknown", "certificates_held", "lead_unknown", "replies", "language_same", "market_same", "certificates_none",
    ]  # fmt: skip


TWICE = make_call(needs=(replace(NEED, quantity=Decimal(60)), replace(NEED, position=2, quantity=Decimal(60))))


def stand(call, *offers):
    firm = Firm(1, (), (), None)
    standing = rank_firm(call, firm, sift_offers(call, offers, {1: firm}, Sieve())[1])
    return [(fit.need.position, fit.offer.listing_id, fit.capacity) for fit in standing.fits]


@pytest.mark.parametrize(
    ("facts", "served"),
    [
        ({"yearly_capacity": Decimal(100)}, [(1, 1, "fits")]),
        ({"yearly_capacity": Decimal(120)}, [(1, 1, "fits"), (2, 1, "fits")]),
        ({"stock": Decimal(100)}, [(1, 1, "fits"), (2, 1, "unknown")]),
        ({}, [(1, 1, "unknown"), (2, 1, "unknown")]),
        ({"yearly_capacity": Decimal(100), "unit": "piece"}, [(1, 1, "unknown"), (2, 1, "unknown")]),
    ],
)
def test_a_product_has_to_have_enough_for_all_its_lines_together(facts, served):
    assert stand(TWICE, make_offer(**facts)) == served


def test_what_one_product_cannot_give_another_does():
    offers = (
        make_offer(yearly_capacity=Decimal(100)),
        make_offer(listing_id=2, hs_code="090112", yearly_capacity=Decimal(100)),
    )
    assert stand(TWICE, *offers) == [(1, 1, "fits"), (2, 2, "fits")]


def test_a_firm_that_can_serve_half_earns_half_of_the_lines():
    firm = Firm(1, (), (), None)
    fits = sift_offers(TWICE, [make_offer(yearly_capacity=Decimal(100))], {1: firm}, Sieve())[1]
    assert (rank_firm(TWICE, firm, fits).total, bound_firm(TWICE, firm, fits).total) == (35 / 2, 35)


def test_points_of_the_reasons_add_up_to_the_score():
    call = make_call(needs=(replace(NEED, target_price=Decimal(4)),))
    firm = Firm(1, ("en",), ("FR",), 2000)
    fits = [
        fit._replace(price=0.5, certificates=1)
        for fit in sift_offers(call, [make_offer(lead_time_days=14)], {1: firm}, Sieve())[1]
    ]
    standing = rank_firm(call, firm, fits)
    told = sum(values["points"] for _code, values in list_reasons(call, standing, asked_schemes=0))
    assert standing.total == pytest.approx(35 + 7.5 + 9 + 5 + 10 + 6 + 2.5)
    assert told == pytest.approx(standing.total, abs=1.5)


def test_the_best_ten_are_those_that_reading_everything_finds():
    """Prices and certificates are read of few firms only; none that could have risen is left out."""
    chance = random.Random(7)  # noqa: S311  the same firms each time
    call = make_call(needs=(replace(NEED, target_price=Decimal(4)),))
    firms = {
        pk: Firm(
            pk, ("de",) * chance.randrange(2), chance.choice([(), ("DE",), ("FR",)]), chance.choice([None, 300, 2000])
        )
        for pk in range(3000)
    }
    offers = [
        make_offer(company_id=pk, listing_id=pk, hs_code=chance.choice(["090111", "090112", "090240"])) for pk in firms
    ]
    found = sift_offers(call, offers, firms, Sieve())
    known = {pk: (chance.random(), chance.randrange(3)) for pk in firms}
    read = []

    def look_again(fits):
        read.extend(fits)
        return [
            fit._replace(price=known[fit.offer.company_id][0], certificates=known[fit.offer.company_id][1])
            for fit in fits
        ]

    best = choose_best(call, firms, found, most=10, chunk=100, look_again=look_again)
    number_read = len(read)
    everything = choose_best(call, firms, found, most=10, chunk=3000, look_again=look_again)
    assert [one.firm.company_id for one in best] == [one.firm.company_id for one in everything]
    assert number_read < 3000
    assert get_possible_gain(call) == 20


def test_a_bound_is_never_exceeded_whatever_the_second_look_finds():
    chance = random.Random(11)  # noqa: S311  the same firms each time
    firm = Firm(1, (), (), None)
    for _turn in range(200):
        offers = [
            make_offer(listing_id=pk, hs_code=chance.choice(["090111", "090112"]), yearly_capacity=Decimal(chance.choice([60, 100, 200])))
            for pk in range(3)
        ]  # fmt: skip
        fits = sift_offers(TWICE, offers, {1: firm}, Sieve())[1]
        seen = [fit._replace(certificates=chance.randrange(3)) for fit in fits]
        assert rank_firm(TWICE, firm, seen).total <= bound_firm(TWICE, firm, fits).total + get_possible_gain(TWICE)

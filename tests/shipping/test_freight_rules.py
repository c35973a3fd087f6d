"""Chargeable weight, breaks, groupage, surcharges, insurance and exchange, without a database."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import Money
from reference.rules import Rates
from shipping.exceptions import CoverTooLow, CurrencyUnknown, NoBreakFits, NoRate, RoundingUnknown
from shipping.rules.breaks import WeightBreak, rate_weight
from shipping.rules.currency import convert
from shipping.rules.duty import Dutiable, DutyRate, count_duty
from shipping.rules.fees import find_fee
from shipping.rules.insurance import insure
from shipping.rules.measures import Rounding, from_g, from_mm, parse_rounding, to_g, to_mm
from shipping.rules.surcharges import Measures, Surcharge, charge

DAY = date(2026, 11, 26)
KG = st.decimals("0.1", "2000", places=1)
PRICES = st.lists(st.decimals("0.10", "50", places=2), min_size=1, max_size=5)


def breaks_of(prices, *, flat=False):
    return [WeightBreak(Decimal(place * 50), price, flat) for place, price in enumerate(prices)]


@pytest.mark.parametrize(
    ("written", "value", "rounded"),
    [
        ("none", "12.71", "12.71"), ("ceil_1", "12.01", "13"), ("ceil_0.5", "12.51", "13.0"), ("ceil_0.5", "12.5", "12.5"), ("floor_1", "12.99", "12"),
        ("half_up_1", "12.5", "13"), ("half_down_1", "12.5", "12"), ("half_even_1", "12.5", "12"), ("nearest_0.1", "0.25", "0.3"), ("ceil", "1.1", "2"),
        ("up_10", "41", "50"),
    ],
)  # fmt: skip
def test_tariffs_round_in_their_own_ways(written, value, rounded):
    assert parse_rounding(written).apply(Decimal(value)) == Decimal(rounded)
    assert parse_rounding(str(parse_rounding(written))) == parse_rounding(written)


@pytest.mark.parametrize("written", ["upwards", "ceil_0", "ceil_-1", "ceil_x", "1"])
def test_an_unknown_rounding_is_refused(written):
    with pytest.raises(RoundingUnknown):
        parse_rounding(written)


@given(st.decimals("0.001", "100000", places=3), st.sampled_from(["0.1", "0.5", "1", "10"]))
def test_rounding_up_never_loses_and_gains_less_than_a_step(value, step):
    rounded = Rounding("ceil", Decimal(step)).apply(value)
    assert value <= rounded < value + Decimal(step)


@given(
    st.decimals("0", "9999", places=3),
    st.sampled_from(["mm", "cm", "m", "in"]),
    st.sampled_from(["g", "kg", "lb", "t"]),
)
def test_units_come_back_as_they_went(value, length, weight):
    assert round(from_mm(to_mm(value, length), length), 3) == value
    assert round(from_g(to_g(value, weight), weight), 3) == value


@given(KG, PRICES)
def test_by_weight_nothing_is_cheaper_than_the_answer_and_no_more_weight_costs_less(kg, prices):
    rated = rate_weight(kg, breaks_of(prices))
    offers = [max(kg, one.from_kg) * one.price for one in breaks_of(prices)]
    assert rated.amount == min(offers) <= rated.naive
    assert rated.rated_kg >= kg
    assert rate_weight(kg + 1, breaks_of(prices)).amount >= rated.amount


@given(KG, PRICES)
def test_a_minimum_charge_is_the_floor(kg, prices):
    assert rate_weight(kg, breaks_of(prices), minimum=Decimal(75)).amount >= 75


def test_a_flat_step_holds_the_weights_from_it_to_the_next():
    steps = breaks_of([Decimal(20), Decimal(90), Decimal(80)], flat=True)
    assert [rate_weight(Decimal(kg), steps).amount for kg in ("49.9", "50", "99", "100", "900")] == [20, 90, 90, 80, 80]


def test_a_card_that_ends_has_no_price_behind_its_end():
    with pytest.raises(NoBreakFits):
        rate_weight(Decimal(31), [WeightBreak(Decimal(0), Decimal(5), to_kg=Decimal(30))])


def test_a_surcharge_counts_only_within_its_dates_and_on_what_it_applies_to():
    fuel = Surcharge(
        "fuel", percent=Decimal(10), applies_to=("freight",), valid_from=date(2026, 11, 1), valid_until=DAY
    )
    later = Surcharge("peak", flat=Decimal(99), valid_from=date(2026, 11, 27))
    assert charge(
        [fuel, later], freight={"freight": Decimal(200), "pickup": Decimal(50)}, measures=Measures(), day=DAY
    ) == {"fuel": 20}


def test_surcharges_that_count_from_one_another_end():
    one, other = (
        Surcharge("a", flat=Decimal(1), percent=Decimal(10), applies_to=("b",)),
        Surcharge("b", flat=Decimal(2), applies_to=("a",)),
    )
    assert charge([one, other], freight={"freight": Decimal(10)}, measures=Measures(), day=DAY) == {"a": 1, "b": 2}


def test_cif_and_cip_are_insured_for_at_least_110_percent():
    with pytest.raises(CoverTooLow):
        insure(base=Decimal(100), rate_percent=Decimal(1), percent=Decimal(100), term="CIP")
    assert insure(base=Decimal(100), rate_percent=Decimal(1), percent=Decimal(100), term="DAP").premium == 1


@given(st.decimals("100", "100000", places=2), st.decimals("0.01", "3", places=2))
def test_a_cif_value_holds_the_premium_that_is_counted_from_it(cfr, rate):
    cover = insure(base=cfr, rate_percent=rate, includes_premium=True)
    assert abs(cover.premium - cover.cif * Decimal("1.1") * rate / 100) < Decimal("0.000001")


def test_an_unknown_duty_is_none_and_never_zero():
    goods = Dutiable(Decimal(1000), Decimal(10), Decimal(3), ("620610", "620620", "62061000"))
    assert count_duty(None, goods) is None
    assert (
        count_duty(
            DutyRate(percent=Decimal(5), per_kg=Decimal(2), per_unit=Decimal(1), per_subheading=Decimal(3)), goods
        )
        == 79
    )
    assert count_duty(DutyRate(percent=Decimal(5), maximum=Decimal(40)), goods) == 40


def test_a_fee_has_the_figures_of_its_year_and_none_of_a_year_that_was_not_read():
    assert str(find_fee("MPF", date(2025, 9, 30)).minimum) == "32.71"
    assert str(find_fee("MPF", date(2025, 10, 1)).minimum) == "33.58"
    assert find_fee("MPF", DAY) is None


def test_rates_older_than_a_week_convert_nothing():
    rates = Rates(
        DAY,
        {"EUR": Decimal(1), "USD": Decimal("1.25"), "GHS": Decimal(16)},
        {"USD": date(2026, 11, 19), "GHS": date(2026, 11, 18)},
    )
    converted = convert(Money(Decimal(10), "USD"), "EUR", rates=rates)
    assert (converted.money, converted.rate_day) == (Money(Decimal("8.00"), "EUR"), date(2026, 11, 19))
    with pytest.raises(NoRate):
        convert(Money(Decimal(10), "GHS"), "EUR", rates=rates)
    with pytest.raises(CurrencyUnknown):
        convert(Money(Decimal(10), "KES"), "EUR", rates=rates)

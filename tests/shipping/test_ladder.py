"""The Incoterm ladder: both parts are the total, what is not known is missing and not 0, and each term asks what it asks."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.money import Money
from shipping.rules.duty import DutyRate
from shipping.rules.incoterms import TERMS, Leg, Mode, NamedPlace, Party, advise_on, find_payer
from shipping.rules.ladder import Figure, Sale, Standing, build_ladder, build_rung
from shipping.rules.landing import Import, add_import_charges
from shipping.rules.taxes import FORMULAS, find_formula

DAY = date(2026, 11, 26)
CURRENCIES = {"GB": "GBP", "DE": "EUR", "AU": "AUD", "CA": "CAD", "ZA": "ZAR", "IN": "INR", "JP": "JPY"}
CHARGED = [leg for leg in Leg if leg not in {Leg.DUTY, Leg.IMPORT_TAX}]
AMOUNTS = st.decimals("0", "5000", places=4)
# code: who pays export clearance, main carriage, insurance, import clearance with duty and tax, unloading; whether for ships only.
RESPONSIBILITIES = {
    "EXW": "buyer buyer none buyer buyer any", "FCA": "seller buyer none buyer buyer any", "FAS": "seller buyer none buyer buyer sea",
    "FOB": "seller buyer none buyer buyer sea", "CFR": "seller seller none buyer buyer sea", "CIF": "seller seller seller buyer buyer sea",
    "CPT": "seller seller none buyer buyer any", "CIP": "seller seller seller buyer buyer any", "DAP": "seller seller none buyer buyer any",
    "DPU": "seller seller none buyer seller any", "DDP": "seller seller none seller buyer any",
}  # fmt: skip


def figure(amount, *, recoverable=False):
    return Figure(amount, Standing.ESTIMATE, "a card", DAY, recoverable)


def known(amount="100", **change):
    return (
        {leg: figure(Decimal(amount)) for leg in Leg}
        | {Leg.IMPORT_TAX: figure(Decimal(amount), recoverable=True)}
        | change
    )


def sale(**change):
    return Sale(
        **{"goods": Money(Decimal(1000), "EUR"), "quantity": Decimal(3), "figures": known(), "mode": Mode.FCL, **change}
    )


def import_into(country):
    return Import(
        find_formula(country), DutyRate(percent=Decimal("6.5")), Decimal("17.5"), "a tariff", "a law", DAY, Decimal(250), Decimal(10), ("090111",), "GH"
    )  # fmt: skip


@pytest.mark.parametrize("country", ["GB", "DE", "AU", "CA", "ZA", "IN"])
@settings(max_examples=40, deadline=None)
@given(
    goods=st.decimals("1", "90000", places=4),
    quantity=st.integers(1, 5000),
    amounts=st.lists(AMOUNTS, min_size=9, max_size=9),
)
def test_sellers_and_buyers_part_are_the_total_to_the_cent_for_every_term(country, goods, quantity, amounts):
    currency = CURRENCIES[country]
    figures = {leg: figure(amount) for leg, amount in zip(CHARGED, amounts, strict=True)}
    figures = add_import_charges(goods, figures, import_into(country), currency=currency)
    rungs = build_ladder(Sale(Money(goods, currency), Decimal(quantity), figures, Mode.FCL))
    cent = Decimal("0.01")
    assert [rung.term for rung in rungs] == list(TERMS)
    for share in [share for rung in rungs for share in (rung.per_lot, rung.per_unit)]:
        assert share.seller + share.buyer == share.total == share.headline + share.recoverable
        assert share.total == share.total.quantize(cent)
        assert share.seller == share.seller.quantize(cent)
    assert len({rung.per_lot.total for rung in rungs}) == 1
    assert not any(rung.is_at_least for rung in rungs)


@pytest.mark.parametrize("code", TERMS)
def test_who_pays_what_is_as_the_rules_of_2020_say(code):
    export, carriage, insured, border, unloading, mode = RESPONSIBILITIES[code].split()
    assert find_payer(code, Leg.EXPORT_CLEARANCE) == export
    assert find_payer(code, Leg.MAIN_CARRIAGE) == carriage
    assert bool(TERMS[code].insures) == (insured == "seller")
    assert {find_payer(code, leg) for leg in (Leg.IMPORT_CLEARANCE, Leg.DUTY, Leg.IMPORT_TAX)} == {border}
    assert find_payer(code, Leg.UNLOADING) == unloading
    assert TERMS[code].sea_only == (mode == "sea")


def test_the_named_place_moves_legs_from_one_side_to_the_other():
    assert find_payer("FCA", Leg.PICKUP) is Party.SELLER
    assert find_payer("FCA", Leg.PICKUP, NamedPlace.SELLERS_DOOR) is Party.BUYER
    assert find_payer("CPT", Leg.DELIVERY) is Party.BUYER
    assert find_payer("CPT", Leg.DELIVERY, NamedPlace.BUYERS_DOOR) is Party.SELLER
    assert find_payer("DAP", Leg.DELIVERY, NamedPlace.DESTINATION_TERMINAL) is Party.BUYER


def test_the_headline_leaves_out_tax_that_comes_back_and_shows_it_apart():
    lot = build_rung(sale(), "DDP").per_lot
    assert (lot.total, lot.headline, lot.recoverable) == (2100, 2000, 100)
    assert (lot.seller, lot.buyer) == (2000, 100)


def test_a_missing_leg_makes_it_at_least_and_is_named():
    figures = known()
    del figures[Leg.MAIN_CARRIAGE]
    figures[Leg.DUTY] = Figure(None, Standing.UNKNOWN, "no rate")
    rung = build_rung(sale(figures=figures), "CPT")
    assert (rung.is_at_least, rung.missing) == (True, (Leg.MAIN_CARRIAGE, Leg.DUTY))
    assert (rung.is_price_complete, rung.seller_missing) == (False, (Leg.MAIN_CARRIAGE,))
    assert rung.per_lot.total == 1900
    assert not sale(figures=figures).is_worth_showing


def test_unloading_is_missed_only_where_somebody_asked_for_it():
    figures = known()
    del figures[Leg.UNLOADING]
    assert build_rung(sale(figures=figures), "DPU").missing == ()


def test_an_unknown_duty_makes_the_tax_unknown_too():
    figures = {leg: figure(Decimal(10)) for leg in CHARGED}
    wanted = replace(import_into("GB"), duty_rate=None)
    added = add_import_charges(Decimal(1000), figures, wanted, currency="GBP")
    assert (added[Leg.DUTY].amount, added[Leg.IMPORT_TAX].amount) == (None, None)
    assert added[Leg.DUTY].standing is Standing.UNKNOWN


@pytest.mark.parametrize(
    ("country", "duty", "tax"),
    [("GB", None, None), ("AU", "51.50", None), ("CA", "51.50", "54.08"), ("ZA", "51.50", "59.23")],
)
def test_unknown_freight_makes_unknown_only_what_is_counted_from_it(country, duty, tax):
    figures = {leg: figure(Decimal(10)) for leg in CHARGED if leg is not Leg.MAIN_CARRIAGE}
    wanted = replace(import_into(country), duty_rate=DutyRate(percent=Decimal(5)), tax_percent=Decimal(5))
    added = add_import_charges(Decimal(1000), figures, wanted, currency=CURRENCIES[country])
    assert [str(added[leg].amount) for leg in (Leg.DUTY, Leg.IMPORT_TAX)] == [str(duty), str(tax)]


def test_india_counts_its_surcharge_with_the_duty():
    figures = {leg: figure(Decimal(0)) for leg in CHARGED}
    wanted = replace(import_into("IN"), duty_rate=DutyRate(percent=Decimal(10)), tax_percent=Decimal(18))
    added = add_import_charges(Decimal(100000), figures, wanted, currency="INR")
    assert (added[Leg.DUTY].amount, added[Leg.IMPORT_TAX].amount) == (11000, 19980)


@pytest.mark.parametrize(("code", "instead"), [("FAS", "FCA"), ("FOB", "FCA"), ("CFR", "CPT"), ("CIF", "CIP")])
@pytest.mark.parametrize("mode", [Mode.FCL, Mode.LCL, Mode.AIR, Mode.COURIER, Mode.ROAD, Mode.POST])
def test_a_sea_only_term_with_a_container_or_by_air_warns_and_names_the_alternative(code, instead, mode):
    assert advise_on(code, mode).values == {"term": code, "instead": instead}
    assert advise_on(code, Mode.BULK) is None
    assert advise_on(instead, mode) is None


def test_too_little_cover_is_said_under_cif_and_cip_alone():
    rungs = build_ladder(sale(mode=Mode.BULK, insured_percent=Decimal(100)))
    assert [rung.term for rung in rungs if rung.advice] == ["CIF", "CIP"]


def test_yen_have_no_cents():
    lot = build_rung(sale(goods=Money(Decimal("1000.4"), "JPY"), figures=known("33.5")), "CIF").per_lot
    assert (lot.seller, lot.total) == (1170, 1374)


def test_a_figure_without_amount_is_unknown_and_no_other():
    with pytest.raises(AssertionError, match="only an unknown figure"):
        Figure(None, Standing.FIRM, "a card")
    with pytest.raises(AssertionError, match="only an unknown figure"):
        Figure(Decimal(0), Standing.UNKNOWN, "a card")


def test_every_formula_says_where_it_was_read():
    assert set(FORMULAS) == {"GB", "EU", "AU", "NZ", "CA", "ZA", "IN", "NO", "KR", "US"}
    assert all("://" in formula.source and formula.read_on for formula in FORMULAS.values())


def test_member_states_count_as_the_union_does():
    assert find_formula("DE").duty_base == "CIF"
    assert find_formula("BR") is None

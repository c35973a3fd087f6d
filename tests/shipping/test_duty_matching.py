"""Which duty holds, without a database: the most specific, on its days, and unknown rather than guessed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.rules import Rates
from shipping.rules.duties.importing import Border, ImportedGoods, make_import
from shipping.rules.duties.matching import DutyFact, Question, Scope, TaxFact, choose_duty, choose_tax
from shipping.rules.duty import Dutiable, DutyRate, count_duty
from shipping.rules.taxes import FORMULAS

DAY = date(2026, 11, 26)


def fact(number, percent, prefix="0901", *, why="", preference=False, **scope):
    rate = None if percent is None else DutyRate(percent=Decimal(percent))
    return DutyFact(number, Scope(hs_prefix=prefix, **scope), rate, why, preference)


def ask(code="090111", origin="GH", **more):
    return Question(code, origin, more.pop("day", DAY), **more)


def percent_of(facts, question):
    answer = choose_duty(facts, question)
    return answer.why_unknown or answer.rate.percent


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("facts", "percent"),
    [
        ([fact(1, "5", "09"), fact(2, "6", "0901"), fact(3, "7", "")], 6),
        ([fact(1, "5", "090111"), fact(2, "6", "0901", origin="GH")], 5),
        ([fact(1, "5"), fact(2, "6", origin="GH"), fact(3, "7", group="A")], 6),
        ([fact(1, "5"), fact(3, "7", group="A")], 7),
        ([fact(1, "5", valid_from=date(2024, 1, 1)), fact(2, "6", valid_from=date(2026, 1, 1))], 6),
        ([fact(1, "5"), fact(2, "6", valid_from=date(2027, 1, 1))], 5),
        ([fact(1, "5"), fact(2, "6", valid_until=date(2026, 11, 25), origin="GH")], 5),
        ([fact(1, "5"), fact(2, "6", origin="KE"), fact(3, "7", "090121")], 5),
        ([fact(1, "5", excluded=("GH",)), fact(2, "6", "09")], 6),
        ([fact(1, "5", excluded=("A",)), fact(2, "6", "09")], 6),
    ],
)  # fmt: skip
def test_the_most_specific_rule_of_the_day_wins(facts, percent, turned):
    found = facts[::-1] if turned else facts
    assert percent_of(found, ask(groups=("A",))) == percent


def test_two_rules_that_are_as_specific_and_differ_are_named_and_never_guessed():
    answer = choose_duty([fact(4, "5", group="A"), fact(9, "6", group="B"), fact(1, "1")], ask(groups=("A", "B")))
    assert (answer.rate, answer.why_unknown, answer.tied) == (None, "tied", (4, 9))


def test_no_rule_is_unknown_and_not_free():
    answer = choose_duty([fact(1, "5", "1801")], ask())
    assert (answer.rate, answer.why_unknown) == (None, "no_rule")


@pytest.mark.parametrize("why", ["unreadable", "incomplete", "conditional", "ambiguous", "stated"])
def test_a_rule_that_says_no_whole_duty_hides_the_wider_one(why):
    facts = [fact(1, "5", "09"), fact(2, "6" if why == "incomplete" else None, why=why)]
    answer = choose_duty(facts, ask())
    assert (answer.rate, answer.why_unknown, answer.fact.id) == (None, why, 2)


def test_national_codes_that_agree_answer_for_the_six_digits():
    assert percent_of([fact(1, "5", "09011110"), fact(2, "5", "0901119000"), fact(3, "9", "090121")], ask()) == 5


def test_national_codes_that_differ_are_unknown_with_their_span():
    answer = choose_duty([fact(1, "5", "09011110"), fact(2, "7.5", "0901119000")], ask())
    assert (answer.rate, answer.why_unknown) == (None, "differs")
    assert (answer.lowest_percent, answer.highest_percent) == (5, Decimal("7.5"))


def test_a_national_code_beside_the_heading_must_agree_with_it():
    assert percent_of([fact(1, "5", "0901"), fact(2, "7", "09011190")], ask()) == "differs"
    assert percent_of([fact(1, "5", "0901"), fact(2, "7", "09011190")], ask("0901119000")) == 7
    assert percent_of([fact(1, "5", "0901"), fact(2, "7", "09011190")], ask("0901110000")) == 5


def test_a_preference_counts_only_with_its_proof_and_is_named_without():
    facts = [fact(1, "8"), fact(2, "0", origin="GH", preference=True)]
    without, proven = choose_duty(facts, ask()), choose_duty(facts, ask(has_proof=True))
    assert (without.rate.percent, without.preference.id) == (8, 2)
    assert (proven.rate.percent, proven.fact.id) == (0, 2)


def test_a_preference_of_some_national_codes_is_not_one_of_all():
    facts = [fact(1, "8", "09011110"), fact(2, "8", "09011190"), fact(3, "0", "09011110", origin="GH", preference=True)]
    answer = choose_duty(facts, ask(has_proof=True))
    assert (answer.rate.percent, answer.preference) == (8, None)


def test_a_preference_does_not_hide_further_duties():
    facts = [fact(1, "8", why="incomplete"), fact(2, "0", origin="GH", preference=True)]
    assert percent_of(facts, ask(has_proof=True)) == "incomplete"


@pytest.mark.parametrize(("value", "sale", "found"), [("150", "b2c", 3), ("150.01", "b2c", 8), ("150", "b2b", 8)])
def test_small_consignments_have_rules_of_their_own(value, sale, found):
    small = fact(2, "3", "", sale="b2c", currency="EUR", value_until=Decimal(150))
    assert percent_of([fact(1, "8"), small], ask(sale=sale, values={"EUR": Decimal(value)})) == found


def test_a_rule_above_a_value_begins_behind_it():
    between = fact(2, "3", "", currency="EUR", value_from=Decimal(20), value_until=Decimal(150))
    assert percent_of([fact(1, "8"), between], ask(values={"EUR": Decimal(20)})) == 8
    assert percent_of([fact(1, "8"), between], ask(values={"EUR": Decimal("20.01")})) == 3


def test_without_the_value_of_the_consignment_its_duty_is_unknown():
    assert percent_of([fact(1, "8"), fact(2, "0", "", currency="EUR", value_until=Decimal(150))], ask()) == "value"


@given(st.permutations([("09", "2"), ("0901", "3"), ("090111", "4"), ("", "1")]))
def test_the_order_of_the_rules_changes_nothing(rows):
    assert percent_of([fact(number, percent, prefix) for number, (prefix, percent) in enumerate(rows)], ask()) == 4


def tax(number, percent, prefix="", **scope):
    return TaxFact(number, Scope(hs_prefix=prefix, **scope), "vat", Decimal(percent), "EU", is_recoverable=True)


def test_a_reduced_tax_by_code_comes_before_the_standard_one_and_two_that_differ_are_none():
    assert choose_tax([tax(1, "19"), tax(2, "7", "0901")], ask()).percent == 7
    assert choose_tax([tax(1, "19"), tax(2, "7", "1801")], ask()).percent == 19
    assert choose_tax([tax(1, "19"), tax(2, "7")], ask()) is None
    assert (
        choose_tax(
            [tax(1, "20", valid_from=date(2020, 1, 1)), tax(2, "19", valid_from=date(2026, 1, 1))], ask()
        ).percent
        == 19
    )


RATES = Rates(DAY, {"EUR": Decimal(1), "USD": Decimal("1.25")}, {"USD": DAY})


@pytest.mark.parametrize(("rates", "per_kg"), [(RATES, Decimal("2.5")), (None, None), (Rates(DAY), None)])
def test_a_duty_in_amounts_is_told_in_the_currency_of_the_sale_or_not_at_all(rates, per_kg):
    facts = [DutyFact(1, Scope(hs_prefix="0901", currency="EUR"), DutyRate(per_kg=Decimal(2)))]
    border = Border(FORMULAS["EU"], choose_duty(facts, ask()), tax(1, "19"), DAY)
    made = make_import(border, ImportedGoods(Decimal(10), Decimal(1)), currency="USD", rates=rates)
    assert (made.duty_rate and made.duty_rate.per_kg) == per_kg
    assert (made.tax_percent, made.is_tax_recoverable) == (19, True)


def test_a_percent_needs_no_rate_of_exchange():
    border = Border(FORMULAS["EU"], choose_duty([fact(1, "8")], ask()), None, DAY)
    made = make_import(border, ImportedGoods(Decimal(10), Decimal(1), is_business=False), currency="USD", rates=None)
    assert (made.duty_rate, made.tax_percent, made.is_tax_recoverable) == (DutyRate(percent=Decimal(8)), None, False)
    assert count_duty(made.duty_rate, Dutiable(Decimal(100))) == 8

"""Duty and tax rules in the database: what is planted, what comes in, who lets it in, and what holds then."""

from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.errors import NotAllowed
from core.models import AuditEntry
from core.money import Money
from reference.rules import EUROPEAN_UNION, Rates
from shipping.adapters.border_seeds import list_vat_rates, read_duty_bases, read_seed
from shipping.exceptions import RuleRowsFaulty, RuleSetAlreadyDecided, RuleSetGone, SecondOfficerNeeded
from shipping.models import DutyRule, OriginGroup, RuleSet, TaxRule
from shipping.rules.duty import CONSIGNMENT_RULES
from shipping.rules.taxes import FORMULAS, find_formula
from shipping.selectors.border import find_border
from shipping.selectors.rule_plans import compare_set, plan_table, plan_vat
from shipping.selectors.rule_sets import list_overview, list_ties
from shipping.services.duties import let_rules_in, refuse_rules
from tests.certifications.deciding import officers
from tests.listings.factories import make_officer, make_user
from tests.shipping.rule_tables import DUTY, TAX, bring_in, put_in_force, write_table
from tests.shipping.tariff_excerpts import uk_row, write_uk

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 26)


def border_of(destination, *, code="090121", origin="GH", day=DAY, value="5000", currency="EUR", **more):
    rates = Rates(
        day, {"EUR": Decimal(1), "USD": Decimal(1), "NZD": Decimal(2), "AUD": Decimal(2), "GBP": Decimal(1)}, {}
    )
    return find_border(destination=destination, hs_code=code, origin=origin, day=day, value=Money(Decimal(value), currency), rates=rates, **more)  # fmt: skip


def test_every_seed_names_a_page_and_the_day_of_reading():
    rows = [*read_seed("duty_bases"), *read_seed("duty_rules"), *read_seed("tax_rules")]
    assert all(
        (row.get("source_url") or row["source"]).startswith("http") and date.fromisoformat(row["read_on"])
        for row in rows
    )
    bases = read_duty_bases()
    assert (len(bases), bases["DE"].base, bases["ZA"].base, bases["US"].base) == (47, "CIF", "FOB", "FOB")
    assert set(bases) >= EUROPEAN_UNION
    assert not {"KE", "MA", "CH"} & set(bases)


def test_rules_of_worked_examples_say_what_is_planted():
    named = {("EU", ""), ("EU", "b2c"), ("US", "")}
    planted = {
        (rule.destination, rule.currency, rule.value_until, rule.rate.per_subheading, rule.valid_from, rule.valid_until)
        for rule in DutyRule.objects.filter(hs_prefix="", rule_set__form="planted")
        if (rule.destination, rule.sale) in named
    }
    assert planted == {
        (rule.territory, rule.currency, rule.most_value, rule.rate.per_subheading, rule.valid_from, rule.valid_until)
        for rule in CONSIGNMENT_RULES
    }


def test_formulas_and_bases_do_not_contradict_one_another():
    countries = [country for country in read_duty_bases() if find_formula(country)]
    assert len(countries) == 27 + 9
    assert [
        country for country in countries if find_formula(country).duty_base != read_duty_bases()[country].base
    ] == []


def test_the_union_has_its_standard_rates_and_the_package_as_their_source():
    taxes = {rule.destination: rule for rule in TaxRule.objects.filter(rule_set__form="vat")}
    assert set(taxes) == EUROPEAN_UNION | {"GB", "NO"}
    assert (taxes["FI"].percent, taxes["DE"].percent, taxes["GB"].percent) == (Decimal("25.5"), 19, 20)
    assert "TEDB" in taxes["FI"].source
    assert "by hand" in taxes["GB"].source
    assert {rule.valid_from for rule in taxes.values()} == {list_vat_rates()[0].as_of}
    assert plan_vat().rules == []


@pytest.mark.parametrize(
    ("destination", "sale", "day", "value", "found"),
    [
        ("DE", "b2c", date(2026, 6, 30), "150", "free"), ("DE", "b2b", date(2026, 6, 30), "150", "free"), ("DE", "b2c", date(2026, 7, 1), "150", "3"),
        ("DE", "b2b", date(2026, 7, 1), "150", "no_rule"), ("DE", "b2c", date(2026, 7, 1), "150.01", "no_rule"),
        ("DE", "b2c", date(2028, 7, 1), "150", "no_rule"), ("US", "b2c", date(2025, 8, 28), "800", "free"), ("US", "b2c", date(2025, 8, 29), "800", "no_rule"),
        ("GB", "b2b", DAY, "135", "free"), ("NZ", "b2b", DAY, "500", "free"), ("NZ", "b2b", DAY, "500.01", "no_rule"), ("AU", "b2b", DAY, "500", "free"),
    ],
)  # fmt: skip
def test_small_consignments_follow_the_days_of_their_rules(destination, sale, day, value, found):
    duty = border_of(destination, sale=sale, day=day, value=value).duty
    said = duty.why_unknown or ("3" if duty.rate.per_subheading == 3 else "free" if not duty.rate.percent else "?")
    assert said == found


@pytest.mark.parametrize("code", ["220830", "240220"])
def test_what_a_relief_leaves_out_is_unknown_and_not_free(code):
    assert border_of("NZ", code=code, value="100").duty.why_unknown == "conditional"


def test_a_country_without_a_formula_has_a_base_and_no_tax_and_one_without_a_base_nothing():
    brazil = border_of("BR")
    assert (brazil.formula.duty_base, brazil.tax, brazil.duty.why_unknown) == ("CIF", None, "no_rule")
    assert border_of("KE") is None


def test_goods_without_a_code_have_no_duty_and_the_standard_tax():
    border = border_of("DE", code="")
    assert (border.duty.rate, border.duty.why_unknown, border.tax.percent) == (None, "no_rule", 19)


def test_the_border_is_found_in_two_queries_and_groups_are_read_where_a_duty_names_one(django_assert_num_queries):
    with django_assert_num_queries(2):
        border_of("DE")
    OriginGroup.objects.create(destination="GB", code="A", members=["GH"], source="https://example.org/", read_on=DAY)
    put_in_force(make_officer(), DUTY | {"origin_group": "A", "percent": "1"})
    with django_assert_num_queries(3):
        border_of("GB")


def test_a_duty_of_other_days_counts_for_nothing():
    past = {"percent": "9", "valid_from": "2020-01-01", "valid_until": "2020-12-31"}
    put_in_force(make_officer(), DUTY | past)
    assert border_of("GB").duty.why_unknown == "no_rule"
    assert border_of("GB", day=date(2020, 6, 1)).duty.rate.percent == 9


def test_rules_that_wait_count_for_nothing():
    rule_set = bring_in(make_officer(), DUTY)
    assert (rule_set.state, border_of("GB").duty.why_unknown) == ("waiting", "no_rule")


def test_a_rule_that_was_let_in_holds_and_says_its_source():
    officer = make_officer()
    put_in_force(officer, DUTY, TAX)
    duty = border_of("GB").duty
    assert (duty.rate.percent, duty.fact.source, duty.fact.read_on) == (
        Decimal("7.5"),
        "https://example.org/tariff",
        date(2026, 11, 20),
    )
    assert (border_of("DE").tax.percent, border_of("DE", code="180100").tax.percent) == (7, 19)
    rule = DutyRule.objects.get(hs_prefix="090121")
    assert (rule.entered_by, rule.approved_by) == (officer, officer)
    assert list(AuditEntry.objects.filter(action__startswith="shipping.rules").values_list("action", flat=True)) == [
        "shipping.rules_imported",
        "shipping.rules_standing",
    ]


def test_where_three_officers_are_active_another_one_lets_rules_in():
    first, second, _third = officers(3)
    rule_set = bring_in(first, DUTY)
    with pytest.raises(SecondOfficerNeeded):
        let_rules_in(officer=first, set_id=rule_set.pk)
    assert border_of("GB").duty.rate is None
    assert let_rules_in(officer=second, set_id=rule_set.pk).decided_by == second


def test_rules_are_decided_about_once_and_by_officers():
    officer = make_officer()
    rule_set = bring_in(officer, DUTY)
    with pytest.raises(NotAllowed):
        let_rules_in(officer=make_user(), set_id=rule_set.pk)
    refuse_rules(officer=officer, set_id=rule_set.pk)
    with pytest.raises(RuleSetAlreadyDecided):
        let_rules_in(officer=officer, set_id=rule_set.pk)
    with pytest.raises(RuleSetGone):
        let_rules_in(officer=officer, set_id=987654)
    assert border_of("GB").duty.rate is None


def test_a_rule_in_the_same_words_takes_the_place_of_the_one_before():
    officer = make_officer()
    put_in_force(officer, DUTY)
    other = bring_in(officer, DUTY | {"percent": "8"}, DUTY | {"hs_prefix": "180100"})
    difference = compare_set(rule_set=other)
    assert (difference.added, difference.changed, difference.gone, difference.same) == (1, 1, 0, 0)
    let_rules_in(officer=officer, set_id=other.pk)
    assert border_of("GB").duty.rate.percent == 8
    assert DutyRule.objects.filter(hs_prefix="090121", is_standing=True).count() == 1


def test_two_standing_rules_of_the_same_words_are_refused_by_the_database():
    put_in_force(make_officer(), DUTY)
    rule = DutyRule.objects.get(hs_prefix="090121")
    rule.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        rule.save()


@pytest.mark.parametrize(
    "faulty",
    [
        {"percent": None}, {"percent": Decimal(-1)}, {"per_kg": Decimal(1), "currency": ""}, {"origin": "GH", "origin_group": "A"}, {"is_preference": True},
        {"source": ""}, {"valid_from": date(2026, 2, 1), "valid_until": date(2026, 1, 1)}, {"value_until": Decimal(150), "currency": ""},
        {"value_from": Decimal(2), "value_until": Decimal(1), "currency": "GBP"},
    ],
)  # fmt: skip
def test_the_database_keeps_rules_that_make_no_sense_out(faulty):
    rule_set = bring_in(make_officer(), DUTY)
    with pytest.raises(IntegrityError), transaction.atomic():
        DutyRule.objects.filter(rule_set=rule_set).update(**faulty)


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"destination": "XX"}, "B", "is no country"), ({"hs_prefix": "09A"}, "C", "is no beginning of an HS code"), ({"origin": "Ghana"}, "D", "is no country"),
        ({"excluded_origins": "GH ZZ"}, "F", "“ZZ” is no country"), ({"sale": "both"}, "G", "is none of b2c, b2b"), ({"currency": "XXQ"}, "H", "is no currency"),
        ({"value_until": "150"}, "H", "needs its currency"), ({"percent": "five"}, "K", "is no number"), ({"percent": ""}, "K", "says no duty"),
        ({"percent": "=1+1"}, "K", "A formula is not read"), ({"unknown": "yes"}, "U", "has no percent"), ({"preference": "yes"}, "D", "names the origin"),
        ({"valid_from": "1.1.2026"}, "AA", "is no day"), ({"valid_from": "2026-02-01", "valid_until": "2026-01-01"}, "AB", "ends before"),
        ({"source": ""}, "AC", "This cell is empty"), ({"read_on": "2999-01-01"}, "AD", "lies in the future"),
    ],
)  # fmt: skip
def test_every_fault_of_a_table_is_named_by_row_and_column(change, column, words):
    plan = plan_table(content=write_table(TAX, DUTY | change))
    faults = [(fault.row, fault.column, fault.message % fault.values) for fault in plan.problems]
    assert [(row, letter) for row, letter, _words in faults] == [(3, column)]
    assert words in faults[0][2]


def test_two_rows_for_the_same_goods_are_a_fault():
    plan = plan_table(content=write_table(DUTY, DUTY | {"percent": "9"}, DUTY | {"origin": "GH"}))
    assert [(fault.row, fault.column) for fault in plan.problems] == [(3, "C")]


def test_one_faulty_cell_writes_nothing():
    with pytest.raises(RuleRowsFaulty):
        bring_in(make_officer(), DUTY, DUTY | {"destination": "XX"})
    assert RuleSet.objects.filter(form="csv").count() == 0


def test_groups_of_origins_that_share_a_country_and_differ_are_named():
    officer = make_officer()
    for code in ("A", "B"):
        OriginGroup.objects.create(
            destination="GB", code=code, members=["GH"], source="https://example.org/", read_on=DAY
        )
    put_in_force(
        officer, *(DUTY | {"origin_group": code, "percent": percent} for code, percent in (("A", "1"), ("B", "2")))
    )
    assert [(one.origin_group, other.origin_group) for one, other in list_ties(day=DAY)] == [("A", "B")]
    assert border_of("GB").duty.why_unknown == "tied"
    assert border_of("GB", origin="KE").duty.why_unknown == "no_rule"


def test_a_source_that_nobody_has_read_for_half_a_year_is_old():
    put_in_force(make_officer(), DUTY)
    rule = DutyRule.objects.get(hs_prefix="090121")
    read = rule.read_on
    assert [rule.is_stale_on(read + timedelta(days=days)) for days in (180, 181)] == [False, True]
    row = next(row for row in list_overview(day=read + timedelta(days=181)) if row.destination == "GB")
    assert row.stale == 2  # this one, and the planted tax, which was read in September


def run(*words):
    out, err = StringIO(), StringIO()
    try:
        call_command("import_duties", *words, stdout=out, stderr=err)
    except CommandError as refused:
        return out.getvalue(), f"{err.getvalue()}{refused}"
    return out.getvalue(), err.getvalue()


def test_a_try_says_what_an_official_tariff_would_change_and_writes_nothing(tmp_path):
    path = write_uk(
        tmp_path,
        [uk_row("0901210000", "7.50%"), uk_row("0901220000", "9.00% + AC"), uk_row("0901210000", "0.00%", kind="112")],
    )
    said, _err = run(str(path), "--format", "ukgt", "--dry-run")
    for words in (
        "2 rules: 2 new, 0 changed, 0 as they were, 0 gone.", "1 duties are not known: unreadable 1.", "left out, suspension: 1",
        "new GB 090121 2021-01-01: nothing -> percent 7.5", "Nothing was written.",
    ):  # fmt: skip
        assert words in said
    assert not RuleSet.objects.filter(form="ukgt").exists()


def test_an_official_tariff_replaces_the_one_before_as_a_whole(tmp_path):
    officer = make_officer("kofi@agency.example")
    put_in_force(officer, DUTY | {"hs_prefix": "180100"})
    rows = [uk_row("0901210000", "7.50%"), uk_row("0901220000", "9.00%")]
    for kept in (rows, [uk_row("0901210000", "8.00%")]):
        run(str(write_uk(tmp_path, kept)), "--format", "ukgt", "--officer", officer.email)
        waiting = RuleSet.objects.get(form="ukgt", state="waiting")
        difference = compare_set(rule_set=waiting)
        let_rules_in(officer=officer, set_id=waiting.pk)
    assert (difference.added, difference.changed, difference.gone) == (0, 1, 1)
    assert border_of("GB").duty.rate.percent == 8
    assert border_of("GB", code="090122").duty.why_unknown == "no_rule"
    assert border_of("GB", code="180100").duty.rate.percent == Decimal("7.5")


def test_the_command_names_faulty_cells_and_writes_nothing(tmp_path):
    path = tmp_path / "rules.csv"
    path.write_bytes(write_table(DUTY | {"destination": "XX"}))
    _said, err = run(str(path), "--format", "csv", "--officer", make_officer().email)
    assert "row 2, column B: “XX” is no country." in err
    assert "1 cells are wrong; nothing was written." in err
    assert not RuleSet.objects.filter(form="csv").exists()


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("--format", "vat"), "There is no officer with this address."), (("--format", "csv", "--dry-run"), "Name the file."),
        (("x.csv", "--format", "vat", "--dry-run"), "name no file"), (("nowhere.csv", "--format", "csv", "--dry-run"), "No such file"),
    ],
)  # fmt: skip
def test_the_command_says_what_it_lacks(words, refusal):
    assert refusal in run(*words)[1]


def test_a_new_vat_rate_waits_and_the_old_one_holds_for_the_days_before_it():
    officer = make_officer()
    TaxRule.objects.filter(destination="FI", rule_set__form="vat").update(
        percent=24, valid_from=date(2026, 1, 1), match_key="old"
    )
    said, _err = run("--format", "vat", "--officer", officer.email)
    assert "1 rules: 1 new" in said
    let_rules_in(officer=officer, set_id=RuleSet.objects.get(state="waiting").pk)
    assert (border_of("FI", day=date(2026, 9, 28)).tax.percent, border_of("FI").tax.percent) == (24, Decimal("25.5"))


def test_planted_formulas_are_known():
    assert set(TaxRule.objects.values_list("formula", flat=True)) <= set(FORMULAS)
    assert timezone.localdate() >= max(TaxRule.objects.values_list("read_on", flat=True))

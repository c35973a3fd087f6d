"""Official tariffs, read from small excerpts in their forms: exact rates, and unknown where a rate is not the whole duty."""

from datetime import date
from decimal import Decimal

import pytest

from shipping.adapters.tariff_files import read_tariff
from shipping.exceptions import TariffFileFaulty
from shipping.rules.duties.american import list_special, parse_american
from shipping.rules.duties.expressions import parse_expression
from shipping.rules.duty import Dutiable, DutyRate, count_duty
from tests.shipping.tariff_excerpts import (
    HTS_COLUMNS,
    TARIC_COLUMNS,
    UK_COLUMNS,
    hts_line,
    taric_row,
    uk_row,
    write_hts,
    write_taric,
    write_uk,
)

DAY = date(2026, 11, 26)


def rules_of(path, form, **options):
    return {
        (rule.hs_prefix, rule.origin or rule.group): rule
        for rule in read_tariff(path, form=form, day=DAY, **options).rules
    }


def rate(**parts):
    return DutyRate(**{name: Decimal(value) for name, value in parts.items()})


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("10.00%", rate(percent="10")), ("0.00%", DutyRate()), ("2.700 % ", rate(percent="2.7")),
        ("4.20 % + 30.00 GBP / 100 kg", rate(percent="4.2", per_kg="0.3")), ("1.50 GBP / kg", rate(per_kg="1.5")),
        ("12.00 GBP / tonne", rate(per_kg="0.012")), ("3.00 GBP / item", rate(per_unit="3")), ("41.20 GBP DTN", rate(per_kg="0.412")),
        ("12.00% MIN 2.00 GBP / kg MAX 24.00%", rate(percent="12", minimum_per_kg="2", maximum_percent="24")),
        ("10.00% MIN 15.00 GBP", rate(percent="10", minimum="15")),
        ("1.00% + 2.00 GBP / kg MAX 3.00 GBP / 100 kg", rate(percent="1", per_kg="2", maximum_per_kg="0.03")),
    ],
)  # fmt: skip
def test_british_and_european_words_become_exact_rates(text, parsed):
    assert parse_expression(text, currency="GBP") == parsed


@pytest.mark.parametrize(
    "text",
    [
        "", "NIHIL", "NAR", "7.600 % + EA", "9.00% + AC MAX 18.70% + SD", "4.00 GBP / hl", "2.00 GBP / pa", "1.00 GBP / % vol", "10.00 EUR / kg",
        "Cond:  B cert: Y-155 (01):50.000 %", "5.00% + 2.00%", "5.00% MIN 1% MIN 2%", "30.000 GBP DTN G", "5.00 GBP", "5.00% - 2.00 GBP / kg",
        "10.00% MAX 3.00 GBP / item", "1e3%", "٣%",
    ],
)  # fmt: skip
def test_what_is_no_plain_rate_is_unknown_and_never_zero(text):
    assert parse_expression(text, currency="GBP") is None


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("Free", DutyRate()), ("3.2%", rate(percent="3.2")), ("34.2¢/kg", rate(per_kg="0.342")), ("$1.05/kg + 2.3%", rate(per_kg="1.05", percent="2.3")),
        ("11¢/kg +20%", rate(per_kg="0.11", percent="20")), ("12 1/2%", rate(percent="12.5")), ("5¢ each", rate(per_unit="0.05")),
        ("33 1/3%", None), ("3.7¢/kg on drained weight", None), ("See 9822.04.25", None), ("40¢/doz.", None), ("", None), ("5% + 5%", None),
    ],
)  # fmt: skip
def test_american_words_become_exact_rates_or_unknown(text, parsed):
    assert parse_american(text) == parsed


def test_several_special_rates_stand_in_one_text():
    assert list(list_special("Free (A,AU, S) 5.2% (E)")) == [
        ("A", "Free"),
        ("AU", "Free"),
        ("S", "Free"),
        ("E", "5.2%"),
    ]


def test_bounds_in_percents_and_for_kilograms_bound():
    goods = Dutiable(Decimal(1000), Decimal(100))
    assert count_duty(rate(percent="12", minimum_per_kg="2"), goods) == 200
    assert count_duty(rate(per_kg="9", maximum_percent="24"), goods) == 240


def test_the_british_tariff_is_read(tmp_path):
    path = write_uk(
        tmp_path,
        [
            uk_row("9901000010", "6.00%"),
            uk_row("9901000010", "0.00%", kind="142", area="NZ", conditions="condition:Q,certificate:U116,action:27,duty:|condition:Q,certificate:,action:07"),
            uk_row("9901000090", "4.00% + 12.50 GBP / 100 kg", effective_end_date="2027-03-31", excluded_geographical_areas__ids="BY|RU"),
            uk_row("9901000090", "0.00%", kind="112"),
            uk_row("9901000090", "20.00%", kind="305"),
            uk_row("9902000000", "1.00%", effective_end_date="2025-12-31"),
            uk_row("9903000000", "9.00% + AC"),
        ],
    )  # fmt: skip
    tariff = read_tariff(path, form="ukgt", day=DAY)
    rules = rules_of(path, "ukgt")
    assert rules["9901000010", ""].rate == rate(percent="6")
    assert (rules["9901000010", "NZ"].is_preference, rules["9901000010", "NZ"].proof) == (True, "U116")
    assert rules["9901000090", ""].excluded == ("BY", "RU")
    assert (rules["9903", ""].rate, rules["9903", ""].why_unknown) == (None, "unreadable")
    assert (len(tariff.rules), tariff.unknown) == (4, 1)
    assert dict(tariff.left_out) == {"suspension": 1, "VAT": 1, "ended before the day": 1}


def test_duties_against_dumping_make_the_duty_of_their_origin_incomplete(tmp_path):
    rows = [uk_row("7604000000", "6.00%"), uk_row("7604000000", "30.00%", kind="552", area="CN", starts="2024-01-01")]
    rules = rules_of(write_uk(tmp_path, rows), "ukgt")
    assert (rules["7604", "CN"].rate, rules["7604", "CN"].why_unknown) == (None, "incomplete")
    assert rules["7604", ""].why_unknown == ""


def test_further_duties_of_all_origins_make_every_duty_below_incomplete(tmp_path):
    rows = [uk_row("7604100000", "6.00%"), uk_row("7604000000", "25.00%", kind="695", starts="2025-01-01")]
    rules = rules_of(write_uk(tmp_path, rows), "ukgt")
    assert rules["760410", ""].why_unknown == "incomplete"


def test_a_duty_for_authorised_use_gives_way_to_the_ordinary_one(tmp_path):
    rows = [
        uk_row("9901000010", "0.00%", kind="105", starts="2024-01-01"),
        uk_row("9901000010", "6.00%"),
        uk_row("9902000010", "1.00%", kind="105"),
    ]
    rules = rules_of(write_uk(tmp_path, rows), "ukgt")
    assert rules["9901000010", ""].rate == rate(percent="6")
    assert rules["9902000010", ""].rate == rate(percent="1")


def test_two_duties_for_the_same_goods_are_ambiguous(tmp_path):
    rows = [uk_row("9901000010", "5.00%"), uk_row("9901000010", "6.00%")]
    rules = rules_of(write_uk(tmp_path, rows), "ukgt")
    assert (rules["9901000010", ""].rate, rules["9901000010", ""].why_unknown) == (None, "ambiguous")


@pytest.mark.parametrize(
    "more", [{"additional_code__code": "2500"}, {"conditions": "condition:B,certificate:Y155,action:01,duty:"}]
)
def test_a_british_duty_with_a_condition_is_not_known(tmp_path, more):
    rules = rules_of(write_uk(tmp_path, [uk_row("9901000010", "0.00%", **more)]), "ukgt")
    assert rules["9901000010", ""].why_unknown == "conditional"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (uk_row("99010000", "6.00%"), "Line 2, column “commodity__code”: “99010000” is no code of ten digits."),
        (uk_row("9901000010", "6.00%", starts="01/01/2021"), "Line 2, column “measure__effective_start_date”: “01/01/2021” is no day"),
        (uk_row("9901000010", "6.00%", area="ERGA OMNES"), "Line 2, column “measure__geographical_area__id”: “ERGA OMNES” is no country"),
    ],
)  # fmt: skip
def test_a_faulty_line_is_named_with_its_column(tmp_path, row, words):
    with pytest.raises(TariffFileFaulty) as refused:
        read_tariff(write_uk(tmp_path, [row]), form="ukgt", day=DAY)
    assert words in str(refused.value)


def test_a_missing_column_is_named(tmp_path):
    columns = [name for name in UK_COLUMNS if name != "measure__duty_expression"]
    with pytest.raises(TariffFileFaulty, match=r"measure__duty_expression”: this column is missing"):
        read_tariff(write_uk(tmp_path, [uk_row("9901000010", "6.00%")], columns=columns), form="ukgt", day=DAY)


def test_preferences_of_other_origins_can_be_left_out(tmp_path):
    rows = [
        uk_row("9901000010", "6.00%"),
        *(uk_row("9901000010", "0.00%", kind="142", area=area) for area in ("GH", "NZ", "2020")),
    ]
    path = write_uk(tmp_path, rows)
    assert {origin for _code, origin in rules_of(path, "ukgt", origins=frozenset({"GH"}))} == {"", "GH", "2020"}


def test_the_american_schedule_is_read(tmp_path):
    path = write_hts(
        tmp_path,
        [
            hts_line("", ""), hts_line("9901.00.10", "6%", special="Free (A,AU) 5.2% (E)", other="40%"), hts_line("9901.00.10.20", ""),
            hts_line("9901.00.20", "33 1/3%"),
        ],
    )  # fmt: skip
    rules = rules_of(path, "hts")
    assert rules["99010010", ""].rate == rate(percent="6")
    assert rules["99010010", ""].excluded == ("BY", "CU", "KP", "RU")
    assert (rules["99010010", "AU"].origin, rules["99010010", "A"].group) == ("AU", "A")
    assert rules["99010010", "E"].rate == rate(percent="5.2")
    assert rules["99010020", ""].why_unknown == "unreadable"
    assert dict(read_tariff(path, form="hts", day=DAY).left_out) == {
        "a heading without a number": 1,
        "a line without a rate, which inherits one": 1,
    }


@pytest.mark.parametrize(
    "more", [{"notes": ["See 9903.88.15. "]}, {"additionalDuties": "25%"}, {"addiitionalDuties": "25%"}]
)
def test_an_american_rate_with_further_duties_is_kept_and_not_the_whole_duty(tmp_path, more):
    rules = rules_of(write_hts(tmp_path, [hts_line("9901.00.10", "6%", special="Free (AU)", **more)]), "hts")
    assert (rules["99010010", ""].rate, rules["99010010", ""].why_unknown) == (rate(percent="6"), "incomplete")
    assert rules["99010010", "AU"].why_unknown == "incomplete"


def test_a_footnote_on_a_line_that_inherits_makes_that_line_incomplete(tmp_path):
    lines = [hts_line("9901.00.10", "6%"), hts_line("9901.00.10.20", "", notes=["See 9903.01.25."])]
    rules = rules_of(write_hts(tmp_path, lines), "hts")
    assert (rules["99010010", ""].why_unknown, rules["9901001020", ""].why_unknown) == ("", "incomplete")


def test_the_american_table_has_no_footnotes_so_no_rate_is_whole(tmp_path):
    path = tmp_path / "hts.csv"
    path.write_text(
        f'{HTS_COLUMNS}\n9901.00.10,1,Sails,,6%,"Free (A,AU,S)",40%,,\n9901.00.10.20,2,For boats,"[""No.""]",,,,,\n',
        encoding="utf-8",
    )
    rules = rules_of(path, "hts")
    assert (rules["99010010", ""].rate, rules["99010010", ""].why_unknown) == (rate(percent="6"), "incomplete")


def test_what_is_no_schedule_is_refused_with_its_place(tmp_path):
    path = tmp_path / "hts.json"
    path.write_text('[{"htsno": "9901.00.10",\n "general" "6%"}]', encoding="utf-8")
    with pytest.raises(TariffFileFaulty, match="Line 2, column “column 12”: this is no JSON"):
        read_tariff(path, form="hts", day=DAY)
    path.write_text('[{"number": 1}]', encoding="utf-8")
    with pytest.raises(TariffFileFaulty, match="Line 1, column “htsno”"):
        read_tariff(path, form="hts", day=DAY)


def test_the_european_tariff_is_read(tmp_path):
    path = write_taric(
        tmp_path,
        [
            taric_row("9901000000", "6.000 % "), taric_row("9901000010", "0.000 % ", kind="112"), taric_row("9901000000", "0.000 % ", kind="142", area="NZ"),
            taric_row("9901000090", "Cond:  B cert: Y-999 (01):50.000 %", area="RU"), taric_row("9902000000", "10.200 % + 93.100 EUR DTN"),
            taric_row("9903000000", "7.600 % + EA"), taric_row("9904000000", "5.000 % ", ends="31-12-2025"),
            taric_row("9905000000", "5.000 % ", starts="01-01-2027"),
        ],
    )  # fmt: skip
    rules = rules_of(path, "taric")
    assert rules["9901", ""].rate == rate(percent="6")
    assert rules["9901", "NZ"].is_preference
    assert (rules["9901000090", "RU"].rate, rules["9901000090", "RU"].why_unknown) == (None, "conditional")
    assert rules["9902", ""].rate == rate(percent="10.2", per_kg="0.931")
    assert rules["9903", ""].why_unknown == "unreadable"
    assert ("9904", "") not in rules
    assert rules["9905", ""].valid_from == date(2027, 1, 1)


def test_an_origin_with_a_duty_of_its_own_has_no_part_in_general_duties_below(tmp_path):
    rows = [taric_row("7200000000", "50.000 % ", area="RU"), taric_row("7204100000", "3.000 % ")]
    rules = rules_of(write_taric(tmp_path, rows), "taric")
    assert rules["720410", ""].excluded == ("RU",)


def test_a_leading_blank_in_the_heading_and_days_of_the_spreadsheet_are_read(tmp_path):
    columns = [f" {name}" if name in {"Measure type", "Meas. type code"} else name for name in TARIC_COLUMNS]
    row = taric_row("9901000000", "6.000 % ", starts=date(2024, 1, 1))
    rules = rules_of(write_taric(tmp_path, [row], columns=columns), "taric")
    assert rules["9901", ""].valid_from == date(2024, 1, 1)


@pytest.mark.parametrize(
    ("starts", "code", "column"), [(45292, "9901000000", "Start date"), ("01-01-2024", 901000000, "Goods code")]
)
def test_bare_numbers_for_days_and_codes_are_refused(tmp_path, starts, code, column):
    with pytest.raises(TariffFileFaulty, match=f"Line 2, column “{column}”"):
        read_tariff(write_taric(tmp_path, [taric_row(code, "6.000 % ", starts=starts)]), form="taric", day=DAY)


def test_what_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "taric.xlsx"
    path.write_bytes(b"PK\x03\x04 and nothing")
    with pytest.raises(TariffFileFaulty, match="this is no workbook"):
        read_tariff(path, form="taric", day=DAY)

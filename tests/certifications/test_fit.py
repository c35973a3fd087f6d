"""Each question of fit, each answer."""

import csv
from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean

from certifications.rules.fit import (
    HAVE_CHECK_DIGIT,
    Claim,
    CompanyFacts,
    IssuerFacts,
    RegisterFacts,
    Surroundings,
    compile_pattern,
    judge_dates,
    judge_holder,
    judge_issuer,
    judge_number,
    judge_register,
    judge_scope,
    judge_site,
    list_ticks,
)
from certifications.rules.scope import ProductFacts, ScopeFacts
from certifications.rules.ticks import OFFICER_ONLY, TICK_LABELS

DAY = date(2026, 11, 25)
HONEY = ProductFacts("040900", ("Wild forest honey", "Honey and bee products"))
COMPANY = CompanyFacts(("Golden Honey Ltd",), ("Tamale", "Northern Region"))
CLAIM = Claim(
    holder="Golden Honey Limited",
    address="12 Airport Road, Tamale, Ghana",
    issuer_name="Proof Ltd",
    number="GH-12345",
    valid_from=date(2026, 3, 1),
    valid_until=date(2027, 2, 28),
    scope=ScopeFacts(("0409",), ("honey",)),
    number_pattern=r"[A-Z]{2}-\d{5}",
    usual_months=12,
)


def with_(**changes):
    return replace(CLAIM, **changes)


def test_a_certificate_that_fits_passes_every_question():
    around = Surroundings(
        COMPANY, IssuerFacts("Proof Ltd", "GhaNAS"), (("Wild honey", HONEY),), RegisterFacts("confirmed", DAY)
    )
    assert [(tick.name, tick.result) for tick in list_ticks(CLAIM, around, day=DAY)] == [
        (name, "pass") for name in TICK_LABELS
    ]


def test_doubts_about_others_are_for_officers_only():
    around = Surroundings(COMPANY, IssuerFacts(), same_number=("Silver Honey Ltd",), same_file=("Silver Honey Ltd",))
    ticks = list_ticks(CLAIM, around, day=DAY)
    assert {tick.name for tick in ticks if tick.officer_only} == OFFICER_ONLY
    assert [tick.result for tick in ticks if tick.officer_only] == ["fail", "fail"]
    assert ticks[-1].sentence % ticks[-1].values == "Another company has sent the same file: Silver Honey Ltd."


@pytest.mark.parametrize(
    ("claim", "result"),
    [
        (with_(holder="Golden Honey"), "pass"),
        (with_(holder="Golden Honey Holding"), "unknown"),
        (with_(holder="Silver Honey Ltd"), "fail"),
        (with_(holder="Northern Union", is_group=True, members=("Silver Ltd", "Golden Honey")), "pass"),
        (with_(holder="Northern Union", is_group=True, members=("Golden Honey Ghana",)), "unknown"),
        (with_(holder="Northern Union", is_group=True, members=("Silver Ltd",)), "fail"),
        (with_(holder="Golden Honey Union", is_group=True, members=("Silver Ltd",)), "unknown"),
        (with_(holder="Northern Union", is_group=True), "fail"),
        (with_(holder="Northern Union", members=("Golden Honey",)), "fail"),
    ],
)
def test_the_holder_is_the_company_or_a_listed_member(claim, result):
    assert judge_holder(claim, COMPANY).result == result


def test_a_doubtful_member_is_named():
    claim = with_(holder="Northern Union", is_group=True, members=("Silver Ltd", "Golden Honey Ghana"))
    tick = judge_holder(claim, COMPANY)
    assert tick.sentence % tick.values == (
        "“Golden Honey Ghana” may be Golden Honey Ltd, or another firm. Look at the document."
    )


@pytest.mark.parametrize(
    ("address", "places", "result"),
    [
        ("12 Airport Road, Tamale", ("Tamale",), "pass"),
        ("TAMALÉ", ("Tamale",), "pass"),
        ("Zone 4, Northern Region", ("Tamale", "Northern Region"), "pass"),
        ("Kumasi, Ashanti", ("Tamale",), "fail"),
        ("", ("Tamale",), "unknown"),
        ("Tamale", (), "unknown"),
        ("القاهرة", ("Cairo",), "unknown"),
        ("Cairo", ("القاهرة",), "unknown"),
        ("Cairo, القاهرة", ("القاهرة",), "pass"),
        ("12345", ("Tamale",), "unknown"),
        ("Muenchen", ("München",), "pass"),
        ("Tamalewood", ("Tamale",), "fail"),
    ],
)
def test_the_site_is_one_of_the_companys_places(address, places, result):
    assert judge_site(with_(address=address), CompanyFacts(("Golden Honey Ltd",), places)).result == result


def test_the_worst_covered_product_counts():
    soap = ProductFacts("340130", ("Shea soap",))
    unclear = ProductFacts("", ("Gift box",))
    assert judge_scope(CLAIM, ()).result == "unknown"
    assert judge_scope(CLAIM, (("Honey", HONEY),)).result == "pass"
    assert judge_scope(CLAIM, (("Honey", HONEY), ("Box", unclear))).result == "unknown"
    failing = judge_scope(CLAIM, (("Box", unclear), ("Soap", soap)))
    assert failing.result == "fail"
    assert failing.values["title"] == "Soap"
    assert failing.values["reason"] == {
        "sentence": "HS code %(code)s is not among those that it covers (%(prefixes)s).",
        "values": {"code": "340130", "prefixes": "0409"},
    }


@pytest.mark.parametrize(
    ("claim", "result"),
    [
        (CLAIM, "pass"),
        (with_(valid_until=DAY), "pass"),
        (with_(valid_from=DAY), "pass"),
        (with_(valid_until=date(2026, 11, 24)), "fail"),
        (with_(valid_from=date(2026, 11, 26)), "fail"),
        (with_(valid_from=date(2027, 3, 1)), "fail"),
        (with_(valid_from=None), "unknown"),
        (with_(valid_until=None), "unknown"),
        (with_(valid_until=None, usual_months=None), "pass"),
        (with_(valid_until=date(2029, 2, 28)), "unknown"),
    ],
)
def test_the_dates_hold_today(claim, result):
    assert judge_dates(claim, DAY).result == result


@pytest.mark.parametrize(
    ("issuer", "result"),
    [
        (IssuerFacts("Proof Ltd", "GhaNAS"), "pass"),
        (IssuerFacts("Proof Ltd", "GhaNAS", ended_on=date(2026, 1, 1)), "fail"),
        (IssuerFacts("Proof Ltd"), "unknown"),
        (IssuerFacts(), "unknown"),
    ],
)
def test_the_issuer_is_accredited_for_the_scheme(issuer, result):
    assert judge_issuer(CLAIM, issuer).result == result


@pytest.mark.parametrize(
    ("number", "pattern", "result"),
    [
        ("gh-12345", r"[A-Z]{2}-\d{5}", "pass"),
        ("GH-1234", r"[A-Z]{2}-\d{5}", "fail"),
        ("GH-1234", "", "unknown"),
        ("GH-1234", "[", "unknown"),
        ("GH - 12345", r"[A-Z]{2}-\d{5}", "pass"),
        ("GH\u201312345", r"[A-Z]{2}-\d{5}", "pass"),
        ("ＧＨ-12345", r"[A-Z]{2}-\d{5}", "pass"),
        ("GH-12345\nGH-12345", r"[A-Z]{2}-\d{5}", "fail"),
        ("1" * 60, r"\d+", "pass"),
        ("1" * 61, r"\d+", "fail"),
        ("a" * 60, r"(a+)+b", "unknown"),
        ("a" * 60, r"(a|a){1,60}b", "unknown"),
        ("a" * 60, r"a*a*a*a*b", "unknown"),
    ],
)
def test_the_number_has_the_published_form(number, pattern, result):
    assert judge_number(with_(number=number, number_pattern=pattern)).result == result


@pytest.mark.parametrize(
    ("number", "scheme", "result"),
    [
        ("4049928123459", "globalgap-ifa", "pass"),
        ("4049928 12345 9", "globalgap-ifa", "pass"),
        ("4049928123450", "globalgap-ifa", "fail"),
        ("4049928213459", "globalgap-ifa", "fail"),
        ("404992812345", "globalgap-ifa", "fail"),
        ("4049928123450", "another", "pass"),
    ],
)
def test_a_ggn_has_its_check_digit(number, scheme, result):
    claim = with_(number=number, number_pattern="[0-9]{13}", scheme_code=scheme)
    assert judge_number(claim).result == result


@given(st.integers(0, 10**12 - 1), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_figure_of_a_ggn_is_always_found(body, place, change):
    right = f"{body:012d}{ean.calc_check_digit(f'{body:012d}')}"
    wrong = right[:place] + str((int(right[place]) + change) % 10) + right[place + 1 :]
    judged = [
        judge_number(with_(number=number, number_pattern="[0-9]{13}", scheme_code="globalgap-ifa")).result
        for number in (right, wrong)
    ]
    assert judged == ["pass", "fail"]


def test_every_shipped_form_of_a_number_can_be_used():
    with (settings.BASE_DIR / "certifications/data/schemes.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["code"]: row["number_pattern"] for row in csv.DictReader(file)}
    assert [code for code, pattern in rows.items() if pattern and compile_pattern(pattern) is None] == []
    assert rows.keys() >= HAVE_CHECK_DIGIT


@pytest.mark.parametrize(
    ("found", "result"),
    [
        (None, "unknown"),
        (RegisterFacts("confirmed", date(2025, 11, 25)), "pass"),
        (RegisterFacts("confirmed", date(2025, 11, 24)), "unknown"),
        (RegisterFacts("unreachable", DAY), "unknown"),
        (RegisterFacts("different", DAY), "fail"),
        (RegisterFacts("not_found", date(2020, 1, 1)), "fail"),
    ],
)
def test_the_register_counts_for_a_year(found, result):
    assert judge_register(found, DAY).result == result


def test_a_pattern_that_is_none_is_no_pattern():
    assert compile_pattern("[") is None
    assert compile_pattern("") is None

"""Rules without a database: contacts, numbers, completeness, to-dos."""

from datetime import date

import pytest

from storefronts import rules
from storefronts.adapters.registration import check_registration_number
from storefronts.choices import RegistrationCheck


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("+233 30 200 0101", "+233302000101"), ("00233 (30) 200-0101", "+233302000101"), ("+1.202.555.0100", "+12025550100"),
        ("030 200 0101", None), ("+0233302000101", None), ("+233", None), ("+233 30 200 CALL", None),
    ],
)  # fmt: skip
def test_a_phone_number_is_kept_as_e164_or_refused(text, kept):
    assert rules.clean_phone(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("adanu.example", "https://adanu.example"), ("http://www.adanu.example/shop", "http://www.adanu.example/shop"),
        ("javascript:alert(1)", None), ("javascript://adanu.example/%0aalert(1)", None), ("https://localhost", None),
        ("https://user:pw@adanu.example", None), ("https://[broken", None), ("not a page", None), ('https://adanu.example/"x', None),
    ],
)  # fmt: skip
def test_a_website_needs_a_real_host(text, kept):
    assert rules.clean_website(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (" Sales@Adanu.Example ", "sales@adanu.example"),
        ("sales@adanu", None),
        ("@adanu.example", None),
        ("a b@c.example", None),
    ],
)
def test_an_address_needs_a_host(text, kept):
    assert rules.clean_email(text) == kept


@pytest.mark.parametrize(
    ("country", "number", "state"),
    [
        ("GH", "C0000803561", RegistrationCheck.VALID), ("GH", "C0000803562", RegistrationCheck.INVALID),
        ("GH", "CG012342014", RegistrationCheck.UNKNOWN), ("TG", "TG-LOM 2014 B 1234", RegistrationCheck.UNKNOWN),
        ("FR", "732 829 320", RegistrationCheck.VALID), ("FR", "732 829 321", RegistrationCheck.INVALID), ("GH", "", RegistrationCheck.UNKNOWN),
    ],
)  # fmt: skip
def test_only_wrong_check_digits_make_a_number_invalid(country, number, state):
    assert check_registration_number(country=country, number=number).state == state


def test_a_reason_stands_for_a_missing_number():
    facts = {"legal_name": "A", "kind": "maker", "country": "GH", "city": "Ho", "story": "We grow."}
    assert rules.list_missing(facts, has_channel=False) == ("registration_number", "channels")
    assert rules.list_missing({**facts, "no_number_reason": "a group of farmers"}, has_channel=True) == ()


def test_nothing_and_an_empty_text_are_the_same_fact():
    assert rules.list_changed({"city": "", "region": "Volta"}, {"city": None, "region": "Ashanti"}) == ["region"]


def test_only_the_most_urgent_todo_gets_the_full_button():
    late, soon = (rules.Todo(urgency, "file", "", "T", "", "/x/", "Open") for urgency in (7, 1))
    assert [(todo.urgency, todo.primary) for todo in rules.sort_todos([late, soon])] == [(1, True), (7, False)]


@pytest.mark.parametrize(
    ("hour", "words"),
    [(None, "Welcome"), (4, "Good evening"), (5, "Good morning"), (12, "Good afternoon"), (18, "Good evening")],
)
def test_the_greeting_follows_the_hour(hour, words):
    assert rules.greet(hour) == words


@pytest.mark.parametrize(
    ("until", "renewable"),
    [(None, True), (date(2027, 3, 2), True), (date(2027, 3, 3), False), (date(2026, 1, 1), True)],
)
def test_a_verification_is_renewable_in_its_last_sixty_days(until, renewable):
    assert rules.is_renewable(until, date(2027, 1, 1)) is renewable


@pytest.mark.parametrize(
    ("email", "website", "same"),
    [
        ("a@adanu.example", "https://www.adanu.example", True),
        ("a@mail.adanu.example", "https://adanu.example", True),
        ("a@gmail.example", "https://adanu.example", False),
    ],
)
def test_mail_and_website_share_a_domain_or_not(email, website, same):
    assert rules.is_same_domain(email, website) is same

"""Holders as printed beside companies as we know them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certifications.rules.names import compare_names, split_name
from tests.certifications.fit_cases import CASES
from tests.certifications.holders import PAIRS


@pytest.mark.parametrize(("printed", "legal_name", "aliases", "verdict", "why"), [*PAIRS, *CASES])
def test_a_printed_holder_is_judged_as_a_person_would(printed, legal_name, aliases, verdict, why):
    assert compare_names(printed, (legal_name, *aliases)) == verdict, why


def test_there_are_enough_pairs_of_each_kind():
    verdicts = [pair[3] for pair in PAIRS]
    assert len(PAIRS) >= 60
    assert min(verdicts.count("pass"), verdicts.count("fail"), verdicts.count("unknown")) >= 15


def test_nothing_is_known_without_a_name():
    assert compare_names("Golden Honey Ltd", ("",)) == "unknown"


def test_a_name_is_what_is_left_without_forms_and_connectors():
    assert split_name("Müller Gewürze GmbH & Co. KG") == ("muller", "gewurze")


def test_a_form_is_cut_only_where_forms_stand():
    assert split_name("AB Exports Ltd") == ("ab", "exports")
    assert split_name("Ltd Exports Ghana") == ("ltd", "exports", "ghana")


@given(st.sampled_from([pair[1] for pair in (*PAIRS, *CASES)]), st.sampled_from([str.upper, str.title, str.casefold]))
def test_a_firm_is_itself_in_any_case(name, write):
    assert compare_names(write(name), (name,)) == "pass"


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_can_be_compared(printed, known):
    assert compare_names(printed, (known,)) in {"pass", "fail", "unknown"}


@given(st.sampled_from(PAIRS), st.sampled_from(CASES))
def test_two_scripts_are_never_one_name(latin, other):
    assert compare_names(f"Golden {latin[1]}", (f"العسل {other[1]}",)) != "pass"

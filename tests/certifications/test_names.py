"""Holders as printed beside companies as we know them."""

import pytest

from certifications.rules.names import compare_names, split_name
from tests.certifications.holders import PAIRS


@pytest.mark.parametrize(("printed", "legal_name", "aliases", "verdict", "why"), PAIRS)
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

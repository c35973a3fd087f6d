"""Worked examples of other people, each with its source, and what the command says of examples it does not know."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from shipping.adapters.examples import judge_examples
from shipping.adapters.published_rates import find_published_rates

FILE = Path(__file__).parent / "examples.json"
EXAMPLES = json.loads(FILE.read_text())["examples"]
OWN = json.loads((Path(__file__).parent / "own_examples.json").read_text())["examples"]
COURIER = {"pieces": [{"l": "40", "w": "30", "h": "20", "kg": "1", "n": 1}], "divisor": 5000}


def judge(example):
    [verdict] = judge_examples([example], rates_on=find_published_rates)
    return verdict


def run(file):
    out = StringIO()
    try:
        call_command("shipping", "examples", str(file), stdout=out)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["id"] for example in EXAMPLES])
def test_a_worked_example_of_others_comes_out_as_its_source_says(example):
    assert example["source"]
    assert judge(example).differences == ()


@pytest.mark.parametrize("example", OWN, ids=[example["id"] for example in OWN])
def test_an_example_of_ours_comes_out_by_the_general_rule(example):
    assert judge(example).differences == ()


def test_the_command_names_each_example_and_counts():
    code, said = run(FILE)
    assert code == 0
    assert said.splitlines()[0] == "pass cw-01"
    assert said.splitlines()[-1] == "34 passed, 0 failed"


def test_the_command_ends_with_one_where_an_example_fails(tmp_path):
    wrong = [
        {"id": "x-1", "kind": "chargeable_weight", "input": COURIER, "expected": {"volumetric_kg": "4.9"}},
        EXAMPLES[0],
    ]
    (tmp_path / "some.json").write_text(json.dumps(wrong))
    code, said = run(tmp_path / "some.json")
    assert code == 1
    assert said.splitlines() == ["fail x-1: volumetric_kg: expected 4.9, found 4.8", "pass cw-01", "1 passed, 1 failed"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"kind": "teleport"}, "unknown kind “teleport”"),
        ({"input": {**COURIER, "mood": "good"}}, "unknown option “mood”"),
        (
            {"input": {**COURIER, "pieces": [{"l": "1", "w": "1", "h": "1", "depth": "2"}]}},
            "pieces 1: unknown option “depth”",
        ),
        ({"input": {**COURIER, "dim_round": "sideways_1"}}, "“sideways_1” is no rounding"),
        ({"input": {**COURIER, "pieces": [{"l": "a", "w": "1", "h": "1"}]}}, "l is a number, not “a”"),
        ({"input": {**COURIER, "pieces": [{"l": "1", "w": "1", "h": "1", "unit": "cubit"}]}}, "“cubit” is no unit"),
        ({"expected": {"price": "1"}}, "unknown expectation “price”"),
        ({"expected": {}}, "something is expected"),
        ({"extra": 1}, "unknown field “extra”"),
    ],
    ids=[
        "kind",
        "option",
        "option of a piece",
        "rounding",
        "number",
        "unit",
        "expectation",
        "nothing expected",
        "field",
    ],
)
def test_what_is_not_known_is_said_and_never_passes(change, why):
    example = {"id": "x", "kind": "chargeable_weight", "input": COURIER, "expected": {"volumetric_kg": "4.8"}}
    assert why in " ".join(judge({**example, **change}).differences)


def test_the_same_id_twice_passes_neither(tmp_path):
    first, again = judge_examples([EXAMPLES[0], EXAMPLES[0]], rates_on=find_published_rates)
    assert (first.holds, again.holds) == (False, False)


def test_a_file_without_examples_is_refused(tmp_path):
    (tmp_path / "none.json").write_text("{}")
    with pytest.raises(CommandError, match="a list of examples is needed"):
        call_command("shipping", "examples", str(tmp_path / "none.json"))

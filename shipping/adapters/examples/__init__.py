"""Worked examples of other people held against our rules: each has a kind, an input and what its source says comes out."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reference.rules import Rates
from shipping.adapters.examples.border import count_border, count_fees, exchange
from shipping.adapters.examples.comparing import Found, compare
from shipping.adapters.examples.freight import cover, rate_breaks, rate_groupage, surcharge, weigh_pieces
from shipping.adapters.examples.options import Options
from shipping.exceptions import ExampleUnreadable

RatesOn = Callable[[date], Rates]
FIELDS = {"id", "kind", "rule", "input", "expected", "source", "status", "note"}
KINDS: Mapping[str, Callable[[Options], Found]] = {
    "chargeable_weight": weigh_pieces,
    "weight_break": rate_breaks,
    "lcl_wm": rate_groupage,
    "surcharge": surcharge,
    "insurance": cover,
    "duty_vat": count_border,
    "fee_min_max": count_fees,
    "currency": exchange,
}


@dataclass(frozen=True)
class Verdict:
    """An example by its id, and what differs; nothing where it holds."""

    id: str
    differences: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.differences


def read_examples(content: bytes) -> list[dict[str, Any]]:
    """The examples of a file: a list, or an object that has them under `examples`. Raises ExampleUnreadable."""
    try:
        loaded = json.loads(content)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        why = f"this is no JSON: {error}"
        raise ExampleUnreadable(why) from error
    rows = loaded.get("examples") if isinstance(loaded, dict) else loaded
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        why = "a list of examples is needed"
        raise ExampleUnreadable(why)
    return rows


def judge_examples(examples: Sequence[Mapping[str, Any]], *, rates_on: RatesOn) -> list[Verdict]:
    """Work out each example. What we do not know, as a kind, an option or an expectation, is a difference and never passes."""
    verdicts = [_judge(number, example, rates_on) for number, example in enumerate(examples, start=1)]
    ids = [verdict.id for verdict in verdicts]
    doubled = ("this id stands there twice",)
    return [Verdict(one.id, doubled) if ids.count(one.id) > 1 else one for one in verdicts]


def _judge(number: int, example: Mapping[str, Any], rates_on: RatesOn) -> Verdict:
    name = str(example.get("id") or f"example {number}")
    try:
        return Verdict(name, tuple(_work_out(example, rates_on)))
    except ExampleUnreadable as error:
        return Verdict(name, (str(error),))


def _work_out(example: Mapping[str, Any], rates_on: RatesOn) -> list[str]:
    if unknown := set(example) - FIELDS:
        why = f"unknown field “{min(unknown)}”"
        raise ExampleUnreadable(why)
    kind, given, expected = example.get("kind"), example.get("input"), example.get("expected")
    if kind not in KINDS:
        why = f"unknown kind “{kind}”; known are {', '.join(KINDS)}"
        raise ExampleUnreadable(why)
    if not isinstance(given, dict) or not isinstance(expected, dict) or not expected:
        why = "input and expected are objects, and something is expected"
        raise ExampleUnreadable(why)
    options = Options(given, rule=str(example.get("rule") or ""), rates_on=rates_on)
    found = KINDS[str(kind)](options)
    options.refuse_rest()
    return compare(found, expected)

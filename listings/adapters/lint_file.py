"""The lint's rules as an agency writes them: YAML, read without anything that could run."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from core.words import cut_words
from listings.exceptions import LintRulesFaulty
from listings.rules.lint import LANGUAGES, Act, Check, LintRule

KNOWN = {"key", "act", "check", "says", "source", "url", "read_on", "hs", "categories", "words", "unless", "times"}
PREFIX = re.compile(r"[0-9]{2,6}|[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{4}")
MOST_RULES = 200


def read_lint_rules(text: str) -> tuple[LintRule, ...]:
    """All rules; raises LintRulesFaulty with the rule and what is wrong with it."""
    try:
        loaded = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise LintRulesFaulty(f"line {mark.line + 1}" if mark else "file", "this is no YAML") from error
    if not isinstance(loaded, list) or not loaded or len(loaded) > MOST_RULES:
        raise LintRulesFaulty("file", "a list of rules is needed")
    rules = tuple(_read_rule(number, row) for number, row in enumerate(loaded, start=1))
    keys = [rule.key for rule in rules]
    if doubled := next((key for key in keys if keys.count(key) > 1), ""):
        raise LintRulesFaulty(doubled, "stands there twice")
    return rules


def _read_rule(number: int, row: Any) -> LintRule:
    name = f"rule {number}"
    if not isinstance(row, dict):
        raise LintRulesFaulty(name, "has no fields")
    name = str(row.get("key") or name)
    if unknown := set(map(str, row)) - KNOWN:
        raise LintRulesFaulty(name, f"“{min(unknown)}” is not known")
    says = _read_words_of(name, row, "says")
    if not says.get("en") or not row.get("key") or not row.get("source"):
        raise LintRulesFaulty(name, "key, source and says in English are needed")
    unless = row.get("unless") or {}
    if not isinstance(unless, dict) or set(unless) - {"words", "categories", "certificate"}:
        raise LintRulesFaulty(name, "unless takes words, categories or certificate")
    rule = LintRule(
        key=name, act=_choose(name, "act", Act, row.get("act")), check=_choose(name, "check", Check, row.get("check", "words")), says=says,
        source=str(row["source"]), url=str(row.get("url") or ""), read_on=str(row.get("read_on") or ""),
        hs=_read_prefixes(name, row), categories=_read_list(name, row, "categories"),
        words=tuple(_cut(name, one) for several in _read_lists(name, row).values() for one in several),
        unless_words=tuple(_cut(name, one) for one in _read_list(name, unless, "words")),
        unless_categories=_read_list(name, unless, "categories"), unless_certificate=bool(unless.get("certificate")), times=_read_times(name, row),
    )  # fmt: skip
    if rule.check == Check.WORDS and not rule.words and not rule.hs:
        raise LintRulesFaulty(name, "words or hs are needed")
    return rule


def _choose(name: str, field: str, kind: Any, value: Any) -> Any:
    try:
        return kind(value)
    except ValueError as error:
        raise LintRulesFaulty(name, f"{field} is one of {', '.join(kind)}") from error


def _read_words_of(name: str, row: Mapping[str, Any], field: str) -> dict[str, str]:
    found = row.get(field) or {}
    if not isinstance(found, dict) or set(found) - set(LANGUAGES):
        raise LintRulesFaulty(name, f"{field} is given by language: {', '.join(LANGUAGES)}")
    return {language: " ".join(str(words).split()) for language, words in found.items()}


def _read_lists(name: str, row: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    found = row.get("words") or {}
    if not isinstance(found, dict) or set(found) - set(LANGUAGES):
        raise LintRulesFaulty(name, f"words are given by language: {', '.join(LANGUAGES)}")
    return {language: _read_list(name, found, language) for language in found}


def _read_list(name: str, row: Mapping[str, Any], field: str) -> tuple[str, ...]:
    found = row.get(field) or []
    if not isinstance(found, list):
        raise LintRulesFaulty(name, f"{field} is a list")
    return tuple(str(one) for one in found)


def _read_prefixes(name: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    prefixes = _read_list(name, row, "hs")
    if wrong := next((one for one in prefixes if not PREFIX.fullmatch(one)), ""):
        raise LintRulesFaulty(name, f"“{wrong}” is no beginning of an HS code")
    return prefixes


def _read_times(name: str, row: Mapping[str, Any]) -> Decimal:
    try:
        times = Decimal(str(row.get("times", 6)))
    except InvalidOperation:
        times = Decimal(0)
    if not Decimal("1.5") <= times <= 1000:
        raise LintRulesFaulty(name, "times is a number from 1.5 to 1000")
    return times


def _cut(name: str, phrase: str) -> tuple[str, ...]:
    """The phrase as texts are cut; the star of its last word stays."""
    words = cut_words(phrase.rstrip("*"))
    if not words:
        raise LintRulesFaulty(name, f"“{phrase}” has no word")
    return (*words[:-1], words[-1] + "*") if phrase.endswith("*") else tuple(words)

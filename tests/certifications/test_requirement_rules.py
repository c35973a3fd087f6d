"""A table of requirements is judged line by line."""

from datetime import date

import pytest

from certifications.rules.requirements import COLUMNS, Allowed, judge_rows, read_table

DAY = date(2026, 11, 25)
ALLOWED = Allowed(["fish"], ["EU"], ["origin", "destination"], ["law"], ["authority"], ["haccp"])
ROW = {
    "key": "eu-fish", "family": "fish", "hs_prefixes": "03;1604-1605", "origin": "", "market": "EU", "side": "origin", "kind": "law",
    "scheme": "haccp", "document": "Approval", "summary": "Be approved.", "next_step": "Ask.", "blocks": "Yes", "lifted_by": "authority",
    "owner": "Commission", "source_url": "https://example.org", "read_on": "2026-11-25",
}  # fmt: skip


def judge(*rows):
    return judge_rows([ROW | row for row in rows], allowed=ALLOWED, day=DAY)


def test_a_right_row_has_clean_values():
    [line] = judge({})
    assert (line.number, line.key, line.problems) == (2, "eu-fish", ())
    assert (line.values["hs_prefixes"], line.values["blocks"], line.values["read_on"]) == (
        ["03", "1604-1605"],
        True,
        DAY,
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"owner": ""}, "“owner” is empty."),
        ({"read_on": ""}, "“read_on” is empty."),
        ({"market": "XX"}, "“XX” is not known as market."),
        ({"scheme": "made-up"}, "“made-up” is not known as scheme."),
        ({"document": "x" * 121}, "“document” is longer than 120 letters."),
        (
            {"hs_prefixes": "fish"},
            "“fish” is no HS code. Write 2 to 6 digits such as 0409, or a range such as 07-08 or 0904-0910.",
        ),
        ({"lifted_by": ""}, "A row that blocks must say who can lift it."),
        ({"source_url": "example.org"}, "“example.org” is no address of a page."),
        ({"read_on": "25.11.2026"}, "“25.11.2026” is no day. Write it as 2026-11-25."),
        ({"read_on": "2026-11-26"}, "“2026-11-26” lies in the future."),
    ],
)
def test_what_is_wrong_is_said(change, sentence):
    [line] = judge(change)
    assert [problem.message % problem.values for problem in line.problems] == [sentence]
    assert line.values == {}


def test_a_key_stands_once():
    first, second = judge({}, {})
    assert first.problems == ()
    assert [problem.message % problem.values for problem in second.problems] == [
        "The key “eu-fish” stands in two rows."
    ]


def test_a_table_with_semicolons_and_a_byte_order_mark_is_read():
    rows, missing = read_table("\ufeff" + ";".join(COLUMNS) + "\n" + ";".join(f"{column}!" for column in COLUMNS))
    assert (rows[0]["key"], rows[0]["read_on"], missing) == ("key!", "read_on!", ())


def test_missing_columns_are_named():
    assert read_table("key,family\na,b")[1] == tuple(column for column in COLUMNS if column not in {"key", "family"})

"""The official list of HS codes comes in from a file, whole or not at all, and helps where our own words know nothing."""

import json

import pytest
from django.core.management import CommandError, call_command

from reference.adapters.hs_files import read_hs_file
from reference.exceptions import HsListFaulty
from reference.models import HsCode
from reference.selectors import suggest_hs

ROWS = [
    {"id": "TOTAL", "text": "Total of all HS commodities", "parent": "#"},
    {"id": "84", "text": "84 - Machinery", "parent": "TOTAL"},
    {"id": "840110", "text": "840110 - Nuclear  reactors", "parent": "8401"},
]


def test_comtrades_json_is_read_without_its_total():
    assert read_hs_file(json.dumps({"more": False, "results": ROWS}).encode()) == {
        "84": "Machinery", "840110": "Nuclear reactors",
    }  # fmt: skip


@pytest.mark.parametrize("head", ["id,text", "section,hscode,description", "Code,Text"])
def test_tables_are_read_with_the_columns_that_they_have(head):
    row = "XVI,840110,Nuclear reactors" if head.startswith("section") else "840110,Nuclear reactors"
    assert read_hs_file(f"\ufeff{head}\n{row}\n".encode()) == {"840110": "Nuclear reactors"}


@pytest.mark.parametrize(
    ("content", "line", "why"),
    [
        (b"", 1, "column"),
        (b"code,text\n", 1, "no code"),
        (b"code,text\n840110,\n", 2, "no text"),
        (b"code,text\n840110,a\n840110,b\n", 3, "twice"),
        (b"code,text\n\xff\n", 1, "UTF-8"),
        (b'{"results": 3}', 1, "no list"),
        (b"[3]", 1, "no object"),
        (b'{"results": [', 1, "no JSON"),
    ],
)
def test_a_faulty_list_is_refused_with_its_line(content, line, why):
    with pytest.raises(HsListFaulty) as refused:
        read_hs_file(content)

    assert (refused.value.line, why in refused.value.why) == (line, True), refused.value.why


@pytest.mark.django_db
def test_a_loaded_list_takes_the_place_of_the_old_one_and_is_searched(tmp_path):
    file = tmp_path / "H6.json"
    file.write_text(json.dumps({"results": ROWS}))
    assert suggest_hs(text="nuclear reactors", language="en") == []
    call_command("load_hs", str(file))
    call_command("load_hs", str(file))
    call_command("load_hs", str(file), "--edition", "H5")

    assert HsCode.objects.filter(edition="H6").count() == 2
    assert [choice.code for one in suggest_hs(text="nuclear reactors", language="en") for choice in one.choices] == [
        "840110"
    ]
    file.write_text("code,text\n840110,\n")
    with pytest.raises(CommandError, match="Line 2"):
        call_command("load_hs", str(file))
    assert HsCode.objects.filter(edition="H6").count() == 2

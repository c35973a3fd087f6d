"""Workbooks as text: what a spreadsheet shows, what it hides, and files that mean harm."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from shipping.adapters.workbooks import WorkbookTooLarge, WorkbookUnreadable, read_workbook
from shipping.rules.cardfile.table import ERROR, FORMULA

PART = "xl/worksheets/sheet1.xml"


def write(*rows):
    book, content = Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    sheet.title = "Prices"
    for row in rows:
        sheet.append(row)
    book.save(content)
    return content.getvalue()


def change(content, old, new, *, part=PART):
    """The same workbook with other XML in one part."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = before.read(name)
            if name == part:
                assert old in text
                text = text.replace(old, new)
            after.writestr(name, text)
    return changed.getvalue()


def read(content):
    return read_workbook(content, most_cells=1000)["Prices"]


def test_values_are_read_as_they_show():
    half_past = datetime(2026, 11, 27, 9, 30)  # noqa: DTZ001 -- a spreadsheet knows no zones
    content = write(
        ["Tema", 5, 1.5, 0.1 + 0.2, 151590, "0150", True], [date(2026, 11, 27), half_past, " é ", None, "end"]
    )  # fmt: skip
    assert read(content) == [
        ["Tema", "5", "1.5", "0.3", "151590", "0150", "True"], ["2026-11-27", "2026-11-27", " é ", "", "end", "", ""],
    ]  # fmt: skip


def test_rows_and_columns_keep_their_numbers():
    assert read(write([], [None, "b2"], [], [None, None, "c4"])) == [
        ["", "", ""],
        ["", "b2", ""],
        ["", "", ""],
        ["", "", "c4"],
    ]


def test_a_formula_and_an_error_are_marked_whatever_they_last_showed():
    content = change(
        write(["a", "=1+1"], ["b", "#N/A"], [None, None, None, "=A1"]), b"<f>1+1</f><v", b"<f>1+1</f><v>2</v><v"
    )
    assert read(content) == [["a", FORMULA], ["b", ERROR], ["", "", "", FORMULA]]


def test_cells_without_a_place_follow_the_one_before():
    content = change(change(write(["a", "b", "=1"], ["c"]), b' r="C1"', b""), b'<row r="2"', b"<row")
    assert read(content) == [["a", "b", FORMULA], ["c", ""]]


@pytest.mark.parametrize(
    ("old", "new"), [(b'r="B1"', b'r="XFD1"'), (b'row r="2"', b'row r="1048576"'), (b'</row><row r="2"', b"</row><row/><row r='999'")]
)  # fmt: skip
def test_a_cell_far_away_takes_no_memory(old, new):
    with pytest.raises(WorkbookTooLarge, match="too far"):
        read(change(change(write(["a", "b"], ["c"]), b' r="A2"', b""), old, new))


@pytest.mark.parametrize("place", [b"A2", b"A1", b"B2", b"$B$1", b"b1"])
def test_cells_out_of_their_order_are_refused(place):
    with pytest.raises(WorkbookUnreadable):
        read(change(write(["a", "b"], ["c", "d"]), b'r="B1"', b'r="%s"' % place))


def test_formulas_of_filters_and_validations_are_no_cells():
    more = b'</sheetData><extLst><ext xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><xm:f>A1</xm:f><row r="9999"/></ext></extLst>'
    assert read(change(write(["a", "b"]), b"</sheetData>", more)) == [["a", "b"]]


def test_all_sheets_share_the_room():
    book, content = Workbook(), io.BytesIO()
    for _ in range(3):
        book.create_sheet().cell(20, 20, "far")
    book.save(content)
    with pytest.raises(WorkbookTooLarge, match="too far"):
        read_workbook(content.getvalue(), most_cells=1000)
    assert len(read_workbook(content.getvalue(), most_cells=1200)) == 4


def test_a_sheet_of_formulas_is_refused(monkeypatch):
    monkeypatch.setattr("shipping.adapters.workbooks.MOST_MARKS", 3)
    with pytest.raises(WorkbookTooLarge, match="more than 3 formulas"):
        read(write(*[["=1"]] * 6))


def test_an_empty_cell_far_away_is_nothing():
    assert read(change(write(["a"]), b"</row>", b'<c r="XFD1" s="0"/></row>')) == [["a"]]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"PK", write(["a"])[:-30], change(write(["a"]), b'r="A1"', b'r="A0"'), change(write(["a"]), b'<row r="1"', b'<row r="-3"'),
        change(write(["a"]), b"</row>", b"</rwo>"), change(write(["a"]), b"<worksheet", b'<!DOCTYPE w [<!ENTITY a "aa">]><worksheet'),
        change(write(["a"]), b"<sheets>", b"<sheets", part="xl/workbook.xml"), change(write(["a"]), b"sheet1.xml", b"sheet9.xml", part="xl/_rels/workbook.xml.rels"),
    ],
    ids=range(9),
)  # fmt: skip
def test_a_broken_workbook_is_no_workbook(content):
    with pytest.raises(WorkbookUnreadable):
        read(content)


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("shipping.adapters.workbooks.MOST_UNPACKED_BYTES", 1000)
    with pytest.raises(WorkbookTooLarge):
        read(write(["a"]))


def test_a_part_that_is_longer_than_it_says_is_cut_there():
    content = bytearray(change(write(["a"]), b"</worksheet>", b"</worksheet>" + b" " * 100_000))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        said = packed.getinfo(PART).file_size
    assert content.count(said.to_bytes(4, "little")) == 2
    with pytest.raises(WorkbookUnreadable):
        read(bytes(content.replace(said.to_bytes(4, "little"), (said - 99_000).to_bytes(4, "little"))))

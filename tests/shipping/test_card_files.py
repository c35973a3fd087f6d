"""Rate cards in files: every fault with its sheet, row and column, and what is only a warning."""

import time
from datetime import date
from decimal import Decimal

import pytest

from shipping.adapters.card_files import read_card_file
from shipping.exceptions import CardFileFaulty
from shipping.rules.zones import Place, ZoneMember, find_ties, find_zone
from shipping.selectors.card_plans import plan_card
from tests.shipping.cards import CARD, PRICES, SURCHARGES, ZONES, card, sheets, write_csv, write_xlsx


def plan(content):
    return plan_card(sheets=read_card_file(content))


def faults(whole):
    found = plan(write_xlsx(whole)).problems
    return [(one.sheet, one.row, one.column, one.message % one.values if one.values else one.message) for one in found]


@pytest.mark.parametrize(
    "content", [write_csv(), write_csv(delimiter=";"), write_xlsx(), b"\xef\xbb\xbf" + write_csv()]
)
def test_a_card_is_read_alike_from_csv_and_xlsx(content):
    found = plan(content)
    assert found.problems == found.warnings == ()
    assert (found.terms.code, found.terms.valid_until, found.terms.divisor_cm3_per_kg) == (
        "air-accra",
        date(2027, 1, 31),
        6000,
    )
    assert [len(part) for part in (found.zones, found.prices, found.surcharges)] == [4, 3, 2]
    assert found.surcharges[0].applies_to == ("freight", "island")


def test_numbers_and_days_of_a_spreadsheet_are_read_as_they_show():
    whole = sheets(
        card=card(valid_from=date(2026, 11, 1), divisor=5000, minimum_charge=80.1),
        prices=[PRICES[0], ["Accra", "Europe", "per_kg", 0, None, 5.15, 4]],
    )
    found = plan(write_xlsx(whole))
    assert found.problems == ()
    assert (found.terms.valid_from, found.terms.minimum_charge, found.prices[0].price) == (
        date(2026, 11, 1),
        Decimal("80.1"),
        Decimal("5.15"),
    )


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"card": card(currency="XYZ")}, ("card", 7, "B", "“XYZ” is no currency in use. Write three letters such as EUR.")),
        ({"card": card(currency="DEM")}, ("card", 7, "B", "“DEM” is no currency in use. Write three letters such as EUR.")),
        ({"card": card(mode="camel")}, ("card", 6, "B", "“camel” is none of courier, air, lcl, fcl, road, post.")),
        ({"card": card(valid_until="2026-10-01")}, ("card", 9, "B", "The card ends before it begins.")),
        ({"card": card(valid_until="soon")}, ("card", 9, "B", "“soon” is no day. Write it as 2026-11-25.")),
        ({"card": card(kg_per_m3="167")}, ("card", 13, "B", "Give the divisor or the kilograms for a cubic metre, not both.")),
        ({"card": card(divisor="139")}, ("card", 10, "B", "The divisor is cubic centimetres for a kilogram, such as 5000 or 6000.")),
        ({"card": card(piece_rounding="a bit")}, ("card", 13, "B", "“a bit” is no rounding. Write none, or a direction and a step such as ceil_0.5.")),
        ({"card": card(forwarder=None)}, ("card", 1, "forwarder", "Name the forwarder or the company that owns the card.")),
        ({"card": card(owner="agency")}, ("card", 5, "B", "A card of this owner names nobody here.")),
        ({"card": card(tariff="Air Accra")}, ("card", 2, "B", "“Air Accra” is no code. Write small letters, digits and hyphens, such as air-west-africa-2027.")),
        ({"card": card(name=None)}, ("card", 1, "name", "The field name is missing.")),
        ({"card": [*CARD, ["mode", "air"]]}, ("card", 13, "A", "The field mode stands there twice.")),
        ({"card": card(minimum_charge="=1+1")}, ("card", 12, "B", "A formula is not read: paste its value.")),
        ({"zones": [*ZONES, ["X", "origin", "country", "XX", "", ""]]}, ("zones", 6, "D", "“XX” is no country. Write its two letters.")),
        ({"zones": [*ZONES, ["X", "origin", "group", "", "ECOWAS", ""]]}, ("zones", 6, "E", "“ECOWAS” is no group of countries that we know. Known are EU.")),
        ({"zones": [*ZONES, ["X", "origin", "locode", "", "GH1", ""]]}, ("zones", 6, "E", "“GH1” is no UN/LOCODE. Write five signs such as GHTEM.")),
        ({"zones": [*ZONES, ["X", "area", "range", "DE", "30000", "2999"]]}, ("zones", 6, "F", "A range goes from a lower to a higher postcode of the same length.")),
        ({"zones": [*ZONES, ["X", "destination", "prefix", "DE", "20", ""]]}, ("zones", 6, "E", "Zone Hamburg in row 4 holds the same places as closely. One of the two must go.")),
        ({"zones": [*ZONES, ["Hamburg", "destination", "prefix", "DE", "20", ""]]}, ("zones", 6, "E", "Row 4 says the same.")),
        ({"prices": [*PRICES, ["Accra", "Mars", "per_kg", "0", "", "1", ""]]}, ("prices", 5, "B", "There is no zone “Mars” of this side in the sheet zones.")),
        ({"prices": [*PRICES, ["Accra", "Hamburg", "per_kg", "0", "", "1", ""]]}, ("prices", 5, "D", "Row 4 has a price from there already.")),
        ({"prices": [*PRICES, ["Accra", "Hamburg", "per_kg", "50", "", "-1", ""]]}, ("prices", 5, "F", "“-1” is no number from 0 on. Write digits and a point, such as 12.50.")),
        ({"prices": [*PRICES, ["Accra", "Hamburg", "per_kg", "50", "", "1.23456", ""]]}, ("prices", 5, "F", "“1.23456” has more digits than a price can have.")),
        ({"prices": [*PRICES, ["Accra", "Hamburg", "flat", "1", "2", "9", ""]]}, ("prices", 5, "D", "The first step begins at 1: below it there is no price.")),
        ({"prices": [*PRICES, ["Accra", "Hamburg", "per_kg", "9", "9", "1", ""]]}, ("prices", 5, "E", "The step ends before it begins.")),
        ({"prices": [*PRICES, ["Accra", "Hamburg", "per_kg", "50", "", "=A1", ""]]}, ("prices", 5, "F", "A formula is not read: paste its value.")),
        ({"prices": [*PRICES, ["Accra", "#REF!", "per_kg", "50", "", "1", ""]]}, ("prices", 5, "B", "The spreadsheet shows an error here: write the value.")),
        ({"surcharges": [*SURCHARGES, ["peak", "", "5", "", "", "wishes", "", "", ""]]}, ("surcharges", 4, "F", "There is no charge “wishes”. Write freight, or the code of another surcharge.")),
        ({"surcharges": [*SURCHARGES, ["peak", "", "", "", "", "", "", "", ""]]}, ("surcharges", 4, "A", "The surcharge has no amount and no percent.")),
        ({"surcharges": [*SURCHARGES, ["fuel", "", "9", "", "", "", "", "2027-01-01", ""]]}, ("surcharges", 4, "A", "Row 2 has this code on the same days in the same area.")),
        ({"surcharges": [*SURCHARGES, ["peak", "", "9", "", "", "", "Nowhere", "", ""]]}, ("surcharges", 4, "G", "There is no zone “Nowhere” with the side area in the sheet zones.")),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_sheet_row_and_column(changed, fault):
    assert faults(sheets(**changed)) == [fault]


def test_every_fault_is_told_at_once_in_the_order_of_the_file():
    whole = sheets(
        card=card(currency="XYZ"),
        zones=[*ZONES, ["X", "origin", "country", "XX", "", ""]],
        prices=[*PRICES, ["Accra", "Europe", "", "", "", "", ""]],
    )
    assert [fault[:3] for fault in faults(whole)] == [
        ("card", 7, "B"),
        ("zones", 6, "D"),
        ("prices", 5, "C"),
        ("prices", 5, "F"),
    ]


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ([["Accra", "Europe", "flat", "0", "5", "20", ""], ["Accra", "Europe", "flat", "4", "9", "30", ""]], "The step in row 2 reaches to 5: the two overlap."),
        ([["Accra", "Europe", "flat", "0", "5", "20", ""], ["Accra", "Europe", "flat", "6", "9", "30", ""]], "The step in row 2 ends at 5: between the two there is no price."),
    ],
)  # fmt: skip
def test_steps_neither_overlap_nor_leave_a_gap(second, said):
    assert faults(sheets(prices=[PRICES[0], *second])) == [("prices", 3, "D", said)]


def test_a_price_that_rises_at_a_higher_step_is_a_warning_and_no_fault():
    found = plan(write_xlsx(sheets(prices=[*PRICES, ["Accra", "Hamburg", "per_kg", "100", "", "3.75", ""]])))
    assert found.problems == ()
    [warning] = found.warnings
    assert (warning.sheet, warning.row, warning.column) == ("prices", 5, "F")
    assert warning.message % warning.values == "The price rises: row 4 has 3.50 for less weight."


def test_a_container_price_names_a_container_that_we_know():
    head = ["origin", "destination", "basis", "container", "price"]
    whole = sheets(
        card=card(mode="fcl"),
        prices=[
            head,
            ["Accra", "Europe", "per_container", "20", "1800"],
            ["Accra", "Europe", "per_container", "45", "1"],
            ["Accra", "Europe", "per_kg", "40", "1"],
        ],
    )
    assert [fault[1:] for fault in faults(whole)] == [
        (3, "D", "“45” is no container. Known are 20, 40, 40HC."), (4, "D", "Only a price for a container names one."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "there is no sheet card"), (b"PK nothing", "no XLSX"), (b"\xff\xfe", "not in UTF-8"), (b"a,b\n1,2", "a line such as"),
        (write_csv(sheets(prices=None)), "there is no sheet prices"), (write_csv(sheets(moods=[["a"]])), "there is no sheet moods"),
        (write_csv(sheets(prices=[["origin", "destination", "basis", "colour"]])), "there is no column colour"),
        (write_csv(sheets(prices=[["origin", "destination", "price"]])), "there is no column basis"),
        (write_csv(sheets(prices=[["origin", "origin", "destination", "basis", "price"]])), "the column origin stands there twice"),
        (write_csv(sheets(zones=[])), "it is empty"),
    ],
    ids=range(10),
)  # fmt: skip
def test_what_is_no_card_at_all_is_refused(content, said):
    with pytest.raises(CardFileFaulty, match=said):
        read_card_file(content)


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        (Place("DE", "20095"), "exact"), (Place("DE", "20099"), "long"), (Place("DE", "20 1-99"), "short"), (Place("DE", "21005"), "range"),
        (Place("DE", "99999", locode="DEHAM"), "port"), (Place("DE", "99999", city="Köln"), "town"), (Place("DE"), "land"), (Place("FR", "20095"), "union"),
        (Place("US", "20095"), "world"),
    ],
)  # fmt: skip
def test_the_most_specific_zone_wins(place, zone):
    members = [
        ZoneMember("world", "world"), ZoneMember("union", "group", "", "EU"), ZoneMember("land", "country", "DE"), ZoneMember("town", "city", "DE", "koln"),
        ZoneMember("port", "locode", "DE", "DEHAM"), ZoneMember("range", "range", "DE", "20000", "21999"), ZoneMember("short", "prefix", "DE", "20"),
        ZoneMember("long", "prefix", "DE", "2009"), ZoneMember("exact", "postcode", "DE", "20095"),
    ]  # fmt: skip
    assert find_zone(members, place) == zone
    assert list(find_ties(members)) == []


def test_ranges_that_cross_between_zones_are_ties():
    far, near, other = (
        ZoneMember(zone, "range", "DE", *ends)
        for zone, ends in (("a", ("1000", "9000")), ("a", ("1500", "1600")), ("b", ("8000", "8100")))
    )
    assert list(find_ties([near, other, far])) == [(far, other)]


def test_a_card_of_ten_thousand_rows_is_read_in_seconds():
    rows = [["Accra", "Europe", "per_kg", place, "", f"{10000 - place}.5", 4] for place in range(10_000)]
    content = write_xlsx(sheets(prices=[PRICES[0], *rows]))
    began = time.perf_counter()
    assert len(plan(content).prices) == 10_000
    assert time.perf_counter() - began < 15

"""The period's page: every figure leads to as many rows, days are checked, files open in a spreadsheet without running anything."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from storefronts.models import AgencyFacts, Company
from tests.listings.factories import make_company
from tests.reporting.world import throw

DAYS = {"first": "2026-04-01", "last": "2026-06-30"}
LINK = re.compile(r'<a href="(/admin/reporting/period/rows/\?[^"]+)">([\d,]+)</a>')
TOTAL = re.compile(r"both days counted\.\s*(One|[\d,]+) row")
FRAME = 11
"""Queries of every officers' page: who asks, what they may, what waits."""
PERIOD, ROWS = "/admin/reporting/period/", "/admin/reporting/period/rows/"


def read(answer):
    """The rows of a file."""
    text = b"".join(answer.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def count_shown(client, url):
    """How many rows a page says that there are."""
    said = TOTAL.search(" ".join(client.get(url.replace("&amp;", "&")).content.decode().split()))[1]
    return 1 if said == "One" else int(said.replace(",", ""))


def test_every_figure_leads_to_as_many_rows(as_officer):
    throw(7, firms=6)
    page = as_officer.get(PERIOD, DAYS).content.decode()
    links = [(url, int(number.replace(",", ""))) for url, number in LINK.findall(page)]
    by_column = [pair for place, pair in enumerate(links) if place % 11 != 10]  # the eleventh column is minutes
    assert len(by_column) > 60
    assert {url: count_shown(as_officer, url) for url, _ in by_column} == dict(by_column)


def test_the_page_opens_with_this_quarter(as_officer, firm):
    page = as_officer.get(PERIOD).content.decode()
    today = timezone.localdate()
    first = today.replace(month=today.month - (today.month - 1) % 3, day=1)
    assert f'name="first" value="{first.isoformat()}"' in page
    assert "By who owns most of the firm" in page
    assert 'aria-current="page">Results' in page


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"first": "2026-06-30", "last": "2026-04-01"}, "The period ends before it begins."),
        ({"first": "soon"}, "Write the day as 2027-01-31."),
        ({"last": "2026-02-30"}, "Write the day as 2027-01-31."),
        ({"first": "0001-01-01"}, "Write a day in the years 2000 to 2099."),
        ({"last": "9999-12-31"}, "Write a day in the years 2000 to 2099."),
    ],
)
@pytest.mark.parametrize("name", ["reporting_period", "reporting_period_csv", "reporting_rows", "reporting_rows_csv"])
def test_wrong_days_get_a_clear_message_everywhere(name, days, sentence, as_officer):
    answer = as_officer.get(reverse(f"admin:{name}"), days)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "<table" not in answer.content.decode()


@pytest.mark.parametrize(
    "asked", [{"what": "money"}, {"by": "mood"}, {"by": "region", "key": "a\x00b"}, {"by": "region", "key": "x" * 201}]
)
def test_a_figure_that_nobody_counts_is_404(asked, as_officer):
    assert as_officer.get(ROWS, asked).status_code == 404
    assert as_officer.get(ROWS.rstrip("/") + ".csv", asked).status_code == 404


def test_the_rows_of_an_empty_figure_say_so(as_officer):
    page = as_officer.get(ROWS, {"what": "inquiries", "by": "sex", "key": "women"}).content.decode()
    assert "There is nothing in this figure" in page
    assert "Owned mostly by: Women" in page


def test_rows_come_by_pages_that_keep_the_question(as_officer, make_act):
    for minutes in range(53):
        make_act(minutes=minutes)
    page = as_officer.get(ROWS, {"what": "support", "page": "2"}).content.decode()
    assert page.count('<th scope="row"') == 3
    assert "?what=support&amp;page=1" in page
    assert "53 rows. 1,378 minutes." in " ".join(page.split())


def test_a_struck_out_act_is_in_no_figure(as_officer, make_act):
    make_act(voided=True, note="By mistake")
    assert "By mistake" not in as_officer.get(ROWS, {"what": "support"}).content.decode()


def test_the_figures_as_a_file_add_up(as_officer):
    throw(11, firms=8)
    head, *lines = read(as_officer.get(reverse("admin:reporting_period_csv"), DAYS))
    assert head[:3] == ["By", "Part", "Firms joined"]
    assert head[-3:] == ["Minutes", "Cost in EUR", "Cost in GHS"]
    total = [float(value) for value in lines[-1][2:]]
    for division in ("Region", "Sector", "Owned mostly by"):
        parts = [[float(value) for value in line[2:]] for line in lines if line[0] == division]
        assert [round(sum(column), 2) for column in zip(*parts, strict=True)] == total


def test_the_rows_as_a_file_are_those_of_the_page(as_officer, make_act):
    make_act(note="=HYPERLINK(1)", cost="12.50", currency="GHS", minutes=90)
    make_act(note="+233 is no formula, but looks like one", days_ago=1)
    answer = as_officer.get(reverse("admin:reporting_rows_csv"), {"what": "support", "first": "2020-01-01"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="support-2020-01-01')
    head, first, second = read(answer)
    today = timezone.localdate()
    assert head == ["Day", "Firm", "Type", "Minutes", "Cost", "Currency", "Note", "Officer"]
    assert first == [
        today.isoformat(),
        "Adanu Growers Union",
        "Advice",
        "90",
        "12.50",
        "GHS",
        "'=HYPERLINK(1)",
        "Ama Kumi",
    ]
    assert second[0] == (today - timedelta(days=1)).isoformat()
    assert second[6] == "'+233 is no formula, but looks like one"


def test_a_firm_with_a_dangerous_name_is_harmless_in_page_and_file(as_officer, firm):
    Company.objects.filter(pk=firm.pk).update(legal_name="=<script>1</script>", region="-Volta")
    page = as_officer.get(ROWS, {"what": "public"}).content.decode()
    assert "<script>1" not in page
    rows = read(as_officer.get(reverse("admin:reporting_rows_csv"), {"what": "public"}))
    assert rows[1][:2] == ["'=<script>1</script>", "'-Volta"]


@pytest.mark.parametrize("name", ["reporting_period", "reporting_period_csv", "reporting_rows", "reporting_rows_csv"])
def test_an_exporter_is_sent_to_the_officers_sign_in(name, client, people, firm):
    client.force_login(people.exporter)
    answer = client.get(reverse(f"admin:{name}"))
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


def test_inquiries_are_shown_without_their_buyers(as_officer):
    throw(3)
    page = as_officer.get(ROWS, {"what": "inquiries", **DAYS}).content.decode()
    assert "Honey" in page
    assert "Jana" not in page
    assert "jana@kontor.example" not in page


@pytest.mark.parametrize("firms", [2, 20])
def test_the_period_costs_the_same_queries_whatever_there_is(firms, as_officer, django_assert_num_queries):
    throw(13, firms=firms)
    as_officer.get(PERIOD, DAYS)  # branches are remembered
    with django_assert_num_queries(FRAME + 14):
        as_officer.get(PERIOD, DAYS)


@pytest.mark.parametrize(
    ("what", "queries"),
    [("joined", 4), ("public", 4), ("live", 4), ("published", 4), ("inquiries", 4), ("in_time", 4), ("support", 5)],
)
@pytest.mark.parametrize("firms", [15, 30])
def test_rows_cost_the_same_queries_whatever_there_is(firms, what, queries, as_officer, django_assert_num_queries):
    throw(13, firms=firms)
    as_officer.get(PERIOD, DAYS)
    with django_assert_num_queries(FRAME + queries):
        answer = as_officer.get(ROWS, {"what": what, "by": "region", "key": "gh-volta", **DAYS})
    assert b"Region: " in answer.content


def test_what_only_the_agency_knows_reaches_no_page_of_others(client, people, firm):
    AgencyFacts.objects.create(company=firm, owner_sex="women", sector="leather")
    client.force_login(people.exporter)
    page = client.get(f"/exporters/{make_company().slug}/").content + client.get(firm.get_absolute_url()).content
    assert b"Owned mostly by" not in page

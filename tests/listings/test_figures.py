"""The exporter's figures: plots equal the tables, small numbers stay hidden, nobody else sees them."""

import csv
import io
import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from core import slots
from core.plots import BAR_HEIGHT, draw_bars, draw_line, find_top
from inquiries.models import Inquiry
from inquiries.selectors.weekly import list_weekly_inquiries
from listings.registry import Happened
from listings.rules.traffic import Sum, list_weeks
from listings.selectors.figures import get_figures, list_traffic_numbers
from listings.services.traffic import add_counts
from tests.listings.factories import make_company, make_listing, make_live_listing, make_member

pytestmark = pytest.mark.django_db
WEEKS = list_weeks(timezone.localdate(), 12)
NOW = WEEKS[-1]


@pytest.fixture
def owner():
    return make_member()


@pytest.fixture
def listing(owner):
    return make_live_listing(company=owner.company, title="Washed Arabica green coffee")


def add(company, *, week=NOW, kind="storefront", listing=None, country="", words="", times=1):
    add_counts(sums={Sum(kind, company.pk, week, listing.pk if listing else None, country, words): times})


def ask(company, *, listing=None, days_ago=0, destination="", country="", confirmed=True):
    moment = timezone.now() - timedelta(days=days_ago)
    return Inquiry.objects.create(
        company=company, listing=listing, key=f"key-{Inquiry.objects.count()}", buyer_email="marie@duval.example", buyer_name="Marie",
        buyer_country=country, destination=destination, subject="Coffee", quantity=Decimal(60), asked_at=moment,
        confirmed_at=moment if confirmed else None, state="new" if confirmed else "unconfirmed", last_message_at=moment,
    )  # fmt: skip


def read(table):
    return [(row.label, *row.cells) for row in table.rows]


def figures(member):
    return get_figures(member=member, language="en")


def test_weeks_sum_up_views_inquiries_and_clicks(owner, listing):
    add(owner.company, week=WEEKS[0], times=5)
    add(owner.company, kind="product", listing=listing, country="DE", times=7)
    add(owner.company, times=2)
    add(owner.company, kind="email", times=3)
    add(owner.company, kind="whatsapp", times=1)
    add(owner.company, week=WEEKS[0] - timedelta(weeks=1), times=100)
    add(make_company(), times=100)
    ask(owner.company, listing=listing)
    ask(owner.company, confirmed=False)
    table = figures(owner).weeks
    assert table.headings == ("Views", "Inquiries", "Contact clicks")
    assert [row.cells for row in table.rows] == [(9, 1, 4), *[(0, 0, 0)] * 10, (5, 0, 0)]
    assert table.rows[0].note == "so far"


def test_the_plot_shows_the_numbers_of_the_table(owner, listing):
    for place, week in enumerate(WEEKS):
        add(owner.company, week=week, times=place + 1)
        add(owner.company, week=week, kind="phone", times=place + 1)
    found = figures(owner)
    views, _inquiries, clicks = found.plots
    heights = [float(y) for _x, y in re.findall(r"(\d+) ([\d.]+)", views.line.area)[:12]]
    assert [round((160 - height) * views.line.top / 160) for height in heights] == list(range(1, 13))
    assert [bar.text for bar in clicks.bars] == [str(row.cells[2]) for row in reversed(found.weeks.rows)]
    assert (views.last, clicks.bars[-1].height) == ("12", BAR_HEIGHT)
    assert views.summary.startswith("78 in all: 1 in the first week, 12 so far in this one, most in the week of ")


def test_inquiries_count_by_week_product_and_chosen_country(owner, listing):
    ask(owner.company, listing=listing, destination="FI", country="DE")
    ask(owner.company, country="DE")
    ask(owner.company)
    ask(owner.company, listing=listing, days_ago=700)
    assert set(list_weekly_inquiries(company_id=owner.company_id, since=WEEKS[0])) == {
        Happened(NOW, None, "", 1),
        Happened(NOW, None, "DE", 1),
        Happened(NOW, listing.pk, "FI", 1),
    }


def test_countries_with_few_views_in_a_week_are_hidden_among_the_others(owner, listing):
    add(owner.company, kind="product", listing=listing, country="DE", times=2)
    add(owner.company, country="DE", times=1)
    add(owner.company, country="NO", times=2)
    add(owner.company, week=WEEKS[3], country="NO", times=2)
    add(owner.company, times=9)
    add(owner.company, kind="email", country="AE", times=9)
    ask(owner.company, destination="FI")
    assert read(figures(owner).countries) == [
        ("Germany", 3, 0),
        ("Finland", 0, 1),
        ("Other countries", 4, 0),
        ("Unknown", 9, 0),
    ]


def test_words_are_shown_from_three_searches_in_a_week_on(owner, listing):
    add(owner.company, kind="search", words="green coffee", times=3)
    add(owner.company, kind="search", week=WEEKS[2], words="green coffee", times=4)
    add(owner.company, kind="search", words="esinam private", times=2)
    add(owner.company, kind="search", week=WEEKS[2], words="esinam private", times=2)
    assert [(row.label, row.cells) for row in figures(owner).words] == [("green coffee", (7,))]


def test_products_stand_with_the_most_seen_first(owner, listing):
    seen = make_live_listing(company=owner.company, title="Peaberry")
    paused = make_listing(company=owner.company, state="paused", title="Old harvest")
    make_listing(company=owner.company, state="paused", title="Never seen")
    make_listing(company=owner.company, state="draft", title="Draft")
    add(owner.company, kind="product", listing=seen, times=8)
    add(owner.company, kind="product", listing=paused, country="DE", times=4)
    ask(owner.company, listing=listing)
    table = figures(owner).products
    assert read(table) == [("Peaberry", 8, 0), ("Old harvest", 4, 0), ("Washed Arabica green coffee", 0, 1)]
    assert [row.note for row in table.rows] == ["", "Paused", ""]


def test_the_page_shows_plots_with_words_in_html_and_tables(client, owner, listing):
    add(owner.company, kind="product", listing=listing, times=1234)
    add(owner.company, kind="search", words="<b>coffee", times=3)
    client.force_login(owner.user)
    page = client.get(f"/sell/{owner.company.slug}/figures/").text
    assert "<text" not in page
    assert page.count('<figure class="plot">') == 3
    assert page.count('preserveAspectRatio="none"') == 1 + 2 * 12
    assert ("1,234" in page, "&lt;b&gt;coffee" in page, "<b>coffee" in page) == (True, True, False)
    assert '<a href="/sell/' in page.split('aria-current="page"')[0]
    assert f'href="/sell/{owner.company.slug}/figures/weeks.csv"' in page


def test_every_member_may_look_and_strangers_find_nothing(client, owner):
    addresses = [f"/sell/{owner.company.slug}/figures/", f"/sell/{owner.company.slug}/figures/weeks.csv"]
    client.force_login(make_member(company=owner.company, role="viewer").user)
    assert [client.get(path).status_code for path in addresses] == [200, 200]
    client.force_login(make_member().user)
    assert [client.get(path).status_code for path in addresses] == [404, 404]


@pytest.mark.parametrize(
    ("fields", "products", "why"),
    [
        ({"verified": False}, 0, "Buyers do not see your storefront yet."),
        ({}, 0, "Buyers see no product of yours yet."),
        ({}, 1, "Nobody has opened your pages in these weeks."),
    ],
)
def test_an_empty_page_says_why(client, fields, products, why):
    owner = make_member(company=make_company(**fields))
    for _ in range(products):
        make_live_listing(company=owner.company)
    client.force_login(owner.user)
    page = client.get(f"/sell/{owner.company.slug}/figures/").text
    assert why in page
    assert ('<figure class="plot">' in page, "weeks.csv" in page) == (False, False)


def test_the_file_holds_every_kind_and_channel_by_week(client, owner, listing):
    add(owner.company, kind="product", listing=listing, times=7)
    add(owner.company, kind="product", listing=listing, country="DE", times=1)
    add(owner.company, times=2)
    add(owner.company, week=WEEKS[0], kind="website", times=4)
    ask(owner.company)
    client.force_login(owner.user)
    answer = client.get(f"/sell/{owner.company.slug}/figures/weeks.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith(f'attachment; filename="figures-{owner.company.slug}-')
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == [
        "Week of", "Views: Product page", "Views: Storefront", "Inquiries", "Contact clicks: Phone", "Contact clicks: WhatsApp",
        "Contact clicks: E-mail", "Contact clicks: Website",
    ]  # fmt: skip
    assert (len(rows), rows[1], rows[12]) == (
        13,
        [WEEKS[0].isoformat(), *"0000004"],
        [NOW.isoformat(), *"8210000"],
    )


def test_the_dashboard_shows_two_plots_once_a_product_is_public(client, owner):
    client.force_login(owner.user)
    url = f"/sell/{owner.company.slug}/"
    assert 'id="h-figures"' not in client.get(url).text
    make_listing(company=owner.company, state="paused")
    assert 'id="h-figures"' not in client.get(url).text
    make_live_listing(company=owner.company)
    panel = client.get(url).text.split('id="h-figures"')[1].split("</section>")[0]
    assert re.findall(r"<figcaption><h3>([^<]+)</h3>", panel) == ["Views per week", "Inquiries per week"]
    owner.company.state = "suspended"
    owner.company.save()
    assert 'id="h-figures"' not in client.get(url).text


def test_the_panel_keeps_its_query_budget(owner, listing, django_assert_num_queries):
    (filling,) = [one for one in slots.list_fillings() if one.template == "listings/slots/dashboard_figures.html"]
    for place, week in enumerate(WEEKS):
        add(owner.company, week=week, times=place)
    with django_assert_num_queries(filling.queries):
        filling.select(member=owner)


def test_the_page_costs_six_queries_however_much_there_is(owner, listing, django_assert_num_queries):
    with django_assert_num_queries(6):
        figures(owner)
    for country in ("DE", "FR", "GB"):
        other = make_live_listing(company=owner.company)
        add(owner.company, kind="product", listing=other, country=country, times=4)
        add(owner.company, kind="search", words=f"coffee {country}", times=4)
        ask(owner.company, listing=other, destination=country)
    with django_assert_num_queries(6):
        figures(owner)


def test_the_dashboard_has_a_figure_of_the_last_four_weeks(owner):
    assert [(number.value, number.note) for number in list_traffic_numbers(member=owner)] == [("0", "")]
    add(owner.company, week=WEEKS[-4], times=1000)
    add(owner.company, week=WEEKS[-5], times=1)
    add(owner.company, kind="email", times=1)
    (number,) = list_traffic_numbers(member=owner)
    assert (number.label, number.value, number.note) == ("Views in four weeks", "1,000", "1 contact click")


@pytest.mark.parametrize(
    ("values", "top"),
    [([], 2), ([0], 2), ([2], 2), ([3], 4), ([5, 1], 6), ([9], 10), ([11], 20), ([588], 600), ([801], 1000)],
)
def test_the_scale_ends_at_a_round_even_number(values, top):
    assert find_top(values) == top


def test_a_line_runs_from_edge_to_edge_over_its_area():
    line = draw_line([0, 5, 10])
    assert (line.top, line.half) == (10, 5)
    assert (line.path, line.running) == ("M0 160.0 300 80.0", "M300 80.0 600 0.0")
    assert line.area == "M0 160.0 300 80.0 600 0.0 600 160 0 160Z"
    assert draw_line([]).running == "M0 160.0 600 160.0"
    assert draw_line([2]).running == "M0 0.0 600 0.0"


def test_bars_are_as_high_as_their_values_and_what_is_there_is_seen():
    assert draw_bars([0, 1, 50, 100]) == (0, 2, 28, 56)
    assert draw_bars([0, 0]) == (0, 0)


def test_an_inquiry_of_sunday_night_belongs_to_its_own_week(owner):
    sunday = timezone.make_aware(datetime.combine(NOW - timedelta(days=1), datetime.max.time()))
    Inquiry.objects.filter(pk=ask(owner.company).pk).update(asked_at=sunday, confirmed_at=sunday)
    (row,) = list_weekly_inquiries(company_id=owner.company_id, since=WEEKS[0])
    assert row.week == WEEKS[-2]
    assert isinstance(row.week, date)

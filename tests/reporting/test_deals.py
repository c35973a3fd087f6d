"""Deals in a period: agreed, confirmed, worth, by help received; each number opens its rows."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from core.errors import NotFound
from inquiries.models import Deal, Inquiry, Quotation, QuotationLine, QuotationOutcome, QuotationVersion
from reporting.choices import Measure
from reporting.models import SupportAct
from reporting.rules import Period
from reporting.selectors.deals import list_by_help, sum_deals
from reporting.selectors.rows import Question, list_rows, read_cells
from reporting.selectors.summary import get_summary
from tests.listings.factories import make_company, make_officer

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PERIOD = Period(TODAY - timedelta(days=10), TODAY)


def make_deal(company, *, days_ago=1, value="100", level="declared", origin="asked", **fields):
    at = timezone.now() - timedelta(days=days_ago)
    inquiry = Inquiry.objects.create(
        company=company, origin=origin, state="answered", buyer_email="b@example.org", buyer_phone="1", buyer_name="B", subject="S",
        key=str(Inquiry.objects.count()), asked_at=at, confirmed_at=at, first_answered_at=at, last_message_at=at,
    )  # fmt: skip
    quotation = Quotation.objects.create(
        inquiry=inquiry, company=company, number=f"Q-{Quotation.objects.count()}", created_at=at, changed_at=at
    )
    version = QuotationVersion.objects.create(
        quotation=quotation, number=1, author_name="A", language="en", currency="USD", incoterm="FOB", named_place="Tema", payment_terms="P",
        lead_time_days=1, valid_until=TODAY, total=Decimal(value),
    )  # fmt: skip
    QuotationLine.objects.create(version=version, position=1, kind="goods", description="D", amount=Decimal(value))
    QuotationVersion.objects.filter(pk=version.pk).update(sent_at=at, key="k")
    quotation.current_id, quotation.state = version.pk, "accepted"
    quotation.save()
    QuotationOutcome.objects.create(
        quotation=quotation, kind="accepted", version=version, side="buyer", by_name="B", via="account", at=at, key="k"
    )
    return Deal.objects.create(
        quotation=quotation, company=company, origin=origin, currency="USD", agreed_value=Decimal(value), agreed_at=at, level=level, **fields
    )  # fmt: skip


def confirm(deal, value):
    deal.stage, deal.level, deal.paid_value = "confirmed", "confirmed", Decimal(value)
    deal.confirmed_at, deal.confirmed_by, deal.help_mattered, deal.confirmed_via = timezone.now(), "B", "yes", "mailed"
    deal.save()


def help_firm(company, officer, *, days_ago, voided=False):
    act = SupportAct.objects.create(
        company=company,
        kind="advice",
        day=TODAY - timedelta(days=days_ago),
        minutes=30,
        officer=officer,
        created_at=timezone.now(),
    )
    if voided:
        SupportAct.objects.filter(pk=act.pk).update(voided_at=timezone.now(), voided_by=officer, void_reason="slip")


@pytest.fixture
def officer():
    return make_officer()


def test_deals_are_counted_by_what_stands_behind_them(officer):
    company = make_company()
    make_deal(company, value="100")
    confirm(make_deal(company, value="200"), "180")
    make_deal(company, days_ago=40)
    total = get_summary(officer=officer, period=PERIOD).total.counts
    assert (total[Measure.QUOTED], total[Measure.DEALS], total[Measure.CONFIRMED]) == (2, 2, 1)
    rows = list_rows(officer=officer, question=Question("deals", PERIOD))
    assert [(f"{money.amount} {money.currency}", level) for money, level in sum_deals(deals=rows).rows] == [
        ("100.00 USD", "Declared"), ("180.00 USD", "Confirmed by the buyer"),
    ]  # fmt: skip


def test_help_of_the_year_before_the_acceptance_counts(officer):
    helped, late, old, voided = (make_company(legal_name=name) for name in ("Helped", "Late", "Old", "Voided"))
    help_firm(helped, officer, days_ago=300)
    help_firm(late, officer, days_ago=0)
    help_firm(old, officer, days_ago=400)
    help_firm(voided, officer, days_ago=30, voided=True)
    for company in (helped, late, old, voided):
        make_deal(company, days_ago=2)
    yes, no = list_by_help(officer=officer, period=PERIOD)
    assert (yes.number, no.number) == (1, 3)
    rows = list_rows(officer=officer, question=Question("deals", PERIOD, help="yes"))
    assert [deal.company.legal_name for deal in rows] == ["Helped"]


def test_own_buyers_and_what_buyers_say_stand_apart(officer):
    company = make_company()
    help_firm(company, officer, days_ago=30)
    make_deal(company, origin="own_buyer")
    confirm(make_deal(company), "90")
    yes, _no = list_by_help(officer=officer, period=PERIOD)
    assert (yes.number, yes.own_buyers, yes.confirmed, yes.said_it_mattered) == (2, 1, 1, 1)


def test_a_deal_called_off_does_not_count(officer):
    make_deal(make_company(), stage="called_off", called_off_at=timezone.now(), called_off_reason="No licence")
    assert get_summary(officer=officer, period=PERIOD).total.counts[Measure.DEALS] == 0


def test_a_row_says_no_buyer(officer):
    make_deal(make_company())
    cells = read_cells(measure="deals")(list_rows(officer=officer, question=Question("deals", PERIOD)).get())
    assert "b@example.org" not in str(cells)


def test_the_pages_and_the_file(client, officer):
    make_deal(make_company(legal_name="Volta Union"))
    client.force_login(officer)
    page = client.get("/admin/reporting/period/").text
    assert "Deals by help received" in page
    rows = client.get("/admin/reporting/period/rows/?what=deals&help=no").text
    assert ("Volta Union" in rows, "$100.00" in rows) == (True, True)
    file = b"".join(client.get("/admin/reporting/period/rows.csv?what=confirmed").streaming_content).decode()
    assert "Who stands behind it" in file


def test_nobody_else_reads_them(officer):
    officer.is_staff = False
    with pytest.raises(NotFound):
        list_by_help(officer=officer, period=PERIOD)

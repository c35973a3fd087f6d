"""Pages of quotations: the builder, both sides' page, the shared link; bad input keeps what was typed."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from inquiries.models import Quotation, QuotationOutcome
from inquiries.selectors.links import build_quotation_link
from inquiries.selectors.quotations import find_draft_version
from inquiries.services.answers import Wish
from reference.models import FxRate
from tests.inquiries.quoting import accept, counter, get, quote, send_next, write_draft

pytestmark = pytest.mark.django_db
FLOOR = "4.9876"


@pytest.fixture
def seller(client, people):
    client.force_login(people.owner)
    return client


@pytest.fixture
def sent(thread, people):
    return quote(thread, people.owner)


def link_of(quotation):
    return build_quotation_link(quotation=get(quotation)).partition("//")[2].partition("/")[2].join(("/", ""))


def type_terms(quotation, **changed):
    typed = {
        "currency": "USD", "incoterm": "FOB", "named_place": "Tema", "payment_terms": "30% now", "lead_time_days": "14",
        "valid_until": str(timezone.localdate() + timedelta(days=10)), "documents": "", "notes": "", "key": str(uuid4()),
        "version": str(get(quotation).edit_number), "lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "0",
        "lines-0-kind": "goods", "lines-0-listing": "", "lines-0-description": "Coffee", "lines-0-quantity": "600",
        "lines-0-unit": "kg", "lines-0-unit_price": "5.60", "lines-0-floor": FLOOR, "then": "next",
    }  # fmt: skip
    return {**typed, **changed}


def edit_url(quotation):
    return f"{quotation.get_absolute_url()}edit/"


def test_from_the_thread_to_a_sent_quotation(seller, thread, again):
    answer = seller.post(f"/inquiries/{thread.pk}/quotations/new/", {"text": "One moment"})
    quotation = Quotation.objects.get()
    assert answer.url == edit_url(quotation)
    assert seller.get(answer.url).status_code == 200
    assert thread.drafts.get().text == "One moment"

    answer = seller.post(edit_url(quotation), type_terms(quotation))
    assert answer.url == quotation.get_absolute_url()
    assert "$3,360.00" in seller.get(answer.url).text
    assert "$3,360.00" in seller.get(thread.get_absolute_url()).text


def test_a_product_brings_its_name_unit_and_price(seller, thread, people, listing):
    revision = listing.live_revision
    revision.currency = "USD"
    revision.save()
    revision.price_breaks.create(minimum_quantity=60, unit_price="6.10")
    revision.price_breaks.create(minimum_quantity=300, unit_price="5.80")
    quotation = write_draft(thread, people.owner)
    empty = {"lines-0-description": "", "lines-0-unit": "", "lines-0-unit_price": ""}
    seller.post(
        edit_url(quotation), type_terms(quotation, **{"lines-0-listing": str(listing.pk), "then": "sum", **empty})
    )

    line = find_draft_version(quotation=quotation).lines.get()
    assert (line.description, line.unit, line.unit_price) == ("Washed Arabica", "kg", Decimal("5.8000"))
    assert "Your price list: $5.80 per kg" in seller.get(edit_url(quotation)).text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"valid_until": "2026-01-01"}, "Choose a last day from today"),
        ({"lines-0-quantity": "0"}, "above zero"),
        ({"lines-0-quantity": "999999999"}, "too large to be meant"),
        ({"lines-0-unit": "furlong"}, "furlong"),
        ({"currency": "ZZZ"}, "ZZZ"),
        ({"payment_terms": ""}, "Say when the buyer pays"),
        ({"incoterm": ""}, "Choose the Incoterm"),
        ({"lines-0-description": ""}, "Line 1 is not complete"),
    ],
)
def test_bad_input_is_told_and_what_was_typed_stays(typed, sentence, seller, thread, people):
    quotation = write_draft(thread, people.owner)
    answer = seller.post(edit_url(quotation), type_terms(quotation, notes="Kept words", **typed))
    assert (answer.status_code, sentence in answer.text, "Kept words" in answer.text) == (422, True, True)
    assert get(quotation).state == "draft"


def test_rows_come_and_go_without_a_script(seller, thread, people):
    quotation = write_draft(thread, people.owner)
    more = seller.post(edit_url(quotation), {**type_terms(quotation), "add_line": "1"})
    assert (more.status_code, 'name="lines-1-kind"' in more.text, 'value="Coffee"' in more.text) == (200, True, True)
    less = seller.post(edit_url(quotation), {**type_terms(quotation), "remove_line": "0"})
    assert 'value="Coffee"' not in less.text


def test_autosave_keeps_the_draft_and_hands_out_the_next_number(seller, thread, people):
    quotation = write_draft(thread, people.owner)
    answer = seller.post(edit_url(quotation), type_terms(quotation), headers={"X-Autosave": "1"})
    assert (answer.status_code, answer["X-Version"]) == (200, str(get(quotation).edit_number))
    assert get(quotation).state == "draft"
    old = seller.post(edit_url(quotation), type_terms(quotation, version="0"), headers={"X-Autosave": "1"})
    assert (old.status_code, old.json()["state"]) == (409, "conflict")


def test_two_members_who_send_at_once_send_one(seller, thread, people):
    quotation = write_draft(thread, people.owner)
    form = type_terms(quotation)
    seller.post(edit_url(quotation), form)
    late = seller.post(edit_url(quotation), {**form, "key": str(uuid4()), "notes": "Typed at the same time"})
    assert (late.status_code, quotation.versions.count()) == (409, 1)
    assert "Typed at the same time" in late.text


def test_a_double_click_sends_one_and_leads_to_it(seller, thread, people):
    quotation = write_draft(thread, people.owner)
    form = type_terms(quotation)
    answers = [seller.post(edit_url(quotation), form) for _ in range(2)]
    assert [answer.url for answer in answers] == [quotation.get_absolute_url()] * 2
    assert quotation.versions.count() == 1
    assert seller.get(edit_url(quotation)).url == quotation.get_absolute_url()


def test_the_floor_is_in_no_answer_to_the_buyer(client, seller, thread, people):
    quotation = write_draft(thread, people.owner)
    seller.post(edit_url(quotation), type_terms(quotation))
    assert FLOOR in seller.get(quotation.get_absolute_url()).text
    link = link_of(quotation)
    client.force_login(people.buyer)
    pages = [thread.get_absolute_url(), quotation.get_absolute_url(), link]
    assert [FLOOR in client.get(page).text for page in pages] == [False] * 3


def test_the_buyer_accepts_in_the_thread(client, sent, people):
    client.force_login(people.buyer)
    page = client.get(sent.get_absolute_url())
    assert "Accept for $3,794.60" in page.text
    answer = client.post(f"{sent.get_absolute_url()}accept/", {"version": "1", "key": "a", "name": ""}, follow=True)
    assert "Accepted by Lena Brandt" in answer.text
    assert get(sent).state == "accepted"


def test_opening_the_link_changes_nothing_and_needs_no_account(client, sent):
    page = client.get(link_of(sent))
    assert (page.status_code, "Accept for $3,794.60" in page.text) == (200, True)
    assert client.get(f"{link_of(sent)}accept/").status_code == 405
    assert get(sent).state == "sent"


def test_by_the_link_a_name_is_typed(client, sent):
    refused = client.post(f"{link_of(sent)}accept/", {"version": "1", "key": "a", "name": " "})
    assert (refused.status_code, "Type your name" in refused.text, get(sent).state) == (422, True, "sent")
    done = client.post(f"{link_of(sent)}accept/", {"version": "1", "key": "a", "name": "Jan Holt"}, follow=True)
    assert "Accepted by Jan Holt" in done.text
    assert QuotationOutcome.objects.get().via == "link"


def test_the_link_shows_nothing_of_the_thread(client, sent, thread):
    assert thread.messages.first().text not in client.get(link_of(sent)).text


def test_an_old_version_in_the_form_is_told_and_nothing_is_accepted(client, sent, people):
    send_next(sent, people.owner, named_place="Bremen")
    answer = client.post(f"{link_of(sent)}accept/", {"version": "1", "key": "a", "name": "Jan"})
    assert (answer.status_code, "was replaced by version 2" in answer.text) == (409, True)
    assert not QuotationOutcome.objects.exists()


def test_a_counter_with_figures_by_the_link(client, sent):
    typed = {"version": "1", "key": "a", "name": "Jan", "text": "We also reserve more.", "price_1": "5.45"}
    client.post(f"{link_of(sent)}counter/", typed)
    assert "The buyer would pay $5.45" in client.get(link_of(sent)).text


def test_a_link_that_was_renewed_says_so(client, seller, sent):
    old = link_of(sent)
    seller.post(f"{sent.get_absolute_url()}link/")
    client.logout()
    answer = client.get(old)
    assert (answer.status_code, "no longer opens the quotation" in answer.text) == (410, True)


def test_the_versions_are_compared(client, sent, people):
    counter(sent, people.buyer, {1: Wish(unit_price=Decimal("5.45"))})
    send_next(sent, people.owner, named_place="Bremen", lead_time_days=30)
    client.force_login(people.buyer)
    page = client.get(sent.get_absolute_url()).text
    assert "From version 1 to version 2" in page
    assert "18 days after the order" in page


def test_after_a_no_the_exporter_quotes_again(seller, sent, people, thread):
    seller.post(f"{sent.get_absolute_url()}withdraw/", {"key": "w", "reason": "Sold"})
    answer = seller.post(f"{sent.get_absolute_url()}again/")
    assert answer.status_code == 302
    assert sorted(Quotation.objects.values_list("state", flat=True)) == ["draft", "withdrawn"]


def test_a_viewer_reads_and_changes_nothing(client, sent, people):
    client.force_login(people.viewer)
    page = client.get(sent.get_absolute_url()).text
    assert ("Make version" in page, "wa.me" in page) == (False, False)
    assert client.post(f"{sent.get_absolute_url()}withdraw/", {"key": "w"}).status_code == 403
    assert client.get(edit_url(sent)).status_code == 403


def test_a_stranger_finds_no_page(client, sent, people, other_company):
    client.force_login(people.stranger)
    found = [client.get(url).status_code for url in (sent.get_absolute_url(), edit_url(sent))]
    assert [*found, client.post(f"{sent.get_absolute_url()}accept/").status_code] == [404, 404, 404]


def test_an_accepted_one_can_no_longer_be_answered(client, sent, people):
    accept(sent, people.buyer)
    page = client.get(link_of(sent)).text
    assert ("Accept for" in page, "Accepted by Lena Brandt" in page) == (False, True)


def test_the_thread_costs_few_queries_with_a_quotation(client, sent, people, thread, django_assert_max_num_queries):
    client.force_login(people.buyer)
    client.get(thread.get_absolute_url())
    with django_assert_max_num_queries(25):
        client.get(thread.get_absolute_url())


def test_the_total_in_another_currency_is_told_with_the_rates_day_or_not_at_all(client, sent):
    assert "No rate of the last seven days is known." in client.get(f"{link_of(sent)}?currency=EUR").text
    FxRate.objects.create(day=timezone.localdate(), base="EUR", quote="USD", units=Decimal("1.10"), source="ECB")
    page = client.get(f"{link_of(sent)}?currency=EUR").text
    assert "About €3,449.64 at the rate of" in page
    assert "for information only" not in client.get(f"{link_of(sent)}?currency=ZZZ").text


def test_an_old_rate_is_not_told(client, sent):
    old = timezone.localdate() - timedelta(days=8)
    FxRate.objects.create(day=old, base="EUR", quote="USD", units=Decimal("1.10"), source="ECB")
    assert "No rate of the last seven days is known." in client.get(f"{link_of(sent)}?currency=EUR").text

"""Quotations: who writes and answers them, what was sent never changes, one outcome, everything in the audit."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from core.errors import NotAllowed, NotFound
from core.models import AuditEntry, AuditValue, OutboxMail
from inquiries.exceptions import (
    CompanySuspendedNow,
    CounterEmpty,
    CounterTwice,
    DraftChanged,
    InquiryDeclined,
    NothingToSend,
    QuotationAccepted,
    QuotationDeclined,
    QuotationExpired,
    QuotationLinkOver,
    QuotationRuns,
    QuotationWithdrawn,
    UnitDoesNotFit,
    ValidityImpossible,
    VersionSuperseded,
)
from inquiries.models import Inquiry, PrivateFloor, Quotation, QuotationLine, QuotationOutcome, QuotationVersion
from inquiries.rules.messages import Reader
from inquiries.rules.quotations import LineTerms
from inquiries.selectors.links import build_quotation_link
from inquiries.selectors.quotations import find_draft_version, get_shared_quotation, sign_as_party, sign_by_link
from inquiries.services.answers import Wish, accept_quotation
from inquiries.services.declining import decline_inquiry
from inquiries.services.quotations import (
    begin_quotation,
    begin_version,
    discard_draft,
    quote_again,
    renew_link,
    save_draft_terms,
    take_over_wish,
    withdraw_quotation,
)
from storefronts.models import Company
from tests.inquiries.quoting import (
    COFFEE,
    FREIGHT,
    accept,
    counter,
    decline,
    get,
    make_terms,
    quote,
    send,
    send_next,
    write_draft,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(thread, people):
    return quote(thread, people.owner)


def token_of(quotation):
    return build_quotation_link(quotation=get(quotation)).rstrip("/").rpartition("/")[2]


def delete_first_version():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM inquiries_quotationversion WHERE number = 1")
        connection.check_constraints()


def withdraw(quotation, seller, reason="Sold.", key="w"):
    return withdraw_quotation(reader=Reader(seller), quotation_id=quotation.pk, reason=reason, key=key)


def test_a_first_draft_knows_the_product_and_its_price_for_the_quantity(ask, people, listing):
    revision = listing.live_revision
    revision.currency, revision.incoterm, revision.incoterm_place, revision.lead_time_days = "USD", "FOB", "Tema", 14
    revision.save()
    for least, price in ((60, "6.10"), (300, "5.80"), (900, "5.40")):
        revision.price_breaks.create(minimum_quantity=least, unit_price=price)
    thread = ask(user=people.buyer, quantity=Decimal(600), unit="kg", wants_sample=True).inquiry

    draft = find_draft_version(quotation=begin_quotation(reader=Reader(people.owner), inquiry_id=thread.pk))
    assert (draft.currency, draft.incoterm, draft.named_place, draft.lead_time_days) == ("USD", "FOB", "Tema", 14)
    rows = [(line.kind, line.quantity, line.unit, line.unit_price) for line in draft.lines.all()]
    assert rows == [("goods", Decimal(600), "kg", Decimal("5.8000")), ("sample", Decimal(1), "piece", None)]


def test_two_members_who_begin_at_once_write_one_draft(thread, people):
    first = begin_quotation(reader=Reader(people.owner), inquiry_id=thread.pk)
    assert begin_quotation(reader=Reader(people.editor), inquiry_id=thread.pk) == first


def test_the_second_of_two_members_who_save_reads_the_first(thread, people):
    quotation = write_draft(thread, people.owner)
    with pytest.raises(DraftChanged, match="Owner Adanu has saved"):
        save_draft_terms(
            reader=Reader(people.editor), quotation_id=quotation.pk, terms=make_terms(named_place="Kiel"), edit_number=0
        )
    assert find_draft_version(quotation=quotation).named_place == "Hamburg"


@pytest.mark.parametrize("who", ["viewer", "buyer"])
def test_who_may_not_write_cannot_begin(who, thread, people):
    with pytest.raises(NotAllowed):
        begin_quotation(reader=Reader(getattr(people, who)), inquiry_id=thread.pk)
    assert not Quotation.objects.exists()


def test_a_stranger_does_not_know_of_it(sent, other_company, people):
    with pytest.raises(NotFound):
        withdraw(sent, people.stranger)
    with pytest.raises(NotFound):
        accept(sent, people.other_buyer)
    assert get(sent).state == "sent"


def test_a_draft_is_not_there_for_the_buyer(thread, people):
    with pytest.raises(NotFound):
        sign_as_party(reader=Reader(people.buyer), quotation_id=write_draft(thread, people.owner).pk)


def test_a_member_cannot_answer_for_the_buyer(sent, people):
    with pytest.raises(NotFound):
        accept(sent, people.owner)


def test_a_suspended_company_sends_nothing(thread, people):
    quotation = write_draft(thread, people.owner)
    Company.objects.update(state="suspended")
    with pytest.raises(CompanySuspendedNow):
        send(quotation, people.owner)
    assert get(quotation).state == "draft"


def test_sending_counts_as_the_answer_and_tells_the_buyer(sent, thread, people, again):
    thread = again(thread)
    assert (thread.state, thread.waits_since) == ("answered", None)
    mail = OutboxMail.objects.get(recipient=people.buyer.email)
    assert mail.subject == f"Quotation Q-{timezone.localdate().year}-0001 from Adanu Growers Union"
    assert "Total $3,794.60, CIF Hamburg" in mail.text
    version = get(sent).current
    assert (version.number, version.total, version.author_name) == (1, Decimal("3794.6000"), "Owner Adanu")


def test_the_same_form_sends_once(thread, people):
    quotation = write_draft(thread, people.owner)
    send(quotation, people.owner, key="once")
    send(quotation, people.owner, key="once")
    assert quotation.versions.count() == 1
    with pytest.raises(NothingToSend):
        send(quotation, people.owner, key="twice")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE inquiries_quotationversion SET total = 1 WHERE sent_at IS NOT NULL",
        "UPDATE inquiries_quotationversion SET sent_at = NULL WHERE sent_at IS NOT NULL",
        "UPDATE inquiries_quotationline SET unit_price = 1 WHERE position = 1",
        "DELETE FROM inquiries_quotationline WHERE position = 2",
        "INSERT INTO inquiries_quotationline (version_id, position, kind, description, detail, unit, amount)"
        " SELECT version_id, 9, 'charge', 'More', '', 'lot', 5 FROM inquiries_quotationline WHERE position = 1",
    ],
)
def test_the_database_lets_nobody_change_what_was_sent(change, sent):
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert get(sent).current.total == Decimal("3794.6000")
    assert QuotationLine.objects.count() == 2


def test_a_draft_changes_freely_and_moves_no_line_into_a_sent_version(sent, people):
    begin_version(reader=Reader(people.owner), quotation_id=sent.pk)
    draft = find_draft_version(quotation=sent)
    draft.lines.update(detail="Lot AM-26-04")
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        draft.lines.filter(position=2).update(version=get(sent).current, position=3)
    assert draft.lines.filter(detail="Lot AM-26-04").count() == 2


def test_accepting_is_written_once_with_both_names(sent, people):
    first = accept(sent, people.buyer, key="a")
    assert accept(sent, people.buyer, key="a") == first
    with pytest.raises(QuotationAccepted, match="by Lena Brandt"):
        accept(sent, people.buyer, key="b")
    assert (get(sent).state, QuotationOutcome.objects.count()) == ("accepted", 1)
    entry = AuditEntry.objects.get(action="inquiries.quotation_accepted")
    assert AuditValue.objects.get(entry=entry).values == {
        "name": "Lena Brandt",
        "seller": "Owner Adanu",
        "version": 1,
        "via": "account",
    }
    assert OutboxMail.objects.filter(subject__contains="is accepted").count() == 3


def test_a_superseded_version_is_not_accepted(sent, people):
    send_next(sent, people.owner, named_place="Bremen")
    with pytest.raises(VersionSuperseded, match="Version 1 was replaced by version 2"):
        accept(sent, people.buyer, version=1)
    assert not QuotationOutcome.objects.exists()
    assert accept(sent, people.buyer, version=2).version.named_place == "Bremen"


def test_an_expired_version_is_not_accepted_even_before_the_clock_says_so(sent, people, monkeypatch):
    later = timezone.now() + timedelta(days=23)
    monkeypatch.setattr(timezone, "now", lambda: later)
    with pytest.raises(QuotationExpired, match="was valid until"):
        accept(sent, people.buyer)
    assert get(sent).state == "sent"


def test_it_is_good_until_the_end_of_its_last_day(thread, people):
    sent = quote(thread, people.owner, valid_until=timezone.localdate())
    assert accept(sent, people.buyer).kind == "accepted"


def test_the_clock_leaves_alone_what_is_still_good(sent, run_jobs_of):
    run_jobs_of("inquiries.expire_quotation")
    assert get(sent).state == "sent"


def test_an_expired_one_ends_and_can_be_quoted_again(thread, people, run_jobs_of, monkeypatch):
    sent = quote(thread, people.owner, valid_until=timezone.localdate())
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    run_jobs_of("inquiries.expire_quotation")
    assert get(sent).state == "expired"
    assert OutboxMail.objects.filter(subject__contains="has expired").count() == 3
    again = quote_again(reader=Reader(people.owner), quotation_id=sent.pk)
    draft = find_draft_version(quotation=again)
    assert (again.number[-4:], draft.named_place, draft.valid_until > timezone.localdate()) == ("0002", "Hamburg", True)


def test_a_counter_changes_nothing_but_says_what_the_buyer_would_take(sent, people, thread, again):
    counter(sent, people.buyer, {1: Wish(unit_price=Decimal("5.45")), 2: Wish(quantity=Decimal(1))})
    assert get(sent).state == "countered"
    rows = list(get(sent).current.counter.lines.values_list("line__position", "quantity", "unit_price"))
    assert rows == [(1, None, Decimal("5.4500"))]
    assert again(thread).waits_since is not None
    assert thread.messages.filter(side="buyer").last().text == "Could you do 5.45?"
    with pytest.raises(CounterTwice):
        counter(sent, people.buyer)


def test_a_counter_says_something(sent, people):
    with pytest.raises(CounterEmpty):
        counter(sent, people.buyer, {1: Wish(unit_price=Decimal("5.60"))}, text=" ")
    assert get(sent).state == "sent"


def test_a_countered_version_can_still_be_accepted(sent, people):
    counter(sent, people.buyer)
    assert accept(sent, people.buyer).kind == "accepted"


def test_the_exporter_takes_the_wish_over_and_keeps_the_floor(thread, people):
    sent = quote(thread, people.owner, lines=(replace(COFFEE, floor=Decimal("5.20")), FREIGHT))
    counter(sent, people.buyer, {1: Wish(unit_price=Decimal("5.45"))})
    begun = begin_version(reader=Reader(people.owner), quotation_id=sent.pk)
    take_over_wish(reader=Reader(people.owner), quotation_id=sent.pk, edit_number=begun.edit_number)
    line = find_draft_version(quotation=sent).lines.first()
    assert (line.unit_price, line.floor.unit_price) == (Decimal("5.4500"), Decimal("5.2000"))
    assert PrivateFloor.objects.count() == 2
    send(get(sent), people.owner)
    assert get(sent).current.total == Decimal("3704.6000")


def test_declined_and_withdrawn_are_final(sent, people, guest_thread):
    decline(sent, people.buyer, reason="Too dear.")
    with pytest.raises(QuotationDeclined):
        withdraw(sent, people.owner)
    other = quote(guest_thread, people.owner)
    withdraw(other, people.owner)
    by = sign_by_link(token=token_of(other), name="Jana")
    with pytest.raises(QuotationWithdrawn):
        accept_quotation(by=by, version=1, key="x")
    assert sorted(QuotationOutcome.objects.values_list("kind", flat=True)) == ["declined", "withdrawn"]


def test_whoever_holds_the_link_answers_in_their_own_name(sent):
    outcome = accept_quotation(by=sign_by_link(token=token_of(sent), name=" Jan  Holt "), version=1, key="a")
    assert (outcome.by_name, outcome.via, outcome.user) == ("Jan Holt", "link", None)
    mail = OutboxMail.objects.filter(subject__contains="is accepted").exclude(recipient__contains="adanu").get()
    assert "somebody who holds the shared link" in mail.text


def test_a_new_link_ends_the_old_ones(sent, people):
    old = token_of(sent)
    renew_link(reader=Reader(people.owner), quotation_id=sent.pk)
    with pytest.raises(QuotationLinkOver):
        get_shared_quotation(token=old)
    assert get_shared_quotation(token=token_of(sent)) == sent


def test_a_new_link_is_mailed_to_who_has_no_account(guest_thread, people):
    sent = quote(guest_thread, people.owner)
    renew_link(reader=Reader(people.owner), quotation_id=sent.pk)
    mail = OutboxMail.objects.filter(recipient="jana@kontor.example").latest("pk")
    assert mail.subject == f"A new link for quotation {sent.number}"
    assert token_of(sent) in mail.text


def test_a_new_link_is_no_news_for_who_signs_in(sent, people):
    mails = OutboxMail.objects.count()
    renew_link(reader=Reader(people.owner), quotation_id=sent.pk)
    assert OutboxMail.objects.count() == mails


def test_a_link_ends_thirty_days_after_the_last_day(sent, monkeypatch):
    old = token_of(sent)
    later = timezone.now() + timedelta(days=21 + 31)
    monkeypatch.setattr(timezone, "now", lambda: later)
    with pytest.raises(QuotationLinkOver):
        get_shared_quotation(token=old)


@pytest.mark.parametrize("token", ["", "x", "a" * 90, "AAAAAAAAAAAAAAAAAAAAAAabc:def"])
def test_a_link_that_we_never_signed_is_not_there(token, db):
    with pytest.raises(NotFound):
        get_shared_quotation(token=token)


def test_a_draft_that_is_thrown_away_takes_an_unsent_quotation_along(thread, people):
    quotation = write_draft(thread, people.owner)
    discard_draft(reader=Reader(people.owner), quotation_id=quotation.pk, edit_number=quotation.edit_number)
    assert not Quotation.objects.exists()


def test_one_open_quotation_a_thread(sent, people, thread):
    decline(sent, people.buyer)
    write_draft(thread, people.owner)
    with pytest.raises(QuotationRuns, match="0002"):
        quote_again(reader=Reader(people.owner), quotation_id=sent.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quotation.objects.create(
            inquiry=thread, company=thread.company, number="Q-1", created_at=timezone.now(), changed_at=timezone.now()
        )


def test_products_are_quoted_in_their_own_unit(thread, people, listing):
    wrong = LineTerms("goods", "Washed Arabica", "", Decimal(10), "piece", Decimal(5), listing.pk)
    quotation = write_draft(thread, people.owner, lines=(wrong,))
    with pytest.raises(UnitDoesNotFit, match="sold by the kg"):
        send(quotation, people.owner)
    assert get(quotation).state == "draft"


def test_a_last_day_in_the_past_is_refused_and_the_draft_kept(thread, people):
    quotation = write_draft(thread, people.owner, valid_until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(ValidityImpossible):
        send(quotation, people.owner)
    assert find_draft_version(quotation=quotation).named_place == "Hamburg"


def test_a_version_that_another_follows_cannot_be_deleted(sent, people):
    send_next(sent, people.owner)
    with pytest.raises(DatabaseError):
        delete_first_version()
    assert QuotationVersion.objects.count() == 2


def test_the_thread_tells_what_happened(sent, people, thread):
    counter(sent, people.buyer, text="5.45?")
    send_next(sent, people.owner)
    accept(sent, people.buyer, version=2)
    events = list(thread.messages.filter(side="event").values_list("event", flat=True))
    assert events == ["quoted", "countered", "quoted", "settled"]
    assert Inquiry.objects.get(pk=thread.pk).quotations.get().outcome.version.number == 2


def test_a_declined_inquiry_is_not_quoted(thread, people):
    decline_inquiry(reader=Reader(people.owner), inquiry_id=thread.pk, reason="price", note="", key="n")
    with pytest.raises(InquiryDeclined):
        begin_quotation(reader=Reader(people.owner), inquiry_id=thread.pk)
    assert not Quotation.objects.exists()


def test_numbers_go_on_after_nine_thousand_nine_hundred_and_ninety_nine(sent, people, guest_thread):
    year = timezone.localdate().year
    for number in ("9999", "10000"):
        decline(quote(guest_thread, people.owner), Reader(AnonymousUser(), frozenset({str(guest_thread.pk)})))
        Quotation.objects.filter(inquiry=guest_thread).exclude(number__endswith="9999").update(
            number=f"Q-{year}-{number}"
        )
    again = quote_again(reader=Reader(people.owner), quotation_id=Quotation.objects.get(number=f"Q-{year}-10000").pk)
    assert again.number == f"Q-{year}-10001"

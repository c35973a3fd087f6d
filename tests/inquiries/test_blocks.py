"""Blocks by a company and bars by the agency: what they stop by every way in, what goes on, who may make and lift them."""

from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.errors import NotAllowed, NotFound
from core.models import AuditEntry, OutboxMail
from inquiries.exceptions import (
    BlockedByYou,
    BlockReasonMissing,
    BuyerBarred,
    BuyerBlocked,
    BuyerWithoutAddress,
    CompanySuspendedNow,
    OfficerBarred,
)
from inquiries.models import BuyerBlock, Inquiry, Message, Request
from inquiries.rules.messages import BuyerWords, Question, Reader
from inquiries.rules.requests import LineWords, RequestWords
from inquiries.selectors.blocks import (
    count_blocking_firms,
    list_barred,
    list_blocked,
    list_often_blocked,
    refuse_blocked_in,
)
from inquiries.selectors.links import build_link, build_quotation_link
from inquiries.selectors.matching import find_exporters
from inquiries.selectors.quotations import sign_by_link
from inquiries.services.answers import accept_quotation, counter_quotation, decline_quotation
from inquiries.services.asking import ask_inquiry, confirm_inquiry
from inquiries.services.blocks import bar_buyer, block_buyer, lift_bar, unblock_buyer
from inquiries.services.matching import answer_request
from inquiries.services.own_buyers import OwnBuyer, quote_own_buyer
from inquiries.services.requests import ask_quotation, confirm_request
from inquiries.services.samples import SampleWish, request_sample
from storefronts.models import Company, Member
from tests.inquiries.conftest import NOBODY, make_listing
from tests.inquiries.quoting import accept, counter, quote
from tests.moderation.test_races import run_together

pytestmark = pytest.mark.django_db
REASON = "Sends the same words every day."
NEED = RequestWords(
    title="Coffee", destination="DE", lines=[LineWords("Green coffee", Decimal(600), "kg", hs_code="090111")]
)
LENA = BuyerWords(email="", name="Lena")


@pytest.fixture
def block(people):
    """Block the buyer of a thread: `block(thread)`, as the owner when nothing is said."""

    def do(thread, who=None, reason=REASON):
        return block_buyer(reader=Reader(who or people.owner), inquiry_id=thread.pk, reason=reason)

    return do


@pytest.fixture
def bar(people):
    return lambda email="lena@hanse.example", reason="Three firms were cheated.": bar_buyer(
        officer=people.officer, email=email, reason=reason
    )


@pytest.fixture
def sent(thread, people):
    return quote(thread, people.owner)


def test_a_blocked_buyer_asks_no_more_and_reads_no_reason(thread, block, ask, people):
    block(thread)
    with pytest.raises(BuyerBlocked) as refused:
        ask(user=people.buyer, text="Then two tons?")
    assert REASON not in str(refused.value)
    assert Inquiry.objects.count() == 1


def test_what_waits_is_declined_and_the_buyer_is_told_without_the_reason(thread, block, again):
    block(thread)
    assert (again(thread).state, again(thread).decline_reason, again(thread).waits_since) == ("declined", "other", None)
    mail = OutboxMail.objects.get(recipient="lena@hanse.example")
    assert REASON not in mail.text + mail.html + mail.subject


def test_what_does_not_wait_stays_as_it_is(thread, block, write, people, again):
    write(thread, people.owner)
    block(thread)
    assert again(thread).state == "answered"


def test_a_second_block_changes_nothing(thread, block, people):
    first = block(thread)
    assert block(thread, people.editor, "Something else") == first
    assert BuyerBlock.objects.get().reason == REASON
    assert AuditEntry.objects.filter(action="inquiries.buyer_blocked").count() == 1
    assert Message.objects.filter(event="declined").count() == 1


def test_a_block_says_why(thread, block, again):
    with pytest.raises(BlockReasonMissing):
        block(thread, reason="  ")
    assert (BuyerBlock.objects.count(), again(thread).state) == (0, "new")


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("viewer", NotAllowed),
        ("buyer", NotAllowed),
        ("stranger", NotFound),
        ("other_buyer", NotFound),
        ("officer", NotFound),
    ],
)
def test_only_who_may_answer_blocks(thread, block, people, other_company, who, refusal):
    with pytest.raises(refusal):
        block(thread, getattr(people, who))
    assert not BuyerBlock.objects.exists()


def test_a_suspended_company_blocks_nobody(thread, block, company):
    Company.objects.filter(pk=company.pk).update(state="suspended")
    with pytest.raises(CompanySuspendedNow):
        block(thread)


def test_a_buyer_known_by_phone_cannot_be_blocked(company, block, people):
    member = Member.objects.get(user=people.owner)
    quotation = quote_own_buyer(member=member, buyer=OwnBuyer("Ada", phone="+49 40 1234"), listing_id=None, key="k")
    with pytest.raises(BuyerWithoutAddress):
        block(quotation.inquiry)


def test_a_block_holds_in_every_thread_by_every_way(thread, sent, block, write, people):
    block(thread)
    wish = SampleWish("Coffee", Decimal(1), "kg", "Speicher 1", "buyer")
    acts = [
        lambda: write(thread, people.buyer),
        lambda: counter(sent, people.buyer),
        lambda: accept(sent, people.buyer),
        lambda: request_sample(reader=Reader(people.buyer), inquiry_id=thread.pk, wish=wish, key="s"),
    ]
    for act in acts:
        with pytest.raises(BuyerBlocked):
            act()
    assert (thread.messages.filter(side="buyer").count(), thread.samples.count()) == (1, 0)


def test_the_shared_link_opens_no_way_round(thread, sent, block):
    block(thread)
    by = sign_by_link(token=build_quotation_link(quotation=sent).rstrip("/").rpartition("/")[2], name="Anybody")
    with pytest.raises(BuyerBlocked):
        counter_quotation(by=by, version=1, wishes={}, text="And 5?", key="c")
    with pytest.raises(BuyerBlocked):
        accept_quotation(by=by, version=1, key="a")
    assert decline_quotation(by=by, version=1, reason="", key="d").kind == "declined"


def test_a_block_ends_nothing_agreed(thread, sent, block, write, people, again):
    accept(sent, people.buyer)
    write(thread, people.buyer, "When does it leave?")
    block(thread)
    assert again(thread).state == "answered"
    assert write(thread, people.buyer, "We wait.").side == "buyer"
    refuse_blocked_in(inquiry=thread)


def test_an_agreement_opens_no_other_thread(thread, sent, block, ask, people):
    accept(sent, people.buyer)
    block(thread)
    with pytest.raises(BuyerBlocked):
        ask(user=people.buyer, about=None)


def test_the_mailed_link_of_a_blocked_guest_sends_nothing(guest_thread, block, ask, client):
    block(guest_thread)
    asked = ask(text="Once more?")
    assert asked.outcome == "confirm"
    with pytest.raises(BuyerBlocked):
        confirm_inquiry(inquiry_id=asked.inquiry.pk)
    answer = client.post(build_link(inquiry=asked.inquiry))
    assert (answer.status_code, REASON in answer.text) == (403, False)
    assert "This exporter takes no messages from you." in answer.text
    assert Inquiry.objects.get(pk=asked.inquiry.pk).state == "unconfirmed"


def test_typing_a_blocked_address_tells_nothing(guest_thread, block, ask):
    block(guest_thread)
    assert ask(text="Who is blocked here?").outcome == "confirm"


def test_a_block_holds_for_every_confirmed_address_of_the_account(thread, block, ask, people):
    EmailAddress.objects.create(user=people.buyer, email="Lena.B@Second.example", verified=True)
    block(thread)
    asked = ask(email="lena.b@second.example", text="From my other address.")
    with pytest.raises(BuyerBlocked):
        confirm_inquiry(inquiry_id=asked.inquiry.pk)


def test_a_block_is_one_companys(thread, block, other_company, people):
    block(thread)
    asked = ask_inquiry(
        reader=Reader(people.buyer),
        company_id=other_company.pk,
        listing_id=None,
        question=Question("And you?"),
        buyer=LENA,
        key="k",
    )
    assert asked.outcome == "sent"


def test_a_request_to_the_one_exporter_is_refused(thread, block, company, people):
    block(thread)
    with pytest.raises(BuyerBlocked):
        ask_quotation(reader=Reader(people.buyer), company_id=company.pk, words=NEED, buyer=LENA, key="k")
    guest = BuyerWords(email="lena@hanse.example", name="Lena")
    request = ask_quotation(reader=NOBODY, company_id=company.pk, words=NEED, buyer=guest, key="k2").request
    with pytest.raises(BuyerBlocked):
        confirm_request(request_id=request.pk)
    assert Inquiry.objects.count() == 1


def test_a_company_that_blocked_the_buyer_is_not_matched_and_does_not_answer(
    thread, block, company, other_company, people
):
    make_listing(other_company).live_revision.save()
    for firm in (company, other_company):
        revision = firm.listings.get().live_revision
        revision.hs_code = "090111"
        revision.save()
    request = ask_quotation(reader=Reader(people.buyer), company_id=None, words=NEED, buyer=LENA, key="k").request
    both = find_exporters(request=request, most=10)
    match = request.matches.create(company=company, rank=1, score=50, told_at=timezone.now())
    Request.objects.update(state="open", closes_on=timezone.localdate(), decided_at=timezone.now())
    block(thread)
    one = find_exporters(request=request, most=10)
    assert (len(both.found), [found.company_id for found in one.found]) == (2, [other_company.pk])
    assert one.left_out == {"blocked": 1}
    with pytest.raises(BlockedByYou):
        answer_request(member=Member.objects.get(user=people.owner), match_id=match.pk)


def test_nobody_quotes_for_a_buyer_whom_the_own_company_blocked(thread, block, people):
    block(thread)
    buyer = OwnBuyer("Lena", email="Lena@hanse.example")
    with pytest.raises(BlockedByYou):
        quote_own_buyer(member=Member.objects.get(user=people.owner), buyer=buyer, listing_id=None, key="k")


def test_unblocking_lets_the_buyer_write_again(thread, block, write, people, company):
    write(thread, people.owner)
    made = block(thread)
    unblock_buyer(member=Member.objects.get(user=people.editor), block_id=made.pk)
    unblock_buyer(member=Member.objects.get(user=people.editor), block_id=made.pk)
    assert write(thread, people.buyer, "Thank you.").side == "buyer"
    assert AuditEntry.objects.filter(action="inquiries.buyer_unblocked").count() == 1


def test_a_viewer_and_a_stranger_unblock_nobody(thread, block, people, other_company):
    made = block(thread)
    with pytest.raises(NotAllowed):
        unblock_buyer(member=Member.objects.get(user=people.viewer), block_id=made.pk)
    unblock_buyer(member=Member.objects.get(user=people.stranger), block_id=made.pk)
    assert BuyerBlock.objects.get() == made


def test_the_list_names_buyers_and_never_whole_addresses(thread, block, people):
    block(thread)
    row = list_blocked(member=Member.objects.get(user=people.viewer)).get()
    assert (row.buyer_name, row.thread_id, row.domain) == ("Jana Petersen", thread.pk, "hanse.example")


def test_who_sees_blocks(thread, block, bar, people, other_company):
    block(thread)
    bar("kim@fraud.example")
    seen = {
        who: BuyerBlock.objects.visible_to(getattr(people, who)).count()
        for who in ("owner", "stranger", "buyer", "officer")
    }
    assert seen == {"owner": 1, "stranger": 0, "buyer": 0, "officer": 2}
    assert BuyerBlock.objects.visible_to(NOBODY.user).count() == 0


def test_a_barred_buyer_asks_nobody_and_reads_whom_to_write_to(bar, ask, people, settings):
    bar()
    with pytest.raises(BuyerBarred) as refused:
        ask(user=people.buyer)
    assert settings.AGENCY_EMAIL in str(refused.value)
    assert "cheated" not in str(refused.value)
    with pytest.raises(BuyerBarred):
        ask_quotation(reader=Reader(people.buyer), company_id=None, words=NEED, buyer=LENA, key="k")
    assert (Inquiry.objects.count(), Request.objects.count()) == (0, 0)


def test_a_bar_is_mailed_once_with_its_reason_and_can_be_answered(bar, settings):
    assert bar(" Lena@Hanse.example ") == bar()
    mail = OutboxMail.objects.get(recipient="lena@hanse.example")
    assert mail.reply_to == settings.AGENCY_EMAIL
    assert "Three firms were cheated." in mail.text
    assert "can no longer ask exporters" in mail.subject
    assert AuditEntry.objects.filter(action="inquiries.buyer_barred").count() == 1


def test_a_lifted_bar_is_mailed_and_the_buyer_asks_again(bar, ask, people):
    made = bar()
    lift_bar(officer=people.second_officer, bar_id=made.pk, reason="It was somebody else.")
    lift_bar(officer=people.second_officer, bar_id=made.pk, reason="It was somebody else.")
    assert ask(user=people.buyer).outcome == "sent"
    lifted = OutboxMail.objects.get(subject__contains="can ask exporters")
    assert "It was somebody else." in lifted.text


def test_a_bar_closes_open_requests_and_ends_nothing_agreed(thread, sent, bar, write, people):
    accept(sent, people.buyer)
    request = ask_quotation(reader=Reader(people.buyer), company_id=None, words=NEED, buyer=LENA, key="k").request
    bar()
    request.refresh_from_db()
    assert request.state == "closed"
    assert write(thread, people.buyer, "When does it leave?").side == "buyer"


def test_only_officers_bar_and_never_one_another(people, bar):
    with pytest.raises(NotFound):
        bar_buyer(officer=people.owner, email="a@b.example", reason="x")
    with pytest.raises(NotFound):
        lift_bar(officer=people.owner, bar_id=1, reason="x")
    with pytest.raises(NotAllowed):
        list_barred(officer=people.owner)
    with pytest.raises(OfficerBarred):
        bar(people.second_officer.email)
    with pytest.raises(BlockReasonMissing):
        bar(reason=" ")
    assert not BuyerBlock.objects.exists()


def test_officers_see_whom_several_firms_blocked(thread, block, other_company, people):
    block(thread)
    assert list_often_blocked(officer=people.officer) == []
    BuyerBlock.objects.create(company=other_company, email="lena@hanse.example", reason="Rude.", made_at=timezone.now())
    often = list_often_blocked(officer=people.officer)
    assert [(one.email, one.firms, one.is_barred) for one in often] == [("lena@hanse.example", 2, False)]
    assert {made.reason for made in often[0].blocks} == {REASON, "Rude."}
    assert count_blocking_firms(officer=people.officer, email="lena@hanse.example") == 2
    assert (
        list_often_blocked(officer=people.owner),
        count_blocking_firms(officer=people.owner, email="lena@hanse.example"),
    ) == ([], 0)


def test_the_database_keeps_one_block_each(company):
    for firm in (company, None):
        BuyerBlock.objects.create(company=firm, email="a@b.example", reason="x", made_at=timezone.now())
        with pytest.raises(IntegrityError), transaction.atomic():
            BuyerBlock.objects.create(company=firm, email="a@b.example", reason="y", made_at=timezone.now())


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("planted_rows")
def test_two_colleagues_in_the_same_second_block_once(thread, block, people):
    assert run_together(lambda: block(thread), lambda: block(thread, people.editor)) == [None, None]
    assert BuyerBlock.objects.count() == 1
    assert AuditEntry.objects.filter(action="inquiries.buyer_blocked").count() == 1
    assert Message.objects.filter(event="declined").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("planted_rows")
def test_asking_and_blocking_in_the_same_second_leave_nothing_waiting(thread, block, ask, people):
    results = run_together(lambda: ask(user=people.buyer, about=None, text="And another thing?"), lambda: block(thread))
    assert results in ([None, None], [BuyerBlocked, None])
    assert not Inquiry.objects.exclude(waits_since=None).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("planted_rows")
def test_two_officers_in_the_same_second_bar_once(people):
    acts = [
        lambda o=o: bar_buyer(officer=o, email="a@b.example", reason="x")
        for o in (people.officer, people.second_officer)
    ]
    assert run_together(*acts) == [None, None]
    assert (BuyerBlock.objects.count(), OutboxMail.objects.count()) == (1, 1)

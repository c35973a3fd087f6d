"""A sourcing request: the officer's decision, whom it goes to, undo, the exporter's answer, the buyer's page."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from core.errors import NotAllowed, NotFound
from core.limits import TooOften
from core.models import Job, OutboxMail
from inquiries.exceptions import CompanySuspendedNow, MatchAnswered, NobodyFits, OnlySentOrRejected, RequestOver
from inquiries.models import Inquiry, Match, ReplyRecord, Request
from inquiries.rules.messages import BuyerWords, Reader
from inquiries.rules.requests import LineWords, RequestWords
from inquiries.selectors.invitations import count_invitations, get_invitation, list_invitations
from inquiries.selectors.requests import get_request_page
from inquiries.services.matching import answer_request, decline_request
from inquiries.services.messages import send_message
from inquiries.services.requests import ask_quotation, close_request, confirm_request
from inquiries.services.sourcing import decide_request, undo_request_decision
from moderation.exceptions import CaseAlreadyDecided, CaseWithdrawn, OwnCompany, ReasonMissing
from moderation.models import Case
from moderation.rules import Ruling
from storefronts.models import Company, Member
from tests.inquiries.conftest import NOBODY, make_listing
from tests.moderation.test_races import run_together

pytestmark = pytest.mark.django_db
WORDS = RequestWords(
    title="Coffee for spring", destination="DE", lines=[LineWords("Green coffee", Decimal(600), "kg", hs_code="090111")]
)


@pytest.fixture
def coffees(company, other_company):
    """Adanu and Keta both sell green coffee."""
    for firm in (company, other_company):
        listing = make_listing(firm)
        listing.live_revision.hs_code = "090111"
        listing.live_revision.save()
    return [company, other_company]


@pytest.fixture
def request_(coffees, people):
    return ask_quotation(
        reader=Reader(people.buyer),
        company_id=None,
        words=WORDS,
        buyer=BuyerWords(email="", name="Lena"),
        key=str(uuid4()),
    ).request


@pytest.fixture
def decide(people):
    """Decide the case of a request: `decide(request, "approve", most=1)`."""

    def do(request, outcome="approve", officer=people.officer, note="", **details):
        case = Case.objects.get(kind="request", subject_id=str(request.pk))
        return decide_request(case=case, officer=officer, ruling=Ruling(outcome, note=note, details=details))

    return do


@pytest.fixture
def told(request_, decide, run_jobs_of):
    """The request is approved and both exporters are told."""
    decide(request_)
    run_jobs_of("inquiries.tell_matched")
    request_.refresh_from_db()
    return request_


@pytest.fixture
def owner(told, people):
    return Member.objects.get(user=people.owner)


@pytest.fixture
def match(told, company):
    return Match.objects.get(request=told, company=company)


def test_a_sourcing_request_waits_for_an_officer_and_no_exporter_hears_of_it(request_, people):
    assert (request_.state, Match.objects.count(), Inquiry.objects.count()) == ("waiting", 0, 0)
    assert Case.objects.get(kind="request").title == "Coffee for spring"
    assert not OutboxMail.objects.filter(recipient=people.owner.email).exists()


def test_a_guests_waits_for_the_link_first(coffees):
    buyer = BuyerWords(email="jana@kontor.example", name="Jana")
    request = ask_quotation(reader=NOBODY, company_id=None, words=WORDS, buyer=buyer, key="k").request
    assert not Case.objects.filter(kind="request").exists()
    assert confirm_request(request_id=request.pk).state == "waiting"
    assert Case.objects.filter(kind="request").count() == 1


def test_an_approved_request_goes_to_matched_exporters_when_undo_is_over(request_, decide, people, run_jobs_of):
    decide(request_)
    assert list(Match.objects.values_list("rank", "state", "told_at")) == [(1, "invited", None), (2, "invited", None)]
    assert not OutboxMail.objects.filter(subject__startswith="A buyer looks").exists()
    run_jobs_of("inquiries.tell_matched")
    told = OutboxMail.objects.filter(subject="A buyer looks for what you offer: Coffee for spring")
    assert sorted(told.values_list("recipient", flat=True)) == sorted(
        [people.owner.email, people.editor.email, people.stranger.email]
    )
    assert Match.objects.told().count() == 2


def test_an_officer_asks_fewer(request_, decide):
    decide(request_, most=1)
    assert Match.objects.count() == 1


def test_two_officers_decide_once(request_, decide, people):
    decide(request_)
    with pytest.raises(CaseAlreadyDecided):
        decide(request_, "reject", officer=people.second_officer, note="No.")
    request_.refresh_from_db()
    assert (request_.state, Match.objects.count()) == ("open", 2)


def test_a_rejection_needs_words_and_its_buyer_gets_them(request_, decide, people):
    with pytest.raises(ReasonMissing):
        decide(request_, "reject")
    decide(request_, "reject", note="We cannot tell which quality you mean.")
    request_.refresh_from_db()
    assert (request_.state, Match.objects.count()) == ("rejected", 0)
    assert (
        "which quality you mean"
        in OutboxMail.objects.get(recipient=people.buyer.email, subject__startswith="Your request was not").text
    )


def test_changes_are_not_an_outcome(request_, decide):
    with pytest.raises(OnlySentOrRejected):
        decide(request_, "changes", note="x")
    request_.refresh_from_db()
    assert request_.state == "waiting"


def test_nobody_fits_and_nothing_is_decided(request_, decide):
    Company.objects.update(state="suspended")
    with pytest.raises(NobodyFits):
        decide(request_)
    assert Case.objects.get(kind="request").state == "open"
    assert not OutboxMail.objects.filter(subject__startswith="Your request").exists()


def test_an_undone_decision_forgets_whom_it_chose(request_, decide, people, run_jobs_of):
    decision = decide(request_)
    undo_request_decision(decision=decision, officer=people.officer)
    run_jobs_of("inquiries.tell_matched")
    request_.refresh_from_db()
    assert (request_.state, request_.closes_on, Match.objects.count()) == ("waiting", None, 0)
    assert not OutboxMail.objects.filter(subject__startswith="A buyer looks").exists()
    decide(request_)
    assert Match.objects.count() == 2


def test_the_buyer_does_not_decide_their_own(request_, decide, people):
    people.buyer.is_staff = True
    people.buyer.save()
    with pytest.raises(OwnCompany):
        decide(request_, officer=people.buyer)


def test_a_request_that_its_buyer_closed_is_not_decided(request_, decide, people):
    close_request(reader=Reader(people.buyer), request_id=request_.pk)
    with pytest.raises(CaseWithdrawn):
        decide(request_)
    assert not Match.objects.exists()


def test_a_request_closed_before_undo_is_over_is_told_to_nobody(request_, decide, people, run_jobs_of):
    decide(request_)
    close_request(reader=Reader(people.buyer), request_id=request_.pk)
    run_jobs_of("inquiries.tell_matched")
    assert not Match.objects.told().exists()


def test_a_need_that_has_passed_cannot_be_approved(request_, decide):
    Request.objects.update(needed_by=timezone.localdate())
    with pytest.raises(RequestOver):
        decide(request_)
    assert not Match.objects.exists()


def test_exporters_see_nothing_before_undo_is_over(request_, decide, people):
    decide(request_)
    member, match = Member.objects.get(user=people.owner), Match.objects.first()
    assert (count_invitations(member=member), list(list_invitations(member=member))) == (0, [])
    with pytest.raises(NotFound):
        get_invitation(member=member, match_id=match.pk)


def test_answering_opens_one_thread_for_two_colleagues(match, owner, people, company):
    first = answer_request(member=owner, match_id=match.pk)
    second = answer_request(member=Member.objects.get(user=people.editor), match_id=match.pk)
    match.refresh_from_db()
    assert first.pk == second.pk == match.inquiry_id
    assert (first.origin, first.state, first.answer_due_at, match.state) == ("request", "new", None, "answering")
    assert first.messages.get().text == "Request for quotation: Coffee for spring\n1. 600 kg: Green coffee"


def test_an_answer_to_a_request_is_no_reply_record(match, owner, people):
    thread = answer_request(member=owner, match_id=match.pk)
    send_message(reader=Reader(people.owner), inquiry_id=thread.pk, text="We can.", key="k")
    assert ReplyRecord.objects.get().answers == 0
    assert OutboxMail.objects.filter(recipient=people.buyer.email, text__contains="We can.").count() == 1


def test_viewers_read_and_do_not_answer(match, people):
    viewer = Member.objects.get(user=people.viewer)
    assert get_invitation(member=viewer, match_id=match.pk) == match
    with pytest.raises(NotAllowed):
        answer_request(member=viewer, match_id=match.pk)
    with pytest.raises(NotAllowed):
        decline_request(member=viewer, match_id=match.pk)


def test_another_exporters_invitation_does_not_exist(match, people):
    stranger = Member.objects.get(user=people.stranger)
    for act in (answer_request, decline_request):
        with pytest.raises(NotFound):
            act(member=stranger, match_id=match.pk)
    match.refresh_from_db()
    assert match.state == "invited"


def test_declining_costs_nothing_and_can_be_changed(match, owner):
    decline_request(member=owner, match_id=match.pk)
    decline_request(member=owner, match_id=match.pk)
    assert (count_invitations(member=owner), ReplyRecord.objects.count()) == (0, 0)
    answer_request(member=owner, match_id=match.pk)
    with pytest.raises(MatchAnswered):
        decline_request(member=owner, match_id=match.pk)


def test_a_suspended_exporter_does_not_answer(match, owner, company):
    Company.objects.filter(pk=company.pk).update(state="suspended")
    with pytest.raises(CompanySuspendedNow):
        answer_request(member=Member.objects.select_related("company").get(pk=owner.pk), match_id=match.pk)
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize("end", ["closed", "day"])
def test_nobody_answers_when_it_is_over(match, owner, people, end):
    if end == "closed":
        close_request(reader=Reader(people.buyer), request_id=match.request_id)
    else:
        Request.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(RequestOver):
        answer_request(member=owner, match_id=match.pk)
    assert (Inquiry.objects.count(), count_invitations(member=owner)) == (0, 0)


def test_the_buyer_sees_who_was_asked_and_why(match, owner, told, people):
    answer_request(member=owner, match_id=match.pk)
    page = get_request_page(request=told)
    assert [(one.name, one.state) for one in page.asked] == [
        ("Adanu Growers Union", "Answers"),
        ("Keta Growers Union", "Asked"),
    ]
    assert page.asked[0].thread_url == f"/inquiries/{Inquiry.objects.get().pk}/"
    assert "Line 1: the same HS code, 0901.11" in [reason.text for reason in page.asked[0].reasons]


def test_a_buyer_sends_five_sourcing_requests_a_day(coffees, people):
    buyer = BuyerWords(email="", name="Lena")
    for _turn in range(5):
        ask_quotation(reader=Reader(people.buyer), company_id=None, words=WORDS, buyer=buyer, key=str(uuid4()))
    with pytest.raises(TooOften):
        ask_quotation(reader=Reader(people.buyer), company_id=None, words=WORDS, buyer=buyer, key=str(uuid4()))
    assert Request.objects.count() == 5


def test_officers_read_a_sent_request_and_no_thread_of_it(match, owner, people):
    thread = answer_request(member=owner, match_id=match.pk)
    officer = Reader(people.officer)
    assert Request.objects.visible_to(officer).count() == 1
    assert not Inquiry.objects.visible_to(officer).filter(pk=thread.pk).exists()


def test_only_those_who_were_asked_read_it(told, people):
    readers = [people.owner, people.viewer, people.stranger, people.buyer]
    assert all(Request.objects.visible_to(Reader(person)).exists() for person in readers)
    assert not Request.objects.visible_to(Reader(people.other_buyer)).exists()
    assert not Request.objects.visible_to(Reader(AnonymousUser())).exists()


def test_its_end_is_planned_anew_after_an_undone_decision(request_, decide, people):
    decision = decide(request_)
    undo_request_decision(decision=decision, officer=people.officer)
    assert not Job.objects.filter(name="inquiries.expire_request", state="waiting").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("planted_rows")
def test_two_officers_in_the_same_second_decide_once(request_, decide, people):
    results = run_together(
        lambda: decide(request_), lambda: decide(request_, "reject", officer=people.second_officer, note="No.")
    )
    assert sorted(results, key=str) == [CaseAlreadyDecided, None]
    request_.refresh_from_db()
    assert (request_.state, Match.objects.count()) == (("open", 2), ("rejected", 0))[results.index(None)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("planted_rows")
def test_two_colleagues_in_the_same_second_open_one_thread(match, people):
    members = [Member.objects.select_related("company").get(user=person) for person in (people.owner, people.editor)]
    results = run_together(*[lambda m=m: answer_request(member=m, match_id=match.pk) for m in members])
    assert results == [None, None]
    assert Inquiry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("planted_rows")
def test_answering_and_closing_in_the_same_second_leave_one_truth(match, owner, people):
    results = run_together(
        lambda: answer_request(member=owner, match_id=match.pk),
        lambda: close_request(reader=Reader(people.buyer), request_id=match.request_id),
    )
    assert results in ([None, None], [RequestOver, None])
    match.refresh_from_db()
    assert Request.objects.get().state == "closed"
    assert Inquiry.objects.count() == (match.state == "answering") == (results[0] is None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("planted_rows")
def test_a_link_pressed_twice_in_the_same_second_sends_once(coffees):
    buyer = BuyerWords(email="jana@kontor.example", name="Jana")
    request = ask_quotation(reader=NOBODY, company_id=None, words=WORDS, buyer=buyer, key="k").request
    assert run_together(*[lambda: confirm_request(request_id=request.pk)] * 2) == [None, None]
    assert Case.objects.filter(kind="request").count() == 1

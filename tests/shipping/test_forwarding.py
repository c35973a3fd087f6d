"""Asking forwarders by mail: who may, what the mail says, reminders and the end."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from core.errors import NotAllowed
from core.limits import TooOften
from core.mail import suppress_address
from core.models import AuditEntry, Job, OutboxMail
from notifications.models import Notice, SilencedAddress
from shipping.exceptions import (
    AddressUnconfirmed,
    DestinationNotServed,
    ForwarderNotAskable,
    ForwarderUnreachable,
    LookupGone,
    NobodyAsked,
    ShipDayOver,
)
from shipping.models import BarredDestination, ForwarderRequest, Lookup
from shipping.selectors.forwarding import describe_forwarding
from shipping.services.forwarding import EXPIRE_JOB, REMIND_JOB, answer_with_refusal, ask_forwarders
from tests.listings.factories import make_company, make_member, make_officer
from tests.shipping.forwarding import ask, link_in, make_buyer, make_forwarder, pass_days, run_due, token_of
from tests.shipping.lookups import CARTONS, DRUMS, make_lookup, write_request

pytestmark = pytest.mark.django_db


def test_a_buyer_asks_two_forwarders_and_each_gets_one_mail():
    buyer, lookup = make_buyer(), make_lookup()
    requests = ask(buyer, lookup, make_forwarder(), make_forwarder("Tema Lines"))
    assert [(one.state, one.asked_by) for one in requests] == [("asked", buyer)] * 2
    assert sorted(OutboxMail.objects.values_list("recipient", flat=True)) == [
        "tema.lines@forwarder.example",
        "volta.freight@forwarder.example",
    ]
    assert requests[0].expires_at - requests[0].asked_at == timedelta(days=7)
    assert AuditEntry.objects.filter(action="shipping.forwarder_asked").count() == 2


def test_the_mail_says_what_is_to_be_carried_in_text_and_in_html():
    lookup = make_lookup(request=write_request(packages=[CARTONS, DRUMS], is_dangerous=True, un_number="1169"))
    ask(make_officer(), lookup, make_forwarder())
    mail = OutboxMail.objects.get()
    assert mail.subject == "Freight to price: Ho, Ghana to Hamburg, Germany"
    for line in (
        "Goods: Washed Arabica", "HS code: 090111", "Packages: 20 × Carton, 12.5 kg each, 40 cm × 30 cm × 30 cm",
        "Packages: 2 × Drum, 210 kg each, 60 cm across, 90 cm", "Gross weight in all: 670 kg", "Volume in all: 1.37 m³",
        "From: Ho, Volta, GHTEM, Ghana", "To: 20457, Hamburg, Germany", "Dangerous goods: Yes, UN number 1169",
    ):  # fmt: skip
        assert line in mail.text
        assert line.partition(": ")[2] in mail.html
    assert link_in(mail) in mail.html


def test_the_mail_says_nothing_of_who_buys():
    buyer, company = make_buyer(), make_company(legal_name="Adanu Secret Growers")
    ask(buyer, make_lookup(company=company), make_forwarder())
    mail = OutboxMail.objects.get()
    whole = mail.subject + mail.text + mail.html + str(mail.headers) + mail.reply_to
    hidden = ("Lena", "Brandt", "hanse", "Adanu", "Hafenlager", "3360")
    assert [word for word in hidden if word in whole] == []


def test_the_mail_is_in_the_forwarders_language():
    ask(make_officer(), make_lookup(), make_forwarder(language="ar"))
    mail = OutboxMail.objects.get()
    assert link_in(mail).startswith("/ar/freight/")
    assert 'dir="rtl"' in mail.html


def test_nobody_is_asked_a_second_time():
    officer, lookup, forwarder = make_officer(), make_lookup(), make_forwarder()
    ask(officer, lookup, forwarder)
    assert ask(officer, lookup, forwarder) == []
    assert (ForwarderRequest.objects.count(), OutboxMail.objects.count()) == (1, 1)


@pytest.mark.parametrize("role", ["owner", "editor"])
def test_members_who_write_ask_for_their_own_goods_without_a_limit(role):
    member = make_member(role=role)
    lookups = [make_lookup(company=member.company, audience="company") for _ in range(4)]
    forwarder = make_forwarder(company=member.company)
    assert sum(len(ask(member.user, lookup, forwarder)) for lookup in lookups) == 4


def test_a_viewer_may_not_ask():
    member = make_member(role="viewer")
    with pytest.raises(NotAllowed, match="Your role does not allow this"):
        ask(member.user, make_lookup(company=member.company), make_forwarder())
    assert not ForwarderRequest.objects.exists()


def test_strangers_do_not_learn_of_an_exporters_own_lookup():
    lookup, forwarder = make_lookup(audience="company"), make_forwarder()
    for stranger in (make_buyer(), make_member().user, AnonymousUser()):
        with pytest.raises(LookupGone):
            ask(stranger, lookup, forwarder)
    assert not ForwarderRequest.objects.exists()


def test_whoever_has_not_signed_in_may_not_ask():
    with pytest.raises(NotAllowed):
        ask(AnonymousUser(), make_lookup(), make_forwarder())
    assert not OutboxMail.objects.exists()


def test_a_buyer_confirms_the_address_first():
    with pytest.raises(AddressUnconfirmed, match="Confirm your mail address first"):
        ask(make_buyer(confirmed=False), make_lookup(), make_forwarder())
    assert not ForwarderRequest.objects.exists()


def test_a_buyer_asks_about_three_lookups_a_day():
    buyer, forwarder, second = make_buyer(), make_forwarder(), make_forwarder("Tema Lines")
    lookups = [make_lookup() for _ in range(4)]
    assert [len(ask(buyer, lookup, forwarder)) for lookup in lookups[:3]] == [1, 1, 1]
    assert len(ask(buyer, lookups[0], second)) == 1
    with pytest.raises(TooOften, match="too often"):
        ask(buyer, lookups[3], forwarder)
    assert not lookups[3].forwarder_requests.exists()


def test_somebody_must_be_chosen():
    with pytest.raises(NobodyAsked, match="at least one forwarder"):
        ask(make_officer(), make_lookup())


@pytest.mark.parametrize("fields", [{"is_active": False}, {"countries": ["FR"]}, {"company": "other"}])
def test_only_who_may_be_asked_is_asked(fields):
    if fields.get("company"):
        fields = {"company": make_company()}
    good, wrong = make_forwarder(), make_forwarder("Wrong Lines", **fields)
    with pytest.raises(ForwarderNotAskable, match="Nobody was asked"):
        ask(make_officer(), make_lookup(), good, wrong)
    assert not ForwarderRequest.objects.exists()


def test_a_made_up_forwarder_cannot_be_asked():
    with pytest.raises(ForwarderNotAskable):
        ask_forwarders(user=make_officer(), lookup_id=make_lookup().pk, forwarder_ids=[987654])


def test_a_bounced_address_is_named_and_nobody_is_asked():
    suppress_address(address="volta.freight@forwarder.example", reason="bounce")
    with pytest.raises(ForwarderUnreachable, match="Volta Freight gets no mails"):
        ask(make_officer(), make_lookup(), make_forwarder(), make_forwarder("Tema Lines"))
    assert (ForwarderRequest.objects.count(), OutboxMail.objects.count()) == (0, 0)


def test_a_forwarder_who_stopped_our_mails_is_left_alone():
    forwarder = make_forwarder()
    SilencedAddress.objects.create(address=forwarder.email, kind="forwarder_asked")
    with pytest.raises(ForwarderUnreachable):
        ask(make_officer(), make_lookup(), forwarder)
    assert [one.takes_mails for one in describe_forwarding(lookup=make_lookup(), user=make_officer()).choices] == [
        False
    ]


def test_goods_that_were_to_leave_yesterday_are_not_asked_about():
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    with pytest.raises(ShipDayOver, match="Look up the freight again"):
        ask(make_officer(), make_lookup(request=write_request(ship_on=yesterday)), make_forwarder())
    assert not ForwarderRequest.objects.exists()


def test_a_destination_that_was_barred_meanwhile_is_not_asked_about():
    lookup, today = make_lookup(), timezone.localdate()
    BarredDestination.objects.create(
        country="DE",
        kind="embargoed",
        valid_from=today,
        reason="Sanctions",
        source="Gazette 7",
        entered_by=make_officer(),
    )
    with pytest.raises(DestinationNotServed):
        ask(make_officer(), lookup, make_forwarder())
    assert (ForwarderRequest.objects.count(), OutboxMail.objects.count()) == (0, 0)


def test_reminders_come_after_two_and_after_five_days_once_each():
    (request,) = ask(make_officer(), make_lookup(), make_forwarder())
    due = Job.objects.filter(name=REMIND_JOB).order_by("due_at").values_list("due_at", flat=True)
    assert [(at - request.asked_at).days for at in due] == [2, 5]
    run_due(REMIND_JOB)
    Job.objects.filter(name=REMIND_JOB).update(state="waiting", attempts=0)
    run_due(REMIND_JOB)
    request.refresh_from_db()
    subjects = list(OutboxMail.objects.order_by("pk").values_list("subject", flat=True))
    assert (request.reminders, len(subjects)) == (2, 3)
    assert subjects[1] == "Still open, freight to price: Ho, Ghana to Hamburg, Germany"


def test_a_reminder_leads_to_the_same_form():
    (request,) = ask(make_officer(), make_lookup(), make_forwarder())
    first = token_of(request)
    run_due(REMIND_JOB)
    assert token_of(request) == first


def test_who_is_switched_off_is_not_reminded():
    forwarder = make_forwarder()
    ask(make_officer(), make_lookup(), forwarder)
    forwarder.is_active = False
    forwarder.save()
    run_due(REMIND_JOB)
    assert OutboxMail.objects.count() == 1


def test_a_reminder_to_an_address_that_bounced_meanwhile_is_withheld():
    (request,) = ask(make_officer(), make_lookup(), make_forwarder())
    suppress_address(address=request.forwarder.email, reason="bounce")
    run_due(REMIND_JOB)
    assert [mail.withheld_at is None for mail in OutboxMail.objects.order_by("pk")] == [True, False, False]


def test_an_answer_takes_back_the_reminders_and_the_end():
    (request,) = ask(make_officer(), make_lookup(), make_forwarder())
    answer_with_refusal(token=token_of(request), reason="We do not go to Hamburg.")
    waiting = Job.objects.filter(name__in=[REMIND_JOB, EXPIRE_JOB], state="waiting")
    assert not waiting.exists()


def test_after_seven_days_the_request_ends_once_and_who_asked_is_told():
    buyer = make_buyer()
    (request,) = ask(buyer, make_lookup(), make_forwarder())
    run_due(EXPIRE_JOB)
    request.refresh_from_db()
    assert request.state == "asked"
    pass_days(request, 7)
    Job.objects.filter(name=EXPIRE_JOB).update(state="waiting", attempts=0)
    run_due(EXPIRE_JOB)
    Job.objects.filter(name=EXPIRE_JOB).update(state="waiting", attempts=0)
    run_due(EXPIRE_JOB)
    request.refresh_from_db()
    assert (request.state, request.answered_at) == ("expired", None)
    assert [one.title for one in Notice.objects.filter(person=buyer)] == [
        "Volta Freight has not answered: Ho, Ghana to Hamburg, Germany"
    ]


def test_a_reminder_after_the_end_is_not_sent():
    (request,) = ask(make_officer(), make_lookup(), make_forwarder())
    pass_days(request, 7)
    run_due(REMIND_JOB)
    assert OutboxMail.objects.count() == 1


def test_the_lookup_page_says_who_was_asked_and_who_can_be(django_assert_max_num_queries):
    buyer, lookup, forwarder = make_buyer(), make_lookup(), make_forwarder()
    own = make_forwarder("Own Lines", company=lookup.company)
    make_forwarder("Foreign Lines", company=make_company())
    make_forwarder("Paris Lines", countries=["FR"])
    ask(buyer, lookup, forwarder)
    lookup = Lookup.objects.get(pk=lookup.pk)
    with django_assert_max_num_queries(7):
        told = describe_forwarding(lookup=lookup, user=buyer)
    assert [(one.name, one.state) for one in told.sent] == [("Volta Freight", "asked")]
    assert [(one.pk, one.takes_mails) for one in told.choices] == [(own.pk, True)]
    assert told.may_ask


def test_strangers_see_a_hint_to_sign_in_and_no_words_of_forwarders():
    lookup = make_lookup()
    (request,) = ask(make_officer(), lookup, make_forwarder())
    answer_with_refusal(token=token_of(request), reason="We do not go to Hamburg.")
    told = describe_forwarding(lookup=lookup, user=AnonymousUser())
    assert (told.needs_sign_in, told.may_ask, list(told.choices)) == (True, False, [])
    assert [(one.state, one.note) for one in told.sent] == [("declined", "")]
    officers = describe_forwarding(lookup=lookup, user=make_officer())
    assert [one.note for one in officers.sent] == ["We do not go to Hamburg."]


def test_a_buyer_without_a_confirmed_address_is_told_to_confirm_it():
    told = describe_forwarding(lookup=make_lookup(), user=make_buyer(confirmed=False))
    assert (told.needs_address, told.may_ask) == (True, False)

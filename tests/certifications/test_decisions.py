"""What officers decide about certificates, and what follows."""

from datetime import timedelta

import pytest

from certifications.choices import CheckResult
from certifications.exceptions import (
    AlreadyEnded,
    CheckWithoutEvidence,
    EndedWhileWaiting,
    EvidenceMissing,
    MovedOn,
    NothingToCheck,
    NotWaiting,
    SecondOfficerNeeded,
    SentTwice,
    TiedOfficer,
)
from certifications.models import Certificate, Check
from certifications.services.appeals import appeal_certificate_decision, appeal_revocation
from certifications.services.decisions import open_recheck, undo_certificate_decision, undo_recheck
from certifications.services.submission import withdraw_certificate
from core.errors import NotAllowed
from core.models import OutboxMail
from moderation.exceptions import OwnCompany
from moderation.models import Case
from storefronts.models import Member
from tests.certifications.deciding import check, decide, in_days, officers, recheck, submit, verify
from tests.certifications.seller_input import make_certificate, make_scheme
from tests.listings.factories import make_member, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make_member()


@pytest.fixture
def sent(member):
    certificate = make_certificate(member)
    submit(member, certificate)
    return Certificate.objects.get(pk=certificate.pk)


def reload(certificate):
    return Certificate.objects.get(pk=certificate.pk)


def test_sent_twice_is_one_case(member, sent):
    submit(member, sent)
    assert Case.objects.filter(kind="certificate").count() == 1


def test_the_same_number_and_term_cannot_be_sent_again(member, sent):
    again = make_certificate(member, scheme=sent.scheme, number=sent.number, number_key=sent.number_key)
    with pytest.raises(SentTwice):
        submit(member, again)
    assert reload(again).state == "draft"


def test_an_approval_says_who_when_and_how(sent):
    officer = make_officer()
    decide(sent, officer=officer, evidence_level=1)
    found = reload(sent)
    assert (found.state, found.evidence_level, found.verified_by) == ("verified", 1, officer)
    assert found.verified_at is not None


def test_a_level_needs_a_check_of_this_version(sent):
    with pytest.raises(EvidenceMissing):
        decide(sent, evidence_level=2)
    assert reload(sent).state == "submitted"
    check(sent)
    decide(sent, evidence_level=2)
    assert reload(sent).evidence_level == 2


def test_a_check_leaves_evidence_unless_nobody_answered(sent):
    with pytest.raises(CheckWithoutEvidence):
        check(sent, text=" ")
    assert check(sent, text="", result=CheckResult.UNREACHABLE).text == ""
    assert Check.objects.count() == 1


def test_a_check_changes_the_tick(sent):
    assert {tick["name"]: tick["result"] for tick in sent.fit}["register"] == "unknown"
    check(sent)
    assert {tick["name"]: tick["result"] for tick in reload(sent).fit}["register"] == "pass"


def test_a_tied_officer_neither_checks_nor_decides(member, sent):
    tied = make_officer()
    Member.objects.create(company=member.company, user=tied, role="owner")
    with pytest.raises(TiedOfficer):
        check(sent, officer=tied)
    with pytest.raises(OwnCompany):
        decide(sent, officer=tied, evidence_level=1)
    assert (Check.objects.count(), reload(sent).state) == (0, "submitted")


def test_nobody_but_officers_checks(member, sent):
    with pytest.raises(NotAllowed):
        check(sent, officer=member.user)


def test_a_draft_is_not_checked(member):
    with pytest.raises(NothingToCheck):
        check(make_certificate(member))


def test_changes_give_it_back_with_a_note(sent):
    decide(sent, outcome="changes", note="Send the annex.")
    found = reload(sent)
    assert (found.state, found.note) == ("draft", "Send the annex.")
    assert "Changes asked for" in OutboxMail.objects.latest("pk").subject


def test_a_withdrawn_one_is_not_decided(member, sent):
    case = Case.objects.get(kind="certificate")
    withdraw_certificate(member=member, public_id=sent.public_id)
    sent.state = "draft"
    with pytest.raises(NotWaiting):
        decide(sent, evidence_level=1)
    case.refresh_from_db()
    assert case.state == "withdrawn"


def test_what_ended_while_it_waited_is_not_verified(sent):
    Certificate.objects.filter(pk=sent.pk).update(valid_until=in_days(-1))
    with pytest.raises(EndedWhileWaiting):
        decide(sent, evidence_level=1)
    assert reload(sent).state == "submitted"


def test_an_undone_approval_waits_again(sent):
    officer = make_officer()
    decision = decide(sent, officer=officer, evidence_level=1)
    undo_certificate_decision(decision=decision, officer=officer)
    found = reload(sent)
    assert (found.state, found.evidence_level, found.verified_by, found.verified_at) == ("submitted", 0, None, None)
    assert Case.objects.get(kind="certificate").state == "open"


def test_what_moved_on_is_not_undone(member, sent):
    officer = make_officer()
    decision = decide(sent, officer=officer, evidence_level=1)
    withdraw_certificate(member=member, public_id=sent.public_id)
    with pytest.raises(MovedOn):
        undo_certificate_decision(decision=decision, officer=officer)
    assert reload(sent).state == "withdrawn"


def test_two_officers_check_where_the_agency_asks_for_it(member):
    first, second, _third = officers(3)
    certificate = make_certificate(member, scheme=make_scheme(needs_two_officers=True))
    submit(member, certificate)
    decide(certificate, officer=first, evidence_level=1)
    assert (reload(certificate).state, reload(certificate).first_officer) == ("submitted", first)
    assert OutboxMail.objects.count() == 0
    with pytest.raises(SecondOfficerNeeded):
        decide(certificate, officer=first, evidence_level=1)
    decide(certificate, officer=second, evidence_level=1)
    assert (reload(certificate).state, reload(certificate).verified_by) == ("verified", second)


def test_a_first_approval_can_be_taken_back(member):
    first, *_others = officers(3)
    certificate = make_certificate(member, scheme=make_scheme(needs_two_officers=True))
    submit(member, certificate)
    decision = decide(certificate, officer=first, evidence_level=1)
    undo_certificate_decision(decision=decision, officer=first)
    assert reload(certificate).first_officer is None
    assert list(Case.objects.filter(kind="certificate").order_by("pk").values_list("state", flat=True)) == [
        "open",
        "withdrawn",
    ]


def test_two_officers_are_enough_when_there_are_no_more(member):
    first, *_others = officers(2)
    certificate = make_certificate(member, scheme=make_scheme(needs_two_officers=True))
    submit(member, certificate)
    decide(certificate, officer=first, evidence_level=1)
    assert reload(certificate).state == "verified"


def test_a_refusal_is_appealed_before_another_officer(member, sent):
    officer = make_officer()
    decision = decide(sent, outcome="reject", officer=officer)
    appeal_certificate_decision(decision=decision, person=member.user, text="Look at page 2.")
    assert reload(sent).state == "submitted"
    decide(sent, officer=make_officer(), evidence_level=1)
    assert reload(sent).state == "verified"


def test_a_doubt_is_decided_with_reasons_and_undone(member):
    certificate = verify(member, make_certificate(member))
    officer = make_officer()
    open_recheck(officer=officer, certificate_id=certificate.pk)
    decision = recheck(certificate, outcome="reject", officer=officer)
    found = reload(certificate)
    assert (found.state, found.evidence_level, found.revoked_because) == (
        "revoked",
        2,
        "The issuer has withdrawn or suspended it",
    )
    undo_recheck(decision=decision, officer=officer)
    assert (reload(certificate).state, reload(certificate).revoked_at) == ("verified", None)


def test_a_revocation_is_appealed_and_overturned(member):
    certificate = verify(member, make_certificate(member))
    open_recheck(officer=make_officer(), certificate_id=certificate.pk)
    decision = recheck(certificate, outcome="reject")
    appeal_revocation(decision=decision, person=member.user, text="The issuer was wrong.")
    assert reload(certificate).state == "revoked"
    recheck(certificate, outcome="approve")
    assert reload(certificate).state == "verified"


def test_a_holder_that_officers_accepted_is_a_name_of_the_company(member):
    other_script = "شركة العسل الذهبي"
    first = make_certificate(member, holder=other_script)
    submit(member, first)
    assert {tick["name"]: tick["result"] for tick in reload(first).fit}["holder"] == "unknown"
    decide(first, evidence_level=1)
    second = make_certificate(member, holder=other_script)
    submit(member, second)
    assert {tick["name"]: tick["result"] for tick in reload(second).fit}["holder"] == "pass"


def test_that_all_is_well_is_told_to_nobody(member):
    certificate = verify(member, make_certificate(member))
    mails = OutboxMail.objects.count()
    open_recheck(officer=make_officer(), certificate_id=certificate.pk)
    recheck(certificate, outcome="approve")
    assert OutboxMail.objects.count() == mails


def test_a_number_of_another_company_is_a_doubt_for_officers_only(member, sent):
    other = make_member()
    twin = make_certificate(other, scheme=sent.scheme, number=sent.number, number_key=sent.number_key)
    submit(other, twin)
    tick = next(tick for tick in reload(twin).fit if tick["name"] == "number_reuse")
    assert (tick["result"], tick["officer_only"]) == ("fail", True)
    assert tick["values"]["companies"] == member.company.legal_name


def test_a_certificate_that_ends_before_it_is_sent_is_refused(member):
    certificate = make_certificate(member, valid_until=in_days(-1), valid_from=in_days(-1) - timedelta(days=300))
    with pytest.raises(AlreadyEnded):
        submit(member, certificate)
    assert reload(certificate).state == "draft"

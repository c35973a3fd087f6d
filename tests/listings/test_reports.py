"""Anybody reports a product; officers find nothing, ask for a change, or take it off the market; nobody learns who told."""

import pytest

from core.jobs import run_due_jobs
from core.models import AuditEntry, Job, OutboxMail
from listings.services.availability import pause_listing, reinstate_listing
from moderation.exceptions import AlreadyOut, AppealWaits, FirstOfficer, OwnCompany
from moderation.models import Case, Report
from moderation.registry import get_kind
from moderation.rules import Ruling
from moderation.services import claim_case, decide_report, file_report, take_off_market, undo_report_decision
from storefronts.choices import Role
from tests.listings.factories import make_live_listing, make_member, make_officer, make_user
from tests.moderation.test_races import run_together

pytestmark = pytest.mark.django_db
NOTHING, CHANGES, OUT = Ruling("approve"), Ruling("changes", note="Show the mark."), Ruling("reject", note="Forged.")
TYPED = {"reason": "copied", "text": "The picture is ours.", "email": "lena@buyer.example"}


@pytest.fixture
def listing(member):
    return make_live_listing(company=member.company)


@pytest.fixture
def page_of(listing):
    return f"/report/product/{listing.pk}/"


def report(listing, *, text="The picture is ours.", email="lena@buyer.example", reporter=None, language="en"):
    return file_report(
        kind="product",
        subject_id=listing.pk,
        reason="copied",
        text=text,
        email=email,
        language=language,
        address="198.51.100.7",
        reporter=reporter,
    )


def test_anybody_reports_a_product_without_an_account(client, listing, page_of):
    assert f'href="{page_of}"' in client.get(listing.get_absolute_url()).content.decode()
    assert client.get(page_of).status_code == 200
    answer = client.post(page_of, TYPED, follow=True)
    assert answer.redirect_chain == [(listing.get_absolute_url(), 302)]
    assert "Thank you. An officer looks at it" in answer.content.decode()
    found = Report.objects.get()
    assert (found.case.kind, found.case.title, found.email) == ("report", listing.live_revision.title, TYPED["email"])
    assert AuditEntry.objects.get(action="moderation.reported").actor_id is None


def test_a_double_click_makes_one_report(client, page_of):
    client.post(page_of, TYPED)
    assert client.post(page_of, TYPED).status_code == 302
    assert (Report.objects.count(), Case.objects.count()) == (1, 1)


def test_reports_of_one_thing_join_the_case_that_waits(listing):
    first, second = report(listing), report(listing, text="Not theirs.", email="")
    assert (first, Report.objects.filter(case=first).count()) == (second, 2)


def test_after_a_decision_a_report_opens_a_new_case(listing, officer):
    first = report(listing)
    decide_report(case=first, officer=officer, ruling=NOTHING)
    assert report(listing) != first


@pytest.mark.parametrize("address", ["/report/product/{pk}/", "/report/boat/1/", "/report/product/999999/"])
def test_what_is_not_public_cannot_be_reported(client, member, listing, address):
    pause_listing(member=member, listing_id=listing.pk)
    url = address.format(pk=listing.pk)
    assert (client.get(url).status_code, client.post(url, TYPED).status_code) == (404, 404)
    assert Report.objects.count() == 0


@pytest.mark.parametrize("typed", [{"reason": "boring"}, {"text": " "}, {"email": "nobody"}, {"text": "x" * 2001}])
def test_a_report_that_says_nothing_usable_is_sent_back(client, page_of, typed):
    answer = client.post(page_of, TYPED | typed)
    assert (answer.status_code, "<title>Error:" in answer.content.decode(), Report.objects.count()) == (422, True, 0)


def test_too_many_reports_from_one_address_are_refused_and_kept_on_the_page(client, page_of):
    for number in range(10):
        client.post(page_of, TYPED | {"text": f"No. {number}", "email": ""})
    answer = client.post(page_of, TYPED | {"text": "One more"})
    assert (answer.status_code, "One more" in answer.content.decode(), Report.objects.count()) == (429, True, 10)


def test_officers_read_all_reports_and_who_wrote_them(client, listing, officer):
    case = report(listing)
    report(listing, text="Stolen from us", email="", reporter=make_user("ben@buyer.example"))
    client.force_login(officer)
    html = client.get(f"/admin/moderation/case/{case.pk}/").content.decode()
    assert [
        text in html for text in ("The picture is ours.", "Stolen from us", "lena@buyer.example", "ben@buyer.example")
    ] == [True] * 4
    assert ("Nothing wrong" in html, "Take it off the market" in html) == (True, True)


def test_a_report_that_came_in_meanwhile_is_read_before_the_decision(client, listing, officer):
    case = report(listing)
    client.force_login(officer)
    page = f"/admin/moderation/case/{case.pk}/"
    assert 'name="seen" value="1"' in client.get(page).content.decode()
    report(listing, text="Forged.")
    late = client.post(page, {"outcome": "approve", "seen": "1"})
    assert (late.status_code, "Another report has come in" in late.content.decode()) == (409, True)
    assert client.post(page, {"outcome": "approve", "seen": "2"}).status_code == 302


def test_an_officer_with_a_tie_neither_reads_nor_decides(client, listing, officer, member):
    case = report(listing)
    make_member(company=member.company, user=officer, role=Role.VIEWER)
    client.force_login(officer)
    html = client.get(f"/admin/moderation/case/{case.pk}/").content.decode()
    assert ("lena@buyer.example" in html, "The picture is ours." in html) == (False, False)
    with pytest.raises(OwnCompany):
        decide_report(case=case, officer=officer, ruling=NOTHING)


def test_an_officer_does_not_decide_about_their_own_report(listing, officer):
    case = report(listing, reporter=officer)
    with pytest.raises(OwnCompany):
        claim_case(case_id=case.pk, officer=officer)


def test_a_dismissed_report_tells_the_reporter_and_not_the_company(listing, officer):
    decision = decide_report(case=report(listing), officer=officer, ruling=NOTHING)
    mail = OutboxMail.objects.get()
    assert (mail.recipient, decision.mails.get()) == ("lena@buyer.example", mail)
    assert "We found nothing that we must act on." in mail.text
    assert "account" not in mail.text


def test_a_change_is_asked_for_without_names(listing, officer, member):
    decide_report(case=report(listing), officer=officer, ruling=CHANGES)
    listing.refresh_from_db()
    mail = OutboxMail.objects.get(recipient=member.user.email)
    assert (listing.state, "Show the mark." in mail.text) == ("live", True)
    assert "lena" not in mail.text + mail.html
    assert "The picture is ours." not in mail.text + mail.html


def test_what_is_taken_out_is_suspended_audited_and_told_with_the_way_to_appeal(listing, officer, member):
    decision = decide_report(case=report(listing), officer=officer, ruling=OUT)
    listing.refresh_from_db()
    mail = OutboxMail.objects.get(recipient=member.user.email)
    assert (listing.state, f"/appeals/{decision.pk}/" in mail.text, "lena" in mail.text) == ("suspended", True, False)
    assert AuditEntry.objects.get(action="listings.suspend").values.values == {"reason": "Forged."}
    assert "We have taken it off the market." in OutboxMail.objects.get(recipient="lena@buyer.example").text


def test_an_undone_decision_puts_the_product_back_and_mails_nobody(listing, officer, mail_folder):
    decision = decide_report(case=report(listing), officer=officer, ruling=OUT)
    undo_report_decision(decision=decision, officer=officer)
    Job.objects.update(due_at=decision.decided_at)
    run_due_jobs()
    listing.refresh_from_db()
    assert (listing.state, Case.objects.get().state, mail_folder.exists()) == ("live", "open", False)


def test_the_company_appeals_and_another_officer_puts_it_back_paused(client, listing, officer, member):
    decision = decide_report(case=report(listing), officer=officer, ruling=OUT)
    client.force_login(member.user)
    review = f"/sell/{member.company.slug}/products/{listing.pk}/review/"
    assert f'href="/appeals/{decision.pk}/"' in client.get(review).content.decode()
    client.post(f"/appeals/{decision.pk}/", {"text": "Here is the proof."})
    case, kind = Case.objects.open().get(), get_kind("report")
    with pytest.raises(FirstOfficer):
        kind.decide(case=case, officer=officer, ruling=NOTHING)
    second = kind.decide(case=case, officer=make_officer(), ruling=NOTHING)
    listing.refresh_from_db()
    assert (listing.state, second.mails.get().recipient) == ("paused", member.user.email)
    assert "which is overturned" in second.mails.get().text


def test_an_upheld_appeal_leaves_it_off_the_market(client, listing, officer, member):
    decision = decide_report(case=report(listing), officer=officer, ruling=OUT)
    client.force_login(member.user)
    client.post(f"/appeals/{decision.pk}/", {"text": "Please."})
    second = decide_report(case=Case.objects.open().get(), officer=make_officer(), ruling=OUT)
    listing.refresh_from_db()
    assert (listing.state, second.kept) == ("suspended", {})


def test_a_request_for_a_change_restricts_nothing_and_is_not_appealed(client, listing, officer, member):
    decision = decide_report(case=report(listing), officer=officer, ruling=CHANGES)
    client.force_login(member.user)
    assert "This decision cannot be appealed" in client.get(f"/appeals/{decision.pk}/").content.decode()


def test_what_officers_take_out_unasked_is_mailed_too(listing, officer, member):
    take_off_market(kind="product", subject_id=listing.pk, officer=officer, reason="Banned by law.")
    mail = OutboxMail.objects.get(recipient=member.user.email)
    assert ("Banned by law." in mail.text, "Somebody told" in mail.text) == (True, False)


def test_a_reporter_is_answered_in_the_language_of_the_report(listing, officer):
    decide_report(case=report(listing, language="ar"), officer=officer, ruling=NOTHING)
    assert 'dir="rtl"' in OutboxMail.objects.get().html


def test_what_is_out_is_not_taken_out_again_and_its_appeal_not_decided_in_passing(client, listing, officer, member):
    decision = decide_report(case=report(listing), officer=officer, ruling=OUT)
    client.force_login(member.user)
    client.post(f"/appeals/{decision.pk}/", {"text": "Please."})
    second = make_officer()
    with pytest.raises(AlreadyOut):
        take_off_market(kind="product", subject_id=listing.pk, officer=second, reason="Again.")
    reinstate_listing(officer=second, listing_id=listing.pk, reason="It was an error.")
    with pytest.raises(AppealWaits):
        take_off_market(kind="product", subject_id=listing.pk, officer=second, reason="Again.")
    assert Case.objects.open().get().find_appeal().decision == decision


@pytest.mark.django_db(transaction=True)
def test_a_double_click_at_the_same_instant_makes_one_report(planted_rows, listing):
    assert run_together(*[lambda: report(listing)] * 2) == [None, None]
    assert (Report.objects.count(), Case.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_people_at_the_same_instant_join_one_case(planted_rows, listing):
    assert run_together(lambda: report(listing), lambda: report(listing, text="Forged.")) == [None, None]
    assert (Report.objects.count(), Case.objects.count()) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_a_report_during_a_decision_is_lost_in_neither_order(planted_rows, listing, officer):
    case = report(listing)
    acts = (
        lambda: decide_report(case=case, officer=officer, ruling=NOTHING),
        lambda: report(listing, text="Forged."),
    )
    assert run_together(*acts) == [None, None]
    late = Report.objects.get(text="Forged.")
    assert late.case == case or late.case.state == "open"

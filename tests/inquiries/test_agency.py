"""Officers read one thread while a party lets them in; the two sides know it, and each reading is written down."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.errors import NotAllowed, NotFound
from core.models import AuditEntry, OutboxMail
from inquiries.exceptions import AccessOver, AccessRunsAlready, BuyerBarred, NothingToDispute, OnlySettled
from inquiries.models import Deal, OfficerAccess
from inquiries.rules.messages import Reader
from inquiries.selectors.threads import list_entries
from inquiries.services.agency import ask_agency, read_as_officer, settle_help, undo_settled_help, write_as_officer
from inquiries.services.blocks import bar_buyer
from moderation.models import Case
from moderation.rules import Ruling
from storefronts.models import Member
from tests.inquiries.quoting import accept, quote

pytestmark = pytest.mark.django_db


@pytest.fixture
def access(thread, people):
    return ask_agency(
        reader=Reader(people.buyer), inquiry_id=thread.pk, cause="help", text="No answer to my last three mails."
    )


@pytest.fixture
def case(access):
    return Case.objects.get(kind="inquiry", subject_id=str(access.pk))


def test_an_officer_reads_nothing_without_being_asked(client, thread, people):
    client.force_login(people.officer)
    assert client.get(thread.get_absolute_url()).status_code == 404
    with pytest.raises(NotFound):
        read_as_officer(officer=people.officer, access_id=1)


def test_a_party_lets_officers_in_and_both_are_told(access, thread, people):
    assert access.until - access.opened_at == timedelta(days=14)
    for address in (people.owner.email, people.editor.email, people.buyer.email):
        assert OutboxMail.objects.filter(recipient=address, subject__startswith="The agency may read a thread").exists()
    assert "asked" in list_entries(inquiry=thread, side="exporter")[-1].text


def test_a_viewer_lets_nobody_in(thread, people):
    with pytest.raises(NotAllowed):
        ask_agency(reader=Reader(people.viewer), inquiry_id=thread.pk, cause="help", text="x")
    assert not OfficerAccess.objects.exists()


def test_only_one_request_runs_at_a_time(access, thread, people):
    with pytest.raises(AccessRunsAlready):
        ask_agency(reader=Reader(people.owner), inquiry_id=thread.pk, cause="report", text="Rude.")


def test_each_reading_is_in_the_audit(client, access, people):
    client.force_login(people.officer)
    page = client.get(f"/admin/inquiries/{access.pk}/").content.decode()
    assert "Do you ship 600 kg to Hamburg?" in page
    assert AuditEntry.objects.filter(action="inquiries.read_by_officer", actor_id=people.officer.pk).count() == 1


def test_an_officer_with_a_tie_reads_nothing(client, access, company, people):
    Member.objects.create(company=company, user=people.officer, role="viewer")
    client.force_login(people.officer)
    assert client.get(f"/admin/inquiries/{access.pk}/").status_code == 404


def test_after_fourteen_days_nobody_reads_any_more(access, case, people, run_jobs_of):
    OfficerAccess.objects.update(
        opened_at=timezone.now() - timedelta(days=15), until=timezone.now() - timedelta(days=1)
    )
    with pytest.raises(AccessOver):
        read_as_officer(officer=people.officer, access_id=access.pk)
    run_jobs_of("inquiries.end_access")
    case.refresh_from_db()
    access.refresh_from_db()
    assert (case.state, access.ended_at is not None) == ("withdrawn", True)
    assert OutboxMail.objects.filter(
        recipient=people.buyer.email, subject__startswith="The agency no longer reads"
    ).exists()


def test_what_an_officer_writes_reaches_both_sides_once(access, thread, people):
    for _ in range(2):
        write_as_officer(officer=people.officer, access_id=access.pk, text="Please answer by Friday.", key="k")
    assert [message.text for message in thread.messages.filter(side="officer")] == ["Please answer by Friday."]
    for address in (people.owner.email, people.buyer.email):
        assert OutboxMail.objects.filter(recipient=address, text__contains="Please answer by Friday.").count() == 1


def test_an_officer_s_message_is_no_answer_of_the_exporter(access, thread, people, again):
    write_as_officer(officer=people.officer, access_id=access.pk, text="Please answer.", key="k")
    assert again(thread).state == "new"


def test_settling_ends_the_reading_and_can_be_undone(access, case, people):
    decision = settle_help(case=case, officer=people.officer, ruling=Ruling("approve", note="They agreed."))
    with pytest.raises(AccessOver):
        read_as_officer(officer=people.officer, access_id=access.pk)
    undo_settled_help(decision=decision, officer=people.officer)
    assert read_as_officer(officer=people.officer, access_id=access.pk)


def test_both_sides_get_the_officer_s_words(case, people):
    decision = settle_help(case=case, officer=people.officer, ruling=Ruling("approve", note="They agreed."))
    assert {mail.recipient for mail in decision.mails.all()} == {
        people.owner.email,
        people.editor.email,
        people.buyer.email,
    }
    assert all("They agreed." in mail.text for mail in decision.mails.all())


def test_help_is_settled_and_never_rejected(case, people, access):
    with pytest.raises(OnlySettled):
        settle_help(case=case, officer=people.officer, ruling=Ruling("reject", note="No."))
    access.refresh_from_db()
    assert access.ended_at is None


def test_the_case_page_offers_one_button_and_the_way_to_the_thread(client, case, access, people):
    client.force_login(people.officer)
    page = client.get(f"/admin/moderation/case/{case.pk}/").content.decode()
    assert "Settled, stop reading" in page
    assert 'value="reject"' not in page
    assert f"/admin/inquiries/{access.pk}/" in page
    assert "Do you ship 600 kg to Hamburg?" not in page


def test_the_page_that_says_who_reads_what_is_public(client):
    assert client.get("/who-reads-what/").status_code == 200


@pytest.fixture
def dispute(thread, people):
    accept(quote(thread, people.owner), people.buyer)
    return ask_agency(reader=Reader(people.buyer), inquiry_id=thread.pk, cause="dispute", text="The bags are wet.")


def test_a_dispute_is_a_case_of_its_own_with_the_deal(dispute, people, client):
    case = Case.objects.get(kind="dispute", subject_id=str(dispute.pk))
    client.force_login(people.officer)
    assert "Dispute about a deal" in client.get("/admin/moderation/queue/?kind=dispute").text
    page = client.get(f"/admin/moderation/case/{case.pk}/").text
    assert "The bags are wet." in page
    assert "$3,794.60, agreed on" in page
    assert f"/admin/inquiries/{dispute.pk}/" in page
    assert not Case.objects.filter(kind="inquiry").exists()


def test_both_sides_are_told_of_a_dispute(dispute, thread, people):
    assert list_entries(inquiry=thread, side="exporter")[-1].text.startswith("The parties disagree about a deal.")
    for address in (people.owner.email, people.buyer.email):
        mail = OutboxMail.objects.get(recipient=address, subject__startswith="The agency looks at a dispute")
        assert "The bags are wet." not in mail.text


def test_a_dispute_is_settled_undone_and_ends_in_time(dispute, thread, people, run_jobs_of):
    case = Case.objects.get(kind="dispute")
    decision = settle_help(case=case, officer=people.officer, ruling=Ruling("approve", note="Half the price."))
    with pytest.raises(AccessOver):
        read_as_officer(officer=people.officer, access_id=dispute.pk)
    undo_settled_help(decision=decision, officer=people.officer)
    assert thread.messages.filter(event="disputed").count() == 2
    run_jobs_of("inquiries.end_access")
    case.refresh_from_db()
    assert case.state == "withdrawn"


def test_a_dispute_is_one_of_three_choices(client, thread, people):
    accept(quote(thread, people.owner), people.buyer)
    client.force_login(people.buyer)
    assert "We have a dispute about a deal" in client.get(f"/inquiries/{thread.pk}/agency/").text
    client.post(f"/inquiries/{thread.pk}/agency/", {"cause": "dispute", "text": "Wet."})
    assert OfficerAccess.objects.get().cause == "dispute"


def test_without_a_deal_there_is_nothing_to_dispute(client, thread, people):
    client.force_login(people.buyer)
    url = f"/inquiries/{thread.pk}/agency/"
    assert "We have a dispute about a deal" not in client.get(url).text
    assert client.post(url, {"cause": "dispute", "text": "Wet."}).status_code == 422
    with pytest.raises(NothingToDispute):
        ask_agency(reader=Reader(people.buyer), inquiry_id=thread.pk, cause="dispute", text="Wet.")
    assert not OfficerAccess.objects.exists()


def test_a_barred_buyer_disputes_what_is_under_way_and_nothing_of_long_ago(thread, people):
    accept(quote(thread, people.owner), people.buyer)
    bar_buyer(officer=people.officer, email="lena@hanse.example", reason="Fraud.")
    Deal.objects.update(stage="called_off", called_off_at=timezone.now(), called_off_reason="No licence.")
    with pytest.raises(BuyerBarred):
        ask_agency(reader=Reader(people.buyer), inquiry_id=thread.pk, cause="dispute", text="Wet.")
    Deal.objects.update(stage="agreed", called_off_at=None, called_off_reason="")
    assert ask_agency(reader=Reader(people.buyer), inquiry_id=thread.pk, cause="dispute", text="Wet.")

"""Pages of blocks: asking once what for, the company's list, what the buyer reads, the officers' page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inquiries.models import BuyerBlock
from inquiries.rules.messages import Reader
from inquiries.services.blocks import bar_buyer, block_buyer
from tests.inquiries.test_receive_mail import deliver, reply, reply_mailbox  # noqa: F401  fixtures of mails that come in

pytestmark = pytest.mark.django_db
REASON = "Sends the same words every day."


@pytest.fixture
def visit(client, people):
    def do(who, path, **posted):
        client.force_login(getattr(people, who))
        return client.post(path, posted) if posted else client.get(path)

    return do


@pytest.fixture
def blocked(thread, people):
    return block_buyer(reader=Reader(people.owner), inquiry_id=thread.pk, reason=REASON)


def test_blocking_asks_once_and_leads_to_the_list(visit, thread):
    assert f'href="/inquiries/{thread.pk}/block/"' in visit("owner", thread.get_absolute_url()).text
    page = visit("owner", f"/inquiries/{thread.pk}/block/").text
    assert "Block <bdi>Jana Petersen</bdi>?" in page
    assert BuyerBlock.objects.count() == 0
    answer = visit("owner", f"/inquiries/{thread.pk}/block/", reason=REASON)
    assert (answer.status_code, answer.url) == (302, "/sell/adanu/inquiries/blocked/")
    page = visit("viewer", answer.url).text
    assert REASON in page
    assert "lena@hanse.example" not in page
    assert ">Unblock<" not in page


def test_a_block_without_a_reason_comes_back(visit, thread):
    answer = visit("owner", f"/inquiries/{thread.pk}/block/", reason=" ")
    assert answer.status_code == 422
    assert "<title>Error: Block this buyer" in answer.text
    assert not BuyerBlock.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("buyer", 403), ("stranger", 404), ("officer", 404)])
def test_nobody_else_comes_to_the_page(visit, thread, other_company, who, status):
    path = f"/inquiries/{thread.pk}/block/"
    assert (visit(who, path).status_code, visit(who, path, reason="x").status_code) == (status, status)
    assert not BuyerBlock.objects.exists()


def test_unblocking_and_a_strangers_number(visit, blocked, other_company):
    foreign = BuyerBlock.objects.create(company=other_company, email="a@b.example", reason="x", made_at=timezone.now())
    visit("owner", f"/sell/adanu/inquiries/blocked/{foreign.pk}/", act="unblock")
    assert visit("stranger", f"/sell/adanu/inquiries/blocked/{blocked.pk}/", act="unblock").status_code == 404
    assert BuyerBlock.objects.count() == 2
    assert visit("editor", f"/sell/adanu/inquiries/blocked/{blocked.pk}/", act="unblock").status_code == 302
    assert BuyerBlock.objects.get() == foreign


def test_the_blocked_buyer_reads_a_polite_sentence_and_never_why(visit, thread, write, people):
    write(thread, people.owner)
    block_buyer(reader=Reader(people.owner), inquiry_id=thread.pk, reason=REASON)
    page = visit("buyer", thread.get_absolute_url()).text
    assert "This exporter takes no messages from you." in page
    assert 'name="text"' not in page
    answer = visit("buyer", f"/inquiries/{thread.pk}/reply/", text="Why?", key="k", seen="2")
    assert (answer.status_code, "Why?</textarea>" in answer.text) == (403, True)
    asked = visit(
        "buyer", f"/ask/{thread.company_id}/", text="Once more", quantity="", unit="", destination="", place=""
    )
    assert asked.status_code == 403
    assert REASON not in page + answer.text + asked.text


def test_the_exporter_reads_that_the_buyer_is_blocked(visit, thread, blocked):
    page = visit("owner", thread.get_absolute_url()).text
    assert "Your company has blocked this buyer." in page
    assert f"/inquiries/{thread.pk}/block/" not in page


def test_the_facts_of_the_buyer_stand_beside_the_thread(visit, thread):
    page = visit("owner", thread.get_absolute_url()).text
    for word in ("Kind of mail", "Work mail", "Known here", "Has asked", "Deals here"):
        assert word in page
    assert "Kind of mail" not in visit("buyer", thread.get_absolute_url()).text


def test_an_answer_by_mail_of_a_blocked_buyer_is_refused(deliver, guest_thread, people, write):  # noqa: F811
    write(guest_thread, people.owner)
    block_buyer(reader=Reader(people.owner), inquiry_id=guest_thread.pk, reason=REASON)
    with pytest.raises(Exception, match="takes no messages from you"):
        deliver(reply(guest_thread))
    assert guest_thread.messages.filter(side="buyer").count() == 1


def test_officers_bar_and_lift(visit, thread, people):
    for company in (thread.company, None):
        BuyerBlock.objects.create(company=company, email="kim@fraud.example", reason="Fraud.", made_at=timezone.now())
    assert "No address is blocked by two firms or more." in visit("officer", "/admin/barred/").text
    answer = visit(
        "officer", "/admin/barred/", act="bar", email="Max@fraud.example", reason="Three firms were cheated."
    )
    assert answer.status_code == 302
    page = visit("officer", "/admin/barred/").text
    assert "max@fraud.example" in page
    bar = BuyerBlock.objects.get(email="max@fraud.example")
    missing = visit("officer", "/admin/barred/", act="lift", bar=bar.pk, reason="")
    assert (missing.status_code, "Say why." in missing.text) == (422, True)
    assert visit("officer", "/admin/barred/", act="lift", bar=bar.pk, reason="Wrong address.").status_code == 302
    assert not BuyerBlock.objects.filter(pk=bar.pk).exists()


def test_an_often_blocked_address_is_filled_in(visit, thread, other_company, blocked):
    BuyerBlock.objects.create(company=other_company, email="lena@hanse.example", reason="Rude.", made_at=timezone.now())
    page = visit("officer", "/admin/barred/").text
    assert "Blocked by 2 firms" in page
    assert REASON in page
    assert 'value="lena@hanse.example"' in visit("officer", f"/admin/barred/?of={blocked.pk}").text


def test_nobody_but_officers_reads_who_is_barred(visit, people):
    bar_buyer(officer=people.officer, email="a@b.example", reason="x")
    assert visit("owner", "/admin/barred/").status_code == 302
    assert visit("officer", "/admin/barred/", act="bar", email="", reason="").status_code == 422
    assert 'href="/admin/barred/"' in visit("officer", "/admin/moderation/queue/").text


def test_officers_who_read_a_thread_see_how_many_firms_blocked(visit, thread, people, blocked):
    access = thread.accesses.create(
        cause="help", asked_side="buyer", text="x", opened_at=timezone.now(), until=timezone.now() + timedelta(days=1)
    )
    assert "1 firm has blocked this buyer" in visit("officer", f"/admin/inquiries/{access.pk}/").text

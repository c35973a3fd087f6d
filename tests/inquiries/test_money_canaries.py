"""The private floor and the account numbers are where they belong and nowhere else: pages, papers, mails, rows, logs, backups."""

import gzip
from datetime import timedelta
from decimal import Decimal

import pypdfium2
import pytest
from django.apps import apps
from django.utils import timezone

from core.backup.write import make_backup
from core.jobs import run_job
from core.models import Job, OutboxMail
from inquiries.models import PrivateFloor, Quotation
from inquiries.selectors.links import build_quotation_link
from inquiries.selectors.quotations import read_private_terms
from storefronts.models import PaymentDetails
from storefronts.services.payment import USE_JOB, note_call
from tests.inquiries.quoting import accept, counter, get, send_next
from tests.inquiries.test_quotation_pages import edit_url, type_terms
from tests.storefronts.proving import prove

pytestmark = pytest.mark.django_db
FLOOR, ACCOUNT = "4.9371", "770012345678"
PAYMENT = "/sell/adanu/payment/"


@pytest.fixture
def dealt(client, people, thread, company, monkeypatch, caplog):
    """Typed in the browser, all of it logged: an account that came into use, and a quotation with a floor, countered, replaced, accepted."""
    caplog.set_level("DEBUG")
    client.force_login(people.owner)
    prove(client, people.owner)
    client.post(PAYMENT, {"holder": "Adanu", "bank": "GCB", "number": ACCOUNT, "bic": ""})
    note_call(officer=people.officer, details_id=PaymentDetails.objects.get().pk, number="+233 24 1", note="Spoke")
    later = timezone.now() + timedelta(hours=73)
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: later)
        for job in Job.objects.filter(name=USE_JOB, state="waiting"):
            Job.objects.filter(pk=job.pk).update(due_at=later)
            run_job(job.pk)
    client.post(f"/inquiries/{thread.pk}/quotations/new/")
    quotation = Quotation.objects.get()
    client.post(edit_url(quotation), type_terms(quotation, **{"lines-0-floor": FLOOR}))
    counter(get(quotation), people.buyer)
    send_next(get(quotation), people.owner, lines=read_private_terms(version=get(quotation).current).lines)
    accept(get(quotation), people.buyer, version=2)
    client.logout()
    return get(quotation)


def read(answer):
    """All that an answer says: of a PDF its words."""
    assert answer.status_code == 200, answer.request["PATH_INFO"]
    content = b"".join(answer) if answer.streaming else answer.content
    if answer["Content-Type"] != "application/pdf":
        return content.decode() + str(answer.headers)
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def list_buyer_addresses(quotation):
    page = quotation.get_absolute_url()
    link = build_quotation_link(quotation=quotation).partition("//")[2].partition("/")[2].join(("/", ""))
    papers = [f"{at}{paper}" for at in (page, link) for paper in ("quotation.pdf", "quotation.pdf?version=1")]
    return [
        quotation.inquiry.get_absolute_url(),
        page,
        link,
        *papers,
        f"/api/v1/quotations/{quotation.pk}/",
        "/inquiries/",
        "/notifications/",
    ]


def test_the_buyer_reads_the_account_in_the_pro_forma_alone_and_the_floor_nowhere(client, dealt, people):
    client.force_login(people.buyer)
    said = [read(client.get(address)) for address in list_buyer_addresses(dealt)]
    assert [text for text in said if FLOOR in text or ACCOUNT in text] == []
    pro_forma = read(client.get(f"{dealt.get_absolute_url()}pro_forma.pdf"))
    assert (ACCOUNT in pro_forma, FLOOR in pro_forma) == (True, False)


@pytest.mark.parametrize(("who", "reads"), [("owner", True), ("editor", True), ("viewer", False)])
def test_who_quotes_reads_the_floor_and_nobody_the_whole_account(who, reads, client, dealt, people):
    client.force_login(getattr(people, who))
    page = read(client.get(dealt.get_absolute_url()))
    assert (FLOOR in page, ACCOUNT in page) == (reads, False)


def test_officers_read_neither(client, dealt, people):
    client.force_login(people.officer)
    addresses = ["/admin/payment/", "/admin/moderation/queue/", "/admin/reporting/period/", "/admin/"]
    assert [address for address in addresses for word in (FLOOR, ACCOUNT) if word in read(client.get(address))] == []


def test_no_mail_and_no_log_line_holds_one(dealt, caplog):
    mails = [f"{mail.subject} {mail.text} {mail.html}" for mail in OutboxMail.objects.all()]
    assert len(mails) >= 5
    assert [text for text in [*mails, caplog.text] if FLOOR in text or ACCOUNT in text] == []


def test_of_all_rows_only_the_private_floors_hold_the_floor_and_none_the_account(dealt):
    rows = {
        model: "\n".join(str(row) for row in model._default_manager.values_list())
        for model in apps.get_models()
        if model._meta.managed
    }
    assert {model for model, text in rows.items() if FLOOR in text} == {PrivateFloor}
    assert [model for model, text in rows.items() if ACCOUNT in text] == []
    assert PrivateFloor.objects.get(line__version__number=1).unit_price == Decimal(FLOOR)


@pytest.mark.django_db(transaction=True)
def test_a_backup_holds_the_account_in_no_file_in_clear(planted_rows, dealt, tmp_path):
    make_backup(tmp_path / "backup")
    files = [file for file in (tmp_path / "backup").rglob("*") if file.is_file()]
    opened = {file: gzip.decompress(raw) if (raw := file.read_bytes())[:2] == b"\x1f\x8b" else raw for file in files}
    assert any(b"GCB" not in text and b"Adanu" in text for text in opened.values())
    assert [file for file, text in opened.items() if ACCOUNT.encode() in text] == []
    assert [file.name.partition(".")[0] for file, text in opened.items() if FLOOR.encode() in text] == [
        "inquiries_privatefloor"
    ]


def test_a_page_that_breaks_tells_neither_the_reader_nor_the_log(client, company, people, monkeypatch, caplog):
    caplog.set_level("DEBUG")
    client.force_login(people.owner)
    prove(client, people.owner)
    client.raise_request_exception = False

    def broken(**_asked):
        raise RuntimeError("the database is gone")

    monkeypatch.setattr("storefronts.views.payment.ask_payment_change", broken)
    answer = client.post(PAYMENT, {"holder": "Adanu", "bank": "GCB", "number": ACCOUNT, "bic": ""})
    assert (answer.status_code, ACCOUNT in answer.text) == (500, False)
    assert "the database is gone" in caplog.text
    assert ACCOUNT not in caplog.text

"""The bank-change guard in threads and on papers: warnings beside messages and files, banners, the account on the pro forma alone."""

import json
from datetime import timedelta
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pikepdf import Name

from core.models import OutboxMail
from core.secrets import encrypt
from inquiries.models import Attachment
from storefronts.models import PaymentDetails
from tests.inquiries.quoting import accept, quote
from tests.uploads.documents import pdf

pytestmark = pytest.mark.django_db
NUMBER = "GH777888999000"


@pytest.fixture
def account(company, people):
    """An account in use for a month."""
    now = timezone.now()
    return PaymentDetails.objects.create(
        company=company, state="active", last_four="9000", asked_by=people.owner, asked_at=now - timedelta(days=40), usable_from=now,
        sealed=encrypt(json.dumps({"holder": "Adanu", "bank": "GCB", "number": NUMBER, "bic": "GHCBGHAC"})),
        called_by=people.officer, called_at=now, call_note="ok", called_number="1", used_from=now - timedelta(days=30),
    )  # fmt: skip


def change(company, people):
    now = timezone.now()
    return PaymentDetails.objects.create(
        company=company, sealed=encrypt("{}"), last_four="1111", asked_by=people.owner, asked_at=now, usable_from=now
    )


def read_text(content):
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_the_buyer_reads_a_warning_beside_a_message_with_an_account(client, thread, write, people):
    write(thread, people.owner, "Please use our new bank account from now on.")
    client.force_login(people.buyer)
    assert "Never pay to an account that arrives in a message" in client.get(thread.get_absolute_url()).text
    assert "Never pay to an account" in OutboxMail.objects.get(recipient=people.buyer.email).text
    client.force_login(people.owner)
    assert "The other side reads a warning beside it" in client.get(thread.get_absolute_url()).text


def test_ordinary_messages_carry_none(client, thread, write, people):
    write(thread, people.owner, "Yes, we ship 600 kg in February.")
    client.force_login(people.buyer)
    assert "bank account" not in client.get(thread.get_absolute_url()).text


def test_threads_and_quotations_carry_a_banner_while_an_account_changes(client, thread, company, account, people):
    sent = quote(thread, people.owner)
    pages = (thread.get_absolute_url(), sent.get_absolute_url())
    client.force_login(people.buyer)
    assert [("is being changed since" in client.get(page).text) for page in pages] == [False, False]
    change(company, people)
    assert [("is being changed since" in client.get(page).text) for page in pages] == [True, True]


def test_the_account_stands_on_the_pro_forma_and_on_no_page(client, thread, account, people):
    sent = quote(thread, people.owner)
    client.force_login(people.buyer)
    assert NUMBER not in read_text(client.get(f"{sent.get_absolute_url()}quotation.pdf").content)
    accept(sent, people.buyer)
    assert NUMBER in read_text(client.get(f"{sent.get_absolute_url()}pro_forma.pdf").content)
    pages = [sent.get_absolute_url(), thread.get_absolute_url(), f"/api/v1/quotations/{sent.pk}/?kind=pro_forma"]
    assert [NUMBER in client.get(page).text for page in pages] == [False] * 3


def test_while_it_changes_the_pro_forma_warns_and_names_no_account(client, thread, company, account, people):
    sent = quote(thread, people.owner)
    accept(sent, people.buyer)
    change(company, people)
    client.force_login(people.buyer)
    text = read_text(client.get(f"{sent.get_absolute_url()}pro_forma.pdf").content)
    assert (NUMBER in text, "is being changed since" in text) == (False, True)


def test_without_an_account_the_pro_forma_says_to_ask(client, thread, people):
    sent = quote(thread, people.owner)
    accept(sent, people.buyer)
    client.force_login(people.buyer)
    assert "The account is not given here" in read_text(client.get(f"{sent.get_absolute_url()}pro_forma.pdf").content)


def test_a_missing_key_breaks_no_paper(client, thread, account, people, settings):
    sent = quote(thread, people.owner)
    accept(sent, people.buyer)
    for key in Path(settings.CREDENTIAL_KEY_DIR).glob("field-*.key"):
        key.unlink()
    client.force_login(people.buyer)
    assert "The account is not given here" in read_text(client.get(f"{sent.get_absolute_url()}pro_forma.pdf").content)


@pytest.fixture
def attach(write, people, thread, run_jobs_of):
    """Send a PDF that says this, and let the workers finish: `attach("owner", "words")`."""

    def do(who, words):
        def layer(made):
            font = made.make_indirect(pikepdf.Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
            made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            made.pages[0].Contents = made.make_stream(f"BT /F1 12 Tf 40 700 Td ({words}) Tj ET".encode())

        file = SimpleUploadedFile("invoice.pdf", pdf(layer), content_type="application/pdf")
        write(thread, getattr(people, who), "Our invoice.", files=[file])
        run_jobs_of("uploads.make_renditions")

    return do


def test_the_buyer_reads_a_warning_beside_a_file_with_an_account(client, thread, attach, people):
    attach("owner", "Pay to IBAN DE89 3704 0044 0532 0130 00")
    client.force_login(people.buyer)
    page = client.get(thread.get_absolute_url()).text
    assert "The file invoice.pdf speaks of a bank account. Never pay to an account that arrives in a file" in page
    assert "DE89" not in page
    client.force_login(people.owner)
    assert "The file invoice.pdf speaks of a bank account. The other side" in client.get(thread.get_absolute_url()).text


def test_ordinary_files_carry_none(client, thread, attach, people):
    attach("owner", "600 kg of washed Arabica, packed in bags of 60 kg, ready in February.")
    client.force_login(people.buyer)
    page = client.get(thread.get_absolute_url()).text
    assert "invoice.pdf" in page
    assert "bank account" not in page


def test_a_file_that_is_still_read_warns_of_nothing_yet(client, thread, write, people):
    write(thread, people.owner, "Our invoice.", files=[SimpleUploadedFile("invoice.pdf", pdf())])
    client.force_login(people.buyer)
    assert "Being checked" in client.get(thread.get_absolute_url()).text


def test_the_words_of_a_file_stand_on_no_page(client, thread, attach, people):
    attach("owner", "Please use our new bank account, code zanzibar")
    upload = Attachment.objects.get().upload
    assert "zanzibar" in upload.text
    for who, page in (("buyer", thread.get_absolute_url()), ("officer", f"/admin/uploads/upload/{upload.pk}/change/")):
        client.force_login(getattr(people, who))
        assert "zanzibar" not in client.get(page).text

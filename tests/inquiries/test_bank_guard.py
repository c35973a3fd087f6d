"""The bank-change guard in threads and on papers: warnings beside messages and files, banners, the account on the pro forma alone."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pikepdf import Name

from core.models import OutboxMail
from core.secrets import encrypt
from inquiries.exceptions import BankDetailsQuoted
from inquiries.models import Attachment
from inquiries.rules.messages import Reader
from inquiries.services.deals import call_off_deal
from inquiries.services.quotations import withdraw_quotation
from inquiries.services.samples import SampleWish, decline_sample, request_sample
from storefronts.models import PaymentDetails
from tests.inquiries.quoting import COFFEE, accept, quote, write_draft
from tests.uploads.documents import pdf

pytestmark = pytest.mark.django_db
NUMBER = "GH777888999000"
IBAN = "DE89 3704 0044 0532 0130 00"
NEVER = "Never pay to an account that arrives in a message"


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
    assert "DE89 3704" not in page  # four signs may also stand in a token
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


@pytest.mark.parametrize("field", ["named_place", "payment_terms", "documents", "notes"])
def test_no_field_of_a_quotation_carries_an_account(field, thread, people):
    with pytest.raises(BankDetailsQuoted) as refused:
        quote(thread, people.owner, **{field: f"Pay to IBAN {IBAN}"})
    assert refused.value.field == field
    assert "speak" in str(refused.value)
    assert thread.quotations.get().current is None


@pytest.mark.parametrize("field", ["description", "detail"])
def test_no_line_carries_an_account(field, thread, people):
    with pytest.raises(BankDetailsQuoted, match="Line 2 speaks of a bank account"):
        quote(thread, people.owner, lines=(COFFEE, replace(COFFEE, **{field: f"A/C 0012345678, {IBAN}"})))


def test_the_builder_says_so_at_the_field(client, thread, people):
    draft = write_draft(thread, people.owner, notes=f"Pay to IBAN {IBAN}")
    client.force_login(people.owner)
    url = reverse("inquiries:build_quotation", args=[thread.pk, draft.pk])
    page = client.get(url)
    typed = {name: value for name, value in page.context["form"].initial.items() if isinstance(value, str | int)}
    lines = {"lines-TOTAL_FORMS": 1, "lines-INITIAL_FORMS": 0, "lines-0-kind": "goods", "lines-0-description": "Coffee",
             "lines-0-quantity": "600", "lines-0-unit": "kg", "lines-0-unit_price": "5"}  # fmt: skip
    day = timezone.localdate() + timedelta(days=9)
    answer = client.post(url, typed | lines | {"valid_until": f"{day:%Y-%m-%d}", "then": "next"})
    assert answer.status_code == 422
    assert "The notes speak of a bank account" in str(answer.context["form"].errors["notes"])


def test_a_withdrawal_with_an_account_warns_on_the_page_and_in_the_mail(client, thread, people):
    sent = quote(thread, people.owner)
    withdraw_quotation(reader=Reader(people.owner), quotation_id=sent.pk, reason=f"New bank. IBAN {IBAN}", key="w")
    mail = OutboxMail.objects.filter(recipient=people.buyer.email).latest("pk")
    client.force_login(people.buyer)
    assert NEVER in mail.text
    assert NEVER in mail.html
    assert NEVER in client.get(sent.get_absolute_url()).text


def test_ordinary_withdrawals_carry_none(client, thread, people):
    sent = quote(thread, people.owner)
    withdraw_quotation(reader=Reader(people.owner), quotation_id=sent.pk, reason="The lot is sold.", key="w")
    client.force_login(people.buyer)
    assert NEVER not in OutboxMail.objects.filter(recipient=people.buyer.email).latest("pk").text
    assert NEVER not in client.get(sent.get_absolute_url()).text


def test_a_deal_called_off_with_an_account_warns(client, thread, people):
    sent = quote(thread, people.owner)
    accept(sent, people.buyer)
    call_off_deal(reader=Reader(people.owner), quotation_id=sent.pk, reason=f"Pay the rest to IBAN {IBAN}")
    client.force_login(people.buyer)
    assert NEVER in OutboxMail.objects.filter(recipient=people.buyer.email).latest("pk").text
    assert NEVER in client.get(reverse("inquiries:deal", args=[thread.pk, sent.pk])).text


def test_a_sample_declined_with_an_account_warns(client, thread, people):
    wish = SampleWish("Coffee", Decimal(1), "kg", "Speicherstadt 1, Hamburg", "buyer")
    sample = request_sample(reader=Reader(people.buyer), inquiry_id=thread.pk, wish=wish, key="s")
    decline_sample(
        reader=Reader(people.owner), sample_id=sample.pk, reason=f"First pay to account 0123456789 or {IBAN}"
    )
    client.force_login(people.buyer)
    assert NEVER in OutboxMail.objects.filter(recipient=people.buyer.email).latest("pk").text
    assert NEVER in client.get(reverse("inquiries:sample", args=[thread.pk, sample.pk])).text

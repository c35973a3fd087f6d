"""Sign-up, the mail that confirms it, and what strangers learn from it: nothing."""

import pytest
from allauth.account.models import EmailAddress

from accounts.models import BuyerProfile, User
from core.jobs import run_due_jobs
from core.models import AuditEntry, OutboxMail
from tests.accounts.conftest import PASSWORD, link_in, newest_mail, sign_in

pytestmark = pytest.mark.django_db

EXPORTER = {"purpose": "exporter", "full_name": "Esi Mensah", "email": "Esi@Example.org", "password1": PASSWORD}
BUYER = {**EXPORTER, "purpose": "buyer", "email": "jan@example.org", "organisation": "De Vries Import", "country": "NL"}


def test_an_exporter_signs_up_confirms_and_lands_in_the_shop(client):
    sent = client.post("/account/signup/", EXPORTER)
    assert (sent.status_code, sent["Location"]) == (302, "/account/confirm-email/")
    esi = User.objects.get()
    assert (esi.email, esi.full_name, esi.purpose, esi.language) == ("esi@example.org", "Esi Mensah", "exporter", "en")
    link = link_in(newest_mail("esi@example.org"))
    assert "Is <b><bdi" in client.get(link).content.decode()
    assert not EmailAddress.objects.get().verified
    confirmed = client.post(link)
    assert (confirmed.status_code, confirmed["Location"]) == (302, "/account/landing/")
    assert EmailAddress.objects.get().verified
    assert client.get("/account/landing/")["Location"] == "/sell/"


def test_a_buyer_signs_up_with_an_organisation_and_lands_on_the_home_page(client):
    client.post("/account/signup/", BUYER)
    profile = BuyerProfile.objects.get()
    assert (profile.organisation, profile.country, profile.user.purpose) == ("De Vries Import", "NL", "buyer")
    assert client.post(link_in(newest_mail("jan@example.org")))["Location"] == "/account/landing/"
    assert client.get("/account/landing/")["Location"] == "/"
    assert AuditEntry.objects.filter(action="accounts.signed_up", subject_id=str(profile.user_id)).count() == 1


def test_the_page_asked_for_is_kept_through_the_confirmation(client):
    client.post("/account/signup/", {**EXPORTER, "next": "/help/"})
    assert client.post(link_in(newest_mail("esi@example.org")))["Location"] == "/help/"


def test_a_foreign_page_is_not_kept(client):
    client.post("/account/signup/", {**EXPORTER, "next": "https://evil.example/"})
    assert client.post(link_in(newest_mail("esi@example.org")))["Location"] == "/account/landing/"


def test_a_buyer_without_organisation_and_country_is_told_so_and_keeps_what_was_typed(client):
    answer = client.post("/account/signup/", {**BUYER, "organisation": "", "country": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Type the name of the organisation that you buy for." in page
    assert "Choose the country that you buy from." in page
    assert 'value="Esi Mensah"' in page
    assert "<title>Error: Create an account" in page
    assert User.objects.count() == 0


def test_a_common_password_is_refused_at_its_field(client):
    answer = client.post("/account/signup/", {**EXPORTER, "password1": "password"})
    assert answer.status_code == 422
    assert "too common" in answer.context["form"].errors["password1"][0]
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    ("query", "chosen"), [("?as=exporter", "exporter"), ("?as=buyer", "buyer"), ("?as=admin", None), ("", None)]
)
def test_a_link_may_answer_the_first_question(client, query, chosen):
    assert client.get(f"/account/signup/{query}").context["form"]["purpose"].value() == chosen


def test_signing_up_with_a_known_address_looks_the_same_and_warns_its_owner(client, exporter):
    known = client.post("/account/signup/", {**EXPORTER, "email": exporter.email})
    unknown = client.post("/account/signup/", {**EXPORTER, "email": "new@example.org"})
    assert (
        (known.status_code, known["Location"])
        == (unknown.status_code, unknown["Location"])
        == (302, "/account/confirm-email/")
    )
    assert newest_mail(exporter.email).subject == "You have an account already"
    exporter.refresh_from_db()
    assert exporter.check_password(PASSWORD)
    assert exporter.full_name == "Akosua Adjei"


def test_nobody_signs_in_before_the_address_is_confirmed(client, settings):
    client.post("/account/signup/", EXPORTER)
    client.logout()
    assert sign_in(client, "esi@example.org")["Location"] == "/account/confirm-email/"
    assert "_auth_user_id" not in client.session


def test_a_dead_confirmation_link_says_what_to_do(client):
    answer = client.get("/account/confirm-email/nonsense/")
    assert answer.status_code == 410
    assert "This link is too old or was used already." in answer.content.decode()


def test_the_mail_is_sent_by_the_outbox_in_text_and_html(client, mail_folder):
    client.post("/account/signup/", EXPORTER)
    mail = OutboxMail.objects.get()
    assert mail.subject == "Welcome: confirm your email address"
    assert "Run" not in mail.subject
    assert 'dir="ltr"' in mail.html
    assert 'class="act"' in mail.html
    run_due_jobs()
    assert "To: esi@example.org" in next(mail_folder.glob("*.eml")).read_text()


def test_the_mail_speaks_the_language_of_the_page(client):
    client.post("/ar/account/signup/", EXPORTER)
    assert '<html lang="ar" dir="rtl">' in newest_mail("esi@example.org").html
    assert User.objects.get().language == "ar"

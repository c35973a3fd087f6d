"""Canaries: the credentials of an account at a carrier are in no backup, page, API answer, log line, error, repr, audit entry or mail."""

import gzip
import json

import pytest
from django.apps import apps
from django.core.management import call_command

from core.audit import seal_entries
from core.backup.write import make_backup
from core.jobs import run_due_jobs
from core.models import AuditEntry, AuditValue, OutboxMail
from core.secrets import decrypt
from notifications.models import Notice
from shipping.models import CarrierAccount
from shipping.rules.accounts import Credentials
from shipping.selectors.accounts import open_account
from shipping.services.accounts import pause_account
from tests.listings.factories import make_company, make_member, make_officer
from tests.shipping.accounts import TYPED
from tests.shipping.attempts import keep

pytestmark = pytest.mark.django_db
NUMBER, KEY, SECRET = "canarynumber7740", "canarykey4711wxyz", "canarysecret0815qrst"
CANARIES = (NUMBER, KEY, SECRET)
TOLD = {**TYPED, "number": NUMBER, "user": KEY, "secret": SECRET, "is_for_buyers": "on"}
PAGE, OFFICERS = "/sell/adanu/shipping/carriers/", "/admin/shipping/carriers/"


def leaks(text):
    return [canary for canary in CANARIES if canary in text]


def read(answer):
    assert answer.status_code == 200, answer.request["PATH_INFO"]
    return b"".join(answer).decode() + str(answer.headers) + str(answer.cookies)


@pytest.fixture
def company():
    return make_company(slug="adanu")


@pytest.fixture
def owner(company):
    return make_member(company=company).user


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def entered(client, company, owner, officer, caplog):
    """The firm's account and the agency's, typed in the browser with everything logged; asked, refused and paused."""
    caplog.set_level("DEBUG")
    client.force_login(officer)
    assert client.post(f"{OFFICERS}add/", TOLD).status_code == 302
    client.force_login(owner)
    assert client.post(f"{PAGE}add/", TOLD).status_code == 302
    account = CarrierAccount.objects.get(company=company)
    assert client.post(f"{PAGE}{account.pk}/", {**TOLD, "name": "Renamed", "user": "two words"}).status_code == 422
    keep(company, (account, "failed", {"failure": "unauthorised", "detail": "Bearer … is wrong"}))
    pause_account(account_id=account.pk, because="unauthorised")
    pause_account(account_id=CarrierAccount.objects.get(company=None).pk, because="unauthorised")
    client.logout()
    return account


def test_they_are_kept_and_can_be_opened(entered):
    opened = open_account(account=entered)
    assert (opened.number, opened.user, opened.secret) == CANARIES
    assert decrypt(entered.sealed_secret) == SECRET


def test_pages_of_the_owner_show_none(client, entered, owner):
    client.force_login(owner)
    pages = [PAGE, f"{PAGE}add/", f"{PAGE}{entered.pk}/", f"{PAGE}{entered.pk}/remove/", "/sell/adanu/team/", "/sell/adanu/team/activity/", "/notifications/"]  # fmt: skip
    told = {page: read(client.get(page)) for page in pages}
    assert "Contract 2027" in told[PAGE]
    assert [page for page, text in told.items() if leaks(text)] == []


def test_pages_of_officers_show_none(client, entered, officer):
    client.force_login(officer)
    own = CarrierAccount.objects.get(company=None)
    pages = [OFFICERS, f"{OFFICERS}{own.pk}/", f"{OFFICERS}{own.pk}/remove/", "/admin/shipping/health/", f"/admin/shipping/health/{entered.pk}/", "/admin/", "/notifications/"]  # fmt: skip
    told = {page: read(client.get(page)) for page in pages}
    assert "Contract 2027" in told["/admin/shipping/health/"]
    assert [page for page, text in told.items() if leaks(text)] == []


def test_a_page_with_errors_sends_none_back(client, entered, owner, officer):
    client.force_login(owner)
    told = [
        client.post(f"{PAGE}add/", {**TOLD, "name": ""}),
        client.post(f"{PAGE}add/", {**TOLD, "user": f"{KEY} {KEY}"}),
        client.post(f"{PAGE}{entered.pk}/", {**TOLD, "environment": "sandbox"}),
    ]
    client.force_login(officer)
    told.append(client.post(f"{OFFICERS}add/", TOLD))
    assert [answer.status_code for answer in told] == [422, 422, 422, 409]
    assert [leaks(answer.text + str(answer.headers)) for answer in told] == [[], [], [], []]


def test_the_api_knows_of_no_credential(client, entered):
    schema = read(client.get("/api/v1/schema/"))
    assert "paths" in schema
    assert [word for word in ("sealed", "carrier_account", "CarrierAccount", *CANARIES) if word in schema] == []
    assert leaks(read(client.get("/api/v1/storefronts/adanu/"))) == []


def test_no_log_line_holds_one_at_any_level(client, entered, owner, caplog):
    run_due_jobs()
    call_command("rotate_field_key")
    call_command("audit", "verify")
    lines = [*caplog.get_records("setup"), *caplog.get_records("call")]
    told = "\n".join(f"{line.name} {line.getMessage()} {line.args!r} {line.exc_text} {line.__dict__}" for line in lines)
    assert "POST /sell/adanu/shipping/carriers/add/" in told
    assert leaks(told) == []


def test_a_page_that_breaks_tells_neither_the_reader_nor_the_log(client, company, owner, monkeypatch, caplog):
    caplog.set_level("DEBUG")
    client.force_login(owner)
    client.raise_request_exception = False

    def broken(**_asked):
        raise RuntimeError("the database is gone")

    monkeypatch.setattr("shipping.views.accounts.add_account", broken)
    answer = client.post(f"{PAGE}add/", TOLD)
    assert (answer.status_code, leaks(answer.text)) == (500, [])
    assert "the database is gone" in caplog.text
    assert leaks(caplog.text) == []


def test_nothing_that_holds_one_shows_it(entered):
    held = [entered, open_account(account=entered), Credentials(*CANARIES), CarrierAccount.objects.all()]
    assert leaks(repr(held) + str(held) + str([*map(str, held)])) == []
    assert "UPS, Contract 2027" in repr(held[0])
    assert f"account-{entered.pk}" in repr(held[1])


def test_the_audit_names_the_acts_and_no_value(entered):
    seal_entries()
    told = json.dumps([list(AuditEntry.objects.values()), list(AuditValue.objects.values())], default=str)
    assert "shipping.account_paused" in told
    assert "credentials" in told
    assert leaks(told) == []


def test_mails_and_notices_name_the_account_alone(entered, owner):
    run_due_jobs()
    mails = "\n".join(f"{mail.subject} {mail.text} {mail.html} {mail.headers}" for mail in OutboxMail.objects.all())
    notices = "\n".join(f"{notice.title} {notice.url}" for notice in Notice.objects.all())
    assert OutboxMail.objects.filter(recipient=owner.email).count() == 1
    assert "Contract 2027" in mails
    assert "Contract 2027" in notices
    assert leaks(mails + notices) == []


def test_no_row_of_any_table_holds_one_in_clear(entered):
    rows = {
        model._meta.label: "\n".join(str(row) for row in model._default_manager.values_list())
        for model in apps.get_models()
        if model._meta.managed
    }
    assert "unauthorised" in rows["shipping.CarrierAccount"]
    assert [label for label, text in rows.items() if leaks(text)] == []


@pytest.mark.django_db(transaction=True)
def test_a_backup_holds_none_in_clear(planted_rows, entered, tmp_path):
    make_backup(tmp_path / "backup")
    files = [file for file in (tmp_path / "backup").rglob("*") if file.is_file()]
    opened = {file.name: gzip.decompress(raw) if (raw := file.read_bytes())[:2] == b"\x1f\x8b" else raw for file in files}  # fmt: skip
    accounts = next(text for name, text in opened.items() if name.startswith("shipping_carrieraccount"))
    assert b"Contract 2027" in accounts
    assert entered.sealed_secret.encode() in accounts
    assert [name for name, text in opened.items() if leaks(text.decode(errors="replace"))] == []

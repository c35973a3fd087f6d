"""The record pages of the admin: all answer, cost the same with many rows, and let each person do only what they may."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import BuyerProfile, User
from core.models import AuditEntry, Job, OutboxMail
from moderation.models import Case, Decision, Reason
from reference.models import Category
from storefronts.models import CompanyRevision, ContactChannel, Invitation, Member, Site
from tests.listings import factories

RECORDS = [model._meta.label_lower for model in admin.site._registry]


def list_url(label):
    return reverse("admin:{}_{}_changelist".format(*label.split(".")))


@pytest.fixture
def one_of_each(case, officer, exporter):
    """At least one row of what a record page shows much of."""
    company = factories.make_company()
    Member.objects.create(company=company, user=exporter, role="owner")
    Site.objects.create(company=company, name="Ho", kind="farm", city="Ho", country="GH")
    ContactChannel.objects.create(company=company, kind="phone", value="+233200000000")
    CompanyRevision.objects.create(company=company, number=1)
    Invitation.objects.create(
        company=company, email="a@example.org", token_hash="x", invited_by=exporter, expires_at=timezone.now()
    )
    BuyerProfile.objects.create(user=exporter, organisation="Hanse Import", country="DE")
    Decision.objects.create(case=case, officer=officer, outcome="approve", undo_until=timezone.now())
    Job.objects.create(name="core.send_mail", key="1", queue="mail", due_at=timezone.now(), max_attempts=3)
    OutboxMail.objects.create(message_id="<1@x>", sender="a@x", recipient="b@x", subject="Hello", text="")
    factories.make_live_listing(company=company)
    return company


@pytest.mark.parametrize("label", RECORDS)
def test_every_record_page_answers(client, administrator, one_of_each, label):
    client.force_login(administrator)
    url = list_url(label)
    model = next(model for model in admin.site._registry if model._meta.label_lower == label)

    assert client.get(url, {"q": "x"}).status_code == 200
    first = model._default_manager.first()
    assert first is None or client.get(f"{url}{first.pk}/change/").status_code == 200
    assert first is None or client.get(f"{url}{first.pk}/history/").status_code == 200
    assert client.get(f"{url}add/").status_code in {200, 403}


@pytest.mark.parametrize("label", RECORDS)
def test_record_pages_obey_the_strict_policy(client, administrator, one_of_each, label):
    client.force_login(administrator)
    html = client.get(list_url(label)).content.decode()

    assert " style=" not in html
    assert "<style" not in html
    assert " onclick=" not in html
    assert "<script>" not in html


@pytest.mark.parametrize("label", RECORDS)
def test_strangers_and_exporters_see_no_record(client, exporter, label):
    stranger = client.get(list_url(label))
    client.force_login(exporter)

    assert stranger["Location"].startswith("/admin/login/")
    assert client.get(list_url(label))["Location"].startswith("/admin/login/")


def test_the_index_shows_the_records(client, officer):
    client.force_login(officer)

    html = client.get("/admin/").content.decode()

    assert 'href="/admin/storefronts/company/"' in html
    assert 'href="/admin/moderation/queue/"' in html
    assert 'href="/admin/auth/group/"' not in html


def test_secrets_of_others_have_no_record_page():
    assert {model._meta.app_label for model in admin.site._registry} == {
        "accounts",
        "certifications",
        "core",
        "listings",
        "moderation",
        "reference",
        "reporting",
        "shipping",
        "storefronts",
        "uploads",
    }


def make_people(number):
    User.objects.bulk_create([User(email=f"{uuid4()}@example.org") for _ in range(number)])


def make_profiles(number):
    for index in range(number):
        BuyerProfile.objects.create(user=factories.make_user(), organisation=f"Import {index}", country="DE")


def make_companies(number):
    for _ in range(number):
        factories.make_company()


def make_company_revisions(number):
    for _ in range(number):
        CompanyRevision.objects.create(company=factories.make_company(), number=1)


def make_listings(number):
    for _ in range(number):
        factories.make_live_listing()


def make_cases(number):
    now = timezone.now()
    for index in range(Case.objects.count(), Case.objects.count() + number):
        holder = factories.make_officer()
        Case.objects.create(
            kind="stall",
            subject_id=index,
            title="x",
            company_name="x",
            opened_at=now,
            due_at=now,
            claimed_by=holder,
            claimed_until=now,
        )


def make_decisions(number):
    make_cases(number)
    for case in Case.objects.filter(decisions=None):
        Decision.objects.create(
            case=case, officer=factories.make_officer(), outcome="approve", undo_until=timezone.now()
        )


def make_uploads(number):
    for _ in range(number):
        factories.make_upload(user=factories.make_user())


def make_audit(number):
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(at=timezone.now(), action="a.b", subject_kind="x", subject_id=str(index))
            for index in range(number)
        ]
    )


MAKERS = {
    "accounts.user": make_people,
    "accounts.buyerprofile": make_profiles,
    "storefronts.company": make_companies,
    "storefronts.companyrevision": make_company_revisions,
    "listings.listing": make_listings,
    "listings.listingrevision": make_listings,
    "moderation.case": make_cases,
    "moderation.decision": make_decisions,
    "uploads.upload": make_uploads,
    "core.auditentry": make_audit,
}


def count_queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        page = client.get(url)
    return len(captured), len(page.context["cl"].result_list)


@pytest.mark.parametrize("label", sorted(MAKERS))
def test_a_list_costs_the_same_with_5_and_50_rows(client, administrator, label):
    client.force_login(administrator)
    MAKERS[label](5)
    client.get(list_url(label))
    few, shown_first = count_queries(client, list_url(label))
    MAKERS[label](45)
    many, shown_then = count_queries(client, list_url(label))

    assert (many, shown_then) == (few, 50)
    assert shown_first < 50


def test_officers_read_people_but_cannot_change_them(client, officer, exporter):
    client.force_login(officer)
    url = f"/admin/accounts/user/{exporter.pk}/change/"

    assert client.get(url).status_code == 200
    assert client.post(url, {"full_name": "X", "is_staff": "on"}).status_code == 403
    exporter.refresh_from_db()
    assert (exporter.full_name, exporter.is_staff) == ("Esi Mensah", False)


def test_an_administrator_changes_a_person_and_it_is_audited(client, administrator, exporter):
    client.force_login(administrator)

    answer = client.post(
        f"/admin/accounts/user/{exporter.pk}/change/",
        {"full_name": "Esi Addo", "purpose": "exporter", "language": "en", "is_active": "on"},
    )

    assert answer.status_code == 302
    exporter.refresh_from_db()
    assert exporter.full_name == "Esi Addo"
    entry = AuditEntry.objects.get(action="accounts.record_changed")
    assert (entry.actor_id, entry.subject_id, entry.fields) == (administrator.pk, str(exporter.pk), ["full_name"])


def test_administrators_keep_their_own_rights(client, administrator):
    client.force_login(administrator)

    client.post(
        f"/admin/accounts/user/{administrator.pk}/change/", {"full_name": "Yaa", "purpose": "buyer", "language": "en"}
    )

    administrator.refresh_from_db()
    assert (administrator.is_superuser, administrator.is_active, administrator.full_name) == (True, True, "Yaa")


def test_no_record_page_shows_a_password(client, administrator, exporter):
    client.force_login(administrator)

    html = client.get(f"/admin/accounts/user/{exporter.pk}/change/").content.decode()

    assert "md5$" not in html
    assert 'name="password"' not in html


def test_officers_write_reasons(client, officer):
    client.force_login(officer)

    answer = client.post(
        "/admin/moderation/reason/add/",
        {
            "code": "too-wet",
            "label": "Too wet",
            "statement": "Dry it.",
            "kind": "listing",
            "position": "5",
            "is_active": "on",
        },
    )

    assert answer.status_code == 302
    assert Reason.objects.get(code="too-wet").statement == "Dry it."
    assert AuditEntry.objects.filter(action="moderation.record_added", actor_id=officer.pk).count() == 1


def test_categories_are_changed_by_administrators_only(client, officer):
    client.force_login(officer)
    category = Category.objects.leaves().first()

    assert client.post(f"/admin/reference/category/{category.pk}/change/", {"name": "X"}).status_code == 403


@pytest.mark.parametrize(
    "label", ["storefronts.company", "listings.listing", "moderation.case", "moderation.decision", "uploads.upload"]
)
def test_what_others_own_cannot_be_written_by_hand(client, administrator, one_of_each, label):
    client.force_login(administrator)

    assert client.post(f"{list_url(label)}add/", {}).status_code == 403


def suspend(client, company, **fields):
    return client.post("/admin/storefronts/company/", {"action": "suspend", "_selected_action": company.pk, **fields})


def test_a_suspension_asks_for_a_reason_first(client, officer):
    company = factories.make_company()
    client.force_login(officer)

    asked = suspend(client, company)
    empty = suspend(client, company, apply="1", reason=" ")

    assert (asked.status_code, empty.status_code) == (200, 422)
    assert "Take these companies off the market" in asked.content.decode()
    assert "<title>Error: " in empty.content.decode()
    company.refresh_from_db()
    assert company.state == "verified"


def test_a_company_is_suspended_and_reinstated_with_a_reason(client, officer):
    company = factories.make_company()
    client.force_login(officer)

    suspend(client, company, apply="1", reason="Two buyers report fraud.")
    company.refresh_from_db()
    assert company.state == "suspended"

    client.post(
        "/admin/storefronts/company/",
        {"action": "reinstate", "_selected_action": company.pk, "apply": "1", "reason": "It was an error."},
    )
    company.refresh_from_db()
    assert company.state == "verified"


def test_a_suspension_that_cannot_be_says_why(client, officer):
    company = factories.make_company(verified=False)
    client.force_login(officer)

    answer = suspend(client, company, apply="1", reason="Fraud.")

    assert answer.status_code == 302
    assert company.legal_name in client.get("/admin/storefronts/company/").content.decode()
    company.refresh_from_db()
    assert company.state == "draft"


def test_a_listing_is_suspended_with_a_reason(client, officer):
    listing = factories.make_live_listing()
    client.force_login(officer)

    client.post(
        "/admin/listings/listing/",
        {"action": "suspend", "_selected_action": listing.pk, "apply": "1", "reason": "Banned."},
    )

    listing.refresh_from_db()
    assert listing.state == "suspended"


def test_overdue_claims_are_shown_on_the_record(client, officer, case):
    Case.objects.update(claimed_by=officer, claimed_until=timezone.now() - timedelta(hours=1))
    client.force_login(officer)

    assert f'href="/admin/moderation/case/{case.pk}/"' in client.get(list_url("moderation.case")).content.decode()


def test_an_administrator_adds_an_officer_who_sets_a_password_by_mail(client, administrator):
    client.force_login(administrator)

    answer = client.post("/admin/accounts/user/add/", {"email": "New@agency.example", "full_name": "Nana Osei"})

    assert answer.status_code == 302
    added = User.objects.get(email="new@agency.example")
    assert (added.is_staff, added.is_superuser, added.has_usable_password()) == (True, False, False)
    assert OutboxMail.objects.get().recipient == "new@agency.example"


def test_an_address_that_is_taken_is_a_form_error(client, administrator, exporter):
    client.force_login(administrator)

    answer = client.post("/admin/accounts/user/add/", {"email": "Esi@example.org", "full_name": "Esi"})

    assert "email" in answer.context["adminform"].form.errors
    assert User.objects.filter(email__iexact="esi@example.org").count() == 1


def test_officers_add_nobody(client, officer):
    client.force_login(officer)

    assert client.post("/admin/accounts/user/add/", {"email": "x@agency.example"}).status_code == 403


def test_an_administrator_closes_an_account_but_not_their_own(client, administrator, exporter):
    client.force_login(administrator)

    client.post("/admin/accounts/user/", {"action": "close", "_selected_action": [exporter.pk, administrator.pk]})

    exporter.refresh_from_db()
    administrator.refresh_from_db()
    assert (exporter.is_active, administrator.is_active) == (False, True)
    assert "You cannot close your own account" in client.get("/admin/accounts/user/").content.decode()


def test_officers_close_no_account(client, officer, exporter):
    client.force_login(officer)

    client.post("/admin/accounts/user/", {"action": "close", "_selected_action": [exporter.pk]})

    exporter.refresh_from_db()
    assert exporter.is_active is True

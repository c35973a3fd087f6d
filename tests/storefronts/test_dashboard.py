"""The exporter's first page: first steps, the storefront at a glance, the team, what is to be done."""

from datetime import timedelta

import pytest
from django.utils import timezone

from storefronts.models import Company, Invitation, Member
from storefronts.selectors.dashboard import Fact, get_dashboard
from storefronts.services import suspend_company
from tests.listings.factories import make_live_listing
from tests.storefronts.conftest import make_logo, make_user
from uploads.models import Upload


@pytest.fixture
def dashboard(client, people):
    """The dashboard of Adanu as somebody sees it: `dashboard("owner")`."""

    def load(who="owner"):
        client.force_login(getattr(people, who))
        return client.get("/sell/adanu/")

    return load


def invite(company, email, inviter, **fields):
    values = {"token_hash": email, "expires_at": timezone.now() + timedelta(days=7)}
    Invitation.objects.create(company=company, email=email, invited_by=inviter, **(values | fields))


def test_a_new_company_sees_its_first_steps_in_the_place_of_figures(draft, dashboard):
    page = dashboard()
    shown = page.context["dashboard"]
    assert (shown.kpis, shown.is_new, shown.onboarding.done, shown.onboarding.total) == ([], True, 2, 7)
    assert "2 of 7 done" in page.text
    assert 'class="kpis"' not in page.text
    assert (shown.storefront.label, shown.storefront.completeness) == ("Draft", None)


def test_a_firm_in_the_market_sees_four_figures_and_one_line(verified, dashboard):
    make_live_listing(company=verified)
    page = dashboard()
    assert [number.label for number in page.context["dashboard"].kpis] == [
        "Buyers who wait", "Answered in time", "Views in four weeks", "Live products",
    ]  # fmt: skip
    assert page.context["dashboard"].is_new is False
    assert "5 of 7 first steps are done." in page.text
    assert 'id="h-first"' not in page.text


def test_the_storefront_says_how_it_was_checked_and_until_when(verified, dashboard):
    glance = dashboard().context["dashboard"].storefront
    today = timezone.localdate()
    until = today + timedelta(days=365)
    assert (glance.state, glance.label) == ("verified", "Verified")
    assert glance.facts == (
        Fact("badge", "How it was checked", "Document seen by an officer"),
        Fact("cal", "Checked on", f"{today.day} {today:%b %Y}"),
        Fact("clock", "Valid until", f"{until.day} {until:%b %Y}"),
    )


def test_a_check_that_ended_is_not_called_verified(verified, dashboard):
    Company.objects.update(verified_until=timezone.localdate() - timedelta(days=1))
    page = dashboard()
    glance = page.context["dashboard"].storefront
    assert (glance.label, glance.facts[2].label) == ("Not renewed", "Ended on")
    assert '<span class="pill warn">Not renewed</span>' in page.text


def test_what_the_storefront_lacks_is_linked_to_its_place_in_the_form(verified, dashboard):
    verified.channels.update(is_shown=False)
    page = dashboard()
    missing = [(step.label, step.url) for step in page.context["dashboard"].storefront.completeness.missing]
    assert missing == [
        ("Add a logo", "/sell/adanu/storefront/#pictures"),
        ("Add a cover picture", "/sell/adanu/storefront/#pictures"),
        ("Show buyers a way to reach you", "/sell/adanu/storefront/#contact"),
    ]
    assert "6 of 9" in page.text


def test_a_proposal_counts_for_completeness(verified, dashboard):
    logo = make_logo()
    verified.revisions.create(
        number=2, facts={**verified.revisions.get().facts, "logo": str(logo.pk), "cover": str(logo.pk)}
    )
    page = dashboard()
    assert page.context["dashboard"].storefront.completeness.is_complete is True
    assert "Complete: buyers find every fact that they look for." in page.text


def test_a_suspended_company_reads_that_nobody_sees_it(verified, people, dashboard):
    suspend_company(company_id=verified.pk, officer=people.officer, reason="Asked by the register.")
    page = dashboard()
    assert page.context["dashboard"].storefront.text == "Buyers see neither your storefront nor your products."
    assert page.context["dashboard"].todos[0].title == "Your storefront is suspended"


def test_the_team_is_shown_with_roles_and_waiting_invitations(verified, people, dashboard):
    invite(verified, "ama@adanu.example", people.owner)
    invite(verified, "old@adanu.example", people.owner, expires_at=timezone.now() - timedelta(days=1))
    page = dashboard()
    team = page.context["dashboard"].team
    assert [(str(person.user), person.role_name) for person in team.people] == [
        ("Esinam Agbeko", "Owner"), ("Kwame Tetteh", "Editor"), ("Dela Mensah", "Viewer"),
    ]  # fmt: skip
    assert "1 invitation waits for an answer" in page.text


def test_only_owners_read_of_invitations(verified, people, dashboard):
    invite(verified, "ama@adanu.example", people.owner)
    assert dashboard("editor").context["dashboard"].team.waiting == 0


def test_a_large_team_is_cut_short(verified, dashboard):
    Member.objects.bulk_create(
        Member(company=verified, user=make_user(f"p{number}@adanu.example", f"Person {number}"), role="viewer")
        for number in range(4)
    )
    page = dashboard()
    assert (len(page.context["dashboard"].team.people), page.context["dashboard"].team.more) == (5, 2)
    assert "and 2 more people" in page.text


def test_a_viewer_reads_and_is_given_nothing_to_do(verified, dashboard):
    page = dashboard("viewer")
    assert page.context["dashboard"].todos == []
    assert ("Read its facts" in page.text, "Edit the storefront" in page.text) == (True, False)


def test_a_logo_that_could_not_be_read_is_something_to_do(verified, member, people):
    broken = Upload.objects.create(
        profile="logo",
        name="logo.jpg",
        byte_size=9,
        sha256="0" * 64,
        content_type="image/jpeg",
        state="failed",
        failure="Cut short.",
    )
    verified.revisions.create(number=2, facts={**verified.revisions.get().facts, "logo": str(broken.pk)})
    todos = get_dashboard(member=member(verified, people.owner)).todos
    assert [(todo.title, todo.url, todo.primary) for todo in todos] == [
        ("A picture could not be read: Logo", "/sell/adanu/storefront/#pictures", True),
        ("You have changes that are not sent", "/sell/adanu/storefront/", False),
    ]


def test_nobody_is_wished_a_good_morning_in_an_unknown_zone(verified, dashboard, settings):
    settings.TIME_ZONE = "UTC"
    assert "<h1>Welcome, <bdi>Esinam</bdi></h1>" in dashboard().text


def test_the_dashboard_costs_the_same_with_a_large_team(client, verified, dashboard, django_assert_num_queries):
    dashboard()
    with django_assert_num_queries(40):
        client.get("/sell/adanu/")
    Member.objects.bulk_create(
        Member(company=verified, user=make_user(f"p{number}@adanu.example", f"Person {number}"), role="viewer")
        for number in range(8)
    )
    with django_assert_num_queries(40):
        client.get("/sell/adanu/")

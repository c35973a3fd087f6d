"""The first steps of a firm: read from what is there, one next, gone when all are done."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from listings.models import ListingPicture
from storefronts.choices import StepState
from storefronts.models import Company, CompanyRevision, Invitation, Member
from storefronts.registry import list_step_sources
from storefronts.rules import OnboardingStep, arrange_steps
from storefronts.selectors.onboarding import get_onboarding
from storefronts.services import submit_company
from tests.listings.factories import make_listing, make_live_listing
from tests.storefronts.conftest import make_company, make_logo, make_user


@pytest.fixture
def steps(people, member):
    """Key to state of the first steps as somebody of Adanu sees them: `steps()["firm"]`."""

    def read(who="owner"):
        reader = member(Company.objects.get(slug="adanu"), getattr(people, who))
        return {step.key: step.state.value for step in get_onboarding(member=reader).steps}

    return read


@pytest.fixture
def bare(people):
    """A firm of one person that has just been registered, with nothing but name, kind and country."""
    blank = {"city": "", "registration_number": "", "story": "", "tagline": ""}
    company = make_company(**blank)
    Member.objects.create(company=company, user=people.owner, role="owner")
    return company


def test_a_firm_that_was_just_registered_has_seven_steps_and_nothing_done(bare, steps):
    assert steps() == {
        "firm": "next", "story": "open", "sent": "open", "product": "open", "product_sent": "open", "sign_in": "open", "team": "open",
    }  # fmt: skip


def test_no_step_takes_more_than_ten_minutes(bare, people, member):
    assert all(step.minutes <= 10 and step.why for step in get_onboarding(member=member(bare, people.owner)).steps)


def test_facts_and_a_contact_tick_the_first_step_and_move_the_next(bare, steps):
    Company.objects.update(city="Ho", registration_number="CG012342014")
    assert steps()["firm"] == "next"
    bare.channels.create(kind="phone", value="+233302000101")
    assert (steps()["firm"], steps()["story"]) == ("done", "next")


def test_a_proposal_counts_and_a_story_alone_is_half_the_step(bare, steps):
    CompanyRevision.objects.create(company=bare, number=1, facts={"story": "We roast."})
    assert steps()["story"] == "open"
    bare.revisions.update(facts={"story": "We roast.", "logo": str(make_logo().pk)})
    assert steps()["story"] == "done"


def test_what_was_sent_waits_for_the_agency_and_asked_changes_open_it_again(draft, people, member, steps):
    submit_company(member=member(draft, people.owner))
    assert (steps()["sent"], steps()["story"]) == ("waiting", "next")
    Company.objects.update(state="changes")
    assert steps()["sent"] == "open"
    Company.objects.update(state="suspended")
    assert steps()["sent"] == "done"


def test_a_product_is_begun_with_picture_and_price_and_waits_once_it_is_sent(draft, steps):
    listing = make_listing(company=draft, state="draft")
    assert (steps()["product"], steps()["product_sent"]) == ("done", "open")
    listing.revisions.update(state="in_review")
    assert steps()["product_sent"] == "waiting"
    ListingPicture.objects.all().delete()
    listing.revisions.update(state="draft")
    assert (steps()["product"], steps()["product_sent"]) == ("open", "open")


def test_an_approved_product_stays_done_though_it_was_archived(verified, steps):
    listing = make_live_listing(company=verified)
    listing.state = "archived"
    listing.save()
    assert (steps()["product"], steps()["product_sent"]) == ("done", "done")


def test_a_second_factor_is_each_readers_own(draft, people, steps):
    Authenticator.objects.create(user=people.editor, type=Authenticator.Type.TOTP, data={})
    assert (steps("owner")["sign_in"], steps("editor")["sign_in"]) == ("open", "done")


@pytest.mark.parametrize("how", ["colleague", "invitation", "alone"])
def test_a_colleague_an_invitation_or_the_word_ticks_the_team(bare, people, steps, how):
    tomorrow = timezone.now() + timedelta(days=1)
    acts = {
        "colleague": lambda: Member.objects.create(company=bare, user=people.editor, role="editor"),
        "invitation": lambda: Invitation.objects.create(
            company=bare, email="a@b.example", token_hash="x", invited_by=people.owner, expires_at=tomorrow
        ),
        "alone": lambda: Company.objects.update(works_alone=True),
    }
    acts[how]()
    assert steps()["team"] == "done"


def test_an_officer_among_the_members_is_no_colleague(bare, people, steps):
    Member.objects.create(company=bare, user=people.officer, role="editor")
    assert steps()["team"] == "open"


def test_people_of_other_firms_are_no_colleagues(bare, people, steps):
    other = make_company("other")
    Member.objects.create(company=other, user=people.stranger, role="owner")
    Member.objects.create(company=other, user=make_user("x@other.example", "X"), role="editor")
    assert steps()["team"] == "open"


@pytest.mark.parametrize("source", list_step_sources(), ids=lambda source: source.name)
def test_every_source_keeps_its_budget(verified, people, member, source, django_assert_max_num_queries):
    for number in range(6):
        make_live_listing(company=verified, title=f"Coffee {number}")
    reader = member(verified, people.owner)
    with django_assert_max_num_queries(source.queries):
        source.read(member=reader)


def test_the_first_open_step_is_the_next_and_waiting_ones_are_passed_over():
    made = [OnboardingStep(key, order, key, "", 1, state) for key, order, state in (
        ("c", 3, StepState.OPEN), ("a", 1, StepState.DONE), ("d", 4, StepState.OPEN), ("b", 2, StepState.WAITING),
    )]  # fmt: skip
    arranged = arrange_steps(made)
    assert [step.state.value for step in arranged.steps] == ["done", "waiting", "next", "open"]
    assert (arranged.done, arranged.total, arranged.next_step.key) == (1, 4, "c")


def test_the_page_shows_one_full_button_minutes_and_reasons(client, bare, people):
    client.force_login(people.owner)
    panel = client.get("/sell/adanu/").text.split('id="h-first"')[1].split("</section>")[0]
    assert (panel.count('class="btn btn-sm"'), panel.count('class="btn btn-sm btn-line"')) == (1, 6)
    assert ("About 5 minutes" in panel, "0 of 7 done" in panel, 'aria-current="step"' in panel) == (True,) * 3
    assert 'href="/sell/adanu/storefront/#facts"' in panel


def test_a_viewer_reads_the_steps_and_can_press_only_their_own(client, draft, people):
    client.force_login(people.viewer)
    panel = client.get("/sell/adanu/").text.split('id="h-first"')[1].split("</section>")[0]
    assert (panel.count("<a "), "/account/2fa/" in panel) == (1, True)
    assert "A colleague does this." in panel


def test_nothing_is_said_of_first_steps_once_all_are_done(client, verified, people):
    make_live_listing(company=verified)
    Company.objects.update(logo=make_logo())
    Authenticator.objects.create(user=people.owner, type=Authenticator.Type.TOTP, data={})
    client.force_login(people.owner)
    assert "irst steps" not in client.get("/sell/adanu/").text

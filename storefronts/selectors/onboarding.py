"""The first steps of a new firm, each read from what is really there, so that nobody ticks anything and everybody can come back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.selectors import count_second_factors
from storefronts.choices import CompanyState, StepState
from storefronts.models import Company, Invitation, Member
from storefronts.registry import list_step_sources
from storefronts.rules import UNCHECKED_STATES, Onboarding, OnboardingStep, arrange_steps, list_missing
from storefronts.selectors.companies import get_proposed_facts

STOREFRONT_QUERIES = 4


def get_onboarding(*, member: Member) -> Onboarding:
    """All first steps as this person sees them; the budgets of the sources added up.

    Seven, for a firm that has no trade department:

    1. Who you are (number, town, a way to reach you): officers cannot begin without it.
    2. Story and picture: the one part that nobody else can write; it decides whether a buyer reads on.
    3. Sent to the agency: early, because the check takes up to two working days and runs while the products are written.
    4. The first product, with a picture and a price: what buyers compare; one is enough to see how it goes.
    5. The product completed and sent: code, packing and terms need papers, so they are a sitting of their own.
    6. A safe sign-in: buyers pay on what stands here; a stolen password must not be enough. Late, when there is something to lose.
    7. A colleague, or the word that there is none: inquiries must be answered on days on which the owner is away.

    The e-mail address is no step (nobody signs in without a confirmed one). Certificates are none either: half of the firms
    have none yet, and a step that cannot be done would keep the list for ever. What the agency asks in private is none, for it is
    optional.
    """
    return arrange_steps([step for source in list_step_sources() for step in source.read(member=member)])


def list_storefront_steps(*, member: Member) -> Sequence[OnboardingStep]:
    """The steps of the firm itself, of its people and of the reader's own sign-in."""
    company = member.company
    facts = get_proposed_facts(company=company)
    missing = set(list_missing(facts, has_channel=company.channels.exists()))
    edit = reverse("storefronts:edit", args=[company.slug]) if member.can_edit else ""
    return [
        _say_who_you_are(missing, edit),
        _tell_story(missing, facts, edit),
        _send_firm(company, edit),
        _secure_sign_in(member),
        _bring_in_colleague(member),
    ]


def _say_who_you_are(missing: set[str], edit: str) -> OnboardingStep:
    return OnboardingStep(
        "firm", 10, _("Say who you are"),
        _("Town, registration number and a way to reach you: without them the agency cannot check you."), 5,
        StepState.OPEN if missing & {"legal_name", "kind", "country", "city", "registration_number", "channels"} else StepState.DONE,
        edit and f"{edit}#{'contact' if missing == {'channels'} else 'facts'}", _("Fill in"),
    )  # fmt: skip


def _tell_story(missing: set[str], facts: Mapping[str, Any], edit: str) -> OnboardingStep:
    has_picture = bool(facts.get("logo") or facts.get("cover"))
    return OnboardingStep(
        "story", 20, _("Tell your story and show a picture"),
        _("A few sentences and a logo or a cover: buyers decide by them whether to read on."), 8,
        StepState.DONE if has_picture and "story" not in missing else StepState.OPEN,
        edit and f"{edit}#{'pictures' if 'story' not in missing else 'story'}", _("Write"),
    )  # fmt: skip


def _send_firm(company: Company, edit: str) -> OnboardingStep:
    why = _("It is checked within two working days as a rule; write your products meanwhile.")
    if company.state == CompanyState.CHANGES_ASKED:
        why = _("The agency asks for a change. Make it, then send the firm again.")
    state = StepState.OPEN if company.state in UNCHECKED_STATES else StepState.DONE
    return OnboardingStep(
        "sent", 30, _("Send your firm to the agency"), why, 2,
        StepState.WAITING if company.state == CompanyState.SUBMITTED else state, edit, _("Look and send"), opens_market=True,
    )  # fmt: skip


def _secure_sign_in(member: Member) -> OnboardingStep:
    is_safe = count_second_factors(user=member.user) > 0
    return OnboardingStep(
        "sign_in", 60, _("Make your sign-in safe"),
        _("Buyers pay on what stands here. A passkey or an app on your phone keeps others out, even with your password."), 3,
        StepState.DONE if is_safe else StepState.OPEN, reverse("mfa_index"), _("Set it up"),
    )  # fmt: skip


def _bring_in_colleague(member: Member) -> OnboardingStep:
    others = Q(pk__in=Member.objects.filter(user__is_staff=False).exclude(pk=member.pk).values("company"))
    invited = Q(pk__in=Invitation.objects.filter(revoked_at=None).values("company"))
    has_team = Company.objects.filter(others | invited | Q(works_alone=True), pk=member.company_id).exists()
    url = reverse("storefronts:team", args=[member.company.slug]) if member.can_manage_team else ""
    return OnboardingStep(
        "team", 70, _("Bring in a colleague"),
        _("Somebody must answer buyers while you are away. If you work alone, say so there."), 2,
        StepState.DONE if has_team else StepState.OPEN, url, _("Invite"),
    )  # fmt: skip

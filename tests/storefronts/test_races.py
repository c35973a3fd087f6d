"""Two people at the same instant: a company changes hands once or not at all, and always has an owner."""

import pytest

from core.errors import NotAllowed
from core.models import OutboxMail
from storefronts.exceptions import LastOwner, OfferAccepted, OfferLapsed, OfferOpen, OfferWithdrawn
from storefronts.models import Company, Member, OwnershipOffer
from storefronts.services import (
    accept_ownership,
    leave_company,
    offer_ownership,
    remove_member,
    withdraw_ownership,
)
from tests.moderation.test_races import run_together
from tests.storefronts.conftest import make_company, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair():
    """An owner and an editor of one company."""
    company = make_company()
    return [
        Member.objects.create(company=company, user=make_user(f"{role}@adanu.example", role.title()), role=role)
        for role in ("owner", "editor")
    ]


@pytest.fixture
def offer(pair):
    owner, editor = pair
    return offer_ownership(member=owner, member_id=editor.pk)


def count_owners():
    return Company.objects.get().members.filter(role="owner").count()


def test_accept_withdrawal_and_removal_have_one_outcome(pair, offer):
    owner, editor = pair
    results = run_together(
        lambda: accept_ownership(member=editor, offer_id=offer.pk),
        lambda: withdraw_ownership(member=owner, offer_id=offer.pk),
        lambda: remove_member(member=owner, member_id=editor.pk),
    )
    offer.refresh_from_db()
    assert (
        results
        == {
            "accepted": [None, OfferAccepted, NotAllowed],
            "withdrawn": [OfferWithdrawn, None, None],
            "lapsed": [OfferLapsed, OfferLapsed, None],
        }[offer.outcome]
    )
    assert count_owners() == 1


def test_a_double_click_accepts_once(pair, offer):
    _owner, editor = pair
    results = run_together(*[lambda: accept_ownership(member=editor, offer_id=offer.pk)] * 2)
    assert sorted(results, key=str) == [OfferAccepted, None]
    assert OutboxMail.objects.filter(subject__contains="owns").count() == 2
    assert dict(Member.objects.values_list("user__email", "role")) == {
        "owner@adanu.example": "editor", "editor@adanu.example": "owner",
    }  # fmt: skip


def test_of_two_offers_at_once_one_is_made(pair):
    owner, editor = pair
    results = run_together(*[lambda: offer_ownership(member=owner, member_id=editor.pk)] * 2)
    assert sorted(results, key=str) == [OfferOpen, None]
    assert OwnershipOffer.objects.count() == 1


def test_the_giver_leaves_while_the_taker_accepts_and_somebody_owns_it(pair, offer):
    owner, editor = pair
    accepted, left = run_together(
        lambda: accept_ownership(member=editor, offer_id=offer.pk), lambda: leave_company(member=owner)
    )
    assert (accepted, left in {None, LastOwner}) == (None, True)
    assert count_owners() == 1

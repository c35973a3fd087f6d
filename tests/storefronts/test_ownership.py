"""A company changes hands: offered, accepted, declined, taken back, too old; it always has an owner."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.errors import NotAllowed, NotFound
from core.models import AuditEntry, OutboxMail
from storefronts.exceptions import (
    AlreadyOwner,
    OfferAccepted,
    OfferDeclined,
    OfferExpired,
    OfferImpossible,
    OfferLapsed,
    OfferOpen,
    OfferWithdrawn,
)
from storefronts.models import Member, OwnershipOffer
from storefronts.services import (
    accept_ownership,
    change_role,
    decline_ownership,
    leave_company,
    offer_ownership,
    remove_member,
    withdraw_ownership,
)

TEAM = "/sell/adanu/team/"


@pytest.fixture
def who(verified, people, member):
    """The place of somebody in Adanu: `who("editor")`."""
    return lambda name: member(verified, getattr(people, name))


@pytest.fixture
def offer(who):
    """The owner offers Adanu to its editor."""
    return offer_ownership(member=who("owner"), member_id=who("editor").pk)


def roles(company):
    return {member.user.short_name: member.role for member in company.members.select_related("user")}


def test_an_offer_is_mailed_to_both_and_changes_nothing(offer, verified):
    mails = OutboxMail.objects.order_by("recipient")
    assert [mail.recipient for mail in mails] == ["esinam@adanu.example", "kwame@adanu.example"]
    assert {mail.subject for mail in mails} == {
        "Esinam Agbeko offers Kwame Tetteh the ownership of Adanu Growers Union"
    }
    assert f"/sell/adanu/team/ownership/{offer.pk}/" in mails[1].text
    assert f"/sell/adanu/team/ownership/{offer.pk}/" not in mails[0].text
    assert roles(verified) == {"Esinam": "owner", "Kwame": "editor", "Dela": "viewer"}


def test_who_accepts_becomes_the_owner_and_who_offered_an_editor(offer, verified, who):
    accept_ownership(member=who("editor"), offer_id=offer.pk)
    assert roles(verified) == {"Esinam": "editor", "Kwame": "owner", "Dela": "viewer"}
    told = OutboxMail.objects.filter(subject="Kwame Tetteh owns Adanu Growers Union now")
    assert {mail.recipient for mail in told} == {"esinam@adanu.example", "kwame@adanu.example"}
    acts = AuditEntry.objects.filter(action__startswith="storefronts.ownership_").order_by("id")
    assert [entry.action for entry in acts] == ["storefronts.ownership_offered", "storefronts.ownership_accepted"]


def test_an_offer_is_used_once(offer, who):
    accept_ownership(member=who("editor"), offer_id=offer.pk)
    with pytest.raises(OfferAccepted):
        accept_ownership(member=who("editor"), offer_id=offer.pk)
    with pytest.raises(OfferAccepted):
        withdraw_ownership(member=who("owner"), offer_id=offer.pk)


def test_who_declines_leaves_everything_as_it_is(offer, verified, who):
    decline_ownership(member=who("editor"), offer_id=offer.pk)
    with pytest.raises(OfferDeclined):
        accept_ownership(member=who("editor"), offer_id=offer.pk)
    assert roles(verified)["Esinam"] == "owner"


def test_what_was_taken_back_is_not_accepted(offer, verified, who):
    withdraw_ownership(member=who("owner"), offer_id=offer.pk)
    with pytest.raises(OfferWithdrawn):
        accept_ownership(member=who("editor"), offer_id=offer.pk)
    assert roles(verified)["Esinam"] == "owner"


def test_an_offer_is_good_for_seven_days(offer, verified, who):
    assert timedelta(days=6, hours=23) < offer.expires_at - timezone.now() <= timedelta(days=7)
    OwnershipOffer.objects.update(expires_at=timezone.now())
    with pytest.raises(OfferExpired):
        accept_ownership(member=who("editor"), offer_id=offer.pk)
    again = offer_ownership(member=who("owner"), member_id=who("viewer").pk)
    assert set(OwnershipOffer.objects.values_list("pk", "outcome")) == {(offer.pk, "lapsed"), (again.pk, "")}
    assert roles(verified)["Esinam"] == "owner"


def test_one_offer_at_a_time(offer, who):
    with pytest.raises(OfferOpen):
        offer_ownership(member=who("owner"), member_id=who("viewer").pk)
    assert OwnershipOffer.objects.count() == 1


@pytest.mark.parametrize("name", ["editor", "viewer"])
def test_only_owners_offer(who, name):
    with pytest.raises(NotAllowed):
        offer_ownership(member=who(name), member_id=who("viewer").pk)
    assert OwnershipOffer.objects.count() == 0


def test_nobody_offers_to_an_owner_an_officer_a_closed_account_or_a_stranger(verified, people, who):
    officer = Member.objects.create(company=verified, user=people.officer, role="editor")
    people.viewer.is_active = False
    people.viewer.save()
    for member_id, refusal in (
        (who("owner").pk, AlreadyOwner), (officer.pk, OfferImpossible), (who("viewer").pk, OfferImpossible), (999_999, NotFound),
    ):  # fmt: skip
        with pytest.raises(refusal):
            offer_ownership(member=who("owner"), member_id=member_id)
    assert (OwnershipOffer.objects.count(), OutboxMail.objects.count()) == (0, 0)


def test_only_the_one_to_whom_it_was_made_answers(offer, who):
    with pytest.raises(NotFound):
        accept_ownership(member=who("viewer"), offer_id=offer.pk)
    with pytest.raises(NotFound):
        decline_ownership(member=who("owner"), offer_id=offer.pk)
    with pytest.raises(NotFound):
        withdraw_ownership(member=who("editor"), offer_id=offer.pk)
    offer.refresh_from_db()
    assert offer.outcome == ""


def test_an_offer_lapses_when_the_taker_leaves_and_comes_back(offer, verified, people, who):
    leave_company(member=who("editor"))
    back = Member.objects.create(company=verified, user=people.editor, role="viewer")
    with pytest.raises(OfferLapsed):
        accept_ownership(member=back, offer_id=offer.pk)


def test_an_offer_lapses_when_the_giver_is_no_longer_an_owner(offer, verified, who):
    change_role(member=who("owner"), member_id=who("viewer").pk, role="owner")
    remove_member(member=who("viewer"), member_id=who("owner").pk)
    with pytest.raises(OfferLapsed):
        accept_ownership(member=who("editor"), offer_id=offer.pk)
    assert roles(verified) == {"Kwame": "editor", "Dela": "owner"}


def test_an_offer_lapses_when_the_taker_is_made_an_owner(offer, who):
    change_role(member=who("owner"), member_id=who("editor").pk, role="owner")
    offer.refresh_from_db()
    assert (offer.outcome, offer.closed_at is None) == ("lapsed", False)


def test_the_team_page_offers_and_takes_back(client, fresh, verified, who):
    fresh("owner")
    page = client.get(TEAM).text
    assert (f'value="{who("editor").pk}"' in page, "Offer the ownership" in page) == (True, True)
    assert client.post(f"{TEAM}ownership/", {"colleague": who("editor").pk}).url == TEAM
    offer = OwnershipOffer.objects.get()
    assert "Offered to <bdi>Kwame Tetteh</bdi>" in client.get(TEAM).text
    assert client.post(f"{TEAM}ownership/{offer.pk}/take-back/").url == TEAM
    again = client.post(f"{TEAM}ownership/{offer.pk}/take-back/", follow=True)
    assert "This offer was taken back. Everything stayed as it was." in again.text


def test_a_choice_that_is_none_is_told(client, fresh, verified):
    fresh("owner")
    for colleague in ("", "999999", "x"):
        page = client.post(f"{TEAM}ownership/", {"colleague": colleague}, follow=True)
        assert "Choose the colleague who shall own the company." in page.text
    assert OwnershipOffer.objects.count() == 0


def test_the_taker_finds_the_offer_and_accepts_it_once(client, fresh, offer, verified):
    fresh("editor")
    url = f"{TEAM}ownership/{offer.pk}/"
    assert "Esinam Agbeko offers you the ownership" in client.get("/sell/adanu/").text
    assert url in client.get(TEAM).text
    assert "Accept the ownership" in client.get(url).text
    assert client.post(url, {"then": "accept"}).url == TEAM
    again = client.post(url, {"then": "accept"})
    assert (again.status_code, "This offer was accepted already" in again.text) == (410, True)
    assert (client.get(url).status_code, roles(verified)["Kwame"]) == (410, "owner")


def test_the_taker_declines_without_being_asked_for_a_password(client, offer, people, verified):
    client.force_login(people.editor)
    assert client.post(f"{TEAM}ownership/{offer.pk}/", {"then": "decline"}).url == TEAM
    assert roles(verified)["Esinam"] == "owner"


@pytest.mark.parametrize("act", ["offer", "accept"])
def test_giving_and_taking_ask_anew_who_is_there(client, people, offer, who, verified, act):
    """And go on with what was asked once the password was given."""
    if act == "offer":
        OwnershipOffer.objects.all().delete()
    person, url, body = {
        "offer": (people.owner, f"{TEAM}ownership/", {"colleague": who("editor").pk}),
        "accept": (people.editor, f"{TEAM}ownership/{offer.pk}/", {"then": "accept"}),
    }[act]
    client.force_login(person)
    asked = client.post(url, body)
    assert (asked.status_code, asked.url.split("?")[0]) == (302, "/account/reauthenticate/")
    assert roles(verified)["Esinam"] == "owner"
    done = client.post(asked.url, {"password": "correct horse"})
    assert (done.status_code, done.url) == (302, TEAM)
    assert OwnershipOffer.objects.get().outcome == {"offer": "", "accept": "accepted"}[act]


@pytest.mark.parametrize(("name", "status"), [("owner", 404), ("viewer", 404), ("stranger", 404), ("officer", 404)])
def test_nobody_else_finds_the_offer(client, fresh, offer, name, status):
    fresh(name)
    url = f"{TEAM}ownership/{offer.pk}/"
    assert (client.get(url).status_code, client.post(url, {"then": "accept"}).status_code) == (status, status)

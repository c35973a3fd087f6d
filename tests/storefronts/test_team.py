"""People are invited, join, change roles and leave."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import NotAllowed, NotFound
from core.models import OutboxMail
from storefronts.exceptions import (
    AlreadyInvited,
    AlreadyMember,
    InvitationExpired,
    InvitationForSomebodyElse,
    InvitationRevoked,
    InvitationUsed,
    LastOwner,
    TooManyInvitations,
)
from storefronts.models import Invitation, Member
from storefronts.services import (
    accept_invitation,
    change_role,
    invite_member,
    leave_company,
    remove_member,
    revoke_invitation,
)


@pytest.fixture
def invite(verified, people, member):
    """Invites an address and gives (invitation, token of its mail)."""

    def make(email="kofi@elsewhere.example", role="editor"):
        invitation = invite_member(member=member(verified, people.owner), email=email, role=role, language="en")
        text = OutboxMail.objects.filter(recipient=email.lower()).latest("pk").text
        return invitation, text.split("/sell/invitations/")[1].split("/")[0]

    return make


def test_an_invitation_is_mailed_and_only_its_hash_is_kept(invite):
    invitation, token = invite("Kofi@Elsewhere.example")
    mail = OutboxMail.objects.get()
    assert (mail.recipient, mail.subject) == ("kofi@elsewhere.example", "Join Adanu Growers Union on Lateen")
    assert len(token) == 43
    assert token not in invitation.token_hash
    assert invitation.expires_at - timezone.now() > timedelta(days=6, hours=23)


def test_the_invited_person_joins_with_the_role(invite, verified, people):
    _invitation, token = invite()
    joined = accept_invitation(token=token, user=people.stranger)
    assert (joined.company, joined.role) == (verified, "editor")


def test_an_invitation_is_used_once(invite, people):
    _invitation, token = invite()
    accept_invitation(token=token, user=people.stranger)
    with pytest.raises(InvitationUsed):
        accept_invitation(token=token, user=people.stranger)
    assert Member.objects.filter(user=people.stranger).count() == 1


def test_an_invitation_is_for_one_address(invite, people, verified):
    _invitation, token = invite("somebody@else.example")
    with pytest.raises(InvitationForSomebodyElse) as refused:
        accept_invitation(token=token, user=people.stranger)
    assert str(refused.value).startswith(
        "This invitation was sent to somebody@else.example, but you are signed in as kofi@elsewhere.example."
    )
    assert verified.members.count() == 3


def test_an_expired_invitation_is_refused(invite, people):
    invitation, token = invite()
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())
    with pytest.raises(InvitationExpired):
        accept_invitation(token=token, user=people.stranger)
    assert not Member.objects.filter(user=people.stranger).exists()


def test_a_revoked_invitation_is_refused(invite, people, verified, member):
    invitation, token = invite()
    revoke_invitation(member=member(verified, people.owner), invitation_id=invitation.pk)
    with pytest.raises(InvitationRevoked):
        accept_invitation(token=token, user=people.stranger)


def test_an_unknown_token_leads_nowhere(db, people):
    with pytest.raises(NotFound):
        accept_invitation(token="made-up", user=people.stranger)


def test_one_open_invitation_per_address(invite):
    invite()
    with pytest.raises(AlreadyInvited):
        invite()
    assert OutboxMail.objects.count() == 1


def test_an_expired_invitation_makes_room_for_a_new_one(invite):
    first, _token = invite()
    Invitation.objects.filter(pk=first.pk).update(expires_at=timezone.now())
    second, _token = invite()
    assert second.pk != first.pk


def test_a_member_is_not_invited_again(invite):
    with pytest.raises(AlreadyMember):
        invite("KWAME@adanu.example")


def test_open_invitations_are_limited(invite):
    for number in range(20):
        invite(f"p{number}@else.example")
    with pytest.raises(TooManyInvitations):
        invite("one-more@else.example")


@pytest.mark.parametrize("who", ["editor", "viewer"])
def test_only_owners_invite(verified, people, member, who):
    with pytest.raises(NotAllowed):
        invite_member(
            member=member(verified, getattr(people, who)), email="a@else.example", role="viewer", language="en"
        )
    assert (Invitation.objects.count(), OutboxMail.objects.count()) == (0, 0)


def test_an_owner_changes_a_role(verified, people, member):
    colleague = member(verified, people.viewer)
    assert change_role(member=member(verified, people.owner), member_id=colleague.pk, role="editor").role == "editor"


def test_the_last_owner_stays_owner(verified, people, member):
    owner = member(verified, people.owner)
    with pytest.raises(LastOwner):
        change_role(member=owner, member_id=owner.pk, role="viewer")
    with pytest.raises(LastOwner):
        leave_company(member=owner)
    owner.refresh_from_db()
    assert owner.role == "owner"


def test_an_owner_leaves_once_there_is_another(verified, people, member):
    change_role(member=member(verified, people.owner), member_id=member(verified, people.editor).pk, role="owner")
    leave_company(member=member(verified, people.owner))
    assert set(verified.members.values_list("role", flat=True)) == {"owner", "viewer"}


@pytest.mark.parametrize("who", ["editor", "viewer"])
def test_who_does_not_own_the_company_leaves_it_though_nobody_else_owns_it(verified, people, member, who):
    Member.objects.filter(role="owner").delete()
    leave_company(member=member(verified, getattr(people, who)))
    assert verified.members.count() == 1


def test_an_owner_removes_a_colleague_but_nobody_of_another_company(verified, people, member):
    owner = member(verified, people.owner)
    remove_member(member=owner, member_id=member(verified, people.viewer).pk)
    with pytest.raises(NotFound):
        remove_member(member=owner, member_id=999_999)
    assert verified.members.count() == 2


def test_the_page_of_an_invitation_offers_the_button_to_the_invited(client, invite, people):
    _invitation, token = invite()
    client.force_login(people.stranger)
    page = client.get(reverse("storefronts:invitation", args=[token]))
    assert (page.status_code, "Join the company" in page.text) == (200, True)
    joined = client.post(reverse("storefronts:invitation", args=[token]))
    assert (joined.status_code, joined.url) == (302, "/sell/adanu/")


def test_the_page_of_an_invitation_leads_strangers_to_sign_in_and_back(client, invite):
    _invitation, token = invite()
    page = client.get(reverse("storefronts:invitation", args=[token]))
    assert (page.status_code, f"next=%2Fsell%2Finvitations%2F{token}%2F" in page.text) == (200, True)
    assert client.post(reverse("storefronts:invitation", args=[token])).status_code == 403


def test_another_person_is_told_so(client, invite, people):
    _invitation, token = invite("somebody@else.example")
    client.force_login(people.stranger)
    assert (
        "you are signed in as kofi@elsewhere.example"
        in client.get(reverse("storefronts:invitation", args=[token])).text
    )
    assert client.post(reverse("storefronts:invitation", args=[token])).status_code == 403
    assert not Member.objects.filter(user=people.stranger).exists()


@pytest.mark.parametrize("column", ["accepted_at", "revoked_at", "expires_at"])
def test_a_dead_invitation_is_gone(client, invite, people, column):
    invitation, token = invite()
    Invitation.objects.filter(pk=invitation.pk).update(**{column: timezone.now()})
    client.force_login(people.stranger)
    assert client.get(reverse("storefronts:invitation", args=[token])).status_code == 410
    assert client.post(reverse("storefronts:invitation", args=[token])).status_code == 410


def test_the_team_page_invites_and_keeps_what_was_typed(client, verified, people):
    client.force_login(people.owner)
    url = reverse("storefronts:team", args=["adanu"])
    wrong = client.post(url, {"email": "no address", "role": "editor"})
    assert (wrong.status_code, 'value="no address"' in wrong.text, "<title>Error:" in wrong.text) == (422, True, True)
    assert client.post(url, {"email": "a@else.example", "role": "viewer"}).status_code == 302
    again = client.post(url, {"email": "a@else.example", "role": "viewer"})
    assert (again.status_code, "An invitation to a@else.example is still open." in again.text) == (409, True)


def test_the_last_owner_is_told_on_the_page(client, fresh, verified):
    fresh("owner")
    page = client.post(reverse("storefronts:leave", args=["adanu"]))
    assert (page.status_code, "A company needs an owner." in page.text) == (409, True)


def test_an_invitation_says_by_whom_for_whom_and_as_what(client, invite):
    _invitation, token = invite("new@adanu.example")
    page = client.get(f"/sell/invitations/{token}/").text
    assert "<h1>Join <bdi>Adanu Growers Union</bdi></h1>" in page
    assert "<bdi>Esinam Agbeko</bdi> invites you" in page
    assert '<bdi dir="ltr">new@adanu.example</bdi>' in page


def test_who_is_new_signs_up_with_the_invited_address(client, invite):
    _invitation, token = invite("new@adanu.example")
    page = client.get(f"/sell/invitations/{token}/").text
    link = page.split('href="/account/signup/?')[1].split('"')[0].replace("&amp;", "&")
    assert link == f"next=%2Fsell%2Finvitations%2F{token}%2F&as=exporter&email=new%40adanu.example"
    assert 'value="new@adanu.example"' in client.get(f"/account/signup/?{link}").text


@pytest.fixture
def owned_by_two(verified, people, member):
    """Esinam and Kwame own it; the ids of both places and of Dela's, who reads."""
    Member.objects.filter(user=people.editor).update(role="owner")
    return {name: member(verified, getattr(people, name)).pk for name in ("owner", "editor", "viewer")}


GIVEN_OR_TAKEN = {
    "invite": ("team", None, {"email": "new@else.example", "role": "owner"}),
    "give": ("role", "viewer", {"role": "owner"}),
    "take": ("role", "editor", {"role": "viewer"}),
    "remove": ("remove", "editor", {}),
    "leave": ("leave", None, {}),
}


def read_owners(company):
    people = company.members.filter(role="owner").values_list("user__email", flat=True)
    return sorted([*people, *company.invitations.filter(role="owner").values_list("email", flat=True)])


@pytest.mark.parametrize("act", GIVEN_OR_TAKEN)
def test_ownership_is_given_and_taken_after_a_fresh_proof_alone(client, verified, people, owned_by_two, act):
    """And goes on with what was asked once the password was given."""
    name, who, body = GIVEN_OR_TAKEN[act]
    url = reverse(f"storefronts:{name}", args=["adanu", owned_by_two[who]] if who else ["adanu"])
    before = read_owners(verified)
    client.force_login(people.owner)
    asked = client.post(url, body)
    assert (asked.status_code, asked.url.split("?")[0]) == (302, "/account/reauthenticate/")
    assert read_owners(verified) == before
    assert client.post(asked.url, {"password": "correct horse"}).status_code == 302
    assert read_owners(verified) != before


def test_what_leaves_ownership_alone_asks_for_no_proof(client, verified, people, owned_by_two):
    client.force_login(people.owner)
    team, viewer = reverse("storefronts:team", args=["adanu"]), owned_by_two["viewer"]
    acts = [
        client.post(team, {"email": "new@else.example", "role": "editor"}),
        client.post(reverse("storefronts:role", args=["adanu", viewer]), {"role": "editor"}),
        client.post(reverse("storefronts:remove", args=["adanu", viewer])),
    ]
    assert [act.url for act in acts] == [team] * 3
    assert not Member.objects.filter(pk=viewer).exists()

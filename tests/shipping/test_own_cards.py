"""An exporter's own rate cards: brought in, read, thrown away; officers see that they wait and publish them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.errors import NotAllowed
from shipping.exceptions import VersionGone
from shipping.models import TariffVersion
from shipping.selectors.card_plans import count_waiting_drafts
from shipping.services.cards import discard_version, publish_version
from storefronts.choices import Role
from tests.listings.factories import make_company, make_member, make_officer
from tests.shipping.cards import card, sheets, write_csv
from tests.shipping.test_cards import bring_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    member = make_member()
    client.force_login(member.user)
    return member


def url(member, name="own_cards", *args):
    return reverse(f"shipping:{name}", args=[member.company.slug, *args])


def own(company, **changed):
    return card(owner="company", forwarder=None, company=company.slug, **{"tariff": "own-air", **changed})


def send(client, member, content, then="try"):
    return client.post(
        url(member, "own_card_import"), {"file": SimpleUploadedFile("card.csv", content), "then": then}, follow=True
    )


def draft(member, **changed):
    return bring_in(user=member.user, card=own(member.company, **changed))


def test_an_empty_list_says_what_to_do_and_offers_an_example(client, member):
    page = client.get(url(member)).text
    assert "No rate card of your own yet" in page
    assert url(member, "card_example") in page


def test_the_example_comes_in_as_it_stands(client, member):
    answer = client.get(url(member, "card_example"))
    assert answer["Content-Disposition"] == 'attachment; filename="rate-card-example.xlsx"'
    tried = send(client, member, answer.content)
    assert (tried.status_code, tried.context["problems"], tried.context["warnings"]) == (200, [], [])
    send(client, member, answer.content, then="import")
    assert TariffVersion.objects.get().tariff.company == member.company


def test_trying_writes_nothing_and_faults_are_told_by_cell(client, member):
    answer = send(client, member, write_csv(sheets(card=own(member.company, currency="XYZ"))))
    assert answer.status_code == 422
    assert [(one.sheet, one.row, one.column) for one in answer.context["problems"]] == [("card", 7, "B")]
    assert not TariffVersion.objects.exists()


def test_a_card_comes_in_as_a_draft_that_waits_for_an_officer(client, member):
    page = send(client, member, write_csv(sheets(card=own(member.company))), then="import").text
    version = TariffVersion.objects.get()
    assert (version.state, version.imported_by, version.tariff.company) == ("draft", member.user, member.company)
    assert "This draft waits for an officer" in page
    assert "There is no published version before: everything is new." in page
    assert "Waits for an officer" in client.get(url(member)).text


@pytest.mark.parametrize("then", ["try", "import"])
def test_a_card_of_somebody_else_is_refused_on_the_firms_page(client, member, then):
    other = make_company()
    make_member(company=other, user=member.user)
    for rows in (card(), own(other)):
        answer = send(client, member, write_csv(sheets(card=rows)), then=then)
        assert answer.status_code == 422
        assert f"company: {member.company.slug}" in answer.context["form"].errors["file"][0]
    assert not TariffVersion.objects.exists()


def test_an_editor_throws_a_draft_away(client, member):
    version = draft(member)
    page = client.post(url(member, "own_card", version.pk), {"then": "discard"}, follow=True).text
    assert "The draft is gone." in page
    assert not TariffVersion.objects.exists()


def test_publishing_stays_an_officers(client, member):
    version = draft(member)
    client.post(url(member, "own_card", version.pk), {"then": "publish"})
    with pytest.raises(NotAllowed):
        publish_version(officer=member.user, version_id=draft(member, tariff="second").pk)
    assert TariffVersion.objects.published().count() == 0


def test_a_published_version_is_not_thrown_away(client, member):
    version = draft(member)
    publish_version(officer=make_officer(), version_id=version.pk)
    page = client.post(url(member, "own_card", version.pk), {"then": "discard"}, follow=True).text
    assert "This version is published already." in page
    assert "Published by the agency" in page
    assert TariffVersion.objects.get().state == "published"


def test_viewers_read_and_throw_nothing_away(client, member):
    version = draft(member)
    viewer = make_member(company=member.company, role=Role.VIEWER)
    client.force_login(viewer.user)
    assert "Throw the draft away" not in client.get(url(member, "own_card", version.pk)).text
    assert client.post(url(member, "own_card", version.pk), {"then": "discard"}).status_code == 403
    with pytest.raises(NotAllowed):
        discard_version(user=viewer.user, version_id=version.pk)
    assert TariffVersion.objects.get() == version


def test_another_firm_finds_no_card(client, member):
    version = draft(member)
    stranger = make_member()
    client.force_login(stranger.user)
    assert client.get(url(member)).status_code == 404
    assert client.get(url(stranger, "own_card", version.pk)).status_code == 404
    assert client.post(url(stranger, "own_card", version.pk), {"then": "discard"}).status_code == 404
    with pytest.raises(VersionGone):
        discard_version(user=stranger.user, version_id=version.pk)
    assert TariffVersion.objects.get() == version


def test_a_card_of_the_agency_is_no_page_of_a_firm(client, member):
    assert client.get(url(member, "own_card", bring_in().pk)).status_code == 404


def test_officers_see_how_many_drafts_of_exporters_wait(client, member):
    draft(member)
    bring_in()
    assert count_waiting_drafts() == 1
    client.force_login(make_officer())
    page = client.get(reverse("admin:rate_cards"), {"show": "waiting"})
    assert [version.tariff.code for version in page.context["page"].object_list] == ["own-air"]
    publish_version(officer=make_officer(), version_id=TariffVersion.objects.get(tariff__code="own-air").pk)
    assert count_waiting_drafts() == 0
    assert "No draft of an exporter waits." in client.get(reverse("admin:rate_cards"), {"show": "waiting"}).text


def test_the_activity_log_tells_of_cards(client, member):
    discard_version(user=member.user, version_id=draft(member).pk)
    page = client.get(reverse("storefronts:activity", args=[member.company.slug])).text
    assert "threw away a draft of the rate card “<bdi>Air from Accra</bdi>”" in page

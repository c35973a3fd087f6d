"""The pages of shipping profiles: what is typed is kept or shown again, and strangers find nothing."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shipping.models import ShippingProfile
from shipping.rules.profiles import Charge, ProfileFacts
from shipping.services.profiles import save_profile
from storefronts.choices import Role
from storefronts.models import Site
from tests.listings.factories import make_company, make_member

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Tema", "country": "GH", "city": "Tema", "postcode": "", "locode": "gh tem", "handling_days": "3", "insurance_percent": "0.5",
    "pickup-amount": "0.10", "pickup-currency": "USD", "pickup-basis": "kg", "pickup-minimum": "40",
    "export_clearance-amount": "", "export_clearance-currency": "", "export_clearance-basis": "shipment", "export_clearance-minimum": "",
    "origin_terminal-amount": "0", "origin_terminal-currency": "GHS", "origin_terminal-basis": "shipment", "origin_terminal-minimum": "",
}  # fmt: skip


@pytest.fixture
def member(client):
    member = make_member(company=make_company(city="Ho", country="GH"))
    client.force_login(member.user)
    return member


def url(member, name="profiles", *args):
    return reverse(f"shipping:{name}", args=[member.company.slug, *args])


def make_profile(member, name="Tema"):
    charge = Charge("pickup", "kg", Decimal("0.10"), "USD", Decimal(40))
    return save_profile(member=member, facts=ProfileFacts(name, "GH", "Tema"), charges=[charge])


def test_the_menu_leads_to_an_empty_page_that_says_what_to_do(client, member):
    page = client.get(url(member)).text
    assert f'href="{url(member)}"' in page
    assert "No shipping profile yet" in page
    assert url(member, "add_profile") in page


def test_a_first_profile_begins_with_the_main_site(client, member):
    Site.objects.create(company=member.company, name="Mill", kind="factory", city="Kpando", country="GH")
    form = client.get(url(member, "add_profile")).context["form"]
    assert (form["city"].value(), form["country"].value(), form["name"].value()) == ("Kpando", "GH", "Kpando")


def test_without_a_site_it_begins_with_the_town_of_the_firm_and_a_second_with_the_country_alone(client, member):
    assert client.get(url(member, "add_profile")).context["form"]["city"].value() == "Ho"
    make_profile(member)
    form = client.get(url(member, "add_profile")).context["form"]
    assert (form["city"].value(), form["country"].value()) == (None, "GH")


def test_a_profile_is_saved_and_what_is_empty_is_not_known(client, member):
    page = client.post(url(member, "add_profile"), TYPED, follow=True).text
    profile = ShippingProfile.objects.get()
    assert (profile.locode, profile.handling_days, profile.insurance_percent) == ("GHTEM", 3, Decimal("0.500"))
    assert dict(profile.charges.values_list("leg", "amount")) == {
        "pickup": Decimal("0.1000"),
        "origin_terminal": Decimal(0),
    }
    assert "$0.10 for a kilogram, at least $40.00" in page
    assert page.count("not known") == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": " "}, "Give the profile a name."),
        ({"country": "XX"}, "Select a valid choice"),
        ({"city": ""}, "Name the town."),
        ({"locode": "GHTEMA"}, "A UN/LOCODE is a country’s two letters and three signs, such as GHTEM."),
        ({"locode": "XXTEM"}, "A UN/LOCODE is a country’s two letters and three signs, such as GHTEM."),
        ({"handling_days": "1.5"}, "Write a whole number."),
        ({"insurance_percent": "21"}, "This number is too large to be meant. Check it."),
        ({"pickup-amount": "ten"}, "ten"),
        ({"pickup-amount": ""}, "Give the price too, or leave both empty."),
        ({"pickup-currency": ""}, "Choose the currency of the price."),
        ({"pickup-basis": "shipment"}, "A price for the shipment has no least amount. Leave this empty."),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_what_was_typed_stays(client, member, typed, said):
    answer = client.post(url(member, "add_profile"), TYPED | {"postcode": "GT-020"} | typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="GT-020"' in answer.text
    assert "<title>Error:" in answer.text
    assert not ShippingProfile.objects.exists()


def test_a_name_that_is_taken_is_said_and_what_was_typed_stays(client, member):
    make_profile(member)
    answer = client.post(url(member, "add_profile"), TYPED)
    assert answer.status_code == 409
    assert "You have a shipping profile “Tema” already. Choose another name." in answer.text
    assert 'value="gh tem"' in answer.text


def test_a_profile_is_shown_as_it_stands_and_changed(client, member):
    profile = make_profile(member)
    page = client.get(url(member, "profile", profile.pk))
    assert page.context["rows"][0]["amount"].value() == "0.10"
    client.post(url(member, "profile", profile.pk), TYPED | {"name": "Tema port", "pickup-amount": "0.20"})
    profile.refresh_from_db()
    assert (profile.name, profile.charges.get(leg="pickup").amount) == ("Tema port", Decimal("0.2000"))


def test_another_becomes_the_usual_one(client, member):
    make_profile(member)
    other = make_profile(member, "Kumasi")
    page = client.post(url(member, "use_profile", other.pk), follow=True).text
    assert "“Kumasi” is used unless another is chosen." in page
    assert ShippingProfile.objects.get(is_default=True) == other


def test_removing_asks_once(client, member):
    profile = make_profile(member)
    assert "Remove “Tema”?" in client.get(url(member, "remove_profile", profile.pk)).text
    assert ShippingProfile.objects.exists()
    client.post(url(member, "remove_profile", profile.pk))
    assert not ShippingProfile.objects.exists()


def test_a_viewer_reads_and_changes_nothing(client, member):
    profile = make_profile(member)
    client.force_login(make_member(company=member.company, role=Role.VIEWER).user)
    page = client.get(url(member)).text
    assert ("Tema" in page, url(member, "add_profile") in page) == (True, False)
    assert client.post(url(member, "add_profile"), TYPED).status_code == 403
    assert client.post(url(member, "remove_profile", profile.pk)).status_code == 403
    assert ShippingProfile.objects.get() == profile


def test_another_firm_finds_nothing(client, member):
    profile = make_profile(member)
    stranger = make_member()
    client.force_login(stranger.user)
    assert client.get(url(member)).status_code == 404
    assert client.get(url(stranger, "profile", profile.pk)).status_code == 404
    assert client.post(url(stranger, "remove_profile", profile.pk)).status_code == 404
    assert ShippingProfile.objects.get() == profile


def test_the_list_takes_as_many_queries_for_many_profiles_as_for_one(client, member, django_assert_num_queries):
    make_profile(member)
    client.get(url(member))
    with CaptureQueriesContext(connection) as one:
        client.get(url(member))
    for name in ("A", "B", "C", "D"):
        make_profile(member, name)
    with django_assert_num_queries(len(one)):
        client.get(url(member))


def test_the_activity_log_tells_what_was_done(client, member):
    client.post(url(member, "add_profile"), TYPED)
    client.post(url(member, "remove_profile", ShippingProfile.objects.get().pk))
    page = client.get(reverse("storefronts:activity", args=[member.company.slug])).text
    assert "removed a shipping profile" in page

"""An exporter's shipping profiles: kept whole, one of them the usual one, by owners and editors alone."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.errors import NotAllowed
from core.models import AuditEntry
from reference.models import FxRate
from reference.selectors import get_rates
from shipping.exceptions import ProfileGone, ProfileNameTaken, TooManyProfiles
from shipping.models import ProfileCharge, ShippingProfile
from shipping.rules.incoterms import Leg
from shipping.rules.ladder import Figure, Standing
from shipping.rules.loads import Load, Method
from shipping.rules.profiles import Charge, ProfileFacts
from shipping.selectors.profiles import find_usual_profile, list_own_figures
from shipping.services.profiles import MOST_PROFILES, make_usual, remove_profile, save_profile
from storefronts.choices import Role
from tests.listings.factories import make_company, make_member

pytestmark = pytest.mark.django_db
TEMA = ProfileFacts("Tema", "GH", "Tema", locode="GHTEM", handling_days=3, insurance_percent=Decimal("0.5"))
PICKUP = Charge("pickup", "kg", Decimal("0.10"), "USD", Decimal(40))
TERMINAL = Charge("origin_terminal", "shipment", Decimal(80), "EUR")
LOAD = Load((), 620_000, Decimal("1.25"), Method.EQUAL)


@pytest.fixture
def member():
    return make_member()


def save(member, name="Tema", *, charges=(PICKUP,), profile_id=None):
    facts = ProfileFacts(name, "GH", "Tema", locode="GHTEM")
    return save_profile(member=member, facts=facts, charges=charges, profile_id=profile_id)


def usual_names(member):
    return list(ShippingProfile.objects.filter(company=member.company, is_default=True).values_list("name", flat=True))


def test_a_profile_is_kept_with_its_charges_and_the_first_is_the_usual_one(member):
    profile = save_profile(member=member, facts=TEMA, charges=[PICKUP, TERMINAL])
    profile.refresh_from_db()
    assert (profile.is_default, profile.locode, profile.handling_days) == (True, "GHTEM", 3)
    assert profile.insurance_percent == Decimal("0.500")
    rows = profile.charges.values_list("leg", "basis", "amount", "minimum", "currency")
    assert list(rows) == [
        ("origin_terminal", "shipment", Decimal("80.0000"), Decimal("0.00"), "EUR"),
        ("pickup", "kg", Decimal("0.1000"), Decimal("40.00"), "USD"),
    ]
    entry = AuditEntry.objects.get(action="shipping.profile_added")
    assert (entry.actor_id, entry.subject_id) == (member.user_id, str(profile.pk))


def test_a_second_profile_is_not_the_usual_one_until_it_is_made_so(member):
    save(member)
    second = save(member, "Kumasi")
    assert usual_names(member) == ["Tema"]
    make_usual(member=member, profile_id=second.pk)
    assert usual_names(member) == ["Kumasi"]
    assert AuditEntry.objects.filter(action="shipping.profile_made_usual").count() == 1


def test_a_charge_that_stays_keeps_the_day_on_which_it_was_stated(member):
    profile = save(member, charges=[PICKUP, TERMINAL])
    ProfileCharge.objects.update(stated_on=date(2026, 1, 5))
    dearer = Charge("origin_terminal", "shipment", Decimal(95), "EUR")
    save(member, charges=[PICKUP, dearer], profile_id=profile.pk)
    days = dict(profile.charges.values_list("leg", "stated_on"))
    assert days == {"pickup": date(2026, 1, 5), "origin_terminal": timezone.localdate()}
    assert AuditEntry.objects.get(action="shipping.profile_changed").fields == ["origin_terminal"]


def test_a_charge_that_is_left_out_is_not_known_any_more(member):
    profile = save(member, charges=[PICKUP, TERMINAL])
    save(member, charges=[PICKUP], profile_id=profile.pk)
    assert list(profile.charges.values_list("leg", flat=True)) == ["pickup"]


def test_saving_what_stands_writes_no_audit(member):
    profile = save(member)
    save(member, profile_id=profile.pk)
    assert not AuditEntry.objects.filter(action="shipping.profile_changed").exists()


def test_two_profiles_of_a_firm_do_not_bear_one_name_and_those_of_two_firms_may(member):
    save(member)
    with pytest.raises(ProfileNameTaken, match="You have a shipping profile “Tema” already"):
        save(member)
    assert ShippingProfile.objects.count() == 1
    assert save(make_member()).is_default


def test_a_firm_has_twenty_profiles_at_most(member):
    now = timezone.now()
    ShippingProfile.objects.bulk_create(
        ShippingProfile(company=member.company, name=f"P{number}", country="GH", city="Ho", changed_at=now)
        for number in range(MOST_PROFILES)
    )
    with pytest.raises(TooManyProfiles, match="You have 20 shipping profiles already"):
        save(member)
    assert ShippingProfile.objects.count() == 20


def test_the_first_by_name_takes_the_place_of_a_usual_one_that_goes(member):
    usual = save(member)
    save(member, "Takoradi")
    save(member, "Accra")
    remove_profile(member=member, profile_id=usual.pk)
    assert usual_names(member) == ["Accra"]
    entry = AuditEntry.objects.get(action="shipping.profile_removed")
    assert (entry.subject_kind, entry.subject_id) == ("storefronts.company", str(member.company_id))


def test_viewers_and_other_firms_change_nothing(member):
    profile = save(member)
    viewer = make_member(company=member.company, role=Role.VIEWER)
    stranger = make_member()
    for act in (make_usual, remove_profile):
        with pytest.raises(NotAllowed):
            act(member=viewer, profile_id=profile.pk)
        with pytest.raises(ProfileGone):
            act(member=stranger, profile_id=profile.pk)
    with pytest.raises(NotAllowed):
        save(viewer, "Other")
    with pytest.raises(ProfileGone):
        save(stranger, "Other", profile_id=profile.pk)
    assert list(ShippingProfile.objects.values_list("name", flat=True)) == ["Tema"]


def test_an_editor_may(member):
    assert save(make_member(company=member.company, role=Role.EDITOR)).name == "Tema"


def test_the_database_holds_one_usual_profile_of_a_firm(member):
    save(member)
    with pytest.raises(IntegrityError), transaction.atomic():
        ShippingProfile.objects.create(
            company=member.company, name="B", is_default=True, country="GH", city="Ho", changed_at=timezone.now()
        )


def test_the_usual_profile_is_found_in_one_query(member, django_assert_num_queries):
    saved = save(member, charges=[PICKUP, TERMINAL])
    with django_assert_num_queries(1):
        assert find_usual_profile(company_id=member.company_id) == saved
    assert find_usual_profile(company_id=make_company().pk) is None


def figures(member, *, currency="USD"):
    profile = find_usual_profile(company_id=member.company_id)
    return list_own_figures(profile=profile, load=LOAD, currency=currency, rates=get_rates(day=timezone.localdate()))


def test_own_figures_are_estimates_that_name_the_profile_and_the_day(member):
    save(member)
    source = "shipping profile “Tema” of the exporter"
    assert figures(member) == {Leg.PICKUP: Figure(Decimal("62.00"), Standing.ESTIMATE, source, timezone.localdate())}


def test_a_charge_without_a_fresh_rate_is_not_known(member):
    save(member, charges=[PICKUP, TERMINAL])
    old = timezone.localdate() - timedelta(days=8)
    FxRate.objects.create(day=old, base="EUR", quote="USD", units=Decimal("1.10"), source="ECB")
    assert list(figures(member)) == [Leg.PICKUP]
    FxRate.objects.create(day=timezone.localdate(), base="EUR", quote="USD", units=Decimal("1.25"), source="ECB")
    assert figures(member)[Leg.ORIGIN_TERMINAL].amount == Decimal("100.00")

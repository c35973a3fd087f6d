"""The register of forwarders: the exporter's page, the officers' records, and asking from a lookup's page."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from core.mail import suppress_address
from core.models import AuditEntry, OutboxMail
from shipping.exceptions import ForwarderKnown
from shipping.models import Forwarder, ForwarderRequest
from shipping.selectors.forwarding import describe_forwarding
from shipping.services.forwarders import ForwarderFacts, add_forwarder
from tests.listings.factories import make_company, make_member, make_officer
from tests.shipping.forwarding import ask, link_in, make_buyer, make_forwarder
from tests.shipping.lookups import make_lookup

pytestmark = pytest.mark.django_db
NEW = {"name": "Tema Lines", "email": "Desk@Tema.example", "language": "ar", "countries": "de, nl"}


@pytest.fixture
def member(client):
    member = make_member(role="editor")
    client.force_login(member.user)
    return member


def page_of(member, name="forwarders", *args):
    return reverse(f"shipping:{name}", args=[member.company.slug, *args])


def test_an_editor_writes_a_forwarder_down(client, member):
    page = client.post(page_of(member, "forwarder_new"), NEW, follow=True)
    forwarder = Forwarder.objects.get()
    assert (forwarder.company, forwarder.email, forwarder.language) == (member.company, "desk@tema.example", "ar")
    assert (forwarder.countries, forwarder.is_active) == (["DE", "NL"], True)
    assert ("Germany" in page.text, "Netherlands" in page.text, "May be asked" in page.text) == (True, True, True)
    assert AuditEntry.objects.filter(action="shipping.forwarder_added").count() == 1


def test_bad_input_keeps_what_was_typed(client, member):
    page = client.post(page_of(member, "forwarder_new"), NEW | {"name": "", "email": "nobody", "countries": "DE XX"})
    assert page.status_code == 422
    for words in ("Write the forwarder’s name.", "“XX” is no country.", 'value="nobody"', 'value="DE XX"'):
        assert words in page.text
    assert not Forwarder.objects.exists()


def test_one_address_is_one_forwarder_of_a_firm(client, member):
    make_forwarder(email="desk@tema.example", company=member.company)
    page = client.post(page_of(member, "forwarder_new"), NEW)
    assert (page.status_code, "There is a forwarder with this address already." in page.text) == (422, True)
    assert Forwarder.objects.count() == 1


def test_the_database_keeps_two_of_one_address_apart(member):
    make_forwarder(email="desk@tema.example", company=member.company)
    with pytest.raises(ForwarderKnown):
        add_forwarder(member=member, facts=ForwarderFacts("Tema Lines", "desk@tema.example", "en", []))
    assert Forwarder.objects.count() == 1


def test_other_firms_and_the_agency_may_know_the_same_address(client, member):
    make_forwarder(email="desk@tema.example")
    make_forwarder(email="desk@tema.example", company=make_company())
    assert client.post(page_of(member, "forwarder_new"), NEW).status_code == 302
    assert Forwarder.objects.count() == 3


def test_with_another_address_open_requests_go_there_under_another_link(client, member):
    forwarder = make_forwarder(company=member.company)
    ask(member.user, make_lookup(company=member.company), forwarder)
    old = link_in(OutboxMail.objects.get())
    client.post(page_of(member, "forwarder", forwarder.pk), NEW | {"language": "en"})
    mail = OutboxMail.objects.get(recipient="desk@tema.example")
    assert client.get(old).status_code == 404
    assert client.get(link_in(mail)).status_code == 200
    assert ForwarderRequest.objects.count() == 1


def test_a_name_changes_without_another_mail(client, member):
    forwarder = make_forwarder(company=member.company)
    ask(member.user, make_lookup(company=member.company), forwarder)
    typed = {"name": "Volta Freight Ltd", "email": forwarder.email, "language": "en", "countries": ""}
    page = client.post(page_of(member, "forwarder", forwarder.pk), typed, follow=True)
    assert ("Volta Freight Ltd" in page.text, "1 request waits for an answer." in page.text) == (True, True)
    assert OutboxMail.objects.count() == 1


def test_a_forwarder_is_switched_off_and_on(client, member):
    forwarder = make_forwarder(company=member.company)
    url = page_of(member, "forwarder_switch", forwarder.pk)
    off = client.post(url, {"to": "off"}, follow=True)
    assert ("They are asked no more." in off.text, Forwarder.objects.get().is_active) == (True, False)
    on = client.post(url, {"to": "on"}, follow=True)
    assert ("They may be asked again." in on.text, Forwarder.objects.get().is_active) == (True, True)


def test_an_address_that_bounced_is_marked(client, member):
    forwarder = make_forwarder(company=member.company)
    suppress_address(address=forwarder.email, reason="bounce")
    assert "Mails to this address came back" in client.get(page_of(member)).text


@pytest.mark.parametrize(("role", "status"), [("owner", 200), ("viewer", 403)])
def test_owners_keep_the_list_and_viewers_do_not_see_it(client, role, status):
    member = make_member(role=role)
    client.force_login(member.user)
    assert client.get(page_of(member)).status_code == status


def test_strangers_find_nothing(client, member):
    other = make_forwarder(company=make_member().company)
    foreign = reverse("shipping:forwarders", args=[other.company.slug])
    answers = [client.get(foreign), client.get(page_of(member, "forwarder", other.pk))]
    answers += [client.post(page_of(member, "forwarder_switch", other.pk), {"to": "off"})]
    answers += [client.post(page_of(member, "forwarder", other.pk), NEW)]
    assert [answer.status_code for answer in answers] == [404] * 4
    other.refresh_from_db()
    assert (other.name, other.is_active) == ("Volta Freight", True)


def test_the_list_takes_as_many_queries_for_many_as_for_one(client, member, django_assert_num_queries):
    make_forwarder(company=member.company)
    client.get(page_of(member))
    make_forwarder("Tema Lines", company=member.company)
    with django_assert_num_queries(15):
        client.get(page_of(member))


def test_officers_keep_the_agencys_forwarders_as_records(client):
    client.force_login(make_officer())
    make_forwarder("Firm Lines", company=make_company())
    added = client.post(reverse("admin:shipping_forwarder_add"), NEW | {"is_active": "on"})
    assert added.status_code == 302
    forwarder = Forwarder.objects.get(company=None)
    page = client.get(reverse("admin:shipping_forwarder_changelist")).text
    assert ("Tema Lines" in page, "Firm Lines" in page) == (True, False)
    again = client.post(reverse("admin:shipping_forwarder_add"), NEW)
    assert "There is a forwarder with this address already." in again.text
    assert AuditEntry.objects.filter(action="shipping.record_added", subject_id=str(forwarder.pk)).count() == 1


def test_an_officer_who_changes_an_address_renews_the_links(client):
    officer, forwarder = make_officer(), make_forwarder()
    client.force_login(officer)
    ask(officer, make_lookup(), forwarder)
    old = link_in(OutboxMail.objects.get())
    client.post(reverse("admin:shipping_forwarder_change", args=[forwarder.pk]), NEW | {"is_active": "on"})
    assert client.get(old).status_code == 404
    assert OutboxMail.objects.filter(recipient="desk@tema.example").count() == 1


def press(client, lookup, *forwarders):
    url = reverse("shipping:ask_forwarders", args=[lookup.pk])
    return client.post(url, {"forwarders": [getattr(one, "pk", one) for one in forwarders]})


def test_asking_leads_back_to_the_lookup_and_says_how_many(client):
    client.force_login(make_buyer())
    lookup = make_lookup()
    answer = press(client, lookup, make_forwarder(), make_forwarder("Tema Lines"))
    assert (answer.status_code, answer.url) == (302, f"/lookups/{lookup.pk}/")
    assert ForwarderRequest.objects.count() == 2
    assert "2 forwarders are asked by mail." in client.get("/").text


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ([], "Choose at least one forwarder."),
        (["x"], "Choose at least one forwarder."),
        (["9" * 18], "Nobody was asked"),
    ],
)
def test_what_cannot_be_asked_is_said_on_the_lookup(client, chosen, told):
    client.force_login(make_buyer())
    lookup = make_lookup()
    assert press(client, lookup, *chosen).url == f"/lookups/{lookup.pk}/"
    assert not ForwarderRequest.objects.exists()
    assert told in client.get("/").text


def test_whoever_is_not_signed_in_signs_in_first(client):
    lookup = make_lookup()
    answer = press(client, lookup, make_forwarder())
    assert answer.url.endswith(f"?next=/lookups/{lookup.pk}/")
    assert not ForwarderRequest.objects.exists()


def test_a_strangers_lookup_is_not_there(client):
    client.force_login(make_buyer())
    assert press(client, make_lookup(audience="company"), make_forwarder()).status_code == 404


def show_part(rf, lookup, user):
    context = {"forwarding": describe_forwarding(lookup=lookup, user=user), "lookup": lookup}
    request = rf.get(f"/lookups/{lookup.pk}/")
    request.user = user
    return render_to_string("shipping/parts/forwarders.html", context, request=request)


def test_a_strangers_hint_leads_back_to_the_lookup_from_wherever_the_part_is_shown(client):
    lookup = make_lookup()
    page = client.get(lookup.get_absolute_url())
    assert f'href="/account/login/?next=/lookups/{lookup.pk}/%23forwarders"' in page.text


def test_the_part_on_a_lookups_page_lists_requests_and_choices(rf):
    buyer, lookup, forwarder = make_buyer(), make_lookup(), make_forwarder()
    ask(buyer, lookup, forwarder)
    own = make_forwarder("Own Lines", company=lookup.company)
    text = show_part(rf, lookup, buyer)
    assert ("Volta Freight" in text, "Waiting for an answer" in text) == (True, True)
    assert f'name="forwarders" value="{own.pk}"' in text
    assert f'action="/lookups/{lookup.pk}/forwarders/"' in text

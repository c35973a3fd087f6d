"""The officers' pages of duties: what holds, what waits, a table that comes in, and who may."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from shipping.models import DutyRule, OriginGroup, RuleSet
from tests.certifications.deciding import officers
from tests.listings.factories import make_officer, make_user
from tests.shipping.rule_tables import DUTY, TAX, bring_in, put_in_force, write_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    person = make_officer()
    client.force_login(person)
    return person


def upload(*rows, name="rules.csv"):
    return SimpleUploadedFile(name, write_table(*rows), content_type="text/csv")


def read(client, name, *args, **query):
    return client.get(reverse(f"admin:{name}", args=args), query).content.decode()


def page_of(rule_set):
    return reverse("admin:duties_set", args=[rule_set.pk])


def test_the_list_says_what_is_in_force_with_its_sources(client, officer):
    put_in_force(officer, DUTY)
    text = read(client, "duties", to="gb", hs="0901")
    for words in (
        "GB 090121",
        "percent of the customs value",
        "7.5",
        "https://example.org/tariff",
        "consignments up to 135.00 GBP",
    ):
        assert words in text


def test_a_member_of_the_union_shows_the_rules_of_the_union_too(client, officer):
    text = read(client, "duties", to="DE")
    assert "for each distinct subheading" in text
    assert "eu-vat-rates-data" in text


def test_destinations_are_called_by_their_names(client, officer):
    put_in_force(officer, DUTY)
    text = read(client, "duties", to="GB", hs="0901")
    assert '<bdi>United Kingdom</bdi></a> <small class="muted"><bdi dir="ltr">GB</bdi></small>' in text
    assert '<bdi>European Union</bdi></a> <small class="muted"><bdi dir="ltr">EU</bdi></small>' in text


def test_an_old_source_has_a_badge(client, officer):
    put_in_force(officer, DUTY | {"hs_prefix": "180100"})
    assert "Old source" not in read(client, "duties", to="GB", hs="1801")
    DutyRule.objects.filter(hs_prefix="180100").update(read_on=timezone.localdate() - timedelta(days=181))
    assert "Old source" in read(client, "duties", to="GB", hs="1801")
    assert "One old source" in read(client, "duties")


def test_what_is_no_destination_is_refused_in_words(client, officer):
    answer = client.get(reverse("admin:duties"), {"to": "Ghana"})
    assert (answer.status_code, "Error:" in answer.content.decode()) == (422, True)


def test_a_table_is_first_tried_and_then_waits(client, officer):
    url = reverse("admin:duties_import")
    text = client.post(url, {"file": upload(DUTY, TAX), "then": "try"}).content.decode()
    assert "2 new" in text
    assert RuleSet.objects.filter(form="csv").count() == 0
    answer = client.post(url, {"text": write_table(DUTY, TAX).decode(), "file_name": "rules.csv", "then": "import"})
    rule_set = RuleSet.objects.get(form="csv")
    assert (answer["Location"], rule_set.state, rule_set.entered_by) == (page_of(rule_set), "waiting", officer)


def test_faults_are_named_by_line_and_column_and_nothing_can_be_brought_in(client, officer):
    url = reverse("admin:duties_import")
    text = client.post(url, {"file": upload(DUTY, DUTY | {"destination": "XX"}), "then": "try"}).content.decode()
    assert "“XX” is no country." in text
    assert "Bring these rules in" not in text
    answer = client.post(url, {"text": write_table(DUTY | {"destination": "XX"}).decode(), "then": "import"})
    assert (answer.status_code, RuleSet.objects.filter(form="csv").count()) == (422, 0)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"rule;destination\nduty;GB\n", "this column is missing"), ("rule,größe\n".encode("latin-1"), "not in UTF-8"),
        (b"rule,destination,source,read_on\n", "it has 0 rows"), (b"rule,price\nduty,1\n", "there is no such column"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_words(client, officer, content, words):
    file = SimpleUploadedFile("rules.csv", content)
    answer = client.post(reverse("admin:duties_import"), {"file": file, "then": "try"})
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_a_set_shows_what_it_changes_and_is_let_in(client, officer):
    put_in_force(officer, DUTY)
    rule_set = bring_in(officer, DUTY | {"percent": "8"})
    text = client.get(page_of(rule_set)).content.decode()
    for words in ("One changed", "percent 7.5", "percent 8", "Let these rules in"):
        assert words in text
    assert client.post(page_of(rule_set), {"then": "let_in"})["Location"] == reverse("admin:duties")
    assert DutyRule.objects.get(hs_prefix="090121", is_standing=True).percent == 8


def test_a_set_is_refused_and_stays_to_be_read(client, officer):
    rule_set = bring_in(officer, DUTY)
    client.post(page_of(rule_set), {"then": "refuse"})
    assert RuleSet.objects.get(pk=rule_set.pk).state == "refused"
    text = client.get(page_of(rule_set)).content.decode()
    assert "Let these rules in" not in text
    assert "090121" in text


def test_the_one_who_brought_rules_in_is_told_to_leave_them_to_another(client):
    first, second, _third = officers(3)
    rule_set = bring_in(first, DUTY)
    client.force_login(first)
    assert "Another officer reads them" in client.get(page_of(rule_set)).content.decode()
    answer = client.post(page_of(rule_set), {"then": "let_in"})
    assert (answer.status_code, RuleSet.objects.get(pk=rule_set.pk).state) == (403, "waiting")
    client.force_login(second)
    client.post(page_of(rule_set), {"then": "let_in"})
    assert RuleSet.objects.get(pk=rule_set.pk).decided_by == second


def test_groups_that_contradict_one_another_are_named_on_the_page(client, officer):
    for code in ("A", "B"):
        OriginGroup.objects.create(
            destination="GB", code=code, members=["GH"], source="https://example.org/", read_on="2026-11-20"
        )
    put_in_force(
        officer, *(DUTY | {"origin_group": code, "percent": percent} for code, percent in (("A", "1"), ("B", "2")))
    )
    assert "Rules that contradict one another" in read(client, "duties")


def test_officers_keep_groups_of_origins_by_two_letters(client, officer):
    url = reverse("admin:shipping_origingroup_add")
    row = {
        "destination": "GB",
        "code": "2020",
        "name": "A scheme",
        "source": "https://example.org/",
        "read_on": "2026-11-20",
    }
    assert "is no country" in client.post(url, row | {"members": "GH Kenya"}).content.decode()
    client.post(url, row | {"members": "ke, GH"})
    assert OriginGroup.objects.get().members == ["GH", "KE"]


@pytest.mark.parametrize("name", ["duties", "duties_import"])
def test_strangers_are_sent_to_the_door(client, name):
    client.force_login(make_user())
    assert client.get(reverse(f"admin:{name}")).status_code in {302, 403}


def test_a_set_that_is_not_there_is_not_found(client, officer):
    assert client.get(reverse("admin:duties_set", args=[987654])).status_code == 404
    assert client.post(reverse("admin:duties_set", args=[987654]), {"then": "let_in"}).status_code == 404


def test_the_list_costs_few_queries(client, officer, django_assert_max_num_queries):
    put_in_force(officer, DUTY, TAX)
    client.get(reverse("admin:duties"))
    with django_assert_max_num_queries(20):
        client.get(reverse("admin:duties"), {"to": "DE"})

"""Officers try a card, bring it in, read what it changes and publish it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shipping.models import TariffVersion
from tests.listings.factories import make_member, make_officer
from tests.shipping.cards import PRICES, card, sheets, write_csv, write_xlsx
from tests.shipping.test_cards import bring_in

pytestmark = pytest.mark.django_db
IMPORT, CARDS = "admin:rate_card_import", "admin:rate_cards"


@pytest.fixture
def officer(client):
    officer = make_officer()
    client.force_login(officer)
    return officer


def send(client, content, then="try", name="card.xlsx"):
    return client.post(reverse(IMPORT), {"file": SimpleUploadedFile(name, content), "then": then})


@pytest.mark.usefixtures("officer")
def test_faults_are_shown_with_their_places_and_nothing_is_written(client):
    answer = send(client, write_xlsx(sheets(card=card(currency="XYZ"))), then="import")
    assert answer.status_code == 422
    assert "“XYZ” is no currency in use" in answer.content.decode()
    assert [(one.sheet, one.row, one.column) for one in answer.context["problems"]] == [("card", 7, "B")]
    assert not TariffVersion.objects.exists()


@pytest.mark.usefixtures("officer")
def test_trying_writes_nothing_and_says_what_would_come(client):
    answer = send(client, write_xlsx(sheets(prices=[*PRICES, ["Accra", "Hamburg", "per_kg", "100", "", "3.75", ""]])))
    assert answer.status_code == 200
    assert [one.words for one in answer.context["warnings"]] == ["The price rises: row 4 has 3.50 for less weight."]
    assert "4 prices" in answer.content.decode()
    assert not TariffVersion.objects.exists()


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize(
    ("content", "said"), [(b"nonsense", "a line such as [card] or [zones] comes first"), (None, "Choose a file.")]
)
def test_what_is_no_card_is_said_at_the_field(client, content, said):
    answer = send(client, content) if content else client.post(reverse(IMPORT), {"then": "try"})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_card_comes_in_is_looked_through_and_published(client, officer):
    bring_in(publish=True)
    whole = sheets(
        card=card(valid_from="2027-02-01", valid_until="2027-06-30", divisor="5000"),
        prices=[PRICES[0], ["Accra", "Europe", "per_kg", "0", "", "5.50", "4"]],
    )
    answer = client.post(
        reverse(IMPORT), {"file": SimpleUploadedFile("card.csv", write_csv(whole)), "then": "import"}, follow=True
    )
    page = answer.content.decode()
    assert "The card is a draft." in page
    assert answer.context["about"].changes[0].percent == 10
    assert "10.0 %" in page
    assert "Air from Accra" in client.get(reverse(CARDS)).content.decode()
    version = TariffVersion.objects.get(number=2)
    done = client.post(reverse("admin:rate_card", args=[version.pk]), {"then": "publish"}, follow=True)
    version.refresh_from_db()
    assert (version.state, version.published_by) == ("published", officer)
    assert "Published by" in done.content.decode()
    again = client.post(reverse("admin:rate_card", args=[version.pk]), {"then": "discard"}, follow=True)
    assert "This version is published already." in again.content.decode()


@pytest.mark.usefixtures("officer")
def test_a_draft_may_be_thrown_away(client):
    version = bring_in()
    done = client.post(reverse("admin:rate_card", args=[version.pk]), {"then": "discard"}, follow=True)
    assert "The draft is gone." in done.content.decode()
    assert not TariffVersion.objects.exists()
    assert client.get(reverse("admin:rate_card", args=[version.pk])).status_code == 404


@pytest.mark.usefixtures("officer")
def test_a_first_version_is_all_new_and_rising_prices_are_named(client):
    version = bring_in(prices=[*PRICES, ["Accra", "Hamburg", "per_kg", "100", "", "3.75", ""]])
    page = client.get(reverse("admin:rate_card", args=[version.pk])).content.decode()
    assert "There is no published version before: everything is new." in page
    assert "Prices that rise at a higher step" in page


def test_members_and_strangers_are_sent_to_the_officers_sign_in(client):
    version = bring_in()
    client.force_login(make_member().user)
    for address in (reverse(CARDS), reverse(IMPORT), reverse("admin:rate_card", args=[version.pk])):
        assert client.get(address).status_code == 302
    assert client.post(reverse("admin:rate_card", args=[version.pk]), {"then": "publish"}).status_code == 302
    version.refresh_from_db()
    assert version.is_draft


@pytest.mark.usefixtures("officer")
def test_the_list_takes_as_many_queries_for_many_cards_as_for_one(client, django_assert_num_queries):
    bring_in()
    client.get(reverse(CARDS))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(CARDS))
    for number in range(4):
        bring_in(card=card(tariff=f"air-{number}"))
    with django_assert_num_queries(len(one)):
        client.get(reverse(CARDS))


@pytest.mark.usefixtures("officer")
def test_a_card_shows_what_growing_loads_cost(client):
    version = bring_in(surcharges=None)
    page = client.get(reverse("admin:rate_card", args=[version.pk]))
    first = page.context["about"].plots[0]
    assert (first.title, first.ticks) == ("Accra to Europe", ("1", "5", "20", "45", "100", "300", "1,000"))
    assert [bar.text for bar in first.bars] == ["80", "80", "100", "225", "400", "1,200", "4,000"]
    assert "What growing loads cost" in page.content.decode()

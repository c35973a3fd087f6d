"""Who may be asked about dangerous goods, and what the landed cost says of them."""

import pytest

from shipping.rules.dangerous import Askable, find_askable
from tests.shipping.cards import card
from tests.shipping.test_cards import bring_in
from tests.shipping.test_landed_cost import DAYS, estimate, get, listing  # noqa: F401  the fixture


@pytest.mark.parametrize(
    ("is_dangerous", "un_number", "askable"),
    [
        (False, "", Askable(cards=True, carriers=True, forwarders=True)),
        (True, "1197", Askable(cards=True, carriers=False, forwarders=True)),
        (False, "1197", Askable(cards=True, carriers=False, forwarders=True)),
        (True, "", Askable(cards=False, carriers=False, forwarders=True)),
    ],
)
def test_who_may_be_asked(is_dangerous, un_number, askable):
    assert find_askable(is_dangerous=is_dangerous, un_number=un_number) == askable


def test_forwarders_are_alone_without_a_number_only():
    assert find_askable(is_dangerous=True, un_number="").is_forwarders_alone
    assert not find_askable(is_dangerous=True, un_number="1197").is_forwarders_alone


@pytest.fixture
def dangerous(listing):  # noqa: F811
    bring_in(publish=True, card=card(**DAYS), surcharges=None)
    listing.live_revision.is_dangerous = True
    listing.live_revision.save()
    return listing


@pytest.mark.django_db
def test_without_a_number_no_card_is_asked_and_the_page_leads_to_the_exporter(client, dangerous):
    found = estimate(dangerous)
    assert (found.freights, found.ladder, found.is_forwarders_alone) == ((), (), True)
    page = get(client, dangerous, to="DE", quantity="600").text
    assert "Only a forwarder can price this" in page
    assert f'href="{dangerous.get_absolute_url()}#ask"' in page
    assert [word for word in ("Air from Accra", "No rate card covers", "At your door") if word in page] == []


@pytest.mark.django_db
def test_with_a_number_cards_price_as_usual(client, dangerous):
    dangerous.live_revision.un_number = "1197"
    dangerous.live_revision.save()
    assert len(estimate(dangerous).ladder) == 11
    assert "At your door in Germany" in get(client, dangerous, to="DE", quantity="600").text

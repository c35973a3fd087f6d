"""One's own profile, the account's first page, and where sign-in leads."""

import pytest

from accounts.exceptions import TaxNumberWrong
from accounts.models import BuyerProfile
from accounts.rules import Device, check_tax_number, name_device
from core.models import AuditEntry
from tests.accounts.conftest import sign_in

pytestmark = pytest.mark.django_db

TYPED = {
    "full_name": "Anna M. Keller",
    "language": "ar",
    "organisation": "Keller Röstwerk GmbH",
    "address": "Am Speicher 1",
    "postcode": "28217",
    "city": "Bremen",
    "country": "DE",
    "tax_id": "DE 136 695 976",
}


def test_a_buyer_changes_the_profile(client, buyer):
    sign_in(client, buyer.email)
    assert client.post("/account/profile/", TYPED)["Location"] == "/account/profile/"
    profile = BuyerProfile.objects.select_related("user").get()
    assert (profile.user.full_name, profile.user.language) == ("Anna M. Keller", "ar")
    assert (profile.organisation, profile.postcode, profile.tax_id) == ("Keller Röstwerk GmbH", "28217", "136695976")
    entry = AuditEntry.objects.get(action="accounts.profile_changed")
    assert entry.fields == ["address", "full_name", "language", "organisation", "postcode", "tax_id"]
    assert "Your profile is saved." in client.get("/account/profile/").content.decode()


def test_a_buyer_names_a_website_and_a_wrong_one_is_refused(client, buyer):
    sign_in(client, buyer.email)
    client.post("/account/profile/", {**TYPED, "website": "www.keller.example"})
    assert BuyerProfile.objects.get().website == "https://www.keller.example"
    answer = client.post("/account/profile/", {**TYPED, "website": "ftp://keller.example/pub files"})
    assert answer.status_code == 422
    assert BuyerProfile.objects.get().website == "https://www.keller.example"


def test_a_wrong_tax_number_is_refused_at_its_field_and_nothing_is_lost(client, buyer):
    sign_in(client, buyer.email)
    answer = client.post("/account/profile/", {**TYPED, "tax_id": "DE 136 695 977"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<p class="error-msg" id="id_tax_id_error">' in page
    assert "This is not a tax number of that country. Check the digits and the country." in page
    assert 'value="Keller Röstwerk GmbH"' in page
    assert 'value="DE 136 695 977"' in page
    assert "<title>Error: Profile" in page
    buyer.refresh_from_db()
    assert (buyer.full_name, BuyerProfile.objects.get().organisation) == ("Anna Keller", "Keller Röstwerk")


def test_an_exporter_has_no_buyer_fields(client, exporter):
    sign_in(client, exporter.email)
    assert list(client.get("/account/profile/").context["form"].fields) == ["full_name", "language"]
    client.post(
        "/account/profile/", {"full_name": "Akosua A.", "language": "en", "organisation": "Sneaked in", "country": "GH"}
    )
    exporter.refresh_from_db()
    assert exporter.full_name == "Akosua A."
    assert BuyerProfile.objects.count() == 0


def test_the_header_does_not_show_a_refused_name(client, buyer):
    sign_in(client, buyer.email)
    answer = client.post("/account/profile/", {**TYPED, "full_name": "Somebody Else", "country": ""})
    assert answer.context["user"].full_name == "Anna Keller"


@pytest.mark.parametrize("path", ["/account/", "/account/profile/", "/account/landing/", "/account/second-factor/"])
def test_a_stranger_is_asked_to_sign_in(client, db, path):
    assert client.get(path)["Location"] == f"/account/login/?next={path}"


def test_an_officer_lands_in_the_admin(client, officer):
    sign_in(client, officer.email)
    assert client.get("/account/landing/")["Location"] == "/admin/"


def test_landing_keeps_the_language(client, exporter):
    sign_in(client, exporter.email)
    assert client.get("/ar/account/landing/")["Location"] == "/ar/sell/"


@pytest.mark.parametrize(
    ("country", "number", "kept"),
    [
        ("DE", "DE 136 695 976", "136695976"), ("NL", "NL4495445B01", "004495445B01"), ("FR", "Fr 40 303 265 045", "40303265045"),
        ("GR", "EL 094259216", "094259216"), ("US", "94-2404110", "942404110"), ("GH", "C0000803561", "C0000803561"),
        ("TZ", "anything 12", "anything 12"), ("DE", "", ""),
    ],
)  # fmt: skip
def test_a_tax_number_is_kept_as_its_country_writes_it(country, number, kept):
    assert check_tax_number(country=country, number=number) == kept


@pytest.mark.parametrize(
    ("country", "number"), [("DE", "136695977"), ("NL", "NL123456789B90"), ("FR", "40 303 265 046"), ("GH", "12")]
)
def test_a_number_that_its_country_cannot_have_issued_is_refused(country, number):
    with pytest.raises(TaxNumberWrong) as refused:
        check_tax_number(country=country, number=number)
    assert (refused.value.field, refused.value.status) == ("tax_id", 422)


@pytest.mark.parametrize(
    ("user_agent", "browser", "system"),
    [
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0 Mobile Safari/537.36",
            "Chrome",
            "Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0 Safari/537.36 Edg/128.0",
            "Edge",
            "Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari",
            "iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:129.0) Gecko/20100101 Firefox/129.0", "Firefox", "Linux"),
        ("curl/8.5", "", ""),
    ],
)
def test_a_browser_is_called_by_the_name_that_people_know(user_agent, browser, system):
    assert name_device(user_agent) == Device(browser, system)

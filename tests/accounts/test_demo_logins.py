"""Demo people are at home in a demo; production lets none of them in, and the doctor names them."""

import re

import pytest
from allauth.account.models import Login
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib.messages.storage.fallback import FallbackStorage

from accounts.exceptions import DemoLoginRefused
from accounts.rules import is_demo_address
from accounts.selectors import find_demo_people
from accounts.services.people import add_person
from core.doctor import Finding
from tests.accounts.conftest import PASSWORD, newest_mail, sign_in

pytestmark = pytest.mark.django_db
REFUSED = "This is a login of the demonstration. It does not work here. Sign in with an account of your own."


@pytest.fixture
def demo_exporter(db):
    return add_person(email="esinam@demo.example", password=PASSWORD, full_name="Esinam Agbeko")


@pytest.fixture
def production(settings):
    settings.DEMO_ALLOWED = False


@pytest.mark.parametrize(
    ("email", "verdict"),
    [
        ("esinam@demo.example", True),
        (" Esinam@DEMO.example", True),
        ("a@notdemo.example", False),
        ("demo.example@else.org", False),
    ],
)
def test_demo_addresses_are_told_by_their_ending(email, verdict):
    assert is_demo_address(email) is verdict


def test_a_demo_person_signs_in_where_demos_are_allowed(client, demo_exporter):
    assert sign_in(client, demo_exporter.email).status_code == 302


def test_production_refuses_the_printed_password(client, demo_exporter, production):
    answer = sign_in(client, "ESINAM@demo.example")
    assert (answer.status_code, REFUSED in answer.text) == (403, True)
    assert "_auth_user_id" not in client.session


def test_production_refuses_a_mailed_code(client, demo_exporter, production):
    client.post("/account/login/code/", {"email": demo_exporter.email})
    code = re.search(r'class="code" dir="ltr">(\S+)<', newest_mail(demo_exporter.email).html)[1]
    answer = client.post("/account/login/code/confirm/", {"code": code})
    assert (answer.status_code, REFUSED in answer.text) == (403, True)
    assert "_auth_user_id" not in client.session


def test_production_refuses_a_passkey(rf, client, demo_exporter, production):
    request = rf.post("/account/2fa/webauthn/login/")
    request.session, request.user = client.session, demo_exporter
    request._messages = FallbackStorage(request)
    passkey = Authenticator.objects.create(user=demo_exporter, type=Authenticator.Type.WEBAUTHN, data={})
    with request_context(request), pytest.raises(DemoLoginRefused):
        perform_passwordless_login(request, passkey, Login(user=demo_exporter, email=demo_exporter.email))
    assert "_auth_user_id" not in request.session


def test_production_lets_everybody_else_in(client, exporter, production):
    assert sign_in(client, exporter.email).status_code == 302


def test_the_doctor_names_demo_people_of_a_production_site(demo_exporter, exporter, production):
    (finding,) = find_demo_people()
    assert finding.words == "Demo people are in the database of this production site: esinam@demo.example."
    assert finding.is_well is False


def test_the_doctor_is_content_without_demo_people(exporter, production):
    assert list(find_demo_people()) == [Finding("Demo", "No demo people are in the database.")]


def test_the_doctor_does_not_mind_demo_people_of_a_demo(demo_exporter):
    assert list(find_demo_people()) == []

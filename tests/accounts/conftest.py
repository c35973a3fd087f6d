"""Personas of the accounts room and the mails that they get."""

import re

import pytest

from accounts.choices import Purpose
from accounts.models import BuyerProfile, User
from accounts.services.people import add_person
from core.models import OutboxMail

PASSWORD = "baobab under the rain"


def newest_mail(address):
    """The last mail in the outbox to an address."""
    return OutboxMail.objects.filter(recipient=address).latest("id")


def link_in(mail):
    """The path of the first link in a mail that leads into the account pages."""
    return re.search(r"https?://[^/\s]+(/(?:ar/)?account/\S+)", mail.text)[1]


def sign_in(client, email, password=PASSWORD, **fields):
    return client.post("/account/login/", {"login": email, "password": password, **fields})


@pytest.fixture(autouse=True)
def mails_go_to_the_outbox(settings):
    """Django's test runner puts its own mailbox in the way."""
    settings.EMAIL_BACKEND = "core.mail.OutboxBackend"


@pytest.fixture
def exporter(db):
    return add_person(email="akosua@example.org", password=PASSWORD, full_name="Akosua Adjei", purpose=Purpose.EXPORTER)


@pytest.fixture
def buyer(db):
    person = add_person(email="anna@example.org", password=PASSWORD, full_name="Anna Keller")
    BuyerProfile.objects.create(user=person, organisation="Keller Röstwerk", country="DE", city="Bremen")
    return person


@pytest.fixture
def officer(db):
    person = add_person(email="kofi@example.org", password=PASSWORD, full_name="Kofi Asante")
    User.objects.filter(pk=person.pk).update(is_staff=True)
    person.refresh_from_db()
    return person


@pytest.fixture
def administrator(db):
    person = add_person(email="yaa@example.org", password=PASSWORD, full_name="Yaa Boateng")
    User.objects.filter(pk=person.pk).update(is_staff=True, is_superuser=True)
    person.refresh_from_db()
    return person

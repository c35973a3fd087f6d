"""A kind of notice of the tests' own, and people who are told."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache

from accounts.models import User
from notifications.registry import NoticeKind, _kinds, register_kind
from notifications.services import notify_address, notify_person

KIND = "harbour"


@pytest.fixture(autouse=True)
def harbour_kind(db):
    cache.clear()
    register_kind(NoticeKind(KIND, "News of the harbour", "You get this mail because a ship came in.", ("buyer",)))
    yield
    _kinds.pop(KIND)


def make_person(email, **fields):
    person = User.objects.create_user(email, "correct horse", full_name="Anna Keller", **fields)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


@pytest.fixture
def anna(db):
    return make_person("anna@example.org")


@pytest.fixture
def ben(db):
    return make_person("ben@example.org")


@pytest.fixture
def tell():
    """Tell somebody: `tell(anna, key="1", name="The Seagull")`."""

    def do(who, *, key="1", subject="The Seagull is in", **how):
        context = {"inquiry": {"subject": subject}, "sentence": "She carries coffee."}
        if isinstance(who, str):
            return notify_address(
                address=who, language="en", kind=KIND, key=key, template="inquiry_left_out", context=context, **how
            )
        return notify_person(
            person=who, kind=KIND, key=key, url="/help/", template="inquiry_left_out", context=context, **how
        )

    return do

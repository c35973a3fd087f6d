"""Two officers, an exporter, a firm, and acts of support."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import timezone

from reporting.models import SupportAct
from tests.listings.factories import make_company, make_member, make_user


@pytest.fixture
def people(db):
    return SimpleNamespace(
        officer=make_user("ama@agency.example", full_name="Ama Kumi", is_staff=True),
        colleague=make_user("yaw@agency.example", full_name="Yaw Darko", is_staff=True),
        exporter=make_user("esi@adanu.example", full_name="Esi Mensah", purpose="exporter"),
    )


@pytest.fixture
def firm(people):
    company = make_company(legal_name="Adanu Growers Union", slug="adanu")
    make_member(company=company, user=people.exporter)
    return company


@pytest.fixture
def make_act(people, firm):
    """A row of its own: `make_act(company=…, day=…, cost="12.50", currency="GHS", voided=True)`."""

    def make(*, company=firm, days_ago=0, cost=None, voided=False, **fields):
        now = timezone.now()
        told = {
            "kind": "advice",
            "minutes": 30,
            "day": timezone.localdate() - timedelta(days=days_ago),
            "created_at": now,
        }
        if voided:
            told |= {"voided_at": now, "voided_by": people.officer, "void_reason": "A slip"}
        price = Decimal(cost) if cost is not None else None
        return SupportAct.objects.create(company=company, officer=people.officer, cost=price, **(told | fields))

    return make


@pytest.fixture
def as_officer(client, people):
    client.force_login(people.officer)
    return client

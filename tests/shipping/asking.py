"""Lookups in tests: an exporter in Accra, accounts at carriers on this machine, and a request as the product page makes it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from core import jobs
from core.money import Money
from core.secrets import encrypt
from shipping.choices import Audience
from shipping.models import CarrierAccount, Lookup
from shipping.rules.loads import Package
from shipping.rules.lookups import FreightRequest
from shipping.rules.zones import Place
from shipping.services.lookups import Asker, ask_for_freight

CARTON = Package("carton", 2, 12_345, 405, 300, 251)
DHL, UPS, FEDEX = "mydhl", "ups", "fedex"


def make_account(carrier, company=None, *, number="number-77", name="", **change):
    sealed = {
        "sealed_number": encrypt(number),
        "sealed_user": encrypt("user-4711"),
        "sealed_secret": encrypt("secret-0815"),
    }
    given = {
        "carrier": carrier,
        "company": company,
        "name": name or carrier,
        "environment": "sandbox",
        "is_for_buyers": True,
    }
    given["changed_at"] = timezone.now() - timedelta(days=1)
    return CarrierAccount.objects.create(**{**given, **sealed, **change})


def make_request(**change):
    given = FreightRequest(
        Place("GH", "GA184", "Accra"), Place("DE", "20457", "Hamburg"), (CARTON,), timezone.localdate(), "Shea butter", "151590",
        Money(Decimal("480.50"), "USD"),
    )  # fmt: skip
    return replace(given, **change)


def ask(company, *, audience=Audience.BUYERS, who="203.0.113.7", **change):
    return ask_for_freight(request=make_request(**change), asker=Asker(company, audience, who))


def answer(lookup):
    """The worker comes by; the lookup as it is then."""
    jobs.run_due_jobs()
    return Lookup.objects.get(pk=lookup.pk)


def outcomes(lookup):
    """State and failure of each carrier's attempt, in order."""
    return [(row.label, row.state, row.failure) for row in lookup.attempts.filter(kind="carrier").order_by("pk")]


def let_time_pass(lookup, **passed):
    """As though the lookup had been asked earlier: its times, its attempts' and their freshness."""
    shift = timedelta(**passed)
    carriers = lookup.attempts.exclude(
        kind="cards"
    )  # cards hold until midnight, also where a test runs shortly before it
    for attempt in carriers:
        _shift(attempt, shift, "started_at", "ended_at", "answered_at", "fresh_until")
    _shift(lookup, shift, "asked_at", "settle_by", "settled_at")
    ends = [attempt.fresh_until for attempt in lookup.attempts.all() if attempt.fresh_until]
    lookup.fresh_until = min(ends) if lookup.fresh_until and ends else lookup.fresh_until
    lookup.save()


def _shift(row, shift, *names):
    for name in names:
        if getattr(row, name):
            setattr(row, name, getattr(row, name) - shift)
    row.save()

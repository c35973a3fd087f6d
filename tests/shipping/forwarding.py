"""Forwarders, requests to them and the links behind which they answer."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.utils import timezone

from core.jobs import run_job
from core.models import Job, OutboxMail
from shipping.models import Forwarder, ForwarderRequest
from shipping.services.forwarding import ask_forwarders
from tests.listings.factories import make_user


def make_forwarder(name="Volta Freight", email="", *, company=None, **fields):
    address = email or f"{name.lower().replace(' ', '.')}@forwarder.example"
    return Forwarder.objects.create(name=name, email=address, company=company, **fields)


def make_buyer(email="lena@hanse.example", *, confirmed=True):
    buyer = make_user(email, full_name="Lena Brandt")
    EmailAddress.objects.create(user=buyer, email=email, verified=confirmed, primary=True)
    return buyer


def ask(user, lookup, *forwarders):
    return ask_forwarders(user=user, lookup_id=lookup.pk, forwarder_ids=[one.pk for one in forwarders])


def link_in(mail):
    """The path of the link in a mail's text."""
    return urlsplit(re.search(r"http\S*/freight/\S+", mail.text).group()).path


def token_of(request):
    """The key in the newest mail of a request."""
    return link_in(OutboxMail.objects.filter(recipient=request.forwarder.email).first()).split("/")[-2]


def type_offer(**changed):
    """A price as the form sends it."""
    until = (timezone.localdate() + timedelta(days=20)).isoformat()
    typed = {
        "act": "offer", "amount": "1,180.50", "currency": "EUR", "mode": "lcl", "transit_days": "24", "valid_until": until,
        "legs": ["pickup", "destination_terminal"], "note": "Sailing every Friday.",
    }  # fmt: skip
    return typed | changed


def run_due(name):
    """Make the waiting jobs of a name due and work them off."""
    Job.objects.filter(name=name, state="waiting").update(due_at=timezone.now())
    for row in Job.objects.filter(name=name, state="waiting"):
        run_job(row.pk)


def pass_days(request, days):
    """As if the request had been sent so many days earlier."""
    ago = timedelta(days=days)
    ForwarderRequest.objects.filter(pk=request.pk).update(
        asked_at=request.asked_at - ago, expires_at=request.expires_at - ago
    )

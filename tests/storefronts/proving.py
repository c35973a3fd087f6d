"""A second factor for tests: what allauth writes down when somebody has just shown a code of their app."""

import time
from datetime import timedelta

from allauth.account.internal.flows import login
from allauth.mfa.models import Authenticator
from django.utils import timezone

from core.secrets import encrypt


def prove(client, person, kind="totp"):
    """This browser has just shown a code of the person's app, as allauth writes it down."""
    factor = Authenticator.objects.create(user=person, type=kind, data={"secret": encrypt("x")})
    Authenticator.objects.filter(pk=factor.pk).update(created_at=timezone.now() - timedelta(days=9))
    proof = {"method": "mfa", "type": kind, "id": factor.pk, "at": time.time(), "reauthenticated": True}
    session = client.session
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [proof]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
    session.save()

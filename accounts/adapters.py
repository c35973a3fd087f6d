"""What allauth asks of us: words, mails, names of passkeys."""

import time
from datetime import UTC, datetime
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.exceptions import DemoLoginRefused
from accounts.rules import SecondFactorProof, is_demo_address


class AccountAdapter(DefaultAccountAdapter):
    """allauth's accounts in our words; its mails know the site and the agency."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "The email address or the password is wrong. Check both, or ask for a sign-in code by email."
        ),
        "too_many_login_attempts": _("Too many tries. Your account is safe. Wait five minutes, then try again."),
        "incorrect_code": _("This code is wrong. Type the newest code."),
        "incorrect_password": _("This password is wrong."),
        "enter_current_password": _("This is not your present password."),
        "duplicate_email": _("This email address is in your account already."),
        "rate_limited": _("That was too often. Wait a few minutes, then try again."),
    }

    def format_email_subject(self, subject: str) -> str:
        """Without a prefix: the sender's name says who writes."""
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Add what the frame of every mail shows."""
        frame = {"site_url": settings.SITE_URL, "agency_name": settings.AGENCY_NAME, "brand_name": settings.BRAND_NAME}
        super().send_mail(template_prefix, email, {**frame, "email": email, **context})

    def login(self, request: Any, user: Any) -> None:
        """Where every way in ends: password, mailed code, passkey, new password. Raises DemoLoginRefused in production."""
        if not settings.DEMO_ALLOWED and is_demo_address(user.email):
            raise DemoLoginRefused
        super().login(request, user)

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Not within minutes of a sign-in: whoever has just shown who they are is not asked again at once."""
        signed_in = [record["at"] for record in get_authentication_records(self.request, self.request.user)]
        fresh = bool(signed_in) and time.time() - max(signed_in) < app_settings.REAUTHENTICATION_TIMEOUT
        return not fresh and bool(super().is_reauthentication_required(app=app, **options))

    def get_password_change_redirect_url(self, request: Any) -> str:  # noqa: ARG002  allauth's signature
        """To the account's page, not back to the empty form."""
        return reverse("accounts:home")


def require_fresh_sign_in(request: HttpRequest) -> None:
    """Go on only within minutes of a proof of who it is; else allauth asks for one, then comes back with the same request."""
    reauthentication_required(lambda _request: None)(request)


def find_second_factor_proof(request: HttpRequest) -> SecondFactorProof | None:
    """The last proof that this browser gave by an authenticator app or a passkey which is still there; recovery codes prove nothing here."""
    records = get_authentication_records(request, request.user)
    given = [one for one in records if one.get("method") == "mfa" and one.get("type") in {"totp", "webauthn"}]
    if not given:
        return None
    last = max(given, key=lambda one: float(one["at"]))
    factor = Authenticator.objects.filter(user=request.user, pk=last.get("id") or 0, type=last["type"]).first()
    return SecondFactorProof(datetime.fromtimestamp(last["at"], tz=UTC), factor.created_at) if factor else None


def has_second_factor(user: Any) -> bool:
    """The person has an authenticator app or a passkey."""
    return bool(is_mfa_enabled(user))


class MFAAdapter(DefaultMFAAdapter):
    """Second factors in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is wrong. Wait until the app shows the next one and type that."),
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002  allauth's name
        """A name to begin with; the person may change it."""
        number = len(user.authenticator_set.filter(type=type)) + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name that the browser's passkey window shows."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.BRAND_NAME}

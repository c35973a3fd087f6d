"""What administrators do with other people's accounts."""

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.exceptions import AddressTaken, NotAnAdministrator, OwnAccount
from accounts.models import User
from accounts.selectors import find_person
from core.audit import record
from core.mail import queue_mail


@transaction.atomic
def invite_officer(*, email: str, full_name: str, administrator: User) -> User:
    """Make an officer without a password and mail them a link to set one. Administrators only; raises AddressTaken.

    The address counts as confirmed: nobody can sign in before a link or code that was sent to it came back.
    """
    _require_administrator(administrator)
    if find_person(email=email):
        raise AddressTaken
    officer: User = User.objects.create_user(
        email, None, full_name=full_name, is_staff=True, language=administrator.language
    )
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)
    record("accounts.officer_invited", subject=officer, actor=administrator, fields=["email", "full_name", "is_staff"])
    queue_mail(
        to=officer.email,
        template="account_officer",
        language=officer.language,
        context={
            "full_name": full_name,
            "inviter": str(administrator),
            "set_password_url": _set_password_url(officer),
            "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
        },
    )
    return officer


@transaction.atomic
def close_account(*, person: User, administrator: User) -> User:
    """Keep a person out: no sign-in, every session ends at once. Administrators only; raises OwnAccount."""
    _require_administrator(administrator)
    if person.pk == administrator.pk:
        raise OwnAccount
    closed: User = User.objects.select_for_update().get(pk=person.pk)
    closed.is_active = False
    closed.save(update_fields=["is_active"])
    for session in UserSession.objects.filter(user=closed):
        session.end()
    record("accounts.closed", subject=closed, actor=administrator, fields=["is_active"])
    return closed


@transaction.atomic
def reopen_account(*, person: User, administrator: User) -> User:
    """Let a person in again. Administrators only."""
    _require_administrator(administrator)
    opened: User = User.objects.select_for_update().get(pk=person.pk)
    opened.is_active = True
    opened.save(update_fields=["is_active"])
    record("accounts.reopened", subject=opened, actor=administrator, fields=["is_active"])
    return opened


def _require_administrator(person: User) -> None:
    if not person.is_administrator:
        raise NotAnAdministrator


def _set_password_url(person: User) -> str:
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return f"{settings.SITE_URL}{reverse('account_reset_password_from_key', kwargs=key)}"

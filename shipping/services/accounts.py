"""Accounts at carriers are entered, changed, switched and removed by those who look after them, and paused when a carrier refuses them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core import audit
from core.errors import NotAllowed, NotFound
from core.secrets import encrypt, encrypt_anew
from notifications.services import notify_person
from shipping.choices import AccountState, Carrier, CarrierEnvironment, CarrierFailure
from shipping.exceptions import (
    AccountAlreadyOff,
    AccountAlreadyOn,
    AccountNameMissing,
    AccountNameTaken,
    SandboxForBuyers,
    TooManyAccounts,
)
from shipping.models import CarrierAccount
from shipping.rules.accounts import PARTS, Credentials, clean_credentials, require_all
from storefronts.choices import Role
from storefronts.models import Company, Member

MOST_ACCOUNTS = 10
PAUSED = "carrier_paused"


@dataclass(frozen=True)
class AccountTerms:
    """What may be read of an account: its name, which of the carrier's systems it asks, and whether buyers' lookups ask it too."""

    name: str
    environment: CarrierEnvironment
    is_for_buyers: bool


@transaction.atomic
def add_account(
    *, actor: User, company_id: int | None, carrier: Carrier, terms: AccountTerms, credentials: Credentials
) -> CarrierAccount:
    """Enter an account of a firm, by its owners, or of the agency (None), by officers. It is asked from the next lookup on.

    Raises NotFound, NotAllowed, AccountNameMissing, AccountNameTaken, SandboxForBuyers, TooManyAccounts, CredentialMissing,
    CredentialUnusable.
    """
    _require_keeper(actor, company_id)
    told, kept = _clean_terms(terms), require_all(clean_credentials(credentials))
    _require_room(company_id)
    account = CarrierAccount(
        company_id=company_id, carrier=carrier, created_by=actor, changed_at=timezone.now(), **_seal(kept)
    )
    _write_terms(account, told)
    _save(account)
    _record(account, "added", actor, [*_list_terms(told), "credentials"])
    return account


@transaction.atomic
def change_account(
    *, actor: User, company_id: int | None, account_id: int, terms: AccountTerms, credentials: Credentials
) -> CarrierAccount:
    """Change an account; empty credentials keep what stands. One that is paused is asked again once its credentials, or the system
    that they are for, are changed.

    Raises as `add_account`.
    """
    account = _hold(actor, company_id, account_id)
    told, kept = _clean_terms(terms), clean_credentials(credentials)
    changed = [name for name, value in _list_terms(told).items() if getattr(account, name) != value]
    if not changed and not kept.given:
        return account
    _write_terms(account, told)
    for name, sealed in _seal(kept).items():
        setattr(account, name, sealed)
    if kept.given or "environment" in changed:
        _end_pause(account)
    account.changed_at = timezone.now()
    _save(account)
    _record(account, "changed", actor, [*changed, *(["credentials"] if kept.given else [])])
    return account


@transaction.atomic
def switch_off(*, actor: User, company_id: int | None, account_id: int) -> CarrierAccount:
    """No lookup asks it any more; its credentials stay. Raises NotFound, NotAllowed, AccountAlreadyOff."""
    account = _hold(actor, company_id, account_id)
    if account.state == AccountState.OFF:
        raise AccountAlreadyOff
    return _switch(account, AccountState.OFF, "switched_off", actor)


@transaction.atomic
def switch_on(*, actor: User, company_id: int | None, account_id: int) -> CarrierAccount:
    """Ask it again; one that was paused stays paused until its credentials are changed. Raises NotFound, NotAllowed, AccountAlreadyOn."""
    account = _hold(actor, company_id, account_id)
    if account.state != AccountState.OFF:
        raise AccountAlreadyOn
    state = AccountState.PAUSED if account.paused_because else AccountState.ACTIVE
    return _switch(account, state, "switched_on", actor)


@transaction.atomic
def remove_account(*, actor: User, company_id: int | None, account_id: int) -> None:
    """Forget an account with its credentials and the attempts that it made. Raises NotFound, NotAllowed."""
    account = _hold(actor, company_id, account_id)
    subject = Company.objects.get(pk=company_id) if company_id else account
    audit.record("shipping.account_removed", subject=subject, actor=actor, values={"account": str(account)})
    account.delete()


@transaction.atomic
def pause_account(*, account_id: int, because: CarrierFailure, asked_at: datetime | None = None) -> None:
    """The carrier does not accept the account: it is not asked again, and who looks after it is told, once.

    Called by the job that asked. With `asked_at` an account is left alone that was changed since: that answer was to the credentials
    of before. One that is paused or off already, or gone, stays as it is.
    """
    now = timezone.now()
    found = CarrierAccount.objects.filter(pk=account_id, state=AccountState.ACTIVE)
    if asked_at is not None:
        found = found.filter(changed_at__lte=asked_at)
    if not found.update(state=AccountState.PAUSED, paused_at=now, paused_because=because):
        return
    account = CarrierAccount.objects.select_related("company").get(pk=account_id)
    _record(account, "paused", None, ["state"])
    _tell_keepers(account)


@transaction.atomic
def seal_anew() -> int:
    """Encrypt the credentials of every account under the newest key; how many accounts. Raises SecretUnreadable. Fills core's registry of rotations."""
    rows = list(CarrierAccount.objects.select_for_update().order_by("pk"))
    for row in rows:
        for name in (f"sealed_{part}" for part in PARTS):
            setattr(row, name, encrypt_anew(getattr(row, name)))
        row.save(update_fields=[f"sealed_{part}" for part in PARTS])
    return len(rows)


def _require_keeper(actor: User, company_id: int | None) -> None:
    """Officers keep the agency's accounts, owners those of their firm; colleagues may look only."""
    if company_id is None:
        if not actor.is_officer:
            raise NotFound
        return
    member = Member.objects.filter(company=company_id, user=actor).first()
    if member is None:
        raise NotFound
    if member.role != Role.OWNER:
        raise NotAllowed


def _hold(actor: User, company_id: int | None, account_id: int) -> CarrierAccount:
    _require_keeper(actor, company_id)
    account = CarrierAccount.objects.select_for_update().filter(company=company_id, pk=account_id).first()
    if account is None:
        raise NotFound
    return account


def _require_room(company_id: int | None) -> None:
    """Counted after the lock, for a colleague may have added one meanwhile."""
    rows = CarrierAccount.objects.filter(company=company_id)
    list(rows.select_for_update())
    if rows.count() >= MOST_ACCOUNTS:
        raise TooManyAccounts(most=MOST_ACCOUNTS)


def _clean_terms(terms: AccountTerms) -> AccountTerms:
    name = " ".join(terms.name.split())[:80]
    if not name:
        raise AccountNameMissing
    if terms.is_for_buyers and terms.environment == CarrierEnvironment.SANDBOX:
        raise SandboxForBuyers
    return AccountTerms(name, terms.environment, terms.is_for_buyers)


def _list_terms(terms: AccountTerms) -> dict[str, object]:
    return {"name": terms.name, "environment": terms.environment, "is_for_buyers": terms.is_for_buyers}


def _write_terms(account: CarrierAccount, terms: AccountTerms) -> None:
    for name, value in _list_terms(terms).items():
        setattr(account, name, value)


def _seal(kept: Credentials) -> dict[str, str]:
    return {f"sealed_{part}": encrypt(text) for part, text in kept.given.items()}


def _end_pause(account: CarrierAccount) -> None:
    """One that is off stays off, but no longer remembers that it was refused."""
    if account.state == AccountState.PAUSED:
        account.state = AccountState.ACTIVE
    account.paused_at, account.paused_because = None, ""


def _save(account: CarrierAccount) -> None:
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:  # the name is unique among the owner's accounts at a carrier
        raise AccountNameTaken(carrier=account.get_carrier_display(), name=account.name) from error


def _switch(account: CarrierAccount, state: AccountState, what: str, actor: User) -> CarrierAccount:
    account.state = state
    account.save(update_fields=["state"])
    _record(account, what, actor, ["state"])
    return account


def _record(account: CarrierAccount, what: str, actor: User | None, fields: Iterable[str]) -> None:
    audit.record(f"shipping.account_{what}", subject=account, actor=actor, fields=fields)


def _tell_keepers(account: CarrierAccount) -> None:
    """By a notice and by mail, in their language; the mail names carrier and account, and nothing that opens it."""
    company, because = account.company, CarrierFailure(account.paused_because)
    url = reverse("shipping:carriers", args=[company.slug]) if company else reverse("admin:shipping_carriers")
    for person in _list_keepers(account):
        notify_person(
            person=person, kind=PAUSED, key=f"{account.pk}:{account.paused_at:%Y%m%dT%H%M%S%f}", url=url, template=PAUSED,
            context={
                "carrier": account.get_carrier_display(), "account_name": account.name, "because": because.label,
                "company": company, "recipient_name": person.short_name,
            },
        )  # fmt: skip


def _list_keepers(account: CarrierAccount) -> list[User]:
    if account.company_id is None:
        return list(User.objects.officers())
    owners = Member.objects.filter(company=account.company_id, role=Role.OWNER).select_related("user")
    return [member.user for member in owners]

"""The audit's chain shows that nothing was changed or taken away."""

import pytest

from accounts.models import User
from core.audit import record, seal_entries, verify_chain
from core.models import AuditEntry, AuditValue

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return User.objects.create_user("ama@example.org")


def test_sealed_entries_verify(person):
    record("accounts.changed", subject=person, actor=person, fields=["email"])
    record("accounts.changed", subject=person, actor=None, fields=["full_name"])
    assert seal_entries() == 2
    report = verify_chain()
    assert (report.sealed, report.unsealed, report.broken_seal) == (2, 0, None)


def test_a_changed_entry_breaks_its_seal(person):
    record("accounts.changed", subject=person, actor=person)
    seal_entries()
    record("accounts.changed", subject=person, actor=person)
    seal_entries()
    AuditEntry.objects.filter(seal__sequence=2).update(action="accounts.praised")
    assert verify_chain().broken_seal == 2


def test_a_removed_entry_breaks_its_seal(person):
    record("accounts.changed", subject=person, actor=person)
    seal_entries()
    AuditEntry.objects.all().delete()
    assert verify_chain().broken_seal == 1


def test_unsealed_entries_are_reported(person):
    record("accounts.changed", subject=person, actor=person)
    assert verify_chain().unsealed == 1


def test_personal_values_can_be_erased_without_breaking_the_chain(person):
    record("accounts.changed", subject=person, actor=person, fields=["email"], values={"email": "ama@example.org"})
    seal_entries()
    AuditValue.objects.all().delete()
    assert verify_chain().broken_seal is None

"""The audit's chain shows that nothing was changed or taken away."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import User
from core.audit import Head, read_head, record, seal_entries, verify_chain
from core.models import AuditEntry, AuditSeal, AuditValue

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


def seal_twice(person):
    for _ in range(2):
        record("accounts.changed", subject=person, actor=person)
        seal_entries()


def cut_newest(person):
    """What somebody with the database's password would do."""
    AuditEntry.objects.filter(seal__sequence=2).delete()
    AuditSeal.objects.filter(sequence=2).delete()


def test_a_cut_end_is_seen_only_by_a_witness(person):
    seal_twice(person)
    witness = read_head()
    cut_newest(person)
    assert verify_chain().holds
    assert verify_chain(witness=witness).contradicts_witness
    assert not verify_chain(witness=witness).holds


def test_a_chain_that_was_written_anew_contradicts_the_witness(person):
    seal_twice(person)
    witness = read_head()
    cut_newest(person)
    record("accounts.praised", subject=person, actor=person)
    seal_entries()
    assert verify_chain().holds
    assert verify_chain(witness=witness).contradicts_witness


def test_a_chain_that_grew_still_holds_the_witness(person):
    seal_twice(person)
    witness = read_head()
    record("accounts.changed", subject=person, actor=person)
    seal_entries()
    assert verify_chain(witness=witness).holds
    assert verify_chain(witness=Head(0, "0" * 64)).holds


def test_a_cut_beginning_breaks_the_chain(person):
    seal_twice(person)
    AuditEntry.objects.filter(seal__sequence=1).delete()
    AuditSeal.objects.filter(sequence=1).delete()
    assert verify_chain().broken_seal == 2


def test_every_seal_is_told_to_the_log(person, caplog):
    caplog.set_level("INFO", logger="core.audit")
    record("accounts.changed", subject=person, actor=person)
    seal_entries()
    assert read_head().digest in caplog.text


def test_the_command_takes_a_witness_as_text_or_file(person, tmp_path, capsys):
    seal_twice(person)
    head = read_head()
    file = tmp_path / "digest.json"
    file.write_text(json.dumps({"audit": {"sequence": head.sequence, "digest": head.digest}}))
    call_command("audit", "verify", witness=str(file))
    assert "contains seal 2 of the witness" in capsys.readouterr().out
    cut_newest(person)
    with pytest.raises(SystemExit):
        call_command("audit", "verify", witness=f"2:{head.digest}")
    assert "the chain was cut" in capsys.readouterr().err
    with pytest.raises(CommandError, match="neither"):
        call_command("audit", "verify", witness="yesterday")

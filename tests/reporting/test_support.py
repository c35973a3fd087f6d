"""Acts of support are logged once, by officers, and never vanish."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from core.errors import NotFound
from core.models import AuditEntry
from reporting.exceptions import AlreadyVoided, DayNotYet, VoidReasonMissing
from reporting.models import SupportAct
from reporting.rules import SupportFacts
from reporting.selectors.support import get_act, get_firm, list_acts
from reporting.services import log_support, void_support


def say(**changed):
    told = {"kind": "training", "day": timezone.localdate(), "minutes": 90, "note": "Packing for sea freight"}
    return SupportFacts(**(told | changed))


def test_an_officer_logs_support(people, firm):
    act = log_support(officer=people.officer, company_id=firm.pk, facts=say(cost=Decimal("12.50"), currency="GHS"))
    stored = SupportAct.objects.get()
    assert (stored, stored.company, stored.officer, stored.minutes) == (act, firm, people.officer, 90)
    assert (stored.cost, stored.currency, stored.note) == (Decimal("12.50"), "GHS", "Packing for sea freight")
    entry = AuditEntry.objects.get(action="reporting.support_logged")
    assert (entry.actor_id, entry.subject_id) == (people.officer.pk, str(act.pk))


def test_a_double_click_gives_the_first(people, firm):
    first = log_support(officer=people.officer, company_id=firm.pk, facts=say())
    again = log_support(officer=people.officer, company_id=firm.pk, facts=say(note="Packing for sea freight "))
    assert again == first
    assert SupportAct.objects.count() == AuditEntry.objects.filter(action="reporting.support_logged").count() == 1


def test_another_act_is_another(people, firm):
    log_support(officer=people.officer, company_id=firm.pk, facts=say())
    log_support(officer=people.officer, company_id=firm.pk, facts=say(minutes=91))
    log_support(officer=people.colleague, company_id=firm.pk, facts=say())
    assert SupportAct.objects.count() == 3


def test_the_same_after_a_minute_is_a_second_act(people, firm):
    first = log_support(officer=people.officer, company_id=firm.pk, facts=say())
    SupportAct.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(seconds=61))
    assert log_support(officer=people.officer, company_id=firm.pk, facts=say()) != first


def test_the_same_after_striking_out_is_a_second_act(people, firm):
    first = log_support(officer=people.officer, company_id=firm.pk, facts=say())
    void_support(officer=people.officer, act_id=first.pk, reason="Wrong firm")
    assert log_support(officer=people.officer, company_id=firm.pk, facts=say()) != first


def test_a_day_to_come_is_refused_and_nothing_is_kept(people, firm):
    with pytest.raises(DayNotYet):
        log_support(officer=people.officer, company_id=firm.pk, facts=say(day=timezone.localdate() + timedelta(days=1)))
    assert not SupportAct.objects.exists()
    assert not AuditEntry.objects.filter(action="reporting.support_logged").exists()


def test_an_exporter_neither_logs_nor_reads_nor_strikes_out(people, firm, make_act):
    act = make_act()
    for attempt in (
        lambda: log_support(officer=people.exporter, company_id=firm.pk, facts=say()),
        lambda: void_support(officer=people.exporter, act_id=act.pk, reason="No"),
        lambda: get_act(officer=people.exporter, act_id=act.pk),
        lambda: get_firm(officer=people.exporter, company_id=firm.pk),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert list(list_acts(officer=people.exporter, company=firm)) == []
    assert SupportAct.objects.get() == act
    assert not SupportAct.objects.get().is_voided


def test_a_firm_that_is_not_there_is_not_found(people):
    with pytest.raises(NotFound):
        log_support(officer=people.officer, company_id=987654321, facts=say())


def test_what_is_struck_out_stays_with_who_and_why(people, make_act):
    act = make_act()
    void_support(officer=people.colleague, act_id=act.pk, reason=" The wrong firm ")
    act.refresh_from_db()
    assert (act.is_voided, act.voided_by, act.void_reason) == (True, people.colleague, "The wrong firm")
    assert list(SupportAct.objects.standing()) == []
    assert AuditEntry.objects.filter(action="reporting.support_voided", actor_id=people.colleague.pk).count() == 1


def test_striking_out_needs_a_reason(people, make_act):
    act = make_act()
    with pytest.raises(VoidReasonMissing):
        void_support(officer=people.officer, act_id=act.pk, reason="  ")
    act.refresh_from_db()
    assert not act.is_voided


def test_a_second_striking_out_changes_nothing(people, make_act):
    act = make_act(voided=True)
    with pytest.raises(AlreadyVoided):
        void_support(officer=people.colleague, act_id=act.pk, reason="Another reason")
    act.refresh_from_db()
    assert (act.voided_by, act.void_reason) == (people.officer, "A slip")


@pytest.mark.parametrize(
    "broken",
    [
        {"minutes": 1441},
        {"minutes": -1},
        {"cost": "-0.01", "currency": "GHS"},
        {"cost": "5"},
        {"currency": "GHS"},
        {"void_reason": "No day"},
        {"voided_at": timezone.now()},
    ],
)
def test_the_database_holds_the_rules_too(broken, make_act):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_act(**broken)


def test_neither_the_firm_nor_the_officer_goes_while_an_act_stands(people, firm, make_act):
    make_act()
    with pytest.raises(ProtectedError):
        firm.delete()
    with pytest.raises(ProtectedError):
        people.officer.delete()

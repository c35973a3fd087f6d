"""Two presses at the same instant: one act is logged, one striking-out counts."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from core.errors import DomainError
from core.models import AuditEntry
from reporting.exceptions import AlreadyVoided
from reporting.models import SupportAct
from reporting.rules import SupportFacts
from reporting.services import log_support, void_support

pytestmark = pytest.mark.django_db(transaction=True)


def run_together(*acts):
    """Start all at one instant in threads of their own; what each gives, or the class of its refusal."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait()
            return act().pk
        except DomainError as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_a_double_click_logs_once(people, firm):
    facts = SupportFacts("advice", timezone.localdate(), 30)
    given = run_together(*[lambda: log_support(officer=people.officer, company_id=firm.pk, facts=facts)] * 4)
    assert given == [SupportAct.objects.get().pk] * 4
    assert AuditEntry.objects.filter(action="reporting.support_logged").count() == 1


def test_of_two_officers_one_strikes_out(people, make_act):
    act = make_act()
    given = run_together(
        lambda: void_support(officer=people.officer, act_id=act.pk, reason="Mine"),
        lambda: void_support(officer=people.colleague, act_id=act.pk, reason="Theirs"),
    )
    assert sorted(given, key=str) == sorted([act.pk, AlreadyVoided], key=str)
    winner = given.index(act.pk)
    assert SupportAct.objects.get().void_reason == ("Mine", "Theirs")[winner]

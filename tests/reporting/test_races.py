"""Two presses at the same instant: one act is logged, one striking-out counts."""

import pytest
from django.utils import timezone

from core.models import AuditEntry
from reporting.exceptions import AlreadyVoided
from reporting.models import SupportAct
from reporting.rules import SupportFacts
from reporting.services import log_support, void_support
from tests.moderation.test_races import run_together

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_double_click_logs_once(people, firm):
    facts = SupportFacts("advice", timezone.localdate(), 30)
    given = []
    log = lambda: given.append(log_support(officer=people.officer, company_id=firm.pk, facts=facts).pk)  # noqa: E731
    assert run_together(*[log] * 4) == [None] * 4
    assert given == [SupportAct.objects.get().pk] * 4
    assert AuditEntry.objects.filter(action="reporting.support_logged").count() == 1


def test_of_two_officers_one_strikes_out(people, make_act):
    act = make_act()
    refusals = run_together(
        lambda: void_support(officer=people.officer, act_id=act.pk, reason="Mine"),
        lambda: void_support(officer=people.colleague, act_id=act.pk, reason="Theirs"),
    )
    assert sorted(refusals, key=str) == [AlreadyVoided, None]
    winner = refusals.index(None)
    assert SupportAct.objects.get().void_reason == ("Mine", "Theirs")[winner]

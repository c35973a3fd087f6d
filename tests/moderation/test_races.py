"""Two officers at the same instant: one wins, the other learns it, nothing is done twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from core.errors import DomainError
from core.models import OutboxMail
from moderation.exceptions import CaseAlreadyDecided, CaseHeldByAnother
from moderation.models import Case, Decision
from moderation.rules import Ruling
from moderation.services import claim_case

pytestmark = pytest.mark.django_db(transaction=True)


def run_together(*acts):
    """Start all at one instant in threads of their own; the class of each one's refusal, or None."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait()
            act()
        except DomainError as error:
            return type(error)
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_one_of_two_officers_gets_the_claim(case, officer, other_officer):
    results = run_together(
        lambda: claim_case(case_id=case.pk, officer=officer), lambda: claim_case(case_id=case.pk, officer=other_officer)
    )

    assert sorted(results, key=str) == [CaseHeldByAnother, None]
    assert Case.objects.get().claimed_by == (officer, other_officer)[results.index(None)]


def test_one_of_two_officers_decides(case, stall, officer, other_officer):
    results = run_together(
        lambda: stall.decide(case=case, officer=officer, ruling=Ruling("approve")),
        lambda: stall.decide(case=case, officer=other_officer, ruling=Ruling("reject", note="No sign.")),
    )

    assert sorted(results, key=str) == [CaseAlreadyDecided, None]
    assert Decision.objects.get().outcome == ("approve", "reject")[results.index(None)]
    assert OutboxMail.objects.count() == 1


def test_a_double_click_decides_once(case, stall, officer):
    results = run_together(*[lambda: stall.decide(case=case, officer=officer, ruling=Ruling("approve"))] * 2)

    assert sorted(results, key=str) == [CaseAlreadyDecided, None]
    assert (Decision.objects.count(), OutboxMail.objects.count()) == (1, 1)

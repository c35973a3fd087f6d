"""Accept, withdraw and supersede in the same instant: exactly one of them wins, and the audit tells which."""

import threading
import time
from collections import Counter

import pytest
from django.db import connection

from core.errors import DomainError
from core.models import AuditEntry
from inquiries.models import Message, QuotationOutcome, QuotationVersion
from inquiries.rules.messages import Reader
from inquiries.services import answers
from inquiries.services.blocks import block_buyer
from inquiries.services.quotations import withdraw_quotation
from tests.inquiries.quoting import accept, counter, get, quote, send, write_next

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
ENDS = {"accepted": "inquiries.quotation_accepted", "withdrawn": "inquiries.quotation_withdrawn"}


def together(*acts):
    """What came of acts that begin in the same instant: None, or the refusal."""
    results, gate = [None] * len(acts), threading.Barrier(len(acts))

    def run(place, act):
        gate.wait(timeout=30)
        try:
            act()
        except DomainError as refusal:
            results[place] = type(refusal).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return tuple(results)


def play(thread, people):
    """One round; the names of those who won and how it stands at the end."""
    sent = quote(thread, people.owner)
    write_next(sent, people.owner, named_place="Bremen")
    refused = together(
        lambda: accept(sent, people.buyer),
        lambda: withdraw_quotation(reader=Reader(people.editor), quotation_id=sent.pk, reason="", key="w"),
        lambda: send(sent, people.owner),
    )
    return get(sent), refused


def find_faults(quotation, refused):
    """What does not fit together after a round; nothing is right."""
    outcomes = list(QuotationOutcome.objects.filter(quotation=quotation).values_list("kind", "version__number"))
    entries = Counter(AuditEntry.objects.filter(subject_id=str(quotation.pk)).values_list("action", flat=True))
    sent = QuotationVersion.objects.filter(quotation=quotation, sent_at__isnull=False).count()
    accepted, withdrawn, superseded = (one is None for one in refused)
    checks = {
        "one outcome": len(outcomes) == (1 if accepted or withdrawn else 0),
        "not both": not (accepted and withdrawn),
        "state": quotation.state == (outcomes[0][0] if outcomes else "sent"),
        "current": quotation.current.number == sent,
        "accepted what was current": not accepted or outcomes == [("accepted", quotation.current.number)],
        "superseded": not superseded or sent == 2,
        "audit": all(entries[action] == (1 if quotation.state == kind else 0) for kind, action in ENDS.items()),
        "audit of versions": entries["inquiries.quotation_sent"] == sent,
        "told": Message.objects.filter(inquiry=quotation.inquiry_id, event="settled", values__quotation=str(quotation.pk)).count() == len(outcomes),
    }  # fmt: skip
    return [name for name, holds in checks.items() if not holds]


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="one writer at a time")
@pytest.mark.parametrize("rounds", [40, pytest.param(1000, marks=pytest.mark.large)])
def test_exactly_one_outcome_each(rounds, planted_rows, ask, people, capsys):
    seen = Counter()
    for _round in range(rounds):
        thread = ask(user=people.buyer, about=None, text=f"Round {_round}").inquiry
        quotation, refused = play(thread, people)
        assert find_faults(quotation, refused) == [], (refused, quotation.state)
        seen[refused] += 1
        thread.__class__.objects.filter(pk=thread.pk).update(asked_at="2026-01-01T00:00Z")
    with capsys.disabled():
        print(f"\n{rounds} rounds of accept, withdraw, supersede:", *seen.items(), sep="\n  ")  # noqa: T201  the figure that the issue asks for
    assert len(seen) >= 2


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="one writer at a time")
def test_blocking_and_accepting_never_wait_for_one_another(planted_rows, thread, people, monkeypatch):
    """The block holds the company and asks for the thread while the acceptance holds the thread and names the company in its deal."""
    sent, begun, really = quote(thread, people.owner), threading.Event(), answers.open_deal
    counter(sent, people.buyer)

    def linger(**named):
        begun.set()
        time.sleep(0.5)
        return really(**named)

    def block():
        begun.wait(timeout=30)
        block_buyer(reader=Reader(people.editor), inquiry_id=thread.pk, reason="Too many samples.")

    monkeypatch.setattr(answers, "open_deal", linger)
    assert together(lambda: accept(sent, people.buyer), block) == (None, None)
    assert (get(sent).state, thread.__class__.objects.get(pk=thread.pk).state) == ("accepted", "answered")

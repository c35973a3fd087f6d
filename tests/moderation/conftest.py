"""Personas of the officers' room, and a kind of case made for the tests: a stall whose state a decision changes."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django import forms

from accounts.models import User
from moderation import registry
from moderation.models import Reason
from moderation.rules import Check, Comparison, DiffRow, Party, Recipient, Ruling
from moderation.services import open_case, record_appeal, record_decision, record_undo


class StallForm(forms.Form):
    """What an approval of a stall needs."""

    level = forms.IntegerField(label="Evidence level", min_value=1)

    def __init__(self, data=None, *, case):
        super().__init__(data)
        self.case = case


class Stall:
    """The subject of the fake kind: remembers what was decided; `members` may not decide."""

    def __init__(self):
        self.state, self.details, self.members, self.parties, self.moved_on = "waiting", {}, [], {}, False
        self.recipients = [Recipient("esi@example.org", "Esi Mensah", "en")]
        self.rows = (DiffRow("Title", "Roasted coffee, 1 kg", "Roasted robusta <b>blend</b>, 1 kg", "text"),)

    def compare(self, *, case):
        return Comparison(
            rows=self.rows,
            unchanged=(DiffRow("Origin", "Ghana", "Ghana", "same"),),
            checks=(Check("Banned words", "ok", "None found."),),
            public_url="/products/x/1/",
            preview_url="/sell/x/preview/",
        )

    def decide(self, *, case, officer, ruling):
        self.details = dict(ruling.details)
        decision = record_decision(
            case=case,
            officer=officer,
            ruling=ruling,
            recipients=self.recipients,
            subject_title=case.title,
            url="/sell/adanu/1/",
        )
        self.state = ruling.outcome
        return decision

    def undo(self, *, decision, officer):
        record_undo(decision=decision, officer=officer)
        self.state = "waiting"

    def is_own(self, *, case, officer):
        return officer in self.members

    def find_party(self, *, case, person):
        return self.parties.get(person.email)

    def is_unchanged(self, *, decision):
        return not self.moved_on

    def reopen(self, *, decision, person, text):
        case = record_appeal(decision=decision, person=person, text=text)
        self.state = "appealed"
        return case


@pytest.fixture
def appealable(stall):
    """The stall as a kind that knows appeals; Esi may write, Kwame only reads."""
    kind = registry.get_kind("stall")
    stall.parties = {"esi@example.org": Party(can_edit=True), "kwame@example.org": Party(can_edit=False)}
    registry.register_kind(
        replace(kind, find_party=stall.find_party, is_unchanged=stall.is_unchanged, reopen=stall.reopen)
    )
    return stall


@pytest.fixture
def refused(case, officer, appealable):
    """The case, sent back for changes by Ama Kumi: the decision."""
    return appealable.decide(case=case, officer=officer, ruling=Ruling("changes", note="Put up a sign."))


@pytest.fixture
def stall(monkeypatch):
    """The kind `stall`, registered for one test."""
    monkeypatch.setattr(registry, "_kinds", {})
    subject = Stall()
    registry.register_kind(
        registry.CaseKind(
            "stall", "Stall", subject.compare, subject.decide, subject.undo, extra_form=StallForm, is_own=subject.is_own
        )
    )
    return subject


@pytest.fixture
def officer(db):
    return User.objects.create_user("ama@agency.example", "x", full_name="Ama Kumi", is_staff=True)


@pytest.fixture
def other_officer(db):
    return User.objects.create_user("kofi@agency.example", "x", full_name="Kofi Asante", is_staff=True)


@pytest.fixture
def administrator(db):
    return User.objects.create_superuser("yaa@agency.example", "x", full_name="Yaa Boateng")


@pytest.fixture
def exporter(db):
    return User.objects.create_user("esi@example.org", "x", full_name="Esi Mensah", purpose="exporter")


@pytest.fixture
def open_stall(db, stall):
    """Puts the stall of a number into the queue."""

    def make(number=1, *, changed=False):
        return open_case(
            kind="stall",
            subject_id=number,
            title=f"Stall {number}",
            company_name="Adanu Growers Union",
            changed_after_approval=changed,
        )

    return make


@pytest.fixture
def case(open_stall):
    return open_stall()


@pytest.fixture
def reason(db):
    return Reason.objects.create(code="sign-missing", label="Sign missing", statement="Put up a sign.", kind="stall")


@pytest.fixture
def decided(case, officer, stall):
    """The case, approved by the officer: the decision."""
    return stall.decide(case=case, officer=officer, ruling=Ruling("approve"))


@pytest.fixture
def people(officer, other_officer, administrator, exporter):
    return SimpleNamespace(officer=officer, other=other_officer, administrator=administrator, exporter=exporter)

"""Each night: ticks again, reminders once, and what has ended leaves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certifications import registry
from certifications.models import Accreditation, Certificate, Issuer
from certifications.selectors.fit import judge_certificate
from certifications.services.nightly import NIGHT_JOB
from core import jobs
from core.jobs import enqueue, plan_night
from core.models import Job, OutboxMail
from moderation.models import Case
from notifications.models import Notice
from tests.certifications.seller_input import make_certificate, make_scheme
from tests.listings.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make_member()


@pytest.fixture
def news(monkeypatch):
    """Certificates of whose change the apps above were told."""
    told: list[int] = []

    def hear(*, certificate_id):
        told.append(certificate_id)

    monkeypatch.setattr(registry, "_hooks", [hear])
    return told


def live_through(day, nights=1):
    """The nights from this day on."""
    for number in range(nights):
        on = (day + timedelta(number)).isoformat()
        enqueue(NIGHT_JOB, key=on, day=on)
        jobs.run_due_jobs(limit=10_000)


def test_reminders_come_at_90_60_30_and_7_days_each_once(member):
    today = timezone.localdate()
    certificate = make_certificate(member, state="verified", ends_in=95)
    live_through(today, nights=97)
    kinds = list(Notice.objects.order_by("pk").values_list("kind", "key"))
    until = certificate.valid_until
    assert kinds == [
        *(("certificate_ending", f"{certificate.pk}:{until}:{days}") for days in (90, 60, 30, 7)),
        ("certificate_ended", f"{certificate.pk}:{until}"),
    ]
    assert [mail.subject for mail in OutboxMail.objects.order_by("pk")] == [
        "Organic ends in 90 days", "Organic ends in 60 days", "Organic ends in 30 days", "Organic ends in 7 days", "Organic has ended",
    ]  # fmt: skip


def test_a_night_lived_twice_tells_nothing_twice(member):
    make_certificate(member, state="verified", ends_in=60)
    live_through(timezone.localdate())
    live_through(timezone.localdate())
    assert Notice.objects.count() == 1


def test_after_missed_nights_only_the_nearest_reminder_is_sent(member):
    make_certificate(member, state="verified", ends_in=20)
    live_through(timezone.localdate())
    assert list(Certificate.objects.values_list("reminded", flat=True)) == [[30]]


def test_nobody_is_reminded_when_the_next_one_waits_already(member):
    ending = make_certificate(member, state="verified", ends_in=20)
    make_certificate(member, state="submitted", scheme=ending.scheme, replaces=ending)
    live_through(timezone.localdate())
    assert Notice.objects.count() == 0


def test_the_day_after_the_last_one_is_news(member, news):
    certificate = make_certificate(member, state="verified", ends_in=1)
    live_through(timezone.localdate(), nights=2)
    assert news == []
    live_through(timezone.localdate() + timedelta(2))
    assert news == [certificate.pk]


def test_an_accreditation_that_ends_opens_a_case_once(member):
    today = timezone.localdate()
    scheme, issuer = make_scheme(), Issuer.objects.create(name="Proof Ltd")
    row = Accreditation.objects.create(
        issuer=issuer, scheme=scheme, accreditor="GhaNAS", source_url="https://example.org", read_on=today
    )
    certificate = make_certificate(member, state="verified", scheme=scheme, issuer=issuer)
    live_through(today)
    assert Case.objects.filter(kind="recheck").count() == 0
    Accreditation.objects.filter(pk=row.pk).update(valid_until=today)
    live_through(today + timedelta(1), nights=3)
    assert list(Case.objects.filter(kind="recheck").values_list("subject_id", "state")) == [
        (str(certificate.pk), "open")
    ]


def test_an_accreditation_that_begins_tomorrow_is_none_yet(member):
    today = timezone.localdate()
    scheme, issuer = make_scheme(), Issuer.objects.create(name="Proof Ltd")
    begins = {"valid_from": today + timedelta(1), "read_on": today, "source_url": "https://example.org"}
    Accreditation.objects.create(issuer=issuer, scheme=scheme, accreditor="GhaNAS", **begins)
    certificate = make_certificate(member, state="verified", scheme=scheme, issuer=issuer)
    ticks = [judge_certificate(certificate=certificate, day=today + timedelta(days)) for days in (0, 1)]
    assert [tick.result for around in ticks for tick in around if tick.name == "issuer"] == ["unknown", "pass"]


def test_drafts_and_refused_ones_sleep_through_the_night(member):
    make_certificate(member, state="draft", ends_in=20)
    make_certificate(member, state="rejected", ends_in=20)
    live_through(timezone.localdate())
    assert list(Certificate.objects.values_list("looked_on", flat=True)) == [None, None]


def test_the_night_is_planned_once_a_day():
    today = timezone.localdate()
    first = plan_night(day=today)
    assert plan_night(day=today) == 0
    jobs.run_due_jobs()
    assert plan_night(day=today) == 0
    assert plan_night(day=today + timedelta(1)) == first > 1
    assert Job.objects.filter(name=NIGHT_JOB).count() == 2

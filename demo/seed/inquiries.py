"""Threads between four buyers and the first company: waiting, late, answered, declined, as the file tells them."""

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.choices import Purpose
from accounts.models import BuyerProfile, User
from accounts.rules import DEMO_DOMAIN
from core.jobs import cancel, run_job
from core.mail import withdraw_mail
from core.models import Job, JobState, OutboxMail
from demo.seed.files import DEMO, PICTURES
from demo.seed.people import BUYER, COLLEAGUE, EXPORTER, make_person
from inquiries.choices import InquiryState, Side
from inquiries.models import Inquiry, Message
from inquiries.rules.clock import ANSWER_WITHIN, Calendar, add_working_time, measure_working_time
from inquiries.rules.messages import BuyerWords, Question, Reader
from inquiries.selectors.threads import get_work_calendar
from inquiries.services.asking import ask_inquiry
from inquiries.services.clock import WATCH_JOB, measure_replies, plan_watch
from inquiries.services.declining import decline_inquiry
from inquiries.services.desk import save_reply_template
from inquiries.services.messages import send_message
from listings.models import Listing
from storefronts.models import Company, Member
from uploads.services import MAKE_JOB

BUYERS = (
    ("marie", "Marie Duval", "Maison Duval", "Lyon", "FR"),
    ("tom", "Tom Ashworth", "Bean & Tide Ltd", "Bristol", "GB"),
    ("aino", "Aino Laine", "Kissa Kahvila Oy", "Turku", "FI"),
)
RECENT_HOURS = 48
TEMPLATE = (
    "Sample on its way",
    "Dear {buyer},\n\nThank you for asking about {product}. A sample of 300 g leaves on Monday by courier; we send you the "
    "tracking number. Tell us the address and a phone number for the customs form.\n\nKind regards",
)


@dataclass(frozen=True)
class Cast:
    """Who speaks, by the names of the file."""

    people: dict[str, User]
    company: Company


def plant_inquiries(*, company: Company | None, people: dict[str, User]) -> int:
    """Play every thread of the file whose product is live; the number of threads. Their mails stay unsent."""
    if company is None or not company.is_public:
        return 0
    cast = Cast(_gather(people), company)
    mails_before = set(OutboxMail.objects.values_list("pk", flat=True))
    told = json.loads((DEMO / "threads.json").read_text())
    planted = [inquiry for thread in told if (inquiry := _play(thread, cast))]
    name, text = TEMPLATE
    owner = Member.objects.select_related("company").get(company=company, user=people[EXPORTER.email])
    save_reply_template(member=owner, template_id=None, name=name, text=text)
    measure_replies(company_id=company.pk)
    for mail in OutboxMail.objects.exclude(pk__in=mails_before).filter(sent_at=None):
        withdraw_mail(mail_id=mail.pk)
    for job in Job.objects.filter(name=MAKE_JOB, state=JobState.WAITING):
        run_job(job.pk)
    return len(planted)


def _gather(people: dict[str, User]) -> dict[str, User]:
    found = {"esinam": people[EXPORTER.email], "yao": people[COLLEAGUE.email], "lena": people[BUYER.email]}
    for name, full_name, organisation, city, country in BUYERS:
        person = make_person(email=f"{name}@{DEMO_DOMAIN}", full_name=full_name, purpose=Purpose.BUYER)
        BuyerProfile.objects.get_or_create(
            user=person, defaults={"organisation": organisation, "city": city, "country": country}
        )
        found[name] = person
    return found


@transaction.atomic
def _play(told: dict[str, Any], cast: Cast) -> Inquiry | None:
    listing = Listing.objects.live().filter(
        company=cast.company, live_revision__title__startswith=told["product"]
    ).order_by("pk").first()  # fmt: skip
    if listing is None:
        return None
    told = told | {"shift": _find_shift(told["steps"][0]["hours_ago"], get_work_calendar(company=cast.company))}
    first, *others = told["steps"]
    inquiry = _ask(told, listing, cast, first)
    _date_last(inquiry, first, told)
    for number, step in enumerate(others):
        _say(inquiry, step, cast.people[told["buyer"] if step["from"] == "buyer" else step["from"]], f"demo-{number}")
        _date_last(inquiry, step, told)
    if refusal := told.get("decline"):
        reader = Reader(cast.people["esinam"])
        decline_inquiry(
            reader=reader, inquiry_id=inquiry.pk, reason=refusal["reason"], note=refusal["note"], key="demo-no"
        )
        inquiry.messages.filter(number__gt=len(told["steps"])).update(sent_at=_ago(refusal["hours_ago"], told["shift"]))
    _date_inquiry(inquiry)
    return inquiry


def _ask(told: dict[str, Any], listing: Listing, cast: Cast, first: dict[str, Any]) -> Inquiry:
    buyer = cast.people[told["buyer"]]
    profile = BuyerProfile.objects.get(user=buyer)
    question = Question(
        first["text"], quantity=Decimal(told["quantity"]), unit=told["unit"], destination=told["destination"],
        place=told["place"], wants_sample=told.get("sample", False),
    )  # fmt: skip
    words = BuyerWords(
        email=buyer.email, name=buyer.full_name, organisation=profile.organisation, country=profile.country,
        language=told["language"],
    )  # fmt: skip
    return ask_inquiry(
        reader=Reader(buyer), company_id=cast.company.pk, listing_id=listing.pk, question=question, buyer=words,
        key=f"demo-{told['product']}",
    ).inquiry  # fmt: skip


def _say(inquiry: Inquiry, step: dict[str, Any], who: User, key: str) -> None:
    files = [
        ContentFile((PICTURES / f"{stem}.jpg").read_bytes(), name=f"{stem}.jpg") for stem in step.get("pictures", ())
    ]
    send_message(reader=Reader(who), inquiry_id=inquiry.pk, text=step["text"], key=key, files=files)


def _date_last(inquiry: Inquiry, step: dict[str, Any], told: dict[str, Any]) -> None:
    last = inquiry.messages.order_by("-number").first()
    if last is not None:
        Message.objects.filter(pk=last.pk).update(
            sent_at=_ago(step["hours_ago"], told["shift"]), language=step.get("language", told["language"])
        )


def _date_inquiry(inquiry: Inquiry) -> None:
    """Let the inquiry be as old as its messages, and its clock with it."""
    inquiry.refresh_from_db()
    messages = list(inquiry.messages.all())
    calendar = get_work_calendar(company=inquiry.company)
    asked, last = messages[0].sent_at, messages[-1]
    answer = next((one for one in messages if one.side != Side.BUYER), None)
    inquiry.asked_at = inquiry.confirmed_at = asked
    inquiry.answer_due_at = add_working_time(asked, ANSWER_WITHIN, calendar)
    inquiry.last_message_at = last.sent_at
    inquiry.waits_since = last.sent_at if last.side == Side.BUYER else None
    if answer is not None:
        inquiry.first_answered_at = answer.sent_at
        minutes = measure_working_time(asked, answer.sent_at, calendar).total_seconds() // 60
        inquiry.first_answer_minutes = int(minutes)
    inquiry.save()
    cancel(WATCH_JOB, key=str(inquiry.pk))
    if inquiry.state == InquiryState.NEW:
        plan_watch(inquiry=inquiry)


def _find_shift(hours_ago: float, calendar: Calendar) -> timedelta:
    """How much further back an old thread must lie to begin in the morning of a day that, with the next one, is worked."""
    begun = timezone.now() - timedelta(hours=hours_ago)
    if hours_ago <= RECENT_HOURS:
        return timedelta()
    days = (begun.astimezone(calendar.zone).date() - timedelta(days=number) for number in range(1, 30))
    day = next(day for day in days if all(map(calendar.is_working_day, (day, day + timedelta(days=1)))))
    return begun - datetime.combine(day, time(9, 20), calendar.zone)


def _ago(hours: float, shift: timedelta) -> datetime:
    return timezone.now() - timedelta(hours=hours) - (shift if hours > RECENT_HOURS else timedelta())

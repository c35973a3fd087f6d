"""Samples: who asks, sends, receives and judges; each step once; what is wrong is told."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from core.errors import NotAllowed, NotFound
from core.models import OutboxMail
from inquiries.exceptions import (
    AddressMissing,
    CourierMissing,
    DayImpossible,
    QuantityImpossible,
    ReasonMissing,
    SampleStepDone,
    TooManySamples,
)
from inquiries.models import Sample
from inquiries.rules.messages import Reader
from inquiries.selectors.links import build_link
from inquiries.services.samples import (
    Parcel,
    SampleWish,
    approve_sample,
    cancel_sample,
    decline_sample,
    receive_sample,
    refuse_sample,
    request_sample,
    send_sample,
)
from tests.inquiries.quoting import quote

pytestmark = pytest.mark.django_db
WISH = SampleWish("Washed Arabica", Decimal("0.3"), "kg", "Speicherstadt 1, Hamburg, +49 40 1", "buyer")


def ask(thread, who, key="k", **changed):
    return request_sample(reader=Reader(who), inquiry_id=thread.pk, wish=replace(WISH, **changed), key=key)


def parcel(**changed):
    return replace(Parcel("DHL Express", "JD0141", timezone.localdate()), **changed)


@pytest.fixture
def sample(thread, people):
    return ask(thread, people.buyer)


def test_asked_for_sent_received_and_approved(thread, people):
    quotation = quote(thread, people.owner)
    sample = ask(thread, people.buyer)
    send_sample(reader=Reader(people.owner), sample_id=sample.pk, parcel=parcel())
    receive_sample(reader=Reader(people.buyer), sample_id=sample.pk)
    done = approve_sample(reader=Reader(people.buyer), sample_id=sample.pk)
    assert (done.state, done.tracking_number, done.quotation) == ("approved", "JD0141", quotation)
    states = list(thread.messages.filter(event="sample").values_list("values__state", flat=True))
    assert states == ["requested", "sent", "received", "approved"]
    assert "JD0141" in OutboxMail.objects.get(recipient=people.buyer.email, subject__startswith="Sample").text


def test_the_same_form_asks_once(thread, people):
    assert ask(thread, people.buyer) == ask(thread, people.buyer)


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        ({"quantity": Decimal(0)}, QuantityImpossible),
        ({"quantity": Decimal(10) ** 9}, QuantityImpossible),
        ({"address": " "}, AddressMissing),
    ],
)
def test_what_is_wrong_is_told(wish, refusal, thread, people):
    with pytest.raises(refusal):
        ask(thread, people.buyer, **wish)
    assert not Sample.objects.exists()


def test_five_open_samples_are_enough(thread, people):
    for number in range(5):
        ask(thread, people.buyer, key=str(number))
    with pytest.raises(TooManySamples):
        ask(thread, people.buyer, key="6")


def test_the_exporter_does_not_ask_and_the_buyer_does_not_send(thread, sample, people):
    with pytest.raises(NotAllowed):
        ask(thread, people.owner, key="o")
    with pytest.raises(NotAllowed):
        send_sample(reader=Reader(people.buyer), sample_id=sample.pk, parcel=parcel())
    with pytest.raises(NotAllowed):
        send_sample(reader=Reader(people.viewer), sample_id=sample.pk, parcel=parcel())


def test_strangers_find_none(sample, people, other_company):
    with pytest.raises(NotFound):
        send_sample(reader=Reader(people.stranger), sample_id=sample.pk, parcel=parcel())


def test_a_parcel_has_courier_number_and_day(sample, people):
    reader = Reader(people.owner)
    for wrong, refusal in (
        ({"courier": ""}, CourierMissing),
        ({"tracking_number": " "}, CourierMissing),
        ({"on": timezone.localdate() + timedelta(days=1)}, DayImpossible),
    ):
        with pytest.raises(refusal):
            send_sample(reader=reader, sample_id=sample.pk, parcel=parcel(**wrong))
    sample.refresh_from_db()
    assert sample.state == "requested"


def test_a_no_says_why(sample, people):
    with pytest.raises(ReasonMissing):
        decline_sample(reader=Reader(people.owner), sample_id=sample.pk, reason="")
    assert (
        decline_sample(reader=Reader(people.owner), sample_id=sample.pk, reason="Harvest is over.").state == "declined"
    )


def test_a_refused_sample_says_why(sample, people):
    send_sample(reader=Reader(people.owner), sample_id=sample.pk, parcel=parcel())
    assert refuse_sample(reader=Reader(people.buyer), sample_id=sample.pk, reason="Too light.").reason == "Too light."
    with pytest.raises(SampleStepDone, match="Not approved"):
        approve_sample(reader=Reader(people.buyer), sample_id=sample.pk)


def test_what_was_sent_is_no_longer_cancelled(sample, people):
    send_sample(reader=Reader(people.owner), sample_id=sample.pk, parcel=parcel())
    with pytest.raises(SampleStepDone):
        cancel_sample(reader=Reader(people.buyer), sample_id=sample.pk)


def test_the_pages_from_asking_to_approval(client, thread, people):
    client.force_login(people.buyer)
    typed = {
        "description": "Washed Arabica",
        "quantity": "0.3",
        "unit": "kg",
        "address": "Hamburg",
        "payer": "buyer",
        "key": "k",
    }
    asked = client.post(f"/inquiries/{thread.pk}/samples/new/", typed)
    page = asked.url
    assert "Ask for a sample" in client.get(thread.get_absolute_url()).text
    client.force_login(people.owner)
    assert "Tell the buyer" in client.get(page).text
    bad = client.post(f"{page}send/", {"courier": "DHL", "tracking_number": "", "on": str(timezone.localdate())})
    assert (bad.status_code, "Write the tracking number" in bad.text) == (422, True)
    client.post(f"{page}send/", {"courier": "DHL", "tracking_number": "JD1", "on": str(timezone.localdate())})
    client.force_login(people.buyer)
    client.post(f"{page}approve/")
    assert Sample.objects.get().state == "approved"
    assert client.post(f"{page}approve/").status_code == 409


def test_a_guest_asks_by_the_link_of_the_thread(client, guest_thread, people):
    client.get(build_link(inquiry=guest_thread).partition("//")[2].partition("/")[2].join(("/", "")))
    typed = {"description": "Cocoa", "quantity": "1", "unit": "kg", "address": "Lyon", "payer": "shared", "key": "k"}
    assert client.post(f"/inquiries/{guest_thread.pk}/samples/new/", typed).status_code == 302
    assert Sample.objects.get().inquiry == guest_thread

"""Samples of a thread, for those who have a seat in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import NotFound
from inquiries.choices import SampleState
from inquiries.models import Inquiry, Sample

STATE_KINDS = {
    SampleState.REQUESTED: "warn", SampleState.SENT: "info", SampleState.RECEIVED: "info", SampleState.APPROVED: "ok",
    SampleState.REFUSED: "bad", SampleState.DECLINED: "", SampleState.CANCELLED: "",
}  # fmt: skip


@dataclass(frozen=True)
class SampleLine:
    """A sample in the thread's side."""

    sample: Sample
    state_kind: str


def get_sample(*, inquiry: Inquiry, sample_id: int) -> Sample:
    """A sample of this thread; raises NotFound."""
    found = Sample.objects.filter(inquiry=inquiry, pk=sample_id).first()
    if found is None:
        raise NotFound
    return found


def list_samples(*, inquiry: Inquiry) -> Sequence[SampleLine]:
    """Every sample of the thread, oldest first. One query."""
    return [SampleLine(one, STATE_KINDS[SampleState(one.state)]) for one in inquiry.samples.all()]

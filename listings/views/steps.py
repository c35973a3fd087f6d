"""The pages of the editor that hold a form: how each reads, binds, shows again and saves."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.forms import Form
from django.http import QueryDict
from django.utils.translation import get_language

from listings.forms.basics import BasicsForm, make_initial_basics
from listings.forms.delivery import DeliveryForm, make_initial_delivery
from listings.forms.details import DetailsForm, make_initial_details, retype_details
from listings.forms.documents import DocumentsEntry
from listings.forms.offer import OfferEntry
from listings.forms.packing import PackingEntry
from listings.forms.texts import TextsEntry
from listings.forms.variants import VariantsEntry
from listings.models import ListingRevision
from listings.services.depth import save_details, save_documents, save_texts, save_variants
from listings.services.drafts import save_basics, save_delivery, save_offer, save_packing
from reference.selectors import suggest_hs
from storefronts.models import Member

ALT_PREFIX = "alt-"
LONGEST_ALT = 160
ROW_BUTTONS = (
    "add_break", "remove_break", "add_package", "remove_package", "add_variant", "remove_variant", "add_text", "remove_text", "find_hs", "take_hs",
)  # fmt: skip


class Entry(Protocol):
    """A form of a step, alone or with rows, as the pages need it."""

    def is_valid(self) -> bool: ...


@dataclass(frozen=True)
class Posted:
    """What was sent, by whom, for which revision, and the version that the page was based on."""

    member: Member
    revision: ListingRevision
    data: QueryDict
    version: str

    @property
    def target(self) -> dict[str, Any]:
        """What every save is told."""
        return {"member": self.member, "listing_id": self.revision.listing_id, "version": self.version}


class StepForms(ABC):
    """One step. `read` shows what is stored, `bind` judges what was typed, `retype` shows it again unjudged."""

    @abstractmethod
    def read(self, revision: ListingRevision) -> Entry: ...

    def open(self, revision: ListingRevision, asked: QueryDict) -> Entry:  # noqa: ARG002  the page of languages reads it
        """What is stored, as the address asks for it."""
        return self.read(revision)

    @abstractmethod
    def bind(self, posted: Posted) -> Entry: ...

    @abstractmethod
    def retype(self, posted: Posted) -> Entry: ...

    @abstractmethod
    def save(self, entry: Any, posted: Posted) -> ListingRevision: ...

    def context(self, entry: Any) -> Mapping[str, Any]:
        return {"form": entry}


class Basics(StepForms):
    def read(self, revision: ListingRevision) -> Form:
        return BasicsForm(initial=make_initial_basics(revision))

    def bind(self, posted: Posted) -> Form:
        return BasicsForm(posted.data)

    def retype(self, posted: Posted) -> Form:
        return BasicsForm(initial=posted.data.dict())

    def save(self, entry: Any, posted: Posted) -> ListingRevision:
        return save_basics(**posted.target, values=entry.cleaned_data)


class Delivery(StepForms):
    def read(self, revision: ListingRevision) -> Form:
        return DeliveryForm(initial=make_initial_delivery(revision), locked_code=revision.listing.hs_lock)

    def bind(self, posted: Posted) -> Form:
        return DeliveryForm(posted.data, locked_code=posted.revision.listing.hs_lock)

    def retype(self, posted: Posted) -> Form:
        typed = posted.data.dict()
        if taken := posted.data.get("take_hs"):
            typed["hs_code"] = taken
        return DeliveryForm(initial=typed, locked_code=posted.revision.listing.hs_lock)

    def save(self, entry: Any, posted: Posted) -> ListingRevision:
        return save_delivery(**posted.target, values=entry.cleaned_data)

    def context(self, entry: Any) -> Mapping[str, Any]:
        words = str(entry.initial.get("hs_words", ""))[:LONGEST_ALT]
        asked = words if "find_hs" in entry.initial else ""
        return {
            "form": entry, "hs_words": words, "hs_asked": asked,
            "hs_suggestions": suggest_hs(text=asked, language=get_language() or "en") if asked else [],
        }  # fmt: skip


class RowForms(StepForms):
    """A page of rows or sections: its entry is made of the revision, alone or with what was sent."""

    entry: Callable[..., Entry]

    def read(self, revision: ListingRevision) -> Entry:
        return type(self).entry(revision=revision)

    def bind(self, posted: Posted) -> Entry:
        return type(self).entry(revision=posted.revision, data=posted.data)

    def retype(self, posted: Posted) -> Entry:
        return type(self).entry(revision=posted.revision, typed=posted.data)


class Offer(RowForms):
    entry = OfferEntry

    def save(self, entry: Any, posted: Posted) -> ListingRevision:
        return save_offer(
            **posted.target, values=entry.form.cleaned_data, breaks=entry.clean_breaks, alts=list_alts(posted.data)
        )

    def context(self, entry: Any) -> Mapping[str, Any]:
        return {"form": entry.form, "breaks": entry.breaks, "formset": entry.breaks}


class Packing(StepForms):
    def read(self, revision: ListingRevision) -> PackingEntry:
        return PackingEntry(unit=revision.unit, revision=revision)

    def bind(self, posted: Posted) -> PackingEntry:
        return PackingEntry(unit=posted.revision.unit, data=posted.data)

    def retype(self, posted: Posted) -> PackingEntry:
        return PackingEntry(unit=posted.revision.unit, typed=posted.data)

    def save(self, entry: Any, posted: Posted) -> ListingRevision:
        return save_packing(**posted.target, packages=entry.packages, values=entry.form.cleaned_data)

    def context(self, entry: Any) -> Mapping[str, Any]:
        return {"packages": entry.rows, "formset": entry.rows, "form": entry.form, "danger_advice": entry.danger_advice}


class Details(StepForms):
    def read(self, revision: ListingRevision) -> Form:
        return DetailsForm(revision=revision, initial=make_initial_details(revision))

    def bind(self, posted: Posted) -> Form:
        return DetailsForm(posted.data, revision=posted.revision)

    def retype(self, posted: Posted) -> Form:
        return DetailsForm(revision=posted.revision, initial=retype_details(posted.data))

    def save(self, entry: Any, posted: Posted) -> ListingRevision:
        return save_details(**posted.target, values=entry.cleaned_data, attributes=entry.list_answers())


class Variants(RowForms):
    entry = VariantsEntry

    def save(self, entry: Any, posted: Posted) -> ListingRevision:
        return save_variants(**posted.target, variants=entry.variants)

    def context(self, entry: Any) -> Mapping[str, Any]:
        return {"variants": entry.rows, "formset": entry.rows}


class Documents(RowForms):
    entry = DocumentsEntry

    def save(self, entry: Any, posted: Posted) -> ListingRevision:
        return save_documents(**posted.target, documents=entry.documents)

    def context(self, entry: Any) -> Mapping[str, Any]:
        return {"documents": entry.forms, "formset": entry.forms}


class Texts(RowForms):
    entry = TextsEntry

    def open(self, revision: ListingRevision, asked: QueryDict) -> TextsEntry:
        return TextsEntry(revision=revision, begun=asked.getlist("languages"))

    def save(self, entry: Any, posted: Posted) -> ListingRevision:
        return save_texts(**posted.target, texts=entry.texts)

    def context(self, entry: Any) -> Mapping[str, Any]:
        return {"entry": entry, "formset": entry.forms}


FORMS: dict[str, StepForms] = {
    "basics": Basics(), "pictures": Offer(), "delivery": Delivery(), "packing": Packing(),
    "details": Details(), "variants": Variants(), "documents": Documents(), "texts": Texts(),
}  # fmt: skip


def list_alts(data: QueryDict) -> dict[str, str]:
    """What the pictures show, by upload id, as typed beside them."""
    return {
        name.removeprefix(ALT_PREFIX): " ".join(str(value).replace("\x00", " ").split())[:LONGEST_ALT]
        for name, value in data.items()
        if name.startswith(ALT_PREFIX)
    }


def asks_for_rows(data: QueryDict) -> bool:
    """A button that adds or removes a row, or finds or takes an HS code, without JavaScript."""
    return any(name in data for name in ROW_BUTTONS)

"""What people do while the stand breaks, and how often each act is found afterwards."""

import io
import random
import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from PIL import Image

from core.models import AuditEntry, OutboxMail
from inquiries.models import Inquiry, Message
from listings.choices import ListingState
from listings.models import Listing, ListingPicture, ListingRevision
from listings.rules.searching import Query
from listings.search.query import search
from moderation.models import Case
from stand.chaos.browser import FOUND, Browser, NotAcknowledged
from stand.chaos.ledger import Counts
from stand.seed import INVITATIONS_PER_COMPANY, PICTURES_PER_LISTING, Pools
from storefronts.models import Company, Invitation
from uploads.choices import UploadState
from uploads.models import Upload
from uploads.registry import get_profile
from uploads.rules.pictures import rendition_name

CONFLICT = 409
VISITORS = 400
EMPTY_PRICES = {"breaks-TOTAL_FORMS": "0", "breaks-INITIAL_FORMS": "0"}


class Act(ABC):
    """One kind of act. `repeats`: a person who gets no answer sends the same again, and it must still be one."""

    name: str
    every_seconds: float
    repeats = False

    def __init__(self, browser: Browser, pools: Pools, tag: str) -> None:
        self.browser, self.pools, self.tag = browser, pools, tag

    @abstractmethod
    def tokens(self) -> Iterator[str]:
        """What will be made, one after the other."""

    @abstractmethod
    def perform(self, token: str) -> None:
        """Do it once; raises NotAcknowledged."""

    @abstractmethod
    def count(self, tokens: Collection[str]) -> Counts:
        """How often each part of each token is there, in the database and where its effect shows."""


class SendPicture(Act):
    """A picture into a draft; the effect is its set of renditions. The token is the file's name."""

    name, every_seconds = "upload", 1.5

    def tokens(self) -> Iterator[str]:
        for tray in self.pools.trays:
            for number in range(PICTURES_PER_LISTING):
                yield f"{self.tag}-{tray}-{number}.jpg"

    def perform(self, token: str) -> None:
        step = f"/sell/{self.pools.company}/products/{token.split('-')[1]}/pictures/"
        version = re.search(rb'name="version" value="([^"]*)"', self.browser.get(step).body)
        if version is None:
            raise NotAcknowledged(f"{step} did not open")
        fields = {**EMPTY_PRICES, "version": version[1].decode(), "send_pictures": "1"}
        self.browser.follow(step, fields, file=(token, draw_picture(token)))

    def count(self, tokens: Collection[str]) -> Counts:
        rows = Counter(ListingPicture.objects.filter(upload__name__in=tokens).values_list("upload__name", flat=True))
        uploads = list(Upload.objects.filter(name__in=tokens).prefetch_related("renditions"))
        files, sets = Counter(upload.name for upload in uploads), Counter[str]()
        for upload in uploads:
            sets[upload.name] += count_sets(upload)
        return {token: {"row": rows[token], "file": files[token], "renditions": sets[token]} for token in tokens}


class SubmitListing(Act):
    """A draft sent for review; the effects are one case and one entry in the audit. The token is the listing's id."""

    name, every_seconds, repeats = "submission", 1.0, True

    def tokens(self) -> Iterator[str]:
        return map(str, self.pools.drafts)

    def perform(self, token: str) -> None:
        self.browser.follow(f"/sell/{self.pools.company}/products/{token}/review/", {})

    def count(self, tokens: Collection[str]) -> Counts:
        cases = Counter(Case.objects.filter(kind="listing", subject_id__in=tokens).values_list("subject_id", flat=True))
        revisions = {
            str(pk): str(listing)
            for pk, listing in ListingRevision.objects.filter(listing__in=map(int, tokens)).values_list(
                "pk", "listing_id"
            )
        }
        entries = AuditEntry.objects.filter(action="listings.submitted", subject_id__in=revisions)
        audited = Counter(revisions[pk] for pk in entries.values_list("subject_id", flat=True))
        return {token: {"case": cases[token], "audit": audited[token]} for token in tokens}


class InviteColleague(Act):
    """An invitation; the effects are one mail in the outbox and one message at the mail server. The token is the address."""

    name, every_seconds = "invitation", 1.5

    def __init__(self, browser: Browser, pools: Pools, tag: str, mails: Path) -> None:
        super().__init__(browser, pools, tag)
        self.mails = mails

    def tokens(self) -> Iterator[str]:
        for host in range(len(self.pools.hosts)):
            for number in range(INVITATIONS_PER_COMPANY):
                yield f"{self.tag}-{host}-{number}@stand.example"

    def perform(self, token: str) -> None:
        host = self.pools.hosts[int(token.split("-")[1])]
        self.browser.follow(f"/sell/{host}/team/", {"email": token, "role": "viewer"})

    def count(self, tokens: Collection[str]) -> Counts:
        rows = Counter(Invitation.objects.filter(email__in=tokens).values_list("email", flat=True))
        outbox = Counter(OutboxMail.objects.filter(recipient__in=tokens).values_list("recipient", flat=True))
        arrived = Counter(address for address, _ in list_arrived(self.mails))
        return {token: {"row": rows[token], "outbox": outbox[token], "mail": arrived[token]} for token in tokens}

    def count_repeats(self) -> int:
        """Deliveries of a message that had arrived before: SMTP cannot exclude them, a reader's mailbox can."""
        return sum(1 for file in self.mails.glob(f"{self.tag}-*.eml") if re.search(r"\.\d+\.eml$", file.name))


class AskExporter(Act):
    """A visitor without an account asks the company; the effects are one inquiry with one message, and one mail with the link.

    The token is the visitor's address; each has a network of their own, for limits count by network.
    """

    name, every_seconds, repeats = "inquiry", 1.5, True

    def __init__(self, browser: Browser, pools: Pools, tag: str, mails: Path) -> None:
        super().__init__(browser, pools, tag)
        self.mails, self.company_id = mails, Company.objects.get(slug=pools.company).pk

    def tokens(self) -> Iterator[str]:
        for number in range(VISITORS):
            yield f"{self.tag}-visitor-{number}@stand.example"

    def perform(self, token: str) -> None:
        visitor = self.browser.as_somebody_else(int(token.rpartition("-")[2].partition("@")[0]))
        words = {"text": f"Do you ship to Hamburg? {token}", "name": "Lena Stand", "email": token, "destination": "DE"}
        visitor.follow(f"/ask/{self.company_id}/", words)

    def count(self, tokens: Collection[str]) -> Counts:
        rows = Counter(Inquiry.objects.filter(buyer_email__in=tokens).values_list("buyer_email", flat=True))
        messages = Message.objects.filter(inquiry__buyer_email__in=tokens)
        written = Counter(messages.values_list("inquiry__buyer_email", flat=True))
        arrived = Counter(address for address, _ in list_arrived(self.mails))
        return {token: {"inquiry": rows[token], "message": written[token], "mail": arrived[token]} for token in tokens}


class PauseListing(Act):
    """A live product taken out of the catalogue; the effect is that search no longer shows it. The token is its id."""

    name, every_seconds, repeats = "pause", 3.0, True

    def tokens(self) -> Iterator[str]:
        return map(str, self.pools.live)

    def perform(self, token: str) -> None:
        address = f"/sell/{self.pools.company}/products/{token}/act/"
        answer = self.browser.post(address, {"act": "pause"})
        if answer.status not in {FOUND, CONFLICT} or "/account/" in answer.location:  # 409: the first try was taken
            raise NotAcknowledged(f"{address} answered {answer.status} {answer.location}".strip())

    def count(self, tokens: Collection[str]) -> Counts:
        paused = Counter(
            map(str, Listing.objects.filter(pk__in=tokens, state=ListingState.PAUSED).values_list("pk", flat=True))
        )
        entries = AuditEntry.objects.filter(action="listings.pause", subject_id__in=tokens)
        audited = Counter(entries.values_list("subject_id", flat=True))
        shown = {str(pk) for pk in search(query=Query(text=self.tag, page_size=len(self.pools.live))).ids}
        hidden = {token: 0 if token in shown else 1 for token in tokens}
        return {token: {"state": paused[token], "audit": audited[token], "hidden": hidden[token]} for token in tokens}


def list_acts(browse: Any, pools: Pools, tag: str, mails: Path) -> list[Act]:
    """One of each; `browse()` gives a signed-in browser of its own."""
    return [
        SendPicture(browse(), pools, tag),
        SubmitListing(browse(), pools, tag),
        InviteColleague(browse(), pools, tag, mails),
        AskExporter(browse(), pools, tag, mails),
        PauseListing(browse(), pools, tag),
    ]


def list_arrived(mails: Path) -> set[tuple[str, str]]:
    """(recipient, message) of every message at the mail server; delivered twice it is still one message."""
    found = (re.fullmatch(r"(.+)-([0-9a-f]{32})(?:\.\d+)?\.eml", file.name) for file in mails.iterdir())
    return {(match[1], match[2]) for match in found if match}


def draw_picture(seed: str) -> bytes:
    """A small photograph that no other is equal to."""
    chance = random.Random(seed)  # noqa: S311  no secret hangs on it
    target = io.BytesIO()
    coarse = Image.frombytes("RGB", (8, 6), chance.randbytes(8 * 6 * 3))
    coarse.resize((640, 480), Image.Resampling.BICUBIC).save(target, "JPEG", quality=85)
    return target.getvalue()


def count_sets(upload: Upload) -> int:
    """1 when a ready upload has every size once, and every file is there."""
    renditions = list(upload.renditions.all())
    labels = Counter(rendition.label for rendition in renditions if rendition.format == "webp")
    stored = all(default_storage.exists(rendition_name(sha256=r.sha256, format=r.format)) for r in renditions)
    if upload.state != UploadState.READY or not stored:
        return 0
    return min(labels[width] for width in get_profile(upload.profile).widths)

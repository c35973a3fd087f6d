"""Requests for quotation as their buyer reads them: one with its lines and who was asked, the list, the mailed link."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.errors import NotFound
from inquiries.choices import MatchState, RequestState
from inquiries.exceptions import LinkExpired, NothingToAskAbout
from inquiries.models import Inquiry, Match, Request, RequestFile
from inquiries.rules.messages import LINK_LASTS, Reader
from inquiries.selectors.match_words import Told, tell_reasons
from inquiries.selectors.request_words import LineInWords, describe_lines, list_request_facts
from listings.models import Listing
from storefronts.models import Company
from storefronts.selectors.dashboard import Fact
from uploads.choices import UploadState

SALT = "inquiries.request"
MOST_REQUESTABLE = 200
STATE_KINDS = {
    RequestState.UNCONFIRMED: "warn", RequestState.WAITING: "info", RequestState.OPEN: "ok", RequestState.REJECTED: "bad",
}  # fmt: skip
MATCH_KINDS = {MatchState.ANSWERING: "ok", MatchState.INVITED: "info"}


@dataclass(frozen=True)
class RequestFileShown:
    """A file; `url` is "" while it is checked, or when it could not be read."""

    name: str
    url: str
    state: str


@dataclass(frozen=True)
class AskedExporter:
    """One exporter whom a request went to: the state in a word, the thread once there is one, why it was matched."""

    name: str
    url: str
    state: str
    state_kind: str
    thread_url: str
    score: int | None
    reasons: Sequence[Told]


@dataclass(frozen=True)
class ThreadRequest:
    """What a thread shows of its request."""

    lines: Sequence[LineInWords]
    facts: Sequence[Fact]
    files: Sequence[RequestFileShown]


@dataclass(frozen=True)
class RequestPage:
    """All of a request as its buyer sees it; `story` says what happens next, `can_close` whether it can still be ended."""

    request: Request
    state_kind: str
    story: str
    lines: Sequence[LineInWords]
    facts: Sequence[Fact]
    files: Sequence[RequestFileShown]
    asked: Sequence[AskedExporter]
    can_close: bool
    takes_files: bool


def get_own_request(*, reader: Reader, request_id: UUID, for_update: bool = False) -> Request:
    """A request of this buyer; raises NotFound for everybody else."""
    rows = Request.objects.filter(pk__in=Request.objects.asked_by(reader).values("pk")).select_related(
        "company", "buyer"
    )
    found = (rows.select_for_update(of=("self",)) if for_update else rows).filter(pk=request_id).first()
    if found is None:
        raise NotFound
    return found


def get_linked_request(*, request_id: UUID) -> Request:
    """The request whose signed link somebody holds; raises NotFound when it was forgotten since."""
    found = Request.objects.select_related("company").filter(pk=request_id).first()
    if found is None:
        raise NotFound
    return found


def get_request_file(*, reader: Reader, request_id: UUID, file_id: int) -> RequestFile:
    """A file of a request that this reader may see: the buyer, exporters who were asked, officers. Raises NotFound."""
    readable = Request.objects.visible_to(reader).filter(pk=request_id)
    found = RequestFile.objects.select_related("upload").filter(pk=file_id, request__in=readable.values("pk")).first()
    if found is None:
        raise NotFound
    return found


def list_own_requests(*, reader: Reader) -> QuerySet[Request]:
    """The buyer's requests, those they still have to confirm included, the newest first; with how many answer."""
    answering = Count("matches", filter=Q(matches__state=MatchState.ANSWERING))
    told = Count("matches", filter=Q(matches__told_at__isnull=False))
    rows = Request.objects.filter(pk__in=Request.objects.asked_by(reader).values("pk")).select_related("company")
    return rows.annotate(told=told, answering=answering).order_by("-asked_at", "pk")


def get_request_page(*, request: Request) -> RequestPage:
    """The buyer's page. Six queries."""
    asked = _list_asked(request)
    return RequestPage(
        request=request, state_kind=STATE_KINDS.get(RequestState(request.state), "none"), story=_tell_story(request, asked),
        lines=describe_lines(lines=list(request.lines.select_related("listing__company"))), facts=list_facts(request=request),
        files=list_files(request=request), asked=asked, can_close=request.state in {RequestState.OPEN, RequestState.WAITING},
        takes_files=request.state == RequestState.WAITING,
    )  # fmt: skip


def list_facts(*, request: Request) -> list[Fact]:
    """Terms that hold for all lines. One query."""
    return list_request_facts(request=request, schemes=[scheme.label for scheme in request.schemes.all()])


def list_files(*, request: Request) -> list[RequestFileShown]:
    """The files with addresses that those who may read the request can open. One query, and one for renditions."""
    rows = request.files.select_related("upload").prefetch_related("upload__renditions")
    return [RequestFileShown(row.upload.name, _find_url(row), row.upload.state) for row in rows]


def build_request_link(*, request: Request) -> str:
    """The whole address that opens the request for its buyer, good for thirty days."""
    token = signing.dumps(str(request.pk), salt=SALT)
    offered = request.buyer_language in dict(settings.LANGUAGES)
    with translation.override(request.buyer_language if offered else settings.LANGUAGE_CODE):
        return f"{settings.SITE_URL}{reverse('inquiries:request_open', args=[token])}"


def read_request_link(*, token: str, any_age: bool = False) -> UUID:
    """The request that a link leads to; raises NotFound for what we never signed, LinkExpired for what is too old (not with `any_age`)."""
    try:
        return UUID(signing.loads(token, salt=SALT, max_age=None if any_age else LINK_LASTS))
    except signing.SignatureExpired as error:
        raise LinkExpired from error
    except (signing.BadSignature, ValueError) as error:
        raise NotFound from error


def _find_url(row: RequestFile) -> str:
    labels = [one.label for one in row.upload.renditions.all() if one.format == "webp"]
    if labels:
        return reverse("inquiries:request_rendition", args=[row.request_id, row.pk, max(labels), "webp"])
    ready = row.upload.state == UploadState.READY
    return reverse("inquiries:request_file", args=[row.request_id, row.pk]) if ready else ""


def _list_asked(request: Request) -> list[AskedExporter]:
    if request.company is not None:
        thread = Inquiry.objects.filter(request=request).first()
        return [_describe_one(request, thread)] if thread else []
    matches = Match.objects.told().filter(request=request).select_related("company", "inquiry")
    return [_describe_match(match) for match in matches]


def _describe_one(request: Request, thread: Inquiry) -> AskedExporter:
    company = thread.company if request.company is None else request.company
    kind = "ok" if thread.state == "answered" else "info"
    return AskedExporter(
        company.legal_name, company.get_absolute_url(), str(thread.get_state_display()), kind, thread.get_absolute_url(), None, ()
    )  # fmt: skip


def _describe_match(match: Match) -> AskedExporter:
    return AskedExporter(
        match.company.legal_name, match.company.get_absolute_url() if match.company.is_public else "", str(match.get_state_display()),
        MATCH_KINDS.get(MatchState(match.state), "none"), match.inquiry.get_absolute_url() if match.inquiry else "", match.score,
        tell_reasons(reasons=match.reasons),
    )  # fmt: skip


def _tell_story(request: Request, asked: Sequence[AskedExporter]) -> str:
    last = date_format(request.closes_on, "j M Y") if request.closes_on else ""
    values = {"agency": settings.AGENCY_NAME, "day": last}
    told = {
        RequestState.UNCONFIRMED: _("This request is not sent yet. Send it with the link in the mail that you got."),
        RequestState.WAITING: _("%(agency)s reads your request and chooses whom to ask. No exporter has seen it yet.") % values,
        RequestState.REJECTED: _("%(agency)s did not send this request on. The reason is in the mail that you got.") % values,
    }  # fmt: skip
    if request.is_open_on(timezone.localdate()):
        if asked:
            return _("Exporters can answer until %(day)s. Each answer is a thread of its own.") % values
        return _("%(agency)s has approved your request. The exporters hear of it within minutes.") % values
    return told.get(RequestState(request.state), _("Nobody new can answer. Threads that began go on."))


def list_requestable(*, company: Company) -> list[Listing]:
    """The exporter's live products that a line can name, by name; at most two hundred."""
    rows = Listing.objects.live().filter(company=company).select_related("live_revision")
    return list(rows.order_by("live_revision__title", "pk")[:MOST_REQUESTABLE])


def get_requested_company(*, company_id: int) -> Company:
    """The exporter whom a request is put to; raises NothingToAskAbout when it is not public."""
    company = Company.objects.public().filter(pk=company_id).first()
    if company is None:
        raise NothingToAskAbout
    return company


def find_thread_request(*, inquiry: Inquiry) -> ThreadRequest | None:
    """The request that a thread is about, for both of its sides; None for a plain inquiry. Five queries, or none."""
    if inquiry.request_id is None:
        return None
    request = Request.objects.get(pk=inquiry.request_id)
    lines = describe_lines(lines=list(request.lines.select_related("listing__company")))
    return ThreadRequest(lines, list_facts(request=request), list_files(request=request))

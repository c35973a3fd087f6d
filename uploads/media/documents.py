"""The child for documents: opens a PDF strictly and looks at every object for what does more than show pages.

Run as `python -m uploads.media.documents '{"max_pages": n}'`. The number of pages goes out; the file itself is not changed.
"""

import io
import sys
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any
from urllib.parse import urlsplit

import pikepdf

from uploads.media.child import Emit, Refused, run_child

MOST_UNPACKED_BYTES = 600_000_000
MOST_OBJECTS = 500_000
UNPACKED_HERE = {"/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"}
HARMFUL_ACTIONS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/RichMediaExecute", "/Movie",
    "/Sound",
}  # fmt: skip
HARMLESS_UNASKED = {"", "/GoTo", "/Named", "/Thread", "/SetOCGState", "/Trans", "/GoTo3DView"}
FILE_KEYS = {"/F", "/UF", "/DOS", "/Mac", "/Unix"}
PLAYERS = {"/RichMedia", "/3D", "/Movie", "/Sound", "/Screen"}
PLAIN_SCHEMES = {"", "http", "https", "mailto", "tel", "sms", "geo", "ftp", "whatsapp", "skype"}


def main() -> int:
    return run_child(_look)


def _look(content: bytes, wanted: dict[str, Any], emit: Emit) -> None:
    emit(event="facts", pages=check(content, max_pages=wanted["max_pages"]))
    emit(event="done")


def check(content: bytes, *, max_pages: int) -> int:
    """Return the number of pages, or raise Refused.

    Opened without repair: a file whose table of contents is wrong is read differently by each program, so that what was
    checked here need not be what its reader opens.
    """
    try:
        pdf = pikepdf.open(io.BytesIO(content), attempt_recovery=False)
    except pikepdf.PasswordError as error:
        raise Refused("locked") from error
    with pdf:
        pages = _count_pages(pdf, max_pages)
        unpacked = 0
        for number, each in enumerate(_list_objects(pdf)):
            if number > MOST_OBJECTS:
                raise Refused("too_heavy")
            for part in _walk(each):
                _check_dictionary(part)
            if isinstance(each, pikepdf.Stream):
                unpacked += _measure_unpacked(pdf, each)
            if unpacked > MOST_UNPACKED_BYTES:
                raise Refused("too_heavy")
        return pages


def _count_pages(pdf: pikepdf.Pdf, max_pages: int) -> int:
    """Ask the tree before it is walked: a claim of millions must not be followed."""
    claimed = pdf.Root.Pages.get("/Count", 0)
    if isinstance(claimed, int) and claimed > max_pages:
        raise Refused("too_many_pages")
    pages = len(pdf.pages)
    if pages > max_pages:
        raise Refused("too_many_pages")
    if pages == 0:
        raise Refused("no_pages")
    return pages


def _list_objects(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    yield pdf.trailer
    yield from pdf.objects


def _walk(start: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Each dictionary within an object, not following references: what they lead to is in the list itself."""
    waiting = [start]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            yield each
            waiting += _direct(value for _, value in each.items())
        elif isinstance(each, pikepdf.Array):
            waiting += _direct(each)


def _direct(values: Iterable[Any]) -> Iterator[pikepdf.Object]:
    return (
        value for value in values if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect
    )


def _check_dictionary(each: pikepdf.Object) -> None:
    """Keys count with the shape of their value: a font, too, may be named /JS."""
    does = _name(each, "/S")
    if does in HARMFUL_ACTIONS or isinstance(each.get("/JS"), pikepdf.String | pikepdf.Stream):
        raise Refused("active")
    if does == "/URI" and not _is_plain(str(each.get("/URI", ""))):
        raise Refused("active")
    if any(_name(unasked, "/S") not in HARMLESS_UNASKED for unasked in _list_unasked(each)):
        raise Refused("active")
    if _holds_a_file(each):
        raise Refused("files_inside")
    if _name(each, "/Subtype") in PLAYERS and "/Rect" in each:
        raise Refused("media_inside")
    if isinstance(each.get("/XFA"), pikepdf.Array | pikepdf.Stream):
        raise Refused("program_form")


def _holds_a_file(each: pikepdf.Object) -> bool:
    inside = each.get("/EF")
    named = isinstance(inside, pikepdf.Dictionary) and bool(FILE_KEYS & set(inside.keys()))
    return named or _name(each, "/Type") == "/EmbeddedFile" or _name(each, "/Subtype") == "/FileAttachment"


def _list_unasked(each: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The actions that run without a click: on opening, and on events."""
    opening, events = each.get("/OpenAction"), each.get("/AA")
    first = [opening, *(events.as_dict().values() if isinstance(events, pikepdf.Dictionary) else [])]
    waiting, seen = [one for one in first if isinstance(one, pikepdf.Dictionary)], 0
    while waiting and seen < 100:
        action = waiting.pop()
        seen += 1
        yield action
        follows = action.get("/Next")
        more = follows if isinstance(follows, pikepdf.Array) else [follows]
        waiting += [one for one in more if isinstance(one, pikepdf.Dictionary)]


def _is_plain(address: str) -> bool:
    try:
        return urlsplit(address.strip()).scheme.lower() in PLAIN_SCHEMES and not address.startswith("\\")
    except ValueError:
        return True  # no address at all, which leads nowhere


def _name(each: pikepdf.Object, key: str) -> str:
    value = each.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _measure_unpacked(pdf: pikepdf.Pdf, stream: pikepdf.Stream) -> int:
    """How large a stream becomes for its reader; pictures (JPEG, fax) stay packed, as only a viewer unpacks them."""
    filters = stream.get("/Filter")
    named = [str(one) for one in filters] if isinstance(filters, pikepdf.Array) else [_name(stream, "/Filter")]
    unpacking = list(takewhile(lambda one: one in UNPACKED_HERE, named))
    if not unpacking:
        return 0
    if len(unpacking) == len(named):
        return _unpack(stream)
    outer = pikepdf.Stream(pdf, stream.read_raw_bytes(), Filter=[pikepdf.Name(one) for one in unpacking])
    return _unpack(outer)


def _unpack(stream: pikepdf.Stream) -> int:
    try:
        return len(stream.read_bytes())
    except pikepdf.DataDecodingError as error:
        if "bad_alloc" in str(error):  # the engine's way to say that memory ran out
            raise MemoryError from error
        raise


if __name__ == "__main__":
    sys.exit(main())

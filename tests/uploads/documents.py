"""Honest documents, and the parts that others are made of."""

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, Stream

from tests.uploads.pictures import draw, save
from uploads.adapters.child import read_document

Change = Callable[[Pdf], None]


def pdf(*changes: Change, pages: int = 1, **how) -> bytes:
    """A document of blank pages, changed step by step; each call writes another identifier into it."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    for change in changes:
        change(made)
    target = io.BytesIO()
    made.save(target, **how)
    return target.getvalue()


def count_pages(content: bytes, max_pages: int = 200) -> int:
    return read_document(content, max_pages=max_pages).pages


def locked(*, user: str) -> bytes:
    return pdf(encryption=Encryption(owner="the owner's", user=user))


def on_opening(action: Dictionary | Array) -> Change:
    def change(made: Pdf) -> None:
        made.Root.OpenAction = action

    return change


def on_event(action: Dictionary) -> Change:
    def change(made: Pdf) -> None:
        made.pages[0].AA = Dictionary(O=action)

    return change


def annotation(**parts) -> Change:
    def change(made: Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **parts)
        made.pages[0].Annots = made.make_indirect(Array([made.make_indirect(note)]))

    return change


def link(action: Dictionary) -> Change:
    return annotation(Subtype=Name.Link, A=action)


def web_link(address: str) -> Change:
    return link(Dictionary(S=Name.URI, URI=address))


def form(**parts) -> Change:
    def change(made: Pdf) -> None:
        made.Root.AcroForm = Dictionary(Fields=Array([]), **parts)

    return change


def filled_form(made: Pdf) -> None:
    field = Dictionary(FT=Name.Tx, T="quantity", V="400 bags", Subtype=Name.Widget, Rect=Array([0, 0, 9, 9]))
    made.Root.AcroForm = Dictionary(Fields=Array([made.make_indirect(field)]))


def cmyk_picture(made: Pdf) -> None:
    """A scan as printers make them: JPEG in four colours."""
    picture = Stream(made, save(draw(64, 48, "CMYK")))
    for key, value in {"Width": 64, "Height": 48, "BitsPerComponent": 8}.items():
        picture[f"/{key}"] = value
    picture.Type, picture.Subtype = Name.XObject, Name.Image
    picture.ColorSpace, picture.Filter = Name.DeviceCMYK, Name.DCTDecode
    made.pages[0].Resources = Dictionary(XObject=Dictionary(Scan=made.make_indirect(picture)))


def oddly_named_fonts(made: Pdf) -> None:
    """Resources may be named like the keys that harm."""
    font = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    made.pages[0].Resources = Dictionary(Font=Dictionary(JS=font, EF=font, AA=font, XFA=font))

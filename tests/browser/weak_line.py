"""A line of 400 kbit/s that can be cut, and a count of what a page sends over it in pieces."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from PIL import Image
from playwright.sync_api import CDPSession, FilePayload, Page

from tests.browser.pictures import ORIENTATION, TURNED, as_file, draw, save
from tests.browser.stack import wait_until

BYTES_A_SECOND = 400_000 // 8
LATENCY = 400
UPRIGHT = 1

COUNT = """
const fetched = window.fetch;
window.fetch = function (address, how) {
  how = how || {};
  const body = how.body;
  if (body instanceof FormData && body.get('key')) window.tellTest('begin', body.get('key'), Number(body.get('size')));
  if (how.method !== 'PATCH') return fetched.apply(this, arguments);
  window.tellTest('sent', String(address), body.size);
  return fetched.apply(this, arguments).then(function (answer) { window.tellTest('answered', String(address), body.size); return answer; });
};
"""


@dataclass
class Line:
    """What went over the line in pieces. `announced` is each picture's size by its key; pieces are (address, bytes)."""

    page: Page
    session: CDPSession
    announced: dict[str, int] = field(default_factory=dict)
    sent: list[tuple[str, int]] = field(default_factory=list)
    answered: list[tuple[str, int]] = field(default_factory=list)

    def note(self, what: str, name: str, size: int) -> None:
        if what == "begin":
            self.announced[name] = size
        else:
            (self.sent if what == "sent" else self.answered).append((name, size))

    def emulate(self, *, is_cut: bool) -> None:
        """Slow, or no line at all."""
        conditions: dict[str, Any] = {
            "offline": is_cut, "latency": LATENCY, "downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND,
        }  # fmt: skip
        self.session.send("Network.emulateNetworkConditions", conditions)

    def wait_for_second_picture(self) -> None:
        """Until the second picture is under way, with a piece of it that the site has."""

        def is_there() -> bool:
            self.page.wait_for_timeout(50)
            return len({address for address, _size in self.answered}) == 2

        wait_until(is_there, "the second picture to be under way", 60)

    def count_changes_of_picture(self) -> int:
        """How often a piece belonged to another picture than the piece before it."""
        return sum(former[0] != piece[0] for former, piece in pairwise(self.sent))

    @property
    def sent_bytes(self) -> int:
        return sum(size for _address, size in self.sent)

    @property
    def total_bytes(self) -> int:
        return sum(self.announced.values())

    @property
    def largest_piece(self) -> int:
        return max(size for _address, size in self.sent)


def weaken(page: Page) -> Line:
    """Put this page on a weak line and count."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    line = Line(page, session)
    page.expose_function("tellTest", line.note)
    page.add_init_script(COUNT)
    line.emulate(is_cut=False)
    return line


def three_harvests() -> list[FilePayload]:
    """Photos with the grain of a real one; the first is larger than anybody needs."""
    return [
        photo("terraces.jpg", (2800, 2100), 70),
        photo("drying.jpg", (1400, 1050), 80),
        photo("sacks.jpg", (1400, 1050), 81),
    ]


def photo(name: str, size: tuple[int, int], quality: int, *, turned: bool = False) -> FilePayload:
    noise = Image.effect_noise((size[0] // 4, size[1] // 4), 50).resize(size).convert("RGB")
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED if turned else UPRIGHT
    grainy = Image.blend(draw("#b98a4e", size), noise, 0.5)
    return as_file(name, "image/jpeg", save(grainy, "JPEG", quality=quality, exif=exif))

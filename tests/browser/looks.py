"""What is looked at on every page, at one width, in one theme, in one direction of writing."""

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, Response

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],  # what passed is not told node by node
}
WIDER_THAN_WINDOW = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  const guilty = [...document.body.querySelectorAll('*')].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width && (box.right > edge + 1 || box.left < -1);
  });
  return ['wider than the window: ' + guilty.slice(-4).map(element => element.tagName + '.' + element.className).join(', ')];
}"""


@dataclass(frozen=True)
class Variant:
    """One way to look at a page."""

    width: int
    dark: bool
    arabic: bool

    def __str__(self) -> str:
        return f"{self.width}-{'dark' if self.dark else 'light'}-{'ar' if self.arabic else 'en'}"


VARIANTS = [
    Variant(width, dark, arabic) for arabic in (False, True) for dark in (False, True) for width in (320, 390, 1280)
]


@dataclass
class Listener:
    """Collects what goes wrong while pages load: errors on the console (refusals of the CSP too), lost and failed requests."""

    found: list[str] = field(default_factory=list)

    def attach(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.found.append(f"script: {error}"))
        page.on("requestfailed", self._lose)
        page.on("response", self._answer)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.found.append(f"console: {message.text}")

    def _lose(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":
            self.found.append(f"lost: {request.url} {request.failure}")

    def _answer(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.found.append(f"{response.status}: {response.url}")


def find_faults(page: Page) -> list[str]:
    """Everything that is wrong with the page as it stands; empty when it is sound."""
    return [
        *([] if page.title().strip() else ["no title"]),
        *([] if page.locator("h1").count() == 1 else [f"{page.locator('h1').count()} h1"]),
        *page.evaluate(WIDER_THAN_WINDOW),
        *(line for violation in Axe().run(page, options=RULES).response["violations"] for line in _explain(violation)),
    ]


def _explain(violation: dict[str, Any]) -> list[str]:
    nodes = violation["nodes"]
    return [f"{violation['id']} at {' '.join(map(str, node['target']))}: {_reason(node)}" for node in nodes[:3]]


def _reason(node: dict[str, Any]) -> str:
    checks = [*node["any"], *node["all"], *node["none"]]
    return "; ".join(str(check["message"]) for check in checks[:2])

"""The running site as tests see it: its address, its folder, its mails."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from tests.shipping.loopback import Loopback

ROOT = Path(__file__).resolve().parent.parent.parent
REPLY_ADDRESS = "reply@market.example"


@dataclass(frozen=True)
class Site:
    """A running demo site; `carriers` stands in for every carrier, where the test started the site itself."""

    url: str
    var: Path
    log: Path
    environment: Mapping[str, str]
    carriers: Loopback | None = None

    def mails(self, address: str) -> list[Path]:
        """Mails to an address, oldest first."""
        return sorted(self.var.glob(f"mail/{address}-*.eml"), key=lambda path: path.stat().st_mtime)

    def wait_for_mail(self, address: str, count: int = 1, seconds: float = 30) -> Path:
        """The newest mail once `count` have come."""
        wait_until(lambda: len(self.mails(address)) >= count, f"a mail to {address}", seconds)
        return self.mails(address)[-1]

    def find_mails(self, address: str, words: str) -> list[EmailMessage]:
        """Mails to an address whose plain text has these words, oldest first."""
        read = (message_from_bytes(path.read_bytes(), policy=policy.default) for path in self.mails(address))
        return [mail for mail in read if words in read_plain(mail)]

    def wait_for_mail_with(self, address: str, words: str) -> EmailMessage:
        """The newest mail that has these words, once there is one."""
        found: list[EmailMessage] = wait_until(
            lambda: self.find_mails(address, words), f"a mail to {address} with {words}"
        )
        return found[-1]

    def receive_mail(self, mail: EmailMessage) -> str:
        """Give a mail to the site as a mail server's pipe does; what became of it."""
        done = subprocess.run(
            [sys.executable, "manage.py", "receive_mail"], cwd=ROOT, env=self.environment, input=mail.as_bytes(),
            capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().strip()

    def run(self, code: str) -> None:
        """Do something that no page does, such as to let a day pass."""
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "-c", code],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()


def read_plain(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body else ""


def wait_until(probe: Callable[[], Any], what: str, seconds: float = 30) -> Any:
    """The first true answer of a probe; the test fails with `what` when there is none in time."""
    deadline = monotonic() + seconds
    while monotonic() < deadline:
        if found := probe():
            return found
        sleep(0.1)
    pytest.fail(f"Waited {seconds:.0f} s for {what}.")

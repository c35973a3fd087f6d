"""A mail server that keeps every mail: `python -m stand.mail PORT FOLDER` writes one `.eml` for each delivery."""

import re
import signal
import sys
import threading
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller


class Keeper:
    """Writes `<recipient>-<message id>.eml`; the same mail delivered again is a second file, so that it can be counted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802  aiosmtpd's signature
        """Keep one mail for each of its recipients."""
        for recipient in envelope.rcpt_tos:
            self._keep(str(recipient), bytes(envelope.content))
        return "250 Kept"

    def _keep(self, recipient: str, content: bytes) -> None:
        number = str(message_from_bytes(content, policy=policy.default)["Message-ID"]).strip("<>").split("@")[0]
        stem = re.sub(r"[^\w.@+-]", "_", f"{recipient}-{number}")
        name, again = f"{stem}.eml", 1
        while (self.folder / name).exists():
            again += 1
            name = f"{stem}.{again}.eml"
        partial = self.folder / f"{name}.part"
        partial.write_bytes(content)
        partial.rename(self.folder / name)


def main() -> int:
    """Serve until told to stop."""
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    server = Controller(Keeper(folder), hostname="127.0.0.1", port=port)
    server.start()
    stop.wait()
    server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""A mailbox on loopback that speaks as much IMAP as our reader needs, for tests only."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

POLL_SECONDS = 0.01  # within which the server hears that it may end


@dataclass
class Stored:
    """Mails by UID, and the flags that they have."""

    mails: dict[int, bytes]
    flags: dict[int, set[str]] = field(default_factory=dict)
    password: str = "secret"


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        """Answer line by line until the client logs out."""
        self.say("* OK ready")
        for line in iter(self.rfile.readline, b""):
            tag, _, words = line.decode().strip().partition(" ")
            if not self.answer(tag, words):
                return

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def answer(self, tag: str, words: str) -> bool:
        box: Stored = self.server.box  # type: ignore[attr-defined]  # set below
        command = words.upper()
        if command.startswith("CAPABILITY"):
            self.say("* CAPABILITY IMAP4rev1")
        elif command.startswith("LOGIN") and box.password not in words:
            self.say(f"{tag} NO wrong password")
            return True
        elif command.startswith("SELECT"):
            self.say(f"* {len(box.mails)} EXISTS")
        elif command.startswith("UID SEARCH"):
            unread = [str(uid) for uid in box.mails if "\\Seen" not in box.flags.get(uid, set())]
            self.say(f"* SEARCH {' '.join(unread)}")
        elif match := re.match(r"UID FETCH (\d+)", command):
            content = box.mails[int(match[1])]
            self.wfile.write(
                f"* {match[1]} FETCH (UID {match[1]} BODY[] {{{len(content)}}}\r\n".encode() + content + b")\r\n"
            )
        elif match := re.match(r"UID STORE (\d+) \+FLAGS \((.*)\)", words):
            box.flags.setdefault(int(match[1]), set()).update(match[2].split())
        self.say(f"{tag} OK done")
        return command != "LOGOUT"


@contextmanager
def serve(box: Stored) -> Iterator[str]:
    """The address of a server that holds this mailbox, as REPLY_MAILBOX_URL names it."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.daemon_threads = True
        server.box = box  # type: ignore[attr-defined]  # read by the handler
        thread = threading.Thread(target=server.serve_forever, args=(POLL_SECONDS,), daemon=True)
        thread.start()
        try:
            yield f"imap://reply:secret@127.0.0.1:{server.server_address[1]}/INBOX"
        finally:  # else a test that expects a failure leaves a thread that spins on a closed socket
            server.shutdown()
            thread.join(timeout=5)

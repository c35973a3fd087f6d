"""Where the stand keeps its things, on which ports it listens, and the environment of its processes."""

import contextlib
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.services import free_port

ROOT = Path(__file__).resolve().parent.parent
MARK = "LATEEN_STAND"


@dataclass(frozen=True)
class Ports:
    """Where each part listens on 127.0.0.1."""

    https: int
    http: int
    web1: int
    web2: int
    postgres: int
    redis: int
    smtp: int


@dataclass(frozen=True)
class Stand:
    """One stand: what only runs stands in `run`, what it keeps in `var`. `carriers` is where carriers are looked for on this machine."""

    run: Path
    var: Path
    ports: Ports
    carriers: str = ""

    @property
    def url(self) -> str:
        return f"https://localhost:{self.ports.https}"

    @property
    def certificate(self) -> Path:
        return self.run / "certificate.pem"

    @property
    def mails(self) -> Path:
        return self.var / "mails"

    def pid_file(self, name: str) -> Path:
        """Where the process id of a part stands."""
        return self.run / f"{name}.pid"

    def hold_file(self, name: str) -> Path:
        """While it is there, the supervisor leaves that part alone, as `systemctl stop` would."""
        return self.run / f"{name}.hold"

    def read_pid(self, name: str) -> int | None:
        """The id of a living process of this stand, else None."""
        with contextlib.suppress(OSError, ValueError):
            pid = int(self.pid_file(name).read_text())
            return pid if self.owns(pid) else None
        return None

    def owns(self, pid: int) -> bool:
        """The process lives and was started by this stand."""
        try:
            return f"{MARK}={self.run}".encode() in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        except OSError:
            return False

    def server_environment(self) -> dict[str, str]:
        """For programs that are not ours: no secrets."""
        return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", MARK: str(self.run)}

    def site_environment(self) -> dict[str, str]:
        """The settings as production has them."""
        return {
            **self.server_environment(),
            "DJANGO_SETTINGS_MODULE": "marketplace.settings.site",
            "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
            "LATEEN_ENV_FILE": os.devnull,
            "LATEEN_MODE": "production",
            "LATEEN_VAR": str(self.var / "site"),
            "SECRET_KEY": self._read_secret(),
            "SITE_URL": self.url,
            "DATABASE_URL": f"postgres://lateen@127.0.0.1:{self.ports.postgres}/postgres",
            "BROKER_URL": f"redis://127.0.0.1:{self.ports.redis}/0",
            "MAIL_URL": f"smtp://127.0.0.1:{self.ports.smtp}",
            "BEHIND_PROXY": "true",
            "CARRIER_LOOPBACK": self.carriers,
        }

    def _read_secret(self) -> str:
        file = self.run / "secret"
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(60))
        return file.read_text()

    def save(self) -> None:
        """Leave word for `make stand-stop` and `make chaos-smoke`."""
        (self.run / "stand.json").write_text(json.dumps({"ports": asdict(self.ports), "carriers": self.carriers}))


def new_stand(*, https_port: int, root: Path = ROOT, carriers: str = "") -> Stand:
    """A stand with free ports behind the one that is given; its folders are made."""
    taken = [free_port() for _ in range(6)]
    stand = Stand(root / "run", root / "var" / "stand", Ports(https_port, *taken), carriers)
    for folder in (stand.run, stand.var / "site", stand.var / "log", stand.mails):
        folder.mkdir(parents=True, exist_ok=True)
    return stand


def find_stand(root: Path = ROOT) -> Stand | None:
    """The stand that was started last, whether it still runs or not."""
    try:
        said = json.loads((root / "run" / "stand.json").read_text())
    except OSError:
        return None
    return Stand(root / "run", root / "var" / "stand", Ports(**said["ports"]), said["carriers"])

"""The trial: people act without a pause, one part after the other is broken, then everything that was acknowledged is looked for."""

import logging
import re
import secrets
import string
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.report import finish
from stand.chaos.acts import Act, InviteColleague, list_acts
from stand.chaos.browser import Browser
from stand.chaos.faults import FAULTS, Fault
from stand.chaos.ledger import Judgement, judge
from stand.chaos.recovery import LIMIT_SECONDS, Signs, wait_for_recovery, wait_until_quiet
from stand.chaos.stream import Stream
from stand.places import Stand, find_stand
from stand.seed import EXPORTER, INVITATIONS_PER_COMPANY, PASSWORD, PICTURES_PER_LISTING, fill_pools

CALM_SECONDS = 4.0
LONGEST_SECONDS = 480


@dataclass(frozen=True)
class Outcome:
    """What one fault did."""

    acknowledged: int
    errors: int
    recovery_s: float
    back_after_s: Signs


def main(only: str = "") -> int:
    """Break everything once (or what has `only` in its name) and judge."""
    stand = find_stand()
    if stand is None or not stand.read_pid("supervisor"):
        sys.stderr.write("No stand runs. Type: make stand\n")
        return 1
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # that the database is away is no news here
    faults = [fault for fault in FAULTS if only in fault.name]
    acts = prepare(stand, seconds=LONGEST_SECONDS if not only else 120)
    streams = [Stream(act) for act in acts]
    for stream in streams:
        stream.start()
    outcomes = {fault.name: suffer(stand, fault, streams) for fault in faults}
    for stream in streams:
        stream.stop()
    is_quiet = wait_until_quiet()
    judgements = {
        stream.act.name: judge(
            acknowledged=stream.ledger.list_acknowledged(),
            tried=stream.ledger.list_tried(),
            counts=stream.act.count(stream.ledger.list_tried()),
        )
        for stream in streams
    }
    return report(stand, streams, outcomes, judgements, is_quiet=is_quiet)


def prepare(stand: Stand, *, seconds: int) -> list[Act]:
    """What the acts will use up in that time, and a signed-in person for each."""
    tag = "q" + "".join(secrets.choice(string.ascii_lowercase) for _ in range(7))
    pools = fill_pools(
        tag=tag,
        trays=1 + round(seconds / 1.5) // PICTURES_PER_LISTING,
        drafts=seconds,
        live=1 + seconds // 3,
        hosts=1 + round(seconds / 1.5) // INVITATIONS_PER_COMPANY,
    )
    wait_until_quiet()

    def browse() -> Browser:
        browser = Browser(stand.url, stand.certificate)
        browser.sign_in(EXPORTER, PASSWORD)
        return browser

    return list_acts(browse, pools, tag, stand.mails)


def suffer(stand: Stand, fault: Fault, streams: Sequence[Stream]) -> Outcome:
    """Some seconds of calm, the fault, and the time until everything works again."""
    time.sleep(CALM_SECONDS)
    began_at = time.time()
    fault.strike(stand)
    signs = wait_for_recovery(streams, since=time.time())
    ended_at = time.time()
    attempts = [a for stream in streams for a in stream.ledger.read() if began_at <= a.ended_at < ended_at]
    errors = sum(not a.acknowledged for a in attempts)
    outcome = Outcome(len(attempts) - errors, errors, max(signs.values()), signs)
    slowest = max(signs, key=lambda name: signs[name])
    line = f"{fault.name:28} {outcome.acknowledged:5} taken {errors:4} errors   back after {outcome.recovery_s:5.1f} s ({slowest})"
    print(line, flush=True)
    return outcome


def report(
    stand: Stand,
    streams: Sequence[Stream],
    outcomes: Mapping[str, Outcome],
    judgements: Mapping[str, Judgement],
    *,
    is_quiet: bool,
) -> int:
    """Print what people read, then the object that machines read."""
    acts = {stream.act.name: count_up(stream, judgements[stream.act.name]) for stream in streams}
    for name, numbers in acts.items():
        print(f"{name:28}", "  ".join(f"{key} {number}" for key, number in numbers.items()))
    print_troubles(streams, judgements)
    lost, doubled = (sum(numbers[what] for numbers in acts.values()) for what in ("lost", "doubled"))
    slowest = max(outcome.recovery_s for outcome in outcomes.values())
    beats = count_beats(stand)
    dry = [stream.act.name for stream in streams if stream.is_dry]
    result = {
        "faults": {name: asdict(outcome) for name, outcome in outcomes.items()},
        "acts": acts,
        "acknowledged": sum(numbers["acknowledged"] for numbers in acts.values()),
        "lost": lost,
        "doubled": doubled,
        "mails_delivered_again": sum(s.act.count_repeats() for s in streams if isinstance(s.act, InviteColleague)),
        "slowest_recovery_s": slowest,
        "beats": beats,
        "quiet": is_quiet,
        "dry": dry,
        "ok": lost == doubled == 0 and slowest <= LIMIT_SECONDS and is_quiet and beats == 1 and not dry,
    }
    return finish("chaos-smoke" if len(outcomes) == len(FAULTS) else "chaos-smoke-part", result)


def count_up(stream: Stream, judgement: Judgement) -> dict[str, int]:
    """The numbers of one act."""
    return {
        "acknowledged": len(stream.ledger.list_acknowledged()),
        "errors": len(stream.ledger.list_errors()),
        "lost": len(judgement.lost),
        "doubled": len(judgement.doubled),
    }


def print_troubles(streams: Sequence[Stream], judgements: Mapping[str, Judgement]) -> None:
    """The first of what was lost or doubled, and the errors that people saw, most frequent first."""
    for name, judgement in judgements.items():
        for kind, found in (("lost", judgement.lost), ("doubled", judgement.doubled)):
            for what in found[:5]:
                print(f"  {kind} {name}: {what}")
    errors = Counter(re.sub(r"(?<=[/-])\d+", "N", error) for stream in streams for error in stream.ledger.list_errors())
    for error, number in errors.most_common(8):
        print(f"  {number} x {error}")


def count_beats(stand: Stand) -> int:
    """How many beats of this stand live; more than one would be a fault of the supervisor."""
    lines = [
        (path / "cmdline").read_bytes().split(b"\0")
        for path in Path("/proc").iterdir()
        if path.name.isdigit() and stand.owns(int(path.name)) and (path / "cmdline").exists()
    ]
    return sum(b"beat" in words for words in lines)

"""How every measurement ends: one JSON object, printed last and kept."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "var" / "bench"


def finish(name: str, result: Mapping[str, Any]) -> int:
    """Write var/bench/NAME.json, print the object, and answer the exit code: 0 when `ok`."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps(result, indent=2) + "\n")
    sys.stdout.write(json.dumps(result) + "\n")
    return 0 if result["ok"] else 1

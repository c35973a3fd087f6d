"""What a process keeps in memory because it is asked for again and again: the least used goes first."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakSet

Value = TypeVar("Value")
_all: "WeakSet[Kept[object]]" = WeakSet()


class Kept(Generic[Value]):
    """At most `most` values by key, each for `seconds` (for good when None). Threads share it; two may work out the same value."""

    def __init__(self, *, most: int, seconds: float | None = None) -> None:
        self._most, self._seconds = most, seconds
        self._lock = Lock()
        self._values: OrderedDict[Hashable, tuple[float, Value]] = OrderedDict()
        _all.add(self)  # type: ignore[arg-type]  # any value

    def find(self, key: Hashable) -> Value | None:
        """The kept value, None where there is none or it is too old."""
        with self._lock:
            known = self._values.get(key)
            if known is None or (self._seconds is not None and time.monotonic() - known[0] >= self._seconds):
                return None
            self._values.move_to_end(key)
            return known[1]

    def keep(self, key: Hashable, value: Value) -> Value:
        """Keep a value, and drop the one that was asked for longest ago when there are too many."""
        with self._lock:
            self._values[key] = (time.monotonic(), value)
            self._values.move_to_end(key)
            if len(self._values) > self._most:
                self._values.popitem(last=False)
        return value

    def remember(self, key: Hashable, work_out: Callable[[], Value]) -> Value:
        """The kept value, worked out where there is none."""
        known = self.find(key)
        return self.keep(key, work_out()) if known is None else known

    def forget(self) -> None:
        """Drop everything."""
        with self._lock:
            self._values.clear()


def forget_all() -> None:
    """Every process begins so; tests do as well."""
    for kept in list(_all):
        kept.forget()

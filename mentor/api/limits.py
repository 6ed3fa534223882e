"""How many requests a caller may make: a bucket of tokens that fills again as time goes by."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

#: So many callers are remembered; of more, those whose bucket is full again are forgotten first.
_REMEMBERED = 10_000


@dataclass(slots=True)
class _Bucket:
    left: float
    seen: float


class Limit:
    """`burst` requests at once, `rate` a second in the long run, for each caller apart."""

    def __init__(self, *, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: dict[Hashable, _Bucket] = {}

    def wait(self, caller: Hashable) -> float:
        """Count a request: 0 when it may pass, else the seconds after which the next one may."""
        now = self._clock()
        with self._lock:
            self._forget(now)
            bucket = self._buckets.setdefault(caller, _Bucket(self._burst, now))
            bucket.left, bucket.seen = self._refilled(bucket, now), now
            if bucket.left < 1:
                return (1 - bucket.left) / self._rate
            bucket.left -= 1
            return 0.0

    def _refilled(self, bucket: _Bucket, now: float) -> float:
        return min(self._burst, bucket.left + (now - bucket.seen) * self._rate)

    def _forget(self, now: float) -> None:
        if len(self._buckets) < _REMEMBERED:
            return
        part_used = {key: kept for key, kept in self._buckets.items() if self._refilled(kept, now) < self._burst}
        newest = sorted(part_used.items(), key=lambda item: item[1].seen)[-_REMEMBERED // 2 :]
        self._buckets = dict(newest)

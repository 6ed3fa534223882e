"""Work beside the pages: the threads that do it, how far it is, and the last answer to every question."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Generic, Literal, TypeVar, get_args

from mentor import progress
from mentor.errors import MentorError
from mentor.progress import Cancelled, Step

T = TypeVar("T")
#: A thread each: analyses of many seconds, figures of one or two, what is asked before a trade, files of visitors.
LaneName = Literal["analyses", "figures", "moment", "import"]

#: Seconds without anybody looking after which a job gives way to one that waits, and a failure is of no time but then.
_LOOKED_AT: Final = 5.0
#: Answers kept; the one asked for longest ago goes first.
_KEPT: Final = 24
_log: Final = logging.getLogger("mentor.jobs")


class Job(Generic[T]):
    """One piece of work in a thread: how far it is, and then what came of it."""

    def __init__(self, work: Callable[[], T], lane: LaneName, *, gives_way: bool = False) -> None:
        self.asked = self.looked_at = time.monotonic()
        self.seconds = 0.0
        self.begun = False
        self.step: Step | None = None
        self._work, self._lane, self._gives_way = work, _LANES[lane], gives_way
        self._stopped, self._over = threading.Event(), threading.Event()
        self._answer: list[T] = []
        self.error: BaseException | None = None
        self._lane.put(self)

    @property
    def over(self) -> bool:
        return self._over.is_set()

    @property
    def failed(self) -> bool:
        """Over without an answer, though nobody stopped it."""
        return self.over and self.error is not None and not isinstance(self.error, Cancelled)

    def cancel(self) -> None:
        """Stop at the next step."""
        self._stopped.set()

    def wait(self, seconds: float) -> bool:
        """Whether it is over, at most so much later."""
        return self._over.wait(seconds)

    def answer(self) -> T:
        """What came of work that is over; raises what the work raised."""
        if self.error is not None:
            raise self.error
        return self._answer[0]

    def run(self) -> None:
        began, self.begun = time.monotonic(), True
        with self, progress.told_to(self._hear):
            self._hear(None)
            self._answer.append(self._work())
        del self._work  # it may hold the file of a visitor who left
        self.seconds = time.monotonic() - began
        self._over.set()

    def __enter__(self) -> None:
        """Whatever is raised inside is kept for whoever asks for the answer."""

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> bool:
        self.error = error
        if isinstance(error, Exception) and not isinstance(error, MentorError):
            _log.error("work beside the page failed", exc_info=error)
        return True

    def _hear(self, step: Step | None) -> None:
        left_alone = self._gives_way and self._lane.busy and time.monotonic() - self.looked_at > _LOOKED_AT
        if self._stopped.is_set() or left_alone:
            raise Cancelled
        self.step = step or self.step


class _Lane:
    """A thread that does jobs one after another, begun with the first; it ends with the process."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Job[Any]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    @property
    def busy(self) -> bool:
        """Whether a job waits for another one to end."""
        return not self._waiting.empty()

    def put(self, job: Job[Any]) -> None:
        self._waiting.put(job)
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="mentor jobs", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            self._waiting.get().run()


_LANES: Final[dict[LaneName, _Lane]] = {name: _Lane() for name in get_args(LaneName)}


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """Something to work out: equal keys, equal questions; `stamp` says of which state of the journal an answer is."""

    key: tuple[Hashable, ...]
    stamp: Callable[[], Hashable]
    work: Callable[[], T]
    lane: LaneName = "analyses"


@dataclass(slots=True)
class Known(Generic[T]):
    """What is known of a question: its last answer, of which state, and the job that works out the next one."""

    answer: tuple[Hashable, T] | None = None
    fresh: bool = False
    job: Job[tuple[Hashable, T]] | None = None
    stopped: bool = False
    rests_until: float = 0.0


class Answers:
    """Every question is worked out once for all who ask, and once for each state of the journal."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[Hashable, ...], Known[object]] = OrderedDict()

    def ask(self, question: Question[T], rest: float) -> Known[T]:
        """What is known now; begins to work it out where that is needed.

        After an answer, `rest` times the seconds it took pass before the next one is begun: a bot that never rests
        must not keep a processor busy for ever.
        """
        with self._lock:
            known: Known[T] = self._of(question.key)  # type: ignore[assignment]
            _collect(known, rest)
            known.fresh = known.answer is not None and known.answer[0] == question.stamp()
            needed = not known.fresh and not known.stopped and known.job is None
            if needed and time.monotonic() >= known.rests_until:
                known.job = Job(lambda: (question.stamp(), question.work()), question.lane, gives_way=True)
            if known.job is not None:
                known.job.looked_at = time.monotonic()
            return Known(known.answer, known.fresh, known.job, known.stopped, known.rests_until)

    def stop(self, key: tuple[Hashable, ...]) -> None:
        """Nobody works on it until somebody asks for it again."""
        with self._lock:
            known = self._of(key)
            known.stopped = True
            if known.job is not None:
                known.job.cancel()
            known.job = None

    def begin_again(self, key: tuple[Hashable, ...]) -> None:
        """Work it out when it is asked for next: after it was stopped, or a failure was shown."""
        with self._lock:
            known = self._of(key)
            known.stopped, known.rests_until = False, 0.0
            if known.job is not None and known.job.over:
                known.job = None

    def forget_answer(self, key: tuple[Hashable, ...]) -> None:
        """Work it out anew when it is asked for next, unless that is being done, or failed and is not told yet."""
        with self._lock:
            known = self._of(key)
            known.answer = None
            if known.job is not None and known.job.over and not known.job.failed:
                known.job = None

    def _of(self, key: tuple[Hashable, ...]) -> Known[object]:
        known = self._known.setdefault(key, Known())
        self._known.move_to_end(key)
        # One that is over but never asked for again: its visitor left.
        done = [old for old, of in self._known.items() if (of.job is None or of.job.over) and old != key]
        for old in done[:-_KEPT]:
            del self._known[old]
        return known


def _collect(known: Known[T], rest: float) -> None:
    """Take over what a job that is over came to; one that gave way is as if it had not been asked for.

    A failure waits to be told, but not to somebody who comes much later and would take it for one of now.
    """
    job = known.job
    if job is None or not job.over or (job.failed and time.monotonic() - job.looked_at <= _LOOKED_AT):
        return
    known.job = None
    if job.error is None:
        known.answer, known.rests_until = job.answer(), time.monotonic() + rest * job.seconds

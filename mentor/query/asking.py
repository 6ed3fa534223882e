"""A question that is being answered: started, waited for, cancelled; its answer, or why there is none."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from mentor.errors import QuestionRefused
from mentor.messages import Message, message

_WORKER: Final = Path(__file__).with_name("worker.py")
#: Questions answered at the same time, of all visitors: each may take a processor and the memory of its limit.
_PLACES: Final = threading.BoundedSemaphore(2)
#: How long the other process may take to start, which no question is to blame for.
_START_SECONDS: Final = 60
#: All of the environment that the other process sees; Windows starts nothing without its own.
_ENVIRONMENT: Final = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    "OPENBLAS_NUM_THREADS": "1",
    "TZ": "UTC",
} | {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
_REFUSALS: Final[Mapping[str, tuple[Message, Message]]] = {
    "empty": (message("There is no question yet"), message("Write one, or choose a ready-made one.")),
    "several": (message("These are several questions"), message("Ask one at a time.")),
    "no_question": (
        message("This would change something; here one can only ask"),
        message("Begin with SELECT, FROM or WITH."),
    ),
    "forbidden": (
        message("Questions reach only the tables named here: no files, no network, no settings"),
        message("Ask for the tables by their names."),
    ),
    "memory": (
        message("The question needs more memory than it may take"),
        message("Ask for fewer rows, or group them."),
    ),
    "large": (message("The answer is too large to be sent"), message("Ask for fewer rows or columns.")),
    "time": (message("The question took too long and was stopped"), message("Ask for fewer rows, or group them.")),
    "cancelled": (message("The question was cancelled"), message("Ask again at any time.")),
    "ended": (
        message("The question ended the process that was to answer it"),
        message("Nothing else was touched. Ask it in another way."),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a question may take; `seconds` from when it can be asked, `memory_bytes` beside its tables, `rows` and
    `answer_bytes` of the answer.
    """

    seconds: int = 10
    memory_bytes: int = 1 << 30
    rows: int = 100_000
    answer_bytes: int = 64 << 20
    threads: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The rows, as many as may be sent; `more`: there are others. `seconds` is how long it took."""

    rows: pd.DataFrame
    more: bool
    seconds: float


class Question:
    """Being answered from the moment it is made. Safe to look at from any thread."""

    def __init__(self, sql: str, tables: Mapping[str, bytes], limits: Limits | None = None) -> None:
        """`tables` as `packed` gives them. Raises `QuestionRefused` while too many others are being answered."""
        self.sql, self.limits = sql, limits or Limits()
        if not _PLACES.acquire(blocking=False):
            raise QuestionRefused(
                message("Other questions are being answered right now"), todo=message("Ask again in a moment.")
            )
        self._began, self._seconds = time.monotonic(), 0.0
        self._output, self._stopped = b"", ""
        with ExitStack() as undone:  # where there is no memory for another process or thread
            undone.callback(_PLACES.release)
            self._process = undone.enter_context(_process())
            undone.callback(self._process.kill)
            self._thread = threading.Thread(target=self._work, args=(_sent(sql, tables, self.limits),), daemon=True)
            self._thread.start()
            undone.pop_all()  # `_work` does it now

    def wait(self, seconds: float) -> bool:
        """Whether it is over, after this time at most."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def cancel(self) -> None:
        self._stop("cancelled")

    def answer(self) -> Answer:
        """The rows, once it is over; raises `QuestionRefused` with the reason why there are none."""
        self._thread.join()
        if self._stopped:
            raise _refusal(self._stopped)
        head, _, rows = self._output.partition(b"\n")
        if not head or self._process.returncode:
            raise _refusal("ended")
        told = json.loads(head)
        if "refused" in told:
            raise _refusal(told["refused"], told["said"])
        frame = pa.ipc.open_stream(pa.py_buffer(rows)).read_all().to_pandas(types_mapper=_TYPES.get)
        return Answer(rows=frame, more=told["more"], seconds=self._seconds)

    def _work(self, sent: bytes) -> None:
        try:
            self._await_start()
            self._output, _ = self._process.communicate(sent, timeout=self.limits.seconds)
        except subprocess.TimeoutExpired:
            self._stop("time")
            self._process.communicate()
        finally:
            self._process.kill()  # where there was no memory to go on; else it has ended
            self._seconds = time.monotonic() - self._began
            _PLACES.release()

    def _await_start(self) -> None:
        """Return when the other process can be asked, has ended or was stopped."""
        patience = threading.Timer(_START_SECONDS, self._stop, ("time",))
        patience.daemon = True
        patience.start()
        try:
            assert self._process.stdout is not None
            self._process.stdout.readline()
        finally:
            patience.cancel()

    def _stop(self, reason: str) -> None:
        self._stopped = self._stopped or reason
        self._process.kill()


#: Whole numbers that may be missing stay whole numbers.
_TYPES: Final[dict[Any, Any]] = {
    pa.int64(): pd.Int64Dtype(),
    pa.int32(): pd.Int64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


def packed(frame: pd.DataFrame) -> bytes:
    """A frame as the Arrow stream that a question is sent with."""
    sink = io.BytesIO()
    table = pa.Table.from_pandas(frame, preserve_index=False)
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue()


def as_parquet(frame: pd.DataFrame) -> bytes:
    """A frame as a Parquet file."""
    import pyarrow.parquet as pq  # few take a file along

    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), sink)
    return sink.getvalue()


def _process() -> subprocess.Popen[bytes]:
    """Isolated (-I): neither the environment nor the folder it starts in decide what it imports."""
    return subprocess.Popen(
        [sys.executable, "-I", str(_WORKER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_ENVIRONMENT,
        cwd=tempfile.gettempdir(),
        close_fds=True,
    )


def _sent(sql: str, tables: Mapping[str, bytes], limits: Limits) -> bytes:
    sizes = [(name, len(table)) for name, table in tables.items()]
    head = json.dumps({"sql": sql, "tables": sizes, "limits": asdict(limits)}).encode()
    return b"\n".join((head, b"".join(tables.values())))


def _refusal(code: str, said: str = "") -> QuestionRefused:
    if code in _REFUSALS and "the configuration has been locked" not in said:
        what, todo = _REFUSALS[code]
        return QuestionRefused(what, todo=todo)
    if "the configuration has been locked" in said:
        return _refusal("forbidden")
    return QuestionRefused(message("DuckDB does not understand the question: {said}", said=_first_lines(said)))


def _first_lines(said: str) -> str:
    """What DuckDB found wrong and the line it means, without the name of its exception and the sign below the line."""
    lines = [line for line in said.partition(": ")[2].splitlines() if line.strip(" ^")]
    return " ".join(lines).rstrip(".")

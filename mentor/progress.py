"""How far long work is, told to whoever listens, who may stop it; where nobody listens nothing happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


class Cancelled(BaseException):
    """Somebody stopped the work; no `Exception`, so that nothing takes it for a fault on its way out."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is being done (a `Message`), with `done` of `of` equal parts behind it; 0 of 0 where nobody can say."""

    doing: str
    done: int = 0
    of: int = 0

    @property
    def share(self) -> float:
        return self.done / self.of if self.of else 0.0


#: Told every step, and `None` for a breath within one; raises `Cancelled` to stop the work.
Listener = Callable[[Step | None], None]
_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


def step(doing: str, done: int = 0, of: int = 0) -> None:
    """Say what begins now; called often enough, so that stopping takes no longer than half a second."""
    if (listener := _listener.get()) is not None:
        listener(Step(doing, done, of))


def breathe() -> None:
    """Let the work be stopped here, within a step."""
    if (listener := _listener.get()) is not None:
        listener(None)


@contextmanager
def told_to(listener: Listener) -> Iterator[None]:
    """Whatever is done inside is told to the listener."""
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)

"""What a benchmark comes to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A measured ratio, the bar it must not exceed, and what it was measured on.

    Without a bar it is told so that one knows; without a value there is nothing to hold it against.
    """

    name: str
    value: float | None = None
    bar: float | None = None
    words: str

    @property
    def above(self) -> bool:
        return self.value is not None and self.bar is not None and self.value > self.bar

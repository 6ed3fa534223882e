"""What a benchmark comes to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A measured ratio, the bar it must not exceed, and what it was measured on."""

    name: str
    value: float
    bar: float
    words: str

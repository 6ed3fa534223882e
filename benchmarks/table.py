"""The ratios as lines to read, and as the table of docs/performance.md."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.ratio import Ratio
from benchmarks.servers import ROOT

PAGE: Final = ROOT / "docs" / "performance.md"
_PACKAGES: Final = ("streamlit", "pandas", "numpy", "pyarrow", "adbc-driver-sqlite", "plotly")
_BEGIN, _END = "<!-- measured -->", "<!-- /measured -->"


def line(ratio: Ratio) -> str:
    """One ratio for the terminal."""
    if ratio.value is None:
        return f"{ratio.name}: {ratio.words}"
    bar = "no bar" if ratio.bar is None else f"bar {ratio.bar:.3g}{', ABOVE' if ratio.above else ''}"
    return f"{ratio.name}: {ratio.value:.3g} ({bar}); {ratio.words}"


def write(ratios: Sequence[Ratio], page: Path = PAGE) -> None:
    """Put the table between its markers, with the day and the machine."""
    text = page.read_text(encoding="utf-8")
    measured = f"{_BEGIN}\n{_machine()}\n\n{_table(ratios)}\n{_END}"
    changed, found = re.subn(f"{_BEGIN}.*?{_END}", lambda _: measured, text, flags=re.DOTALL)
    if found != 1:
        raise SystemExit(f"{page.name} must have one place for the table")
    page.write_text(changed, encoding="utf-8")


def _table(ratios: Sequence[Ratio]) -> str:
    return "\n".join(["| what | ratio | bar | measured |", "|---|---|---|---|", *map(_row, ratios)])


def _row(ratio: Ratio) -> str:
    bar = f"{_number(ratio.bar)}{' **above**' if ratio.above else ''}"
    return f"| {ratio.name} | {_number(ratio.value)} | {bar} | {ratio.words} |"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"


def _machine() -> str:
    """What the seconds depend on; no name of the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _PACKAGES)
    return (
        f"Measured on {datetime.now(UTC).date()}: {os.cpu_count()} cores, {memory:.0f} GB of memory, "
        f"{platform.system()}, Python {platform.python_version()}, {versions}."
    )

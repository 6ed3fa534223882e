"""Runs every benchmark, or one group of them, and prints its ratios; fails when one is above its bar."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks import analysis, concurrency, importing, inference, live, loading, pages, starting, table
from benchmarks.journals import Journals
from benchmarks.ratio import Ratio

GROUPS: Final[dict[str, Callable[[Journals], Iterator[Ratio]]]] = {
    "starting": lambda _: starting.ratios(),
    "inference": lambda _: inference.ratios(),
    "importing": lambda journals: importing.ratios(journals.sizes[-1]),
    "loading": loading.ratios,
    "pages": pages.ratios,
    "live": live.ratios,
    "concurrency": concurrency.ratios,
    "analysis": analysis.ratios,
}


def main(words: Sequence[str] | None = None) -> int:
    """The number of ratios above their bar, as exit code."""
    given = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    given.add_argument("groups", nargs="*", metavar="GROUP", help=f"{', '.join(GROUPS)} (default: all)")
    given.add_argument("--rows", type=int, default=1_000_000, help="trades of the largest journal (default: 1,000,000)")
    given.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    wanted = given.parse_args(words)
    if unknown := [name for name in wanted.groups if name not in GROUPS]:
        given.error(f"no such group: {', '.join(unknown)}")
    if wanted.write and wanted.groups:
        given.error("the table is written of all groups only")
    measured = []
    with tempfile.TemporaryDirectory() as folder:
        journals = Journals(Path(folder), wanted.rows)
        for name in wanted.groups or GROUPS:
            for ratio in GROUPS[name](journals):
                measured.append(ratio)
                print(table.line(ratio), flush=True)
    if wanted.write:
        table.write(measured)
    return sum(ratio.above for ratio in measured)


if __name__ == "__main__":
    sys.exit(main())

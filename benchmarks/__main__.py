"""Runs every benchmark and prints its ratios; fails when one is above its bar."""

from __future__ import annotations

import argparse
import itertools
import sys

from benchmarks import importing, inference, starting


def main() -> int:
    """The number of ratios above their bar, as exit code."""
    given = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    given.add_argument("--rows", type=int, default=1_000_000, help="trades in the file (default: 1,000,000)")
    above = 0
    rows = given.parse_args().rows
    for ratio in itertools.chain(starting.ratios(), inference.ratios(), importing.ratios(rows)):
        print(f"{ratio.name}: {ratio.value:.3g} (bar {ratio.bar:.3g}); {ratio.words}")
        above += ratio.value > ratio.bar
    return above


if __name__ == "__main__":
    sys.exit(main())

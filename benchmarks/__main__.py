"""Runs every benchmark and prints its ratios; fails when one is above its bar."""

from __future__ import annotations

import argparse
import sys

from benchmarks import importing


def main() -> int:
    """The number of ratios above their bar, as exit code."""
    given = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    given.add_argument("--rows", type=int, default=1_000_000, help="trades in the file (default: 1,000,000)")
    above = 0
    for ratio in importing.ratios(given.parse_args().rows):
        print(f"{ratio.name}: {ratio.value:.2f} (bar {ratio.bar:g}); {ratio.words}")
        above += ratio.value > ratio.bar
    return above


if __name__ == "__main__":
    sys.exit(main())

"""From another program's commit until its trade is in an open dashboard's figures; the page asks once a second."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.journals import Journals
from benchmarks.loading import NEW_TRADE
from benchmarks.ratio import Ratio
from benchmarks.servers import mentor
from benchmarks.visitors import visitor

TURNS = 3


def ratios(journals: Journals) -> Iterator[Ratio]:
    """Seconds without a bar: the second between two looks at the journal, and adding up the figures anew."""
    for trades in journals.sizes:
        spent = asyncio.run(_noticed(journals.copy(journals.of(trades))))
        words = f"in its figures after {median(spent):.2f} s, {max(spent):.2f} s at most, at {trades:,} trades"
        yield Ratio(name=f"another program's trade, {trades:,} trades", words=words)


async def _noticed(journal: Path) -> list[float]:
    spent = []
    with mentor(journal) as server:
        async with visitor(server.port) as looking:
            await looking.view_to_the_end()
            for _ in range(TURNS):
                await looking.settle()
                subprocess.run([sys.executable, "-c", NEW_TRADE, str(journal)], check=True)
                begun = time.perf_counter()
                await looking.wait_for_figures()
                spent.append(time.perf_counter() - begun)
    return spent

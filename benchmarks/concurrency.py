"""Ten and fifty visitors who click without rest, against as many on an empty Streamlit page."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.journals import Journals
from benchmarks.ratio import Ratio
from benchmarks.servers import empty, mentor
from benchmarks.visitors import Visitor, picked, pressed, visitor
from mentor.journal import Journal

#: An empty page may serve three reruns while the dashboard serves one: the bar of a single page, kept under load.
BAR: Final = 3.0
VISITORS: Final = (10, 50)
SECONDS, PAUSE = 10.0, 1.0


@dataclass(slots=True)
class Load:
    """What a crowd was served: seconds of every rerun, and of every check-in saved meanwhile."""

    seconds: float
    reruns: list[float] = field(default_factory=list)
    saved: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return len(self.reruns) / self.seconds

    @property
    def words(self) -> str:
        return f"{self.rate:.0f} reruns/s ({_spread(self.reruns)})"


def ratios(journals: Journals, seconds: float = SECONDS) -> Iterator[Ratio]:
    """Reruns per second of the empty page for each of the dashboard; then with somebody who checks in every second."""
    middle = journals.sizes[1]
    for name, journal in (("demo", journals.demo()), (f"{middle:,} trades", journals.of(middle))):
        for visitors in VISITORS:
            yield asyncio.run(_beside_an_empty_page(name, journal, visitors, seconds))
            yield asyncio.run(_while_checking_in(name, journals.copy(journal), visitors, seconds))


async def _beside_an_empty_page(name: str, journal: Path, visitors: int, seconds: float) -> Ratio:
    with empty() as plain:
        theirs = await _crowd(plain.port, visitors, seconds)
    with empty(collects=False) as plain:
        spared = await _crowd(plain.port, visitors, seconds)
    with mentor(journal) as server:
        ours = await _crowd(server.port, visitors, seconds)
    words = f"{ours.words}, an empty page {theirs.words}, without Streamlit's collection {spared.rate:.0f}"
    return Ratio(name=f"{visitors} visitors, {name}", value=theirs.rate / ours.rate, bar=BAR, words=words)


async def _while_checking_in(name: str, journal: Path, visitors: int, seconds: float) -> Ratio:
    with mentor(journal) as server:
        ours = await _crowd(server.port, visitors, seconds, checking_in=True)
    with Journal.open(journal) as book:
        stored = len(book.check_ins(book.today()))
    if stored != len(ours.saved):
        raise SystemExit(f"{len(ours.saved)} check-ins were saved, the journal holds {stored}")
    words = f"{ours.words}, {len(ours.saved)} check-ins saved meanwhile ({_spread(ours.saved)})"
    return Ratio(name=f"{visitors} visitors, {name}, one checks in each second", words=words)


async def _crowd(port: int, visitors: int, seconds: float, *, checking_in: bool = False) -> Load:
    async with AsyncExitStack() as stack:
        crowd = [await stack.enter_async_context(visitor(port)) for _ in range(visitors)]
        await crowd[0].view_to_the_end()
        await asyncio.gather(*(looking.view() for looking in crowd))
        load = Load(seconds)
        until = time.perf_counter() + seconds
        work = [_click(looking, load, until) for looking in crowd]
        if checking_in:
            work.append(_check_in(await stack.enter_async_context(visitor(port)), load, until))
        await asyncio.gather(*work)
    return load


async def _click(looking: Visitor, load: Load, until: float) -> None:
    """Only what ended in time counts."""
    while time.perf_counter() < until:
        seconds = (await looking.view()).seconds
        if time.perf_counter() <= until:
            load.reruns.append(seconds)


async def _check_in(looking: Visitor, load: Load, until: float) -> None:
    """Pick a feeling and save it, as in the sidebar; the time is that of the press until the page stands again."""
    await looking.view()
    while time.perf_counter() < until:
        feeling = picked(looking.widget("check_in_emotion"), looking.options("check_in_emotion")[0])
        await looking.view(feeling)
        load.saved.append((await looking.view(feeling, pressed(looking.widget("save_check_in")))).seconds)
        await asyncio.sleep(PAUSE)


def _spread(seconds: list[float]) -> str:
    if not seconds:
        return "none in time"
    half, most = np.quantile(seconds, [0.5, 0.95])
    return f"p50 {half * 1000:.0f}, p95 {most * 1000:.0f} ms"

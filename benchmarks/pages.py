"""Every page at three sizes of the journal, over a real server, beside an empty Streamlit page with one chart.

A warm rerun is what each click costs. What a page shows is the same at every size (a day that has the same trades,
curves thinned, tables by the page), so its time must not grow with the journal.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Final

from benchmarks.journals import DAY, FULL_DAY, Journals
from benchmarks.ratio import Ratio
from benchmarks.servers import ROOT, Server, empty, mentor
from benchmarks.visitors import Visitor, visitor

BAR, GROWTH_BAR, TURNS = 3.0, 2.0, 15
#: Held to the bar of an empty page; the others say how it grows.
MIDDLE: Final = 1


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of one page at one size: its first view until it stands and until the last part is there, and reruns."""

    stands: float
    complete: float
    rerun: float
    beside: float
    spared: float


def ratios(journals: Journals) -> Iterator[Ratio]:
    """Reruns against the empty page, largest journal against smallest, and what the first view takes."""
    measured = [asyncio.run(_all_pages(journals, trades)) for trades in journals.sizes]
    smallest, middle, largest = measured
    for page, times in middle.items():
        words = (
            f"a rerun at {journals.sizes[MIDDLE]:,} trades {times.rerun * 1000:.0f} ms, the empty page "
            f"{times.beside * 1000:.0f} ms ({times.spared * 1000:.0f} ms without Streamlit's collection)"
        )
        yield Ratio(name=f"page, {page}", value=times.rerun / times.beside, bar=BAR, words=words)
    for page, times in largest.items():
        if page != "session, a full day":
            words = " → ".join(f"{each[page].rerun * 1000:.0f}" for each in measured) + " ms at " + _sizes(journals)
            yield Ratio(name=f"growth, {page}", value=times.rerun / smallest[page].rerun, bar=GROWTH_BAR, words=words)
    for page in largest:
        words = "; ".join(f"{each[page].stands:.2f} s, all of it {each[page].complete:.2f} s" for each in measured)
        yield Ratio(name=f"first view, {page}", words=f"{words} at {_sizes(journals)}")


def pages() -> dict[str, tuple[str, str]]:
    """Each page by name, with its address and what is asked of it; the first that a visitor opens comes first."""
    every = {path.stem: (path.stem, "") for path in sorted((ROOT / "pages").glob("*.py"))}
    every |= {"imports": ("import", ""), "session": ("session", f"date={DAY}")}
    every["session, a full day"] = ("session", f"date={FULL_DAY}")
    return {"dashboard": ("", ""), **{name: asked for name, asked in every.items() if name != "dashboard"}}


def _sizes(journals: Journals) -> str:
    return " / ".join(f"{trades:,}" for trades in journals.sizes) + " trades"


async def _all_pages(journals: Journals, trades: int) -> dict[str, Times]:
    with mentor(journals.of(trades)) as ours, empty() as plain, empty(collects=False) as spared:
        return {name: await _times(ours, (plain, spared), *asked) for name, asked in pages().items()}


async def _times(ours: Server, theirs: tuple[Server, Server], page: str, query: str) -> Times:
    """One of each in turn, so that whatever else the machine does meets all of them."""
    async with (
        visitor(ours.port, page, query) as looking,
        visitor(theirs[0].port) as plain,
        visitor(theirs[1].port) as spared,
    ):
        first, complete = await looking.view_to_the_end()
        visitors = (looking, plain, spared)
        for each in visitors:
            await _rerun(each)
        turns = [[await _rerun(each) for each in visitors] for _ in range(TURNS)]
    rerun, beside, bare = (median(seconds) for seconds in zip(*turns, strict=True))
    return Times(first.seconds, complete, rerun, beside, bare)


async def _rerun(looking: Visitor) -> float:
    return (await looking.view()).seconds

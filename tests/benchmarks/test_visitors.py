"""What the benchmarks measure with is right: pages are really drawn, check-ins really saved, failures never quick."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from benchmarks import servers
from benchmarks.journals import DAY, TRADES_OF_DAY, Journals
from benchmarks.pages import pages
from benchmarks.visitors import WORKING, picked, pressed, visitor
from mentor.journal import Journal
from tests.contracts.code import ROOT


def test_journals_of_any_size_share_their_newest_day(tmp_path: Path) -> None:
    journals = Journals(tmp_path, 2000)
    assert journals.sizes == (100, 200, 2000)
    for trades in journals.sizes[:2]:
        with Journal.open(journals.of(trades)) as journal:
            told = journal.moods()["session_id"].nunique() / len(journal.sessions())
            assert len(journal.trades()) == trades
            assert journal.sessions()[0].date == DAY
            assert len(journal.day_trades(DAY)) == TRADES_OF_DAY
            assert len(journal.check_ins(DAY)) == 1
            assert 0.65 < told < 0.95


def test_a_visitor_sees_the_page_asked_for_and_checks_in(tmp_path: Path) -> None:
    path = Journals(tmp_path, 100).of(100)
    with servers.mentor(path) as server:
        asyncio.run(_check_in(server.port))
    with Journal.open(path) as journal:
        assert [told.emotion for told in journal.check_ins(journal.today())] == ["tenang"]


def test_a_broken_page_is_no_quick_page() -> None:
    with servers.empty("1 / 0\n") as server, pytest.raises(SystemExit, match="failure"):
        asyncio.run(_view(server.port))


def test_what_is_worked_out_beside_the_page_is_waited_for() -> None:
    """Under another key nothing would seem to be, and the first sight pass for all of it."""
    assert f'"{WORKING.strip("-_")}"' in (ROOT / "mentor/ui/long_work.py").read_text()


def test_every_page_is_measured() -> None:
    assert len(pages()) == len(list((ROOT / "pages").glob("*.py"))) + 1


async def _view(port: int) -> None:
    async with visitor(port) as looking:
        await looking.view()


async def _check_in(port: int) -> None:
    async with visitor(port, "settings") as looking:
        await looking.view()
        reruns = await looking.view()
        assert any(known.endswith("-check_in_emotion") for known in reruns.widgets)
        feeling = picked(looking.widget("check_in_emotion"), looking.options("check_in_emotion")[0])
        await looking.view(feeling)
        await looking.view(feeling, pressed(looking.widget("save_check_in")))

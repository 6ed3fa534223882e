"""Long work tells how far it is, and is stopped without a trace."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mentor import Journal, progress
from mentor.messages import message
from mentor.progress import Cancelled, Step
from tests.foreign import ForeignClient
from tests.ui.conftest import large_csv


def test_nobody_listens_and_nothing_happens() -> None:
    progress.step(message("counting"), 1, 2)
    progress.breathe()


def test_a_step_is_told_with_its_share_and_only_inside() -> None:
    told: list[Step | None] = []
    with progress.told_to(told.append):
        progress.step(message("counting"), 1, 2)
        progress.breathe()
    progress.step(message("too late"))
    assert told == [Step("counting", 1, 2), None]
    assert (Step("counting", 1, 2).share, Step("counting").share) == (0.5, 0.0)


def stop_at(words: str) -> Callable[[Step | None], None]:
    def hear(step: Step | None) -> None:
        if step is not None and step.doing == words and step.done == step.of // 2:
            raise Cancelled

    return hear


def test_an_import_that_is_stopped_leaves_nothing_behind(
    journal: Journal, foreign: ForeignClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mentor.storage.trades._AT_ONCE", 50)
    plan = journal.plan_import(("trades.csv", large_csv(200)))
    with progress.told_to(stop_at("storing the trades")), pytest.raises(Cancelled):
        journal.commit_import(plan)
    assert journal.trades().empty
    assert not journal.sessions()
    assert not journal.imports()
    assert all(check.ok for check in journal.check())

    # The triggers, which the import does without, stand again: totals follow a trade of another program.
    foreign.open(journal.path)
    foreign.run(
        "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size) VALUES (0,7,'A',2,1)"
    )
    assert foreign.run("SELECT total_trades, total_profit_loss FROM trading_sessions") == [[1, 2.0]]
    assert journal.commit_import(plan).trades == 200


def test_every_analysis_can_be_stopped_where_it_is_slow(journal: Journal) -> None:
    journal.commit_import(journal.plan_import(("trades.csv", large_csv(200))))

    def stop(_: Step | None) -> None:
        raise Cancelled

    for analysis in (journal.emotions, journal.habits, lambda: journal.instant_feedback("takut")):
        with progress.told_to(stop), pytest.raises(Cancelled):
            analysis()
    assert journal.habits(), "nothing half worked out is kept"

"""The demo journal: consistent in itself, the same every time, and true to what `data/demo.md` says."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from statistics import mean, median
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from mentor import Journal, errors
from mentor.analytics.emotions import mood_results
from mentor.demo import demo_path, fill
from mentor.demo.trader import BOT, HABITS, SESSIONS, TOLD_AFTER, TOLD_BEFORE, Day, invent
from mentor.models import Trade
from tests.contracts.code import ROOT
from tests.foreign import ForeignClient

#: Ounces and euros a lot, as brokers have them.
CONTRACTS = {"XAUUSD": 100, "EURUSD": 100_000}
FIRST_TRADE = ("XAUUSD", 126.96, 3947.95)
JAKARTA = ZoneInfo("Asia/Jakarta")
PAGE = (ROOT / "data" / "demo.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def days() -> list[Day]:
    return invent(JAKARTA)


@pytest.fixture(scope="module")
def null_days() -> list[Day]:
    return invent(JAKARTA, null=True)


def by_hand(day: Day) -> list[Trade]:
    return [trade for trade in day.trades if trade.bot_id != BOT]


def result(day: Day) -> float:
    return sum(trade.profit_loss or 0.0 for trade in by_hand(day))


def results(days: list[Day], *moods: str) -> list[float]:
    return [result(day) for day in days if day.mood in moods]


def trades_of(days: list[Day], *moods: str) -> list[Trade]:
    return [trade for day in days if day.mood in moods for trade in by_hand(day)]


def share_won(trades: list[Trade]) -> float:
    return mean((trade.profit_loss or 0.0) > 0 for trade in trades)


def risks(trades: list[Trade]) -> list[float]:
    return [trade.risk_percent for trade in trades if trade.risk_percent is not None]


def pauses(days: list[Day], *, after_loss: bool) -> list[float]:
    """Minutes between a trade's exit and the next entry."""
    return [
        (following.entry_time - trade.exit_time).total_seconds() / 60  # type: ignore[operator]
        for day in days
        for trade, following in zip(by_hand(day), by_hand(day)[1:], strict=False)
        if ((trade.profit_loss or 0.0) < 0) is after_loss
    ]


# In itself ------------------------------------------------------------------------------------------------------


def test_it_is_the_same_every_time(days: list[Day], null_days: list[Day]) -> None:
    assert invent(JAKARTA) == days
    assert invent(JAKARTA, null=True) == null_days
    assert [day.date for day in days] == sorted({day.date for day in days})
    assert (len(days), days[-1].date) == (SESSIONS, date(2026, 10, 30))
    first = days[0].trades[0]
    assert (first.symbol, first.profit_loss, first.entry_price) == FIRST_TRADE


def test_another_zone_moves_the_clock_and_nothing_else(days: list[Day]) -> None:
    for here, there in zip(days, invent(ZoneInfo("America/New_York")), strict=True):
        assert (here.date, here.mood) == (there.date, there.mood)
        pairs = list(zip(here.trades, there.trades, strict=True))
        assert all(one.profit_loss == other.profit_loss for one, other in pairs)
        assert all(_clock(one) == _clock(other) for one, other in pairs)


def _clock(trade: Trade) -> str:
    assert trade.entry_time is not None
    return trade.entry_time.strftime("%H:%M:%S")


@pytest.mark.parametrize("null", [False, True])
def test_every_trade_is_consistent(null: bool) -> None:
    for day in invent(JAKARTA, null=null):
        for trade in day.trades:
            _check_trade(trade)
        for trade, following in zip(by_hand(day), by_hand(day)[1:], strict=False):
            assert trade.exit_time is not None
            assert following.entry_time is not None
            assert trade.exit_time <= following.entry_time
        times = [moment for trade in day.trades for moment in (trade.entry_time, trade.exit_time)]
        assert {moment.date() for moment in times if moment} == {day.date}
        assert day.date.weekday() < 5


def _check_trade(trade: Trade) -> None:
    assert trade.entry_time is not None
    assert trade.exit_time is not None
    assert trade.entry_price is not None
    assert trade.exit_price is not None
    assert trade.lot_size is not None
    assert trade.entry_time < trade.exit_time
    assert trade.side in ("long", "short")
    sign = 1 if trade.side == "long" else -1
    contract = CONTRACTS[trade.symbol]
    gross = sign * (trade.exit_price - trade.entry_price) * trade.lot_size * contract
    assert trade.profit_loss == pytest.approx(gross - (trade.fees or 0.0), abs=0.006)
    assert trade.lot_size == round(trade.lot_size, 2) >= 0.01
    assert trade.fees == pytest.approx(6 * trade.lot_size, abs=0.006)
    assert not (trade.stop_loss_used and trade.take_profit_used)
    if trade.stop_price is None:
        assert trade.risk_percent is None
        assert not trade.stop_loss_used
    else:
        distance = sign * (trade.entry_price - trade.stop_price)
        assert distance > 0
        assert trade.risk_percent == pytest.approx(distance * trade.lot_size * contract / 100, abs=0.006)
        beyond = sign * (trade.stop_price - trade.exit_price)
        assert (beyond >= -1e-9) == trade.stop_loss_used
        assert beyond < distance / 10
    if trade.target_price is not None:
        assert sign * (trade.target_price - trade.entry_price) > 0
        assert (trade.exit_price == pytest.approx(trade.target_price, abs=1e-9)) == trade.take_profit_used
    else:
        assert not trade.take_profit_used


def test_the_null_trader_tells_the_same_moods_on_the_same_days(days: list[Day], null_days: list[Day]) -> None:
    for day, twin in zip(days, null_days, strict=True):
        assert (day.date, day.mood, day.notes) == (twin.date, twin.mood, twin.notes)
        told, other = day.check_in, twin.check_in
        assert (told and (told.emotion, told.intensity)) == (other and (other.emotion, other.intensity))


# Its truths -----------------------------------------------------------------------------------------------------


def test_greed_trades_more_bigger_and_worse(days: list[Day]) -> None:
    greedy, others = trades_of(days, "serakah"), trades_of(days, *(HABITS.keys() - {"serakah"}))
    assert len(greedy) / 40 > 1.6 * len(others) / 210
    assert mean(risks(greedy)) > 1.6 * mean(risks(others))
    assert share_won(greedy) < share_won(others) - 0.15
    assert mean(results(days, "serakah")) < mean(results(days, "tenang", "netral")) - 250
    assert median(results(days, "serakah")) < median(results(days, "tenang", "netral")) - 250


def test_calm_pays(days: list[Day]) -> None:
    assert mean(results(days, "tenang")) > mean(results(days, "netral")) + 25
    assert share_won(trades_of(days, "tenang")) > share_won(trades_of(days, "netral")) + 0.04


def test_losses_bring_quick_re_entries_and_nothing_else(days: list[Day]) -> None:
    assert 3 * median(pauses(days, after_loss=True)) < median(pauses(days, after_loss=False))
    ordinary = [day for day in days if day.mood != "serakah"]
    after: dict[bool, list[Trade]] = {True: [], False: []}
    for day in ordinary:
        for trade, following in zip(by_hand(day), by_hand(day)[1:], strict=False):
            after[(trade.profit_loss or 0.0) < 0].append(following)
    assert mean(risks(after[True])) == pytest.approx(mean(risks(after[False])), rel=0.03)
    assert share_won(after[True]) == pytest.approx(share_won(after[False]), abs=0.08)


@pytest.mark.parametrize("null", [False, True])
def test_the_weekday_does_nothing(null: bool) -> None:
    days = invent(JAKARTA, null=null)
    for weekday in range(5):
        inside = [result(day) for day in days if day.date.weekday() == weekday]
        assert abs(_distance(inside, [result(day) for day in days if day.date.weekday() != weekday])) < 2


@pytest.mark.parametrize("mood", ["takut", "frustasi", "lelah"])
def test_fear_frustration_and_tiredness_do_nothing(days: list[Day], mood: str) -> None:
    assert abs(_distance(results(days, mood), results(days, "netral"))) < 2


@pytest.mark.parametrize("mood", HABITS)
def test_the_null_trader_has_no_effect(null_days: list[Day], mood: str) -> None:
    others = tuple(HABITS.keys() - {mood})
    assert abs(_distance(results(null_days, mood), results(null_days, *others))) < 2
    assert mean(risks(trades_of(null_days, mood))) == pytest.approx(
        mean(risks(trades_of(null_days, *others))), rel=0.03
    )
    after_loss, after_win = (median(pauses(null_days, after_loss=lost)) for lost in (True, False))
    assert after_loss == pytest.approx(after_win, rel=0.15)


def _distance(one: list[float], other: list[float]) -> float:
    """Difference of the means in standard errors (Welch)."""
    error = np.sqrt(np.var(one, ddof=1) / len(one) + np.var(other, ddof=1) / len(other))
    return float((mean(one) - mean(other)) / error)


def test_the_bot_does_not_notice_the_mood(days: list[Day]) -> None:
    evenings = {
        greedy: [
            sum(trade.profit_loss or 0.0 for trade in day.trades if trade.bot_id == BOT)
            for day in days
            if len(day.trades) > len(by_hand(day)) and (day.mood == "serakah") is greedy
        ]
        for greedy in (True, False)
    }
    assert len(evenings[True]) + len(evenings[False]) == 100
    assert abs(_distance(evenings[True], evenings[False])) < 2


def test_the_page_says_what_the_habits_are() -> None:
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in PAGE.splitlines() if line.startswith("| `")]
    found = {}
    for moods, counts, trades, size, wins, _ in rows:
        names = [word.strip("`,") for word in moods.split(" (")[0].split()]
        for name, number in zip(names, counts.split(", "), strict=True):
            found[name] = (int(number), float(trades), float(size.split()[0]), float(wins.split()[0]) / 100)
    assert found == {mood: (habit.days, habit.trades, habit.size, habit.wins) for mood, habit in HABITS.items()}
    told = {line.split("|")[1].strip(): int(line.split("|")[2]) for line in PAGE.splitlines() if _counts(line)}
    assert told == {
        "before the first trade": TOLD_BEFORE,
        "after the last trade": TOLD_AFTER,
        "not at all": SESSIONS - TOLD_BEFORE - TOLD_AFTER,
    }


def _counts(line: str) -> bool:
    cells = line.split("|")
    return len(cells) == 4 and cells[2].strip().isdigit()


# In the journal -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("null", [False, True])
def test_filled_it_holds_what_was_invented(tmp_path: Path, null: bool) -> None:
    with Journal.open(tmp_path / "demo.db", timezone="Asia/Jakarta") as journal:
        filled = fill(journal, null=null)
        days = invent(journal.zone, null=null)
        trades, coverage = journal.trades(), mood_results(journal.trades(), journal.moods()).coverage
        assert (filled.sessions, filled.trades, filled.check_ins) == (SESSIONS, len(trades), TOLD_BEFORE + TOLD_AFTER)
        assert trades["profit_loss"].tolist() == [trade.profit_loss for day in days for trade in day.trades]
        assert (coverage.sessions, coverage.before, coverage.later, coverage.unknown) == (250, 195, 18, 0)
        stored = {row.date: (row.total_trades, row.total_profit_loss) for row in journal.sessions()}
        for day in days:
            count, total = stored[day.date]
            assert count == len(day.trades)
            assert total == pytest.approx(sum(trade.profit_loss or 0.0 for trade in day.trades), abs=0.005)
        assert journal.currency == "USD"
        assert set(journal.symbols()) == {"XAUUSD", "EURUSD"}
        assert trades["strategy"].nunique() == 3
        local = trades["entry_time"].dt.tz_convert("Asia/Jakarta")
        assert (local.dt.tz_localize(None).dt.normalize() == trades["session_date"]).all()
        assert local.dt.hour.between(13, 21).all()
        assert pd.isna(trades["stop_price"]).mean() == pytest.approx(0.08, abs=0.03)
        assert journal.preferences().starting_balance == 10_000


def test_the_file_is_sound_for_other_programs(tmp_path: Path, foreign: ForeignClient) -> None:
    with Journal.open(tmp_path / "demo.db", timezone="Europe/Berlin") as journal:
        fill(journal)
    foreign.open(tmp_path / "demo.db")
    assert foreign.run("PRAGMA foreign_key_check") == []
    assert foreign.run("SELECT id FROM bots ORDER BY id") == [[0], [BOT]]
    assert foreign.run(
        "SELECT count(*) FROM trading_sessions AS s WHERE total_trades <> "
        "(SELECT count(*) FROM daily_trading_data WHERE session_id = s.id)"
    ) == [[0]]


def test_a_journal_that_holds_something_is_refused(journal: Journal) -> None:
    journal.log_trade_for_ai_analysis(1, "EURUSD", 1.0, 0.1)
    with pytest.raises(errors.InvalidArgument, match="holds 1 session already"):
        fill(journal)
    assert (len(journal.trades()), len(journal.sessions())) == (1, 1)


def test_the_demo_stands_in_a_file_of_its_own_beside_the_journal(tmp_path: Path) -> None:
    path = demo_path(tmp_path / "mentor.db")
    assert path == tmp_path / "mentor-demo.db"
    assert not (tmp_path / "mentor.db").exists()
    with Journal.open(path) as journal:
        assert journal.zone.key == "Asia/Jakarta"
        journal.check_in("tenang")
        kept = len(journal.sessions())
    assert demo_path(tmp_path / "mentor.db") == path
    with Journal.open(path) as journal:
        assert len(journal.sessions()) == kept == SESSIONS + 1

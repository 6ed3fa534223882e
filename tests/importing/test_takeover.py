"""Taking over an old journal: sessions merged by date, totals, moods and reports kept, unreadable cells listed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentor.errors import ImportRefused
from mentor.importing import mark
from mentor.importing.takeover import (
    OLD_TABLES,
    REPORTS,
    SESSIONS,
    TAKEN_COLUMNS,
    TRADES,
    TakenMood,
    Takeover,
    is_old_journal,
    take_over,
)

DAY = date(2025, 1, 15)
MADE = "2025-01-15 02:03:04"
SESSION = {"id": 1, "session_date": "2025-01-15", "user_id": 1, "total_trades": 0, "total_profit_loss": 0.0}
SESSION |= {"emotions": "netral", "market_conditions": "normal", "personal_notes": None, "risk_score": 5}
SESSION |= {"created_at": MADE}
TRADE = {"id": 1, "session_id": 1, "bot_id": 101, "symbol": "BTC/USD", "entry_time": None, "exit_time": None}
TRADE |= {"profit_loss": 250.5, "lot_size": 0.1, "stop_loss_used": 0, "take_profit_used": 1, "risk_percent": 1.5}
TRADE |= {"strategy_used": "quantumbotx_crypto", "created_at": MADE}
REPORT = {"id": 1, "session_id": 1, "trading_patterns_analysis": '{"trend": 0.7}', "emotional_analysis": "{}"}
REPORT |= {"risk_management_score": "8/10 - GOOD", "recommendations": "[]", "motivation_message": "Teruskan!"}
REPORT |= {"language": "bahasa_indonesia", "created_at": MADE}

Rows = Sequence[dict[str, Any]]


def frame(table: str, rows: Rows) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(OLD_TABLES[table]))


def take(sessions: Rows = (SESSION,), trades: Rows = (), reports: Rows = ()) -> Takeover:
    return take_over(frame(SESSIONS, sessions), frame(TRADES, trades), frame(REPORTS, reports))


def faults(taken: Takeover) -> list[tuple[int | None, str | None, str, str]]:
    return [(fault.line, fault.column, fault.value, fault.reason) for fault in taken.rejected]


def test_a_trade() -> None:
    taken = take(trades=[TRADE])

    assert [str(kind) for kind in taken.trades.dtypes] == list(TAKEN_COLUMNS.values())
    trade = dict(taken.trades.iloc[0])
    assert (trade["symbol"], trade["profit_loss"], trade["lot_size"], trade["risk_percent"]) == (
        "BTC/USD",
        250.5,
        0.1,
        1.5,
    )
    assert (trade["stop_loss_used"], trade["take_profit_used"]) == (False, True)
    assert (trade["strategy_used"], trade["bot_id"], trade["line"]) == ("quantumbotx_crypto", 101, 1)
    assert trade["created_at"] == pd.Timestamp(MADE, tz="UTC")
    assert trade["session_date"] == pd.Timestamp("2025-01-15")
    unknown = [
        "side",
        "entry_time",
        "exit_time",
        "entry_price",
        "stop_price",
        "fees",
        "account",
        "currency",
    ]
    assert taken.trades[unknown].isna().all(axis=None)
    assert trade["external_id"] == "BTC/USD 2025-01-15T02:03:04+00:00 bot 101~row 1"
    assert taken.rejected == ()


def test_an_empty_journal() -> None:
    taken = take(sessions=[])

    assert (taken.sessions, len(taken.trades), taken.reports, taken.rejected) == ((), 0, (), ())
    assert [str(kind) for kind in taken.trades.dtypes] == list(TAKEN_COLUMNS.values())


def test_sessions_of_one_date_become_one_in_the_order_of_their_ids() -> None:
    morning = SESSION | {
        "emotions": "takut",
        "personal_notes": "pagi ",
        "market_conditions": "volatile",
        "risk_score": 3,
    }
    noon = SESSION | {"id": 2, "personal_notes": "pagi", "created_at": "2025-01-15 05:00:00"}
    night = noon | {"id": 10, "emotions": "serakah", "personal_notes": "malam\nlagi", "risk_score": "8/10 - GOOD"}
    other = SESSION | {"id": 4, "session_date": "2025-01-14", "created_at": None}

    first, second = take(sessions=[night, other, morning, noon]).sessions

    assert (first.date, first.notes, first.market, first.moods, first.created_at) == (
        date(2025, 1, 14),
        "",
        "normal",
        (),
        None,
    )
    assert (second.date, second.notes, second.market) == (DAY, "pagi\nmalam\nlagi", "volatile")
    assert second.risk_score == "8/10 - GOOD"
    made, later = datetime(2025, 1, 15, 2, 3, 4, tzinfo=UTC), datetime(2025, 1, 15, 5, tzinfo=UTC)
    assert second.moods == (
        TakenMood(emotion="takut", recorded_at=made),
        TakenMood(emotion="serakah", recorded_at=later),
    )
    assert second.created_at == made


@pytest.mark.parametrize("day", ["2025-01-15", "2025-01-15 00:00:00", "2025-01-15T09:30:00.5"])
def test_a_date_may_have_a_time_behind_it(day: str) -> None:
    assert [session.date for session in take(sessions=[SESSION | {"session_date": day}]).sessions] == [DAY]


@pytest.mark.parametrize(("word", "score"), [("netral", 5), ("Netral ", "5"), ("", None), (None, 5.0)])
def test_defaults_are_no_observations(word: str | None, score: object) -> None:
    (session,) = take(sessions=[SESSION | {"emotions": word, "risk_score": score}]).sessions

    assert (session.moods, session.risk_score) == ((), None)


@pytest.mark.parametrize(
    ("count", "profit", "stated"),
    [
        (1, 250.5, (None, None)),
        (1, 250.5049, (None, None)),
        (1, 250.51, (1, 250.51)),
        (2, 250.5, (2, 250.5)),
        ("1", "250.5", (None, None)),
        (0, 0.0, (None, None)),
        (None, None, (None, None)),
    ],
)
def test_totals_that_are_not_the_trades_are_stated(
    count: object, profit: object, stated: tuple[object, object]
) -> None:
    (session,) = take(
        sessions=[SESSION | {"total_trades": count, "total_profit_loss": profit}], trades=[TRADE]
    ).sessions

    assert (session.stated_trades, session.stated_profit_loss) == stated


def test_totals_of_several_sessions_are_held_against_all_trades_of_the_date() -> None:
    sessions = [SESSION | {"total_trades": 1, "total_profit_loss": 250.5}, SESSION | {"id": 2, "total_trades": 1}]
    trades = [TRADE, TRADE | {"id": 2, "session_id": 2, "profit_loss": -3}]

    (stated,) = take(sessions=sessions, trades=trades).sessions
    sessions[1]["total_profit_loss"] = -3.0
    (equal,) = take(sessions=sessions, trades=trades).sessions
    (alone,) = take(sessions=sessions).sessions

    assert (stated.stated_trades, stated.stated_profit_loss) == (2, 250.5)
    assert (equal.stated_trades, equal.stated_profit_loss) == (None, None)
    assert (alone.stated_trades, alone.stated_profit_loss) == (2, 247.5)


def test_a_report_keeps_its_texts() -> None:
    (report,) = take(reports=[REPORT | {"recommendations": None}]).reports

    assert (report.session_date, report.risk_management_score, report.recommendations) == (DAY, "8/10 - GOOD", None)
    assert (report.trading_patterns_analysis, report.language) == ('{"trend": 0.7}', "bahasa_indonesia")
    assert report.created_at == datetime(2025, 1, 15, 2, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("session_id", 0, "names a session that does not exist"),
        ("session_id", 2, "belongs to a session that is refused"),
        ("symbol", " ", "is empty"),
        ("symbol", "A\nB", "is no symbol: one line of at most 64 characters"),
        ("profit_loss", None, "is empty"),
        ("profit_loss", "1,5", "is not a number"),
        ("profit_loss", "nan", "is not a number"),
        ("profit_loss", b"\x00", "is not a number"),
        ("profit_loss", 1e300, "is too large to be true"),
        ("lot_size", "big", "is not a number"),
    ],
)
def test_a_trade_that_misses_something_needed_is_refused(column: str, value: object, reason: str) -> None:
    unreadable = SESSION | {"id": 2, "session_date": "yesterday"}
    bad = TRADE | {"id": 7, column: value, "risk_percent": "high"}

    taken = take(sessions=[SESSION, unreadable], trades=[TRADE, bad])

    shown = "" if value is None else str(value)
    assert faults(taken) == [
        (2, "trading_sessions.session_date", "yesterday", "is no calendar day"),
        (7, f"daily_trading_data.{column}", shown, reason),
    ]
    assert taken.trades["line"].tolist() == [1]
    assert [session.date for session in taken.sessions] == [DAY]


@pytest.mark.parametrize(
    ("column", "value", "reason", "left"),
    [
        ("risk_percent", "high", "is not a number; left out", "risk_percent"),
        ("stop_loss_used", "maybe", "is neither 0 nor 1; left out", None),
        ("bot_id", "bot", "is not a number; left out", None),
        ("bot_id", 1.5, "is no whole number; left out", None),
        ("created_at", "soon", "is no date and time; left out", "created_at"),
        ("created_at", "0001-01-01T00:00:00+05:00", "is no date and time; left out", "created_at"),
        ("created_at", "9999-12-31T23:59:59-05:00", "is no date and time; left out", "external_id"),
        ("created_at", "1969-12-31 23:59:59", "is not in the years 1970 to 2100; left out", "created_at"),
        ("exit_time", "2101-01-01 00:00:00", "is not in the years 1970 to 2100; left out", "exit_time"),
        ("exit_time", "2025-01-15", "has no time of day; left out", "exit_time"),
        ("exit_time", "2025-01-15 01:00:00", "is before the entry; both times are left out", "entry_time"),
    ],
)
def test_a_cell_a_trade_can_do_without_is_left_out(column: str, value: object, reason: str, left: str | None) -> None:
    taken = take(trades=[TRADE | {"entry_time": "2025-01-15 09:00:00+07:00", column: value}])

    assert faults(taken) == [(1, f"daily_trading_data.{column}", str(value), reason)]
    assert len(taken.trades) == 1
    assert left is None or taken.trades[left].isna().all()


def test_numbers_and_flags_may_be_text_and_columns_with_gaps_floats() -> None:
    text = {"profit_loss": "250.5", "lot_size": "0.10", "stop_loss_used": "true", "bot_id": "101", "session_id": "1"}

    whole, gaps = (
        take(trades=[TRADE | text]),
        take(trades=[TRADE, TRADE | {"id": 2, "session_id": None, "bot_id": None}]),
    )

    assert (whole.rejected, whole.trades["profit_loss"].tolist()) == ((), [250.5])
    assert whole.trades[["stop_loss_used", "bot_id"]].iloc[0].tolist() == [True, 101]
    assert gaps.trades["line"].tolist() == [1]
    assert gaps.trades["fingerprint"].tolist() == take(trades=[TRADE]).trades["fingerprint"].tolist()


def test_several_users_are_refused_with_what_can_be_done() -> None:
    with pytest.raises(ImportRefused, match="several users: 1, 2") as refusal:
        take(sessions=[SESSION, SESSION | {"id": 2, "user_id": 2}])

    assert "cannot be chosen yet: remove the rows of the others from a copy" in str(refusal.value.todo)


@pytest.mark.parametrize("day", ["0001-01-01", "1969-12-31", "2101-01-01", "9999-12-31 00:00:00"])
def test_a_date_no_trader_can_have_is_refused(day: str) -> None:
    taken = take(sessions=[SESSION, SESSION | {"id": 2, "session_date": day}])

    assert faults(taken) == [(2, "trading_sessions.session_date", day, "is not in the years 1970 to 2100")]
    assert [session.date for session in taken.sessions] == [DAY]


def test_rows_whose_id_is_missing_or_doubled_are_refused() -> None:
    sessions = [SESSION, *(SESSION | {"id": key, "personal_notes": "lost"} for key in (None, 2, 2))]
    trades = [TRADE, *(TRADE | {"id": key} for key in (None, 7, 7)), TRADE | {"id": 8, "session_id": 2}]
    reports = [REPORT, *(REPORT | {"id": key} for key in (None, 7, 7))]

    taken = take(sessions, trades, reports)

    (session,) = taken.sessions
    assert (session.notes, taken.trades["line"].tolist(), len(taken.reports)) == ("", [1], 1)
    assert [(fault[0], fault[1], fault[3]) for fault in faults(taken)] == [
        (2, "trading_sessions.id", "is the id of 2 rows"),
        (2, "trading_sessions.id", "is the id of 2 rows"),
        (None, "trading_sessions.id", "is empty"),
        (7, "daily_trading_data.id", "is the id of 2 rows"),
        (7, "daily_trading_data.id", "is the id of 2 rows"),
        (None, "daily_trading_data.id", "is empty"),
        (8, "daily_trading_data.session_id", "belongs to a session that is refused"),
        (7, "ai_mentor_reports.id", "is the id of 2 rows"),
        (7, "ai_mentor_reports.id", "is the id of 2 rows"),
        (None, "ai_mentor_reports.id", "is empty"),
    ]


@pytest.mark.parametrize("key", ["²", "9" * 30, "-1"])
def test_an_id_that_is_no_line_is_kept_as_text(key: str) -> None:
    taken = take(trades=[TRADE | {"id": key}])

    assert (taken.trades["line"].tolist(), taken.rejected) == ([0], ())
    assert taken.trades["external_id"].iloc[0].endswith(f"row {key}")


def test_columns_may_be_named_in_any_case() -> None:
    tables = [frame(table, [row]) for table, row in ((SESSIONS, SESSION), (TRADES, TRADE), (REPORTS, REPORT))]

    taken = take_over(*(table.rename(columns=str.upper) for table in tables))

    assert taken.trades.equals(take(trades=[TRADE]).trades)
    assert (len(taken.sessions), len(taken.reports), taken.rejected) == (1, 1, ())


def test_equal_notes_stand_once_and_all_in_order() -> None:
    notes = ["b\r\na", " c", "b\na\n", "a", "", "c"]

    (session,) = take(
        sessions=[SESSION | {"id": n, "personal_notes": note} for n, note in enumerate(notes, 1)]
    ).sessions

    assert session.notes.split("\n") == ["b", "a", "c", "a"]


def test_two_identical_trades_stay_two_and_a_second_take_over_adds_nothing() -> None:
    twin = TRADE | {"id": 2}
    before, after = take(trades=[TRADE, twin]), take(trades=[TRADE, twin, TRADE | {"id": 3, "symbol": "ETH/USD"}])
    stored = before.trades.assign(id=[1, 2], import_id=pd.Series([1, 1], dtype="Int64"))

    assert before.trades["fingerprint"].is_unique
    assert mark(after.trades, stored, stored.head(0)).tolist() == ["duplicate", "duplicate", "new"]


def stored(trades: pd.DataFrame) -> pd.DataFrame:
    """The trades as the journal has them after a take-over."""
    return trades.assign(id=range(1, len(trades) + 1), import_id=pd.Series(1, trades.index, dtype="Int64"))


def test_a_trade_its_bot_completes_later_is_the_same() -> None:
    before = [TRADE | {"id": n, "profit_loss": 0.0} for n in (1, 2)]
    completed = before[0] | {"exit_time": "2025-01-15 09:00:00", "profit_loss": -12.5, "stop_loss_used": 1}
    known = stored(take(trades=before).trades)

    after = take(trades=[completed, before[1], TRADE | {"id": 3}]).trades
    marked = mark(after, known, known.head(0))

    assert known["account"].isna().all(), "missing on both sides counts as equal"
    assert after["fingerprint"].iloc[0] not in set(known["fingerprint"])
    assert marked.tolist() == ["duplicate", "duplicate", "new"]
    assert mark(after.head(1), known.head(0), known).tolist() == ["deleted"], "nor does it return once removed by hand"


def test_rows_numbered_anew_are_the_same_and_those_of_another_journal_are_not() -> None:
    known = stored(take(trades=[TRADE, TRADE | {"id": 2}]).trades)
    moved = take(trades=[TRADE | {"id": 11}, TRADE | {"id": 12}]).trades
    other = take(trades=[TRADE | {"id": n, "created_at": "2025-01-15 02:03:05"} for n in (1, 2)]).trades

    assert mark(moved, known, known.head(0)).tolist() == ["duplicate", "duplicate"]
    assert mark(other, known, known.head(0)).tolist() == ["new", "new"]


def test_a_trade_logged_nobody_knows_when_is_known_by_its_content() -> None:
    trades = take(trades=[TRADE | {"id": n, "created_at": None} for n in (1, 2)]).trades

    assert trades["external_id"].isna().all()
    assert mark(trades, stored(trades), trades.head(0)).tolist() == ["duplicate", "duplicate"]


CELLS = st.tuples(st.sampled_from(["BTC/USD", "XAUUSD"]), st.integers(-500, 500), st.integers(1, 3), st.integers(1, 3))


@settings(deadline=None, max_examples=40)
@given(st.lists(CELLS, max_size=12), st.lists(CELLS, max_size=4), st.randoms(use_true_random=False))
def test_fingerprints_do_not_depend_on_ids_or_on_what_came_later(
    drawn: list[tuple[str, int, int, int]], more: list[tuple[str, int, int, int]], random: Random
) -> None:
    sessions = [SESSION | {"id": n, "session_date": f"2025-01-{n:02}"} for n in (1, 2, 3)]

    def trades(cells: Rows | list[tuple[str, int, int, int]], first_id: int) -> list[dict[str, Any]]:
        return [
            TRADE
            | {"id": first_id + at, "symbol": symbol, "profit_loss": profit, "lot_size": lots, "session_id": session}
            for at, (symbol, profit, lots, session) in enumerate(cells)  # type: ignore[misc]
        ]

    rows = trades([*drawn, *more], 5)
    random.shuffle(rows)
    before, after = take(sessions, trades(drawn, 1)), take(sessions, rows)

    assert after.trades["fingerprint"].is_unique
    assert set(before.trades["fingerprint"]) <= set(after.trades["fingerprint"])
    assert after.trades["profit_loss"].sum() == sum(profit for _, profit, _, _ in [*drawn, *more])


@pytest.mark.parametrize(
    ("change", "old"),
    [
        ({}, True),
        ({"users": ["id", "username"], "bots": ["id"], "trade_history": ["id"]}, True),
        ({"trading_sessions": [*OLD_TABLES[SESSIONS], "mood_after"]}, True),
        ({"TRADING_SESSIONS": [name.upper() for name in OLD_TABLES[SESSIONS]]}, True),
        ({"trading_sessions": [*OLD_TABLES[SESSIONS], "revision"]}, False),
        ({"schema_migrations": ["name"]}, False),
        ({"ai_mentor_reports": ["id"]}, False),
        ({"trading_sessions": []}, False),
    ],
)
def test_an_old_journal_is_told_by_its_tables(change: dict[str, list[str]], old: bool) -> None:
    tables: dict[str, Sequence[str]] = {**OLD_TABLES, **change}
    if "TRADING_SESSIONS" in change:
        del tables["trading_sessions"]

    assert is_old_journal(tables) is old
    assert not is_old_journal({})

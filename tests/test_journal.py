"""The facade: the documented functions in their documented shapes, moods with their time, reports, filters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import mentor
from mentor import Journal, errors
from mentor.analytics.session_frame import recorded_markets
from mentor.models import ImportOptions, RiskPlan, Trade, TradeFilter
from mentor.settings import database_path
from tests.conftest import NOW
from tests.foreign import ForeignClient

TODAY = date(2025, 1, 15)


def test_a_bot_logs_into_todays_session_in_the_traders_zone(tmp_path: Path) -> None:
    # 17:30 UTC is already tomorrow in Jakarta.
    late = datetime(2025, 1, 15, 17, 30, tzinfo=UTC)
    with Journal.open(tmp_path / "j.db", timezone="Asia/Jakarta", now=lambda: late) as journal:
        journal.log_trade_for_ai_analysis(7, "EURUSD", 12.5, 0.1, True, False, 2.0, "scalp")
        assert journal.get_trading_session_data("2025-01-16") == {
            "session_id": 1,
            "total_trades": 1,
            "total_profit_loss": 12.5,
            "emotions": "netral",
            "market_conditions": "normal",
            "personal_notes": "",
            "risk_score": 5,
            "trades": [
                {
                    "symbol": "EURUSD",
                    "profit": 12.5,
                    "lot_size": 0.1,
                    "stop_loss_used": True,
                    "take_profit_used": False,
                    "risk_percent": 2.0,
                    "strategy": "scalp",
                }
            ],
        }


def test_a_day_without_session_is_none(journal: Journal) -> None:
    assert journal.get_trading_session_data(TODAY) is None


def test_creating_a_day_twice_gives_the_one_session(journal: Journal) -> None:
    first = journal.create_trading_session(TODAY, "tenang", "volatile", "Fokus")
    assert journal.create_trading_session("2025-01-15", notes="Sabar") == first
    assert journal.get_or_create_today_session() == first
    data = journal.get_trading_session_data(datetime(2025, 1, 15, 9))
    assert data is not None
    assert (data["emotions"], data["market_conditions"], data["personal_notes"]) == (
        "tenang",
        "volatile",
        "Fokus\nSabar",
    )


def test_emotions_and_notes_create_the_missing_day(journal: Journal) -> None:
    assert journal.update_session_emotions_and_notes("2025-01-10", "takut", "rugi") is True
    data = journal.get_trading_session_data("2025-01-10")
    assert data is not None
    assert (data["emotions"], data["personal_notes"]) == ("takut", "rugi")
    # Told of another day: nobody knows when it was felt.
    assert [told.timing for told in journal.check_ins("2025-01-10")] == ["unknown"]


@pytest.mark.parametrize(
    "arguments",
    [
        {"symbol": ""},
        {"symbol": "X" * 65},
        {"symbol": "A\nB"},
        {"symbol": None},
        {"profit_loss": float("nan")},
        {"profit_loss": float("inf")},
        {"profit_loss": 10**400},
        {"profit_loss": 1e15},
        {"profit_loss": Decimal("sNaN")},
        {"profit_loss": "10"},
        {"profit_loss": None},
        {"profit_loss": True},
        {"lot_size": 0},
        {"lot_size": -1},
        {"bot_id": -1},
        {"bot_id": "seven"},
        {"bot_id": 2**63},
        {"stop_loss_used": "yes"},
        {"risk_percent": float("nan")},
        {"strategy_used": 5},
        {"strategy_used": "\ud800"},
        {"strategy_used": "a\x00b"},
    ],
)
def test_a_bad_argument_is_named_and_nothing_stored(journal: Journal, arguments: dict[str, Any]) -> None:
    good = {"bot_id": 1, "symbol": "EURUSD", "profit_loss": 1.0, "lot_size": 0.1}
    with pytest.raises(errors.InvalidArgument, match=next(iter(arguments))):
        journal.log_trade_for_ai_analysis(**good | arguments)
    assert journal.trades().empty


def test_numbers_of_other_libraries_are_numbers(journal: Journal) -> None:
    journal.log_trade_for_ai_analysis(np.int64(1), "X", Decimal("1.5"), np.float32(0.5), np.bool_(True), 0)
    [trade] = journal.session_trades(1)
    assert (trade.profit_loss, trade.lot_size, trade.stop_loss_used, trade.take_profit_used) == (1.5, 0.5, True, False)


def test_an_aware_moment_is_the_traders_day(journal: Journal) -> None:
    journal.create_trading_session(datetime(2025, 1, 20, 20, tzinfo=UTC))  # 03:00 of the 21st in Jakarta
    assert [session.date_text for session in journal.sessions()] == ["2025-01-21"]


@pytest.mark.parametrize("day", ["2025-02-30", "15/01/2025", "", 20250115, None, pd.NaT])
def test_a_day_that_is_none_is_refused(journal: Journal, day: Any) -> None:
    with pytest.raises(errors.InvalidArgument, match="session_date"):
        journal.create_trading_session(day)


def test_sql_in_a_symbol_is_a_symbol(journal: Journal) -> None:
    name = "'); DROP TABLE daily_trading_data; --"
    journal.log_trade_for_ai_analysis(1, name, 1.0, 1.0)
    assert journal.symbols() == [name]


def test_analysis_and_report_make_a_round_trip(journal: Journal) -> None:
    for amount in (10.0, -4.0, 0.0):
        journal.log_trade_for_ai_analysis(1, "EURUSD", amount, 0.1)
    analysis = journal.analyze_trading_session()
    assert set(analysis) == {"pola_trading", "emosi_vs_performa", "manajemen_risiko", "rekomendasi", "motivasi"}
    assert analysis["pola_trading"]["net"] == 6.0
    assert analysis["pola_trading"]["profit_factor"] == 2.5
    assert analysis["emosi_vs_performa"]["emotion"] is None
    assert analysis["manajemen_risiko"]["nilai"] is None
    assert analysis == journal.analyze_trading_session(journal.get_trading_session_data(TODAY))
    assert journal.save_ai_mentor_report(1, analysis) is True
    [recent] = journal.get_recent_mentor_reports()
    assert set(recent) == {"session_date", "profit_loss", "total_trades", "emotions", "motivation", "created_at"}
    assert (recent["session_date"], recent["profit_loss"], recent["motivation"]) == (
        "2025-01-15",
        6.0,
        analysis["motivasi"],
    )


def test_the_computed_risk_score_is_stored_in_the_report(journal: Journal) -> None:
    trade = Trade(symbol="EURUSD", profit_loss=-10.0, lot_size=0.1, stop_price=1.08, risk_percent=0.5)
    journal.add_trade(trade)
    analysis = journal.analyze_trading_session()
    assert analysis["manajemen_risiko"]["nilai"] == 10
    journal.save_ai_mentor_report(1, analysis)
    assert journal.reports(1)[0].risk_management_score == "10"
    stored = journal.session(TODAY)
    assert stored is not None
    assert stored.risk_score == "5", "what a trader says of the own risk is another thing"


def test_a_traders_own_risk_score_is_told_from_the_default(journal: Journal, foreign: ForeignClient) -> None:
    def own() -> str | None:
        stored = journal.session(TODAY)
        return stored and stored.own_risk_score

    journal.rate_session(TODAY, 5)
    assert own() == "5", "also where it is what stands there by default"
    journal.rate_session(TODAY, 9)
    assert own() == "9"
    journal.rate_session(TODAY, None)
    assert own() is None
    foreign.open(journal.path)
    for written, told in (("7/10 <b>", "7/10 <b>"), (8, "8"), (5, None), ("", None), (None, None)):
        foreign.run("UPDATE trading_sessions SET risk_score = ?", [written])
        assert own() == told, "what another program says stays as it is; the default says nothing"
    for wrong in (0, 11, 5.5):
        with pytest.raises(errors.InvalidArgument):
            journal.rate_session(TODAY, wrong)  # type: ignore[arg-type]


def test_a_day_that_only_holds_a_score_stays_when_its_import_is_undone(journal: Journal) -> None:
    rows = b"symbol,side,lots,open time,close time,profit\nEURUSD,buy,0.1,2025-01-13 08:00:00,2025-01-13 09:00:00,5\n"
    done = journal.commit_import(journal.plan_import(("trades.csv", rows)))
    journal.rate_session("2025-01-13", 5)
    journal.undo_import(done.id)
    stored = journal.session("2025-01-13")
    assert stored is not None
    assert (stored.total_trades, stored.own_risk_score) == (0, "5")


def test_the_risk_score_of_one_session_is_that_among_all(journal: Journal, foreign: ForeignClient) -> None:
    journal.save_preferences(replace(journal.preferences(), risk_plan=RiskPlan(trades_a_day=1, stop_after_losses=1)))
    for day, lots in (("2025-01-13", 0.1), ("2025-01-14", 0.1), ("2025-01-10", 0.4), ("2025-01-14", 0.5)):
        trade = Trade(symbol="EURUSD", profit_loss=-10.0, lot_size=lots, stop_price=1.08, risk_percent=0.5)
        journal.add_trade(trade, session_date=day)
    foreign.open(journal.path)
    foreign.run("INSERT INTO trading_sessions (id, session_date) VALUES (9, 'kemarin')")
    foreign.run(
        "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size) "
        "VALUES (9, 7, 'EURUSD', 1, 9)"
    )
    scores = journal.risk_scores()
    assert {session: journal.risk_score(session) for session in scores} == scores
    assert len(scores) == 4
    wild = journal.session("2025-01-14")
    assert wild is not None
    assert scores[wild.id].caps == ("lots_times_4_after_loss",)
    assert journal.risk_score(77).reason == "no_trades"


def test_an_undefined_figure_is_none_with_its_reason(journal: Journal) -> None:
    journal.log_trade_for_ai_analysis(1, "EURUSD", 10.0, 0.1)
    patterns = journal.analyze_trading_session()["pola_trading"]
    assert patterns["profit_factor"] is None
    assert patterns["undefined"]["profit_factor"] == "no_losses"


def test_analysing_a_missing_day_says_so(journal: Journal) -> None:
    with pytest.raises(errors.NotFound, match="2025-01-15"):
        journal.analyze_trading_session()


@pytest.mark.parametrize(
    ("stated", "stored"),
    [(7, "7"), (8.0, "8"), (np.int64(9), "9"), ("8/10", "8"), ("8/10 - GOOD", "8"), ("10/10", "10"), (None, None)],
)
def test_a_report_of_another_shape_keeps_its_score(journal: Journal, stated: Any, stored: str | None) -> None:
    journal.get_or_create_today_session()
    journal.save_ai_mentor_report(1, {"manajemen_risiko": {"nilai": stated}, "motivasi": "Teruskan!"})
    [report] = journal.reports(1)
    assert report.risk_management_score == stored


@pytest.mark.parametrize(
    "analysis",
    [
        {"manajemen_risiko": {"nilai": "superb"}},
        {"manajemen_risiko": {"nilai": 11}},
        {"pola_trading": {1, 2}},
        {"pola_trading": {"x": "\ud800"}},
        [],
        None,
    ],
)
def test_a_report_we_cannot_store_is_refused(journal: Journal, analysis: Any) -> None:
    journal.get_or_create_today_session()
    with pytest.raises(errors.InvalidArgument):
        journal.save_ai_mentor_report(1, analysis)
    assert journal.reports(1) == []


def test_recent_reports_give_one_a_session_the_newest(journal: Journal) -> None:
    for day in ("2025-01-13", "2025-01-14", "2025-01-15"):
        session = journal.create_trading_session(day)
    journal.save_ai_mentor_report(session, {"motivasi": "first"})
    journal.save_ai_mentor_report(session, {"motivasi": "second"})
    recent = journal.get_recent_mentor_reports(2)
    assert [(row["session_date"], row["motivation"]) for row in recent] == [
        ("2025-01-15", "second"),
        ("2025-01-14", None),
    ]


def test_another_users_session_is_not_found(journal: Journal, foreign: ForeignClient) -> None:
    foreign.open(journal.path)
    foreign.run("INSERT INTO users (id, name) VALUES (2, 'other')")
    foreign.run("INSERT INTO trading_sessions (session_date, user_id) VALUES ('2025-01-15', 2)")
    for reach in (journal.session_trades, journal.reports, lambda session: journal.save_ai_mentor_report(session, {})):
        with pytest.raises(errors.NotFound):
            reach(1)
    assert journal.sessions() == []


def test_a_check_in_knows_its_time_beside_the_trades(journal: Journal, foreign: ForeignClient) -> None:
    journal.get_or_create_today_session()
    foreign.open(journal.path)
    for told, emotion in (("07:00:00", "tenang"), ("09:30:00", "serakah"), ("11:00:00", "frustasi")):
        foreign.run(
            "INSERT INTO mood_checkins (session_id, recorded_at, emotion, source) VALUES (1, ?, ?, 'test')",
            (f"2025-01-15 {told}", emotion),
        )
    assert [told.timing for told in journal.check_ins(TODAY)] == ["before"] * 3  # no trade yet
    for entry, exit_ in (("08:00:00", "09:00:00"), ("10:00:00", "10:30:00")):
        foreign.run(
            "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size, entry_time, exit_time) "
            "VALUES (1, 7, 'X', 1, 1, ?, ?)",
            (f"2025-01-15 {entry}", f"2025-01-15 {exit_}"),
        )
    assert [told.timing for told in journal.check_ins(TODAY)] == ["before", "between", "after"]
    assert journal.moods()["timing"].tolist() == ["before", "between", "after"]


def test_page_and_analysis_time_a_check_in_alike(journal: Journal, foreign: ForeignClient) -> None:
    journal.check_in("tenang")
    foreign.open(journal.path)
    foreign.run(
        "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size, exit_time) "
        "VALUES (1, 7, 'X', 1, 1, '2025-01-15 07:00:00')"  # closed before the check-in, opened nobody knows when
    )
    assert [told.timing for told in journal.check_ins(TODAY)] == journal.moods()["timing"].tolist() == ["unknown"]


def test_correcting_a_check_in_keeps_the_word_another_program_wrote(journal: Journal, foreign: ForeignClient) -> None:
    checkin = journal.check_in("tenang", market_conditions="berita")
    foreign.open(journal.path)
    foreign.run("UPDATE trading_sessions SET emotions = 'marah'")
    journal.correct_check_in(checkin, note="sore", market_conditions="berita")
    assert sorted(told.emotion for told in journal.check_ins(TODAY)) == ["marah", "tenang"]
    journal.remove_check_in(checkin)
    session = journal.session(TODAY)
    assert session is not None
    assert (session.emotions, session.market_conditions) == ("marah", "normal")


def test_a_check_in_can_be_corrected_and_removed(journal: Journal) -> None:
    first = journal.check_in("tenang", intensity=2, market_conditions="volatile", note="pagi")
    second = journal.check_in("serakah")
    journal.correct_check_in(second, emotion="takut", note="salah pilih")
    told = journal.check_ins(TODAY)
    assert [(row.emotion, row.intensity, row.note) for row in told] == [
        ("tenang", 2, "pagi"),
        ("takut", None, "salah pilih"),
    ]
    journal.correct_check_in(first, intensity=None, market_conditions="volatile", note="pagi")
    assert journal.check_ins(TODAY)[0].intensity is None
    assert [row.recorded_at for row in told] == [datetime(2025, 1, 15, 8, tzinfo=UTC)] * 2
    session = journal.session(TODAY)
    assert session is not None
    assert (session.emotions, session.market_conditions) == ("takut", "volatile")
    journal.remove_check_in(second)
    journal.remove_check_in(first)
    session = journal.session(TODAY)
    assert session is not None
    assert session.emotions == "netral"
    assert journal.moods().empty
    with pytest.raises(errors.NotFound):
        journal.remove_check_in(first)
    with pytest.raises(errors.InvalidArgument, match="intensity"):
        journal.check_in("tenang", intensity=6)


def test_a_check_in_keeps_the_word_another_program_wrote(journal: Journal, foreign: ForeignClient) -> None:
    foreign.open(journal.path)
    foreign.run("INSERT INTO trading_sessions (session_date, emotions) VALUES ('2025-01-15', 'euforia')")
    assert journal.moods()[["emotion", "timing"]].values.tolist() == [["euforia", "unknown"]]
    journal.check_in("tenang")
    assert sorted(journal.moods()[["emotion", "timing"]].values.tolist()) == [
        ["euforia", "unknown"],
        ["tenang", "before"],
    ]


def test_the_defaults_are_no_observation(journal: Journal) -> None:
    journal.create_trading_session(TODAY)
    assert journal.moods().empty


def test_filters_choose_days_and_symbols(journal: Journal, foreign: ForeignClient) -> None:
    foreign.open(journal.path)
    for number, (day, symbol) in enumerate([("2025-01-13", "A"), ("2025-01-14", "B"), ("2025-01-15", "A")], start=1):
        journal.create_trading_session(day)
        foreign.run(
            "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size) VALUES (?, 1, ?, ?, 1)",
            (number, symbol, number),
        )
    assert journal.trades(TradeFilter(start=date(2025, 1, 14)))["profit_loss"].tolist() == [2.0, 3.0]
    assert journal.trades(TradeFilter(end=date(2025, 1, 14), symbols=("A",)))["profit_loss"].tolist() == [1.0]
    assert [row.date_text for row in journal.sessions(TradeFilter(end=date(2025, 1, 14)))] == [
        "2025-01-14",
        "2025-01-13",
    ]


def test_the_documented_functions_work_on_the_default_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENTOR_DATABASE", str(tmp_path / "bots.db"))
    identity = mentor.get_or_create_today_session()
    mentor.log_trade_for_ai_analysis(bot_id=3, symbol="XAUUSD", profit_loss=-2.0, lot_size=0.01)
    with mentor._journal() as journal:
        today = journal.today()
        assert mentor.create_trading_session(today) == identity
        assert mentor.update_session_emotions_and_notes(today, "takut", "pelan") is True
        data = mentor.get_trading_session_data(today)
        assert data is not None
        assert data["total_profit_loss"] == -2.0
        assert mentor.save_ai_mentor_report(identity, mentor.analyze_trading_session(today)) is True
        assert len(mentor.get_recent_mentor_reports(limit=1)) == 1
    mentor._journal_at.cache_clear()
    assert database_path() == tmp_path / "bots.db"


def by_hand(**changes: Any) -> Trade:
    known = {"symbol": "EURUSD", "profit_loss": 5.0, "lot_size": 0.1, "side": "long", "notes": "plan A"}
    return Trade(**known | changes)


def test_a_trade_by_hand_can_be_added_edited_tagged_and_deleted(journal: Journal) -> None:
    closed = datetime(2025, 1, 14, 18, tzinfo=UTC)  # 01:00 of the 15th in Jakarta
    first = journal.add_trade(by_hand(exit_time=closed))
    second = journal.add_trade(by_hand(symbol="XAUUSD"), session_date="2025-01-10")
    assert [session.date_text for session in journal.sessions()] == ["2025-01-15", "2025-01-10"]
    journal.edit_trade(first, by_hand(profit_loss=-7.0, exit_time=datetime(2025, 1, 13, 9, tzinfo=UTC)))
    moved = journal.session("2025-01-13")
    assert moved is not None
    assert (moved.total_trades, moved.total_profit_loss) == (1, -7.0)
    assert journal.tag_trades([first, second], "fomo entry") == 2
    journal.tag_trades([first], "#fomo_entry")
    assert [trade.notes for trade in journal.trades_by_id([second, first])] == ["plan A #fomo_entry"] * 2
    assert journal.search_trades("FOMO") == {first, second}
    assert journal.delete_trades([first, first]) == 1
    assert journal.trades()["id"].tolist() == [second]
    for reach in (journal.delete_trades, journal.trades_by_id):
        with pytest.raises(errors.NotFound):
            reach([first])


@pytest.mark.parametrize(
    "changes",
    [
        {"symbol": " "},
        {"profit_loss": None},
        {"lot_size": 0.0},
        {"side": "up"},
        {"fees": float("inf")},
        {"currency": "<b>$"},
        {"risk_percent": -5.0},
        {"risk_percent": 500.0},
        {"exit_time": datetime(2030, 1, 15, tzinfo=UTC)},
        {"stop_loss_used": "yes"},
        {"exit_time": datetime(1, 1, 1, tzinfo=UTC)},
        {"entry_time": datetime(2025, 1, 15)},
        {"entry_time": datetime(2025, 1, 15, tzinfo=UTC), "exit_time": datetime(2025, 1, 14, tzinfo=UTC)},
    ],
)
def test_a_trade_that_cannot_be_true_is_refused(journal: Journal, changes: dict[str, Any]) -> None:
    with pytest.raises(errors.InvalidArgument):
        journal.add_trade(by_hand(**changes))


def test_a_currency_by_hand_is_its_code(journal: Journal) -> None:
    journal.add_trade(by_hand(currency="usd"))
    assert journal.currency == "USD"


def test_many_trades_of_a_day_are_deleted_at_once(journal: Journal) -> None:
    header = "Symbol,Type,Lots,Open Time,Close Time,Open Price,Close Price,Profit\n"
    rows = [f"X,buy,1,2025-01-14 09:00:00,2025-01-14 10:00:00,1,2,{number}\n" for number in range(1, 31)]
    file = ("trades.csv", (header + "".join(rows)).encode())
    journal.commit_import(journal.plan_import(file))
    journal.log_trade_for_ai_analysis(1, "Y", 1.0, 1.0)
    assert journal.delete_trades(range(1, 30)) == 29
    [today, day] = journal.sessions()
    assert (day.total_trades, day.total_profit_loss, today.total_trades) == (1, 30.0, 1)
    assert journal.plan_import(file).deleted == 29


def test_an_imported_trade_deleted_by_hand_does_not_return(journal: Journal) -> None:
    header = "Symbol,Type,Lots,Open Time,Close Time,Open Price,Close Price,Profit\n"
    file = ("trades.csv", (header + "X,buy,1,2025-01-14 09:00:00,2025-01-14 10:00:00,1,2,5\n" * 2).encode())
    journal.commit_import(journal.plan_import(file))
    journal.delete_trades([1])
    plan = journal.plan_import(file)
    assert (plan.new, plan.duplicates, plan.deleted) == (0, 1, 1)


def test_chosen_columns_are_kept_with_the_import_and_forgotten_on_request(journal: Journal) -> None:
    header = "Shymbola,Way,Qty X,When,Made\n"
    first, second = (("t.csv", (header + f"EURUSD,buy,1,2025-01-{day} 09:00,5\n").encode()) for day in ("13", "14"))
    mapping = {"symbol": "Shymbola", "side": "Way", "size": "Qty X", "entry_time": "When", "net_profit": "Made"}
    plan = journal.plan_import(first, ImportOptions(mapping=mapping))
    assert plan.reading.chosen is not None
    key = plan.reading.chosen.header
    assert journal.mapping_for(key) is None, "a plan keeps nothing"
    journal.commit_import(plan)
    kept = journal.mapping_for(key)
    assert kept is not None
    assert (kept.columns, kept.chosen_at) == (mapping, NOW)
    again = journal.plan_import(second)
    assert (again.new, again.reading.chosen) == (1, kept)
    swapped = {**mapping, "size": "Made", "net_profit": "Qty X"}
    changed = journal.plan_import(second, ImportOptions(mapping=swapped))
    assert changed.net_profit_loss == 1.0, "what is said now goes before what was said then"
    journal.forget_mapping(key)
    with pytest.raises(errors.ColumnsUnknown):
        journal.plan_import(second)


def test_preferences_are_kept_and_have_their_consequences(journal: Journal, foreign: ForeignClient) -> None:
    foreign.open(journal.path)
    session = journal.get_or_create_today_session()
    for currency, amount in (("USD", 10.0), ("IDR", 150_000.0)):
        foreign.run(
            "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size, currency) "
            "VALUES (?, 7, 'X', ?, 1, ?)",
            (session, amount, currency),
        )
    wanted = replace(
        journal.preferences(),
        day_start=time(16),
        currency="idr",
        starting_balance=5e6,
        risk_plan=RiskPlan(risk_percent=1.0, trades_a_day=3, stop_after_losses=2),
        account_names={"4711": "Main"},
    )
    journal.save_preferences(wanted)
    assert journal.preferences() == replace(wanted, currency="IDR")
    # 15:00 in Jakarta is before the day starts.
    assert journal.today() == date(2025, 1, 14)
    stored = journal.session(TODAY)
    assert stored is not None
    assert stored.total_profit_loss == 150_000.0
    assert journal.trades()["currency"].dropna().tolist() == ["USD"]
    with pytest.raises(errors.InvalidArgument, match="left open"):
        journal.save_preferences(replace(wanted, currency=None))
    with pytest.raises(errors.InvalidArgument, match="stay so"):
        journal.save_preferences(replace(wanted, timezone="UTC"))
    for impossible in ({"currency": "$"}, {"starting_balance": 0.0}, {"risk_plan": RiskPlan(trades_a_day=0)}):
        with pytest.raises(errors.InvalidArgument):
            journal.save_preferences(replace(wanted, **impossible))


def test_a_word_that_means_one_of_our_emotions_counts_as_it(journal: Journal) -> None:
    for word in ("Calm", "tenang", "Ruhig", "zen"):
        journal.check_in(word)

    assert journal.moods()["emotion"].tolist() == ["tenang", "tenang", "tenang", "zen"]


def test_an_ordinary_market_counts_once_a_check_in_named_it(journal: Journal) -> None:
    """The default that stands in every session is nobody's word."""
    assert journal.create_trading_session(TODAY)
    [session] = journal.sessions()
    assert (session.market_conditions, session.own_market) == ("normal", None)
    journal.check_in("tenang")
    assert journal.sessions()[0].own_market is None
    journal.check_in("tenang", market_conditions="normal")
    session = journal.sessions()[0]
    assert session.own_market == "normal"
    assert recorded_markets(journal.sessions()).to_dict() == {session.id: "normal"}

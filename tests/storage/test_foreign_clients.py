"""What programs we do not control write leaves the journal right."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from mentor import Journal
from tests.foreign import ForeignClient, Refused

TRADE = (
    "INSERT {mode} INTO daily_trading_data (id, session_id, bot_id, symbol, profit_loss, lot_size) "
    "VALUES (?, ?, ?, ?, ?, ?)"
)


def add(client: ForeignClient, session: int, amount: float, *, trade: int | None = None, mode: str = "", bot: int = 7):
    client.run(TRADE.format(mode=mode), (trade, session, bot, "EURUSD", amount, 0.1))


def totals(client: ForeignClient) -> dict[str, tuple[int, float]]:
    rows = client.run("SELECT session_date, total_trades, total_profit_loss FROM trading_sessions ORDER BY id")
    return {day: (count, amount) for day, count, amount in rows}


@pytest.fixture
def two_days(journal: Journal, foreign: ForeignClient) -> ForeignClient:
    journal.create_trading_session("2025-01-15")
    journal.create_trading_session("2025-01-16")
    foreign.open(journal.path)
    return foreign


def test_totals_follow_insert_update_move_and_delete(two_days: ForeignClient) -> None:
    add(two_days, 1, 10.0)
    add(two_days, 1, -2.5)
    assert totals(two_days) == {"2025-01-15": (2, 7.5), "2025-01-16": (0, 0.0)}
    two_days.run("UPDATE daily_trading_data SET profit_loss = 1 WHERE id = 1")
    two_days.run("UPDATE daily_trading_data SET session_id = 2 WHERE id = 2")
    assert totals(two_days) == {"2025-01-15": (1, 1.0), "2025-01-16": (1, -2.5)}
    two_days.run("DELETE FROM daily_trading_data WHERE id = 1")
    assert totals(two_days) == {"2025-01-15": (0, 0.0), "2025-01-16": (1, -2.5)}


@pytest.mark.parametrize("recursive", ["OFF", "ON"])
@pytest.mark.parametrize("foreign_keys", ["OFF", "ON"])
def test_replacing_a_trade_leaves_both_days_right(two_days: ForeignClient, recursive: str, foreign_keys: str) -> None:
    two_days.run(f"PRAGMA recursive_triggers = {recursive}")
    two_days.run(f"PRAGMA foreign_keys = {foreign_keys}")
    add(two_days, 1, 10.0, trade=5)
    add(two_days, 2, 4.0, trade=5, mode="OR REPLACE", bot=8)
    assert totals(two_days) == {"2025-01-15": (0, 0.0), "2025-01-16": (1, 4.0)}
    add(two_days, 1, 3.0, trade=5, mode="OR IGNORE")
    add(two_days, 1, 2.0)
    assert totals(two_days) == {"2025-01-15": (1, 2.0), "2025-01-16": (1, 4.0)}


@pytest.mark.parametrize("foreign_keys", ["OFF", "ON"])
def test_replacing_a_day_keeps_its_trades_moods_and_reports(
    journal: Journal, two_days: ForeignClient, foreign_keys: str
) -> None:
    add(two_days, 1, 10.0)
    journal.save_ai_mentor_report(1, {})
    journal.update_session_emotions_and_notes("2025-01-15", "takut", "")
    two_days.run(f"PRAGMA foreign_keys = {foreign_keys}")
    two_days.run("INSERT OR REPLACE INTO trading_sessions (session_date, total_trades) VALUES ('2025-01-15', 99)")
    assert totals(two_days) == {"2025-01-16": (0, 0.0), "2025-01-15": (1, 10.0)}
    session = journal.session("2025-01-15")
    assert session is not None
    assert len(journal.reports(session.id)) == 1
    assert [told.emotion for told in journal.check_ins("2025-01-15")] == ["takut"]
    assert journal.trades()["session_id"].tolist() == [session.id]


def test_a_bot_that_adds_to_the_totals_itself_does_not_count_twice(two_days: ForeignClient) -> None:
    add(two_days, 1, 10.0)
    two_days.run(
        "UPDATE trading_sessions SET total_trades = total_trades + 1, total_profit_loss = total_profit_loss + 10 "
        "WHERE id = 1"
    )
    assert totals(two_days)["2025-01-15"] == (1, 10.0)


def test_stated_totals_stay_until_the_first_trade(journal: Journal, two_days: ForeignClient) -> None:
    two_days.run("UPDATE trading_sessions SET total_trades = 4, total_profit_loss = -80 WHERE id = 1")
    session = journal.session("2025-01-15")
    assert session is not None
    assert (session.stated, session.total_trades, session.total_profit_loss) == (True, 4, -80.0)
    assert journal.trades().empty
    add(two_days, 1, 3.0)
    assert totals(two_days)["2025-01-15"] == (1, 3.0)


def test_session_zero_is_today_and_an_unknown_session_is_refused(journal: Journal, two_days: ForeignClient) -> None:
    add(two_days, 0, 5.0)
    # The trigger asks SQLite's clock, not the fixture's: find the day through the trade itself.
    [[day]] = two_days.run(
        "SELECT session_date FROM trading_sessions JOIN daily_trading_data ON session_id = trading_sessions.id"
    )
    assert day == two_days.run("SELECT date('now', '+7 hours')")[0][0]
    with pytest.raises(Refused, match="names no row of trading_sessions"):
        add(two_days, 77, 5.0)
    with pytest.raises(Refused, match="names no row of trading_sessions"):
        two_days.run("UPDATE daily_trading_data SET session_id = 77")
    assert len(journal.trades()) == 1


def test_an_unknown_bot_registers_itself(two_days: ForeignClient) -> None:
    two_days.run("PRAGMA foreign_keys = ON")
    add(two_days, 1, 5.0, bot=4711)
    assert two_days.run("SELECT id, name FROM bots WHERE id = 4711") == [[4711, "bot 4711"]]


def test_a_day_that_holds_something_cannot_be_deleted_or_renumbered(two_days: ForeignClient) -> None:
    add(two_days, 1, 5.0)
    with pytest.raises(Refused, match="delete those first"):
        two_days.run("DELETE FROM trading_sessions WHERE id = 1")
    with pytest.raises(Refused, match="cannot change"):
        two_days.run("UPDATE trading_sessions SET id = 50 WHERE id = 1")
    two_days.run("DELETE FROM trading_sessions WHERE id = 2")
    assert totals(two_days) == {"2025-01-15": (1, 5.0)}


@pytest.mark.parametrize("amount", ["9e999", "-1e300", "9007199254740993"])
def test_an_amount_that_cannot_be_exact_is_refused(two_days: ForeignClient, amount: str) -> None:
    with pytest.raises(Refused, match="too large"):
        two_days.run(TRADE.format(mode="").replace("?, ?)", f"{amount}, 0.1)"), (None, 1, 7, "X"))


def test_text_that_only_begins_like_a_number_is_not_added(journal: Journal, two_days: ForeignClient) -> None:
    add(two_days, 1, 10.0)
    for written in ("250,50", "1.234,56", "12abc"):
        two_days.run(TRADE.format(mode=""), (None, 1, 7, "X", written, 0.1))
    assert totals(two_days)["2025-01-15"] == (4, 10.0)
    assert journal.trades()["profit_loss"].dropna().tolist() == [10.0]


def test_a_user_id_of_null_orphans_nothing(two_days: ForeignClient) -> None:
    add(two_days, 1, 10.0)
    two_days.run("INSERT OR REPLACE INTO trading_sessions (session_date, user_id) VALUES ('2025-01-15', NULL)")
    assert totals(two_days) == {"2025-01-16": (0, 0.0), "2025-01-15": (1, 10.0)}


def test_a_day_written_with_its_time_is_one_day(journal: Journal, foreign: ForeignClient) -> None:
    foreign.open(journal.path)
    for number, written in enumerate(("2025-01-16 09:00:00", "2025-01-16 10:00:00"), start=1):
        foreign.run("INSERT INTO trading_sessions (session_date) VALUES (?)", (written,))
        add(foreign, number, 7.0 + number)
    data = journal.get_trading_session_data("2025-01-16")
    assert data is not None
    assert (data["total_trades"], data["total_profit_loss"], len(data["trades"])) == (2, 17.0, 2)
    assert len(journal.day_trades("2025-01-16")) == 2
    foreign.run("INSERT INTO trading_sessions (session_date) VALUES ('20250117')")
    assert journal.sessions()[-1].date is None


def test_undoing_an_import_leaves_other_programs_days(journal: Journal, two_days: ForeignClient) -> None:
    two_days.run("UPDATE trading_sessions SET risk_score = 9 WHERE id = 2")
    header = "Symbol,Type,Lots,Open Time,Close Time,Open Price,Close Price,Profit\n"
    rows = [f"X,buy,1,2025-01-{day} 09:00:00,2025-01-{day} 10:00:00,1,2,5\n" for day in (13, 14, 15, 16)]
    record = journal.commit_import(journal.plan_import(("trades.csv", (header + "".join(rows)).encode())))
    two_days.run("UPDATE trading_sessions SET risk_score = 2 WHERE session_date = '2025-01-13'")
    journal.undo_import(record.id)
    # The 14th was the import's alone; the 13th has a score by now, the others were there before.
    assert sorted(totals(two_days)) == ["2025-01-13", "2025-01-15", "2025-01-16"]


def test_notes_of_many_trades_change_without_adding_them_up_again(two_days: ForeignClient) -> None:
    add(two_days, 1, 10.0)
    [[before]] = two_days.run("SELECT revision FROM trading_sessions WHERE id = 1")
    two_days.run("UPDATE daily_trading_data SET notes = 'x'")
    [[after]] = two_days.run("SELECT revision FROM trading_sessions WHERE id = 1")
    assert before > 0 > after
    assert totals(two_days)["2025-01-15"] == (1, 10.0)


def test_another_currency_is_kept_and_never_added(journal: Journal, two_days: ForeignClient) -> None:
    for currency, amount in (("USD", 10.0), ("IDR", 150_000.0), (None, 1.0)):
        two_days.run(
            "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size, currency) "
            "VALUES (1, 7, 'X', ?, 1, ?)",
            (amount, currency),
        )
    assert journal.currency == "USD"
    assert totals(two_days)["2025-01-15"] == (3, 11.0)
    assert journal.trades()["currency"].dropna().tolist() == ["IDR"]


def test_one_foreign_currency_does_not_rename_trades_that_name_none(journal: Journal, two_days: ForeignClient) -> None:
    add(two_days, 1, 10.0)
    two_days.run(
        "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size, currency) "
        "VALUES (1, 7, 'X', 150000, 1, 'JPY')"
    )
    assert journal.currency is None
    assert totals(two_days)["2025-01-15"] == (2, 10.0)


def test_shapes_we_would_not_write_are_read(journal: Journal, foreign: ForeignClient) -> None:
    foreign.open(journal.path)
    foreign.run(
        "INSERT INTO trading_sessions (session_date, emotions, risk_score) VALUES ('someday', '🤯', '8/10 - GOOD')"
    )
    foreign.run(
        "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size, entry_time, side) "
        "VALUES (1, 7, 'X', 'ten', 'a lot', 'noon', 'BUY')"
    )
    foreign.run(
        "INSERT INTO ai_mentor_reports (session_id, trading_patterns_analysis, risk_management_score, recommendations) "
        "VALUES (1, 'not JSON', '8/10 - GOOD', x'00ff')"
    )
    [session] = journal.sessions()
    assert (session.date, session.date_text, session.emotions, session.risk_score) == (
        None,
        "someday",
        "🤯",
        "8/10 - GOOD",
    )
    [trade] = journal.session_trades(1)
    assert (trade.profit_loss, trade.lot_size, trade.entry_time, trade.side) == (None, None, None, None)
    assert trade.as_written == "P/L ten; lots a lot"
    assert journal.trades()["profit_loss"].isna().all()
    [report] = journal.reports(1)
    assert report.risk_management_score == "8/10 - GOOD"
    assert journal.moods()["timing"].tolist() == ["unknown"]


OLD_BOT = """
import datetime, sqlite3, sys
path, amounts = sys.argv[1], [float(word) for word in sys.argv[2:]]
day = datetime.date.today().isoformat()
def session():
    with sqlite3.connect(path, timeout=30) as connection:
        found = connection.execute("SELECT id FROM trading_sessions WHERE session_date = ?", (day,)).fetchone()
        if found:
            return found[0]
        try:
            return connection.execute("INSERT INTO trading_sessions (session_date) VALUES (?)", (day,)).lastrowid
        except sqlite3.Error:
            return 0
for amount in amounts:
    identity = session()
    with sqlite3.connect(path, timeout=30) as connection:
        connection.execute(
            "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size) "
            "VALUES (?, 3, 'X', ?, 1)",
            (identity, amount))
        connection.execute(
            "UPDATE trading_sessions SET total_trades = total_trades + 1, total_profit_loss = total_profit_loss + ? "
            "WHERE id = ?", (amount, identity))
"""


def test_old_bots_racing_for_the_day_lose_nothing(journal: Journal, foreign: ForeignClient) -> None:
    amounts = [str(number) for number in range(1, 26)]
    bots = [subprocess.Popen([sys.executable, "-c", OLD_BOT, str(journal.path), *amounts]) for _ in range(4)]
    ours = [journal.log_trade_for_ai_analysis(1, "X", 1.0, 1.0) for _ in range(25)]
    assert [bot.wait(timeout=120) for bot in bots] == [0, 0, 0, 0]
    foreign.open(journal.path)
    assert foreign.run("SELECT sum(total_trades), sum(total_profit_loss) FROM trading_sessions") == [
        [4 * 25 + len(ours), 4 * 325.0 + 25.0]
    ]
    assert len(journal.trades()) == 125
    assert json.loads(json.dumps(foreign.run("PRAGMA integrity_check"))) == [["ok"]]

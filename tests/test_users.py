"""Two traders in one file: whatever is asked in the name of one says nothing of the other and changes nothing there."""

from __future__ import annotations

import importlib
import inspect
import io
import pkgutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from mentor import Journal, storage
from mentor.analytics.periods import period_of
from mentor.api.door import Door
from mentor.api.middleware import Edge
from mentor.api.routes import routes
from mentor.cli import main
from mentor.errors import ColumnsUnknown, InvalidArgument, MentorError, NotFound
from mentor.importing.mapping import fingerprint
from mentor.models import ImportOptions, Once, Preferences, RiskPlan, Trade, TradeFilter
from mentor.storage import copies, fills, imports, moods, reports, sessions, tokens, trades
from mentor.storage.connection import Connection
from tests.api.client import Client
from tests.conftest import NOW

DAY = date(2025, 1, 15)
#: What is the first trader's and nobody else's to read.
SECRET = "zebra"
AMOUNT = 4321.09
MARKS = (SECRET, "4321", "4.321", "4,321", "98765", "-777")
FILLS = f"""Name,Symbol,Side,Status,Filled,Price,Time-in-Force,Placed Time,Filled Time
N,{SECRET},Buy,Filled,100,150,Day,01/05/2024 09:30:00,01/05/2024 09:30:00
N,{SECRET},Sell,Filled,40,152,Day,01/05/2024 10:30:00,01/05/2024 10:30:00
"""
HEADER = ["Thing", "Way", "N", "In", "Out", "Made"]
TABLE = ",".join(HEADER) + f"\n{SECRET},buy,1,2025-01-10 10:00:00,2025-01-10 11:00:00,-777\n"
MAPPING = dict(zip(("symbol", "side", "size", "entry_time", "exit_time", "net_profit"), HEADER, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Two:
    """A file of two traders, and what the second one may try to reach of the first by its number."""

    path: Path
    owner: Journal
    other: Journal
    session: int
    trade: int
    checkin: int
    imported: int
    token: int
    secret: str


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    path = tmp_path_factory.mktemp("users") / "journal.db"
    with Journal.open(path, timezone="Asia/Jakarta", now=lambda: NOW) as owner:
        other = owner.for_user(owner.add_trader("Budi", timezone="UTC"))
        numbers = fill_owner(owner)
        other.log_trade_for_ai_analysis(3, "MINE", -1.0, 0.1)
        other.check_in("tenang")
        yield Two(path=path, owner=owner, other=other, **numbers)


def fill_owner(owner: Journal) -> dict[str, Any]:
    session = owner.create_trading_session(DAY, notes=f"{SECRET} notes")
    checkin = owner.check_in("marah", note=SECRET, market_conditions=SECRET)
    trade = owner.log_trade_for_ai_analysis(7, SECRET, AMOUNT, 0.5, strategy_used=SECRET)
    columns = ImportOptions(mapping=MAPPING, account=SECRET, source_timezone="UTC")
    imported = owner.commit_import(owner.plan_import((f"{SECRET}.csv", TABLE.encode()), columns)).id
    owner.commit_import(owner.plan_import((f"{SECRET}-orders.csv", FILLS.encode()), ImportOptions()))
    gone = f"symbol,side,lots,open time,close time,profit\n{SECRET},buy,2,2025-01-08 10:00:00,2025-01-08 11:00:00,4\n"
    owner.commit_import(owner.plan_import(("gone.csv", gone.encode()), ImportOptions()))
    owner.delete_trades([trade.id for trade in owner.day_trades("2025-01-08") if trade.id is not None])
    owner.write_mentor_report(DAY)
    owner.keep_language("id")
    plan = RiskPlan(risk_percent=1.25, trades_a_day=2, stop_after_losses=2)
    names = {SECRET: SECRET}
    stored = replace(owner.preferences(), starting_balance=98765.0, risk_plan=plan, account_names=names)
    owner.save_preferences(stored)
    secret = owner.create_token(SECRET)
    (token,) = owner.tokens()
    once = Once(token_id=token.id, key="key", digest="digest")
    owner.log_trades([Trade(symbol=SECRET, profit_loss=2.0, lot_size=1.0, external_id="X1")], once=once)
    numbers = {"session": session, "trade": trade, "checkin": checkin, "imported": imported}
    return numbers | {"token": token.id, "secret": secret}


# Every method of the journal ------------------------------------------------------------------------------------

#: Asked by the second trader, with the days, numbers and words of the first.
PROBES: dict[str, Callable[[Journal, Two], object]] = {
    "create_trading_session": lambda j, _t: j.create_trading_session(DAY, "takut", "volatile", "mine"),
    "get_or_create_today_session": lambda j, t: j.get_or_create_today_session() == t.session and SECRET,
    "update_session_emotions_and_notes": lambda j, _t: j.update_session_emotions_and_notes(DAY, "senang", "mine"),
    "log_trade_for_ai_analysis": lambda j, _t: j.log_trade_for_ai_analysis(7, "MINE", -2.0, 0.1),
    "get_trading_session_data": lambda j, _t: j.get_trading_session_data(DAY),
    "analyze_trading_session": lambda j, t: [
        j.analyze_trading_session(DAY),
        refused(lambda: j.analyze_trading_session(t.owner.get_trading_session_data(DAY))),
    ],
    "save_ai_mentor_report": lambda j, t: refused(
        lambda: j.save_ai_mentor_report(t.session, j.analyze_trading_session(DAY))
    ),
    "get_recent_mentor_reports": lambda j, _t: j.get_recent_mentor_reports(100),
    "check_in": lambda j, _t: j.check_in("tenang", note="mine"),
    "correct_check_in": lambda j, t: refused(lambda: j.correct_check_in(t.checkin, emotion="tenang")),
    "remove_check_in": lambda j, t: refused(lambda: j.remove_check_in(t.checkin)),
    "check_ins": lambda j, _t: j.check_ins(DAY),
    "update_notes": lambda j, _t: j.update_notes(DAY, "mine"),
    "rate_session": lambda j, _t: j.rate_session(DAY, 2),
    "today": lambda j, _t: j.today(),
    "day_of": lambda j, _t: j.day_of(NOW),
    "day_start": lambda j, _t: j.day_start,
    "zone": lambda j, t: SECRET if j.zone == t.owner.zone else None,
    "currency": lambda j, _t: j.currency,
    "language": lambda j, _t: SECRET if j.language == "id" else None,
    "language_kept": lambda j, t: SECRET if j.language_kept(t.path, j.user_id) == "id" else None,
    "keep_language": lambda j, _t: j.keep_language("en"),
    "stamp": lambda j, t: SECRET if j.stamp().user_id == t.owner.user_id else None,
    "session": lambda j, _t: j.session(DAY),
    "sessions": lambda j, _t: [j.sessions(), j.sessions(TradeFilter(start=DAY)), j.sessions(search=SECRET)],
    "session_trades": lambda j, t: refused(lambda: j.session_trades(t.session)),
    "day_trades": lambda j, _t: j.day_trades(DAY),
    "reports": lambda j, t: refused(lambda: j.reports(t.session)),
    "read_report": lambda j, _t: [j.read_report(report) for report in j.reports(own_session(j))],
    "known_on": lambda j, _t: j.known_on(DAY),
    "mentor_report": lambda j, _t: j.mentor_report(DAY),
    "write_mentor_report": lambda j, _t: j.write_mentor_report(DAY),
    "sessions_with_report": lambda j, t: SECRET if t.session in j.sessions_with_report() else None,
    "trades": lambda j, _t: [j.trades(), j.trades(TradeFilter(symbols=frozenset({SECRET})))],
    "moods": lambda j, _t: j.moods(),
    "emotions": lambda j, _t: j.emotions(),
    "habits": lambda j, _t: j.habits(),
    "instant_feedback": lambda j, _t: j.instant_feedback("marah"),
    "risk_score": lambda j, t: j.risk_score(t.session),
    "risk_scores": lambda j, t: SECRET if t.session in j.risk_scores() else None,
    "review": lambda j, _t: j.review(period_of(DAY, "week")),
    "stored_table": lambda j, _t: [j.stored_table(name) for name in copies.TABLES],
    "symbols": lambda j, _t: j.symbols(),
    "trades_by_id": lambda j, t: refused(lambda: j.trades_by_id([t.trade])),
    "search_trades": lambda j, _t: SECRET if j.search_trades(SECRET) else None,
    "accounts": lambda j, _t: j.accounts(),
    "add_trade": lambda j, _t: j.add_trade(Trade(symbol="MINE", profit_loss=1.0, lot_size=1.0)),
    "edit_trade": lambda j, t: refused(
        lambda: j.edit_trade(t.trade, Trade(symbol="MINE", profit_loss=1.0, lot_size=1.0))
    ),
    "delete_trades": lambda j, t: refused(lambda: j.delete_trades([t.trade])),
    "tag_trades": lambda j, t: refused(lambda: j.tag_trades([t.trade], "mine")),
    "create_token": lambda j, _t: j.create_token("mine"),
    "tokens": lambda j, _t: j.tokens(),
    "revoke_token": lambda j, t: refused(lambda: j.revoke_token(t.token)),
    "tell": lambda j, t: [
        j.tell("tenang", "mine"),
        refused(lambda: j.tell("tenang", once=Once(token_id=t.token, key="key", digest="digest")), MentorError),
    ],
    "log_trades": lambda j, t: [
        j.log_trades([Trade(symbol="MINE", profit_loss=1.0, lot_size=1.0, external_id="X1")]),
        refused(
            lambda: j.log_trades(
                [Trade(symbol="MINE", profit_loss=1.0, lot_size=1.0)],
                once=Once(token_id=t.token, key="key", digest="digest"),
            ),
            MentorError,
        ),
    ],
    "export_journal": lambda j, _t: unzipped(j.export_journal()),
    "preferences": lambda j, _t: j.preferences(),
    "save_preferences": lambda j, _t: j.save_preferences(
        Preferences(timezone="UTC", currency="EUR", starting_balance=5.0)
    ),
    "plan_import": lambda j, _t: j.plan_import(("mine.csv", own_table())).new - 1 and SECRET,
    # the columns named for such files are another's
    "read_import": lambda j, _t: refused(
        lambda: j.read_import(("mine.csv", TABLE.encode()), ImportOptions()), ColumnsUnknown
    ),
    "plan_reading": lambda j, _t: SECRET if repeated(j) else None,
    "commit_import": lambda j, _t: j.commit_import(j.plan_import(("mine.csv", own_table()), ImportOptions())).trades,
    "mapping_for": lambda j, _t: j.mapping_for(fingerprint(HEADER)),
    "forget_mapping": lambda j, _t: j.forget_mapping(fingerprint(HEADER)),
    "imports": lambda j, _t: j.imports(),
    "open_positions": lambda j, _t: j.open_positions(),
    "undo_import": lambda j, t: refused(lambda: j.undo_import(t.imported)),
}
#: Of the file as a whole, which belongs to whoever keeps it, or of no rows at all.
OF_THE_FILE = {
    *("open", "close", "for_user", "traders", "add_trader", "token_of"),
    *("backup", "check", "examine", "copy", "restore", "rotate"),
}


def refused(ask: Callable[[], object], error: type[MentorError] = NotFound) -> None:
    with pytest.raises(error):
        ask()


def unzipped(exported: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(exported)) as archive:
        return [archive.read(name).decode() for name in archive.namelist()]


def own_session(journal: Journal) -> int:
    session = journal.session(DAY)
    assert session is not None
    return session.id


def own_table() -> bytes:
    return b"symbol,side,lots,open time,close time,profit\nMINE,buy,1,2025-01-09 10:00:00,2025-01-09 11:00:00,3\n"


def repeated(journal: Journal) -> int:
    """How much of the first trader's file the second one's journal is told to have already."""
    options = ImportOptions(mapping=MAPPING, account=SECRET, source_timezone="UTC")
    found = journal.plan_reading(journal.read_import(("again.csv", TABLE.encode()), options), options)
    return found.duplicates + found.deleted + found.lookalikes


def test_every_method_is_tried() -> None:
    public = {name for name, _ in inspect.getmembers(Journal) if not name.startswith("_")}
    assert public == PROBES.keys() | OF_THE_FILE
    assert not PROBES.keys() & OF_THE_FILE


@pytest.mark.parametrize("name", PROBES)
def test_a_method_neither_tells_nor_changes_what_is_another_traders(two: Two, name: str) -> None:
    before = everything(two.path, two.owner.user_id)
    told = as_text(PROBES[name](two.other, two)).casefold()
    assert not [mark for mark in MARKS if mark in told], told
    assert everything(two.path, two.owner.user_id) == before


def as_text(told: object) -> str:
    """All of an answer, frames included, which `repr` would cut short."""
    if isinstance(told, pd.DataFrame):
        return told.to_csv()
    if isinstance(told, (list, tuple, set, frozenset)):
        return "\n".join(map(as_text, told))
    fields = getattr(told, "__dataclass_fields__", None)
    return "\n".join(as_text(getattr(told, name)) for name in fields) if fields else repr(told)


_SESSIONS = "session_id IN (SELECT id FROM trading_sessions WHERE user_id = ?)"
OWN_ROWS = {
    "users": "id = ?",
    **dict.fromkeys(("settings", "imports", "trading_sessions", "fills", "column_mappings"), "user_id = ?"),
    **dict.fromkeys(("deleted_trades", "api_tokens"), "user_id = ?"),
    **dict.fromkeys(("daily_trading_data", "mood_checkins", "ai_mentor_reports"), _SESSIONS),
    "api_requests": "token_id IN (SELECT id FROM api_tokens WHERE user_id = ?)",
}


def everything(path: Path, user_id: int) -> dict[str, list[dict[str, Any]]]:
    """All rows of a trader."""
    connection = Connection(path)
    try:
        return {
            table: connection.rows(f"SELECT * FROM {table} WHERE {own} ORDER BY rowid", (user_id,))
            for table, own in OWN_ROWS.items()
        }
    finally:
        connection.close()


def test_every_table_is_compared(two: Two) -> None:
    connection = Connection(two.path)
    rows = connection.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    connection.close()
    assert {row["name"] for row in rows} == OWN_ROWS.keys() | {"schema_migrations", "bots"}
    assert all(everything(two.path, two.owner.user_id).values()), "else nothing is compared"


# The storage layer ----------------------------------------------------------------------------------------------

#: Of no trader's rows: the file, or what is looked up before it is known whose it is.
UNBOUND = {
    "preferences.peek",
    "tokens.with_prefix",
    "tokens.forget_answers",
    "trades.next_id",
    "trades.without_triggers",
    "transfer.last_ids",
    "transfer.never_below",
    "transfer.add_bots",
}


#: Rooms of statements on the file as a whole, and of none.
OF_NO_USER = {
    *("backup", "bulk", "checkup", "connection", "database", "migrations", "old_journal", "owner", "rotation"),
    *("timestamps", "trade_columns", "users"),
}
ROOMS = {found.name for found in pkgutil.iter_modules(storage.__path__)} - OF_NO_USER


@pytest.mark.parametrize("name", sorted(ROOMS))
def test_every_statement_takes_the_user_it_is_for(name: str) -> None:
    room = importlib.import_module(f"mentor.storage.{name}")
    own = {name: made for name, made in vars(room).items() if getattr(made, "__module__", "") == room.__name__}
    public = {name: made for name, made in own.items() if inspect.isfunction(made) and not name.startswith("_")}
    unbound = [
        f"{room.__name__.rpartition('.')[2]}.{name}"
        for name, made in public.items()
        if list(inspect.signature(made).parameters)[:2] != ["connection", "user_id"]
    ]
    assert [name for name in unbound if name not in UNBOUND] == []


def test_a_row_is_never_added_to_another_traders_session(two: Two) -> None:
    connection, other = Connection(two.path), two.other.user_id
    trade = Trade(symbol="MINE", profit_loss=1.0, lot_size=1.0)
    words = dict.fromkeys(reports.COLUMNS, "mine")
    try:
        refused(lambda: trades.add(connection, other, two.session, trade), MentorError)
        refused(lambda: trades.change(connection, other, own_trade(two.other), two.session, trade), MentorError)
        refused(
            lambda: moods.add(connection, other, two.session, recorded_at=NOW, emotion="takut", source="x"), MentorError
        )
        refused(lambda: reports.add(connection, other, two.session, words), MentorError)
    finally:
        connection.close()


def own_trade(journal: Journal) -> int:
    return int(journal.trades()["id"].iloc[0])


def test_statements_by_number_alone_reach_nothing_of_another_trader(two: Two) -> None:
    before = everything(two.path, two.owner.user_id)
    connection, other, at = Connection(two.path), two.other.user_id, datetime(2025, 1, 1, tzinfo=UTC)
    trade = Trade(symbol="MINE", profit_loss=1.0, lot_size=1.0)
    own = own_session(two.other)
    words: dict[str, str | int | float | None] = {"personal_notes": "mine", "total_trades": 9}
    try:
        trades.change(connection, other, two.trade, own, trade)
        trades.remove(connection, other, [two.trade])
        trades.tag(connection, other, [two.trade], "#mine")
        trades.set_base_currency(connection, other, "JPY")
        assert trades.remove_imported(connection, other, two.imported) == []
        assert moods.remove_imported(connection, other, two.imported) == []
        assert trades.sources(connection, other, [two.trade]) == {}
        assert trades.of_session(connection, other, two.session) == []
        assert moods.of_session(connection, other, two.session) == []
        assert reports.of_session(connection, other, two.session) == []
        moods.change(connection, other, two.checkin, emotion="x", intensity=1, market_conditions=None, note="")
        moods.remove(connection, other, two.checkin)
        reports.remove_imported(connection, other, two.imported)
        fills.remove_imported(connection, other, two.imported)
        sessions.set_word(connection, other, two.session, "x")
        sessions.set_market(connection, other, two.session, "x")
        sessions.set_notes(connection, other, two.session, "x")
        sessions.add_notes(connection, other, two.session, "x")
        sessions.set_risk_score(connection, other, two.session, 1)
        sessions.set_columns(connection, other, two.session, words)
        imports.set_traces(connection, other, two.imported, {})
        imports.mark_undone(connection, other, two.imported, at)
        assert imports.traces(connection, other, two.imported) == {}
        tokens.revoke(connection, other, two.token, at)
    finally:
        connection.close()
    assert everything(two.path, two.owner.user_id) == before


# What is each trader's own --------------------------------------------------------------------------------------


def test_each_trader_has_a_currency_and_days_of_their_own(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "journal.db", timezone="Asia/Jakarta", now=lambda: NOW) as first:
        second = first.for_user(first.add_trader("Budi", timezone="America/New_York"))
        first.log_trade_for_ai_analysis(1, "A", 10.0, 1.0)
        second.add_trade(Trade(symbol="B", profit_loss=5.0, lot_size=1.0, currency="EUR"))
        second.add_trade(Trade(symbol="B", profit_loss=7.0, lot_size=1.0, currency="USD"))
        first.add_trade(Trade(symbol="A", profit_loss=20.0, lot_size=1.0, currency="USD"))

        assert (first.currency, second.currency) == (None, "EUR")
        assert (first.zone.key, second.zone.key) == ("Asia/Jakarta", "America/New_York")
        (of_first,), (of_second,) = first.sessions(), second.sessions()
        assert (of_first.total_profit_loss, of_second.total_profit_loss) == (10.0, 5.0)
        assert all(check.ok for check in first.check())

        first.save_preferences(replace(first.preferences(), currency="USD"))
        assert (first.sessions()[0].total_profit_loss, second.sessions()[0].total_profit_loss) == (30.0, 5.0)
        assert second.trades()["currency"].astype("object").fillna("base").tolist() == ["base", "USD"]


def test_a_session_given_to_another_trader_counts_in_that_ones_currency(journal: Journal) -> None:
    second = journal.for_user(journal.add_trader("Budi"))
    journal.add_trade(Trade(symbol="A", profit_loss=20.0, lot_size=1.0, currency="USD"))
    second.save_preferences(replace(second.preferences(), currency="EUR"))
    connection = Connection(journal.path)
    connection.execute("UPDATE trading_sessions SET user_id = ?", (second.user_id,))
    connection.close()
    assert [session.total_profit_loss for session in second.sessions()] == [0.0]
    assert second.sessions()[0].total_trades == 1


def test_the_journal_of_a_trader_is_made_once_and_shares_the_file(journal: Journal) -> None:
    number = journal.add_trader("Budi")
    second = journal.for_user(number)
    assert journal.for_user(number) is second
    assert second.for_user(1) is journal
    assert [(trader.id, trader.name) for trader in second.traders()] == [(1, "trader"), (number, "Budi")]
    refused(lambda: journal.for_user(99))
    refused(lambda: journal.for_user(0), InvalidArgument)
    refused(lambda: journal.add_trader("Budi"), InvalidArgument)
    refused(lambda: Journal.open(journal.path, user_id=99))


# Every command --------------------------------------------------------------------------------------------------

#: A command line of the second trader's, and its exit status.
COMMANDS: dict[str, list[tuple[list[str], int]]] = {
    "init": [(["init"], 0)],
    "demo": [(["demo"], 1)],
    "imports": [(["imports"], 0)],
    "undo": [(["undo", "{imported}"], 1)],
    "mood": [(["mood", "tenang"], 0)],
    "log-trade": [(["log-trade", "MINE", "1", "1"], 0)],
    "report": [(["report", "2025-01-15"], 0), (["report", "2025-01-15", "--json"], 0)],
    "emotions": [(["emotions", "--json"], 0), (["emotions"], 0)],
    "habits": [(["habits", "--json"], 0), (["habits"], 0)],
    "risk": [(["risk", "2025-01-15", "--json"], 0), (["risk", "2025-01-15"], 0)],
    "import": [(["import", "{table}", "--dry-run", "--json"], 0), (["import", "{table}"], 0)],
    "token": [(["token", "list"], 0), (["token", "create", "mine"], 0), (["token", "revoke", "{token}"], 1)],
    "user": [(["user", "list"], 0)],
    "export": [(["export", "{folder}/mine.zip"], 0)],
}
#: They serve, copy or examine the whole file.
COMMANDS_OF_THE_FILE = {"backup", "restore", "doctor", "serve"}


def commands() -> set[str]:
    from mentor.cli import command_parser

    actions = [action for action in command_parser()._actions if isinstance(action.choices, dict)]
    return set(actions[0].choices)


def test_every_command_is_tried() -> None:
    assert commands() <= COMMANDS.keys() | COMMANDS_OF_THE_FILE


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_neither_tells_nor_changes_what_is_another_traders(
    two: Two, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if name not in commands():
        pytest.skip("no such command yet")
    before = everything(two.path, two.owner.user_id)
    (tmp_path / "mine.csv").write_bytes(own_table())
    places = {"imported": two.imported, "token": two.token, "folder": tmp_path, "table": tmp_path / "mine.csv"}
    for line, status in COMMANDS[name]:
        words = [word.format(**places) for word in line]
        done = main(["--database", str(two.path), "--user", str(two.other.user_id), *words])
        told = "".join(capsys.readouterr()).casefold()
        assert done == status, told
        assert not [mark for mark in MARKS if mark in told], told
    assert not [path.name for path in tmp_path.iterdir() if SECRET.encode() in path.read_bytes()]
    assert everything(two.path, two.owner.user_id) == before


# Every route ----------------------------------------------------------------------------------------------------

#: Requests of a program of the second trader's, and the status of the answer.
ROUTES: dict[str, list[tuple[str, str, Any, int]]] = {
    "/health": [("GET", "/health", None, 200)],
    "/ai-mentor": [("GET", "/ai-mentor", None, 200)],
    "/ai-mentor/": [("GET", "/ai-mentor/", None, 200)],
    "/ai-mentor/today-report": [("GET", "/ai-mentor/today-report", None, 200)],
    "/ai-mentor/history": [("GET", "/ai-mentor/history?limit=100", None, 200)],
    "/ai-mentor/session/{date}": [
        ("GET", "/ai-mentor/session/2025-01-15", None, 200),
        ("GET", "/ai-mentor/session/2025-01-08", None, 404),
    ],
    "/ai-mentor/update-emotions": [
        ("POST", "/ai-mentor/update-emotions", {"emotions": "senang", "notes": "mine"}, 200)
    ],
    "/ai-mentor/api/generate-instant-feedback": [
        ("POST", "/ai-mentor/api/generate-instant-feedback", {"emotions": "marah"}, 200)
    ],
    "/ai-mentor/api/dashboard-summary": [("GET", "/ai-mentor/api/dashboard-summary", None, 200)],
    "/ai-mentor/api/trades": [
        (
            "POST",
            "/ai-mentor/api/trades",
            {"symbol": "MINE", "profit_loss": 1, "lot_size": 1, "bot_id": 7, "external_id": "X1"},
            0,
        ),
    ],
    "/api/dashboard-summary": [("GET", "/api/dashboard-summary", None, 200)],
    "/api/openapi.json": [("GET", "/api/openapi.json", None, 200)],
}


def door(journal: Journal) -> Starlette:
    return Starlette(routes=routes(Door(lambda: journal)), middleware=[Middleware(Edge)])


def test_every_route_is_tried(two: Two) -> None:
    inside = next(route for route in routes(Door(lambda: two.owner)) if isinstance(route, Route)).endpoint
    assert isinstance(inside, Starlette)
    assert {route.path for route in inside.routes if isinstance(route, Route)} == ROUTES.keys()


@pytest.mark.parametrize("path", ROUTES)
def test_a_route_neither_tells_nor_changes_what_is_another_traders(two: Two, path: str) -> None:
    before = everything(two.path, two.owner.user_id)
    program = Client(door(two.owner), two.other.create_token("robot"))
    for method, address, sent, status in ROUTES[path]:
        answer = program.get(address) if method == "GET" else program.post(address, sent, Idempotency_Key="key")
        told = answer.body.decode().casefold()
        assert answer.status in ((200, 201) if status == 0 else (status,)), told
        assert not [mark for mark in MARKS if mark in told], told
    assert everything(two.path, two.owner.user_id) == before


def test_a_revoked_token_of_one_trader_leaves_that_of_another(two: Two) -> None:
    secret = two.other.create_token("gone")
    (newest, *_older) = two.other.tokens()
    two.other.revoke_token(newest.id)
    assert Client(door(two.owner), secret).get("/api/dashboard-summary").status == 401
    assert SECRET not in Client(door(two.owner), two.other.create_token("new")).get("/ai-mentor/history").body.decode()
    assert Client(door(two.owner), two.secret).get("/api/dashboard-summary").status == 200

"""The whole journal out and back in: nothing is lost, nothing is doubled, nothing of one's own is overwritten."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pyarrow.csv as arrow_csv
import pyarrow.parquet as parquet
import pytest

from mentor import Journal, errors
from mentor.importing import ImportPlan
from mentor.models import ImportOptions, ImportRecord, RiskPlan, Trade
from mentor.transfer import FORMS, TABLES, Form
from tests.conftest import NOW
from tests.foreign import ForeignClient
from tests.test_fills import JANUARY_5, REST_SOLD, take
from tests.test_takeover import old_journal

WEIRD = (
    *('=HYPERLINK("x")', "'=1+1", "''-2", "+49 30", "-", "@name", "\tindented", "\r\nlines\r\nand\n", "", " ", "'"),
    *(
        "emoji 😀👩‍👩‍👧",
        "שלום مرحبا \u202eright to left",
        'quote " and , comma; semicolon',
        "NULL",
        "nan",
        "1e5",
        "#N/A",
        "﻿mark",
    ),
)
#: Of each table what another program sees; the random mark of a changed session is no content.
STORED = [(name, table.stored, table.columns) for name, table in TABLES.items() if name != "bots"]

Open = Callable[..., Journal]


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Open]:
    """Another journal, made when asked for."""
    opened: list[Journal] = []

    def make(timezone: str = "UTC") -> Journal:
        path = tmp_path / f"other{len(opened)}.db"
        opened.append(Journal.open(path, timezone=timezone, now=lambda: NOW.replace(year=2026, month=2)))
        return opened[-1]

    yield make
    for journal in opened:
        journal.close()


@pytest.fixture
def full(full_file: Path, tmp_path: Path) -> Iterator[Journal]:
    """This test's own copy of a journal with a bit of everything."""
    path = Path(shutil.copy(full_file, tmp_path / "journal.db"))
    with Journal.open(path, now=lambda: NOW) as opened:
        yield opened


@pytest.fixture(scope="module")
def full_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal with a bit of everything, made once and closed, also what other programs write."""
    path = tmp_path_factory.mktemp("full") / "journal.db"
    foreign = ForeignClient()
    with Journal.open(path, timezone="Asia/Jakarta", now=lambda: NOW) as journal:
        fill_journal(journal, foreign, old_journal(path.with_name("bots.db"), foreign))
    foreign.close()
    return path


def fill_journal(journal: Journal, foreign: ForeignClient, bots: Path) -> None:
    journal.save_preferences(
        replace(
            journal.preferences(),
            day_start=time(6),
            currency="USD",
            starting_balance=1000.1,
            risk_plan=RiskPlan(risk_percent=0.5, trades_a_day=5),
            account_names={"4711": "Mein Konto 😀"},
        )
    )
    take(journal, *JANUARY_5)
    journal.commit_import(journal.plan_import(bots))
    deleted = journal.commit_import(
        journal.plan_import(
            ("trades.csv", b"Ticket,Symbol,Lots,Date,Net\n7,DAX,1,2025-01-03,5\n8,DAX,1,2025-01-03,6\n"),
            ImportOptions(source_timezone="UTC"),
        )
    )
    assert deleted.trades == 2
    journal.delete_trades(
        [trade.id for trade in journal.day_trades("2025-01-03") if trade.external_id == "7" and trade.id]
    )
    for nth, text in enumerate(WEIRD):
        journal.add_trade(
            Trade(
                symbol="EURUSD", profit_loss=0.1 + nth / 3, lot_size=1e-7, notes=text, strategy_used=text, side="long"
            )
        )
        journal.check_in("takut", note=text, intensity=1 + nth % 5)
    journal.add_trade(
        Trade(symbol="EURUSD", profit_loss=-12.5, lot_size=0.1, currency="EUR"), session_date="2025-01-10"
    )
    journal.update_notes("2025-01-12", "".join(WEIRD))
    journal.rate_session("2025-01-11", 5)
    journal.write_mentor_report("2025-01-15")
    journal.write_mentor_report("2025-01-10")
    foreign.open(journal.path)
    for statement in (
        "INSERT INTO trading_sessions (session_date, total_trades, total_profit_loss, risk_score, personal_notes) "
        "VALUES ('2024-12-24 00:00:00', 3, 0.1, '8/10 - GOOD', NULL)",
        "INSERT INTO trading_sessions (session_date, risk_score, personal_notes) VALUES ('no day at all', 5.5, '')",
        "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size, entry_time, exit_time, "
        "risk_percent, fees, created_at, stop_loss_used) SELECT id, 7, '-GC', 'about 5', 9e999, 1736928000, "
        "2460690.53125, -9e999, '', NULL, 'yes' FROM trading_sessions WHERE session_date = 'no day at all'",
        "INSERT INTO ai_mentor_reports (session_id, risk_management_score, recommendations, created_at) "
        "SELECT id, '7 of 10', NULL, '' FROM trading_sessions WHERE session_date = 'no day at all'",
        "UPDATE bots SET name = '=EA' WHERE id = 7",
    ):
        foreign.run(statement)


def content(foreign: ForeignClient, journal: Journal) -> dict[str, Any]:
    """Every cell with its type, as another program sees it, but for the import that brought it."""
    foreign.open(journal.path)
    found: dict[str, Any] = {}
    for name, stored, columns in STORED:
        cells = ", ".join(f"{column}, typeof({column})" for column in columns)
        rows = foreign.run(f"SELECT {cells} FROM {stored} ORDER BY rowid")
        found[name] = [repr(row) for row in rows if "mentor_journal" not in row]
    found["settings"] = foreign.run(
        "SELECT key, value FROM settings WHERE key NOT LIKE 'day_shift %' AND key NOT LIKE 'replaced%' ORDER BY key"
    )
    found["bots"] = foreign.run("SELECT id, name FROM bots ORDER BY id")
    return found


def bring(journal: Journal, exported: bytes, **options: Any) -> ImportRecord:
    return journal.commit_import(plan(journal, exported, **options))


def plan(journal: Journal, exported: bytes, **options: Any) -> ImportPlan:
    return journal.plan_import(("journal.zip", exported), ImportOptions(**options))


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_journal_becomes_the_same(full: Journal, other: Open, foreign: ForeignClient, form: Form) -> None:
    copy = other()
    bring(copy, full.export_journal(form))
    there, here = content(foreign, full), content(foreign, copy)
    assert {name: len(rows) for name, rows in there.items() if not rows} == {"mappings": 0}
    for name, rows in there.items():
        assert here[name] == rows, name
    assert copy.preferences() == full.preferences()
    assert copy.zone.key == "Asia/Jakarta"
    assert copy.open_positions().equals(full.open_positions())
    assert copy.check()[0].ok


def test_every_column_of_a_trader_travels(journal: Journal, foreign: ForeignClient) -> None:
    """What is new in the schema is either taken along or named here."""
    foreign.open(journal.path)
    stay = {"users", "settings", "schema_migrations", "api_tokens", "api_requests", "sqlite_sequence"}
    stored = {table.stored: set(table.columns) for table in TABLES.values()}
    found = {name for (name,) in foreign.run("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert found - stay == stored.keys()
    for name, columns in stored.items():
        here = {column for (column,) in foreign.run(f"SELECT name FROM pragma_table_info('{name}')")}
        assert here - {"user_id", "revision"} == columns, name


def test_parquet_has_types(journal: Journal) -> None:
    moment = datetime(2025, 1, 10, 20, 30, tzinfo=UTC)
    journal.add_trade(Trade(symbol="EURUSD", profit_loss=-12.5, lot_size=0.1, exit_time=moment))
    table = parquet.read_table(io.BytesIO(files(journal.export_journal("parquet"))["trades.parquet"]))
    (row,) = table.select(["id", "symbol", "exit_time (UTC)", "net_profit_loss", "notes"]).to_pylist()
    assert row == {"id": 1, "symbol": "EURUSD", "exit_time (UTC)": moment, "net_profit_loss": -12.5, "notes": None}


def test_from_one_form_to_the_other_and_back_nothing_changes(
    full: Journal, other: Open, foreign: ForeignClient
) -> None:
    first, second = other(), other()
    bring(first, full.export_journal("csv"))
    bring(second, first.export_journal("parquet"))
    for name, rows in content(foreign, full).items():
        assert content(foreign, second)[name] == rows, name


def test_the_same_journal_gives_the_same_file(full: Journal) -> None:
    for form in FORMS:
        assert full.export_journal(form) == full.export_journal(form)


@pytest.mark.parametrize("form", FORMS)
def test_a_second_import_adds_nothing(full: Journal, other: Open, form: Form) -> None:
    exported, copy = full.export_journal(form), other()
    bring(copy, exported)
    for journal in (copy, full):
        again = plan(journal, exported)
        assert (again.adds, again.new, again.lookalikes, again.reading.notices) == (False, 0, 0, ())
        assert again.duplicates == again.trades


def test_the_copy_of_a_copy_adds_nothing_to_the_first(full: Journal, other: Open) -> None:
    """The ids differ where the journal was not empty, the rows are the same."""
    busy = other()
    busy.add_trade(Trade(symbol="DAX", profit_loss=1.0, lot_size=1.0), session_date="2025-01-02")
    bring(busy, full.export_journal())
    busy.save_preferences(replace(busy.preferences(), currency="USD"))
    back = plan(full, busy.export_journal("parquet"))
    assert back.new == 1
    assert back.words == 1


def test_undoing_takes_everything_back(full: Journal, other: Open, foreign: ForeignClient) -> None:
    busy = other()
    busy.add_trade(Trade(symbol="DAX", profit_loss=1.0, lot_size=1.0, currency="USD"), session_date="2025-01-10")
    busy.check_in("tenang", note="mine")
    busy.update_notes("2025-01-12", "mine")
    before = content(foreign, busy)
    record = bring(busy, full.export_journal())
    assert content(foreign, busy) != before
    busy.undo_import(record.id)
    after = content(foreign, busy)
    for name, rows in before.items():
        if name != "bots":  # other programs know them by their number
            assert after[name] == rows, name
    assert bring(busy, full.export_journal()).trades == record.trades


def test_what_is_here_stays_and_what_is_missing_is_added(full: Journal, other: Open) -> None:
    mine = other("Asia/Jakarta")
    mine.update_notes("2025-01-12", "mine")
    mine.rate_session("2025-01-11", 9)
    mine.update_session_emotions_and_notes("2025-01-10", "serakah", "slept badly")
    full.update_notes("2025-01-10", "slept badly\nand late")
    found = plan(mine, full.export_journal())
    assert any("say something else here" in notice for notice in found.reading.notices)
    mine.commit_import(found)
    notes = {str(row.date): row.personal_notes for row in mine.sessions()}
    assert notes["2025-01-10"] == "slept badly\nand late"
    assert notes["2025-01-12"].startswith("mine\n")
    session = mine.session("2025-01-11")
    assert session is not None
    assert session.own_risk_score == "9"
    assert not plan(mine, full.export_journal()).adds


def test_a_trade_edited_since_is_never_doubled(full: Journal) -> None:
    exported = full.export_journal()
    bot = full.log_trade_for_ai_analysis(9, "XAUUSD", 5.0, 0.1)
    for trade in full.day_trades("2025-01-15"):
        if trade.id not in (None, bot):
            full.edit_trade(trade.id, replace(trade, profit_loss=99.0, notes="changed"))
    found = plan(full, exported)
    assert (found.new, found.lookalikes, found.adds) == (0, 0, False)
    assert any("other versions" in notice for notice in found.reading.notices)


def test_a_trade_edited_in_a_copy_is_asked_about(journal: Journal, other: Open) -> None:
    """Where the ids differ, only the moment it was logged says that it may be the same."""
    copy = other("Asia/Jakarta")
    copy.add_trade(Trade(symbol="DAX", profit_loss=1.0, lot_size=1.0), session_date="2025-01-02")
    journal.log_trade_for_ai_analysis(9, "XAUUSD", 5.0, 0.1)
    exported = journal.export_journal()
    bring(copy, exported)
    (trade,) = copy.day_trades("2025-01-15")
    assert trade.id is not None
    copy.edit_trade(trade.id, replace(trade, profit_loss=6.0))
    found = plan(copy, exported)
    assert (found.new, found.lookalikes, found.adds) == (0, 1, False)
    assert bring(copy, exported, add_lookalikes=True).trades == 1


def test_what_was_deleted_by_hand_does_not_return(full: Journal, other: Open) -> None:
    copy = other()
    bring(copy, full.export_journal())
    (left,) = copy.day_trades("2025-01-03")
    copy.delete_trades([left.id] if left.id else [])
    found = plan(copy, full.export_journal())
    assert (found.new, found.deleted) == (0, 1)


def test_positions_go_on_in_the_copy(full: Journal, other: Open) -> None:
    copy = other()
    bring(copy, full.export_journal("parquet"))
    assert take(copy, *JANUARY_5, REST_SOLD).net_profit_loss == 380.0
    assert copy.open_positions().empty


def test_a_position_that_went_on_there_goes_on_here(full: Journal, other: Open, foreign: ForeignClient) -> None:
    copy = other()
    bring(copy, full.export_journal())
    before = content(foreign, copy)
    take(full, REST_SOLD)
    record = bring(copy, full.export_journal())
    assert copy.open_positions().empty
    assert record.net_profit_loss == 380.0
    assert not plan(copy, full.export_journal()).adds
    copy.undo_import(record.id)
    assert len(copy.open_positions()) == 1
    assert content(foreign, copy)["fills"] == before["fills"]


def test_positions_that_went_on_in_two_ways_stay_and_it_is_said(full: Journal, other: Open) -> None:
    from tests.test_fills import fill

    copy = other()
    bring(copy, full.export_journal())
    take(full, fill("AAPL", "Sell", 10, 155, "01/06/2026 09:30:00"))
    take(copy, fill("AAPL", "Sell", 20, 155, "01/06/2026 11:30:00"))
    before = copy.open_positions()
    found = plan(copy, full.export_journal())
    assert any(notice.startswith("AAPL: the open positions differ") for notice in found.reading.notices)
    copy.commit_import(found)
    assert copy.open_positions().equals(before)


def test_an_import_a_later_one_builds_on_is_not_undone(full: Journal, other: Open) -> None:
    copy = other()
    record = bring(copy, full.export_journal())
    later = take(copy, REST_SOLD)
    with pytest.raises(errors.InvalidArgument, match=f"Import {later.id} goes on"):
        copy.undo_import(record.id)


def test_an_import_that_came_along_can_be_undone(full: Journal, other: Open) -> None:
    copy = other()
    copy.add_trade(Trade(symbol="DAX", profit_loss=1.0, lot_size=1.0), session_date="2025-01-02")
    bring(copy, full.export_journal())
    old = next(record for record in copy.imports() if record.format == "old_journal")
    copy.undo_import(old.id)
    assert copy.day_trades("2025-01-14") == []
    assert copy.session("2025-01-13") is None
    assert len(copy.sessions()) == len(full.sessions()) - 2 + 1


def test_findings_speak_of_the_same_trades(full: Journal, other: Open) -> None:
    copy = other()
    for _ in range(3):
        copy.add_trade(Trade(symbol="DAX", profit_loss=1.0, lot_size=1.0), session_date="2025-01-02")
    bring(copy, full.export_journal())
    seen = {}
    for journal in (full, copy):
        session = journal.session("2025-01-15")
        assert session is not None
        (stored,) = journal.reports(session.id)
        report = journal.read_report(stored)
        assert report is not None
        named = [journal.trades_by_id(finding.trades) for finding in report.findings]
        seen[journal] = [[(trade.symbol, trade.profit_loss) for trade in trades] for trades in named]
    assert seen[full] == seen[copy]
    assert any(seen[full])


def test_amounts_keep_their_currency(full: Journal, other: Open) -> None:
    euros = other("Asia/Jakarta")
    euros.add_trade(Trade(symbol="DAX", profit_loss=1.0, lot_size=1.0, currency="EUR"), session_date="2025-01-02")
    found = plan(euros, full.export_journal())
    assert any("Amounts in USD are kept apart" in notice for notice in found.reading.notices)
    euros.commit_import(found)
    assert euros.currency == "EUR"
    (day,) = [row for row in euros.sessions() if str(row.date) == "2025-01-10"]
    assert day.total_profit_loss == -12.5
    (counted,) = [row for row in euros.sessions() if str(row.date) == "2025-01-15"]
    assert (counted.total_trades, counted.total_profit_loss) == (len(WEIRD), 0.0)
    assert not plan(euros, full.export_journal()).adds


def test_another_zone_is_said(full: Journal, other: Open) -> None:
    tokyo = other("Asia/Tokyo")
    tokyo.check_in("tenang")
    found = plan(tokyo, full.export_journal())
    assert any("Asia/Jakarta" in notice and "Asia/Tokyo" in notice for notice in found.reading.notices)
    tokyo.commit_import(found)
    assert tokyo.zone.key == "Asia/Tokyo"


def test_only_the_traders_own_rows_leave(journal: Journal, other: Open, foreign: ForeignClient) -> None:
    journal.check_in("takut")
    foreign.open(journal.path)
    foreign.run("INSERT INTO users (id, name) VALUES (2, 'somebody')")
    foreign.run(
        "INSERT INTO trading_sessions (session_date, user_id, personal_notes) VALUES ('2025-01-09', 2, 'secret')"
    )
    foreign.run(
        "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size, notes) "
        "SELECT id, 3, 'EURUSD', 1, 1, 'secret' FROM trading_sessions WHERE user_id = 2"
    )
    copy = other()
    bring(copy, journal.export_journal())
    assert [str(row.date) for row in copy.sessions()] == ["2025-01-15"]
    assert b"secret" not in b"".join(files(journal.export_journal()).values())


def test_another_trader_of_the_same_file_takes_it_apart(full: Journal, foreign: ForeignClient) -> None:
    exported, before = full.export_journal(), content(foreign, full)
    sari = full.for_user(full.add_trader("Sari", timezone="UTC"))
    record = bring(sari, exported)
    assert (record.trades, sari.zone.key) == (len(full.trades()), "Asia/Jakarta")
    assert len(sari.sessions()) == len(full.sessions())
    assert (
        sari.open_positions()
        .drop(columns="import_id", errors="ignore")
        .equals(full.open_positions().drop(columns="import_id", errors="ignore"))
    )
    sari.undo_import(record.id)
    assert sari.trades().empty
    after = content(foreign, full)
    assert {name: rows[: len(before[name])] for name, rows in after.items() if name != "settings"} == {
        name: rows for name, rows in before.items() if name != "settings"
    }
    assert not plan(full, exported).adds


def test_a_spreadsheet_sees_no_formula(full: Journal) -> None:
    for name, text in files(full.export_journal()).items():
        if name.endswith(".csv"):
            cells = arrow_csv.read_csv(io.BytesIO(text), parse_options=arrow_csv.ParseOptions(newlines_in_values=True))
            for column in cells.columns:
                words = [str(cell) for cell in column.to_pylist() if isinstance(cell, str)]
                assert not [word for word in words if word.startswith(("=", "+", "@", "\t", "\r"))], name
                assert not [word for word in words if word.startswith("-") and not _is_number(word)], name


def test_the_trades_alone_are_a_table_of_trades(journal: Journal, other: Open) -> None:
    journal.save_preferences(replace(journal.preferences(), currency="USD"))
    moment = datetime(2025, 1, 10, 20, 30, tzinfo=UTC)
    journal.add_trade(
        Trade(
            symbol="EURUSD",
            profit_loss=-12.5,
            lot_size=0.1,
            fees=2.5,
            entry_time=moment,
            exit_time=moment,
            currency="USD",
        )
    )
    table = files(journal.export_journal())["trades.csv"]
    found = other("Asia/Jakarta").plan_import(("trades.csv", table))
    (trade,) = found.reading.trades.to_dict("records")
    assert (trade["symbol"], trade["profit_loss"], trade["fees"], trade["lot_size"]) == ("EURUSD", -12.5, 2.5, 0.1)
    assert (trade["exit_time"], str(trade["session_date"])[:10]) == (moment, "2025-01-11")
    assert not found.blocked


def test_the_trades_alone_are_known_again(journal: Journal) -> None:
    rows = [f"{10**8 + nth},DAX,1,2025-01-0{nth} 10:00,{nth}" for nth in range(1, 9)]
    table = "\n".join(["Ticket,Symbol,Lots,Close Time,Net", *rows, ""]).encode()
    journal.commit_import(journal.plan_import(("mine.csv", table), ImportOptions(source_timezone="UTC")))
    moment = datetime(2025, 1, 10, 20, 30, tzinfo=UTC)
    journal.add_trade(Trade(symbol="EURUSD", profit_loss=-12.5, lot_size=0.1, exit_time=moment))
    found = journal.plan_import(("trades.csv", files(journal.export_journal())["trades.csv"]))
    assert (found.new, found.duplicates, found.lookalikes, found.reading.rejected) == (0, 8, 1, ())


def test_what_is_not_whole_is_refused_in_one_sentence(full: Journal, other: Open) -> None:
    exported, copy = full.export_journal(), other()
    parts = files(exported)
    manifest = json.loads(parts["manifest.json"])
    edited = {**parts, "trades.csv": parts["trades.csv"].replace(b"EURUSD", b"GBPUSD")}
    missing = {name: text for name, text in parts.items() if name != "moods.csv"}
    newer = {**parts, "manifest.json": json.dumps({**manifest, "version": 2}).encode()}
    odd = {**parts, "manifest.json": json.dumps({**manifest, "tables": {"x": 1}}).encode()}
    zone = {**parts, "manifest.json": json.dumps({**manifest, "settings": {"timezone": "Mars/Base"}}).encode()}
    balance = {**parts, "manifest.json": json.dumps({**manifest, "settings": {"starting_balance": "lots"}}).encode()}
    for broken, said in (
        (zipped(edited), "trades.csv was changed after the export"),
        (zipped(missing), "cannot be read"),
        (zipped(newer), "another version of Mentor"),
        (zipped(odd), "cannot be read"),
        (zipped(zone), "the settings cannot be read"),
        (zipped(balance), "the settings cannot be read"),
        (exported[:-200], "The archive is damaged"),
        (zipped({"manifest.json": b"{}", "x.csv": b"a,b\n"}), "It is a zip archive"),
        (zipped({"a.csv": b"a,b\n", "b.csv": b"a,b\n"}), "It is a zip archive"),
    ):
        with pytest.raises(errors.ImportRefused, match=said):
            plan(copy, broken)
    assert copy.sessions() == []


def test_what_unfolds_without_end_is_refused(full: Journal, other: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mentor.transfer.unpacking.LARGEST", 1000)
    for form in FORMS:
        with pytest.raises(errors.ImportRefused, match=r"larger than any journal|cannot be read"):
            plan(other(), full.export_journal(form))


def test_all_or_nothing(full: Journal, other: Open, foreign: ForeignClient) -> None:
    copy = other()
    found = plan(copy, full.export_journal())
    foreign.open(copy.path)
    foreign.run("CREATE TRIGGER no BEFORE INSERT ON ai_mentor_reports BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(errors.JournalError):
        copy.commit_import(found)
    assert (copy.sessions(), copy.imports(), copy.zone.key) == ([], [], "UTC")


def files(exported: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(exported)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return target.getvalue()


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True

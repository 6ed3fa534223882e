"""The command line: what each command stores, prints and returns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mentor import Journal
from mentor.analytics.habits import CATALOGUE
from mentor.cli import main
from mentor.models import Trade
from tests.contracts.code import ROOT
from tests.foreign import ForeignClient

HEADER = "Symbol,Side,Lots,Open Time,Close Time,Profit\n"
FIRST = "EURUSD,buy,0.1,2025-01-15 10:00,2025-01-15 11:00,12.5\n"
SECOND = "GBPUSD,sell,0.2,2025-01-16 10:00,2025-01-16 11:30,-4\n"
IMPOSSIBLE = "USDJPY,buy,0.1,2025-02-30 10:00,2025-01-15 11:00,1\n"
#: Prices of a future, and no profit: its money per point must be told, never guessed.
FUTURE = (
    "Symbol,Side,Quantity,Entry Date,Exit Date,Entry Price,Exit Price,Currency\n"
    "ZZXM5,Short,1,2025-04-04 07:26,2025-04-04 21:52,5252.00,5242.00,USD\n"
)
#: Orders of Webull: sold first, bought back later.
FILLS = (
    "Name,Symbol,Side,Status,Filled,Total Qty,Price,Avg Price,Time-in-Force,Placed Time,Filled Time\n"
    "Apple,AAPL,Sell,Filled,10,10,@150,150,DAY,01/15/2025 09:30:00 EST,01/15/2025 09:30:00 EST\n"
    "Apple,AAPL,Buy,Filled,10,10,@149,149,DAY,01/15/2025 09:40:00 EST,01/15/2025 09:40:00 EST\n"
)
#: Columns no word list knows, and what they are.
UNKNOWN = "Shymbola,Way,Qty X,In,Out,Made\n"
NAMED = {"symbol": "Shymbola", "side": "Way", "size": "Qty X", "entry_time": "In", "exit_time": "Out", "profit": "Made"}
#: The keys of a file's object, in order of the documentation.
KEYS = {
    "file",
    "format",
    "trades",
    "net_profit_loss",
    "fees",
    "currency",
    "first_entry",
    "last_exit",
    "duplicates",
    "open_positions",
    "ignored_rows",
    "rejected",
    "questions",
}
ITEM_KEYS = {
    "symbol",
    "side",
    "lot_size",
    "entry_price",
    "exit_price",
    "entry_time",
    "exit_time",
    "fees",
    "profit_loss",
    "stop_price",
    "target_price",
    "stop_loss_used",
    "take_profit_used",
    "account",
    "external_id",
}


@dataclass(frozen=True)
class Answer:
    """What a command returned and printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))


Run = Callable[..., Answer]
Write = Callable[[str, str], Path]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine speaks."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def run(database: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command on the test's journal, in this process."""

    def command(*arguments: object) -> Answer:
        status = main(["--database", str(database), *map(str, arguments)])
        return Answer(status, *capsys.readouterr())

    return command


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def file(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return file


@pytest.fixture
def jakarta(run: Run) -> Run:
    """Commands on a journal whose days are those of Jakarta, seven hours ahead of UTC."""
    assert run("init", "--timezone", "Asia/Jakarta").status == 0
    return run


def stored(foreign: ForeignClient, database: Path, sql: str) -> list[list[Any]]:
    foreign.open(database)
    return foreign.run(sql)


def in_a_process(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mentor", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


# init -----------------------------------------------------------------------------------------------------------


def test_init_makes_a_journal_in_a_zone(run: Run, database: Path) -> None:
    answer = run("init", "--timezone", "Asia/Jakarta")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out == f"Created the journal {database}; its days are those of Asia/Jakarta.\n"


def test_init_says_what_is_there_and_changes_nothing(jakarta: Run, database: Path, foreign: ForeignClient) -> None:
    jakarta("log-trade", "EURUSD", "1", "0.1")
    before = stored(foreign, database, "SELECT * FROM settings ORDER BY key")
    answer = jakarta("init")
    assert answer.status == 0
    assert "is a journal already, with 1 session and 1 trade; its days are those of Asia/Jakarta." in answer.out
    assert jakarta("init", "--timezone", "Asia/Jakarta").status == 0
    assert stored(foreign, database, "SELECT * FROM settings ORDER BY key") == before


def test_the_zone_of_a_journal_is_fixed(jakarta: Run, database: Path) -> None:
    answer = jakarta("init", "--timezone", "UTC")
    assert (answer.status, answer.out) == (1, "")
    assert "those of Asia/Jakarta and stay so" in answer.err
    journal = Journal.open(database)
    assert journal.zone.key == "Asia/Jakarta"
    journal.close()


def test_an_unknown_zone_makes_nothing(run: Run, database: Path) -> None:
    answer = run("init", "--timezone", "Mars/Olympus")
    assert answer.status == 1
    assert answer.err == "time zone 'Mars/Olympus' is not known. Use a name such as Asia/Jakarta or UTC.\n"
    assert not database.exists()


@pytest.mark.parametrize("arguments", [("mood", "tenang"), ("log-trade", "EURUSD", "1", "0.1"), ("imports",)])
def test_a_command_makes_a_missing_journal_and_says_so(run: Run, database: Path, arguments: tuple[str, ...]) -> None:
    answer = run(*arguments)
    assert answer.status == 0
    assert answer.err.startswith(f"Created the journal {database}; its days are those of ")
    assert run(*arguments).err == ""


@pytest.mark.parametrize(
    "arguments", [("report",), ("report", "--json"), ("habits",), ("risk",), ("backup", "copy.db"), ("doctor",)]
)
def test_a_command_that_reads_makes_no_journal_of_a_mistyped_name(
    run: Run, database: Path, arguments: tuple[str, ...]
) -> None:
    answer = run(*arguments)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err == (
        f"There is no journal at {database}. Name another with --database FILE, or make one with `init`.\n"
    )
    assert not database.exists()
    assert not Path("copy.db").exists()


def test_a_journal_without_imports_says_so(jakarta: Run) -> None:
    assert jakarta("imports").out == "Nothing imported yet.\n"


# import ---------------------------------------------------------------------------------------------------------


def test_import_adds_and_says_how_to_take_it_back(
    jakarta: Run, write: Write, database: Path, foreign: ForeignClient
) -> None:
    answer = jakarta("import", write("trades.csv", HEADER + FIRST + SECOND + IMPOSSIBLE))
    assert (answer.status, answer.err) == (0, "")
    assert "  added 2 trades\n" in answer.out
    assert "refused trades.csv:4:Open Time: " in answer.out
    assert "'2025-02-30 10:00'" in answer.out
    assert f"--database {database} undo 1\n" in answer.out
    assert stored(foreign, database, "SELECT session_date, total_trades, total_profit_loss FROM trading_sessions") == [
        ["2025-01-15", 1, 12.5],
        ["2025-01-16", 1, -4.0],
    ]


def test_the_same_file_again_adds_nothing(jakarta: Run, write: Write, database: Path, foreign: ForeignClient) -> None:
    file = write("trades.csv", HEADER + FIRST + SECOND)
    jakarta("import", file)
    answer = jakarta("import", file)
    assert answer.status == 0
    assert "  nothing to add\n  there already: 2\n" in answer.out
    assert stored(foreign, database, "SELECT count(*) FROM imports") == [[1]]


def test_a_refused_file_does_not_stop_the_others(jakarta: Run, write: Write, tmp_path: Path) -> None:
    empty, folder, missing = write("empty.csv", ""), tmp_path / "folder", tmp_path / "missing.csv"
    folder.mkdir()
    first, second = write("first.csv", HEADER + FIRST), write("second.csv", HEADER + SECOND)
    answer = jakarta("import", first, empty, folder, missing, second)
    assert answer.status == 1
    assert answer.out.count("added 1 trade\n") == 2
    sentences = answer.err.splitlines()
    assert [name in sentence for name, sentence in zip(("empty.csv", "folder", "missing.csv"), sentences, strict=True)]
    assert jakarta("import", first).status == 0


def test_a_dry_run_gives_the_documented_json_and_makes_no_journal(run: Run, write: Write, database: Path) -> None:
    good, bad = write("trades.csv", HEADER + FIRST + IMPOSSIBLE), write("empty.csv", "")
    answer = run("import", good, bad, "--dry-run", "--json", "--timezone", "Asia/Jakarta")
    plan, refused = answer.json
    assert (answer.status, answer.err) == (1, "")
    assert set(plan) >= KEYS
    assert "items" not in plan
    assert (plan["file"], plan["trades"], plan["net_profit_loss"]) == ("trades.csv", 1, 12.5)
    assert (plan["first_entry"], plan["last_exit"]) == ("2025-01-15 03:00:00", "2025-01-15 04:00:00")
    assert [(cell["line"], cell["column"], cell["value"]) for cell in plan["rejected"]] == [
        (3, "Open Time", "2025-02-30 10:00")
    ]
    assert set(plan["rejected"][0]) == {"line", "column", "value", "reason"}
    assert set(refused) == {"file", "format", "error"}
    assert (refused["file"], refused["format"]) == ("empty.csv", None)
    assert not database.exists()


def test_a_dry_run_knows_the_journal_and_leaves_it(
    jakarta: Run, write: Write, database: Path, foreign: ForeignClient
) -> None:
    jakarta("import", write("first.csv", HEADER + FIRST))
    before = stored(foreign, database, "SELECT * FROM daily_trading_data")
    both = write("both.csv", HEADER + FIRST + SECOND)
    (plan,) = jakarta("import", both, "--dry-run", "--json").json
    assert (plan["trades"], plan["duplicates"]) == (2, 1)
    assert "  would add 1 trade\n" in jakarta("import", both, "--dry-run").out
    assert stored(foreign, database, "SELECT * FROM daily_trading_data") == before


def test_trades_lists_every_trade_with_unknown_as_null(run: Run, write: Write) -> None:
    file = write("trades.csv", HEADER + FIRST)
    (plan,) = run("import", file, "--dry-run", "--json", "--trades", "--timezone", "UTC").json
    (item,) = plan["items"]
    assert set(item) == ITEM_KEYS
    assert (item["symbol"], item["side"], item["lot_size"], item["profit_loss"]) == ("EURUSD", "long", 0.1, 12.5)
    assert (item["entry_time"], item["stop_price"], item["fees"]) == ("2025-01-15 10:00:00", None, None)
    assert "trade: symbol EURUSD, side long" in run("import", file, "--dry-run", "--trades").out


def test_json_of_an_import_says_what_was_added(jakarta: Run, write: Write) -> None:
    first, both = write("first.csv", HEADER + FIRST), write("both.csv", HEADER + FIRST + SECOND)
    answers = jakarta("import", first, both, first, "--json").json
    assert [(answer["import_id"], answer["added"], answer["duplicates"]) for answer in answers] == [
        (1, 1, 0),
        (2, 1, 1),
        (None, 0, 1),
    ]


def test_a_question_that_must_be_answered_stores_nothing(jakarta: Run, write: Write) -> None:
    file = write("future.csv", FUTURE)
    answer = jakarta("import", file, "--json")
    assert answer.status == 1
    (plan,) = answer.json
    assert (plan["import_id"], plan["added"]) == (None, 0)
    assert ("multiplier", "ZZXM5") in [(question["kind"], question["about"]) for question in plan["questions"]]
    assert "nothing added: the question below must be answered first" in jakarta("import", file).out
    (plan,) = jakarta("import", file, "--json", "--multiplier", "ZZXM5=5").json
    assert (plan["added"], plan["net_profit_loss"]) == (1, 50.0)


def test_account_and_date_order_are_passed_on(jakarta: Run, write: Write) -> None:
    text = HEADER + FIRST.replace("2025-01-15", "03/04/2025")
    arguments = ("import", write("trades.csv", text), "--dry-run", "--json", "--trades", "--account", "demo")
    for order, day in (("dmy", "2025-04-03"), ("mdy", "2025-03-04")):
        (plan,) = jakarta(*arguments, "--date-order", order, "--timezone", "UTC").json
        assert plan["items"][0]["entry_time"] == f"{day} 10:00:00"
        assert plan["items"][0]["account"] == "demo"


def test_lookalikes_are_added_only_when_asked(jakarta: Run, write: Write, database: Path) -> None:
    journal = Journal.open(database)
    today = journal.today().isoformat()
    journal.close()
    jakarta("log-trade", "EURUSD", "12.5", "0.1", "--bot", "7")
    file = write("trades.csv", HEADER + f"EURUSD,buy,0.1,{today} 00:00,{today} 00:00,12.5\n")
    assert "probably there from another source: 1" in jakarta("import", file).out
    assert "added 1 trade" in jakarta("import", file, "--add-lookalikes").out


def test_the_journal_itself_is_no_broker_file(jakarta: Run, database: Path, tmp_path: Path) -> None:
    link = tmp_path / "statement.csv"
    link.hardlink_to(database)
    for file in (database, link):
        answer = jakarta("import", file)
        assert answer.status == 1
        assert answer.err.startswith("This is the journal itself")


def test_a_wrong_option_is_named(run: Run, write: Write, capsys: pytest.CaptureFixture[str], database: Path) -> None:
    file = write("trades.csv", HEADER + FIRST)
    assert "Mars/Olympus" in run("import", file, "--timezone", "Mars/Olympus").err
    for wrong in ("ES", "=5", "ES=0", "ES=-1", "ES=nan", "ES=1_0"):
        with pytest.raises(SystemExit, match="2"):
            run("import", file, "--multiplier", wrong)
        assert wrong.rpartition("=")[2] in capsys.readouterr().err
    assert not database.exists()


def test_what_a_file_holds_cannot_steer_the_terminal(jakarta: Run, write: Write) -> None:
    file = write("trades.csv", HEADER + FIRST.replace("buy", "\x1b[2Jbuy"))
    answer = jakarta("import", file)
    assert "\x1b" not in answer.out + answer.err


def test_columns_nobody_knows_are_named_and_kept(jakarta: Run, write: Write) -> None:
    first, second = write("first.csv", UNKNOWN + FIRST), write("second.csv", UNKNOWN + SECOND)
    answer = jakarta("import", first)
    assert answer.status == 1
    assert "first.csv: name its columns with --map FIELD=HEADER. The fields: symbol, side, " in answer.err
    names = [f"--map={field}={header}" for field, header in NAMED.items()]
    assert jakarta("import", first, "--dry-run", *names).status == 0
    assert jakarta("import", second).status == 1, "a dry run keeps nothing"
    assert "  added 1 trade\n" in jakarta("import", first, *names).out
    answer = jakarta("import", second)
    assert "  added 1 trade\n" in answer.out
    assert "note: Read with the columns you chose on " in answer.out


def test_a_column_that_is_not_there_or_no_field_is_named(
    run: Run, jakarta: Run, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write("trades.csv", HEADER + FIRST)
    assert "The file has no column called 'Qty' (trades.csv)" in jakarta("import", file, "--map", "size=Qty").err
    assert "There is no field 'colour'" in jakarta("import", file, "--map", "colour=Side").err
    with pytest.raises(SystemExit, match="2"):
        run("import", file, "--map", "size")
    assert "'size' names no column; write it as size=Qty" in capsys.readouterr().err


def test_a_folder_is_its_files_by_name(jakarta: Run, write: Write, tmp_path: Path) -> None:
    for folder in ("exports", "exports/below"):
        (tmp_path / folder).mkdir()
    write("exports/b.csv", HEADER + FIRST)
    write("exports/a.csv", HEADER + SECOND)
    write("exports/.hidden.csv", HEADER + FIRST)
    write("exports/below/c.csv", HEADER + FIRST)
    write("exports/readme.txt", "nothing of interest")
    answer = jakarta("import", tmp_path / "exports", "--json")
    assert [(one["file"], one.get("added")) for one in answer.json] == [
        ("a.csv", 1),
        ("b.csv", 1),
        ("readme.txt", None),
    ]
    assert answer.status == 1
    newest, oldest = jakarta("imports").out.splitlines()
    assert "b.csv" in oldest, "the file with the earliest trade goes in first"
    assert "a.csv" in newest


def test_one_trade_in_two_files_is_added_once(jakarta: Run, write: Write) -> None:
    both, first = write("both.csv", HEADER + FIRST + SECOND), write("first.csv", HEADER + FIRST)
    answers = jakarta("import", first, both, "--json").json
    assert [(answer["added"], answer["duplicates"]) for answer in answers] == [(1, 0), (1, 1)]


def test_refused_rows_are_written_to_be_mended(jakarta: Run, write: Write, tmp_path: Path) -> None:
    target = tmp_path / "mend.csv"
    file = write("trades.csv", HEADER + FIRST + IMPOSSIBLE)
    answer = jakarta("import", file, "--refused", target)
    assert f"refused rows are in {target}: mend them there and import that file" in answer.out
    text = target.read_text(encoding="utf-8")
    assert text.splitlines()[0] == HEADER.strip() + ",refused column,reason"
    assert text.splitlines()[1].startswith(IMPOSSIBLE.strip() + ",Open Time,")
    answer = jakarta("import", file, "--refused", target)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith("There is a file of this name already")
    target.write_text(text.replace("2025-02-30 10:00", "2025-01-15 10:00"), encoding="utf-8")
    assert "  added 1 trade\n" in jakarta("import", target).out


def test_refused_rows_of_several_files_go_into_several(jakarta: Run, write: Write, tmp_path: Path) -> None:
    one, two = write("one.csv", HEADER + IMPOSSIBLE), write("two.csv", HEADER + FIRST)
    jakarta("import", one, two, "--dry-run", "--refused", tmp_path / "mend.csv")
    assert sorted(path.name for path in tmp_path.glob("mend*")) == ["mend-one.csv"]


def test_a_sell_without_a_buy_can_be_answered(jakarta: Run, write: Write) -> None:
    file = write("orders.csv", FILLS)
    answer = jakarta("import", file)
    assert answer.status == 1
    assert "This must be answered with --opening-sells." in answer.out
    (left_out,) = jakarta("import", file, "--opening-sells", "leave out", "--dry-run", "--json").json
    assert (left_out["trades"], left_out["open_positions"], len(left_out["rejected"])) == (0, 1, 1)
    (short,) = jakarta("import", file, "--opening-sells", "short", "--json").json
    assert (short["added"], short["net_profit_loss"]) == (1, 10.0)


def test_positions_carry_over_from_file_to_file(jakarta: Run, write: Write) -> None:
    header, sold, bought = FILLS.splitlines(keepends=True)
    closing = write("a.csv", header + sold.replace("01/15", "01/16"))
    opening = write("b.csv", header + bought)
    answers = jakarta("import", closing, opening, "--json").json
    assert [(answer["file"], answer["added"]) for answer in answers] == [("a.csv", 1), ("b.csv", 0)]
    assert answers[0]["net_profit_loss"] == 10.0


# imports, undo --------------------------------------------------------------------------------------------------


def test_imports_are_listed_and_undone_once(jakarta: Run, write: Write, database: Path, foreign: ForeignClient) -> None:
    jakarta("import", write("first.csv", HEADER + FIRST), write("second.csv", HEADER + SECOND + IMPOSSIBLE))
    newest, oldest = jakarta("imports").out.splitlines()
    assert oldest.startswith("1  ")
    assert "second.csv" in newest
    assert "1 trade, net −4.00; 0 not added, 1 cell refused" in newest
    answer = jakarta("undo", "1")
    assert answer.status == 0
    assert "Import 1 of first.csv is undone" in answer.out
    assert stored(foreign, database, "SELECT symbol FROM daily_trading_data") == [["GBPUSD"]]
    assert "; undone " in jakarta("imports").out.splitlines()[1]
    again = jakarta("undo", "1")
    assert (again.status, again.out, again.err) == (1, "", "Import 1 is already undone.\n")
    assert jakarta("undo", "9").err.startswith("There is no import 9.")


# mood, log-trade ------------------------------------------------------------------------------------------------


def test_mood_checks_in(jakarta: Run, database: Path, foreign: ForeignClient) -> None:
    answer = jakarta("mood", "tenang", "--intensity", "4", "--market", "volatile", "--note", "cukup tidur")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith("Checked in tenang for 20")
    columns = "emotion, intensity, market_conditions, note, source, timing"
    assert stored(foreign, database, f"SELECT {columns} FROM mood_checkins") == [
        ["tenang", 4, "volatile", "cukup tidur", "command line", None]
    ]


def test_a_word_of_ones_own_is_kept_and_mentioned(jakarta: Run, database: Path, foreign: ForeignClient) -> None:
    answer = jakarta("mood", "gugup")
    assert answer.status == 0
    assert "gugup is a word of your own" in answer.err
    assert stored(foreign, database, "SELECT emotion FROM mood_checkins") == [["gugup"]]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("mood", "tenang", "--intensity", "9"), "intensity must be from 1 to 5, not 9.\n"),
        (("mood", " "), "emotion is empty.\n"),
        (("log-trade", "EURUSD", "1", "0"), "lot_size must be greater than 0, not 0.0.\n"),
        (("log-trade", "EURUSD", "1", "0.1", "--bot", "-1"), "bot_id must be from 0 to "),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(
    jakarta: Run, database: Path, foreign: ForeignClient, arguments: tuple[str, ...], sentence: str
) -> None:
    answer = jakarta(*arguments)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith(sentence)
    assert len(answer.err.splitlines()) == 1
    assert stored(foreign, database, "SELECT count(*) FROM trading_sessions") == [[0]]


def test_log_trade_stores_what_was_said_and_no_more(jakarta: Run, database: Path, foreign: ForeignClient) -> None:
    said = ("--bot", "101", "--stop-hit", "--risk", "1.5", "--strategy", "breakout")
    assert (
        "Logged trade 1: BTC/USD −250.5 in the session of 20"
        in jakarta("log-trade", "BTC/USD", "-250.5", "0.1", *said).out
    )
    jakarta("log-trade", "EURUSD", "7", "0.2", "--target-hit")
    columns = "bot_id, symbol, profit_loss, lot_size, stop_loss_used, take_profit_used, risk_percent, strategy_used"
    assert stored(foreign, database, f"SELECT {columns} FROM daily_trading_data ORDER BY id") == [
        [101, "BTC/USD", -250.5, 0.1, 1, 0, 1.5, "breakout"],
        [0, "EURUSD", 7.0, 0.2, 0, 1, None, ""],
    ]


@pytest.mark.parametrize("amount", ["abc", "nan", "inf", "1,5", "1_000"])
def test_an_amount_that_is_no_number_is_wrong_usage(run: Run, amount: str, database: Path) -> None:
    with pytest.raises(SystemExit, match="2"):
        run("log-trade", "EURUSD", amount, "0.1")
    assert not database.exists()


# demo -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [("demo",), ("demo", "--null")])
def test_demo_fills_a_missing_file_and_refuses_it_afterwards(
    run: Run, database: Path, foreign: ForeignClient, arguments: tuple[str, ...]
) -> None:
    answer = run(*arguments)
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith(f"Filled {database} with an invented trader: 250 sessions, 1,")
    assert ("No emotion has any effect" in answer.out) is ("--null" in arguments)
    [[sessions, trades]] = stored(
        foreign, database, "SELECT count(DISTINCT session_id), count(*) FROM daily_trading_data"
    )
    assert (sessions, stored(foreign, database, "SELECT value FROM settings WHERE key = 'timezone'")) == (
        250,
        [["Asia/Jakarta"]],
    )
    again = run("demo")
    assert (again.status, again.out) == (1, "")
    assert again.err.startswith("This journal holds 250 sessions already; the demo needs an empty one")
    assert stored(foreign, database, "SELECT count(*) FROM daily_trading_data") == [[trades]]


def test_demo_keeps_the_zone_of_an_empty_journal(run: Run, database: Path, foreign: ForeignClient) -> None:
    run("init", "--timezone", "America/New_York")
    assert run("demo").status == 0
    [[first]] = stored(foreign, database, "SELECT strftime('%H', min(time(entry_time))) FROM daily_trading_data")
    assert first in ("00", "17", "18")  # 13:00 in New York, or its evening's bot


def test_the_default_journal_is_never_filled_with_the_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    default = tmp_path / "mentor.db"
    monkeypatch.delenv("MENTOR_DATABASE", raising=False)
    for place in ("mentor.cli.starting.DEFAULT_DATABASE", "mentor.settings.DEFAULT_DATABASE"):
        monkeypatch.setattr(place, default)
    assert main(["demo"]) == 0
    assert f"Filled {tmp_path / 'mentor-demo.db'} with" in capsys.readouterr().out
    assert not default.exists()


# report ---------------------------------------------------------------------------------------------------------


def test_report_speaks_bahasa_indonesia_or_english(jakarta: Run, database: Path) -> None:
    jakarta("mood", "tenang")
    jakarta("log-trade", "EURUSD", "1234.5", "0.1", "--target-hit", "--strategy", "breakout")
    jakarta("log-trade", "EURUSD", "-34.25", "0.1", "--stop-hit", "--strategy", "breakout")
    answer = jakarta("report")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith("Laporan mentor · ")
    assert "1.200,25" in answer.out
    english = jakarta("report", "--language", "en").out
    assert english.startswith("Mentor report · ")
    assert "Net +1,200.25 from 2 trades: 1 won, 1 lost." in english
    with Journal.open(database) as journal:
        journal.keep_language("en")
    assert jakarta("report").out == english
    assert jakarta("--language", "id", "report").out == answer.out


def test_report_as_json_is_ids_and_numbers(jakarta: Run, database: Path) -> None:
    jakarta("log-trade", "EURUSD", "12.5", "0.1")
    with Journal.open(database) as journal:
        today = journal.today().isoformat()
    report = jakarta("report", today, "--json").json
    assert (report["session_date"], report["session_id"], report["net"]) == (today, 1, 12.5)
    assert (report["profit_factor"], report["undefined"]["profit_factor"]) == (None, "no_losses")
    assert report["findings"][0]["rule"] == "result"
    assert report["findings"][0]["numbers"]["net"] == 12.5
    assert jakarta("report", today, "--json", "--language", "en").json == report


def test_report_is_stored_once_and_only_when_asked(jakarta: Run, database: Path) -> None:
    jakarta("log-trade", "EURUSD", "12.5", "0.1")
    jakarta("report")
    assert jakarta("report", "--save", "--language", "en").out.endswith("Stored as report 1.\n")
    again = jakarta("report", "--save", "--json")
    assert again.json["net"] == 12.5
    assert again.err == "Tidak ada yang baru: laporan 1 masih memakai bukti yang sama.\n"
    with Journal.open(database) as journal:
        assert [report.language for report in journal.reports(1)] == ["english"]


def test_report_is_written_to_new_files_only(jakarta: Run, database: Path, tmp_path: Path) -> None:
    jakarta("log-trade", "EURUSD", "12.5", "0.1")
    page, text = tmp_path / "day.html", tmp_path / "day.md"
    answer = jakarta("report", "--language", "en", "--html", str(page), "--markdown", str(text))
    assert answer.out.endswith(f"Wrote {page}.\nWrote {text}.\n")
    assert page.read_text(encoding="utf-8").startswith('<!DOCTYPE html>\n<html lang="en">')
    assert text.read_text(encoding="utf-8").startswith("# Mentor report: ")
    before = page.read_bytes()
    for there in (page, database):
        refused = jakarta("report", "--language", "en", "--html", str(there))
        assert refused.status == 1
        assert "The file cannot be written: File exists" in refused.err
    assert page.read_bytes() == before
    assert jakarta("report", "--json").json["net"] == 12.5


@pytest.mark.parametrize(
    ("date", "sentence"),
    [("2025-01-15", "There is no session on 2025-01-15."), ("15/01/2025", "DATE '15/01/2025' is no calendar day.")],
)
def test_report_of_a_day_without_a_session_is_refused(jakarta: Run, date: str, sentence: str) -> None:
    answer = jakarta("report", date)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith(sentence)


# emotions -------------------------------------------------------------------------------------------------------


def test_emotions_says_what_is_known_and_what_is_not(jakarta: Run) -> None:
    jakarta("mood", "serakah")
    jakarta("log-trade", "EURUSD", "-12.5", "0.1")
    answer = jakarta("emotions")
    assert (answer.status, answer.err) == (0, "")
    coverage, verdict = answer.out.splitlines()
    assert coverage == "A mood from before the first trade is known for 1 of 1 session."
    assert verdict == "Not enough data. Greedy: at least 29 more sessions needed."


def test_emotions_as_json_is_codes_and_numbers(jakarta: Run) -> None:
    assert jakarta("emotions", "--json").json["coverage"]["sessions"] == 0
    jakarta("mood", "serakah")
    jakarta("log-trade", "EURUSD", "-12.5", "0.1")
    report = jakarta("emotions", "--json").json
    (greedy,) = report["before"]["emotions"]
    assert (greedy["emotion"], greedy["n"], greedy["evidence"]["grade"]) == ("serakah", 1, "not_enough")
    assert (report["unit"], greedy["result"]["pooled"]) == ("money", None)


def test_emotions_of_no_journal_is_refused(run: Run) -> None:
    answer = run("emotions")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith("There is no journal")


# habits and risk ------------------------------------------------------------------------------------------------


def test_habits_of_a_few_trades_say_what_is_missing(jakarta: Run) -> None:
    jakarta("log-trade", "EURUSD", "12.5", "0.1")
    answer = jakarta("habits")
    assert (answer.status, answer.err) == (0, "")
    assert "Pause after a loss. Not enough data. It takes " in answer.out
    assert "evidence" not in answer.out


def test_habits_as_json_name_every_detector(jakarta: Run) -> None:
    found = jakarta("habits", "--json").json["habits"]
    assert {habit["id"] for habit in found} == {detector.id for detector in CATALOGUE}
    assert {(habit["grade"], habit["missing"], habit["effect"]) for habit in found} == {("not_enough", "trades", None)}


def test_the_risk_of_a_day_in_words_and_as_json(jakarta: Run, database: Path) -> None:
    jakarta("init")
    with Journal.open(database) as journal:
        trade = Trade(symbol="EURUSD", profit_loss=-1.0, lot_size=0.1, risk_percent=12.0, stop_price=1.0)
        journal.add_trade(trade, session_date="2025-01-15")
    said = jakarta("risk", "2025-01-15").out
    assert said.startswith("Risk score: 3 of 10.\nAt most 3: a trade risked more than 10%. At most 5: ")
    told = jakarta("risk", "2025-01-15", "--json").json
    assert (told["session_date"], told["score"], told["reason"]) == ("2025-01-15", 3, None)
    assert told["caps"] == ["risk_above_10", "risk_above_5"]
    assert told["self_assessed"] is None
    assert {part["id"]: part["value"] for part in told["components"]}["stop"] == 1.0
    assert sum(part["weight"] for part in told["components"]) == pytest.approx(1.0)


def test_the_risk_of_a_day_nobody_can_know(jakarta: Run) -> None:
    jakarta("log-trade", "EURUSD", "12.5", "0.1")
    assert jakarta("risk").out == "Risk score: not known because less than half of what it weighs is known.\n"
    assert jakarta("risk", "--json").json["reason"] == "little_known"


def test_the_risk_of_a_day_without_a_session_is_refused(jakarta: Run) -> None:
    answer = jakarta("risk", "2025-01-15")
    assert (answer.status, answer.out, answer.err) == (1, "", "There is no session on 2025-01-15.\n")


# backup, restore, doctor ----------------------------------------------------------------------------------------


def test_a_backup_is_restored_and_what_it_replaced_is_kept(jakarta: Run, database: Path, tmp_path: Path) -> None:
    jakarta("log-trade", "EURUSD", "1", "0.1")
    copy = tmp_path / "copy.db"
    answer = jakarta("backup", copy)
    assert (answer.status, answer.err) == (0, "")
    assert answer.out == f"Copied the journal to {copy}: 1 session, 1 trade; the copy was read and is sound.\n"
    assert jakarta("backup", copy).err == f"There is a file of this name already ({copy}). Name a new file.\n"
    jakarta("log-trade", "EURUSD", "2", "0.1")
    answer = jakarta("restore", copy)
    assert (answer.status, answer.err) == (0, "")
    first, second = answer.out.splitlines()
    assert first == f"Restored {database} from {copy}: 1 session, 1 trade, days of Asia/Jakarta."
    [kept] = tmp_path.glob("journal.before-restore-*.db")
    assert second == f"What it held before is kept in {kept}."
    with Journal.open(database) as journal, Journal.open(kept) as before:
        assert (len(journal.trades()), len(before.trades())) == (1, 2)


def test_a_damaged_journal_is_found_and_replaced(jakarta: Run, database: Path, tmp_path: Path) -> None:
    jakarta("backup", tmp_path / "copy.db")
    database.write_bytes(b"overwritten by another program " * 500)
    answer = jakarta("doctor")
    assert answer.status == 1
    assert "FAILED  journal     This file is not a Mentor journal" in answer.out
    assert "The damaged file was moved to " in jakarta("restore", tmp_path / "copy.db").out
    assert jakarta("doctor").status == 0


def test_restore_and_backup_refuse_in_one_sentence(jakarta: Run, database: Path, tmp_path: Path) -> None:
    for arguments, sentence in (
        (("restore", tmp_path / "nowhere.db"), "There is no such backup"),
        (("restore", database), "The backup is the journal itself"),
        (("backup", database), "There is a file of this name already"),
        (("backup", tmp_path / "missing" / "copy.db"), f"There is no such folder ({tmp_path / 'missing'})."),
    ):
        answer = jakarta(*arguments)
        assert (answer.status, answer.out) == (1, "")
        assert answer.err.startswith(sentence)
        assert len(answer.err.splitlines()) == 1


def test_doctor_prints_one_line_a_check(jakarta: Run, database: Path, foreign: ForeignClient) -> None:
    answer = jakarta("doctor")
    assert (answer.status, answer.err) == (0, "")
    assert all(line.startswith("ok      ") for line in answer.out.splitlines())
    stored(foreign, database, "DROP TRIGGER trade_inserted")
    answer = jakarta("doctor")
    assert answer.status == 1
    assert [line for line in answer.out.splitlines() if not line.startswith("ok")] == [
        "FAILED  tables      missing: trigger trade_inserted"
    ]


def test_restore_says_when_the_days_are_those_of_another_zone(jakarta: Run, tmp_path: Path) -> None:
    main(["--database", str(tmp_path / "berlin.db"), "init", "--timezone", "Europe/Berlin"])
    answer = jakarta("restore", tmp_path / "berlin.db")
    assert answer.status == 0
    assert answer.out.splitlines()[-1] == (
        "Start the app and bots again if they run: they still take its days for those of Asia/Jakarta."
    )


def test_restore_says_what_is_wrong_with_what_it_restored(jakarta: Run, tmp_path: Path, foreign: ForeignClient) -> None:
    jakarta("backup", tmp_path / "copy.db")
    stored(foreign, tmp_path / "copy.db", "INSERT INTO ai_mentor_reports (session_id) VALUES (77)")
    answer = jakarta("restore", tmp_path / "copy.db")
    assert answer.status == 0
    assert answer.out.splitlines()[2:] == [
        "FAILED  references  1 row that belongs to none that is there: ai_mentor_reports row 1"
    ]


# The process ----------------------------------------------------------------------------------------------------


def test_the_journal_of_the_environment_is_used(database: Path) -> None:
    done = in_a_process("init", "--timezone", "UTC", MENTOR_DATABASE=str(database))
    assert (done.returncode, done.stderr) == (0, "")
    assert database.exists()


def test_names_of_any_alphabet_are_printed_on_any_terminal(database: Path, write: Write) -> None:
    file = write("торговля-取引.csv", HEADER + FIRST)
    arguments = ("--database", database, "import", file)
    plain = in_a_process(*arguments, "--dry-run", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert plain.stdout.startswith("торговля-取引.csv: ")
    done = in_a_process(*arguments, "--json", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout)[0]["file"] == "торговля-取引.csv"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("this is no database, only some words of text", "This file is not a Mentor journal; it was left as it is"),
        ("SQLite format 3\x00 and then nothing of it", "This file is not a Mentor journal; it was left as it is"),
    ],
)
def test_a_file_that_is_no_journal_is_left_alone(write: Write, content: str, sentence: str) -> None:
    file = write("other.db", content)
    done = in_a_process("--database", file, "imports")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{sentence} ({file}).")
    assert len(done.stderr.splitlines()) == 1
    assert file.read_text(encoding="utf-8") == content


def test_another_programs_database_is_left_alone(tmp_path: Path, foreign: ForeignClient) -> None:
    other = tmp_path / "other.db"
    assert stored(foreign, other, "CREATE TABLE prices (day TEXT)") == []
    done = in_a_process("--database", other, "log-trade", "EURUSD", "1", "0.1")
    assert done.returncode == 1
    assert done.stderr.startswith("This SQLite file belongs to another program; it was left as it is")
    assert foreign.run("SELECT name FROM sqlite_master") == [["prices"]]


def test_a_newer_journal_is_left_alone(jakarta: Run, database: Path, foreign: ForeignClient) -> None:
    stored(foreign, database, "INSERT INTO schema_migrations (version, name) VALUES (9999, 'future')")
    answer = jakarta("mood", "tenang")
    assert answer.status == 1
    assert answer.err.startswith("A newer version of Mentor wrote this journal; it was left as it is")
    assert stored(foreign, database, "SELECT count(*) FROM mood_checkins") == [[0]]


def test_a_folder_in_the_journals_place_is_refused(tmp_path: Path) -> None:
    done = in_a_process("--database", tmp_path, "imports")
    assert (done.returncode, done.stderr) == (1, f"This is a folder, not a journal ({tmp_path}). Name a file in it.\n")


def test_wrong_usage_names_the_command() -> None:
    done = in_a_process("imprt")
    assert done.returncode == 2
    assert "invalid choice: 'imprt'" in done.stderr


def test_what_only_imports_and_pages_need_is_not_loaded() -> None:
    script = "import sys, mentor.cli; print({'lxml', 'streamlit', 'plotly', 'scipy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"

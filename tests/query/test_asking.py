"""Questions in SQL: what they answer, and that no question reads a file, outlasts its time or outgrows its memory."""

from __future__ import annotations

import io
import os
import subprocess
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from mentor.errors import QuestionRefused
from mentor.query import Answer, Limits, Question, as_parquet, packed
from mentor.query import asking as module

TRADES = pd.DataFrame({"symbol": ["EURUSD", "EURUSD", "XAUUSD", None], "net": [10.0, -4.0, 2.5, float("nan")]})
#: What a question may not do, in the words DuckDB has for it; each with what the trader is told.
FORBIDDEN = [
    "SELECT * FROM read_csv('{file}')",
    "SELECT * FROM read_text('{file}')",
    "SELECT * FROM read_blob('{file}')",
    "SELECT * FROM read_json('{file}')",
    "SELECT * FROM read_parquet('{file}')",
    "SELECT * FROM sniff_csv('{file}')",
    "SELECT * FROM parquet_metadata('{file}')",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM query('SELECT * FROM read_text(''{file}'')')",
    "FROM json_execute_serialized_sql(json_serialize_sql('SELECT * FROM read_text(''{file}'')'))",
    "SELECT * FROM read_parquet('http://127.0.0.1/x')",
    "SELECT * FROM duckdb_secrets()",
    "EXPLAIN ANALYZE SELECT * FROM read_text('{file}')",
]
NO_QUESTION = [
    "COPY trades TO '{new}'",
    "COPY (SELECT 1) TO '{new}' (FORMAT parquet)",
    "EXPORT DATABASE '{new}'",
    "IMPORT DATABASE '{new}'",
    "ATTACH '{file}' AS journal",
    "ATTACH '{file}' AS journal (TYPE sqlite)",
    "INSTALL sqlite",
    "LOAD sqlite",
    "SET memory_limit = '64GB'",
    "RESET memory_limit",
    "SET threads = 64",
    "SET lock_configuration = false",
    "SET enable_external_access = true",
    "SET GLOBAL temp_directory = '{new}'",
    "PRAGMA memory_limit = '64GB'",
    "PRAGMA database_list",
    "CALL enable_logging(storage = 'file', storage_path = '{new}')",
    "CREATE TABLE mine AS SELECT 1",
    "CREATE SECRET mine (TYPE http)",
    "DROP VIEW trades",
    "INSERT INTO trades VALUES (1)",
    "DELETE FROM trades",
    "CHECKPOINT",
]
UNKNOWN = ["SELECT getenv('HOME')", "SELECT * FROM TRADES_OF_ANOTHER", "SELECT * FROM '{file}'", "SELECT * FROM frame"]
TOO_LARGE = [
    "SELECT length(repeat('x', 2000000000))",
    "SELECT printf('%2000000000d', 1)",
    "SELECT list(repeat('x', 1000000) || i) FROM range(100000) t(i)",
    "SELECT len(range(1000000000))",
    "SELECT unnest(range(1000000000))",
]
TOO_LONG = [
    "SELECT count(*) FROM range(10000000) a, range(10000000) b",
    "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t",
    "SELECT levenshtein(repeat('a', 100000), repeat('b', 100000))",  # one call, deaf to interrupts
]
#: What Arrow or Python would change without a word, or not take at all; each as DuckDB writes it.
AS_WRITTEN = {
    "md5_number('b')": "190532336368564675417118094528692087698",
    "200000000000000000000000000000000000000::UHUGEINT": "200000000000000000000000000000000000000",
    "[md5_number('b')]": "[190532336368564675417118094528692087698]",
    "factorial(33)": "8683317618811886495518194401280000000",
    "TIMETZ '10:00:00+05:30'": "10:00:00+05:30",
    "TIME '24:00:00'": "24:00:00",
    "'10:00:00.123456789'::TIME_NS": "10:00:00.123456789",
    "'infinity'::TIMESTAMPTZ": "infinity",
    "'-infinity'::TIMESTAMP": "-infinity",
    "'infinity'::DATE": "infinity",
    "DATE '290000-01-01'": "290000-01-01",
    "['infinity'::DATE]": "[infinity]",
    "MAP {'a': 'infinity'::TIMESTAMP}": "{a=infinity}",
    "{'a': DATE '290000-01-01'}": "{'a': 290000-01-01}",
}
#: Values that are no text here either; each with what pandas has for it.
KNOWN = {
    "true": True,
    "5::UHUGEINT": 5,
    "sum(7)": 7,
    "DATE '2024-02-29'": date(2024, 2, 29),
    "TIMESTAMP '2024-02-29 10:00:00.5'": pd.Timestamp("2024-02-29 10:00:00.5"),
    "'2024-02-29 10:00:00.123456789'::TIMESTAMP_NS": pd.Timestamp("2024-02-29 10:00:00.123456789"),
    "TIMESTAMPTZ '2024-02-29 10:00:00+05:30'": pd.Timestamp("2024-02-29 04:30:00", tz="UTC"),
}
#: No test but those of the limit itself is about time: a busy machine is no fault of a question.
PATIENT = {"seconds": 120}
linux = pytest.mark.skipif(os.name == "nt", reason="the kernel keeps these limits")


def ask(sql: str, **limits: int) -> Answer:
    return Question(sql, {"trades": packed(TRADES)}, Limits(**PATIENT | limits)).answer()


def refused(sql: str, **limits: int) -> str:
    with pytest.raises(QuestionRefused) as refusal:
        ask(sql, **limits)
    return str(refusal.value)


def test_the_answer_is_what_pandas_says() -> None:
    rows = ask("SELECT symbol, sum(net) AS net, count(*) AS n FROM trades GROUP BY symbol ORDER BY symbol").rows
    assert rows["symbol"].tolist()[:2] == ["EURUSD", "XAUUSD"]
    assert rows["net"].tolist()[:2] == TRADES.groupby("symbol")["net"].sum().tolist()
    assert rows["n"].tolist() == [2, 1, 1]
    assert rows["net"].isna().tolist() == [False, False, True], "a sum of nothing known is no zero"


def test_numbers_keep_every_digit_and_other_values_become_text() -> None:
    rows = ask(
        "SELECT 9007199254740993 AS whole, factorial(30) AS huge, 1.25::DECIMAL(9, 2) AS exact, [1, 2] AS list, "
        "INTERVAL 3 DAY AS span, 'infinity'::DATE AS never, 1 AS twice, 2 AS twice"
    ).rows
    told = rows.iloc[0]
    assert (told["whole"], told["huge"]) == (9007199254740993, "265252859812191058636308480000000")
    assert (told["exact"], told["list"]) == (1.25, "[1, 2]")
    assert (told["twice"], told["twice_2"]) == (1, 2)


@pytest.mark.parametrize(("sql", "written"), AS_WRITTEN.items())
def test_what_others_would_change_is_told_as_duckdb_writes_it(sql: str, written: str) -> None:
    assert ask(f"SELECT {sql} AS it").rows["it"].tolist() == [written]


@pytest.mark.parametrize(("sql", "value"), KNOWN.items())
def test_what_can_be_read_back_is_no_text(sql: str, value: object) -> None:
    assert ask(f"SELECT {sql} AS it").rows["it"].tolist() == [value]


def test_a_question_is_asked_as_it_was_written() -> None:
    assert ask("SELECT [1] AS it; -- in a list").rows["it"].tolist() == ["[1]"]
    assert "LINE 2:" in refused("SELECT [1] AS it,\n'a'::INT")


def test_rows_are_counted_off_and_it_says_so() -> None:
    answer = ask("SELECT * FROM range(100000000000)", rows=1_000)
    assert (len(answer.rows), answer.more) == (1_000, True)
    exactly = ask("SELECT * FROM range(1000)", rows=1_000)
    assert (len(exactly.rows), exactly.more) == (1_000, False)


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_no_question_reaches_a_file_or_the_network(sql: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\n1,geheim\n")
    assert "no files, no network" in refused(sql.format(file=secret))


@pytest.mark.parametrize("sql", NO_QUESTION)
def test_nothing_but_questions_is_taken(sql: str, tmp_path: Path) -> None:
    file, new = tmp_path / "journal.db", tmp_path / "new"
    file.write_bytes(b"")
    said = refused(sql.format(file=file, new=new))
    assert "one can only ask" in said or "no files, no network" in said or "does not understand" in said
    assert [path.name for path in tmp_path.iterdir()] == ["journal.db"]


@pytest.mark.parametrize("sql", UNKNOWN)
def test_what_is_not_sent_does_not_exist(sql: str) -> None:
    assert "DuckDB does not understand the question" in refused(sql.format(file=__file__))


@linux
@pytest.mark.parametrize("sql", TOO_LARGE)
def test_memory_has_a_limit_that_the_kernel_keeps(sql: str) -> None:
    said = refused(sql, memory_bytes=400 << 20)
    assert "more memory than it may take" in said or "ended the process" in said


@pytest.mark.parametrize("sql", TOO_LONG)
def test_time_has_a_limit_also_within_one_function(sql: str) -> None:
    assert "took too long" in refused(sql, seconds=2)


def test_the_start_of_the_other_process_is_not_the_time_of_the_question(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    slow = tmp_path / "slow.py"
    slow.write_text(
        f"import runpy, time\ntime.sleep(6)\nrunpy.run_path({str(module._WORKER)!r}, run_name='__main__')\n"
    )
    monkeypatch.setattr(module, "_WORKER", slow)
    assert ask("SELECT 1 AS one", seconds=5).rows["one"].tolist() == [1]


def test_a_process_that_never_starts_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stuck = tmp_path / "stuck.py"
    stuck.write_text("import time\ntime.sleep(600)\n")
    with monkeypatch.context() as patched:
        patched.setattr(module, "_WORKER", stuck)
        patched.setattr(module, "_START_SECONDS", 0.2)
        assert "took too long" in refused("SELECT 1")
    assert len(ask("SELECT 1").rows) == 1


def test_an_answer_too_large_to_send_is_refused() -> None:
    assert "too large to be sent" in refused("SELECT repeat('x', 100000) FROM range(1000)", answer_bytes=1 << 20)


def test_the_limits_are_the_same_whatever_was_asked_before() -> None:
    for _ in range(2):
        refused("SET memory_limit = '64GB'")
        told = ask("SELECT current_setting('memory_limit') AS m, current_setting('threads') AS t").rows.iloc[0]
        assert (told["m"], told["t"]) == ("512.0 MiB", 2)


def test_the_other_process_sees_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENTOR_DATABASE", "/geheim/journal.db")
    assert "MENTOR_DATABASE" not in module._ENVIRONMENT
    settings = ask("SELECT * FROM duckdb_settings()").rows
    assert "geheim" not in settings.to_csv()


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("", "There is no question yet"),
        ("   -- nothing", "There is no question yet"),
        ("SELECT 1; SELECT 2", "Ask one at a time"),
        ("SELECT 1; DROP VIEW trades", "Ask one at a time"),
        ("SELEC 1", "syntax error"),
        ("SELECT nothing FROM trades", "nothing"),
    ],
)
def test_mistakes_are_told_in_a_sentence(sql: str, said: str) -> None:
    assert said in refused(sql)


def test_a_question_can_be_cancelled_and_frees_its_place() -> None:
    for _ in range(3):
        question = Question(TOO_LONG[0], {}, Limits(**PATIENT))
        assert not question.wait(0)
        question.cancel()
        with pytest.raises(QuestionRefused, match="cancelled"):
            question.answer()
    assert ask("SELECT 1 AS one").rows["one"].tolist() == [1]


def test_two_at_a_time_and_nobody_waits_in_line() -> None:
    running = [Question(TOO_LONG[0], {}, Limits(**PATIENT)) for _ in range(2)]
    try:
        assert "Other questions are being answered" in refused("SELECT 1")
    finally:
        for question in running:
            question.cancel()
            question.wait(20)
    assert len(ask("SELECT 1").rows) == 1


def test_what_cannot_start_keeps_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def process() -> subprocess.Popen[bytes]:
        if len(started) == 2:
            raise OSError("Cannot allocate memory")
        started.append(start())
        return started[-1]

    def no_thread(_: object) -> None:
        raise RuntimeError("can't start new thread")

    start = module._process
    with monkeypatch.context() as patched:
        patched.setattr(module, "_process", process)
        patched.setattr(module.threading.Thread, "start", no_thread)
        for error in (RuntimeError, RuntimeError, OSError, OSError):
            with pytest.raises(error, match=r"memory|thread"):
                ask("SELECT 1")
    assert all(process.returncode for process in started), "each was ended"
    assert len(ask("SELECT 1").rows) == 1


def test_a_parquet_file_holds_the_rows() -> None:
    rows = ask("SELECT symbol, net FROM trades ORDER BY net").rows
    back = pd.read_parquet(io.BytesIO(as_parquet(rows)))
    assert back["net"].tolist()[:3] == [-4.0, 2.5, 10.0]

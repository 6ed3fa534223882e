"""Questions in SQL: what they answer, and that no question reads a file, outlasts its time or outgrows its memory."""

from __future__ import annotations

import io
import os
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
linux = pytest.mark.skipif(os.name == "nt", reason="the kernel keeps these limits")


def ask(sql: str, **limits: int) -> Answer:
    return Question(sql, {"trades": packed(TRADES)}, Limits(**limits)).answer()


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
        question = Question(TOO_LONG[0], {})
        assert not question.wait(0)
        question.cancel()
        with pytest.raises(QuestionRefused, match="cancelled"):
            question.answer()
    assert ask("SELECT 1 AS one").rows["one"].tolist() == [1]


def test_two_at_a_time_and_nobody_waits_in_line() -> None:
    running = [Question(TOO_LONG[0], {}) for _ in range(2)]
    try:
        assert "Other questions are being answered" in refused("SELECT 1")
    finally:
        for question in running:
            question.cancel()
            question.wait(20)
    assert len(ask("SELECT 1").rows) == 1


def test_a_parquet_file_holds_the_rows() -> None:
    rows = ask("SELECT symbol, net FROM trades ORDER BY net").rows
    back = pd.read_parquet(io.BytesIO(as_parquet(rows)))
    assert back["net"].tolist()[:3] == [-4.0, 2.5, 10.0]

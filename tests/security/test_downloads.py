"""Whatever leaves as a table: no cell of it is a formula, and what comes back is what left."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor import Journal
from mentor.importing import document_of, refused_csv
from mentor.importing.formulas import defused, restored
from mentor.ui.explore_files import as_csv
from tests.foreign import ForeignClient

WORDS = (
    '=HYPERLINK("https://evil.test","x")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    "  =1+1",
    '"=1+1"',
    "\u00a0=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    "'=1+1",
    "''@x",
    "\ufeff=1",
    "\n=1+1",
)
PLAIN = ("-12.50", "+3", "1,234.50", "-5%", "EURUSD", "a = b", "it's", "'quoted'", "", "…")
#: Where a spreadsheet begins to calculate, blanks and quotes passed over.
FORMULA = re.compile('[\\s"\u00a0\ufeff]*[=+\\-@＝＋－＠]')
NUMBER = re.compile(r"[+-]?[0-9][0-9.,eE+-]*%?")
HEADER = "symbol,side,lots,open time,close time,profit,strategy,notes,account\n"


def runs(cell: str) -> bool:
    return bool(FORMULA.match(cell) or cell[:1] in ("\t", "\r")) and not NUMBER.fullmatch(cell)


def cells(content: bytes) -> list[str]:
    text = content.decode("utf-8-sig")
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


@pytest.mark.parametrize("word", WORDS)
def test_a_formula_becomes_text(word: str) -> None:
    assert not runs(defused(word))
    assert restored(defused(word)) == word


@pytest.mark.parametrize("word", PLAIN)
def test_other_text_and_numbers_stay(word: str) -> None:
    assert defused(word) == restored(word) == word


@given(st.text(st.sampled_from("'\"=+-@＝－ \t\r\n1.,%ax\u00a0\ufeff"), max_size=9))
def test_every_text_comes_back(word: str) -> None:
    assert restored(defused(word)) == word
    assert not runs(defused(word))


def test_refused_rows_are_text_and_come_back(journal: Journal) -> None:
    """The word stands in a symbol, a strategy, a note, an account, a header, and above the table."""
    for number, word in enumerate(WORDS):
        content = _file(word, profit="lots", number=number)
        plan = journal.plan_import(("hostile.csv", content))
        assert len(plan.reading.rejected) == 1, word
        refused = refused_csv(document_of(("hostile.csv", content)), plan.reading.rejected)
        assert not [cell for cell in cells(refused) if runs(cell)], word
        assert "-0.25" in cells(refused), "a negative number is a number"

        if "\n" in word:
            continue  # a header over two lines is not found again behind our two columns
        mended = journal.plan_import(
            ("refused-hostile.csv", refused.replace(b"lots,", b"-7.5,").replace(b"side,-7.5,", b"side,lots,"))
        )
        whole = journal.plan_import(("hostile.csv", _file(word, profit="-7.5", number=number)))
        assert not mended.reading.rejected, (word, mended.reading.rejected)
        pd.testing.assert_frame_equal(mended.reading.trades, whole.reading.trades)


def _file(word: str, *, profit: str, number: int) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([word])
    names = "symbol side lots,open time,close time,profit,swap,strategy,notes,account"
    writer.writerow([*names.replace("symbol side lots", "symbol,side,lots").split(","), f"{word}h"])
    day = f"2024-11-{number + 1:02}"
    row = [f"{word}s", "buy", "0.1", f"{day} 08:00:00", f"{day} 09:00:00", profit, "-0.25", word, word, word, word]
    writer.writerow(row)
    return out.getvalue().encode()


def test_a_whole_journal_is_text_and_comes_back(journal: Journal, tmp_path: Path, foreign: ForeignClient) -> None:
    _hostile(journal, tmp_path, foreign)
    with zipfile.ZipFile(io.BytesIO(journal.export_journal("csv"))) as exported:
        for name in exported.namelist():
            if name.endswith(".csv"):
                assert not [cell for cell in cells(exported.read(name)) if runs(cell)], name
    for form in ("csv", "parquet"):
        with Journal.open(tmp_path / f"{form}.db", timezone="Asia/Jakarta") as other:
            other.commit_import(other.plan_import(("journal.zip", journal.export_journal(form))))
            there, here = other.trades(), journal.trades()
            for name in ("symbol", "strategy", "account", "profit_loss"):
                assert there[name].tolist() == here[name].tolist(), name


def _hostile(journal: Journal, tmp_path: Path, foreign: ForeignClient) -> None:
    journal.check_in("tenang")
    foreign.open(tmp_path / "journal.db")
    for word in WORDS:
        foreign.run(
            "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size, strategy_used, "
            "notes, account) VALUES (1, 7, ?, -1.5, 0.1, ?, ?, ?)",
            [word, word, word, word],
        )


def test_a_table_of_the_screen_is_text() -> None:
    frame = pd.DataFrame({"=name": pd.Series(WORDS, dtype="str"), "net": -1.5})
    written = cells(as_csv(frame))
    assert not [cell for cell in written if runs(cell)]
    assert written.count("-1.5") == len(WORDS)

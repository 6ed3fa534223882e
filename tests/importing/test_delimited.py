"""Dialect, header, encodings, and exact line numbers whatever the file looks like."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentor.errors import ImportRefused
from mentor.importing import read_file
from mentor.importing.columns import known_names
from mentor.importing.delimited import Delimited, open_delimited
from mentor.importing.source import open_source
from mentor.models import ImportOptions
from tests.importing.files import GOOD, HEADER, JAKARTA, only, read, reasons


def wrapped(record: str) -> str:
    """A record quoted as a whole, as if it were one cell."""
    quoted = record.strip().replace("0.10,", '"0.10",').replace('"', '""')
    return f'"{quoted}"\n'


def table(text: str) -> Delimited:
    return open_delimited(open_source(("trades.csv", text.encode())), known_names)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    assert only(read((HEADER + GOOD).replace(",", delimiter)))["profit_loss"] == 10.5


@pytest.mark.parametrize(
    "content",
    [
        (HEADER + GOOD).encode("utf-8-sig"),
        (HEADER + GOOD).encode("utf-16"),
        (HEADER + GOOD).encode("utf-16-le"),
        (HEADER + GOOD).encode("utf-32"),
        (HEADER + GOOD).replace("\n", "\r\n").encode(),
        (HEADER + GOOD).replace("\n", "\r").encode(),
        ("\n\n" + HEADER + "\n" + GOOD + "\n\n").encode(),
        (HEADER + GOOD).rstrip().encode(),
        ("sep=,\r\n" + HEADER + GOOD).encode(),
        ("My Broker\nAccount, 42\n\n" + HEADER + GOOD).encode(),
        ("sep=;\r\n" + (HEADER + GOOD).replace(",", ";")).encode("utf-16"),
        (HEADER.replace("\n", ",\n") + GOOD.replace("\n", ",\n")).encode(),
        (HEADER + GOOD.replace("\n", ",\n")).encode(),
        (HEADER + wrapped(GOOD)).encode(),
        (wrapped(HEADER) + wrapped(GOOD)).encode("utf-8-sig"),
        "\n".join(
            f'"{line}"'.replace(",", '","') for line in (HEADER + GOOD).split()[:0] or (HEADER + GOOD).splitlines()
        ).encode(),
    ],
    ids=[
        "bom",
        "utf-16",
        "utf-16 unmarked",
        "utf-32",
        "crlf",
        "cr",
        "blank lines",
        "no end",
        "sep",
        "preamble",
        "sep semicolon",
        "trailing",
        "trailing in rows only",
        "wrapped",
        "wrapped with its header",
        "quoted",
    ],
)
def test_the_same_trade_in_every_wrapping(content: bytes) -> None:
    trade = only(read(content))

    assert (trade["symbol"], trade["profit_loss"], trade["lot_size"]) == ("EURUSD", 10.5, 0.1)


def test_a_table_cut_inside_a_character_refuses_the_cell_it_is_in() -> None:
    reading = read((HEADER + GOOD + GOOD.rstrip()).encode("utf-16")[:-1])

    assert len(reading.trades) == 1
    assert reasons(reading) == [(3, "Profit", "10.5\ufffd")]


def test_windows_letters() -> None:
    notes = only(read((HEADER.strip() + ",Notes\n" + GOOD.strip() + ",café – 5 €\n").encode("cp1252")))["notes"]

    assert notes == "café – 5 €"


def test_only_some_records_are_wrapped() -> None:
    content = "a;b;c\n1;2,5;3\n" + '"4;""5;5"";6"\n' + '"x, y";7;8\n"one; two"\n'

    grid = table(content).read([0, 1, 2])

    assert grid.cells[0].to_pylist() == ["1", "4", "x, y", "one; two"]
    assert grid.cells[1].to_pylist() == ["2,5", "5;5", "7", None]
    assert grid.lines.tolist() == [2, 3, 4, 5]


def test_blanks_behind_a_last_quote_do_not_matter() -> None:
    assert table('Symbol,Profit,Note\nES,1,""  \nNQ,2,"a \nb" \n').read([2]).cells[2].to_pylist() == [None, "a \nb"]


def test_what_excel_is_told_decides_the_delimiter() -> None:
    assert table("sep=;\nSymbol,Profit;Side,Size\n1,5;2,5\n").header == ("Symbol,Profit", "Side,Size")
    assert table("sep=^\nSymbol^Profit\nES^1\n").delimiter == "^"


def test_preamble_and_rows_keep_their_lines() -> None:
    found = table('\nAccount: 42\n\n"Printed\non Monday",x\n' + HEADER + GOOD + ' a ,"b\nc"\n"open,1\n')

    assert [(row.line, row.cells) for row in found.preamble] == [
        (2, ("Account: 42",)),
        (4, ("Printed\non Monday", "x")),
    ]
    assert [row.line for row in found.rows] == [2, 4, 6, 7, 8, 10]
    assert found.rows[3].cells[:2] == ("EURUSD", "buy")
    assert found.rows[-1].fault == "opens a quote that is never closed properly"
    assert (found.title, found.tables) == ("", (found,))


def test_sections_of_any_width_are_rows() -> None:
    found = table("Cash\nDate,Amount\n2024-01-02,5\n\nTrades\n" + HEADER + GOOD)

    assert [len(row.cells) for row in found.rows] == [1, 2, 2, 1, 8, 8]


def test_lines_count_blank_lines_and_breaks_inside_quotes() -> None:
    header = HEADER.strip() + ",Notes\n"
    good, bad = GOOD.strip() + ',"one\ntwo\n\nthree"\n', GOOD.replace("10.50", "oops").strip() + ",x\n"

    reading = read("preamble\n\n" + header + "\n" + good + good + bad + "\n" + bad)

    assert reading.trades["line"].tolist() == [5, 9]
    assert reading.trades["notes"].tolist() == ["one\ntwo\n\nthree"] * 2
    assert reasons(reading) == [(13, "Profit", "oops"), (15, "Profit", "oops")]


def test_other_separators_are_no_line_ends() -> None:
    reading = read("My\x0cbroker\u2028report\n" + HEADER + GOOD.replace("EURUSD", "EUR\u2028USD") + GOOD)

    assert reading.trades["line"].tolist() == [3, 4]
    assert reading.trades["symbol"][0] == "EUR\u2028USD"


def test_too_many_cells_are_refused_and_missing_ones_are_empty() -> None:
    header, short = HEADER.strip() + ",Notes,Strategy\n", GOOD
    reading = read(header + GOOD.strip() + ",a,b,c\n" + short + GOOD.strip() + ",a,b,,\n")

    assert [(r.line, r.reason) for r in reading.rejected] == [(2, "has 11 cells, but the header has 10")]
    assert reading.trades["notes"].fillna("").tolist() == ["", "a"]
    assert reading.trades["line"].tolist() == [3, 4]


def test_a_quote_left_open_costs_one_row_only() -> None:
    reading = read(HEADER + GOOD + '"' + GOOD + GOOD + GOOD.replace("EURUSD", '"EURUSD"') + GOOD)

    assert [(r.line, r.reason) for r in reading.rejected] == [(3, "opens a quote that is never closed properly")]
    assert reading.trades["line"].tolist() == [2, 4, 5, 6]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b" \r\n\r\n", "The file is empty"),
        (bytes(range(256)), "binary data"),
        (HEADER.encode() + b"EUR\0USD", "binary data"),
        (b"%PDF-1.7", "PDF"),
        (b"SQLite format 3\0", "database"),
        ((HEADER + GOOD).replace(",", "^").encode(), "Known delimiters: comma, semicolon, tab, vertical bar"),
        (b"just a sentence", "Only one column"),
        (b"Name,Street\nA,B\n", "a table with the columns Name, Street"),
    ],
)
def test_files_that_cannot_be_read_say_why(content: bytes, sentence: str) -> None:
    with pytest.raises(ImportRefused, match=r"trades\.csv") as refused:
        read(content)

    assert sentence in str(refused.value)


def test_a_path_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="cannot be opened"):
        read_file(tmp_path / "gone.csv", day_rule=JAKARTA, options=ImportOptions())


def test_a_path_reads_as_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "no-ending"
    path.write_text(HEADER + GOOD)

    reading = read_file(path, day_rule=JAKARTA, options=ImportOptions())

    assert reading.file_name == "no-ending"
    assert reading.trades.equals(read(HEADER + GOOD).trades)


NOTES = st.text(st.sampled_from('ab ,;"\n\t|é'), max_size=12)


@settings(deadline=None, max_examples=50)
@given(st.lists(NOTES, min_size=1, max_size=20), st.booleans())
def test_any_note_survives_and_lines_stay_exact(notes: list[str], blank: bool) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*HEADER.strip().split(","), "Notes"])
    lines = []
    for note in notes:
        out.write("\n" if blank else "")
        lines.append(out.getvalue().count("\n") + 1)
        writer.writerow([*GOOD.strip().split(","), note])

    trades = read(out.getvalue()).trades

    assert trades["notes"].fillna("").tolist() == notes
    assert trades["line"].tolist() == lines

"""MetaTrader 4 statements: what is a trade, what is not, and statements of other brokers, encodings and lengths."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from mentor.importing import Reading, read_file
from mentor.models import ImportOptions
from tests.importing.files import JAKARTA, plan, read, shared
from tests.importing.workbooks import old_workbook, workbook

TOP = """<html><head><title>Statement: 4242 - Invented</title></head><body><table>
<tr align=left><td colspan=2><b>Account: 4242</b></td><td colspan=5><b>Name: Invented</b></td>
<td colspan=2><b>Currency: EUR</b></td></tr>
<tr align=left><td colspan=14><b>Closed Transactions:</b></td></tr>
"""
HEADER = "Ticket|Open Time|Type|Size|Item|Price|S / L|T / P|Close Time|Price|Commission|Taxes|Swap|Profit"
BUY = (
    "101|2024.01.03 12:51:00|buy|0.10|eurusd|1.08500|1.08000|0.00000|2024.01.03 18:09:46|1.08700"
    "|-0.70|-0.10|-1.25|1 020.00"
)
SELL = (
    "102|2024.01.04 01:00:00|sell|1.00|xauusd.m|2040.54|0.00|2034.42|2024.01.04 02:00:00|2042.21|0.00|0.00|0.50|-167.00"
)
END = """<tr><td colspan=10>&nbsp;</td><td>-0.70</td><td>-0.10</td><td>-0.75</td><td>853.00</td></tr>
<tr><td colspan=12 align=right><b>Closed P/L:</b></td><td colspan=2><b>851.45</b></td></tr>
<tr><td colspan=14><b>Open Trades:</b></td></tr>
"""
CLOSE = """<tr><td colspan=14><b>Working Orders:</b></td></tr><tr><td colspan=13>No transactions</td></tr>
<tr><td colspan=14><b>Summary:</b></td></tr></table></body></html>
"""


def row(text: str, title: str = "") -> str:
    first, *rest = text.split("|")
    tooltip = f' title="{title}"' if title else ""
    return f"<tr align=right><td{tooltip}>{first}</td>{''.join(f'<td class=mspt>{cell}</td>' for cell in rest)}</tr>\n"


def statement(*rows: str, header: str = HEADER, end: str = END + CLOSE) -> str:
    return TOP + row(header) + "".join(rows) + end


def athens(text: str | bytes) -> Reading:
    return read(text, name="statement.htm", source_timezone="Europe/Athens")


def test_a_statement() -> None:
    reading = athens(statement(row(BUY, "[tp]"), row(SELL, "my note [sl]")))

    buy, sell = (dict(trade) for _, trade in reading.trades.iterrows())
    assert (reading.format, reading.account, reading.currency) == ("metatrader4", "4242", "EUR")
    assert (reading.rejected, reading.questions) == ((), ())
    assert (buy["symbol"], buy["side"], buy["lot_size"]) == ("eurusd", "long", 0.1)
    assert (buy["entry_price"], buy["exit_price"], buy["stop_price"]) == (1.085, 1.087, 1.08)
    assert math.isnan(buy["target_price"])
    assert (buy["profit_loss"], buy["fees"]) == (1017.95, 2.05)
    assert buy["entry_time"] == pd.Timestamp("2024-01-03 10:51", tz="UTC")
    assert buy["exit_time"] == pd.Timestamp("2024-01-03 16:09:46", tz="UTC")
    assert buy["session_date"] == pd.Timestamp("2024-01-03")
    assert (buy["take_profit_used"], buy["stop_loss_used"]) == (True, False)
    assert (sell["symbol"], sell["side"], sell["profit_loss"], sell["fees"]) == ("xauusd.m", "short", -166.5, -0.5)
    assert (sell["take_profit_used"], sell["stop_loss_used"], sell["notes"]) == (False, True, "my note [sl]")
    assert (buy["external_id"], buy["account"], buy["currency"]) == ("101", "4242", "EUR")
    assert plan(reading).net_profit_loss == 851.45
    assert not [notice for notice in reading.notices if "add up" in notice]


def test_what_is_no_trade_is_counted() -> None:
    deposit = row("90|2024.01.02 08:00:00|balance|Deposit|10 000.00").replace(
        "<td class=mspt>Dep", "<td colspan=10>Dep"
    )
    pending = row("91|2024.01.02 08:00:00|buy limit|0.1|eurusd|1.0|0|0|2024.01.02 09:00:00|1.1|cancelled")
    credit = deposit.replace("balance", "credit")
    open_trade = row("103|2024.01.05 10:00:00|buy|0.10|eurusd|1.08500|0|0|&nbsp;|1.08610|0.00|0.00|0.00|11.00")
    working = row("104|2024.01.05 10:00:00|sell limit|0.10|eurusd|1.1|0|0|&nbsp;|1.08610|&nbsp;")

    reading = athens(statement(deposit, pending, credit, row(BUY), row(SELL), end=END + open_trade + working + CLOSE))

    assert (len(reading.trades), reading.ignored_rows, reading.open_positions, reading.rejected) == (2, 3, 1, ())


def test_a_comment_below_a_trade_belongs_to_it() -> None:
    comment = "<tr><td></td><td colspan=13>closed by [sl]</td></tr>\n"

    reading = athens(statement(row(BUY), comment, row(SELL)))

    assert reading.trades["stop_loss_used"].tolist() == [True, False]
    assert reading.trades["notes"].fillna("").tolist() == ["closed by [sl]", ""]


@pytest.mark.parametrize("comment", ["Summary of the day", "Details follow", "Open trades were closed", "summary: ok"])
def test_a_comment_that_begins_like_a_heading_is_a_comment(comment: str) -> None:
    below = f"<tr><td></td><td colspan=13>{comment}</td></tr>\n"

    reading = athens(statement(row(BUY), below, row(SELL)))

    assert (len(reading.trades), reading.trades["notes"][0], reading.rejected) == (2, comment, ())


def test_a_trade_below_the_summary_is_not_lost_silently() -> None:
    reading = athens(statement(row(BUY), "<tr><td></td><td colspan=13>Summary</td></tr>\n", row(SELL)))

    assert [(r.line, r.reason) for r in reading.rejected] == [
        (8, "stands in the section 'summary', where no trades belong")
    ]


def test_a_closed_trade_without_a_close_time_is_refused() -> None:
    reading = athens(statement(row(BUY.replace("2024.01.03 18:09:46", "&nbsp;")), row(SELL)))

    assert [(r.line, r.column) for r in reading.rejected] == [(6, "Close Time")]
    assert len(reading.trades) == 1


def test_the_encoding_a_page_names() -> None:
    text = statement(row(BUY, "комментарий"), row(SELL)).replace(
        "<head>", '<head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
    )

    assert athens(text.encode("cp1251")).trades["notes"][0] == "комментарий"
    assert athens(text.encode()).trades["notes"][0] == "комментарий"
    assert len(athens(text.replace("windows-1251", "no-such-code").encode("cp1251")).trades) == 2


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"st\xe4tement.htm")
    try:
        path.write_text(statement(row(BUY)))
    except OSError:
        pytest.skip("this file system takes no such name")

    reading = read_file(path, day_rule=JAKARTA, options=ImportOptions(source_timezone="Europe/Athens"))

    assert (len(reading.trades), reading.file_name) == (1, "st\ufffdtement.htm")


def test_a_stop_out_is_neither_stop_nor_target() -> None:
    reading = athens(statement(row(BUY, "so: 48.5%/100.0/200.0"), row(SELL)))

    assert not reading.trades[["stop_loss_used", "take_profit_used"]].any(axis=None)


def test_a_broker_without_taxes() -> None:
    header = HEADER.replace("|Taxes", "")
    buy = BUY.replace("|-0.10|-1.25", "|-1.25")

    reading = athens(statement(row(buy), header=header))

    assert (reading.trades["profit_loss"].tolist(), reading.trades["fees"].tolist()) == ([1018.05], [1.95])


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_encodings(encoding: str) -> None:
    text = statement(row(BUY.replace("eurusd", "öl"), "grün"), row(SELL))

    reading = athens(text.encode(encoding))

    assert (reading.trades["symbol"][0], reading.trades["notes"][0]) == ("öl", "grün")


def test_a_statement_without_trades() -> None:
    reading = athens(
        statement("<tr><td colspan=13>No transactions</td><td></td></tr>\n", end=END.replace("851.45", "0.00") + CLOSE)
    )

    assert (reading.format, len(reading.trades), reading.rejected) == ("metatrader4", 0, ())


@pytest.mark.parametrize("cut", [0, 40, 110])
def test_a_truncated_statement_keeps_the_good_rows_and_says_so(cut: int) -> None:
    whole = TOP + row(HEADER) + row(BUY) + row(SELL)

    reading = athens(whole[: len(whole) - cut])

    assert reading.trades["external_id"][0] == "101"
    assert "cut off" in reading.rejected[-1].reason
    assert reading.rejected[-1].line is not None
    assert len(reading.trades) == (2 if cut == 0 else 1)


def test_wherever_a_statement_is_cut_no_number_is_cut_with_it() -> None:
    whole = TOP + row(HEADER) + row(BUY) + row(SELL)
    results = {"101": 1017.95, "102": -166.5}
    for end in range(len(TOP + row(HEADER)), len(whole)):
        read_so_far = athens(whole[:end]).trades
        assert dict(zip(read_so_far["external_id"], read_so_far["profit_loss"], strict=True)).items() <= results.items()


def test_a_bad_cell_is_named_with_its_line() -> None:
    reading = athens(
        statement(row(BUY), row(SELL.replace("2024.01.04 02", "2024.02.30 02")), row(SELL.replace("sell", "hold")))
    )

    assert len(reading.trades) == 1
    assert [(r.line, r.column, r.value) for r in reading.rejected] == [
        (7, "Close Time", "2024.02.30 02:00:00"),
        (8, "Type", "hold"),
    ]


def test_lines_beyond_the_parsers_limit_are_exact() -> None:
    padding = "\n" * 70_000

    reading = athens(statement(row(BUY), padding, row(SELL)))

    assert reading.trades["line"].tolist() == [6, 70_007]


def test_a_total_that_differs_is_noticed() -> None:
    reading = athens(statement(row(BUY), end=END + CLOSE))

    assert any("The trades add up to 1017.95, the statement says 851.45" in notice for notice in reading.notices)


def test_a_ticket_written_twice_counts_once() -> None:
    reading = athens(statement(row(BUY), row(SELL), row(BUY)))

    assert (len(reading.trades), reading.ignored_rows) == (2, 1)


@pytest.mark.parametrize("save", [workbook, old_workbook])
def test_a_statement_that_was_opened_in_excel_and_saved_there(save: Callable[..., bytes]) -> None:
    """Merged cells leave blanks behind them; sheets may begin with a blank column."""
    blank = [""] * 10
    deposit = ["100", "2024.01.02 08:00:00", "balance", "Deposit", *blank[:9], "1 000.00"]
    rows = [
        ["Account: 4242", "", "Name: Invented", *blank[:4], "Currency: EUR"],
        ["Closed Transactions:"],
        HEADER.split("|"),
        deposit,
        BUY.split("|"),
        SELL.split("|"),
        [*blank, "-0.70", "-0.10", "-0.75", "853.00"],
        [*blank, "", "Closed P/L:", "", "851.45"],
        ["Open Trades:"],
        HEADER.split("|"),
        ["Summary:"],
    ]

    reading = athens(save([["", *row] for row in rows]))

    assert (reading.format, reading.account, reading.currency) == ("metatrader4", "4242", "EUR")
    assert (reading.rejected, reading.ignored_rows, reading.open_positions) == ((), 1, 0)
    assert reading.trades["profit_loss"].tolist() == [1017.95, -166.5]
    assert not any("add up" in notice for notice in reading.notices)


def test_the_shared_sample() -> None:
    reading = athens(shared("mt4", "statement.htm").read_bytes())
    answer = plan(reading)

    assert (answer.trades, answer.net_profit_loss, answer.fees) == (60, pytest.approx(504.6), pytest.approx(162.48))
    assert (reading.ignored_rows, reading.open_positions, reading.currency, reading.rejected) == (1, 1, "USD", ())
    assert reading.trades["line"].is_monotonic_increasing


def test_a_daily_confirmation_of_the_server() -> None:
    """Its names differ; the open trade below is none of the closed ones."""
    header = "Ticket|Open Time|Type|Lots|Item|Price|S / L|T / P|Close Time|Price|Commission|R/O Swap|Trade P/L"
    trade = "200|2012.07.27 13:27|sell|2.50|eurusd|1.2764|0.0000|0.0000|2012.07.27 13:34|1.2768|-5.00|-1.50|-100.00"
    still = "201|2012.07.27 13:27|sell|1.00|eurusd|1.2764|0.0000|0.0000||1.2700|-5.00|0.00|64.00"
    market = header.replace("Close Time|Price", "|Market Price")
    end = f"<tr><td colspan=13><b>Open Trades:</b></td></tr>{row(market)}{row(still)}{CLOSE}"
    reading = athens(statement(row(trade), header=header, end=end).replace("Account: 4242", "A/C No: 4242"))

    assert reading.trades[["profit_loss", "fees", "lot_size"]].to_numpy().tolist() == [[-106.5, 6.5, 2.5]]
    assert (reading.account, reading.rejected, reading.open_positions) == ("4242", (), 1)


def test_the_other_order_of_two_closed_by_each_other_is_no_trade() -> None:
    """All the money is in the first; one that costs something is said."""
    other = "103|2024.01.04 01:00:00|buy|0.00|eurusd|1.1|0.0|0.0|2024.01.04 02:00:00|1.1|0.00|0.00|0.00|0.00"
    reading = athens(
        statement(
            row(BUY), row(other, "close hedge by #101"), row(other.replace("|0.00|0.00|0.00", "|-0.50|0.00|0.00"))
        )
    )

    assert (len(reading.trades), reading.ignored_rows, len(reading.rejected)) == (1, 1, 1)

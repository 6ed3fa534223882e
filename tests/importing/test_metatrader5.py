"""MetaTrader 5 history reports: sections told by their layout, in any language, as HTML, workbook and CSV."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentor.errors import ImportRefused
from mentor.importing import Reading
from tests.importing.files import plan, read, reasons, shared
from tests.importing.workbooks import as_metatrader_writes_it, workbook

Row = Sequence[str]


def cut(text: str) -> list[str]:
    """The cells of a row."""
    return text.split("|")


HEAD = [cut("Time|Position|Symbol|Type|Volume|Price|S / L|T / P|Time|Price|Commission|Swap|Profit")]
ACCOUNT = ["Account:", "4242 (EUR, Broker-Server, real, Hedge)"]
DEALS = cut("Time|Deal|Symbol|Type|Direction|Volume|Price|Order|Commission|Fee|Swap|Profit|Balance|Comment")
BUY = cut(
    "2024.01.03 12:51:00|101|EURUSD|buy|0.09 / 0.1|1.08500|1.08000||2024.01.03 18:09:46|1.08700|-0.70|-1.25|1 020.00"
)
SELL = cut("2024.01.04 01:00:00|102|XAUUSD+|sell|1|2 040.54||2034.42|2024.01.04 02:00:00|2042.21|0.00|0.50|- 167.00")
BUY_OUT = cut("2024.01.03 18:09:46|9|EURUSD|sell|out|0.09|1.08700|7|-0.35|0.00|-1.25|1 020.00|2 020.00|[tp 1.08700]")
SELL_OUT = cut("2024.01.04 02:00:00|10|XAUUSD+|buy|out|1|2042.21|8|0.00|0.00|0.50|- 167.00|1 853.00|[sl 2042.21]")
DEPOSIT = cut("2024.01.01 08:00:00|1||balance|||||0.00|0.00|0.00|1 000.00|1 000.00|Deposit")
FILLED = cut("2024.01.03 12:51:00|101|EURUSD|buy|0.1 / 0.1|market|||2024.01.03 12:51:00|filled||EA")
CANCELED = cut("2024.01.03 12:51:00|103|EURUSD|buy limit|0.1 / 0|1.08|||2024.01.05 12:51:00|canceled||")
OPEN = cut("2024.01.05 12:51:00|104|EURUSD|sell|0.1|1.08|||1.09|0.00|-10.00|")


def rows(
    positions: Sequence[Row],
    *,
    titles: Sequence[str] = ("Trade History Report", "Positions", "Orders", "Deals", "Open Positions", "Results"),
    head: Sequence[Row] = HEAD,
    orders: Sequence[Row] = (),
    deals: Sequence[Row] = (),
    open_: Sequence[Row] = (),
    results: Sequence[Row] = (),
    account: Row = ACCOUNT,
) -> list[Row]:
    """A report as rows of cells."""
    sections = [[account], [*head, *positions], orders, [DEALS, *deals], open_, results]
    return [row for title, section in zip(titles, sections, strict=True) for row in ([title], *section)]


def as_html(report: Sequence[Row], aside: str = "") -> bytes:
    """As the terminal saves it: UTF-16, headings spanning the page, a hidden cell behind the side of a position."""
    lines = []
    for row in report:
        cells = [f"<td>{cell}</td>" for cell in row]
        if len(row) == 1:
            cells = [f'<th colspan="14"><div><b>{row[0]}</b></div></th>']
        elif row[3:4] in (["buy"], ["sell"]) and len(row) in (13, 14) and ":" in row[8]:
            cells.insert(4, f'<td class="hidden" colspan="8">{aside}</td>')
            cells[-1] = cells[-1].replace("<td>", '<td colspan="2">')
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<html><body><table>\n{chr(10).join(lines)}\n</table></body></html>".encode("utf-16")


def number(cell: str) -> object:
    """What a terminal writes as a real number into a workbook: prices and money, not volumes."""
    plain = cell.replace(" ", "")
    return float(plain) if plain.count(".") == 1 and plain.lstrip("-").replace(".", "").isdigit() else cell


def as_workbook(report: Sequence[Row]) -> bytes:
    """As the terminal saves it: volumes and times are text, the rest are numbers."""
    cells = [[cell if at in (0, 4) else number(cell) for at, cell in enumerate(row)] for row in report]
    return as_metatrader_writes_it(workbook([[None if cell == "" else cell for cell in row] for row in cells]))


def as_csv(report: Sequence[Row]) -> bytes:
    """As a spreadsheet saves it, all rows equally wide."""
    return "".join(";".join([*row, *[""] * (15 - len(row))]) + "\n" for row in report).encode()


def athens(content: bytes) -> Reading:
    return read(content, name="ReportHistory", source_timezone="Europe/Athens")


WRITERS = pytest.mark.parametrize("write", [as_html, as_workbook, as_csv])
Writer = Callable[[Sequence[Row]], bytes]


@WRITERS
def test_a_report(write: Writer) -> None:
    report = rows(
        [BUY, SELL], orders=[FILLED, CANCELED], deals=[DEPOSIT, BUY_OUT, SELL_OUT], open_=[OPEN], account=ACCOUNT
    )
    reading = athens(write(report))

    buy, sell = (dict(trade) for _, trade in reading.trades.iterrows())
    assert (reading.format, reading.account, reading.currency) == ("metatrader5", "4242", "EUR")
    assert (reading.rejected, reading.questions) == ((), ())
    assert (reading.ignored_rows, reading.open_positions) == (2, 1), "the deposit and the canceled order; one open"
    assert (buy["symbol"], buy["side"], buy["lot_size"]) == ("EURUSD", "long", 0.09), "what was closed, not opened"
    assert (buy["entry_price"], buy["exit_price"], buy["stop_price"]) == (1.085, 1.087, 1.08)
    assert math.isnan(buy["target_price"])
    assert (buy["profit_loss"], buy["fees"]) == (1018.05, 1.95)
    assert buy["entry_time"] == pd.Timestamp("2024-01-03 10:51", tz="UTC")
    assert buy["exit_time"] == pd.Timestamp("2024-01-03 16:09:46", tz="UTC")
    assert (buy["external_id"], buy["account"], buy["currency"]) == ("101", "4242", "EUR")
    assert (buy["take_profit_used"], buy["stop_loss_used"], buy["notes"]) == (True, False, "[tp 1.08700]")
    assert (sell["symbol"], sell["side"], sell["entry_price"]) == ("XAUUSD+", "short", 2040.54)
    assert (sell["take_profit_used"], sell["stop_loss_used"]) == (False, True)
    assert (sell["profit_loss"], sell["fees"]) == (-166.5, -0.5)


@WRITERS
def test_words_mean_nothing(write: Writer) -> None:
    titles = ("Отчет", "Позиции", "Ордера", "Сделки", "Открытые позиции", "Результаты")
    words = cut("Время|Позиция|Символ|Тип|Объем|Цена|S / L|T / P|Время|Цена|Комиссия|Своп|Прибыль")
    account = ["Счет:", ACCOUNT[1]]

    english = athens(write(rows([BUY, SELL], deals=[DEPOSIT])))
    russian = athens(write(rows([BUY, SELL], deals=[DEPOSIT], titles=titles, head=[words], account=account)))

    pd.testing.assert_frame_equal(english.trades, russian.trades)
    assert "Column Прибыль is before costs; deducted: Комиссия, Своп." in russian.notices


def test_fees_of_newer_terminals_are_paid_too() -> None:
    words = [*HEAD[0][:11], "Fee", *HEAD[0][11:]]
    with_fee = [[*row[:11], "-0.20", *row[11:]] for row in (BUY, SELL)]

    for head in ([words], []):
        reading = athens(as_html(rows(with_fee, head=head)))

        assert reading.trades["profit_loss"].tolist() == [1017.85, -166.7]
        assert reading.trades["fees"].tolist() == [2.15, -0.3]


def test_the_hidden_cell_is_the_comment() -> None:
    reading = athens(as_html(rows([BUY], deals=[BUY_OUT]), aside="breakout EA"))
    marked = athens(as_html(rows([BUY], deals=[BUY_OUT]), aside="[tp]"))

    assert reading.trades["notes"].tolist() == ["breakout EA [tp 1.08700]"]
    assert marked.trades["notes"].tolist() == ["[tp]"]
    assert reading.trades["take_profit_used"].tolist() == marked.trades["take_profit_used"].tolist() == [True]


def test_an_exit_is_marked_only_when_its_deal_is_certain() -> None:
    other_profit = [*BUY_OUT[:11], "1 020.01", *BUY_OUT[12:]]
    twin = [BUY[0], "105", *BUY[2:]]
    by_hand = [*BUY_OUT[:-1], ""]

    unknown = athens(as_html(rows([BUY], deals=[other_profit])))
    both = athens(as_html(rows([BUY, twin], deals=[BUY_OUT, BUY_OUT])))
    either = athens(as_html(rows([BUY, twin], deals=[BUY_OUT, by_hand])))

    assert unknown.trades["take_profit_used"].tolist() == [False]
    assert both.trades["take_profit_used"].tolist() == [True, True]
    assert either.trades["take_profit_used"].tolist() == [False, False]
    notice = "1 stop or target among the deals cannot be told from one position: not marked."
    assert notice in unknown.notices
    assert notice in either.notices
    assert notice not in both.notices


def test_volumes_have_a_point_even_where_prices_have_a_comma() -> None:
    cells = [cell.replace(".", ",") if at > 4 and ":" not in cell else cell for at, cell in enumerate(BUY)]

    trade = athens(as_csv(rows([cells]))).trades.iloc[0]

    assert (trade["lot_size"], trade["entry_price"], trade["profit_loss"]) == (0.09, 1.085, 1018.05)


@pytest.mark.parametrize("write", [as_html, as_workbook])
@pytest.mark.parametrize(("volume", "lots"), [("1.000", 1.0), ("0.25 / 1.5", 0.25), ("12", 12.0)])
def test_commas_that_separate_thousands_leave_volumes_alone(write: Writer, volume: str, lots: float) -> None:
    changed = {4: volume, 5: "38,511.0", 6: "", 9: "39,000.5", 10: "0.00", 11: "0.00", 12: "1,500.00"}

    trade = athens(write(rows([[changed.get(at, cell) for at, cell in enumerate(BUY)]]))).trades.iloc[0]

    assert (trade["lot_size"], trade["entry_price"], trade["profit_loss"]) == (lots, 38511.0, 1500.0)


def test_a_volume_does_not_say_what_a_comma_means() -> None:
    changed = {4: "0.1", 5: "151,250", 6: "", 9: "151,300", 10: "0", 11: "0", 12: "5,000"}

    reading = athens(as_html(rows([[changed.get(at, cell) for at, cell in enumerate(BUY)]])))

    assert len(reading.trades) == 0
    assert "could be a thousand or a decimal" in reading.rejected[0].reason


def test_a_total_that_differs_is_noticed() -> None:
    def results(net: str, gain: str, loss: str) -> list[str]:
        return ["Total Net Profit:", "", "", net, "Gross Profit:", "", "", gain, "Gross Loss:", "", "", loss]

    def said(net: str, gain: str, loss: str) -> list[str]:
        reading = athens(as_html(rows([BUY, SELL], results=[results(net, gain, loss), results("1", "2", "-1")])))
        return [notice for notice in reading.notices if "add up" in notice]

    assert said("851.55", "1 018.05", "-166.50") == [], "net"
    assert said("853.00", "1 020.00", "-167.00") == [], "before costs"
    assert said("900.00", "1 020.00", "-120.00") == ["The positions add up to 851.55, the report says 900.00."]
    assert said("5.00", "1.00", "2.00") == ["The positions add up to 851.55, the report says 1.00."], "no total of that"


@pytest.mark.parametrize(
    ("at", "new", "column"),
    [(3, "hold", "Type"), (8, "2024.02.30 02:00:00", "Time"), (12, "much", "Profit"), (2, "", "Symbol")],
)
def test_a_bad_cell_is_named_with_its_line(at: int, new: str, column: str) -> None:
    bad = [new if place == at else cell for place, cell in enumerate(SELL)]

    reading = athens(as_html(rows([BUY, bad])))

    assert reasons(reading) == [(7, column, new)]
    assert len(reading.trades) == 1


def test_a_row_with_a_missing_cell_is_refused() -> None:
    reading = athens(as_html(rows([BUY, SELL[:4] + SELL[5:], SELL])))

    assert [rejection.line for rejection in reading.rejected] == [7]
    assert reading.rejected[0].reason == "has 12 cells, but a position has 13"
    assert len(reading.trades) == 2


def test_a_truncated_report_keeps_the_good_rows_and_says_so() -> None:
    whole = as_html(rows([BUY, SELL])).decode("utf-16")

    reading = athens(whole[: whole.index("2042.21")].encode("utf-16"))

    assert reading.trades["external_id"].tolist() == ["101"]
    assert [rejection.reason for rejection in reading.rejected] == [
        "has 9 cells, but a position has 13",
        "the file is cut off here: its end is missing, save it again",
    ]


@pytest.mark.parametrize("ending", [b"", b"\n"])
def test_a_report_cut_inside_a_character_keeps_the_good_rows_and_says_so(ending: bytes) -> None:
    whole = as_html(rows([BUY, SELL])).decode("utf-16")
    content = whole[: whole.index("2042.21") + 4].encode("utf-16")[: None if ending else -1] + ending

    reading = athens(content)

    assert len(content) % 2 == 1
    assert reading.trades["external_id"].tolist() == ["101"]
    assert [rejection.reason for rejection in reading.rejected] == [
        "has 9 cells, but a position has 13",  # the tenth is not whole
        "the file is cut off here: its end is missing, save it again",
    ]


def test_an_account_without_trades() -> None:
    for head in (HEAD, []):
        reading = athens(as_html(rows([], head=head, deals=[DEPOSIT])))

        assert (reading.format, len(reading.trades), reading.ignored_rows) == ("metatrader5", 0, 1)


def test_positions_on_two_sheets_count_once() -> None:
    def cells(report: Sequence[Row]) -> list[list[object]]:
        return [[cell or None for cell in row] for row in report]

    twice = workbook(Notes=[["Nothing here"]], First=cells(rows([BUY, SELL])), Second=cells(rows([SELL])))

    reading = athens(twice)

    assert (len(reading.trades), reading.account, reading.rejected) == (2, "4242", ())
    assert any("repeats another row" in notice for notice in reading.notices)


def test_a_report_without_its_positions_is_refused() -> None:
    with pytest.raises(ImportRefused, match="lists deals but no positions"):
        athens(as_html(rows([], head=[], deals=[DEPOSIT, BUY_OUT])))


def test_a_strategy_test_is_no_history() -> None:
    test_report = rows([], head=[], deals=[DEPOSIT, BUY_OUT], account=["Expert:", "4242"])

    for write in (as_html, as_workbook):
        assert athens(write(test_report)).format == "metatrader5_tester"


MONEY = st.decimals(-20_000, 20_000, places=2).map(lambda amount: f"{amount:,}".replace(",", " "))
PRICES = st.decimals("0.0001", 90_000, places=4).map(str)
POSITIONS = st.lists(
    st.tuples(st.integers(1, 28), st.sampled_from(["buy", "sell"]), PRICES, PRICES, MONEY, MONEY, MONEY),
    min_size=1,
    max_size=12,
)


@settings(deadline=None, max_examples=25)
@given(POSITIONS, st.booleans())
def test_however_it_is_saved_it_reads_the_same(
    drawn: list[tuple[int, str, str, str, str, str, str]], deals: bool
) -> None:
    positions = [
        [
            f"2024.01.{day:02} 10:00:00",
            str(at),
            "X",
            side,
            "0.1",
            entry,
            "",
            "",
            f"2024.01.{day:02} 11:00:00",
            exit_,
            *money,
        ]
        for at, (day, side, entry, exit_, *money) in enumerate(drawn, start=100)
    ]
    report = rows(positions, deals=[DEPOSIT] if deals else [])

    html, book, text = (athens(write(report)) for write in (as_html, as_workbook, as_csv))

    net = sum(float(cell.replace(" ", "")) for row in positions for cell in row[-3:])
    assert html.trades["profit_loss"].sum() == pytest.approx(net, abs=0.005)
    assert len(html.trades) == len(positions)
    same = ["entry_time", "exit_time", "entry_price", "exit_price", "profit_loss", "fees", "side", "fingerprint"]
    pd.testing.assert_frame_equal(html.trades[same], book.trades[same])
    pd.testing.assert_frame_equal(html.trades[same], text.trades[same])


@pytest.mark.parametrize(
    ("ending", "trades", "net", "fees", "ignored", "stops", "targets"),
    [
        ("history_en.html", 60, 504.6, 162.48, 2, 15, 13),
        ("history_id.html", 60, 504.6, 162.48, 2, 15, 13),
        ("sample_mt5.xlsx", 14, 1010.27, 9.73, 0, 0, 0),
        ("italian-history-repor.csv", 2, -535.26, 0.0, 0, 0, 0),
    ],
)
def test_the_shared_samples(
    ending: str, trades: int, net: float, fees: float, ignored: int, stops: int, targets: int
) -> None:
    reading = read(shared("mt5", ending).read_bytes())
    answer = plan(reading)

    assert (answer.trades, reading.ignored_rows, reading.rejected) == (trades, ignored, ())
    assert (answer.net_profit_loss, answer.fees) == (pytest.approx(net), pytest.approx(fees))
    assert reading.trades[["stop_loss_used", "take_profit_used"]].sum().tolist() == [stops, targets]

"""Statements saved as workbooks: which sheet counts, in which language, and whose account it is."""

from __future__ import annotations

from tests.importing.files import only, read
from tests.importing.workbooks import workbook

SPANISH = [
    *("Posición", "Símbolo", "Tipo", "Volumen", "Hora de apertura", "Precio de apertura", "Hora de cierre"),
    *("Precio de cierre", "Origen", "Cierre", "Valor de compra", "Valor de venta", "SL", "TP", "Margen", "Comisión"),
    *("Swap", "Rollover", "P/L bruto", "Comentario"),
]
CLOSED = [
    *("", 900001, "US500", "SELL", 0.1, "2026-02-03 15:31:07", 6900.5, "2026-02-04 16:02:44", 6950.5, "x", "x"),
    *(0, 0, "", "", 1200, -2.5, -0.8, 0.1, -250.0, "breakout"),
]
ETORO = [
    *("Position ID", "Action", "Amount", "Units", "Open Date", "Close Date", "Leverage", "Spread Fees (USD)"),
    *("Profit(USD)", "Profit(EUR)", "Open Rate", "Close Rate", "Take profit rate", "Stop lose rate"),
    *("Rollover Fees and Dividends", "Copied From", "Type", "ISIN", "Notes"),
]


def xtb(**more: list[list[object]]) -> bytes:
    head = [["", "Nombre", "Cuenta", "Moneda"], ["", "Invented", "4242", "EUR"]]
    total = ["", "Total", *[""] * 14, -2.5, -0.8, 0.1, -240.0]
    closed = [*head, ["", "CLOSED POSITION HISTORY"], ["", "01/02/2026 - 01/03/2026"], ["", *SPANISH], CLOSED, total]
    return workbook(**{"CLOSED POSITION HISTORY": closed, **more})


def test_xtb_has_its_columns_in_their_places_whatever_they_are_called() -> None:
    reading = read(xtb())
    trade = only(reading)

    assert (reading.format, reading.account, reading.currency, reading.ignored_rows) == ("xtb", "4242", "EUR", 1)
    assert (trade["side"], trade["entry_price"], trade["exit_price"]) == ("short", 6900.5, 6950.5)
    assert (trade["profit_loss"], trade["fees"], trade["notes"]) == (-253.2, 3.2, "breakout")
    assert "The positions add up to -250.00 before costs, the totals say -240.00." in reading.notices


def test_a_position_of_metatrader_at_xtb_does_not_say_its_side() -> None:
    header = ["", *SPANISH[:8], *SPANISH[15:17], *SPANISH[18:]]
    position = ["", 7, "EURUSD", "Closed", 0.1, "2026-02-03 15:31:07", 1.1, "2026-02-04 16:02:44", 1.2, 0, 0, 9.0, ""]
    opened = [["", *SPANISH], ["", 900002, *CLOSED[2:]]]

    reading = read(xtb(**{"CLOSED POSITION HISTORY MT": [header, position], "OPEN POSITION 01032026": opened}))

    assert (len(reading.trades), reading.open_positions) == (1, 1)
    assert [rejection.reason for rejection in reading.rejected] == [
        "does not say whether the position was long or short"
    ]


def test_a_sheet_of_xtb_with_other_columns_is_named() -> None:
    reading = read(xtb(**{"CLOSED POSITION HISTORY MT": [["", *SPANISH[:9]], ["", 7, *CLOSED[2:10]]]}))

    assert len(reading.trades) == 1
    assert "The sheet CLOSED POSITION HISTORY MT has other columns than we know: it is not read." in reading.notices


def test_only_the_closed_positions_of_an_etoro_statement_are_trades() -> None:
    position = [
        *("3000000001", "Sell Made Up", 500, 2.5, "03/02/2026 15:31:07", "14/02/2026 16:02:44", 2, 0.1, 71.05, 60.42),
        *(190.0, 161.58, 0, 220.0, -1.05, "", "CFD", "", ""),
    ]
    activity = [
        ["Date", "Type", "Details", "Amount", "Units", "Realized Equity Change", "Realized Equity", "Position ID"],
        ["14/02/2026 16:02:44", "Position closed", "MADE/USD", 571.05, 2.5, 71.05, 1000, "3000000001"],
    ]
    sheets = {"Account Summary": [["Name", "Invented"]], "Closed Positions": [ETORO, position]}

    reading = read(workbook(**sheets, **{"Account Activity": activity}))

    assert (reading.format, reading.currency) == ("etoro", "USD")
    trade = only(reading)
    assert (trade["symbol"], trade["side"], trade["profit_loss"], trade["fees"]) == ("Made Up", "short", 70.0, 1.05)


def test_a_strategy_test_as_workbook_has_blanks_of_merged_cells() -> None:
    order = ["2024.03.04 10:00:00", "2", "EURUSD", "buy", "0.10 / 0.10", "", 1.08, 1.06, 1.09]
    deals = [
        ["2024.03.01 00:00:00", "1", "", "balance", "", "", "", "", 0, 0, 1000, 1000],
        ["2024.03.04 10:00:00", "2", "EURUSD", "buy", "in", "0.1", 1.08, "2", -0.35, 0, 0, 999.65],
        ["2024.03.05 09:00:00", "3", "EURUSD", "sell", "out", "0.1", 1.09, "3", -0.35, -0.2, 100, 1099.1, "tp 1.09"],
        ["", "", "", "", "", "", "", "", -0.7, -0.2, 1100, 1099.1],
    ]
    header = [
        *("Time", "Deal", "Symbol", "Type", "Direction", "Volume", "Price", "Order"),
        *("Commission", "Swap", "Profit", "Balance", "Comment"),
    ]
    report = [
        ["Strategy Tester Report"],
        ["Settings"],
        ["Expert:", "", "", "Grid Lines"],
        ["Total Net Profit:", "", "", 98.0, "Balance Drawdown Absolute:", "", "", 0.35],
        ["Gross Profit:", "", "", 98.0, "Balance Drawdown Maximal:", "", "", "0.35 (0.04%)"],
        ["Gross Loss:", "", "", 0, "Balance Drawdown Relative:", "", "", "0.04% (0.35)"],
        ["Orders"],
        [*order, "2024.03.04 10:00:00", "", "filled"],
        ["Deals"],
        header,
        *deals,
    ]

    reading = read(workbook(report))
    trade = only(reading)

    assert (reading.format, reading.ignored_rows, trade["strategy_used"]) == ("metatrader5_tester", 1, "Grid Lines")
    assert (trade["profit_loss"], trade["stop_price"], trade["target_price"]) == (99.1, 1.06, 1.09)
    assert any("The deals add up to 99.10, the report says 98.00" in notice for notice in reading.notices)

"""Zerodha: the tradebook of the Console (CSV or XLSX), and lists of its trades with charges."""

from __future__ import annotations

import pandas as pd

from mentor.importing.formats.declared import Layout, declare
from mentor.importing.tables import Table
from mentor.messages import message

#: Segments whose quantity counts shares or units of an index; of commodities and currencies it counts lots.
IN_UNITS = ("EQ", "FO", "MF")
#: What the exchange calls a derivative when it is an option.
OPTION = r"(?:CE|PE|CALL|PUT)\s*$"


def _tradebook(rows: pd.DataFrame) -> pd.DataFrame:
    """Ids of trades are an exchange's own and begin anew each day."""
    segment = rows["segment"].str.upper() if "segment" in rows else pd.Series("", index=rows.index, dtype="str")
    rows["multiplier"] = pd.Series("1", index=rows.index, dtype="str").where(segment.isin(IN_UNITS))
    rows["asset"] = _assets(rows["symbol"]).mask(segment.isin(("EQ", "MF")), "stock")
    exchange = rows["exchange"].fillna("") if "exchange" in rows else ""
    rows["external_id"] = rows["day"].str[:10] + " " + exchange + " " + rows["trade"]
    return rows.drop(columns=[name for name in ("segment", "day", "exchange", "trade") if name in rows])


def _charged(rows: pd.DataFrame) -> pd.DataFrame:
    rows["asset"] = _assets(rows["symbol"])
    return rows


def _assets(symbols: pd.Series) -> pd.Series:
    option = symbols.str.contains(OPTION, case=False, regex=True, na=False)
    return pd.Series("future", index=symbols.index, dtype="str").mask(option, "option")


def _client(table: Table) -> str | None:
    """The client's id, as the workbook says it above the table."""
    for row in table.preamble:
        cells = [cell.strip() for cell in row.cells if cell.strip()]
        if len(cells) > 1 and cells[0].casefold() == "client id":
            return cells[1]
    return None


FORMAT = declare(
    "zerodha",
    message("Zerodha tradebook (CSV, XLSX)"),
    Layout(
        needs=("symbol", "trade_date", "trade_type", "quantity", "price", "trade_id", "order_execution_time"),
        columns={
            "symbol": "symbol",
            "side": "trade_type",
            "size": "quantity",
            "price": "price",
            "time": "order_execution_time",
            "segment": "segment",
            "day": "trade_date",
            "exchange": "exchange",
            "trade": "trade_id",
        },
        adapt=_tradebook,
        account=_client,
        shorts="stated",
        zone="Asia/Kolkata",
        currency="INR",
        notices=(
            message(
                "A tradebook states no charges (brokerage, STT, exchange fees, stamp duty): profits are before them."
            ),
        ),
    ),
    Layout(
        needs=("trade_date", "symbol", "transaction_type", "quantity", "price", "trade_value", "charges"),
        columns={
            "symbol": "symbol",
            "side": "transaction_type",
            "size": "quantity",
            "price": "price",
            "time": "trade_date",
            "gross": "trade_value",
        },
        costs={"charges": "paid"},
        adapt=_charged,
        shorts="stated",
        zone="Asia/Kolkata",
        currency="INR",
    ),
)

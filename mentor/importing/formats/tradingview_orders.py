"""TradingView's order history, of paper trading and of brokers in its panel, and a paper account's balance history."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from mentor.importing.contracts import multiplier_of
from mentor.importing.currencies import MONEY
from mentor.importing.formats.cells import numbers
from mentor.importing.formats.declared import Layout, Names, declare

FILLED = ("filled", "ausgeführt")
UNFILLED = ("cancel", "reject", "expired", "inactive", "working", "placing", "storniert", "abgelehnt", "abgelaufen")
COSTS = ("Commission", "Kommission")
#: Types of orders that only ever close a position.
CLOSING = ("take profit", "stop loss", "take-profit", "stop-loss")
US_STOCKS = frozenset(("NASDAQ", "NYSE", "AMEX", "ARCA", "NYSEARCA", "BATS", "CBOE", "OTC"))
STOCKS = US_STOCKS | frozenset(("TSX", "TSXV", "LSE", "XETR", "EURONEXT", "MIL", "SIX", "ASX", "HKEX", "NSE", "IDX"))
FOREX = frozenset(("FX", "FX_IDC", "OANDA", "FOREXCOM", "SAXO", "FXCM", "PEPPERSTONE", "ICMARKETS", "CAPITALCOM"))
SPOT = frozenset(("BITSTAMP", "COINBASE", "KRAKEN", "BITFINEX", "GEMINI"))
COINS = SPOT | frozenset(("BINANCE", "BYBIT", "OKX", "KUCOIN", "MEXC", "BITGET"))
PAIR = re.compile(r"([A-Z]{3})([A-Z]{3})")
#: Sized in coins and paid in dollars; what is quoted in `USD` may be paid in the coin, but for spot.
LINEAR = re.compile(r"[A-Z0-9]+?(USDT|USDC|USD)(\.P)?")
CLOSED = (
    r"Close (?P<side>long|short) position for symbol (?P<symbol>\S+) at price (?P<exit_price>[\d.,]+) "
    r"for (?P<size>[\d.,]+) units\. Position AVG Price was (?P<entry_price>[\d.]+\d)"
)


def orders(rows: pd.DataFrame) -> pd.DataFrame:
    """Filled orders, with what was traded as far as the exchange in front of the symbol says it."""
    amounts = numbers(rows, "price", "size", *COSTS)
    status = rows["status"].str.casefold() if "status" in rows else pd.Series(FILLED[0], index=rows.index)
    unfilled = amounts[["price", "size"]].fillna(0).eq(0).any(axis="columns")
    rows.loc[~status.isin(FILLED), "refused"] = "has a status that does not say whether it was filled"
    rows.loc[unfilled | status.str.startswith(UNFILLED), "ignored"] = "never filled"
    kinds = rows["symbol"].map(_kind, na_action="ignore")
    rows["asset"], rows["currency"] = kinds.str[0], kinds.str[1]
    if "type" in rows:
        rows["effect"] = rows["type"].str.casefold().isin(CLOSING).map({True: "close", False: None})
    paid = amounts.drop(columns=["price", "size"]).fillna(0).ne(0).any(axis="columns")
    foreign = paid & rows["currency"].notna() & rows["currency"].ne(_account_currency(rows))
    rows.loc[foreign, "refused"] = "has a profit in another currency than its commission, which is in the account's"
    return rows.drop(columns=["status", "type", "margin"], errors="ignore")


def _account_currency(rows: pd.DataFrame) -> str:
    """What margins are written in: `3,105.21 USD`."""
    margins = rows["margin"] if "margin" in rows else pd.Series(dtype="str")
    return str(next(iter(margins.str.extract(r"([A-Z]{3,4})$")[0].mode()), "USD"))


def _kind(symbol: str) -> tuple[str | None, str | None]:
    """What a symbol such as `NASDAQ:AAPL` is, and the currency it is quoted in."""
    exchange, _, name = symbol.upper().rpartition(":")
    spec = multiplier_of(symbol, asset=None)
    if spec is not None or name.endswith("!"):
        return "future", spec.currency if spec else None
    if exchange in STOCKS:
        return "stock", "USD" if exchange in US_STOCKS else None
    pair, linear = PAIR.fullmatch(name), LINEAR.fullmatch(name)
    if exchange in FOREX and pair and MONEY.issuperset(pair.groups()):
        return "forex", pair[2]
    if linear and exchange in (SPOT if linear[1] == "USD" else COINS):
        return "crypto", linear[1]
    return None, None


def _closed(rows: pd.DataFrame) -> pd.DataFrame:
    """What a sentence says was closed; a row that names no position is no trade, but its money would be missed."""
    parts = rows["action"].str.extract(CLOSED)
    rows[list(parts.columns)] = parts.astype("str").where(parts.notna(), None)
    other, moved = parts["symbol"].isna(), numbers(rows, "profit")["profit"].fillna(0).ne(0)
    rows.loc[other & ~moved, "ignored"] = "not one of the rows that count"
    rows.loc[other & moved, "refused"] = "is money, a commission perhaps, that belongs to no single trade of this list"
    return rows.drop(columns="action")


ORDERS: Mapping[str, Names] = {
    "symbol": "Symbol",
    "side": ("Side", "Seite"),
    "size": ("Fill quantity", "Filled Qty", "Erfüllungsmenge", "Quantity", "Qty", "Anz."),
    "price": ("Avg fill price", "Fill price", "Durchschnittlicher Erfüllungspreis"),
    "time": ("Status time", "Closing time", "Status Zeit"),
    "external_id": ("Order ID", "Order-Nummer"),
    "type": ("Type", "Typ"),
    "status": "Status",
    "margin": "Margin",
}


def list_of_orders(*needs: str, lacks: tuple[str, ...] = ()) -> Layout:
    """A table of orders with these columns."""
    return Layout(
        needs=needs, lacks=lacks, columns=ORDERS, costs=dict.fromkeys(COSTS, "detect"), adapt=orders, shorts="stated"
    )


FORMAT = declare(
    "tradingview_orders",
    "TradingView order history and balance history (CSV)",
    list_of_orders("Symbol", "Side", "Fill price", "Closing time"),
    list_of_orders("Symbol", "Side", "Avg fill price", "Status time", "Placing time"),
    list_of_orders("Symbol", "Seite", "Durchschnittlicher Erfüllungspreis", "Status Zeit", lacks=("Aktiv bei",)),
    Layout(
        needs=("Time", "Balance before", "Balance after", "Realized PnL (value)", "Action"),
        columns={
            "exit_time": "Time",
            "profit": "Realized PnL (value)",
            "currency": "Realized PnL (currency)",
            "action": "Action",
        },
        adapt=_closed,
        notices=("Each row is what one order closed; the file does not say when it was opened.",),
    ),
)

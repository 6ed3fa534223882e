"""TradingView's order history, of paper trading and of brokers in its panel, and a paper account's balance history."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from mentor.importing.contracts import multiplier_of
from mentor.importing.currencies import MONEY
from mentor.importing.formats.cells import numbers
from mentor.importing.formats.declared import Layout, Names, declare
from mentor.importing.formats.tradingview_balance import BALANCES
from mentor.messages import message

FILLED = ("filled", "ausgeführt")
#: Orders that are over, and those that may still be filled further.
UNFILLED = ("cancel", "reject", "expired", "inactive", "storniert", "abgelehnt", "abgelaufen")
WORKING = ("working", "placing")
COSTS = ("Commission", "Kommission")
#: Types of orders that only ever close a position.
CLOSING = ("take profit", "stop loss", "take-profit", "stop-loss")
US_STOCKS = frozenset(("NASDAQ", "NYSE", "AMEX", "ARCA", "NYSEARCA", "BATS", "CBOE", "OTC"))
#: Where all shares are quoted in one currency; London's are in pence, pounds, dollars or euros.
STOCKS = {
    **dict.fromkeys(US_STOCKS, "USD"),
    **{"TSX": "CAD", "TSXV": "CAD", "XETR": "EUR", "MIL": "EUR", "ASX": "AUD", "NSE": "INR", "IDX": "IDR"},
}
FOREX = frozenset(("FX", "FX_IDC", "OANDA", "FOREXCOM", "SAXO", "FXCM", "PEPPERSTONE", "ICMARKETS", "CAPITALCOM"))
SPOT = frozenset(("BITSTAMP", "COINBASE", "KRAKEN", "BITFINEX", "GEMINI"))
COINS = SPOT | frozenset(("BINANCE", "BYBIT", "OKX", "KUCOIN", "MEXC", "BITGET"))
PAIR = re.compile(r"([A-Z]{3})([A-Z]{3})")
#: `ES1!`, `HSIF2026`: a future, also on an exchange of shares.
DATED = re.compile(r".+(?:\d!|[FGHJKMNQUVXZ]20\d\d)")
#: Fewer units of a currency than these are lots, of a size that the broker decides.
LEAST_UNITS = 100
#: Sized in coins and paid in dollars; what is quoted in `USD` may be paid in the coin, but for spot.
LINEAR = re.compile(r"[A-Z0-9]+?(USDT|USDC|USD)(\.P)?")


def orders(rows: pd.DataFrame) -> pd.DataFrame:
    """What was filled, with what was traded as far as the exchange in front of the symbol says it.

    A cancelled order counts where a column says how much of it was filled, and there alone.
    """
    status = rows["status"].str.casefold() if "status" in rows else pd.Series(FILLED[0], index=rows.index)
    done, over, working = status.isin(FILLED), status.str.startswith(UNFILLED), status.str.startswith(WORKING)
    partly = pd.Series(False, index=rows.index)
    if "filled" in rows:
        partly = numbers(rows, "filled")["filled"].fillna(0).ne(0)
        rows["size"] = rows["filled"].where(partly | ~done, rows["size"])
    amounts = numbers(rows, "price", "size", *COSTS)
    priced = amounts["price"].fillna(0).ne(0)
    rows.loc[~done & ~over, "refused"] = message("has a status that does not say whether it was filled")
    rows.loc[working, "refused"] = message("is an order that may still be filled further; import it when it is done")
    rows.loc[(done | partly) & ~priced, "refused"] = message("was filled, and the file does not say at which price")
    rows.loc[~done & ~partly & (over | working | ~priced), "ignored"] = "never filled"
    kinds = pd.Series([_kind(symbol, size) for symbol, size in zip(rows["symbol"], amounts["size"], strict=True)])
    rows["asset"], rows["currency"] = kinds.str[0].to_numpy(), kinds.str[1].to_numpy()
    if "type" in rows:
        rows["effect"] = rows["type"].str.casefold().isin(CLOSING).map({True: "close", False: None})
    paid = amounts.drop(columns=["price", "size"]).fillna(0).ne(0).any(axis="columns")
    foreign = paid & rows["currency"].notna() & rows["currency"].ne(_account_currency(rows))
    rows.loc[foreign, "refused"] = message(
        "has a profit in another currency than its commission, which is in the account's"
    )
    return rows.drop(columns=["filled", "status", "type", "margin"], errors="ignore")


def _account_currency(rows: pd.DataFrame) -> str:
    """What margins are written in: `3,105.21 USD`."""
    margins = rows["margin"] if "margin" in rows else pd.Series(dtype="str")
    return str(next(iter(margins.str.extract(r"([A-Z]{3,4})$")[0].mode()), "USD"))


def _kind(symbol: str | float, size: float) -> tuple[str | None, str | None]:
    """What a symbol such as `NASDAQ:AAPL` is, and the currency it is quoted in."""
    exchange, _, name = str(symbol).upper().rpartition(":")
    spec = multiplier_of(str(symbol), asset=None)
    if spec is not None or DATED.fullmatch(name):
        return "future", spec.currency if spec else None
    if exchange in STOCKS:
        return "stock", STOCKS[exchange]
    pair, linear = PAIR.fullmatch(name), LINEAR.fullmatch(name)
    if exchange in FOREX and pair and MONEY.issuperset(pair.groups()):
        return ("forex" if size >= LEAST_UNITS else None), pair[2]
    if linear and exchange in (SPOT if linear[1] == "USD" else COINS):
        return "crypto", linear[1]
    return None, None


FILLED_SIZE = ("Fill quantity", "Filled Qty", "Erfüllungsmenge")
ORDERS: Mapping[str, Names] = {
    "symbol": "Symbol",
    "side": ("Side", "Seite"),
    "size": ("Quantity", "Qty", "Anz.", *FILLED_SIZE),
    "filled": FILLED_SIZE,
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
    message("TradingView order history and balance history (CSV)"),
    list_of_orders("Symbol", "Side", "Fill price", "Closing time"),
    list_of_orders("Symbol", "Side", "Avg fill price", "Status time", "Placing time"),
    list_of_orders("Symbol", "Seite", "Durchschnittlicher Erfüllungspreis", "Status Zeit", lacks=("Aktiv bei",)),
    *BALANCES,
)

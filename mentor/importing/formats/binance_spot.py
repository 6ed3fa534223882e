"""Binance spot: the trade history, one row a fill, with the coin behind each amount or in columns of their own."""

from __future__ import annotations

import pandas as pd

from mentor.importing.formats.cells import numbers
from mentor.importing.formats.declared import Layout, declare
from mentor.messages import message

#: What pairs are quoted in, where the table does not say it.
QUOTES = ("USDT", "USDC", "FDUSD", "BUSD", "TUSD", "EUR", "TRY", "BRL", "GBP", "AUD", "BTC", "ETH", "BNB")
UNKNOWN = message("does not say in which coins its amounts are")


def _with_units(rows: pd.DataFrame) -> pd.DataFrame:
    """`0.0073BTC` bought for `316.30USDT`; the first coins of a pair may begin with digits, as 1INCH does."""
    rows["currency"] = rows["gross"].str.extract(r"([A-Z]\w*)$")[0]
    base = [_base(*pair) for pair in zip(_texts(rows["symbol"]), _texts(rows["currency"]), strict=True)]
    rows["size"] = _amounts(rows["size"], base)
    rows.loc[rows["size"].isna(), "refused"] = UNKNOWN
    return _less_fees(rows, _amounts(rows["Fee"], base))


def _with_columns(rows: pd.DataFrame) -> pd.DataFrame:
    """The older table, with the coin of the fee beside it."""
    rows["currency"] = [
        next((quote for quote in QUOTES if text.endswith(quote)), None) for text in _texts(rows["symbol"])
    ]
    rows.loc[rows["currency"].isna(), "refused"] = UNKNOWN
    base = [_base(*pair) for pair in zip(_texts(rows["symbol"]), _texts(rows["currency"]), strict=True)]
    rows["Fee"] = rows["Fee"] + " " + rows.pop("fee_coin")
    return _less_fees(rows, _amounts(rows["Fee"], base))


def _less_fees(rows: pd.DataFrame, own: pd.Series) -> pd.DataFrame:
    """A fee in the coin that was bought is that much less of it, and no money."""
    bought = own.notna() & rows["side"].str.casefold().eq("buy")
    read = numbers(rows.assign(own=own), "size", "own")
    less = (read["size"] - read["own"]).round(12).map(repr)
    rows["size"] = rows["size"].mask(bought, less.astype("str"))
    rows["Fee"] = rows["Fee"].mask(bought)
    return rows


def _texts(cells: pd.Series) -> list[str]:
    return cells.astype(object).fillna("").tolist()


def _base(pair: str, quote: str) -> str:
    """`BTCUSDT` in `USDT` → `BTC`; '' where the pair is quoted in something else."""
    return pair.removesuffix(quote).rstrip("/-_") if quote and pair.endswith(quote) else ""


def _amounts(cells: pd.Series, coins: list[str]) -> pd.Series:
    """Amounts that are in these coins, without them; missing where they are not."""
    pairs = zip(_texts(cells), coins, strict=True)
    found = [text.removesuffix(coin).strip() if coin and text.endswith(coin) else None for text, coin in pairs]
    return pd.Series(found, index=cells.index, dtype="str")


FORMAT = declare(
    "binance_spot",
    message("Binance spot trade history (CSV)"),
    Layout(
        needs=("Pair", "Side", "Price", "Executed", "Amount", "Fee"),
        lacks=("Status",),
        columns={
            "symbol": "Pair",
            "side": "Side",
            "price": "Price",
            "size": "Executed",
            "gross": "Amount",
            "time": ("Date", "Time"),
        },
        costs={"Fee": "paid"},
        adapt=_with_units,
        shorts="stated",
        asset="crypto",
        date_order="ymd",
        newest_first=True,
    ),
    Layout(
        needs=("Date(UTC)", "Market", "Type", "Price", "Amount", "Total", "Fee", "Fee Coin"),
        columns={
            "symbol": "Market",
            "side": "Type",
            "price": "Price",
            "size": "Amount",
            "gross": "Total",
            "time": "Date",
            "fee_coin": "Fee Coin",
        },
        costs={"Fee": "paid"},
        adapt=_with_columns,
        shorts="stated",
        asset="crypto",
        zone="UTC",
        date_order="ymd",
        newest_first=True,
    ),
)

"""Binance futures: the trade history of USDⓈ-M and COIN-M contracts, one row a fill."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from mentor.importing.formats.cells import numbers
from mentor.importing.formats.declared import NOTICES, Layout, declare
from mentor.messages import message

LINEAR = re.compile(r".+?(USDT|USDC|BUSD|FDUSD|BFUSD|USD1|TUSD)(_\d{6})?")
COIN_MARGINED = re.compile(r"(.+?)USD_(PERP|\d{6})")


#: So many symbols are named in a notice.
SHOWN = 8


def _futures(rows: pd.DataFrame) -> pd.DataFrame:
    rows = _oldest_first(rows)
    rows["currency"] = rows["symbol"].map(_margin, na_action="ignore").astype("str")
    coins = rows["symbol"].str.fullmatch(COIN_MARGINED).eq(other=True)
    rows["asset"] = pd.Series("crypto", index=rows.index, dtype="str").mask(coins)  # those have sizes in contracts
    if "external_id" in rows:
        rows["external_id"] = rows["symbol"] + " " + rows["external_id"]  # counted anew for every symbol
        again = rows["external_id"].notna() & rows.drop(columns="line").duplicated()
        rows["ignored"] = rows["ignored"].mask(again, "repeats another row")
    if "fee_coin" in rows:
        rows["Fee"] = rows["Fee"].str.cat(rows.pop("fee_coin"), sep=" ", na_rep="").str.strip()
    return _with_legs(rows)


def _oldest_first(rows: pd.DataFrame) -> pd.DataFrame:
    """As they happened: of the same second by the number of the trade, else in the order of the file."""
    newest_first = len(rows) > 1 and str(rows["time"].iloc[0]) > str(rows["time"].iloc[-1])
    ordered = rows.iloc[::-1] if newest_first else rows
    number = pd.to_numeric(ordered["external_id"], errors="coerce") if "external_id" in rows else 0
    return ordered.assign(number=number).sort_values(["time", "number"]).drop(columns="number").reset_index(drop=True)


def _margin(symbol: str) -> str | None:
    """What profit and fees of a contract are paid in."""
    if linear := LINEAR.fullmatch(symbol):
        return linear[1]
    return coin[1] if (coin := COIN_MARGINED.fullmatch(symbol)) else None


def _with_legs(rows: pd.DataFrame) -> pd.DataFrame:
    """The side each fill belongs to: one that realised a profit closes the other side, whether this file opened it.

    A fill that also opens its own side, as one does that turns a position round, becomes two.
    """
    sells = rows["side"].str.strip().str.casefold().eq("sell")
    stated = rows["leg"].str.casefold() if "leg" in rows else pd.Series(index=rows.index, dtype="str")
    opens, beyond, both_ways = _openings(rows.assign(sign=np.where(sells, -1, 1)))
    legs = pd.Series(np.where(sells ^ opens, "long", "short"), index=rows.index, dtype="str")
    rows["leg"] = stated.where(stated.isin(("long", "short"))).fillna(legs)
    rows["effect"] = np.where(sells ^ rows["leg"].eq("long"), "open", "close")
    if both_ways:
        named = ", ".join(both_ways[:SHOWN])
        rows.attrs[NOTICES] = (
            message(
                "{symbols}: long and short were open at once (hedge mode), each is paired for itself.", symbols=named
            ),
        )
    return _turned(rows, beyond.where(rows["leg"].eq(legs), 0.0))


def _openings(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series, list[str]]:
    """Whether each fill opens, how much it opens beyond what it closes, and the symbols held both ways at once."""
    ordered = rows[rows["ignored"].isna()]
    read = numbers(ordered, "size", "price", "realized").fillna(0)
    held: dict[tuple[str, str], _Held] = {}
    accounts = ordered["account"] if "account" in ordered else pd.Series(index=ordered.index, dtype="str")
    keys = zip(accounts.fillna(""), ordered["symbol"].fillna(""), strict=True)
    taken = [
        held.setdefault(key, _Held()).take(long=sign > 0, size=size, price=price, realized=realized)
        for key, sign, (size, price, realized) in zip(keys, ordered["sign"], read.to_numpy(), strict=True)
    ]
    found = pd.DataFrame(taken, index=ordered.index, columns=["opens", "beyond"]).reindex(rows.index)
    found = found.fillna({"opens": False, "beyond": 0.0}).astype({"opens": "bool"})
    return found["opens"], found["beyond"], [symbol for (_, symbol), sides in held.items() if sides.both_ways]


@dataclass(slots=True)
class _Held:
    """Size and average price of both sides of a symbol, as far as this file opened them."""

    sides: dict[bool, tuple[float, float]] = field(default_factory=lambda: {True: (0.0, 0.0), False: (0.0, 0.0)})
    both_ways: bool = False

    def take(self, *, long: bool, size: float, price: float, realized: float) -> tuple[bool, float]:
        """Whether a purchase (`long`) or a sale opens its own side, else how much of it does so."""
        own, other = self.sides[long], self.sides[not long]
        at_entry = realized == 0 and 0 < size <= other[0] and abs(price - other[1]) <= 1e-6 * price
        if realized == 0 and not at_entry:
            total = own[0] + size
            self.sides[long] = (total, (own[0] * own[1] + size * price) / total if total else price)
            self.both_ways = self.both_ways or other[0] > 0
            return True, 0.0
        beyond = round(size - other[0], 10)
        self.sides[not long] = (max(-beyond, 0.0), other[1])
        if beyond <= 0 or own[0] or not _explains(other, price, realized, long=long):
            return False, 0.0
        self.sides[long] = (beyond, price)
        return False, beyond


def _explains(held: tuple[float, float], price: float, realized: float, *, long: bool) -> bool:
    """Whether closing just what is held realises the stated profit."""
    expected = held[0] * (held[1] - price if long else price - held[1])
    return abs(expected - realized) <= 0.05 * abs(expected) + 0.001 * abs(price * held[0])


def _turned(rows: pd.DataFrame, beyond: pd.Series) -> pd.DataFrame:
    """Each fill that turned a position round as the part that closed it and the part that opened the other side."""
    turned = rows[beyond > 0]
    if turned.empty:
        return rows
    size = numbers(turned, "size")["size"]
    rest = turned.assign(
        size=beyond[turned.index].map(repr),
        Fee=_share(turned["Fee"], beyond / size),
        realized=np.nan,
        leg=turned["leg"].map({"long": "short", "short": "long"}),
        effect="open",
    )
    if "external_id" in rows:
        rest["external_id"] += " turned"
    rows.loc[turned.index, "size"] = (size - beyond).round(10).map(repr)
    rows.loc[turned.index, "Fee"] = _share(turned["Fee"], 1 - beyond / size)
    return pd.concat([rows, rest]).sort_index(kind="stable").reset_index(drop=True)


def _share(fees: pd.Series, share: pd.Series) -> pd.Series:
    """Part of each fee, in its own unit."""
    parts = fees.str.extract(r"^([\d.,-]+)\s*(.*)$")
    amounts = numbers(parts.rename(columns={0: "fee"}), "fee")["fee"] * share
    return (amounts.map(repr, na_action="ignore").astype("str") + " " + parts[1]).str.strip()


FORMAT = declare(
    "binance",
    message("Binance futures trade history (CSV)"),
    Layout(
        needs=("Symbol", "Side", "Price", "Quantity", "Fee", "Realized Profit"),
        columns={
            "symbol": "Symbol",
            "side": "Side",
            "price": "Price",
            "size": "Quantity",
            "time": ("Time", "Date"),
            "realized": "Realized Profit",
            "external_id": "Trade ID",
            "account": "Uid",
            "leg": "Position Side",
            "fee_coin": ("Fee Coin", "Fee Asset", "Commission Asset"),
        },
        costs={"Fee": "paid"},
        adapt=_futures,
        shorts="usual",
        date_order="ymd",
    ),
)

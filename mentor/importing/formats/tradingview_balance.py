"""TradingView's balance history of a paper account: a sentence for what each order closed, and for each commission."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import pandas as pd

from mentor.importing.formats.cells import moments, numbers
from mentor.importing.formats.declared import Layout
from mentor.messages import message

SENTENCE = (
    r"^(?P<paid>Commission for: )?(?:Close (?P<side>long|short)|Enter) position for symbol (?P<symbol>\S+) "
    r"at price (?P<exit_price>[\d.,]+) for (?P<size>[\d.,]+) units"
    r"(?:\. Position AVG Price was (?P<entry_price>[\d.]+\d))?"
)
PARTS = ("symbol", "side", "size", "entry_price", "exit_price")
UNCLEAR = message("is money, a commission perhaps, that belongs to no single trade of this list")
STILL_OPEN = message("is the commission of a position that this list does not show closed, or not wholly")
ELSEWHERE = "counted with the trade that it is the commission of"


@dataclass(slots=True)
class _Entry:
    """What is still held of an entry, and what of its commission is not yet a trade's."""

    row: int
    units: float
    fee: float


def _closed(rows: pd.DataFrame) -> pd.DataFrame:
    """What was closed, with the commissions of closing and, in the order of the entries, of opening it.

    A row that says nothing of this is no trade, but its money would be missed.
    """
    parts = rows["action"].str.extract(SENTENCE)
    rows[list(PARTS)] = parts[list(PARTS)].astype("str").where(parts[list(PARTS)].notna(), None)
    moved, balance = numbers(rows, "profit")["profit"], numbers(rows, "before", "after")
    steps = balance["after"] - balance["before"]
    twice = rows[["exit_time", "before", "after", "action"]].duplicated() & steps.ne(0)
    paid, closing = parts["paid"].notna() & ~twice, parts["side"].notna() & ~twice
    closes, other = closing & ~paid, parts["symbol"].isna() | (~closing & ~paid)
    rows.loc[other & moved.fillna(0).eq(0), "ignored"] = "not one of the rows that count"
    rows.loc[other & moved.fillna(0).ne(0), "refused"] = UNCLEAR
    rows.loc[twice, "ignored"] = "the same row once more"
    if paid.any():
        _add_commissions(rows, moved.where(~paid, moved.fillna(steps)), paid, closes)
    same = rows["exit_time"] + " " + rows["after"]
    rows["external_id"] = same.where(closes & moved.ne(0))
    return rows.drop(columns=["action", "before", "after"], errors="ignore")


def _add_commissions(rows: pd.DataFrame, moved: pd.Series, paid: pd.Series, closes: pd.Series) -> None:
    """Sets `net_profit`; commissions that belong to no closed trade are refused."""
    costs = pd.Series(0.0, index=rows.index)
    key = rows["exit_time"] + " " + rows["action"].str.removeprefix("Commission for: ")
    nth = key + " " + key.groupby([key, paid]).cumcount().astype("str")
    fees = pd.Series((-moved[paid]).to_numpy(), index=nth[paid])
    costs[closes] = nth[closes].map(fees).fillna(0.0)
    entries = paid & rows["side"].isna()
    shares, still_held = _shares(rows, moved, entries, closes)
    for row, share in shares:
        costs[row] += share
    rows.loc[paid, "ignored"] = ELSEWHERE
    alone = paid & ~entries & ~nth.isin(nth[closes])
    rows.loc[alone, ["ignored", "refused"]] = [None, UNCLEAR]
    rows.loc[still_held, ["ignored", "refused"]] = [None, STILL_OPEN]
    net = (moved - costs).where(closes)
    rows["net_profit"] = net.map(lambda value: f"{value:.10f}", na_action="ignore").astype("str").where(closes)


def _shares(
    rows: pd.DataFrame, moved: pd.Series, entries: pd.Series, closes: pd.Series
) -> tuple[list[tuple[int, float]], list[int]]:
    """What each closing row bears of the entries' commissions, first in, first out; the entries with something left."""
    units, held = numbers(rows, "size")["size"], dict[str, deque[_Entry]]()
    shares: list[tuple[int, float]] = []
    for row in _oldest_first(rows):
        lots = held.setdefault(str(rows.at[row, "symbol"]), deque())
        if entries[row] and units[row] > 0:
            lots.append(_Entry(row, units[row], -moved[row]))
        left = units[row] if closes[row] else 0.0
        while lots and left > 0:
            part = min(1.0, left / lots[0].units)
            shares.append((row, lots[0].fee * part))
            left -= lots[0].units
            lots[0].fee, lots[0].units = lots[0].fee * (1 - part), lots[0].units * (1 - part)
            if part == 1.0:
                lots.popleft()
    return shares, [lot.row for lots in held.values() for lot in lots]


def _oldest_first(rows: pd.DataFrame) -> list[int]:
    """TradingView writes the newest first, also within a second."""
    at = moments(rows, "exit_time", date_order="ymd")["exit_time"]
    upwards = at.dropna().diff().dropna().dt.total_seconds().sum() > 0
    ordered = at if upwards else at[::-1]
    return [int(row) for row in ordered.sort_values(kind="stable").index]


def _balance(time: str, before: str, after: str, value: str, currency: str, action: str) -> Layout:
    return Layout(
        needs=(time, before, after, value, action),
        columns={
            "exit_time": time,
            "before": before,
            "after": after,
            "profit": value,
            "currency": currency,
            "action": action,
        },
        adapt=_closed,
        notices=(message("Each row is what one order closed; the file does not say when it was opened."),),
    )


#: Only the headings are in the language of the page.
BALANCES = (
    _balance(
        *("Time", "Balance before", "Balance after", "Realized PnL (value)", "Realized PnL (currency)", "Action"),
    ),
    _balance(
        *("Time", "Balance before", "Balance after", "Realized P&L (value)", "Realized P&L (currency)", "Action"),
    ),
    _balance(
        *("Zeit", "Saldo vor", "Saldo nach", "Realisierter G&V (wert)", "Realisierter G&V (währung)", "Aktion"),
    ),
    _balance(
        *("Heure", "Balance avant", "Balance après", "Pertes et profits réalisés (valeur)"),
        *("Pertes et profits réalisés (devise)", "Action"),
    ),
)

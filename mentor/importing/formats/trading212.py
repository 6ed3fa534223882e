"""Trading 212: the history of an Invest or ISA account, in which `Total` is cash in the account's currency."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mentor.importing.formats.cells import numbers, told_apart
from mentor.importing.formats.declared import Layout, declare
from mentor.importing.told import DISTRIBUTION, NO_ACTION, SPIN_OFF, SPLIT, TRANSFER, UNKNOWN_ACTION, in_column
from mentor.messages import Message, message

TRADES = r"(?:market|limit|stop|stop limit) (?:buy|sell)"
#: Money, not shares.
MONEY = (
    r"deposit|withdrawal|dividend\b.*|(?:lending |share lending )?interest\b.*|currency conversion|result adjustment"
    r"|card .*|new card cost|spending.*|cashback.*|adr fee|.*\bfee|.*rebate"
)
#: What changes the shares held without a trade, and how it is told.
CHANGES = {
    r"stock split.*": SPLIT,
    r"spin[- ]?off.*": SPIN_OFF,
    r"(?:custom )?stock distribution.*|equity rights.*": DISTRIBUTION,
    r"transfer (?:in|out).*": TRANSFER,
}
#: Costs of a trade, each with its currency in a column of its own.
COSTS = (
    *("Currency conversion fee", "Transaction fee", "Finra fee", "Stamp duty", "Stamp duty reserve tax"),
    *("French transaction tax", "PTM levy", "Deposit fee"),
)


def _history(rows: pd.DataFrame) -> pd.DataFrame:
    """Trades, rows that only move money, and what changes a position without a price."""
    action = rows["side"].str.casefold()
    trade = action.str.fullmatch(TRADES, na=False)
    rows["symbol"] = told_apart(rows["symbol"], rows["isin"])
    rows.loc[action.str.fullmatch(MONEY, na=False), "ignored"] = "money, not a trade"
    unknown = ~trade & rows["ignored"].isna()
    for pattern, told in CHANGES.items():
        found = action.str.fullmatch(pattern, na=False)
        rows["notes"] = _noted(rows, found, told)
        rows.loc[found, "side"] = "break"
        rows.loc[found, "amount"] = np.nan
        unknown &= ~found
    rows.loc[unknown, "refused"] = in_column(UNKNOWN_ACTION, rows["side"]).fillna(NO_ACTION)
    rows.loc[trade & rows["amount"].isna(), "refused"] = message("states no total, so nothing says what the trade cost")
    rows = _in_one_currency(rows)
    helpers = [
        name for name in rows.columns if str(name).startswith("currency of ") or name in ("isin", "rate", "priced in")
    ]
    return rows.drop(columns=helpers)


def _noted(rows: pd.DataFrame, found: pd.Series, told: Message) -> pd.Series:
    notes = rows["notes"] if "notes" in rows else pd.Series(index=rows.index, dtype="str")
    return notes.mask(found, in_column(told, rows["time"].str[:10]))


def _in_one_currency(rows: pd.DataFrame) -> pd.DataFrame:
    """Costs in the currency of the price count in the account's, at the row's exchange rate; in a third one unknown."""
    read = numbers(rows, "rate", *COSTS)
    own = rows["currency"] if "currency" in rows else pd.Series(index=rows.index, dtype="str")
    priced = rows.get("priced in", own)
    for cost in (cost for cost in COSTS if cost in rows and f"currency of {cost}" in rows):
        paid_in = rows[f"currency of {cost}"]
        foreign = rows[cost].notna() & paid_in.notna() & own.notna() & (paid_in != own)
        exchanged = (read[cost] / read["rate"]).round(2).astype("str").where(read["rate"] > 0)
        rows.loc[foreign, cost] = exchanged.where(paid_in == priced)[foreign]
    return rows


FORMAT = declare(
    "trading212",
    message("Trading 212 history (CSV)"),
    Layout(
        needs=("Action", "ISIN", "Ticker", "No. of shares", "Price / share", "Total"),
        columns={
            "symbol": "Ticker",
            "isin": "ISIN",
            "side": "Action",
            "size": "No. of shares",
            "price": "Price / share",
            "priced in": "Currency (Price / share)",
            "rate": "Exchange rate",
            "time": ("Time (UTC)", "Time"),
            "amount": "Total",
            "currency": "Currency (Total)",
            "notes": "Notes",
            "external_id": "ID",
            **{f"currency of {cost}": f"Currency ({cost})" for cost in COSTS},
        },
        costs=dict.fromkeys(COSTS, "paid"),
        adapt=_history,
        shorts="stated",
        zone="UTC",
        date_order="ymd",
        shared_ids=True,
    ),
)

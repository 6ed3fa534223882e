"""tastytrade: transaction history of today, and of its time as tastyworks."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mentor.importing.contracts import parse_option
from mentor.importing.formats.cells import numbers
from mentor.importing.formats.declared import Layout, declare
from mentor.importing.option_names import option_symbols, spelled
from mentor.importing.told import CHANGED, in_column
from mentor.messages import message

ASSETS = {
    "equity": "stock",
    "equity option": "option",
    "future": "future",
    "future option": "future option",
    "cryptocurrency": "crypto",
    "bond": "bond",
}
#: Rows that take a position away; those settled in cash say how much.
REMOVED = r"^(?:cash settled )?(?:expiration|assignment|exercise)$"
#: Corporate actions that tastytrade books as a closing and an opening at what the position had cost.
BOOKED = r"symbol change|split|merger"
MONEY = ("size", "price", "gross", "multiplier")
NO_YEAR = message("has a time without a year; export the transaction history (History → Transactions → CSV) instead")


def _history(rows: pd.DataFrame) -> pd.DataFrame:
    """Names what was traded, brings prices to one share, and sorts out what is no trade."""
    kind = rows["instrument"].str.casefold()
    rows["asset"] = kind.map(ASSETS)
    rows["symbol"] = _symbols(rows)
    rows = _receive_deliver(_priced(rows), fees_are_positive=False)
    if "subtype" in rows:
        rows["effect"] = _effects(rows["subtype"])
    moved_money = rows["type"].str.casefold().eq("money movement")
    rows.loc[moved_money, "ignored"] = "moved money"
    rows.loc[moved_money, "side"] = pd.NA
    return rows.drop(columns=["instrument", "type", "subtype", "description"], errors="ignore")


def _symbols(rows: pd.DataFrame) -> pd.Series:
    """`PCG   201211C00010500` → `PCG 2020-12-11 10.5 C`; options on futures keep their code."""
    plain = rows["symbol"].str.replace(r"\s+", " ", regex=True)
    option = rows["symbol"].map(parse_option, na_action="ignore")
    named = option.map(lambda found: spelled(found) if found else None, na_action="ignore").astype("str")
    return named.where(rows["asset"].eq("option")).fillna(plain)


def _priced(rows: pd.DataFrame) -> pd.DataFrame:
    """The price of one share: from the text, else from the value; `Average Price` is that of a whole contract."""
    known = numbers(rows, *MONEY).reindex(columns=list(MONEY))
    usual = np.where(rows["asset"].eq("option"), 100.0, 1.0)
    contract = known["size"].abs() * known["multiplier"].fillna(pd.Series(usual, index=rows.index))
    value = known["gross"].abs().where(known["gross"] != 0)
    price = (value / contract).round(10).fillna(known["price"].abs())
    text = rows["description"].str.extract(r"@ *(-?[\d.,']+)\s*$")[0]
    text = text.mask(text.str.contains("'").eq(True) & rows["asset"].ne("future"))  # 64ths: the value tells
    prices = price.map(lambda value: f"{value:.10f}", na_action="ignore").astype("str")
    rows["price"] = text.fillna(prices)
    rows["gross"] = rows["gross"].mask(rows["asset"].eq("future"))  # the value of a future is what it was settled at
    return rows


def _receive_deliver(rows: pd.DataFrame, *, fees_are_positive: bool) -> pd.DataFrame:
    """What was delivered and not traded."""
    delivered = rows["type"].str.casefold().eq("receive deliver")
    subtype = rows["subtype"] if "subtype" in rows else pd.Series(dtype="str", index=rows.index)
    money = numbers(rows, "gross", "Commissions", "Fees")
    worth, costs = money["gross"].fillna(0), money.drop(columns="gross").sum(axis="columns")
    cash = worth + (-costs if fees_are_positive else costs)
    removed = delivered & subtype.str.contains(REMOVED, case=False).eq(True)
    booked = delivered & subtype.str.contains(BOOKED, case=False).eq(True) & rows["side"].notna() & (worth != 0)
    other = delivered & ~removed & ~booked & (rows["side"].isna() | (worth == 0))
    rows["amount"] = cash.map("{:.10f}".format).astype("str").where(removed & (worth != 0))
    rows["side"] = rows["side"].mask(removed, "remove").mask(other, "break")
    rows["price"] = rows["price"].mask(removed & (worth == 0), "0")
    rows.loc[_settled_too(rows, removed & (worth == 0), removed & (worth != 0)), "ignored"] = "settled in cash"
    told = rows["description"].where(booked)
    rows["notes"] = told.mask(other, in_column(CHANGED, subtype))
    return rows


def _settled_too(rows: pd.DataFrame, unpaid: pd.Series, paid: pd.Series) -> pd.Series:
    """Options whose removal is listed once more without money, beside the row that settles them in cash."""
    day = rows["time"].str.extract(r"^([^T ]+)")[0]
    option = rows["symbol"] + " " + day
    return unpaid & option.isin(option[paid])


def _effects(subtype: pd.Series) -> pd.Series:
    """`Sell to Close` of a future, whose action is a mere `SELL`."""
    words = subtype.str.extract(r"(?i)^(?:buy|sell) to (open|close)$")[0]
    return words.str.lower()


def _legacy(rows: pd.DataFrame) -> pd.DataFrame:
    option = rows["right"].notna()
    contract = rows["symbol"] + " " + rows["expiry"].str.split(" ").str[0] + " " + rows["strike"] + " " + rows["right"]
    rows["asset"] = pd.Series("stock", index=rows.index, dtype="str").mask(option, "option")
    rows.loc[rows["symbol"].str.startswith("/").eq(True), "asset"] = "future"
    rows["symbol"] = option_symbols(contract.where(option)).fillna(rows["symbol"])
    rows = _receive_deliver(rows, fees_are_positive=True)
    rows.loc[rows["type"].str.casefold().eq("money movement"), "ignored"] = "moved money"
    return rows.drop(columns=["expiry", "strike", "right", "type", "subtype", "description"], errors="ignore")


def _without_year(rows: pd.DataFrame) -> pd.DataFrame:
    filled = rows["status"].str.casefold().eq("filled")
    rows["refused"] = pd.Series(NO_YEAR, index=rows.index).where(filled)
    rows["ignored"] = pd.Series("never filled", index=rows.index).where(~filled)
    rows["size"] = "0"
    return rows.drop(columns="status")


FORMAT = declare(
    "tastytrade",
    message("tastytrade transaction history (CSV)"),
    Layout(
        needs=("Action", "Instrument Type", "Average Price", "Underlying Symbol"),
        columns={
            "symbol": "Symbol",
            "side": "Action",
            "size": "Quantity",
            "price": "Average Price",
            "time": "Date",
            "gross": "Value",
            "multiplier": "Multiplier",
            "currency": "Currency",
            "type": "Type",
            "subtype": "Sub Type",
            "instrument": "Instrument Type",
            "description": "Description",
        },
        costs={"Commissions": "detect", "Fees": "detect"},
        adapt=_history,
        shorts="stated",
        date_order="mdy",
        currency="USD",
    ),
    Layout(
        needs=("Transaction Code", "Transaction Subcode", "Buy/Sell", "Open/Close"),
        columns={
            "symbol": "Symbol",
            "side": "Buy/Sell + Open/Close",
            "size": "Quantity",
            "price": "Price",
            "time": "Date/Time",
            "gross": "Amount",
            "account": "Account Reference",
            "type": "Transaction Code",
            "subtype": "Transaction Subcode",
            "expiry": "Expiration Date",
            "strike": "Strike",
            "right": "Call/Put",
            "description": "Description",
        },
        costs={"Fees": "detect"},
        adapt=_legacy,
        shorts="stated",
        date_order="mdy",
        currency="USD",
    ),
    Layout(
        needs=("MarketOrFill", "TimeStampAtType", "Order #"),
        columns={"symbol": "Symbol", "side": "Description", "price": "Price", "time": "Time", "status": "Status"},
        adapt=_without_year,
        shorts="stated",
    ),
)

"""Charles Schwab: transactions of an account, and realised gains and losses lot by lot."""

from __future__ import annotations

import re

import pandas as pd

from mentor.importing.formats.activity import name_options, sort_rows
from mentor.importing.formats.cells import numbers
from mentor.importing.formats.declared import NOTICES, Layout, declare
from mentor.importing.option_names import option_symbols
from mentor.importing.tables import Table
from mentor.messages import Message, message

_ACCOUNT = re.compile(r" (?:for|account) +(?:account +)?(.+?) +(?:as of |for \d)", re.IGNORECASE)
REMOVED = r"^(?:expired|assigned|exchange or exercise)$"
WASH_SALE = "wash sale: Schwab's own gain or loss of this lot is"
WASHED = message(
    "What wash sales added to the cost of lots was not paid for them and does not count: Schwab's gains are lower by "
    "{amount:.2f}."
)
AS_STATED = message(
    "Gains are Schwab's own; after a wash sale they count a disallowed loss twice, which only Lot Details tell."
)


def _account(table: Table) -> str | None:
    """`Transactions for account Individual ...123 as of …` in a title above the header, or the account alone."""
    titles = [row.text for row in table.preamble if len(row.trimmed().cells) == 1]
    found = _ACCOUNT.search(titles[-1]) if titles else None
    return found[1] if found else next(iter(titles[1:]), None)


def _transactions(rows: pd.DataFrame) -> pd.DataFrame:
    """Reinvested dividends buy shares; an option that is removed without an option's symbol is a corporate action."""
    rows = name_options(rows, "symbol")
    word = rows["side"].str.casefold()
    rows["side"] = rows["side"].mask(word.eq("reinvest shares"), "Buy")
    exchanged = word.str.fullmatch(REMOVED).eq(True) & rows["asset"].ne("option")
    rows["side"] = rows["side"].mask(exchanged, rows["side"] + " of shares")
    rows = sort_rows(rows, removes=REMOVED)
    rows["effect"] = pd.Series(dtype="str", index=rows.index).mask(word.isin(("sell short", "short sale")), "open")
    return rows


def _lots(rows: pd.DataFrame) -> pd.DataFrame:
    """Lots are net of commissions. What a wash sale added to the cost of a lot was not paid for it, and does not count.

    Lines between the lots begin another account, or repeat the header.
    """
    titles = rows["exit_time"].isna() & rows["size"].isna()
    rows["symbol"] = option_symbols(rows["symbol"]).fillna(rows["symbol"])
    named = titles & ~rows["symbol"].str.contains("total", case=False).eq(True)
    rows["account"] = rows["symbol"].where(named).ffill()
    rows.loc[titles | rows["symbol"].eq("Symbol"), "ignored"] = "a title or total"
    rows["entry_time"] = rows["entry_time"].where(rows["entry_time"].str.contains(r"\d").eq(True))
    if {"cost", "paid"} <= set(rows.columns):
        rows = _unwashed(rows)
    return rows.drop(columns=["cost", "paid"], errors="ignore")


def _unwashed(rows: pd.DataFrame) -> pd.DataFrame:
    known = numbers(rows, "net_profit", "cost", "paid")
    moved = (known["cost"] - known["paid"]).round(2)
    washed = (moved > 0) & rows["ignored"].isna()
    profit = (known["net_profit"] + moved).map("{:.2f}".format).astype("str")
    rows["notes"] = (WASH_SALE + " " + rows["net_profit"]).where(washed)
    rows["net_profit"] = rows["net_profit"].mask(washed, profit)
    if washed.any():
        rows.attrs[NOTICES] = (Message(WASHED, amount=float(moved[washed].sum())),)
    return rows


def _closed(rows: pd.DataFrame) -> pd.DataFrame:
    """Whole sales, without the day of the purchase."""
    rows["symbol"] = option_symbols(rows["symbol"]).fillna(rows["symbol"])
    return rows


FORMAT = declare(
    "schwab",
    message("Charles Schwab transactions and realised gains (CSV)"),
    Layout(
        needs=("Date", "Action", "Symbol", "Quantity", "Fees & Comm", "Amount"),
        columns={
            "symbol": "Symbol",
            "side": "Action",
            "size": "Quantity",
            "price": "Price",
            "time": "Date",
            "amount": "Amount",
            "account": "Account",
        },
        costs={"Fees & Comm": "paid"},
        adapt=_transactions,
        newest_first=True,
        shorts="stated",
        date_order="mdy",
        currency="USD",
        account=_account,
    ),
    Layout(
        needs=("Symbol", "Closed Date", "Opened Date", "Quantity", "Gain/Loss"),
        columns={
            "symbol": "Symbol",
            "size": "Quantity",
            "entry_time": "Opened Date",
            "exit_time": "Closed Date",
            "entry_price": ("Cost Per Share", "Cost/Share"),
            "exit_price": ("Proceeds Per Share", "Proceeds/Share"),
            "net_profit": "Gain/Loss",
            "cost": ("Cost Basis", "Cost Basis (CB)"),
            "paid": ("Unadjusted Cost Basis", "Unadjusted Cost"),
        },
        adapt=_lots,
        date_order="mdy",
        currency="USD",
        account=_account,
    ),
    Layout(
        needs=("Symbol", "Closed Date", "Quantity", "Closing Price", "Total Gain/Loss"),
        columns={
            "symbol": "Symbol",
            "size": "Quantity",
            "exit_time": "Closed Date",
            "exit_price": "Closing Price",
            "net_profit": "Total Gain/Loss ($)",
        },
        adapt=_closed,
        date_order="mdy",
        currency="USD",
        account=_account,
        notices=(AS_STATED,),
    ),
)

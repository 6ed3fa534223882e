"""Questrade: the list of executions, the trade confirmations, and the account activities (CSV, XLSX)."""

from __future__ import annotations

import pandas as pd

from mentor.importing.formats.activity import name_options, sort_rows
from mentor.importing.formats.declared import Layout, declare
from mentor.messages import message

#: What the group of a trade confirmation is settled in.
GROUPS = {"canadian": "CAD", "u.s.": "USD", "us": "USD"}
#: Options that ended: expired, assigned, exercised.
REMOVES = r"^(?:exp|asn|exr|exe)$"


def _executions(rows: pd.DataFrame) -> pd.DataFrame:
    rows.loc[rows["size"].isna() & rows["price"].isna(), "ignored"] = "never filled"
    return name_options(rows, "symbol")


def _confirmations(rows: pd.DataFrame) -> pd.DataFrame:
    """The group says the currency, and the account behind it; options have no symbol but a description."""
    group = rows["group"].str.strip()
    rows["currency"] = group.str.casefold().str.split().str[0].map(GROUPS).astype("str")
    rows["account"] = group.str.extract(r"(?i)account\s+(\S+)$", expand=False).fillna(group)
    rows = _named(rows.drop(columns="group"))
    rows.loc[rows["symbol"].isna(), "refused"] = message(
        "names no symbol, and its description is no option we can read"
    )
    return rows


def _activities(rows: pd.DataFrame) -> pd.DataFrame:
    """Trades, options that ended, what changed shares held otherwise, and money."""
    reinvested = rows["side"].str.casefold().eq("rei") & rows["price"].notna()
    rows["side"] = rows["side"].mask(reinvested, "buy")
    return _named(sort_rows(rows, removes=REMOVES))


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    """Shares of Toronto have a point before their symbol, so have the options on them."""
    rows["symbol"] = rows["symbol"].str.strip().str.lstrip(".")
    if "description" not in rows:
        return name_options(rows, "symbol")
    rows["description"] = rows["description"].str.replace(r"^((?:PUT|CALL)\s+)\.", r"\1", case=False, regex=True)
    return name_options(rows, "symbol", "description").drop(columns="description")


FORMAT = declare(
    "questrade",
    message("Questrade executions, trade confirmations and activities (CSV, XLSX)"),
    Layout(
        needs=("Symbol", "Action", "Fill Qty", "Fill Price", "Exec Time"),
        columns={
            "symbol": "Symbol",
            "side": "Action",
            "size": "Fill Qty",
            "price": "Fill Price",
            "time": "Exec Time",
            "currency": "Currency",
            "account": ("Account", "Account #"),
        },
        costs={"Commission": "detect"},
        adapt=_executions,
        shorts="stated",
    ),
    Layout(
        needs=("CurrencyCode_Group_Account", "Trade Date", "Action", "Quantity", "Net amount"),
        columns={
            "group": "CurrencyCode_Group_Account",
            "symbol": "Symbol",
            "description": "Description",
            "side": "Action",
            "size": "Quantity",
            "price": "Price",
            "time": "Trade Date",
            "gross": "Gross amount",
            "amount": "Net amount",
            "external_id": "Trade #",
        },
        costs={"Comm": "detect", "SEC fees": "detect"},
        adapt=_confirmations,
        shorts="stated",
        date_order="dmy",
        shared_ids=True,
    ),
    Layout(
        needs=("Transaction Date", "Action", "Symbol", "Quantity", "Net Amount", "Activity Type"),
        columns={
            "symbol": "Symbol",
            "description": "Description",
            "side": "Action",
            "size": "Quantity",
            "price": "Price",
            "time": "Transaction Date",
            "gross": "Gross Amount",
            "amount": "Net Amount",
            "currency": "Currency",
            "account": "Account #",
        },
        costs={"Commission": "detect"},
        adapt=_activities,
        shorts="stated",
    ),
)

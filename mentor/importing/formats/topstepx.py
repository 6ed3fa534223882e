"""TopstepX and other firms on ProjectX: closed trades (profit before fees and commissions) and orders."""

from __future__ import annotations

import pandas as pd

from mentor.importing.formats.cells import numbers
from mentor.importing.formats.declared import Layout, declare
from mentor.messages import message

UNPAID = message("The list of orders has no fees: profits are before costs. Export Trades instead to have them.")
EFFECTS = {"opening": "open", "closing": "close"}


def _orders(rows: pd.DataFrame) -> pd.DataFrame:
    """Filled orders count; one cancelled after a part of it was filled does not say how much that was."""
    filled = rows["status"].str.casefold().eq("filled")
    executed = rows["price"].notna() & rows["time"].notna()
    rows.loc[~filled & ~executed, "ignored"] = "not one of the rows that count"
    rows.loc[~filled & executed, "refused"] = message("was filled in part, and the file does not say how much of it")
    if "effect" in rows:
        rows["effect"] = rows["effect"].str.casefold().map(EFFECTS)
    return rows.drop(columns="status")


def _signed(rows: pd.DataFrame) -> pd.DataFrame:
    """No column says bought or sold: a sale is a negative quantity, if the file has any."""
    done = numbers(rows, "size")["size"]
    rows.loc[done.fillna(0).eq(0) | rows["price"].isna(), "ignored"] = "never filled"
    if not (done < 0).any():
        rows["refused"] = message("does not say whether it was bought or sold")
    return rows


def _trades(entered: str, exited: str, entry: str, exit_: str) -> Layout:
    return Layout(
        needs=("ContractName", entered, exited, "PnL"),
        columns={
            "symbol": "ContractName",
            "side": "Type",
            "size": "Size",
            "entry_time": entered,
            "exit_time": exited,
            "entry_price": entry,
            "exit_price": exit_,
            "profit": "PnL",
            "account": "AccountName",
            "external_id": "Id",
        },
        costs={"Fees": "detect", "Commissions": "detect"},
        date_order="mdy",
        currency="USD",
    )


FORMAT = declare(
    "topstepx",
    message("TopstepX and ProjectX trades and orders (CSV)"),
    _trades("EnteredAt", "ExitedAt", "EntryPrice", "ExitPrice"),
    _trades("Entry Time", "Exit Time", "Entry", "Exit"),
    Layout(
        needs=("ContractName", "Status", "Side", "FilledAt", "ExecutePrice"),
        columns={
            "symbol": "ContractName",
            "side": "Side",
            "size": "Size",
            "price": "ExecutePrice",
            "time": "FilledAt",
            "effect": "PositionDisposition",
            "account": "AccountName",
            "external_id": "Id",
            "status": "Status",
        },
        adapt=_orders,
        shorts="usual",
        asset="future",
        date_order="mdy",
        currency="USD",
        notices=(UNPAID,),
    ),
    Layout(
        needs=("order_id", "qty_done", "price_done", "last_time"),
        columns={
            "symbol": ("trading_symbol", "symbol"),
            "size": "qty_done",
            "price": "price_done",
            "time": "last_time",
            "account": "account",
            "external_id": "order_id",
        },
        adapt=_signed,
        shorts="usual",
        asset="future",
        date_order="mdy",
        currency="USD",
        notices=(UNPAID,),
    ),
)

"""Bitvavo: the transaction history (CSV), of which purchases and sales are fills with their cash."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from mentor.importing.currencies import MONEY
from mentor.importing.extract import Extract
from mentor.importing.formats.base import Document
from mentor.importing.formats.declared import Layout, declare
from mentor.importing.told import COINS, in_column
from mentor.messages import message

#: Money that comes and goes is no trade; coins that do change a position.
CASH = MONEY - {"USDT", "USDC", "DAI", "EURC", "PYUSD", "TUSD", "BUSD", "USDP", "GUSD", "USDD", "USDE", "FDUSD", "EURT"}


def _fills(rows: pd.DataFrame) -> pd.DataFrame:
    """What was paid or received holds the fee."""
    kind, coin = rows["side"].str.casefold(), rows.pop("coin")
    trades = kind.isin(("buy", "sell"))
    money = coin.isin(CASH) & ~trades
    rows["symbol"] = coin
    rows["side"] = rows["side"].mask(~trades, "break")
    rows["size"] = rows["size"].str.lstrip("-").where(trades)
    rows["price"] = rows["price"].where(trades)
    rows["Fee amount"] = rows["Fee amount"].where(trades)
    rows["notes"] = in_column(COINS, kind, coin).mask(trades)
    rows["ignored"] = rows["ignored"].mask(money, "money, no coins")
    foreign = trades & (rows["currency"] != rows.pop("fee_coin")) & rows["Fee amount"].fillna("0").ne("0")
    rows.loc[foreign, "refused"] = message("has a fee in another currency than its price: they cannot be added up")
    return rows


DECLARED = declare(
    "bitvavo",
    message("Bitvavo transaction history (CSV)"),
    Layout(
        needs=("Type", "Currency", "Amount", "Quote Currency", "Received / Paid Amount", "Fee amount"),
        columns={
            "coin": "Currency",
            "side": "Type",
            "size": "Amount",
            "price": ("Quote Price", "Price"),
            "time": "Date + Time",
            "amount": "Received / Paid Amount",
            "currency": "Received / Paid Currency",
            "fee_coin": "Fee currency",
            "external_id": "Transaction ID",
            "zone": "Timezone",
        },
        costs={"Fee amount": "paid"},
        keep={"Status": ("Completed", "Distributed")},
        adapt=_fills,
        shorts="stated",
        asset="crypto",
        date_order="ymd",
        newest_first=True,
    ),
)


def read(document: Document) -> Extract:
    """The fills; a column names the zone of their times."""
    found = DECLARED.read(document)
    columns = {name: column for name, column in found.columns.items() if name != "zone"}
    zones = found.columns["zone"].cells.drop_null().unique().to_pylist() if "zone" in found.columns else []
    return replace(found, columns=columns, zone=zones[0] if len(zones) == 1 else None)


FORMAT = replace(DECLARED, read=read)

"""Firstrade: the account history, in which options and bonds have no symbol but a description."""

from __future__ import annotations

import pandas as pd

from mentor.importing.formats.activity import name_options, sort_rows
from mentor.importing.formats.declared import Layout, declare
from mentor.messages import message

REMOVED = r"\b(?:A/E|assigned|exercised|expired|expiration)\b"
#: A dividend that bought shares: "REIN @ 43.2300 REC 03/20/20 PAY 03/31/20"
REINVESTED = r"\bREIN(?:VEST(?:ED|MENT)?)? @ *([\d.]+)"


def _history(rows: pd.DataFrame) -> pd.DataFrame:
    """The description says which option it is, whether it opens or closes, and at times when it was executed."""
    said = rows["description"]
    bond = rows["symbol"].isna() & rows["cusip"].notna()
    rows = name_options(rows, "description")
    bond &= rows["asset"].ne("option")
    rows["symbol"] = rows["symbol"].mask(bond, rows["cusip"])
    rows["asset"] = rows["asset"].mask(bond, "bond")
    opens, closes = (said.str.contains(word, case=False).eq(True) for word in ("open contract", "closing contract"))
    rows["effect"] = pd.Series(dtype="str", index=rows.index).mask(opens, "open").mask(closes, "close")
    rows["time"] = said.str.extract(r"EXEC TIME: *(\S+ \S+)")[0].fillna(rows["time"])
    other = rows["side"].str.casefold().eq("other")
    ended = other & said.str.contains(REMOVED, case=False).eq(True)
    reinvested = said.str.extract(REINVESTED)[0]
    bought = other & reinvested.notna()
    rows["side"] = rows["side"].mask(other, said).mask(ended, "Removed").mask(bought, "BUY")
    rows["price"] = rows["price"].fillna(reinvested)
    rows["notes"] = said.where(bond)
    return sort_rows(rows, removes="^removed$").drop(columns=["description", "cusip"])


FORMAT = declare(
    "firstrade",
    message("Firstrade account history (CSV)"),
    Layout(
        needs=("Action", "Description", "TradeDate", "SettledDate", "RecordType", "CUSIP"),
        columns={
            "symbol": "Symbol",
            "side": "Action",
            "size": "Quantity",
            "price": "Price",
            "time": "TradeDate",
            "amount": "Amount",
            "description": "Description",
            "cusip": "CUSIP",
        },
        costs={"Commission": "paid", "Fee": "paid"},
        adapt=_history,
        shorts="stated",
        date_order="mdy",
        currency="USD",
    ),
)

"""Lightspeed's blotter: every fee in a column of its own, Eastern time, long and short told apart by words."""

from __future__ import annotations

import pandas as pd

from mentor.importing.contracts import is_option
from mentor.importing.formats.declared import Layout, declare
from mentor.messages import message

FEES = ("Commission Amount", "FeeSEC", "FeeMF", "Fee1", "Fee2", "Fee3", "FeeStamp", "FeeTAF", "Fee4")


def _fills(rows: pd.DataFrame) -> pd.DataFrame:
    """`Buy/Sell` says what `Side` does not (Short Sell); the raw time has the day and the seconds."""
    if "worded" in rows:
        rows["side"] = rows["worded"].str.replace("Short Buy", "Short Cover", case=False).fillna(rows["side"])
    if "raw_time" in rows:
        rows["time"] = rows["raw_time"].where(rows["raw_time"].str.contains(r"/.*:", na=False), rows["time"])
    option = rows["symbol"].map(is_option, na_action="ignore").eq(True)
    if "security" in rows:
        option |= rows["security"].str.contains("option", case=False, na=False)
    rows["asset"] = pd.Series("stock", index=rows.index, dtype="str").mask(option, "option")
    if "day" in rows:  # numbers begin anew
        rows["external_id"] = rows["day"] + " " + rows["external_id"]
    if "kind" in rows:
        other = rows["kind"].notna() & rows["kind"].str.casefold().ne("trade")
        rows["refused"] = rows["refused"].mask(
            other, message("is no trade but a change of one; correct that trade by hand")
        )
    return rows


FORMAT = declare(
    "lightspeed",
    message("Lightspeed blotter (CSV)"),
    Layout(
        needs=("Symbol", "Side", "Qty", "Price", "Commission Amount", "FeeSEC"),
        columns={
            "account": "Account Number",
            "symbol": "Symbol",
            "security": "Security Type",
            "currency": "Currency Code",
            "side": "Side",
            "worded": "Buy/Sell",
            "day": "Trade Date",
            "time": ("Trade Date + Execution Time", "Execution Time", "Raw Exec. Time"),
            "raw_time": "Raw Exec. Time",
            "size": "Qty",
            "price": "Price",
            "gross": "Principal Amount",
            "amount": "NET Amount",
            "external_id": "Trade Number",
            "kind": "Transtype",
        },
        costs=dict.fromkeys(FEES, "paid"),
        adapt=_fills,
        shorts="stated",
        zone="America/New_York",
        date_order="mdy",
        currency="USD",
    ),
)

"""The net amount of a fill where a broker writes it without the sign of the cash: it follows from the side."""

from __future__ import annotations

import pandas as pd

from mentor.importing.formats.declared import NOTICES

ROUNDING = 0.02


def net_cash(rows: pd.DataFrame, fees: tuple[str, ...]) -> pd.Series:
    """What each fill moved by its `amount`, beside its `gross` and its costs in the columns `fees`.

    NaN where the amount would have the trader receive the costs: then price, size and the costs themselves count,
    which is left as a notice.
    """
    gross, net = (_numbers(rows, name).abs() for name in ("gross", "amount"))
    costs = sum((_numbers(rows, name).fillna(0) for name in fees), start=pd.Series(0.0, index=rows.index))
    bought = rows["side"].str.contains(r"(?i)buy|cover|^b", na=False)
    sign = bought.map({True: -1, False: 1})
    contrary = (costs > 0) & ((sign * (gross - net) + costs).abs() <= ROUNDING) & (costs * 2 > ROUNDING)
    if contrary.any():
        what = "have a net amount in which their costs count as received: price, size and the stated costs count."
        rows.attrs[NOTICES] = (f"{int(contrary.sum())} fills {what}",)
    cash = (sign * net).mask(contrary)
    return cash.map(repr, na_action="ignore").astype("str").where(cash.notna())


def _numbers(rows: pd.DataFrame, name: str) -> pd.Series:
    if name not in rows:
        return pd.Series(float("nan"), index=rows.index)
    return pd.to_numeric(rows[name].str.replace(",", ""), errors="coerce")

"""From the fills of a file, and the positions a journal holds open, to a reading with the round trips they close."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from mentor.importing.extract import Extract
from mentor.importing.fills import FillList, empty_fills, take_fills
from mentor.importing.flat_to_flat import OpeningSells
from mentor.importing.reading import TRADE_COLUMNS, DayRule, Reading, empty_trades
from mentor.importing.round_trips import Paired, pair
from mentor.messages import message, messages
from mentor.models import ImportOptions, Question, Rejection

#: So many symbols are named in one question.
NAMED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """All fills of a file, and what came of those that are `fresh`, behind the `carried` ones of earlier imports.

    The rows that `paired` speaks of are those of `fills`: first the carried ones, then the fresh ones.
    """

    listed: FillList
    carried: pd.DataFrame
    fills: pd.DataFrame
    paired: Paired
    opening_sells: OpeningSells

    @property
    def moves_positions(self) -> bool:
        """Whether a fresh fill belongs to a position that stays open, or one that was open is closed."""
        still_open, carried = self.paired.parts["trip"] < 0, self.paired.parts["row"] < len(self.carried)
        return bool((still_open != carried).any())


def read_fills(extract: Extract, *, day_rule: DayRule, options: ImportOptions) -> Reading:
    """The reading of a list of fills, paired as if there were no others."""
    listed = take_fills(extract, day_rule=day_rule, options=options)
    reading = Reading(
        file_name=extract.file_name,
        format=extract.format,
        account=_only(listed.fills["account"]) or extract.account,
        currency=_only(listed.fills["currency"]) or extract.currency,
        source_timezone=listed.zone,
        trades=empty_trades(),
        ignored_rows=listed.ignored_rows,
    )
    return with_fills(reading, listed, listed.fills, empty_fills(), options)


def with_fills(
    reading: Reading, listed: FillList, fresh: pd.DataFrame, carried: pd.DataFrame, options: ImportOptions
) -> Reading:
    """The reading with its `fresh` fills paired behind `carried` ones, which earlier imports left open."""
    fills, answer = _together(carried, fresh), options.opening_sells or "ask"
    before = reading.pairing
    same = before is not None and before.opening_sells == answer and before.fills.equals(fills)
    paired = before.paired if before is not None and same else pair(fills, opening_sells=answer)
    refused = [
        Rejection(line=int(fills["line"].iloc[row]), column=None, value=_described(fills, row), reason=reason)
        for row, reason in paired.refused
        if row >= len(carried)
    ]
    return replace(
        reading,
        trades=paired.trips[list(TRADE_COLUMNS)],
        rejected=tuple(sorted((*listed.rejected, *refused), key=lambda rejection: rejection.line or 0)),
        open_positions=len(paired.positions),
        questions=(*listed.questions, *(() if _order_unknown(listed) else _asked(paired))),
        notices=(*listed.notices, *_notices(fills, paired), *_stuck(carried, paired)),
        pairing=Pairing(listed=listed, carried=carried, fills=fills, paired=paired, opening_sells=answer),
    )


def _together(carried: pd.DataFrame, fills: pd.DataFrame) -> pd.DataFrame:
    """Both lists in one; what the file lists comes later in the order of ties."""
    if carried.empty:
        return fills.reset_index(drop=True)
    start = int(carried["sequence"].max()) + 1 - int(fills["sequence"].min() if len(fills) else 0)
    later = fills.assign(sequence=fills["sequence"] + start)
    return pd.concat([carried[list(fills.columns)], later], ignore_index=True)


def _order_unknown(listed: FillList) -> bool:
    """Whether the order of days is asked: until it is known, nothing is sold before something else."""
    return any(question.kind == "date_order" for question in listed.questions)


def _asked(paired: Paired) -> tuple[Question, ...]:
    symbols = [str(symbol) for symbol in paired.unexplained["symbol"].unique()]
    if not symbols:
        return ()
    named, more = ", ".join(symbols[:NAMED]), len(symbols) - NAMED
    if more > 0:
        named = message("{symbols} and {more} more", symbols=named, more=more)
    about = message(
        "{symbols}: sold before anything was bought. Were they sold short, or bought before this file begins? "
        "Bought before: import the older file first, or leave these sales out.",
        symbols=named,
    )
    return (Question(kind="opening_sell", about=about, choices=("short", "leave out"), blocking=True),)


def _described(fills: pd.DataFrame, row: int) -> str:
    fill = fills.iloc[row]
    quantity = "" if np.isnan(fill["quantity"]) else f" {fill['quantity']:.10g}"
    price = "" if np.isnan(fill["price"]) else f" @ {fill['price']:.10g}"
    return f"{fill['action']}{quantity} {fill['symbol']}{price}"


def _notices(fills: pd.DataFrame, paired: Paired) -> list[str]:
    """What was decided about shorts and open positions."""
    notices: list[str] = []
    shorts = int((paired.trips["side"] == "short").sum())
    said = fills["effect"].eq("open") & fills["action"].eq("sell")
    if shorts and not said.any():
        told = messages(
            "{n} round trip begins with a sell and is read as a short.",
            "{n} round trips begin with a sell and are read as shorts.",
            n=shorts,
        )
        notices.append(told)
    return notices


def _stuck(carried: pd.DataFrame, paired: Paired) -> list[str]:
    """Says which positions of earlier imports cannot go on."""
    reasons = {str(carried["symbol"].iloc[row]): reason for row, reason in paired.refused if row < len(carried)}
    return [
        message("The open position in {symbol} of an earlier import {reason}.", symbol=symbol, reason=reason)
        for symbol, reason in reasons.items()
    ]


def _only(column: pd.Series) -> str | None:
    found = column.dropna().unique()
    return str(found[0]) if len(found) == 1 else None

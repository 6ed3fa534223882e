"""The trades a person asked for: which, in which order, what they come to, and the rows of one page of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from mentor.analytics.metrics import Performance, performance
from mentor.analytics.selection import Order, Selection, ordered, select
from mentor.models import Trade, TradeFilter
from mentor.ui.current import NUMBERS, State, state

#: Rows of one page of the table.
PAGE_ROWS: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked beside the sidebar's filter; `search` is text in notes or tags."""

    selection: Selection = field(default_factory=Selection)
    search: str = ""
    order: Order = "date"
    descending: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Every trade that fits what was `asked`, in order: `id` and `session_date` of each; what they come to."""

    asked: str
    rows: pd.DataFrame
    figures: Performance

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.rows) // PAGE_ROWS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What trades can be told apart by; an empty text stands for trades that state none."""

    strategies: tuple[str, ...]
    accounts: tuple[str, ...]
    origins: tuple[str, ...]


def find(filters: TradeFilter, query: Query) -> Found:
    return _find(state(), filters, query)


def page(found: Found, number: int) -> tuple[tuple[Trade, ...], tuple[date | None, ...]]:
    """The trades of a page, counted from 1, and their session days."""
    rows = found.rows.iloc[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
    days = tuple(None if pd.isna(day) else day.date() for day in rows["session_date"])
    return by_id(rows["id"].tolist()), days


def by_id(trade_ids: Sequence[int]) -> tuple[Trade, ...]:
    """Every column of some trades; raises NotFound for one that is gone."""
    return _by_id(state(), tuple(trade_ids))


def choices() -> Choices:
    return _choices(state())


def accounts() -> list[str]:
    """Every account a trade names."""
    return [account for account in choices().accounts if account]


@st.cache_resource(show_spinner=False, max_entries=4, hash_funcs=NUMBERS | {Query: repr})
def _find(now: State, filters: TradeFilter, query: Query) -> Found:
    ids = now.journal.search_trades(query.search) if query.search else query.selection.ids
    trades = select(now.journal.trades(filters), replace(query.selection, ids=ids))
    places = ordered(trades, query.order, descending=query.descending)
    return Found(
        asked=repr((filters, query)),
        rows=trades[["id", "session_date"]].take(places),
        figures=performance(trades),
    )


@st.cache_resource(show_spinner=False, max_entries=64, hash_funcs=NUMBERS)
def _by_id(now: State, trade_ids: tuple[int, ...]) -> tuple[Trade, ...]:
    return tuple(now.journal.trades_by_id(trade_ids))


@st.cache_resource(show_spinner=False, max_entries=2, hash_funcs=NUMBERS)
def _choices(now: State) -> Choices:
    trades = now.journal.trades()
    return Choices(
        strategies=_told_apart(trades["strategy"]),
        accounts=_told_apart(trades["account"]),
        origins=_told_apart(trades["origin"]),
    )


def _told_apart(column: pd.Series[str]) -> tuple[str, ...]:
    return tuple(sorted("" if pd.isna(value) else str(value) for value in column.unique()))

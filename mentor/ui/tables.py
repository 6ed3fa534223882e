"""The tables pages show: rows of the journal as frames with their columns described, times local."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from mentor.analytics.periods import Length
from mentor.i18n import labels
from mentor.i18n.numbers import count, money
from mentor.models import Rejection, Trade
from mentor.ui import screens
from mentor.ui.data import RatedSession
from mentor.ui.plain import plain

if TYPE_CHECKING:
    from mentor.importing.plan import ImportPlan

_TIME = "YYYY-MM-DD HH:mm:ss"
_MONEY = "%,.2f"
#: Every digit of a price: the browser's own formats round it, or show how a float misses it.
_PLAIN = "%.12g"
_EXACT = ("Lots", "Entry price", "Exit price", "Stop", "Target", "Risk %")
#: Pixels of a table that is the page's main thing.
_TALL = 560
#: The column of it, left out where nobody asked for it or none is known.
_RISK = "Risk score"
#: More rows than this are not sent to the browser at once.
SHOWN_ROWS = 1000


def sessions(rows: Sequence[RatedSession], currency: str | None, *, key: str) -> None:
    """Sessions of which one opens when its row is chosen; also one whose date nobody can read."""
    frame = pd.DataFrame(
        {
            "Date": [row.session.date_text for row in rows],
            "Trades": [row.session.total_trades for row in rows],
            "Net P/L": [row.session.total_profit_loss for row in rows],
            "Mood": [labels.emotion(row.mood) if row.mood else labels.NOT_RECORDED for row in rows],
            _RISK: pd.Series([row.risk.score if row.risk else None for row in rows], dtype="Int64"),
            "Market": [labels.stored_market(row.session.market_conditions) for row in rows],
            "Notes": [row.session.personal_notes for row in rows],
            "Totals": ["stated" if row.session.stated else "from trades" for row in rows],
        }
    )
    st.dataframe(
        frame,
        hide_index=True,
        key=key,
        on_select=lambda: _open_chosen(rows, key),
        selection_mode="single-row",
        column_config={"Net P/L": _money("Net P/L", currency), "Notes": st.column_config.TextColumn(width="large")},
        column_order=[
            name
            for name in _without_constant(frame, "Totals", "from trades")
            if name != _RISK or frame[name].notna().any()
        ],
        placeholder="",
        alt="Sessions; choosing a row opens the session",
    )
    stated = [row.session for row in rows if row.session.stated]
    if stated:
        days, net = count(len(stated), "day"), sum(session.total_profit_loss for session in stated)
        words = f"{days} with totals that another program stated ({money(net, currency)}): no trade, so in no figure."
        st.caption(plain(words))


def periods(frame: pd.DataFrame, length: Length, currency: str | None) -> None:
    """Weeks or months beside each other (`PERIOD_DTYPES`)."""
    shown = frame.assign(
        name=frame["start"].dt.strftime("%Y-%m" if length == "month" else "%Y-%m-%d"),
        win_rate=100 * frame["wins"] / frame["trades"],
        days=[f"{won} of {days}" for won, days in zip(frame["winning_days"], frame["days"], strict=True)],
    )
    st.dataframe(
        shown,
        hide_index=True,
        column_order=["name", "profit_loss", "trades", "win_rate", "days"],
        column_config={
            "name": "Month" if length == "month" else "Week from",
            "profit_loss": _money("Net P/L", currency),
            "trades": st.column_config.NumberColumn("Trades", format="localized"),
            "win_rate": st.column_config.NumberColumn("Win rate", format="%.1f%%"),
            "days": "Winning days",
        },
        placeholder="",
        alt="Results by month" if length == "month" else "Results by week",
    )


def session_trades(
    trades: Sequence[Trade], zone: ZoneInfo, currency: str | None, account_names: Mapping[str, str]
) -> None:
    """Every trade of a session; columns in which nothing is known are left out."""
    frame = _trade_columns(trades, zone, currency)
    frame["Account"] = [account_names.get(trade.account or "", trade.account) for trade in trades]
    st.dataframe(
        frame,
        hide_index=True,
        column_order=_known(frame),
        column_config=_trade_config(_common(trades, currency)),
        placeholder="",
        alt="Trades of this session",
    )


def chosen_trades(
    trades: Sequence[Trade],
    days: Sequence[date | None],
    zone: ZoneInfo,
    currency: str | None,
    account_names: Mapping[str, str],
) -> list[int]:
    """Trades of several days, of which some can be chosen: their places.

    What is chosen belongs to these very rows: other rows make another table.
    """
    frame = _dated_trades(trades, days, zone, currency, account_names)
    chosen = st.dataframe(
        frame,
        hide_index=True,
        key=f"trades_{hash(tuple(trade.id for trade in trades))}",
        height=_TALL,
        on_select="rerun",
        selection_mode="multi-row",
        column_order=_known(frame),
        column_config=_trade_config(_common(trades, currency)),
        placeholder="",
        alt="Trades; chosen rows can be tagged, edited or deleted",
    )
    return list(chosen["selection"]["rows"])


def linked_trades(
    trades: Sequence[Trade],
    days: Sequence[date | None],
    zone: ZoneInfo,
    currency: str | None,
    account_names: Mapping[str, str],
    *,
    key: str,
) -> None:
    """Trades of several days; choosing one opens its session."""
    frame = _dated_trades(trades, days, zone, currency, account_names)
    st.dataframe(
        frame,
        hide_index=True,
        key=key,
        on_select=lambda: _open_session_of(trades, days, key),
        selection_mode="single-row",
        column_order=_known(frame),
        column_config=_trade_config(_common(trades, currency)),
        placeholder="",
        alt="Trades; choosing a row opens its session",
    )


def _dated_trades(
    trades: Sequence[Trade],
    days: Sequence[date | None],
    zone: ZoneInfo,
    currency: str | None,
    account_names: Mapping[str, str],
) -> pd.DataFrame:
    frame = _trade_columns(trades, zone, currency)
    frame.insert(0, "Day", _days_beside(days, frame["Closed"]))
    frame["Account"] = [account_names.get(trade.account or "", trade.account) for trade in trades]
    return frame


def _open_session_of(trades: Sequence[Trade], days: Sequence[date | None], key: str) -> None:
    chosen = st.session_state[key]["selection"]["rows"]
    if chosen and (session_id := trades[chosen[0]].session_id) is not None:
        screens.open_session(days[chosen[0]], session_id)


def _days_beside(days: Sequence[date | None], closed: pd.Series[pd.Timestamp]) -> list[str | None]:
    """The session's day, where the moment of closing does not say it for every row."""
    said = [moment.date() if not pd.isna(moment) else None for moment in closed]
    told = [day.isoformat() if day else "unreadable" for day in days]
    return [None] * len(told) if said == list(days) else list(told)


def _common(trades: Sequence[Trade], currency: str | None) -> str | None:
    """The currency all of them are in."""
    return None if any(trade.currency not in (None, currency) for trade in trades) else currency


def _trade_columns(trades: Sequence[Trade], zone: ZoneInfo, currency: str | None) -> pd.DataFrame:
    mixed = any(trade.currency not in (None, currency) for trade in trades)
    return pd.DataFrame(
        {
            "Closed": _local((trade.closed_at for trade in trades), zone),
            "Symbol": [trade.symbol for trade in trades],
            "Side": [labels.SIDES.get(trade.side or "") for trade in trades],
            "Lots": [trade.lot_size for trade in trades],
            "Net P/L": [trade.profit_loss for trade in trades],
            "As written": [trade.as_written for trade in trades],
            "Fees": [trade.fees for trade in trades],
            "Currency": [trade.currency or currency if mixed else None for trade in trades],
            "Entry": _local((trade.entry_time for trade in trades), zone),
            "Entry price": [trade.entry_price for trade in trades],
            "Exit price": [trade.exit_price for trade in trades],
            "Stop": [trade.stop_price for trade in trades],
            "Target": [trade.target_price for trade in trades],
            "Exit by": [_exit(trade) for trade in trades],
            "Risk %": [trade.risk_percent for trade in trades],
            "Strategy": [trade.strategy_used or None for trade in trades],
            "Account": [trade.account for trade in trades],
            "Notes": [trade.notes or None for trade in trades],
        }
    )


def _known(frame: pd.DataFrame) -> list[str]:
    return [str(name) for name in frame if frame[name].notna().any()]


def _trade_config(currency: str | None) -> dict[str, ColumnConfig]:
    return {
        "Closed": st.column_config.DatetimeColumn(format=_TIME),
        "Entry": st.column_config.DatetimeColumn(format=_TIME),
        "Net P/L": _money("Net P/L", currency),
        "Fees": _money("Fees", currency),
        **{name: st.column_config.NumberColumn(format=_PLAIN) for name in _EXACT},
    }


def first_trades(plan: ImportPlan, zone: ZoneInfo) -> None:
    """The first three trades of a file in the trader's local time, to see whether its clock was read right."""
    shown = plan.reading.trades.head(3)
    frame = shown[["line", "symbol", "side", "lot_size", "profit_loss", "fees"]].assign(
        entry=shown["entry_time"].dt.tz_convert(zone).dt.tz_localize(None),
        exit=shown["exit_time"].dt.tz_convert(zone).dt.tz_localize(None),
        side=shown["side"].map(labels.SIDES),
    )
    time = st.column_config.DatetimeColumn
    st.dataframe(
        frame,
        hide_index=True,
        column_order=["line", "symbol", "side", "lot_size", "entry", "exit", "profit_loss", "fees"],
        column_config={
            "line": "Line",
            "symbol": "Symbol",
            "side": "Side",
            "lot_size": "Lots",
            "entry": time("Entry", format=_TIME),
            "exit": time("Exit", format=_TIME),
            "profit_loss": _money("Net P/L", plan.reading.currency),
            "fees": _money("Fees", plan.reading.currency),
        },
        placeholder="",
        alt="The first three trades of the file in local time",
    )


def positions(frame: pd.DataFrame, zone: ZoneInfo) -> None:
    """Positions that are still open: `realised` is what parts of them made, not booked before they are flat."""
    opened = frame["opened_at"].dt.tz_convert(zone).dt.tz_localize(None)
    st.dataframe(
        frame.assign(opened=opened.fillna(frame["session_date"]), side=frame["side"].map(labels.SIDES)),
        hide_index=True,
        column_order=["symbol", "side", "quantity", "average_price", "opened", "realised", "currency", "account"],
        column_config={
            "symbol": "Symbol",
            "side": "Side",
            "quantity": st.column_config.NumberColumn("Quantity", format="plain"),
            "average_price": st.column_config.NumberColumn("Average price", format="plain"),
            "opened": st.column_config.DatetimeColumn("Opened", format=_TIME),
            "realised": st.column_config.NumberColumn("Realised, not booked", format="%.2f"),
            "currency": "Currency",
            "account": "Account",
        },
        placeholder="",
        alt="Positions that are still open",
    )


def rejections(rows: Sequence[Rejection]) -> None:
    """The rows of a file that were refused, each with its line, column, value and reason."""
    frame = pd.DataFrame(
        [(row.line, row.column, row.value, row.reason) for row in rows[:SHOWN_ROWS]],
        columns=["Line", "Column", "Value", "Reason"],
    )
    wide = st.column_config.TextColumn(width="large")
    st.dataframe(frame, hide_index=True, column_config={"Reason": wide}, placeholder="", alt="Rows that were refused")


def _open_chosen(rows: Sequence[RatedSession], key: str) -> None:
    chosen = st.session_state[key]["selection"]["rows"]
    if chosen:
        session = rows[chosen[0]].session
        screens.open_session(session.date, session.id)


def _local(moments: Iterable[datetime | None], zone: ZoneInfo) -> pd.Series[pd.Timestamp]:
    """Aware moments as the trader's clock showed them, without zone: the browser must not shift them."""
    local = [moment.astimezone(zone).replace(tzinfo=None) if moment else None for moment in moments]
    return pd.Series(local, dtype="datetime64[us]")


def _money(label: str, currency: str | None) -> ColumnConfig:
    return st.column_config.NumberColumn(f"{label} ({currency})" if currency else label, format=_MONEY)


def _exit(trade: Trade) -> str | None:
    if trade.stop_loss_used:
        return "stop"
    return "target" if trade.take_profit_used else None


def _without_constant(frame: pd.DataFrame, name: str, value: str) -> list[str]:
    return [str(column) for column in frame if column != name or (frame[name] != value).any()]

"""The tables pages show: rows of the journal as frames with their columns described, times local."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from mentor.analytics.emotions import MoodGroup
from mentor.analytics.periods import Length
from mentor.i18n import labels, numbers
from mentor.i18n.language import _, ngettext
from mentor.messages import message
from mentor.models import Rejection, Session, Trade
from mentor.ui import cards, screens
from mentor.ui.data import RatedSession

if TYPE_CHECKING:
    from mentor.importing.plan import ImportPlan

_TIME = "YYYY-MM-DD HH:mm:ss"
#: What the columns of a table of trades are called.
_HEADERS: Final[dict[str, str]] = {
    "Day": message("Day"),
    "Closed": message("Closed"),
    "Symbol": message("Symbol"),
    "Side": message("Side"),
    "Lots": message("Lots"),
    "Net P/L": message("Net P/L"),
    "As written": message("As written"),
    "Fees": message("Fees"),
    "Currency": message("Currency"),
    "Entry": message("Entry"),
    "Entry price": message("Entry price"),
    "Exit price": message("Exit price"),
    "Stop": message("Stop"),
    "Target": message("Target"),
    "Exit by": message("Exit by"),
    "Risk %": message("Risk %"),
    "Strategy": message("Strategy"),
    "Account": message("Account"),
    "Notes": message("Notes"),
}
_AMOUNTS: Final = {"Net P/L": numbers.number, "Fees": numbers.number}
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
            "Mood": [row.mood for row in rows],
            _RISK: pd.Series([row.risk.score if row.risk else None for row in rows], dtype="Int64"),
            "Market": [_market(row.session) for row in rows],
            "Notes": [row.session.personal_notes for row in rows],
            "Totals": [_("stated") if row.session.stated else _("from trades") for row in rows],
        }
    )
    stated = [row.session for row in rows if row.session.stated]
    left_out = {name for name in ("Mood", _RISK, "Market") if frame[name].isna().all()}
    left_out |= set() if stated else {"Totals"}
    cards.table(
        frame,
        _("Sessions; choosing a row opens the session"),
        written=_AMOUNTS,
        results=["Net P/L"],
        emotions=["Mood"],
        key=key,
        on_select=lambda: _open_chosen(rows, key),
        selection_mode="single-row",
        column_config={
            "Date": _("Date"),
            "Trades": _("Trades"),
            "Net P/L": _in(_("Net P/L"), currency),
            "Mood": _("Mood"),
            _RISK: _("Risk score"),
            "Market": _("Market"),
            "Notes": st.column_config.TextColumn(_("Notes"), width="large"),
            "Totals": _("Totals"),
        },
        column_order=[name for name in frame if name not in left_out],
    )
    if frame[[name for name in ("Mood", "Market") if name not in left_out]].isna().any(axis=None):
        cards.note(_("An empty cell: not recorded."))
    if stated:
        words = ngettext(
            "{n} day with totals that another program stated ({net}): no trade, so in no figure.",
            "{n} days with totals that another program stated ({net}): no trade, so in no figure.",
            len(stated),
            net=numbers.money(sum(session.total_profit_loss for session in stated), currency),
        )
        cards.note(words)


def periods(frame: pd.DataFrame, length: Length, currency: str | None) -> None:
    """Weeks or months beside each other (`PERIOD_DTYPES`)."""
    shown = frame.assign(
        name=frame["start"].dt.strftime("%Y-%m" if length == "month" else "%Y-%m-%d"),
        win_rate=100 * frame["wins"] / frame["trades"],
        days=[
            _("{won} of {days}", won=won, days=days)
            for won, days in zip(frame["winning_days"], frame["days"], strict=True)
        ],
    )
    cards.table(
        shown,
        _("Results by month") if length == "month" else _("Results by week"),
        written={"profit_loss": numbers.number, "trades": _whole, "win_rate": _percent},
        results=["profit_loss"],
        column_order=["name", "profit_loss", "trades", "win_rate", "days"],
        column_config={
            "name": _("Month") if length == "month" else _("Week from"),
            "profit_loss": _in(_("Net P/L"), currency),
            "trades": _("Trades"),
            "win_rate": _("Win rate"),
            "days": _("Winning days"),
        },
    )


def days(frame: pd.DataFrame, currency: str | None) -> pd.DataFrame:
    """The days of a daily frame (`DAILY_DTYPES`) with the money made by then, newest first."""
    so_far = frame["profit_loss"].cumsum()
    shown = {
        _("Date"): frame["session_date"].dt.strftime("%Y-%m-%d"),
        _("Trades"): frame["trades"],
        net(currency): frame["profit_loss"].round(2),
        _in(_("Net so far"), currency): so_far.round(2),
        _in(_("Below the best day's end"), currency): (so_far - so_far.cummax().clip(lower=0)).round(2),
    }
    return pd.DataFrame(shown).iloc[::-1]


def net(currency: str | None) -> str:
    """The name of the column of results in `days` and `calendar`."""
    return _in(_("Net P/L"), currency)


def calendar(frame: pd.DataFrame, currency: str | None) -> pd.DataFrame:
    """The days of a daily frame (`DAILY_DTYPES`), newest first."""
    shown = {
        _("Date"): frame["session_date"].dt.strftime("%Y-%m-%d"),
        _("Weekday"): [numbers.weekday(day.weekday()) for day in frame["session_date"]],
        _("Trades"): frame["trades"],
        net(currency): frame["profit_loss"].round(2),
    }
    return pd.DataFrame(shown).iloc[::-1]


def moods(groups: Sequence[MoodGroup], currency: str | None) -> pd.DataFrame:
    """What the sessions of each emotion, by its code, came to on each basis."""
    return pd.DataFrame(
        {
            _("Emotion"): [group.emotion for group in groups],
            _("Mood"): [_(labels.BASES[group.basis]) for group in groups],
            _("Sessions"): [group.sessions for group in groups],
            _("Won"): [group.winning_sessions for group in groups],
            _("Trades"): [group.trades for group in groups],
            _("Net P/L"): [numbers.money(group.net, currency, signed=True) for group in groups],
            _("Mean"): [numbers.money(group.mean, currency, signed=True) for group in groups],
        }
    )


def courses(sessions: pd.DataFrame, currency: str | None) -> pd.DataFrame:
    """Sessions (session_date, emotion, profit_loss), newest first, with what those of the emotion came to by then."""
    dated = sessions.sort_values("session_date", kind="stable")
    shown = {
        _("Date"): dated["session_date"].dt.strftime("%Y-%m-%d"),
        _("Emotion"): dated["emotion"],
        net(currency): dated["profit_loss"].round(2),
        _in(_("Net so far"), currency): dated.groupby("emotion")["profit_loss"].cumsum().round(2),
    }
    return pd.DataFrame(shown).iloc[::-1]


def session_trades(
    trades: Sequence[Trade], zone: ZoneInfo, currency: str | None, account_names: Mapping[str, str]
) -> None:
    """Every trade of a session; columns in which nothing is known are left out."""
    frame = _trade_columns(trades, zone, currency)
    frame["Account"] = [account_names.get(trade.account or "", trade.account) for trade in trades]
    cards.table(
        frame,
        _("Trades of this session"),
        written=_AMOUNTS,
        results=["Net P/L"],
        column_order=_known(frame),
        column_config=_trade_config(_common(trades, currency)),
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
    chosen = cards.table(
        frame,
        _("Trades; chosen rows can be tagged, edited or deleted"),
        written=_AMOUNTS,
        results=["Net P/L"],
        key=f"trades_{hash(tuple(trade.id for trade in trades))}",
        height=_TALL,
        on_select="rerun",
        selection_mode="multi-row",
        column_order=_known(frame),
        column_config=_trade_config(_common(trades, currency)),
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
    cards.table(
        frame,
        _("Trades; choosing a row opens its session"),
        written=_AMOUNTS,
        results=["Net P/L"],
        key=key,
        on_select=lambda: _open_session_of(trades, days, key),
        selection_mode="single-row",
        column_order=_known(frame),
        column_config=_trade_config(_common(trades, currency)),
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
    told = [day.isoformat() if day else _("unreadable") for day in days]
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
            "Net P/L": [trade.profit_loss for trade in trades],
            "Side": [_side(trade.side) for trade in trades],
            "Lots": [trade.lot_size for trade in trades],
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


def _trade_config(currency: str | None) -> dict[str, ColumnConfig | str]:
    named: dict[str, ColumnConfig | str] = {name: _(header) for name, header in _HEADERS.items()}
    times = {name: st.column_config.DatetimeColumn(_(_HEADERS[name]), format=_TIME) for name in ("Closed", "Entry")}
    return named | times | {name: _in(_(_HEADERS[name]), currency) for name in _AMOUNTS}


def first_trades(plan: ImportPlan, zone: ZoneInfo) -> None:
    """The first three trades of a file in the trader's local time, to see whether its clock was read right."""
    shown = plan.reading.trades.head(3)
    frame = shown[["line", "symbol", "side", "lot_size", "profit_loss", "fees"]].assign(
        entry=shown["entry_time"].dt.tz_convert(zone).dt.tz_localize(None),
        exit=shown["exit_time"].dt.tz_convert(zone).dt.tz_localize(None),
        side=shown["side"].map(_side),
    )
    time = st.column_config.DatetimeColumn
    cards.table(
        frame,
        _("The first three trades of the file in local time"),
        written={"profit_loss": numbers.number, "fees": numbers.number},
        results=["profit_loss"],
        column_order=["line", "symbol", "side", "lot_size", "entry", "exit", "profit_loss", "fees"],
        column_config={
            "line": _("Line"),
            "symbol": _("Symbol"),
            "side": _("Side"),
            "lot_size": _("Lots"),
            "entry": time(_("Entry"), format=_TIME),
            "exit": time(_("Exit"), format=_TIME),
            "profit_loss": _in(_("Net P/L"), plan.reading.currency),
            "fees": _in(_("Fees"), plan.reading.currency),
        },
    )


def positions(frame: pd.DataFrame, zone: ZoneInfo) -> None:
    """Positions that are still open: `realised` is what parts of them made, not booked before they are flat."""
    opened = frame["opened_at"].dt.tz_convert(zone).dt.tz_localize(None)
    cards.table(
        frame.assign(opened=opened.fillna(frame["session_date"]), side=frame["side"].map(_side)),
        _("Positions that are still open"),
        written={"realised": numbers.number},
        results=["realised"],
        column_order=["symbol", "side", "quantity", "average_price", "opened", "realised", "currency", "account"],
        column_config={
            "symbol": _("Symbol"),
            "side": _("Side"),
            "quantity": _("Quantity"),
            "average_price": _("Average price"),
            "opened": st.column_config.DatetimeColumn(_("Opened"), format=_TIME),
            "realised": _("Realised, not booked"),
            "currency": _("Currency"),
            "account": _("Account"),
        },
    )


def rejections(rows: Sequence[Rejection]) -> None:
    """The rows of a file that were refused, each with its line, column, value and reason."""
    frame = pd.DataFrame(
        [(row.line, row.column, row.value, _(row.reason)) for row in rows[:SHOWN_ROWS]],
        columns=["Line", "Column", "Value", "Reason"],
    )
    config: dict[str, ColumnConfig | str] = {
        "Line": _("Line"),
        "Column": _("Column"),
        "Value": _("Value"),
        "Reason": st.column_config.TextColumn(_("Reason"), width="large"),
    }
    st.dataframe(frame, hide_index=True, column_config=config, placeholder="", alt=_("Rows that were refused"))


def _open_chosen(rows: Sequence[RatedSession], key: str) -> None:
    chosen = st.session_state[key]["selection"]["rows"]
    if chosen:
        session = rows[chosen[0]].session
        screens.open_session(session.date, session.id)


def _local(moments: Iterable[datetime | None], zone: ZoneInfo) -> pd.Series[pd.Timestamp]:
    """Aware moments as the trader's clock showed them, without zone: the browser must not shift them."""
    local = [moment.astimezone(zone).replace(tzinfo=None) if moment else None for moment in moments]
    return pd.Series(local, dtype="datetime64[us]")


def _in(label: str, currency: str | None) -> str:
    return f"{label} ({currency})" if currency else label


def _side(code: object) -> str | None:
    """The side of a trade in words, if it is known."""
    return _(labels.SIDES[code]) if isinstance(code, str) and code in labels.SIDES else None


def _market(session: Session) -> str | None:
    """A session's market in words, if somebody named it."""
    return None if session.own_market is None else labels.market(session.own_market)


def _whole(count: float) -> str:
    return numbers.number(count, 0)


def _percent(hundredths: float) -> str:
    return numbers.percent(hundredths / 100)


def _exit(trade: Trade) -> str | None:
    if trade.stop_loss_used:
        return _("stop")
    return _("target") if trade.take_profit_used else None

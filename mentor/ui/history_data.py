"""The sessions of a period, what they came to, and how weeks or months of it compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from mentor.analytics.daily import daily
from mentor.analytics.metrics import Performance, performance
from mentor.analytics.periods import Length, by_period
from mentor.analytics.risk_score import RiskScore
from mentor.i18n.language import _
from mentor.journal import Journal
from mentor.models import TradeFilter
from mentor.ui import current, long_work
from mentor.ui.data import RatedSession, rated

#: Up to this many days a period is compared by weeks, a longer one by months.
_WEEKS_UNTIL: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Sessions newest first, those a search found; figures are of every trade of the period.

    `reported` are the ids of all sessions with a stored report.
    """

    sessions: tuple[RatedSession, ...]
    performance: Performance
    periods: pd.DataFrame
    length: Length
    currency: str | None
    reported: frozenset[int]


def history(filters: TradeFilter, search: str) -> History | None:
    """`None` until it is worked out; the page says so in its place."""
    asked = long_work.question("history", (filters,), lambda book: _history(book, filters), lane="figures")
    found = long_work.awaited(asked, _("Rating the risk of every session"))
    if found is None or not search:
        return found
    ids = {session.id for session in current.journal().sessions(filters, search=search)}
    return replace(found, sessions=tuple(row for row in found.sessions if row.session.id in ids))


def _history(book: Journal, filters: TradeFilter) -> History:
    trades = book.trades(filters)
    days = daily(trades)
    length = _length(days["session_date"])
    return History(
        sessions=_with_risk(rated(book, book.sessions(filters), filters), book.risk_scores()),
        performance=performance(trades),
        periods=by_period(days, length),
        length=length,
        currency=book.currency,
        reported=book.sessions_with_report(),
    )


def _with_risk(rows: Sequence[RatedSession], scores: Mapping[int, RiskScore]) -> tuple[RatedSession, ...]:
    return tuple(replace(row, risk=scores.get(row.session.id)) for row in rows)


def _length(days: pd.Series[pd.Timestamp]) -> Length:
    span = (days.iloc[-1] - days.iloc[0]).days if len(days) else 0
    return "week" if span <= _WEEKS_UNTIL else "month"

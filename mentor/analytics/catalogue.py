"""Every figure of a set of trades, once: its id, unit, which way is better, and where it is calculated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Final, Literal

import pandas as pd

from mentor.analytics.account import AccountFigures, account_figures, no_account_figures, opening_balance
from mentor.analytics.consistency import Consistency, consistency
from mentor.analytics.daily import daily
from mentor.analytics.edge import Edge, edge
from mentor.analytics.holding import Holding, holding
from mentor.analytics.metrics import Measure, Performance, Reason, performance, undefined
from mentor.analytics.outlook import Outlook, outlook
from mentor.analytics.ratios import Ratios, ratios

#: Money in base currency; a share of 1; a plain ratio; multiples of the money risked; seconds; a number of things.
Unit = Literal["money", "share", "ratio", "r", "seconds", "count"]
Better = Literal["higher", "lower", "neither"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All there is to say of a set of trades; `currency` is not among it."""

    performance: Performance
    edge: Edge
    account: AccountFigures
    consistency: Consistency
    ratios: Ratios
    outlook: Outlook
    holding: Holding
    excursion: Measure

    def __getitem__(self, metric: str) -> Measure:
        """The figure of a catalogued id."""
        measure: Measure = attrgetter(CATALOGUE[metric].place)(self)
        return measure


@dataclass(frozen=True, slots=True)
class Metric:
    """What a figure is in, which way is better, and its place in `Figures`: the module that has it, and the field."""

    unit: Unit
    better: Better
    place: str


CATALOGUE: Final[dict[str, Metric]] = {
    "net": Metric("money", "higher", "performance.net"),
    "win_rate": Metric("share", "higher", "edge.win_rate"),
    "decisive_win_rate": Metric("share", "higher", "performance.decisive_win_rate"),
    "average_win": Metric("money", "higher", "performance.average_win"),
    "average_loss": Metric("money", "higher", "performance.average_loss"),
    "payoff": Metric("ratio", "higher", "performance.payoff"),
    "profit_factor": Metric("ratio", "higher", "performance.profit_factor"),
    "expectancy": Metric("money", "higher", "edge.expectancy"),
    "expectancy_r": Metric("r", "higher", "edge.expectancy_r"),
    "risk_coverage": Metric("share", "higher", "edge.risk_coverage"),
    "sqn": Metric("ratio", "higher", "edge.sqn"),
    "kelly": Metric("share", "neither", "edge.kelly"),
    "half_kelly": Metric("share", "neither", "edge.half_kelly"),
    "return": Metric("share", "higher", "account.return_share"),
    "max_drawdown": Metric("money", "lower", "performance.max_drawdown"),
    "max_drawdown_share": Metric("share", "lower", "account.max_drawdown"),
    "ulcer": Metric("share", "lower", "account.ulcer"),
    "recovery_factor": Metric("ratio", "higher", "consistency.recovery_factor"),
    "longest_losing_streak": Metric("count", "lower", "performance.longest_losing_streak"),
    "usual_losing_streak": Metric("count", "neither", "edge.usual_losing_streak"),
    "losing_streak_chance": Metric("share", "neither", "edge.losing_streak_chance"),
    "sharpe": Metric("ratio", "higher", "ratios.sharpe"),
    "sharpe_error": Metric("ratio", "lower", "ratios.sharpe_error"),
    "sortino": Metric("ratio", "higher", "ratios.sortino"),
    "days_a_year": Metric("count", "neither", "ratios.days_a_year"),
    "winning_days": Metric("share", "higher", "consistency.winning_days"),
    "best_day_share": Metric("share", "lower", "consistency.best_day_share"),
    "straightness": Metric("share", "neither", "consistency.straightness"),
    "holding_median": Metric("seconds", "neither", "holding.median"),
    "holding_mean": Metric("seconds", "neither", "holding.mean"),
    "holding_lower_quartile": Metric("seconds", "neither", "holding.lower_quartile"),
    "holding_upper_quartile": Metric("seconds", "neither", "holding.upper_quartile"),
    "mae": Metric("money", "neither", "excursion"),
    "mfe": Metric("money", "neither", "excursion"),
    "shuffled_drawdown": Metric("money", "lower", "outlook.shuffled_drawdown"),
    "shuffled_drawdown_95": Metric("money", "lower", "outlook.shuffled_drawdown_95"),
    "bootstrap_drawdown": Metric("money", "lower", "outlook.bootstrap_drawdown"),
    "bootstrap_drawdown_95": Metric("money", "lower", "outlook.bootstrap_drawdown_95"),
    "ruin": Metric("share", "lower", "outlook.ruin"),
    "ruin_bound": Metric("share", "lower", "outlook.ruin_bound"),
}


def figures(
    trades: pd.DataFrame,
    *,
    journal: pd.DataFrame,
    multiples: pd.Series[float],
    starting_balance: float | None,
    first: date | None,
    some_symbols: bool,
) -> Figures:
    """Of a selection of `journal` from the day `first` on; `multiples` is what `r_multiples` gave for all of it.

    Some symbols alone have no account of their own.
    """
    headline, days = performance(trades), daily(trades)
    opening = opening_balance(journal, starting_balance, first)
    missing = Reason.SOME_SYMBOLS if some_symbols else Reason.NO_BALANCE if opening is None else None
    return Figures(
        performance=headline,
        edge=edge(trades, headline, multiples, starting_balance),
        account=no_account_figures(missing, len(trades)) if missing else account_figures(trades, opening),
        consistency=consistency(days, headline),
        ratios=ratios(days),
        outlook=outlook(days, missing or opening or 0.0),
        holding=holding(trades),
        # The journal knows no prices between entry and exit, and a result says nothing of them.
        excursion=undefined(Reason.NO_PRICE_PATH, len(trades)),
    )

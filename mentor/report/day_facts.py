"""A day beside the trader's own days before it: what every rule looks at, each measured once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Final, TypeVar

import pandas as pd

from mentor.analytics.after_losses import holding_ratios, lots_after_losses, pauses
from mentor.analytics.countable import Countable, countable
from mentor.analytics.daily import daily
from mentor.analytics.emotions import labels
from mentor.analytics.inference.arrays import Bools, Floats
from mentor.analytics.metrics import Performance, performance
from mentor.analytics.own_trades import own_trades
from mentor.analytics.risk import r_multiples, said_risk
from mentor.analytics.risk_plan import entered_after
from mentor.analytics.risk_score import STOP_AFTER_LOSSES
from mentor.analytics.usual import USUAL_DAYS, Usual, series, usual
from mentor.report.known import Known

T = TypeVar("T")

#: Winners and losers a day needs for their holding times to be compared.
HELD_EACH: Final = 2


class Day:
    """What was known on a day, measured when first asked.

    `trades` are the session's, `mine` and `mine_before` those that tell of the trader (`own_trades`).
    """

    def __init__(self, known: Known) -> None:
        self.known = known
        self.trades = known.trades
        self.plan = known.preferences.risk_plan
        every = pd.concat([known.earlier, known.trades]) if len(known.earlier) else known.trades
        self.every = every
        own = own_trades(every)
        here = (own["session_id"] == known.session.id).to_numpy()
        self.mine, self.mine_before = own[here], own[~here]

    def _once(self, name: str, measure: Callable[[pd.DataFrame], T]) -> T:
        """What is measured of the trader's earlier trades, kept with what else is known of the days before."""
        # The day's own trades decide whether those of bots are among them.
        key, kept = (name, len(self.mine_before)), self.known.history.measured
        if key not in kept:
            kept[key] = measure(self.mine_before)
        found: T = kept[key]
        return found

    # The result -----------------------------------------------------------------------------------------------

    @cached_property
    def counted(self) -> Countable:
        return countable(self.trades)

    @cached_property
    def figures(self) -> Performance:
        return performance(self.trades)

    @property
    def net(self) -> float | None:
        """`None` where no trade can be counted."""
        return self.figures.net.value if self.figures.trades else None

    @cached_property
    def days(self) -> pd.DataFrame:
        """The daily frame of all earlier days."""
        return daily(self.known.earlier)

    @cached_property
    def results(self) -> Floats:
        """Of the earlier days and of this one, in order."""
        today = [] if self.net is None else [self.net]
        return series([*self.days["profit_loss"], *today])

    @cached_property
    def session_results(self) -> Floats:
        """Of each session with trades in order, this one last; NaN where nothing can be counted."""
        rows = countable(self.every).trades
        return series(rows["profit_loss"].groupby(rows["session_id"]).sum().reindex(self.traded))

    # The way it was traded ------------------------------------------------------------------------------------

    @cached_property
    def steps(self) -> pd.DataFrame:
        """`lots_after_losses` of the day."""
        return lots_after_losses(self.mine)

    @cached_property
    def usual_lots(self) -> dict[str, float]:
        """Median lots of each symbol of the day over all earlier sessions."""
        traded = set(self.mine["symbol"].astype("str"))
        medians = self._once("usual_lots", _usual_lots)
        return {str(symbol): float(lots) for symbol, lots in medians.items() if symbol in traded}

    @cached_property
    def sessions_with_lots(self) -> dict[str, int]:
        """Earlier sessions of each symbol in which its lots are known."""
        counts = self._once("sessions_with_lots", _sessions_with_lots)
        return {str(symbol): int(n) for symbol, n in counts.items()}

    @property
    def known_usual_lots(self) -> dict[str, float]:
        """`usual_lots` of the symbols that have enough earlier sessions to call anything usual."""
        enough = self.sessions_with_lots
        return {symbol: lots for symbol, lots in self.usual_lots.items() if enough[symbol] >= USUAL_DAYS}

    @cached_property
    def pauses_after_loss(self) -> pd.DataFrame:
        """`pauses` of the day that followed a losing trade."""
        found = pauses(self.mine)
        return found[(found["before"] < 0).to_numpy()]

    @cached_property
    def usual_pause(self) -> Usual | None:
        """Pauses before any trade of earlier sessions, twenty at least in ten of them."""
        return self._once("usual_pause", _usual_pause)

    @cached_property
    def trade_counts(self) -> Floats:
        """Trades of each earlier session, in order."""
        counts = self.mine_before.groupby(["session_date", "session_id"], sort=True).size()
        return series(counts)

    @cached_property
    def held(self) -> pd.DataFrame:
        return holding_ratios(self.mine, HELD_EACH)

    @cached_property
    def usual_held(self) -> Usual | None:
        return self._once("usual_held", lambda trades: usual(holding_ratios(trades, HELD_EACH)["ratio"].to_numpy()))

    @property
    def halt(self) -> int:
        """Losses in a row after which the day should end."""
        return self.plan.stop_after_losses or STOP_AFTER_LOSSES

    @cached_property
    def after_halt(self) -> tuple[Bools, Bools]:
        """Which of the day's own trades were, and perhaps were, opened after that."""
        return entered_after(self.mine, self.halt)

    # Risk -----------------------------------------------------------------------------------------------------

    @cached_property
    def risk(self) -> pd.Series[float]:
        """Risk percent said for each trade of the day."""
        return said_risk(self.every).iloc[len(self.known.earlier) :]

    @cached_property
    def multiples(self) -> pd.Series[float]:
        """R of the day's countable trades whose risk is known."""
        rows = self.every.reset_index(drop=True)
        found = r_multiples(rows, self.known.preferences.starting_balance)
        found = found[found.index >= len(self.known.earlier)].dropna()
        return pd.Series(found.to_numpy(), index=rows["id"].loc[found.index].to_numpy())

    # Moods ----------------------------------------------------------------------------------------------------

    @cached_property
    def told(self) -> pd.DataFrame:
        """Emotion and basis by session id, up to this day."""
        return labels(self.known.moods).set_index("session_id")

    @cached_property
    def traded(self) -> list[int]:
        """Ids of the sessions with trades in order of day, this one last if it has any."""
        return self.every["session_id"].drop_duplicates().tolist()


def _known_lots(trades: pd.DataFrame) -> pd.DataFrame:
    return trades.loc[(trades["lot_size"] > 0).to_numpy(), ["symbol", "session_id", "lot_size"]]


def _usual_lots(trades: pd.DataFrame) -> pd.Series[float]:
    """Median lots of each symbol."""
    rows = _known_lots(trades)
    return rows["lot_size"].groupby(rows["symbol"], observed=True).median()


def _sessions_with_lots(trades: pd.DataFrame) -> pd.Series[int]:
    """Sessions of each symbol in which its lots are known."""
    rows = _known_lots(trades).drop_duplicates(["symbol", "session_id"])
    return rows.groupby("symbol", observed=True).size()


def _usual_pause(trades: pd.DataFrame) -> Usual | None:
    found = pauses(trades)
    enough = len(found) >= 2 * USUAL_DAYS and found["session_id"].nunique() >= USUAL_DAYS
    return usual(found["seconds"].to_numpy()) if enough else None

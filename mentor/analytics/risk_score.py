"""How well a session's risk was managed, 1 to 10: the process only, never what the day brought.

Seven components between 0 and 1 are weighed, those nobody can know left out; caps then hold the score down for what no
good habit makes up for. The original score grew with the number of trades; this one cannot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mentor.analytics.risk import said_risk
from mentor.analytics.usual_lots import usual_lots

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

#: What each component weighs of the whole; the order in which they are shown.
WEIGHTS: Final = {
    "stop": 0.25,
    "size": 0.25,
    "heat": 0.10,
    "lots": 0.10,
    "escalation": 0.15,
    "count": 0.05,
    "halt": 0.10,
}
#: The highest score a session may have for which the named thing is true.
CAPS: Final = {
    "risk_above_10": 3,
    "risk_above_5": 5,
    "few_stops": 5,
    "lots_times_4_after_loss": 3,
    "traded_on_after_halt": 6,
    "little_known": 8,
}
#: Losses in a row after which a day should end, where the plan says nothing.
STOP_AFTER_LOSSES: Final = 3
#: Shares and ratios closer than this are equal.
_ROUNDING: Final = 1e-9


class Unscored(StrEnum):
    """Why a session has no score."""

    NO_TRADES = "no_trades"
    #: Of the weights less than half is known.
    LITTLE_KNOWN = "little_known"


@dataclass(frozen=True, slots=True)
class Component:
    """One part of the score: 1 is good, 0 is bad, `None` unknown."""

    id: str
    weight: float
    value: float | None

    @property
    def known(self) -> bool:
        return self.value is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskScore:
    """A session's score from 1 to 10, or why there is none; `caps` are the ids of those that applied."""

    session_id: int | None
    score: int | None
    reason: Unscored | None
    components: tuple[Component, ...]
    caps: tuple[str, ...]

    @property
    def known_weight(self) -> float:
        return sum(part.weight for part in self.components if part.known)


def risk_score(
    session: pd.DataFrame,
    earlier: pd.DataFrame,
    *,
    trades_a_day: int | None = None,
    stop_after_losses: int | None = None,
) -> RiskScore:
    """Score one session from its trade frame and the trade frame of all earlier sessions.

    `trades_a_day` and `stop_after_losses` are the trader's plan.
    """
    if session.empty:
        nothing = tuple(Component(name, weight, None) for name, weight in WEIGHTS.items())
        return RiskScore(session_id=None, score=None, reason=Unscored.NO_TRADES, components=nothing, caps=())
    both = pd.concat([earlier[["risk_percent"]], session[["risk_percent"]]]) if len(earlier) else session
    risk = np.asarray(said_risk(both), dtype=np.float64)[len(earlier) :]
    usual = np.asarray(_medians(earlier).reindex(session["symbol"].astype("str")), dtype=np.float64)
    return _scores(session, risk, usual, trades_a_day, stop_after_losses or STOP_AFTER_LOSSES)[0]


def risk_scores(
    trades: pd.DataFrame, *, trades_a_day: int | None = None, stop_after_losses: int | None = None
) -> tuple[RiskScore, ...]:
    """Score every session of a trade frame, each from what was known by its end, in order of day and id."""
    if trades.empty:
        return ()
    rows = trades.sort_values(["session_date", "session_id"], kind="stable", na_position="last")
    number = (np.diff(rows["session_id"], prepend=rows["session_id"].iloc[0]) != 0).cumsum()
    usual = usual_lots(_codes(rows["symbol"]), number, rows["lot_size"].to_numpy(), None)
    risk = _said_by_then(rows["risk_percent"].to_numpy(), number)
    return _scores(rows, risk, usual, trades_a_day, stop_after_losses or STOP_AFTER_LOSSES)


def _medians(trades: pd.DataFrame) -> pd.Series[float]:
    """The middle lot of each symbol."""
    lots = trades["lot_size"].where(trades["lot_size"] > 0)
    medians = lots.groupby(trades["symbol"], observed=True).median()
    return medians.set_axis(medians.index.astype("str"))


def _codes(symbols: pd.Series[str]) -> Ints:
    return np.asarray(pd.factorize(symbols)[0], dtype=np.int64)


def _said_by_then(risk: Floats, number: Ints) -> Floats:
    """`said_risk` as it stood at the end of each session: exactly 1.0 on every trade so far is not an observation."""
    stated = risk > 0
    other = np.zeros(int(number[-1]) + 1, dtype=bool)
    other[number[stated & (risk != 1.0)]] = True
    return np.where(stated & np.logical_or.accumulate(other)[number], risk, np.nan)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Trades in the order (session, entry, id), with the number of their session and where each session begins."""

    number: Ints
    starts: Ints
    risk: Floats
    lots: Floats
    times_usual: Floats
    times_first: Floats
    stop: Floats
    results: Floats
    entry: Ints
    exit: Ints

    @property
    def sessions(self) -> int:
        return self.starts.size

    def most(self, values: Floats) -> Floats:
        """The largest of each session, NaN where none is known."""
        largest: Floats = np.fmax.reduceat(values, self.starts)
        return largest

    def total(self, values: Floats | Bools) -> Floats:
        return np.bincount(self.number, weights=values, minlength=self.sessions).astype(np.float64)

    def mean(self, values: Floats) -> Floats:
        """Of those known; NaN where none is."""
        known = self.total(~np.isnan(values))
        means = np.full(known.size, np.nan)
        np.divide(self.total(np.nan_to_num(values)), known, out=means, where=known > 0)
        return means


def _scores(
    trades: pd.DataFrame, risk: Floats, usual: Floats, trades_a_day: int | None, stop_after: int
) -> tuple[RiskScore, ...]:
    """Of a trade frame in which the rows of a session stand together."""
    ids = trades["session_id"].to_numpy()
    rows = _rows(trades, risk, usual)
    escalated, halted = _after_first_loss(rows), _after_halt(rows, stop_after)
    parts = {
        "stop": rows.mean(rows.stop),
        "size": _size(rows),
        "heat": _falling(_all_known(rows, rows.risk), 3, 10),
        "lots": _falling_log(rows.most(rows.times_usual), 1.5, 4),
        "escalation": _falling_log(escalated, 1.1, 2),
        "count": _count(rows, trades_a_day),
        "halt": np.select([np.isnan(halted), halted == 0, halted == 1], [np.nan, 1.0, 0.5], 0.0),
    }
    weights = np.array(list(WEIGHTS.values()))
    values = np.column_stack(list(parts.values()))
    known = ~np.isnan(values) @ weights
    riskiest = rows.most(rows.risk)
    caps = np.column_stack(
        [
            riskiest > 10,
            riskiest > 5,
            parts["stop"] < 0.5,
            escalated >= 4 * (1 - _ROUNDING),
            halted >= 2,
            known < 0.75 - _ROUNDING,
        ]
    )
    plain = 1 + 9 * (np.nan_to_num(values) @ weights) / np.maximum(known, _ROUNDING)
    scores = np.minimum(np.clip(np.floor(plain + 0.5 + _ROUNDING), 1, 10), _ceiling(caps)).astype(np.int64)
    return tuple(_result(*row) for row in zip(ids[rows.starts].tolist(), scores, known, values, caps, strict=True))


def _result(session_id: int, score: np.int64, known: np.float64, values: Floats, caps: Bools) -> RiskScore:
    told = zip(WEIGHTS.items(), values.tolist(), strict=True)
    enough = bool(known >= 0.5 - _ROUNDING)
    return RiskScore(
        session_id=session_id,
        score=int(score) if enough else None,
        reason=None if enough else Unscored.LITTLE_KNOWN,
        components=tuple(Component(name, weight, None if np.isnan(v) else v) for (name, weight), v in told),
        caps=tuple(name for name, held in zip(CAPS, caps.tolist(), strict=True) if held) if enough else (),
    )


def _rows(trades: pd.DataFrame, risk: Floats, usual: Floats) -> _Rows:
    """In the order of entry (unknown: of closing), then id, inside the sessions as they come."""
    given = (np.diff(trades["session_id"], prepend=trades["session_id"].iloc[0]) != 0).cumsum()
    entered, closed = trades["entry_time"], trades["exit_time"]
    begun = _moments(entered.fillna(trades["closed_at"]))
    order = np.lexsort((trades["id"].to_numpy(), begun, given))
    number = given[order]
    starts = np.flatnonzero(np.diff(number, prepend=-1))
    timed = np.logical_and.reduceat((closed >= entered).to_numpy()[order], starts)[number]
    lots = trades["lot_size"].where(trades["lot_size"] > 0).to_numpy()
    place = np.arange(order.size)
    return _Rows(
        number=number,
        starts=starts,
        risk=risk[order],
        lots=lots[order],
        times_usual=(lots / usual)[order],
        times_first=lots[order] / _first_lots(number, _codes(trades["symbol"])[order], lots[order]),
        stop=np.where(trades["stop_price"].isna(), np.nan, trades["stop_price"] > 0)[order],
        results=trades["profit_loss"].to_numpy()[order],
        # Without all times of a session its trades are taken one after the other.
        entry=np.where(timed, _moments(entered)[order], place),
        exit=np.where(timed, _moments(closed)[order], place),
    )


def _moments(times: pd.Series[pd.Timestamp]) -> Ints:
    """Microseconds; the unknown come last."""
    moments = times.dt.tz_localize(None).to_numpy().astype("datetime64[us]")
    return np.where(np.isnat(moments), np.iinfo(np.int64).max, moments.astype(np.int64))


def _first_lots(number: Ints, symbols: Ints, lots: Floats) -> Floats:
    """The first known lot of each row's symbol in its session."""
    frame = pd.DataFrame({"number": number, "symbol": symbols, "lots": lots})
    return np.asarray(frame.groupby(["number", "symbol"])["lots"].transform("first"), dtype=np.float64)


def _size(rows: _Rows) -> Floats:
    """Half the mean, half the worst of: 1 up to 1 %, ½ at 2 %, 0 from 5 % on."""
    good = np.interp(rows.risk, [1, 2, 5], [1, 0.5, 0])
    return (rows.mean(good) - rows.most(-good)) / 2


def _count(rows: _Rows, trades_a_day: int | None) -> Floats:
    if trades_a_day is None:
        return np.full(rows.sessions, np.nan)
    return _falling(np.bincount(rows.number).astype(np.float64), trades_a_day, 2 * trades_a_day)


def _all_known(rows: _Rows, values: Floats) -> Floats:
    """Sum of each session; NaN unless every trade says its own, since a part of a sum is none."""
    return np.add.reduceat(values, rows.starts)


def _falling(values: Floats, good: float, bad: float) -> Floats:
    return np.interp(values, [good, bad], [1, 0])


def _falling_log(values: Floats, good: float, bad: float) -> Floats:
    return np.interp(np.log(values), np.log([good, bad]), [1, 0])


def _after_first_loss(rows: _Rows) -> Floats:
    """Largest lot after the first loss was closed, over the symbol's first lot; 1 when nothing was opened after one.

    NaN where no lot is known, or where a result that mattered cannot be read.
    """
    after = _opened_after(rows, rows.results < 0)
    most = rows.most(np.where(after, rows.times_first, 1.0))
    judged = (rows.total(~np.isnan(rows.lots)) > 0) & _readable(rows)
    return np.where(judged, np.maximum(np.nan_to_num(most, nan=1.0), 1.0), np.nan)


def _after_halt(rows: _Rows, stop_after: int) -> Floats:
    """Trades opened after `stop_after` losses in a row were closed; a break-even trade changes no run."""
    order = np.lexsort((np.arange(rows.exit.size), rows.exit, rows.number))
    run = _losing_run(rows.results[order], rows.starts[rows.number])
    reached = np.zeros(run.size, dtype=bool)
    reached[order] = run >= stop_after
    return np.where(_readable(rows), rows.total(_opened_after(rows, reached)), np.nan)


def _losing_run(results: Floats, starts: Ints) -> Ints:
    """Losses since the last win or the session's start, after each trade in order of closing."""
    losses = np.concatenate(([0], np.cumsum(results < 0)))
    place = np.arange(results.size)
    since = np.maximum(np.maximum.accumulate(np.where(results > 0, place + 1, 0)), starts)
    return losses[1:] - losses[since]


def _opened_after(rows: _Rows, marked: Bools) -> Bools:
    """Trades entered once the first marked trade of their session had closed."""
    order = np.lexsort((np.arange(rows.exit.size), rows.exit, ~marked, rows.number))
    first = order[rows.starts][rows.number]
    later = np.arange(rows.entry.size) > first
    return marked[first] & later & (rows.entry >= rows.exit[first])


def _readable(rows: _Rows) -> Bools:
    """All results but the last one's, which nothing follows."""
    last = np.append(rows.starts[1:], rows.number.size) - 1
    hidden = np.isnan(rows.results)
    hidden[last] = False
    return np.asarray(rows.total(hidden) == 0)


def _ceiling(caps: Bools) -> Floats:
    return np.asarray(np.where(caps, list(CAPS.values()), 10).min(axis=1), dtype=np.float64)


def by_session(scores: Sequence[RiskScore]) -> dict[int, RiskScore]:
    """Scores by the id of their session."""
    return {score.session_id: score for score in scores if score.session_id is not None}

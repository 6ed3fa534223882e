"""What a feeling has meant at such moments, and one thing to do: ids and numbers, from one fixed table of rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import pandas as pd

from mentor import progress
from mentor.analytics.countable import countable
from mentor.analytics.emotion_cost import Comparison, EmotionCost, comparison
from mentor.analytics.habits.record import Record
from mentor.analytics.inference import Cause, Findings, Grade, grade
from mentor.analytics.moments import Standing, aftermath, moments, standing, usual_distance
from mentor.analytics.mood_groups import CALM, FEWEST_TREATED, NEUTRAL, BaselineRule, told_sessions
from mentor.analytics.own_trades import own_trades
from mentor.analytics.plain import Plain
from mentor.analytics.risk import said_risk
from mentor.analytics.risk_plan import discipline
from mentor.analytics.session_frame import SessionTable, Unit, session_table
from mentor.analytics.usual_ways import UsualPause, UsualSize, usual_pause, usual_size
from mentor.messages import message
from mentor.models import Preferences, RiskPlan
from mentor.report.known import before

#: `over`: the trader's own plan ends the day here.
Phase = Literal["before", "during", "over"]
Compared = BaselineRule | Literal["other_moments"]
Action = Literal["stop", "pause", "smaller", "carry_on"]
Reason = Literal[
    "plan_trades",
    "plan_losses",
    "intensity",
    "worse",
    "better",
    "about_the_same",
    "hard_mood",
    "steady_mood",
    "own_word",
]

#: Feelings that stir and weigh at once; told this strongly, a pause comes first.
_STIRRING: Final = frozenset({"marah", "frustasi", "takut", "fomo"})
_STRONG: Final = 4
#: Feelings in which general advice is to risk less, and those in which it is to go on as planned.
_HARD: Final = _STIRRING | {"ragu", "serakah", "lelah"}
_STEADY: Final = frozenset({CALM, NEUTRAL, "percaya_diri"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the trader says just now; `running` is the money made so far today, `None`: what the journal knows."""

    emotion: str
    intensity: int | None = None
    market: str | None = None
    running: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What such moments came with: the difference a session (or rest of one) in `unit` with its 90 % interval.

    `n` sessions had such a moment, `n_baseline` are those compared with. `missing` is how many more it takes at least
    until anything can be said, 0 where there are enough. `p_value` is after all corrections. What is `None` could not
    be estimated; `reason` says why.
    """

    unit: Unit
    compared: Compared
    n: int
    n_baseline: int
    value: float | None
    low: float | None
    high: float | None
    p_value: float | None
    grade: Grade
    missing: int
    reason: Cause | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InMarket:
    """The mean result of the `n` sessions with this feeling in this market: a description."""

    market: str
    n: int
    mean: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """How the trader went on after such moments: the median number of trades, their lots beside the usual ones.

    After `stopped` more such moments no trade followed.
    """

    stopped: int
    trades: float | None
    size: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One thing to do, why, and the trader's own numbers for it."""

    action: Action
    reason: Reason
    numbers: Mapping[str, Plain]

    @property
    def own(self) -> bool:
        """Whether the trader's own plan or evidence asks for it; else it is a general rule."""
        return self.reason in ("plan_trades", "plan_losses", "worse", "better", "about_the_same")


@dataclass(frozen=True, slots=True, kw_only=True)
class InstantFeedback:
    """The answer to a feeling told now; money is net, in `currency`.

    `running` is what today came to so far, `usual` the distance from zero within which a third of all days end
    (`None`: fewer than 10 days), `standing` follows from both. `evidence` is `None` once the day is over, without a
    standing, and for a feeling that is itself what others are compared with: then `baseline` counts its sessions.
    """

    emotion: str
    phase: Phase
    running: float | None
    usual: float | None
    standing: Standing | None
    currency: str | None
    evidence: Evidence | None
    baseline: int | None
    in_market: InMarket | None
    onward: Onward | None
    suggestion: Suggestion


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """What the sessions before a day say of feelings, sizes and pauses: slow, so keep it."""

    day: date
    table: SessionTable
    before: Comparison
    moments: pd.DataFrame
    usual: float | None
    size: UsualSize | None
    pause: UsualPause


def past(
    day: date, *, trades: pd.DataFrame, moods: pd.DataFrame, markets: pd.Series[str], starting_balance: float | None
) -> Past:
    """Of a journal's trade and mood frame and the `recorded_markets` of its sessions, cut before the day."""
    earlier, told = before(trades, day), before(moods, day)
    progress.step(message("putting the sessions together"), 0, 3)
    table = session_table(earlier, told, markets, journal=earlier, starting_balance=starting_balance)
    progress.step(message("looking for moments like this one"), 1, 3)
    record = Record(table)
    usual = usual_distance(table.sessions["money"])
    found = moments(record, told, usual)
    progress.step(message("comparing moods told before trading"), 2, 3)
    return Past(
        day=day,
        table=table,
        before=comparison(table, "before"),
        moments=found,
        usual=usual,
        size=usual_size(record),
        pause=usual_pause(record),
    )


def instant_feedback(told: Told, known: Past, trades: pd.DataFrame, preferences: Preferences) -> InstantFeedback:
    """The answer, from what was known before the day and the journal's trade frame."""
    so_far = trades[~(trades["session_date"] > pd.Timestamp(known.day)).to_numpy()]
    running, begun = _running(told, so_far, known.day)
    ending = _ending(so_far, known.day, preferences.risk_plan)
    phase: Phase = "over" if ending else "during" if begun else "before"
    at = (
        standing(running, known.usual)
        if phase == "during" and running is not None and known.usual is not None
        else None
    )
    found = _evidence_before(told.emotion, known) if phase == "before" else None
    onward = None
    if at is not None:
        found, onward = _evidence_during(told.emotion, known, at)
    return InstantFeedback(
        emotion=told.emotion,
        phase=phase,
        running=running,
        usual=known.usual,
        standing=at,
        currency=preferences.currency,
        evidence=found,
        baseline=_baseline_sessions(told.emotion, known) if phase == "before" and found is None else None,
        in_market=_in_market(told, known) if phase == "before" else None,
        onward=onward,
        suggestion=ending or _suggestion(told, found, known),
    )


def _running(told: Told, so_far: pd.DataFrame, day: date) -> tuple[float | None, bool]:
    """What today came to so far (`None`: nothing of it can be added up), and whether the trader has traded."""
    own = own_trades(so_far)
    own = own[(own["session_date"] == pd.Timestamp(day)).to_numpy()]
    if told.running is not None:
        return told.running, told.running != 0 or not own.empty
    counted = countable(own).trades["profit_loss"]
    return None if counted.empty and not own.empty else float(counted.sum()), not own.empty


def _ending(so_far: pd.DataFrame, day: date, plan: RiskPlan) -> Suggestion | None:
    """Where the trader's own plan says that the day is over."""
    here = (so_far["session_date"] == pd.Timestamp(day)).to_numpy()
    used = discipline(
        so_far[here], said_risk(so_far)[here], stop_after=plan.stop_after_losses, risk_percent=plan.risk_percent
    )
    if plan.stop_after_losses is not None and used.longest_run >= plan.stop_after_losses:
        return Suggestion(action="stop", reason="plan_losses", numbers={"losses": plan.stop_after_losses})
    if plan.trades_a_day is not None and used.trades >= plan.trades_a_day:
        return Suggestion(
            action="stop", reason="plan_trades", numbers={"trades": used.trades, "limit": plan.trades_a_day}
        )
    return None


def _evidence_before(emotion: str, known: Past) -> Evidence | None:
    """Of sessions that began so, as the emotions analysis has it; `None` of a feeling others are compared with."""
    cost = next((cost for cost in known.before.emotions if cost.emotion == emotion), None)
    if cost is not None:
        return _told_before(cost, known)
    if _is_baseline(emotion, known):
        return None
    sessions, baseline = known.before.sessions, known.before.baseline.sessions
    return Evidence(
        unit=known.table.unit,
        compared=known.before.baseline.rule,
        n=0,
        n_baseline=baseline,
        value=None,
        low=None,
        high=None,
        p_value=None,
        grade=Grade.NOT_ENOUGH,
        missing=_missing_of_none(sessions, baseline),
        reason=None,
    )


def _told_before(cost: EmotionCost, known: Past) -> Evidence:
    pooled = cost.result.pooled if cost.grade is not Grade.NOT_ENOUGH else None
    return Evidence(
        unit=known.table.unit,
        compared=known.before.baseline.rule,
        n=cost.n,
        n_baseline=cost.n_baseline,
        value=pooled.value if pooled else None,
        low=pooled.low if pooled else None,
        high=pooled.high if pooled else None,
        p_value=cost.holm_p_value,
        grade=cost.grade,
        missing=cost.sessions_missing if cost.grade is Grade.NOT_ENOUGH else 0,
        reason=cost.reason,
    )


def _missing_of_none(sessions: int, baseline: int) -> int:
    return grade(
        Findings(
            sessions=sessions,
            n_treated=0,
            n_baseline=baseline,
            p_value=None,
            scores_p_value=None,
            survives_extremes=False,
            same_sign_in_halves=False,
            robustness=0.0,
            equivalent=False,
            beforehand=True,
        )
    ).sessions_missing


def _evidence_during(emotion: str, known: Past, at: Standing) -> tuple[Evidence, Onward]:
    """Of earlier days that stood so when it was told."""
    after = aftermath(known.moments, emotion, at)
    effect = after.effect
    found = Evidence(
        unit=known.table.unit,
        compared="other_moments",
        n=after.n,
        n_baseline=after.n_baseline,
        value=effect.value if effect else None,
        low=effect.low if effect else None,
        high=effect.high if effect else None,
        p_value=after.p_value,
        grade=after.evidence.grade,
        missing=after.evidence.sessions_missing if after.evidence.grade is Grade.NOT_ENOUGH else 0,
        reason=after.reason,
    )
    return found, Onward(stopped=after.stopped, trades=after.trades, size=after.size)


def _is_baseline(emotion: str, known: Past) -> bool:
    return known.before.baseline.rule == "calm_and_neutral" and emotion in (CALM, NEUTRAL)


def _baseline_sessions(emotion: str, known: Past) -> int:
    return int((told_sessions(known.table.sessions, "before")["emotion"] == emotion).sum())


def _in_market(told: Told, known: Past) -> InMarket | None:
    """Of sessions that began so in this market, from 5 on."""
    sessions = told_sessions(known.table.sessions, "before")
    results = sessions["result"][(sessions["emotion"] == told.emotion) & (sessions["market"] == told.market)]
    if told.market is None or len(results) < FEWEST_TREATED:
        return None
    return InMarket(market=told.market, n=len(results), mean=float(results.mean()))


def _suggestion(told: Told, found: Evidence | None, known: Past) -> Suggestion:
    """The first rule that applies: a strong stirring feeling, the trader's own evidence, then general advice."""
    if told.emotion in _STIRRING and (told.intensity or 0) >= _STRONG:
        return Suggestion(action="pause", reason="intensity", numbers=_pause(known.pause))
    if found is not None and found.grade is Grade.ABOUT_THE_SAME:
        return Suggestion(action="carry_on", reason="about_the_same", numbers={})
    if found is not None and found.value is not None and found.grade.strength >= Grade.HINT.strength:
        if found.value < 0:
            return Suggestion(action="smaller", reason="worse", numbers=_half(known.size))
        return Suggestion(action="carry_on", reason="better", numbers={})
    if told.emotion in _HARD:
        return Suggestion(action="smaller", reason="hard_mood", numbers=_half(known.size))
    return Suggestion(action="carry_on", reason="steady_mood" if told.emotion in _STEADY else "own_word", numbers={})


def _half(size: UsualSize | None) -> dict[str, Plain]:
    """The usual lots of the trader's main symbol and half of them; empty where nobody knows them."""
    if size is None:
        return {}
    return {"symbol": size.symbol, "usual": size.lots, "half": size.half, "decimals": size.decimals}


def _pause(pause: UsualPause) -> dict[str, Plain]:
    """The longer of the two usual pauses: who hurries after losses would only be told to hurry."""
    known = {"loss": pause.after_loss, "win": pause.after_win}
    longest = max((kind for kind, seconds in known.items() if seconds), key=lambda kind: known[kind] or 0, default=None)
    return {} if longest is None else {"after": longest, "seconds": known[longest]}

"""The habits a trader's own trades may show: one detector each, judged together as a family."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from mentor import progress
from mentor.analytics.habits.across_days import chasing_size, chasing_trades
from mentor.analytics.habits.after_result import house_money, overrun_after_loss, revenge_pace, revenge_size
from mentor.analytics.habits.carry_over import mood_carry_over
from mentor.analytics.habits.descriptions import fomo, losses_beyond_plan
from mentor.analytics.habits.disposition import disposition, disposition_after_losing_day
from mentor.analytics.habits.escalation import risk_escalation
from mentor.analytics.habits.habit import Finding, Habit, Missing, graded, lacking
from mentor.analytics.habits.martingale import martingale
from mentor.analytics.habits.ordered import fatigue, streaks, tilt, tilt_slope
from mentor.analytics.habits.overtrading import overtrading
from mentor.analytics.habits.record import Record
from mentor.analytics.habits.weekday import weekday
from mentor.analytics.habits.within import PERMUTATIONS
from mentor.analytics.inference import benjamini_hochberg
from mentor.analytics.session_frame import SessionTable
from mentor.messages import message

__all__ = ["CATALOGUE", "Detector", "Habit", "Missing", "habits"]


@dataclass(frozen=True, slots=True)
class Detector:
    """One habit: how it is looked for, and which sign of the effect would be it (0: either).

    `exploratory` ones have no settled theory behind them: their grade stops at a hint.
    """

    id: str
    find: Callable[[Record], Finding]
    direction: Literal[-1, 0, 1]
    exploratory: bool = False


#: Every detector, in the order of `docs/methods.md`.
CATALOGUE: Final = (
    Detector("revenge_size", revenge_size, 1),
    Detector("revenge_pace", revenge_pace, -1),
    Detector("chasing_size", chasing_size, 1),
    Detector("chasing_trades", chasing_trades, 1),
    Detector("house_money", house_money, 1),
    Detector("overtrading", overtrading, -1),
    Detector("disposition", disposition, 1),
    Detector("disposition_after_losing_day", disposition_after_losing_day, 1),
    Detector("tilt", tilt, -1),
    Detector("tilt_slope", tilt_slope, -1),
    Detector("losses_beyond_plan", losses_beyond_plan, 1),
    Detector("overrun_after_loss", overrun_after_loss, 1),
    Detector("risk_escalation", risk_escalation, 1),
    Detector("martingale", martingale, 1),
    Detector("fatigue", fatigue, -1, exploratory=True),
    Detector("weekday", weekday, 0),
    Detector("mood_carry_over", mood_carry_over, 1),
    Detector("streaks", streaks, 0),
    Detector("fomo", fomo, 1, exploratory=True),
)


def habits(table: SessionTable, *, permutations: int = PERMUTATIONS) -> tuple[Habit, ...]:
    """Every detector's answer on a session table, in the order of the catalogue.

    p-values are adjusted over all detectors that test something (Benjamini–Hochberg).
    """
    record = Record(table, permutations=permutations)
    found = [(detector, _asked(detector, record, nth)) for nth, detector in enumerate(CATALOGUE)]
    tested = {detector.id: one.p_value for detector, one in found if one.missing is None and one.p_value is not None}
    adjusted = dict(zip(tested, benjamini_hochberg(list(tested.values())), strict=True))
    return tuple(_habit(detector, one, adjusted.get(detector.id)) for detector, one in found)


def _asked(detector: Detector, record: Record, nth: int) -> Finding:
    progress.step(message("habits beside what chance brings"), nth, len(CATALOGUE))
    return detector.find(record) if len(record.rows) else lacking(Missing.TRADES, record.unit)


def _habit(detector: Detector, found: Finding, adjusted: float | None) -> Habit:
    return Habit(
        id=detector.id,
        opportunities=found.opportunities,
        sessions=found.sessions,
        effect=found.effect,
        low=found.low,
        high=found.high,
        p_value=found.p_value,
        adjusted=adjusted,
        grade=graded(found, adjusted, exploratory=detector.exploratory),
        unit=found.unit,
        neutral=found.neutral,
        direction=detector.direction,
        trades=found.trades,
        missing=found.missing,
        exploratory=detector.exploratory,
        chart=found.chart,
    )

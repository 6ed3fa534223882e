"""Everything there is to say of a trader's moods: the comparisons, what they come with, and how much is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Final

import pandas as pd

from mentor import progress
from mentor.analytics.carry_over import CarryOver, carry_over
from mentor.analytics.emotion_cost import Comparison, EmotionCost, comparison
from mentor.analytics.emotions import BASES, Coverage
from mentor.analytics.mood_effects import MoodEffect, mood_effects
from mentor.analytics.mood_slices import mood_slices
from mentor.analytics.plain import Plain, plain
from mentor.analytics.session_frame import SessionTable, SizeUnit, Unit, session_table
from mentor.messages import message

#: Steps of the report that are told.
_PARTS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class EmotionReport:
    """`before` compares moods told before the first entry, `hindsight` those told later or at an unknown time.

    `sessions` is a frame of `SESSION_DTYPES`, `slices` one of `SLICE_DTYPES`.
    """

    unit: Unit
    size_unit: SizeUnit | None
    risk_coverage: float
    coverage: Coverage
    before: Comparison
    hindsight: Comparison
    effects: tuple[MoodEffect, ...]
    carry_over: CarryOver
    sessions: pd.DataFrame = field(compare=False)
    slices: pd.DataFrame = field(compare=False)

    @property
    def emotions(self) -> tuple[EmotionCost, ...]:
        """Those told before the first entry, strongest evidence first."""
        return self.before.emotions


def emotion_report(
    trades: pd.DataFrame,
    moods: pd.DataFrame,
    markets: pd.Series[str],
    *,
    zone: tzinfo,
    journal: pd.DataFrame | None = None,
    starting_balance: float | None = None,
) -> EmotionReport:
    """The report on a trade frame, the mood frame of the same days and the `recorded_markets` of the sessions.

    `journal` is the whole trade frame where `trades` is a selection of it; hours are those of `zone`.
    """
    whole = trades if journal is None else journal
    progress.step(message("putting the sessions together"), 0, _PARTS)
    return of_table(session_table(trades, moods, markets, journal=whole, starting_balance=starting_balance), zone)


def of_table(table: SessionTable, zone: tzinfo) -> EmotionReport:
    """The report on a session table."""
    progress.step(message("comparing moods told before trading"), 1, _PARTS)
    before = comparison(table, "before")
    progress.step(message("comparing moods told later"), 2, _PARTS)
    hindsight = comparison(table, "hindsight")
    progress.step(message("looking at what was done in each mood"), 3, _PARTS)
    effects = mood_effects(table)
    progress.step(message("looking at markets, weekdays, hours and strategies in each mood"), 4, _PARTS)
    slices = mood_slices(table, zone)
    return EmotionReport(
        unit=table.unit,
        size_unit=table.size_unit,
        risk_coverage=table.risk_coverage,
        coverage=coverage(table),
        before=before,
        hindsight=hindsight,
        effects=effects,
        carry_over=carry_over(table.sessions),
        sessions=table.sessions,
        slices=slices,
    )


def coverage(table: SessionTable) -> Coverage:
    """Of how many sessions a mood is known, by when it was told."""
    counts = table.sessions["basis"].value_counts()
    return Coverage(sessions=len(table.sessions), **{basis: int(counts.get(basis, 0)) for basis in BASES})


def as_json(report: EmotionReport) -> dict[str, Plain]:
    """The report for machines: codes and numbers, no sentence; unknown is null."""
    answer = plain(report)
    assert isinstance(answer, dict), "a dataclass becomes an object"
    return answer

"""How the trader felt, when that was told, and what that mood has come with so far."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import TYPE_CHECKING, Final

from mentor.analytics.inference import Grade
from mentor.report.day_facts import Day
from mentor.report.finding import Finding, Severity
from mentor.report.rules.seen import Seen

if TYPE_CHECKING:
    from mentor.analytics.emotion_cost import EmotionCost
    from mentor.analytics.emotion_report import EmotionReport

#: Sessions over which telling a mood is counted.
_LATEST: Final = 30


def mood(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """The last mood told before the first entry, beside what it came with in earlier sessions. n: those sessions.

    The value is the pooled estimate with its 90 % interval, in the unit of the emotions report; below a hint it is no
    claim. Moderate evidence of less and more is a warning, unless a check finds what the mood cannot have changed.
    """
    emotion = _told(day, "before")
    if emotion is None:
        return
    numbers: dict[str, object] = {"emotion": emotion, "traded": bool(len(day.trades)), **_checkin(day)}
    report = day.known.history.emotions
    if report is None:
        yield Seen(severity=Severity.NOTICE, n=0, numbers=numbers | {"known": "not_asked"})
        return
    cost = next((one for one in report.before.emotions if one.emotion == emotion), None)
    if cost is None:
        yield _without_estimate(report, emotion, numbers)
        return
    yield _compared(report, cost, numbers)


def mood_in_hindsight(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """A mood told only after trading had begun, or at an unknown time: the result may have coloured it. n: 1."""
    for basis in ("later", "unknown"):
        emotion = _told(day, basis)
        if emotion is not None and len(day.trades):
            yield Seen(severity=Severity.NOTICE, n=1, numbers={"emotion": emotion, "basis": basis})


def mood_missing(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """No mood at all on a traded day, and how many of the last 30 have one from before. n: those sessions."""
    if len(day.trades) and day.known.session.id not in day.told.index:
        latest = day.traded[-_LATEST:]
        yield Seen(
            severity=Severity.NOTICE,
            n=len(latest),
            numbers={"told": int((day.told["basis"].reindex(latest) == "before").sum())},
        )


def _told(day: Day, basis: str) -> str | None:
    if day.known.session.id not in day.told.index:
        return None
    label = day.told.loc[day.known.session.id]
    return str(label["emotion"]) if label["basis"] == basis else None


def _checkin(day: Day) -> dict[str, object]:
    """How strong it was and when it was told, of the check-in the session is labelled by."""
    before = [one for one in day.known.checkins if one.timing == "before"]
    if not before:
        return {"intensity": None, "told_at": None}
    told = before[-1].recorded_at
    return {"intensity": before[-1].intensity, "told_at": told and told.astimezone(UTC).isoformat()}


def _without_estimate(report: EmotionReport, emotion: str, numbers: dict[str, object]) -> Seen:
    """A mood that the others are compared with, or one never told before."""
    rows = report.sessions
    n = int(((rows["emotion"] == emotion) & (rows["basis"] == "before")).sum())
    return Seen(severity=Severity.NOTICE, n=n, numbers=numbers | {"known": "baseline" if n else "first_time"})


def _compared(report: EmotionReport, cost: EmotionCost, numbers: dict[str, object]) -> Seen:
    pooled = cost.result.pooled
    told = numbers | {
        "known": "compared",
        "unit": report.unit,
        "baseline": report.before.baseline.rule,
        "n_baseline": cost.n_baseline,
        "sessions_missing": cost.sessions_missing,
        "suspicious": cost.checks.suspicious,
        "value": pooled.value if pooled else None,
    }
    claimed = cost.grade.strength >= Grade.MODERATE.strength and pooled is not None and pooled.value < 0
    return Seen(
        severity=Severity.WARNING if claimed and not cost.checks.suspicious else Severity.NOTICE,
        n=cost.n,
        numbers=told,
        interval=(pooled.low, pooled.high) if pooled else None,
        grade=cost.grade,
        size=float(cost.grade.strength),
    )

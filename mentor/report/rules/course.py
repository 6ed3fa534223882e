"""Where the day stands in the course of days: streak, drawdown, records, and the last sessions beside those before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mentor.analytics.inference.arrays import Floats
from mentor.analytics.metrics import drawdowns, equity_path
from mentor.analytics.usual import USUAL_DAYS, below, last_and_before, runs, series
from mentor.report.day_facts import Day
from mentor.report.finding import Finding, Severity
from mentor.report.rules.seen import Seen

#: Days in a row from which a streak is one, and days before from which something is a record.
_STREAK: Final = 3
_RECORD_DAYS: Final = 20
#: Sessions whose middle is held against all before them.
_WINDOWS: Final = (7, 30)
#: Points by which the median risk score must have moved.
_MOVED: Final = 2
#: Share of the account, or of the deepest drawdown so far, from which a drawdown is told.
_NOTICED: Final = 0.05
_HALF: Final = 0.5


def streak(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """Winning or losing days in a row up to this one, from three on. n: days with trades, this one included.

    An even day neither ends nor lengthens one. A losing streak longer than any in twenty days and more is a warning.
    """
    if day.net is None or day.net == 0:
        return
    every = runs(day.results)
    last, sign = every[-1]
    if last < _STREAK:
        return
    longest = max((length for length, of in every[:-1] if of == sign), default=0)
    is_record = last > longest and len(day.days) >= _RECORD_DAYS
    yield Seen(
        severity=Severity.WARNING if is_record and sign < 0 else Severity.NOTICE,
        n=day.results.size,
        numbers={"days": last, "kind": "losing" if sign < 0 else "winning", "longest": longest, "record": is_record},
        size=float(last),
    )


def drawdown(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """How far the money made lies below its best at the end of the day. n: days with trades, this one included.

    Told from 5 % of the highest balance on (10 % a warning, 20 % an alarm), or without a starting balance from half of
    the deepest one before (deeper than that: a warning), twenty days before at least. Closed trades only.
    """
    if day.net is None or day.net >= 0:
        return
    path = equity_path(day.results)
    falls = drawdowns(path)
    deepest, here = float(falls[:-1].max()), float(falls[-1])
    share = _share(day, path)
    enough = len(day.days) >= _RECORD_DAYS
    numbers = {"money": here, "share": share, "deepest": deepest if enough else None}
    if share is not None:
        severity = next((rank for least, rank in _SHARES if not below(share, least)), None)
    else:
        severity = _beside_deepest(here, deepest) if enough else None
    if severity is not None:
        yield Seen(severity=severity, n=day.results.size, numbers=numbers)


def record(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """The highest or the lowest result of a day so far, after twenty days at least. n: the days before."""
    before = day.days["profit_loss"].to_numpy()
    if day.net is None or before.size < _RECORD_DAYS:
        return
    if below(before.max(), day.net):
        yield Seen(
            severity=Severity.NOTICE,
            n=before.size,
            numbers={"kind": "highest", "net": day.net, "before": float(before.max())},
        )
    if below(day.net, before.min()):
        yield Seen(
            severity=Severity.NOTICE,
            n=before.size,
            numbers={"kind": "lowest", "net": day.net, "before": float(before.min())},
        )


def recent(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """Medians of the last 7 and the last 30 sessions beside those of all before, as many at least (ten). n: the last.

    Result a day, risk score, and on how many a mood was told before trading. A description: nothing is tested. A median
    score two points lower is a warning, two higher is good.
    """
    if not len(day.trades):
        return
    for window in _WINDOWS:
        earlier = len(day.traded) - window
        if earlier < max(window, USUAL_DAYS):
            return
        told = day.told["basis"].reindex(day.traded) == "before"
        scores = last_and_before(_scores(day), window)
        numbers: dict[str, object] = {
            "window": window,
            "earlier": earlier,
            "told": int(told.iloc[-window:].sum()),
            "told_before": float(told.iloc[:-window].mean()),
            **_pair("result", last_and_before(day.session_results, window)),
            **_pair("score", scores),
        }
        yield Seen(severity=_moved(scores), n=window, numbers=numbers, size=-float(window))


_SHARES: Final = ((0.20, Severity.ALARM), (0.10, Severity.WARNING), (_NOTICED, Severity.NOTICE))


def _share(day: Day, path: Floats) -> float | None:
    """Of the highest balance so far; `None` without a starting balance."""
    balance = day.known.preferences.starting_balance
    peak = None if balance is None else balance + float(path.max())
    return None if peak is None or peak <= 0 else float((path.max() - path[-1]) / peak)


def _beside_deepest(here: float, deepest: float) -> Severity | None:
    if below(deepest, here):
        return Severity.WARNING
    return Severity.NOTICE if deepest and not below(here, _HALF * deepest) else None


def _scores(day: Day) -> Floats:
    """Risk scores in order of day, NaN where there is none."""
    every = (*day.known.earlier_scores, day.known.score)
    return series(one.score for one in every)


def _pair(name: str, medians: tuple[float, float] | None) -> dict[str, object]:
    latest, before = medians or (None, None)
    return {name: latest, f"{name}_before": before}


def _moved(scores: tuple[float, float] | None) -> Severity:
    if scores is None or abs(scores[0] - scores[1]) < _MOVED:
        return Severity.NOTICE
    return Severity.WARNING if scores[0] < scores[1] else Severity.GOOD

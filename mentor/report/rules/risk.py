"""How the risk of the day was managed: the score, the stops, the size, against plan and usual."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Final

from mentor.analytics.habits.after_result import BEYOND_PLAN
from mentor.analytics.risk_score import WEIGHTS
from mentor.analytics.usual import USUAL_DAYS, below
from mentor.report.day_facts import Day
from mentor.report.finding import Finding, Severity
from mentor.report.rules.seen import Seen, texts

#: A score up to this asks for that much attention.
LOW_SCORE: Final = 5
_SCORES: Final = ((3, Severity.ALARM), (LOW_SCORE, Severity.WARNING), (7, Severity.NOTICE), (10, Severity.GOOD))
#: A part that reached this much is not worth naming as the weakest.
_ENOUGH: Final = 0.9
_HALF: Final = 0.5
#: A loss beyond this many R is twice what was risked.
_DOUBLE: Final = -2.0
#: Share of earlier trades with a stop price from which one usually is set.
_USUALLY: Final = 0.8
#: Lots beside the usual ones of their symbol.
_LARGE: Final = 1.5
_DOUBLED: Final = 2.0
_HUGE: Final = 4.0


def score(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """The risk score, its weakest known component, its caps, and the median of the earlier ones. n: the day's trades.

    A session without trades has none. Good only where enough is known and every part reached half.
    Where too little is known to score, that is said.
    """
    given = day.known.score
    if not len(day.trades):
        return
    if given.score is None:
        yield Seen(severity=Severity.NOTICE, n=len(day.trades), numbers={"score": None, "reason": given.reason})
        return
    known = {part.id: part.value for part in given.components if part.value is not None}
    weakest = min(known, key=lambda name: (known[name], -WEIGHTS[name]))
    earlier = [one.score for one in day.known.earlier_scores if one.score is not None]
    severity = next(severity for highest, severity in _SCORES if given.score <= highest)
    if severity is Severity.GOOD and ("little_known" in given.caps or known[weakest] < _HALF):
        severity = Severity.NOTICE
    yield Seen(
        severity=severity,
        n=len(day.trades),
        numbers={
            "score": given.score,
            "weakest": weakest if known[weakest] < _ENOUGH else None,
            "weakest_value": known[weakest],
            "caps": texts(given.caps),
            "median": float(median(earlier)) if len(earlier) >= USUAL_DAYS else None,
            "known_weight": given.known_weight,
        },
    )


def loss_beyond_risk(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """Losing trades that lost more than 1.2 times what was said to be at risk. n: losing trades whose R is known.

    R needs the risk percent of the trade and a starting balance; without them it is silent. Two losses and more that
    all stayed within are good.
    """
    losses = day.multiples[day.multiples < 0]
    beyond = losses[losses < BEYOND_PLAN]
    if len(beyond):
        worst = float(beyond.min())
        yield Seen(
            severity=Severity.ALARM if worst < _DOUBLE else Severity.WARNING,
            n=len(losses),
            numbers={"trades": len(beyond), "worst": worst},
            trades=beyond.index,
        )
    elif len(losses) >= 2:
        numbers = {"trades": 0, "worst": float(losses.min())}
        yield Seen(severity=Severity.GOOD, n=len(losses), numbers=numbers, trades=losses.index)


def risk_above_plan(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """Trades that risked more percent than the risk plan. n: trades that say their risk. Silent without a plan."""
    limit, said = day.plan.risk_percent, day.risk.dropna()
    if limit is None or said.empty:
        return
    above = said[said > limit * (1 + 1e-9)]
    if len(above):
        most = float(above.max())
        yield Seen(
            severity=Severity.ALARM if most > 2 * limit else Severity.WARNING,
            n=len(said),
            numbers={"limit": limit, "trades": len(above), "most": most},
            trades=day.trades["id"].loc[above.index],
        )
    elif len(said) == len(day.trades) >= 2:
        yield Seen(
            severity=Severity.GOOD, n=len(said), numbers={"limit": limit, "trades": 0, "most": float(said.max())}
        )


def stop_missing(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """Trades without a stop price where one usually is on record. n: the day's trades.

    A trade that says it had none (a stop of 0) counts always. What is not on record is called so: it is unknown. Usual
    is 80 % of the earlier trades, over ten sessions and more. All with one, bots' too, where that is known to be usual,
    is good.
    """
    mine, earlier = day.mine, day.mine_before
    none = (mine["stop_price"] <= 0).to_numpy()
    untold = mine["stop_price"].isna().to_numpy()
    usual = _usually_set(day)
    lacking = none | untold if usual is not None else none
    numbers = {"trades": int(lacking.sum()), "none": int(none.sum()), "usual": usual, "earlier": len(earlier)}
    if lacking.any():
        severity = Severity.WARNING if none.any() or 2 * lacking.sum() > len(mine) else Severity.NOTICE
        yield Seen(severity=severity, n=len(mine), numbers=numbers, trades=mine["id"][lacking])
    elif usual is not None and len(mine) >= 2 and (day.trades["stop_price"] > 0).all():
        yield Seen(severity=Severity.GOOD, n=len(mine), numbers=numbers)


def large_lots(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """The largest lots beside the usual ones of their symbol, from 1.5 times on. n: its earlier sessions with lots.

    Silent for a symbol with lots on fewer than ten earlier days.
    """
    known = day.known_usual_lots
    if not known:
        return
    symbols = day.mine["symbol"].astype("str")
    times = day.mine["lot_size"].where(day.mine["lot_size"] > 0) / symbols.map(known).astype("float64")
    if times.notna().any() and not below(times.max(), _LARGE):
        most = int(times.argmax())
        symbol = str(symbols.iloc[most])
        large = times >= _LARGE * (1 - 1e-9)
        yield Seen(
            severity=_how_large(float(times.max())),
            n=day.sessions_with_lots[symbol],
            numbers={
                "symbol": symbol,
                "lots": float(day.mine["lot_size"].iloc[most]),
                "usual": known[symbol],
                "ratio": float(times.max()),
                "trades": int(large.sum()),
            },
            trades=day.mine["id"][large],
        )


def _usually_set(day: Day) -> float | None:
    """Share of the earlier trades with a stop price, where it is usual."""
    earlier = day.mine_before
    if earlier["session_id"].nunique() < USUAL_DAYS:
        return None
    share = float((earlier["stop_price"] > 0).mean())
    return share if share >= _USUALLY else None


def _how_large(times: float) -> Severity:
    if not below(times, _HUGE):
        return Severity.ALARM
    return Severity.NOTICE if below(times, _DOUBLED) else Severity.WARNING

"""What was done after losses, how often and how long: the day beside the trader's plan and own usual."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Final

from mentor.analytics.countable import countable
from mentor.analytics.metrics import performance
from mentor.analytics.risk_plan import discipline
from mentor.analytics.usual import USUAL_DAYS, below, usual_limit
from mentor.report.day_facts import Day
from mentor.report.finding import Finding, Severity
from mentor.report.rules.seen import Seen

#: Lots after a loss that count as raised, and as doubled.
_RAISED: Final = 1.1
_DOUBLED: Final = 2.0
#: Sessions the usual number of trades is taken from.
_WINDOW: Final = 20


def size_after_loss(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """Lots of a trade beside those of the same symbol's trade closed before it, where that one lost. n: such trades.

    The largest step is named. Alarm where the risk score holds the session down for it, warning from a doubling or two
    raises on. Two such trades and more without a raise are good.
    """
    steps = day.steps.assign(ratio=day.steps["lots"] / day.steps["lots_before"])
    raised = steps[steps["ratio"] > _RAISED * (1 + 1e-9)]
    if len(raised):
        most = raised.iloc[int(raised["ratio"].argmax())]
        doubled = most["ratio"] >= _DOUBLED * (1 - 1e-9) or len(raised) >= 2
        quadrupled = "lots_times_4_after_loss" in day.known.score.caps
        yield Seen(
            severity=Severity.ALARM if quadrupled else Severity.WARNING if doubled else Severity.NOTICE,
            n=len(steps),
            numbers={
                "symbol": str(most["symbol"]),
                "lots": float(most["lots"]),
                "lots_before": float(most["lots_before"]),
                "ratio": float(most["ratio"]),
                "level": float(raised["lots_before"][raised["symbol"] == most["symbol"]].min()),
                "usual": day.known_usual_lots.get(str(most["symbol"])),
                "raised": len(raised),
            },
            trades=raised["id"],
        )
    elif len(steps) >= 2:
        yield Seen(severity=Severity.GOOD, n=len(steps), numbers={"raised": 0}, trades=steps["id"])


def pace_after_loss(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """Median pause after a losing trade beside the trader's own pauses. n: pauses after a loss.

    Usual are the pauses before any trade of earlier sessions, twenty in ten sessions at least. A warning when shorter
    than nine of ten of them, good when no shorter than half of them; silent in between and where times are missing.
    """
    own, found = day.usual_pause, day.pauses_after_loss
    if own is None or found.empty:
        return
    pause = float(found["seconds"].median())
    numbers = {"seconds": pause, "usual": own.median, "low": own.low, "pauses": own.n}
    if below(pause, own.low):
        yield Seen(severity=Severity.WARNING, n=len(found), numbers=numbers, trades=found["id"])
    elif not below(pause, own.median):
        yield Seen(severity=Severity.GOOD, n=len(found), numbers=numbers, trades=found["id"])


def overtrading(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """The number of trades beside the plan's, else beside the usual one. n: earlier sessions it is compared with.

    Usual is up to the median + 2 median deviations of the last 20 sessions (ten at least), half as many again and two
    more; beyond it twice the median is a warning. Above the plan is a warning, beyond twice of it an alarm; within the
    plan, two trades and more, is good.
    """
    trades, plan = len(day.mine), day.plan.trades_a_day
    counts = day.trade_counts[-_WINDOW:]
    usual = median(counts.tolist()) if counts.size >= USUAL_DAYS else None
    if not trades or (plan is None and usual is None):
        return
    limit = float(plan) if plan is not None else usual_limit(counts)
    numbers: dict[str, object] = {"trades": trades, "plan": plan, "median": usual, "limit": limit}
    numbers["bots"] = len(day.trades) - trades
    if trades > limit:
        beyond = day.mine.sort_values(["entry_time", "closed_at", "id"], kind="stable").iloc[int(limit) :]
        counted = countable(beyond).trades
        numbers["beyond"] = len(beyond)
        numbers["beyond_net"] = performance(beyond).net.value if len(counted) == len(beyond) else None
        severity = _above(trades, plan, usual)
        yield Seen(severity=severity, n=counts.size, numbers=numbers, trades=beyond["id"])
    elif plan is not None and trades >= 2:
        yield Seen(severity=Severity.GOOD, n=counts.size, numbers=numbers)


def holding_losers(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """How long losers were held for each minute of winners (medians), beside earlier sessions. n: those sessions.

    Sessions with two of each whose times are known, ten earlier ones at least. Speaks when losers were held longer than
    winners and the ratio exceeds that of nine of ten sessions.
    """
    own = day.usual_held
    if own is None or day.held.empty:
        return
    today = day.held.iloc[0]
    ratio = float(today["ratio"])
    if ratio > 1 and below(own.high, ratio):
        numbers = {"losers": float(today["losers"]), "winners": float(today["winners"]), "ratio": ratio}
        lost = (day.mine["profit_loss"] < 0).to_numpy()
        yield Seen(
            severity=Severity.WARNING,
            n=own.n,
            numbers=numbers | {"usual": own.median, "high": own.high},
            trades=day.mine["id"][lost],
        )


def past_losses(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """Trades opened after three losses in a row (the plan's number, if it has one). n: the day's trades.

    One is a warning, two and more an alarm; none after such a run is good. Trades closed later whose entry nobody knows
    are counted apart, and then only a notice. Silent where a result cannot be read.
    """
    after, perhaps = day.after_halt
    seen = discipline(day.mine, day.mine["risk_percent"], stop_after=None, risk_percent=None)
    if seen.longest_run < day.halt or seen.unreadable:
        return
    followed = countable(day.mine[after]).trades
    numbers = {
        "limit": day.halt,
        "planned": day.plan.stop_after_losses is not None,
        "after": int(after.sum()),
        "perhaps": int(perhaps.sum()),
        "net": float(followed["profit_loss"].sum()) if len(followed) == after.sum() > 0 else None,
    }
    severity = Severity.GOOD if not perhaps.any() else Severity.NOTICE
    if after.any():
        severity = Severity.ALARM if after.sum() >= 2 else Severity.WARNING
    yield Seen(severity=severity, n=len(day.mine), numbers=numbers, trades=day.mine["id"][after | perhaps])


def _above(trades: int, plan: int | None, usual: float | None) -> Severity:
    if plan is not None:
        return Severity.ALARM if trades > 2 * plan else Severity.WARNING
    return Severity.WARNING if usual is not None and trades >= 2 * usual else Severity.NOTICE

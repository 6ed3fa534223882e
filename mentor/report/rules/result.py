"""What the day brought, and what of it cannot be counted: stated, never praised or blamed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd

from mentor.analytics.usual import USUAL_DAYS, below, usual
from mentor.report.day_facts import Day
from mentor.report.finding import Finding, Severity
from mentor.report.rules.seen import Seen


def no_trades(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """A session without a trade and without totals another program stated. n: earlier days with trades."""
    if not len(day.trades) and not day.known.session.stated:
        yield Seen(severity=Severity.NOTICE, n=len(day.days))


def result(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """The day's net beside the median and the 10–90 % range of the earlier days. n: those days.

    Fewer than ten of them: the result alone, and how many are missing. Silent when no trade can be counted.
    """
    figures, net = day.figures, day.net
    if net is None:
        return
    numbers: dict[str, object] = {
        "net": net,
        "trades": figures.trades,
        "wins": figures.wins,
        "losses": figures.losses,
        "break_evens": figures.break_evens,
    }
    own = usual(day.days["profit_loss"].to_numpy())
    if own is None:
        yield Seen(
            severity=Severity.NOTICE, n=len(day.days), numbers=numbers | {"missing_days": USUAL_DAYS - len(day.days)}
        )
        return
    place = "below" if below(net, own.low) else "above" if below(own.high, net) else "within"
    numbers |= {"median": own.median, "low": own.low, "high": own.high, "place": place}
    yield Seen(severity=Severity.NOTICE, n=own.n, numbers=numbers, interval=(own.low, own.high))


def left_out(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """Trades that are in no sum: in another currency, not to be read, or of another session on this date.

    n: the session's trades.
    """
    counted, beside = day.counted, day.known.beside
    if counted.other_currency or counted.unreadable or beside:
        shown = set(counted.trades["id"])
        numbers = {"other_currency": counted.other_currency, "unreadable": counted.unreadable, "beside": beside}
        yield Seen(
            severity=Severity.NOTICE,
            n=len(day.trades),
            numbers=numbers | {"counted": len(counted.trades)},
            trades=(trade for trade in day.trades["id"] if trade not in shown),
        )


def stated(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """Totals another program stated: alone, or where the trades say something else. n: trades stated."""
    session = day.known.session
    if session.stated:
        numbers = {"trades": session.total_trades, "net": session.total_profit_loss, "alone": True}
        yield Seen(severity=Severity.NOTICE, n=session.total_trades, numbers=numbers)
    elif session.stated_trades is not None and session.stated_profit_loss is not None:
        numbers = {"trades": session.stated_trades, "net": session.stated_profit_loss, "alone": False}
        yield Seen(severity=Severity.NOTICE, n=session.stated_trades, numbers=numbers)


def one_trade(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """A session of one trade: how it was gone on after a loss cannot show. n: 1."""
    if len(day.trades) == 1:
        yield Seen(severity=Severity.NOTICE, n=1, trades=day.trades["id"])


#: What trades are grouped by: the strategy where the day names any, else the symbol.
_GROUPS: Final = ("strategy", "symbol")


def setups(day: Day, _: tuple[Finding, ...]) -> Iterator[Seen]:
    """Highest and lowest net among the day's setups: strategies, or symbols where none is named. n: setups.

    Silent with fewer than two, or when all brought the same.
    """
    rows = day.counted.trades
    kind = next((name for name in _GROUPS if rows[name].notna().any()), None)
    if kind is None:
        return
    names = rows[kind].astype("object")
    nets = rows["profit_loss"].groupby(names, sort=True).agg(["sum", "size"])
    ranked = sorted(((float(net), str(name), int(size)) for name, net, size in nets.itertuples()), key=_highest_first)
    if len(ranked) < 2 or not below(ranked[-1][0], ranked[0][0]):
        return
    (best_net, best, best_trades), (worst_net, worst, worst_trades) = ranked[0], ranked[-1]
    yield Seen(
        severity=Severity.NOTICE,
        n=len(ranked),
        numbers={
            "kind": kind,
            "best": best,
            "best_net": best_net,
            "best_trades": best_trades,
            "worst": worst,
            "worst_net": worst_net,
            "worst_trades": worst_trades,
        },
        trades=rows["id"][_is_one_of(names, best, worst)],
    )


def _highest_first(setup: tuple[float, str, int]) -> tuple[float, str]:
    return -setup[0], setup[1]


def _is_one_of(names: pd.Series[str], *wanted: str) -> pd.Series[bool]:
    return names.astype("str").isin(wanted)

"""What the Explore page calls its dimensions, measures and the codes in rows and columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from mentor.analytics.dimensions import HOLDING_BOUNDS, Dimension
from mentor.analytics.metrics import Measure
from mentor.analytics.pivot import COUNTS, Cell, Line, MeasureName
from mentor.i18n import labels, numbers
from mentor.i18n.language import _
from mentor.messages import message

DIMENSIONS: Final[dict[Dimension, str]] = {
    "symbol": message("Symbol"),
    "strategy": message("Strategy"),
    "side": message("Side"),
    "account": message("Account"),
    "origin": message("Bot or hand"),
    "mood": message("Mood told before trading"),
    "market": message("Market"),
    "weekday": message("Weekday"),
    "hour": message("Hour of entry"),
    "month": message("Month"),
    "result": message("Result"),
    "stop": message("Stop loss"),
    "holding": message("Holding time"),
}
#: Each measure and what it means.
MEASURES: Final[dict[MeasureName, tuple[str, str]]] = {
    "net": (message("Net P/L"), message("Sum of the results, costs included.")),
    "expectancy": (
        message("Mean of a trade"),
        message(
            "Expectancy: the net a trade made on average. Interval: 95%, over sessions, since the trades of a session "
            "share their day; from 10 sessions on by bootstrap-t, above 1,000 by Student's t."
        ),
    ),
    "median": (message("Median of a trade"), message("Half of the trades made less. It has no interval here.")),
    "session_mean": (
        message("Mean of a session"),
        message(
            "What a session took from these trades on average. Interval: 95%, over sessions; from 10 on by "
            "bootstrap-t, above 1,000 by Student's t."
        ),
    ),
    "win_rate": (
        message("Win rate"),
        message(
            "Share of the trades that won, break-even ones count among all. Interval: 95%, on log odds, with the error "
            "that sessions leave; from 10 sessions on."
        ),
    ),
    "profit_factor": (
        message("Profit factor"),
        message("Money won for every unit of money lost. It has no interval here."),
    ),
    "expectancy_r": (
        message("Mean R"),
        message(
            "Mean net in units of the money risked, over the trades that state their risk. Interval: 95%, over "
            "sessions; from 10 on by bootstrap-t, above 1,000 by Student's t."
        ),
    ),
    "fees": (
        message("Fees"),
        message("Sum of the fees, over the trades that state them; they are in the net already."),
    ),
    "trades": (message("Trades"), message("How many closed trades.")),
    "sessions": (message("Sessions"), message("On how many sessions.")),
}
#: Between good and bad; measures that are not here have no such value: few wins may well pay.
NEUTRAL: Final[dict[MeasureName, float]] = {
    "net": 0.0,
    "expectancy": 0.0,
    "median": 0.0,
    "session_mean": 0.0,
    "profit_factor": 1.0,
    "expectancy_r": 0.0,
}
_MONEY: Final = frozenset(("net", "expectancy", "median", "session_mean", "fees"))
_STOPS: Final = {"yes": message("With a stop"), "no": message("Without a stop")}


def line(of: Line, dimension: Dimension, accounts: Mapping[str, str]) -> str:
    """The name of a row or column."""
    if of.kind == "all":
        return _("All")
    if of.kind == "rest":
        return _("Earlier") if dimension == "month" else _("All others")
    if of.kind == "unknown":
        return _("not told before") if dimension == "mood" else _("not known")
    return _code(of.code, dimension, accounts)


def _code(code: str, dimension: Dimension, accounts: Mapping[str, str]) -> str:
    if dimension == "mood":
        return labels.emotion(code)
    if dimension == "market":
        return labels.market(code)
    if dimension == "weekday":
        return numbers.weekday(int(code))
    if dimension == "hour":
        return f"{int(code):02d}:00"
    if dimension == "month":
        return numbers.month(date.fromisoformat(f"{code}-01"))
    if dimension == "holding":
        return _held(int(code))
    if dimension == "account":
        return accounts.get(code, code)
    named: dict[str, Mapping[str, str]] = {
        "side": labels.SIDES,
        "origin": labels.ORIGINS,
        "result": {str(code): name for code, name in labels.RESULTS.items()},
        "stop": _STOPS,
    }
    return _(named[dimension][code]) if code in named.get(dimension, {}) else code


def _held(place: int) -> str:
    if place == 0:
        return _("under {time}", time=numbers.duration(HOLDING_BOUNDS[0]))
    begin = numbers.duration(HOLDING_BOUNDS[place - 1])
    if place == len(HOLDING_BOUNDS):
        return _("{time} and longer", time=begin)
    return _("{time} to under {end}", time=begin, end=numbers.duration(HOLDING_BOUNDS[place]))


def axis(measure: MeasureName, currency: str | None) -> str:
    """The measure with its unit."""
    name = _(MEASURES[measure][0])
    return f"{name} ({currency})" if measure in _MONEY and currency else name


def value(amount: float | None, measure: MeasureName) -> str:
    """A number of this measure, without its unit."""
    if measure == "win_rate":
        return numbers.percent(amount)
    return numbers.number(amount, 0 if measure in ("trades", "sessions") else 2)


def interval(of: Measure, measure: MeasureName) -> str:
    """`-3.00 … 12.50`; nothing where there is none."""
    if of.low is None or of.high is None:
        return ""
    return f"{value(of.low, measure)} … {value(of.high, measure)}"


def cell(of: Cell, measure: MeasureName) -> str:
    """The value with its interval and how many it is over; undefined, a dash and why."""
    if of.measure.reason is not None:
        return f"{numbers.DASH} {_(labels.REASONS[of.measure.reason])}" if of.trades else numbers.DASH
    said = value(of.measure.value, measure)
    if measure in COUNTS and measure != "fees":
        return said
    between = f" ({inside})" if (inside := interval(of.measure, measure)) else ""
    return f"{said}{between} · n = {numbers.number(of.measure.n, 0)}"

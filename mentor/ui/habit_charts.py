"""One chart a habit, the effect itself in it, and its numbers as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from mentor.analytics.habits.habit import Habit
from mentor.charts.habits import Group, colour, course_chart, groups_chart, steps_chart
from mentor.charts.mood_results import results_chart
from mentor.i18n import evidence
from mentor.i18n import habits as words
from mentor.i18n.language import _
from mentor.messages import message


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clock:
    """A unit of time, and the axes that count in it."""

    seconds: float
    pause: str
    held: str


_CLOCKS: Final = (
    _Clock(
        seconds=86_400.0,
        pause=message("Typical pause before the trade, days"),
        held=message("Days held: median, middle half"),
    ),
    _Clock(
        seconds=3_600.0,
        pause=message("Typical pause before the trade, hours"),
        held=message("Hours held: median, middle half"),
    ),
    _Clock(
        seconds=60.0,
        pause=message("Typical pause before the trade, minutes"),
        held=message("Minutes held: median, middle half"),
    ),
    _Clock(
        seconds=1.0,
        pause=message("Typical pause before the trade, seconds"),
        held=message("Seconds held: median, middle half"),
    ),
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure and the numbers in it; `emotions` are the columns of the table that hold codes of emotions."""

    figure: go.Figure
    table: pd.DataFrame
    emotions: tuple[str, ...] = ()


def draw(habit: Habit, currency: str | None) -> Drawn:
    """The chart of a habit that has an effect."""
    return _BUILDERS[habit.id](habit, currency)


def _shade(habit: Habit) -> str:
    return colour(habit.grade, habit.harmful)


def _after(habit: Habit, _currency: str | None, *, names: tuple[str, str], axis: str, scale: float = 1.0) -> Drawn:
    """Two groups, the second one as far away as the effect, with its interval."""
    base, after = (scale * value for value in habit.chart["value"])
    counts = habit.chart["trades"].tolist()
    low, high = (_moved(habit, base, end, scale) for end in (habit.low, habit.high))
    groups = (
        Group(label=_(names[0]), n=counts[0], value=base),
        Group(label=_(names[1]), n=counts[1], value=after, low=low, high=high, spoken_of=True),
    )
    return _grouped(habit, groups, _(axis))


def _moved(habit: Habit, base: float, end: float | None, scale: float) -> float | None:
    """Where an end of the effect's interval lies, seen from the other group."""
    if end is None:
        return None
    return base * end if habit.unit == "ratio" else base + scale * end


def _grouped(habit: Habit, groups: tuple[Group, ...], axis: str) -> Drawn:
    table = pd.DataFrame(
        {
            _("Group"): [group.label for group in groups],
            axis: [round(group.value, 4) for group in groups],
            _("Interval from"): [group.low for group in groups],
            _("to"): [group.high for group in groups],
            _("Number"): pd.Series([group.n for group in groups], dtype="Int64"),
        }
    )
    return Drawn(groups_chart(groups, axis, _shade(habit)), table.dropna(axis="columns", how="all"))


def _pause(habit: Habit, currency: str | None) -> Drawn:
    clock = _clock(float(habit.chart["value"].max()))
    return _after(habit, currency, names=_RESULTS, axis=clock.pause, scale=1 / clock.seconds)


def _held(habit: Habit, _currency: str | None) -> Drawn:
    """Median and middle half of the holding times."""
    clock = _clock(float(habit.chart["value"].max()))
    size = clock.seconds
    rows = (habit.chart[name].tolist() for name in ("lost", "trades", "value", "low", "high"))
    groups = tuple(
        Group(
            label=_("Losers") if lost else _("Winners"),
            n=trades,
            value=value / size,
            low=low / size,
            high=high / size,
            spoken_of=bool(lost),
        )
        for lost, trades, value, low, high in zip(*rows, strict=True)
    )
    return _grouped(habit, groups, _(clock.held))


def _days(habit: Habit, _currency: str | None, *, axis: str) -> Drawn:
    """Every session a dot, those after a losing day apart."""
    rows = {"after": _("After a losing day"), "other": _("Other days")}
    sessions = habit.chart.assign(row=habit.chart["after"].map({1: "after", 0: "other"}))
    chosen = "after" if words.shows(habit) else ""
    table = sessions.groupby("row")["value"].describe()[["count", "25%", "50%", "75%"]].reindex(list(rows))
    table.columns = pd.Index([_("Sessions"), _("Quarter below"), _("Median"), _("Quarter above")])
    table.insert(0, _("Group"), list(rows.values()))
    return Drawn(results_chart(sessions, rows, chosen, _(axis), ""), table.round(3))


def _stepped(
    habit: Habit,
    currency: str | None,
    *,
    across: str,
    label: Callable[[int], str],
    key: str = "cause",
    spoken_of: Callable[[pd.DataFrame], pd.Series[bool]] = lambda chart: chart["cause"] > 0,
) -> Drawn:
    """Mean results step by step."""
    chart = habit.chart
    by_session = "sessions" in chart
    unit = evidence.unit(habit.unit if habit.unit in ("r", "per_percent") else "money", currency)
    n = chart["sessions" if by_session else "trades"]
    steps = chart.assign(label=[label(step) for step in chart[key]], n=n, spoken_of=spoken_of(chart))
    up = (
        _("Mean result of a session, {unit}", unit=unit)
        if by_session
        else _("Mean result of a trade, {unit}", unit=unit)
    )
    counted = _("Sessions") if by_session else _("Trades")
    table = pd.DataFrame({_(across): steps["label"], up: steps["value"].round(4), counted: n})
    return Drawn(steps_chart(steps, _(across), up, _shade(habit)), table)


def _streaks(habit: Habit, _currency: str | None) -> Drawn:
    chart = habit.chart
    points = chart.assign(**{name: 100 * chart[name] for name in ("value", "low", "high")})
    steps = points.assign(label=[f"{wins}" for wins in chart["wins"]], n=chart["trades"], spoken_of=chart["wins"] == 1)
    across, up = _("Wins in a row before"), _("Wins more than in any order, points")
    table = steps[["label", "value", "low", "high", "n"]].round(2)
    table.columns = pd.Index([across, up, _("Interval from"), _("to"), _("Trades")])
    return Drawn(steps_chart(steps, across, up, _shade(habit), decimals=1), table)


def _share(habit: Habit, _currency: str | None, *, name: str, axis: str) -> Drawn:
    """One share with its interval, and what would be nothing beside it."""
    share = Group(
        label=_(name),
        n=habit.opportunities,
        value=100 * (habit.effect or 0.0),
        low=100 * (habit.low or 0.0),
        high=100 * (habit.high or 0.0),
        spoken_of=True,
    )
    nothing = Group(label=_("No habit"), n=None, value=100 * habit.neutral)
    return _grouped(habit, (nothing, share), _(axis))


def _course(habit: Habit, _currency: str | None) -> Drawn:
    chart = habit.chart.assign(session_date=pd.to_datetime(habit.chart["session_date"]))
    up = _("Median risk of a session, %")
    monthly = chart.groupby(chart["session_date"].dt.strftime("%Y-%m"))["value"]
    table = monthly.agg(["median", "size"]).reset_index()
    table.columns = pd.Index([_("Month"), up, _("Sessions")])
    return Drawn(course_chart(chart, up, _shade(habit)), table)


def _doublings(habit: Habit, _currency: str | None) -> Drawn:
    seen, expected = habit.chart.set_index("kind").loc[["seen", "expected"], "value"]
    low, high = (max(0.0, expected + (end or 0.0)) for end in (habit.low, habit.high))
    groups = (
        Group(label=_("By chance"), n=None, value=expected),
        Group(label=_("Seen"), n=None, value=seen, low=low, high=high, spoken_of=True),
    )
    return _grouped(habit, groups, _("Doublings after losses, times"))


def _moods(habit: Habit, _currency: str | None) -> Drawn:
    """How often a mood came back, beside the same moods in shuffled order; in numbers from which mood to which."""
    chart = habit.chart
    stayed = 100 * float(chart.loc[chart["before"] == chart["emotion"], "days"].sum() / chart["days"].sum())
    shuffled = stayed - 100 * (habit.effect or 0.0)
    low, high = (shuffled + 100 * (end or 0.0) for end in (habit.low, habit.high))
    groups = (
        Group(label=_("In shuffled order"), n=None, value=shuffled),
        Group(label=_("As it was"), n=habit.opportunities, value=stayed, low=low, high=high, spoken_of=True),
    )
    table = chart.round(3)
    table.columns = pd.Index([_("Yesterday"), _("Today"), _("Days"), _("Share of yesterday's, smoothed")])
    drawn = groups_chart(groups, _("Days with the mood of the day before, %"), _shade(habit))
    return Drawn(drawn, table, (_("Yesterday"), _("Today")))


def _clock(seconds: float) -> _Clock:
    """A unit of time in which a length is easy to read."""
    return next((clock for clock in _CLOCKS if seconds >= 2 * clock.seconds), _CLOCKS[-1])


def _up_to_five(step: int) -> str:
    return "5+" if step >= 5 else f"{step}"


_RESULTS: Final = (message("After a win"), message("After a loss"))
_USUAL: Final = message("Lots, times the usual")
_BUILDERS: Final[dict[str, Callable[[Habit, str | None], Drawn]]] = {
    "revenge_size": partial(_after, names=_RESULTS, axis=_USUAL),
    "revenge_pace": _pause,
    "house_money": partial(_after, names=(message("Otherwise"), message("After two wins")), axis=_USUAL),
    "overrun_after_loss": partial(_after, names=_RESULTS, axis=message("Losses beyond 1.2 R, %"), scale=100.0),
    "chasing_size": partial(_days, axis=message("Lots of a session, times the usual")),
    "chasing_trades": partial(_days, axis=message("Trades a session")),
    "disposition": _held,
    "disposition_after_losing_day": partial(_days, axis=message("Losers held, times winners")),
    "overtrading": partial(
        _stepped,
        across=message("Place of the trade in its session"),
        key="place",
        label=lambda place: "15+" if place >= 15 else f"{place}",
        spoken_of=lambda chart: chart["beyond"] > 0.5,
    ),
    "tilt": partial(
        _stepped,
        across=message("Losses so far in the session"),
        label=lambda step: _("two or more") if step else _("none or one"),
    ),
    "tilt_slope": partial(_stepped, across=message("Trades since the loss of 1 R"), label=_up_to_five),
    "fatigue": partial(_stepped, across=message("Hours since the first entry"), label=_up_to_five),
    "weekday": partial(
        _stepped, across=message("Weekday"), key="weekday", label=words.weekday, spoken_of=lambda chart: chart["chosen"]
    ),
    "streaks": _streaks,
    "losses_beyond_plan": partial(
        _share, name=message("Losses beyond 1.2 R"), axis=message("Share of the losing trades, %")
    ),
    "fomo": partial(_share, name=message("Hasty returns"), axis=message("Share of the returns, %")),
    "risk_escalation": _course,
    "martingale": _doublings,
    "mood_carry_over": _moods,
}

"""What pages are made of: figures with their reasons, charts with their captions, tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from mentor.analytics.metrics import Measure, Performance
from mentor.charts.theme import CONFIG
from mentor.i18n import labels, numbers
from mentor.i18n.language import _, ngettext
from mentor.ui import marks
from mentor.ui.plain import plain

Noun = Literal["trade", "day"]

#: Pixels of a sign of a figure, and of what is left and right of it.
_SIGN, _AROUND = 11.1, 36


def headline(figures: Performance, currency: str | None) -> None:
    """The headline figures of a page, and what was left out of them."""
    money = [_money(measure, currency) for measure in (figures.net, figures.expectancy, figures.max_drawdown)]
    with st.grid(5, min_column_width=room(money, 150)):
        figure(
            _("Net P/L"),
            money[0],
            figures.net,
            _("Sum of all closed trades, costs included."),
        )
        figure(_("Win rate"), numbers.percent(figures.win_rate.value), figures.win_rate, _won(figures))
        figure(
            _("Expectancy"),
            money[1],
            figures.expectancy,
            _("Mean net P/L of a trade. A mean without an interval describes these trades, it proves nothing."),
        )
        figure(
            _("Profit factor"),
            numbers.number(figures.profit_factor.value),
            figures.profit_factor,
            _("Money won for every unit of money lost."),
        )
        figure(
            _("Max drawdown"),
            money[2],
            figures.max_drawdown,
            _("Deepest fall below the best result so far, over closed trades: floating losses are not in it."),
        )
    left_out(figures)


def figure(label: str, value: str, measure: Measure, meaning: str, *, noun: Noun = "trade", interval: str = "") -> None:
    """One figure over how many things, or its interval; undefined it is a dash with its reason beneath and on hover."""
    reason = _(labels.REASONS[measure.reason]) if measure.reason else None
    over = _over(measure.n, noun)
    help_ = [
        _("Not defined: {reason}.", reason=reason) if reason else "",
        meaning,
        _("Over {number}; beneath its 95% interval.", number=over) if interval else "",
    ]
    st.metric(
        label,
        plain(value),
        delta=reason or interval or over,
        delta_color="off",
        delta_arrow="off",
        help=plain(" ".join(help_)) or None,
        border=True,
    )


def room(values: Iterable[str], least: int) -> int:
    """Pixels a column of figures needs for none of these to be cut short."""
    return max([least, *(round(_SIGN * len(value)) + _AROUND for value in values)])


def chart(title: str, drawn: go.Figure, caption: str, **options: Any) -> None:
    """A figure under its title, and what it shows in words."""
    st.header(title, anchor=False)
    bare_chart(drawn, caption, **options)
    note(caption)


def numbers_behind(frame: Callable[[], pd.DataFrame], alt: str, key: str, **options: Any) -> None:
    """The table of what a chart shows, made and sent once somebody opens it."""
    box = st.expander(_("The numbers behind it"), icon=":material/table_chart:", key=key, on_change="rerun")
    if box.open:
        with box:
            shown = frame()
            amounts = list(map(str, shown.select_dtypes("float")))
            table(shown, alt, **{"written": dict.fromkeys(amounts, numbers.number)} | options)


def bare_chart(drawn: go.Figure, alt: str, **options: Any) -> None:
    st.plotly_chart(drawn, config=CONFIG, alt=alt, **options)


def table(
    frame: pd.DataFrame,
    alt: str,
    *,
    written: Mapping[str, Callable[[Any], str]] | None = None,
    results: Sequence[str] = (),
    emotions: Sequence[str] = (),
    **options: Any,
) -> Any:
    """A frame whose numbers are written as the language does: the browser's formats would follow its own settings.

    `written` says how for columns that are not simply shown with all their digits. They are sorted as numbers.
    `results` are the columns of money made and lost, under each other to the digit, `emotions` those with codes of
    emotions: both get their colours.
    """
    frame = frame.assign(**{name: pd.Series(map(marks.chip, frame[name]), frame.index, object) for name in emotions})
    how = dict.fromkeys(frame.select_dtypes("float"), numbers.exact) | dict(written or {})
    known: dict[Any, Any] = {name: write for name, write in how.items() if name in frame}
    styled = frame.style.format(known, na_rep=options.setdefault("placeholder", ""))
    styled = styled.apply(marks.sign_style, subset=[name for name in results if name in frame])
    config = options.pop("column_config", {})
    config |= {name: st.column_config.Column(config.get(name, name), alignment="right") for name in results}
    config |= {name: marks.emotion_column(config.get(name, name)) for name in emotions}
    options["column_config"] = config
    return st.dataframe(styled, hide_index=True, alt=alt, **options)


def note(text: str) -> None:
    """A small line under something; nothing in it is markup."""
    st.caption(plain(text))


def _money(measure: Measure, currency: str | None) -> str:
    return numbers.money(measure.value, currency)


def _won(figures: Performance) -> str:
    return _(
        "{wins} won, {losses} lost, {break_evens} at break-even. Break-even trades count among all.",
        wins=numbers.number(figures.wins, 0),
        losses=numbers.number(figures.losses, 0),
        break_evens=numbers.number(figures.break_evens, 0),
    )


def _over(n: int, noun: Noun) -> str:
    return ngettext("{n} day", "{n} days", n) if noun == "day" else ngettext("{n} trade", "{n} trades", n)


def left_out(figures: Performance) -> None:
    """Which trades are in no figure, and why."""
    unreadable, foreign, undated = figures.excluded_unreadable, figures.excluded_currency, figures.undated
    parts = [
        ngettext("{n} trade whose P/L is no number", "{n} trades whose P/L is no number", unreadable),
        ngettext("{n} trade in another currency", "{n} trades in another currency", foreign),
    ]
    known = [part for part, n in zip(parts, (unreadable, foreign), strict=True) if n]
    if known:
        both = _("{this} and {that}", this=parts[0], that=parts[1])
        trades = both if len(known) > 1 else known[0]
        words = _("Left out of every figure: {trades}.", trades=trades)
        st.caption(f":material/info: {words}")
    if undated:
        words = ngettext(
            "{n} trade without a readable date: not in the calendar.",
            "{n} trades without a readable date: not in the calendar.",
            undated,
        )
        st.caption(f":material/info: {words}")

"""The Breakdown page's parts: results by one thing at a time, how they are spread, and what emotions added up to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, Literal

import pandas as pd
import streamlit as st

from mentor.analytics.breakdown import HOLDING_STEPS, ORDERED, By
from mentor.charts import breakdown as charts
from mentor.charts import theme
from mentor.i18n import evidence, labels, numbers
from mentor.i18n.language import _, ngettext
from mentor.messages import message
from mentor.models import TradeFilter
from mentor.ui import breakdown_data, cards, tables
from mentor.ui.breakdown_data import Breakdown

Spread = Literal["trades", "days", "r"]

_NAMES: Final[dict[By, str]] = {
    "symbol": message("Symbol"),
    "strategy": message("Strategy"),
    "side": message("Side"),
    "weekday": message("Weekday"),
    "hour": message("Hour of entry"),
    "holding": message("Holding time"),
}
_SPREADS: Final[dict[Spread, str]] = {"trades": message("Trades"), "days": message("Days"), "r": message("R")}
_BY: Final = "by"
_SPREAD: Final = "spread"


def draw_groups(chosen: TradeFilter, currency: str | None) -> None:
    """Mean net a trade by what is chosen; the choice is kept in the address."""
    st.header(_("What a trade brought, by"), anchor=False)
    of: By = _choice(_BY, _NAMES, _("By"))
    found, unsaid = breakdown_data.groups(chosen, of)
    shown = found if of in ORDERED else found.nlargest(charts.MOST, "trades").sort_values("mean", ascending=False)
    title = _("Mean net P/L of a trade by {thing}", thing=_(_NAMES[of]))
    drawn = charts.groups_chart(shown, [_name(of, key) for key in shown["key"]], currency)
    cards.bare_chart(drawn, title, key=f"by_{of}")
    cards.note(_said(of, len(found) - len(shown), unsaid))
    signed = [_("Net P/L"), _("Mean")]
    cards.numbers_behind(lambda: _table(of, found, currency), title, f"by_{of}_numbers", results=signed)


def _choice(key: str, names: Mapping[Any, str], label: str) -> Any:
    """One of these codes, from the address at first and into it when another one is taken."""
    if key not in st.session_state and st.query_params.get(key) in names:
        st.session_state[key] = st.query_params[key]
    taken = st.segmented_control(
        label,
        list(names),
        default=next(iter(names)),
        format_func=lambda code: _(names[code]),
        key=key,
        required=True,
        label_visibility="collapsed",
        wrap=True,
    )
    st.query_params[key] = taken
    return taken


def _said(of: By, left_out: int, unsaid: int) -> str:
    """How to read the groups, and which trades are in none."""
    parts = [
        _(
            "Mean with its 95% interval, n trades each. Grey and hollow: the interval holds zero, or there are fewer "
            "than 10 sessions to tell. Of twenty groups about one stands out by chance alone."
        ),
        ngettext("{n} smaller group is in the table only.", "{n} smaller groups are in the table only.", left_out)
        if left_out
        else "",
        ngettext("{n} trade does not say it.", "{n} trades do not say it.", unsaid) if unsaid else "",
        _("Hours are local.") if of == "hour" else "",
    ]
    return " ".join(filter(None, parts))


def _name(of: By, key: str) -> str:
    match of:
        case "weekday":
            return numbers.weekday(int(key))
        case "hour":
            return f"{int(key):02d}:00"
        case "holding":
            return _held(int(key))
        case "side":
            return _(labels.SIDES.get(key, key))
        case _:
            return key


def _held(place: int) -> str:
    if place == 0:
        return _("under {time}", time=numbers.duration(HOLDING_STEPS[0]))
    start = numbers.duration(HOLDING_STEPS[place - 1])
    if place == len(HOLDING_STEPS):
        return _("{time} and longer", time=start)
    return evidence.span(start, numbers.duration(HOLDING_STEPS[place]))


def _table(of: By, found: pd.DataFrame, currency: str | None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _(_NAMES[of]): [_name(of, key) for key in found["key"]],
            _("Trades"): found["trades"],
            _("Sessions"): found["sessions"],
            _("Net P/L"): [numbers.money(net, currency, signed=True) for net in found["net"]],
            _("Mean"): [numbers.money(mean, currency, signed=True) for mean in found["mean"]],
            _("95% interval"): charts.intervals(found, currency),
            _("Win rate"): [numbers.percent(share) for share in found["wins"] / found["trades"]],
        }
    )


def draw_spread(shown: Breakdown) -> None:
    """How often trades or days came to how much."""
    st.header(_("How results are spread"), anchor=False)
    of: Spread = _choice(_SPREAD, _SPREADS, _("Results of"))
    if of == "r" and not shown.in_r:
        cards.note(_("No trade states its risk, or there is no starting balance in Settings: R is not known."))
        return
    write = evidence.signed if of == "r" else partial(numbers.money, currency=shown.currency, signed=True)
    bars, axis, words = {
        "trades": (shown.trades, _("Net P/L of a trade"), _("How many trades came to how much")),
        "days": (shown.days, _("Net P/L of a day"), _("How many days came to how much")),
        "r": (shown.multiples, _("Net of a trade, R"), _("How many trades came to how many R")),
    }[of]
    unit = "" if of == "r" else theme.in_brackets(shown.currency)
    cards.bare_chart(charts.spread_chart(bars, write, axis + unit), words, key=f"spread_{of}")
    cards.note(
        _(
            "Right of zero was won, left of it lost; exactly zero is in the first bar on the right. The outermost bars "
            "hold everything beyond them as well."
        )
        + (" " + ngettext("R is known of {n} trade.", "R is known of {n} trades.", shown.in_r) if of == "r" else "")
    )
    cards.numbers_behind(lambda: _bars(bars, write), words, f"spread_{of}_numbers")


def _bars(bars: pd.DataFrame, write: Callable[[float], str]) -> pd.DataFrame:
    names = (_("From"), _("To, not included"), _("How many"))
    columns = (bars["low"].map(write), bars["high"].map(write), bars["n"])
    return pd.DataFrame(dict(zip(names, columns, strict=True)))


def draw_emotions(shown: Breakdown) -> None:
    """The results of the sessions of each emotion told before trading, added up."""
    if shown.told.empty:
        st.header(_("Added up by emotion"), anchor=False)
        cards.note(_("This takes sessions whose mood was told before the first trade; here are none."))
        return
    caption = _(
        "Net P/L of the sessions that began with each emotion, added up: what happened, no evidence that the emotion "
        "caused it."
    )
    cards.chart(_("Added up by emotion"), shown.courses, caption, key="emotion_course")
    cards.numbers_behind(
        lambda: tables.courses(shown.told, shown.currency),
        _("Added up by emotion"),
        "emotion_course_numbers",
        results=[tables.net(shown.currency)],
        emotions=[_("Emotion")],
    )

"""Which sessions of a period the History lists: chosen in a popover, kept in the address as codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final

import streamlit as st

from mentor.analytics.selection import RESULTS
from mentor.i18n import labels, numbers
from mentor.i18n.language import _, ngettext
from mentor.messages import message
from mentor.ui import address
from mentor.ui.data import RatedSession

_WEEKDAYS: Final = tuple("0123456")
#: Stands for sessions of which nobody said it.
UNTOLD: Final = "-"
_KEPT: Final = {
    "notes": message("With notes"),
    "report": message("With a stored report"),
    "told": message("With a mood"),
    "untold": message("Without a mood"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Codes a session must have one of, each kind by itself; nothing means any. `has` asks for all of them."""

    mood: tuple[str, ...] = ()
    market: tuple[str, ...] = ()
    result: tuple[str, ...] = ()
    weekday: tuple[str, ...] = ()
    has: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Wanted()


_NAMES: Final = tuple(field.name for field in fields(Wanted))


def choose(rows: Sequence[RatedSession]) -> Wanted:
    """Draw the filters; the moods and markets to choose from are those of these sessions."""
    _seed()
    named = sum(len(st.session_state[_key(name)]) for name in _NAMES)
    title = ngettext("{n} filter", "{n} filters", named) if named else _("Filter")
    with st.popover(title, icon=":material/filter_list:"):
        wanted = Wanted(
            mood=_pick("mood", _("Mood"), {mood(row) for row in rows}, _mood_name),
            market=_pick("market", _("Market"), {market(row) for row in rows}, _market_name),
            result=_pick("result", _("Result"), RESULTS, lambda code: _(labels.RESULTS[code])),  # type: ignore[index]
            weekday=_pick("weekday", _("Weekday"), _WEEKDAYS, lambda code: numbers.weekday(int(code))),
            has=_pick("has", _("Only sessions"), _KEPT, lambda code: _(_KEPT[code])),
        )
        if wanted:
            st.button(_("Clear filters"), on_click=_clear)
    _keep_in_address(wanted)
    return wanted


def fitting(rows: Iterable[RatedSession], wanted: Wanted, reported: frozenset[int]) -> tuple[RatedSession, ...]:
    """The sessions that fit; `reported` are the ids of those with a stored report."""
    return tuple(row for row in rows if _fits(row, wanted, reported)) if wanted else tuple(rows)


def mood(row: RatedSession) -> str:
    return row.mood or UNTOLD


def market(row: RatedSession) -> str:
    return row.session.own_market or UNTOLD


def _fits(row: RatedSession, wanted: Wanted, reported: frozenset[int]) -> bool:
    day = row.session.date
    has = {
        "notes": bool(row.session.personal_notes.strip()),
        "report": row.session.id in reported,
        "told": row.mood is not None,
        "untold": row.mood is None,
    }
    return (
        mood(row) in (wanted.mood or (mood(row),))
        and market(row) in (wanted.market or (market(row),))
        and (not wanted.result or _result(row) in wanted.result)
        and (not wanted.weekday or (day is not None and str(day.weekday()) in wanted.weekday))
        and all(has[one] for one in wanted.has)
    )


def _result(row: RatedSession) -> str | None:
    """A day without trades, and without totals stated for it, has none."""
    if not row.session.total_trades:
        return None
    net = row.session.total_profit_loss
    return "win" if net > 0 else "loss" if net < 0 else "break_even"


def _seed() -> None:
    """What the address asks for, once; from then on the widgets are asked and the address follows."""
    fixed = {"result": RESULTS, "weekday": _WEEKDAYS, "has": tuple(_KEPT)}
    for name in _NAMES:
        address.seed_several(name, _key(name), fixed.get(name) or st.query_params.get_all(name))


def _pick(name: str, label: str, codes: Iterable[str], told: Callable[[str], str]) -> tuple[str, ...]:
    options = list(codes) if isinstance(codes, Sequence | Mapping) else sorted(codes)
    chosen = st.session_state[_key(name)]
    options += [code for code in chosen if code not in options]
    return tuple(st.multiselect(label, options, format_func=told, key=_key(name), placeholder=_("Any")))


def _keep_in_address(wanted: Wanted) -> None:
    for name in _NAMES:
        address.keep_several(name, getattr(wanted, name))


def _clear() -> None:
    for name in _NAMES:
        st.session_state[_key(name)] = []


def _key(name: str) -> str:
    return f"history_{name}"


def _mood_name(code: str) -> str:
    return _(labels.NOT_RECORDED) if code == UNTOLD else labels.emotion(code)


def _market_name(code: str) -> str:
    return _(labels.NOT_RECORDED) if code == UNTOLD else labels.market(code)

"""What the Trades page shows: search, side, result, strategy, account, origin, order; all of it in the address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from mentor.analytics.selection import RESULTS, Selection
from mentor.i18n import labels
from mentor.i18n.language import _, ngettext
from mentor.models import Side
from mentor.ui import address
from mentor.ui.plain import plain
from mentor.ui.trade_data import Choices, Found, Query

_SIDES: Final[tuple[Side, ...]] = ("long", "short")
_NOTHING: Final[dict[str, Any]] = {
    "search": "",
    "side": None,
    "result": None,
    "strategies": [],
    "accounts": [],
    "origins": [],
}
_ORDERS: Final = {f"{by}-{'down' if down else 'up'}": (by, down) for by, down in labels.ORDERS}


def choose(choices: Choices, account_names: Mapping[str, str]) -> Query:
    """Draw the filters and say what is asked."""
    _follow_address()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = st.text_input(
            _("Search in notes and tags"), placeholder=_("#tag or words"), type="search", key=_key("search"), width=260
        )
        order, descending = st.selectbox(
            _("Order"),
            list(labels.ORDERS),
            format_func=lambda order: _(labels.ORDERS[order]),
            key="trades_order",
            width=180,
        )
        with st.popover(_("Filter"), icon=":material/filter_list:"):
            selection = _selection(choices, account_names)
        if search or selection != Selection():
            st.button(_("Clear filters"), on_click=_clear)
    asked = Query(selection=selection, search=(search or "").strip(), order=order, descending=descending)
    _keep_in_address(asked)
    return asked


def summary(found: Found, net: str) -> str:
    """How many trades fit and what they come to, as the page's markup."""
    return ngettext("**{n} trade** · net **{net}**", "**{n} trades** · net **{net}**", len(found.rows), net=plain(net))


def page_number(found: Found) -> int:
    """The page of the table to show, from 1; what is asked anew begins there, and deleting may leave fewer."""
    return min(int(st.session_state.get(_page_key(found), 1)), found.pages)


def draw_pages(found: Found) -> None:
    """The way to the other pages of the table."""
    if found.pages > 1:
        st.session_state[_page_key(found)] = page_number(found)
        st.pagination(found.pages, key=_page_key(found))


def _page_key(found: Found) -> str:
    return f"trades_page_{hash(found.asked)}"


def _selection(choices: Choices, account_names: Mapping[str, str]) -> Selection:
    side = st.segmented_control(_("Side"), _SIDES, format_func=lambda side: _(labels.SIDES[side]), key=_key("side"))
    result = st.segmented_control(
        _("Result"), RESULTS, format_func=lambda result: _(labels.RESULTS[result]), key=_key("result")
    )
    origins = {origin: _(name) for origin, name in labels.ORIGINS.items()}
    return Selection(
        side=side,
        result=result,
        strategies=_several(_("Strategy"), choices.strategies, {}, "strategies"),
        accounts=_several(_("Account"), choices.accounts, account_names, "accounts"),
        origins=_several(_("Bot or hand"), choices.origins, origins, "origins"),
    )


def _several(label: str, values: tuple[str, ...], names: Mapping[str, str], key: str) -> tuple[str, ...]:
    """Some of the values; nothing is asked where there is only one."""
    if len(values) < 2:
        return ()
    shown = _told_apart(values, names)
    address.seed_several(key, _key(key), values)
    return tuple(st.multiselect(label, values, format_func=shown.__getitem__, key=_key(key)))


def _told_apart(values: tuple[str, ...], names: Mapping[str, str]) -> dict[str, str]:
    """What each value is called; two of one name would be one choice, so they say their value too."""
    empty, shown = _("empty"), {value: names.get(value, value) or _("none stated") for value in values}
    often = Counter(shown.values())
    return {value: name if often[name] == 1 else f"{name} ({value or empty})" for value, name in shown.items()}


def _key(name: str) -> str:
    return f"trades_{name}"


def _clear() -> None:
    for name, nothing in _NOTHING.items():
        st.session_state[_key(name)] = nothing


def _follow_address() -> None:
    """Begin with what the address asks for; what nobody knows in it counts for nothing."""
    known: dict[str, Mapping[str, Any]] = {
        "side": {side: side for side in _SIDES},
        "result": {result: result for result in RESULTS},
        "order": _ORDERS,
    }
    for name, codes in known.items():
        asked = codes.get(st.query_params.get(name, ""))
        if asked is not None and _key(name) not in st.session_state:
            st.session_state[_key(name)] = asked
    if _key("search") not in st.session_state:
        st.session_state[_key("search")] = st.query_params.get("search", "")


def _keep_in_address(asked: Query) -> None:
    chosen, order = asked.selection, next(code for code, by in _ORDERS.items() if by == (asked.order, asked.descending))
    address.keep("search", asked.search, "")
    address.keep("side", chosen.side or "", "")
    address.keep("result", chosen.result or "", "")
    address.keep("order", order, next(iter(_ORDERS)))
    for name in ("strategies", "accounts", "origins"):
        address.keep_several(name, getattr(chosen, name))

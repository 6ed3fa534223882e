"""What a file may not say and the person importing it can: zone, date order, account, symbol, money per point."""

from __future__ import annotations

from typing import Final, Literal
from zoneinfo import available_timezones

import streamlit as st

from mentor.errors import InvalidArgument
from mentor.i18n.language import _
from mentor.messages import message
from mentor.models import ImportOptions, Question
from mentor.ui.plain import plain
from mentor.ui.typed import refuse_unsure

DateOrder = Literal["dmy", "mdy", "ymd"]

_ORDERS: Final[dict[DateOrder, str]] = {
    "dmy": message("day, month, year: 31.12.2025"),
    "mdy": message("month, day, year: 12/31/2025"),
    "ymd": message("year, month, day: 2025-12-31"),
}


#: What the button says that gives an answer.
_ANSWERS: Final[dict[str, str]] = {
    **{str(order): words for order, words in _ORDERS.items()},
    "short": message("They opened short positions"),
    "leave out": message("Leave them out: what they sold was bought before the first file"),
}


def told(upload_id: str) -> ImportOptions:
    """What the person said about the file so far; `None` where nothing was said."""
    said = st.session_state
    return ImportOptions(
        source_timezone=said.get(f"timezone_{upload_id}"),
        date_order=said.get(f"date_order_{upload_id}"),
        symbol=said.get(f"symbol_{upload_id}", "").strip() or None,
        account=said.get(f"account_{upload_id}", "").strip() or None,
        multipliers=parsed_multipliers(said.get(f"multipliers_{upload_id}", "")),
        opening_sells=said.get(f"opening_sell_{upload_id}"),
        mapping=said.get(f"mapping_{upload_id}", {}),
        add_lookalikes=said.get(f"lookalikes_{upload_id}", False),
    )


def ask(upload_id: str, *, expanded: bool) -> None:
    """The fields whose values `told` reads; drawn after the plan, which says whether one must be filled."""
    title = _("What the file may not say: time zone, date order, symbol, account, money per point")
    found = _("As found in the file")
    with st.expander(title, expanded=expanded):
        st.selectbox(
            _("Time zone of the file's clock"),
            sorted(available_timezones()),
            index=None,
            placeholder=_("As found in the file, or yours"),
            key=f"timezone_{upload_id}",
        )
        st.selectbox(
            _("Order of its dates"),
            list(_ORDERS),
            index=None,
            format_func=lambda order: _(_ORDERS[order]),
            placeholder=found,
            key=f"date_order_{upload_id}",
        )
        st.text_input(_("Symbol"), key=f"symbol_{upload_id}", placeholder=found)
        st.text_input(_("Account"), key=f"account_{upload_id}", placeholder=found)
        st.text_input(
            _("Money per point and lot, by symbol"),
            key=f"multipliers_{upload_id}",
            placeholder="ES=50, NQ=20",
            help=_("Needed only where a file gives prices but no profit."),
        )


def draw_question(question: Question, upload_id: str) -> None:
    """What is asked, and a button for each answer that can be given by one."""
    box = st.warning if question.blocking else st.info
    box(plain(_asked(question)), icon=":material/help:")
    if question.kind in ("timezone", "date_order", "opening_sell"):
        with st.container(horizontal=True):
            for choice in question.choices:
                key = f"{question.kind}_{upload_id}"
                label = _(_ANSWERS.get(choice, choice))
                st.button(plain(label), key=f"answer_{key}_{choice}", on_click=_answer, args=(key, choice))


def _asked(question: Question) -> str:
    if question.kind == "multiplier":
        return _(
            "The file gives no profit for {symbol}. Write above how much money a point and lot of it is.",
            symbol=question.about,
        )
    return _(question.about)


def _answer(key: str, choice: str) -> None:
    st.session_state[key] = choice


def parsed_multipliers(text: str) -> dict[str, float]:
    """`ES=50, NQ=20` as a mapping; raises InvalidArgument for anything else."""
    found = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        symbol, _equals, amount = part.partition("=")
        value = _number(amount)
        if not symbol.strip() or value is None or not 0 < value < float("inf"):
            todo = message("Write them as ES=50, NQ=20.")
            raise InvalidArgument(message("This is no multiplier"), where=part, todo=todo)
        refuse_unsure(amount, symbol.strip())
        found[symbol.strip()] = value
    return found


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None

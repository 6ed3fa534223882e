"""Questions in SQL on the Explore page: ready-made or one's own, answered beside the page, as table, chart and file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from mentor.charts.pivot import MOST_BARS, answer_chart
from mentor.errors import QuestionRefused
from mentor.i18n import numbers
from mentor.i18n.language import _, ngettext
from mentor.i18n.refusals import sentence
from mentor.query import QUESTIONS, Limits
from mentor.query.tables import TABLES
from mentor.ui import cards, explore_data, explore_files
from mentor.ui.address import keep, seeded
from mentor.ui.messages import reported
from mentor.ui.plain import plain
from mentor.ui.tables import SHOWN_ROWS

if TYPE_CHECKING:
    from mentor.query import Answer, Question

_OWN: Final = "own"
_TEXT: Final = "explore_sql_text"
_RUNNING: Final = "explore_sql_running"
_ANSWER: Final = "explore_sql_answer"
_REFUSED: Final = "explore_sql_refused"
#: Seconds the page waits itself, so that a quick answer comes without a flicker, and between two looks.
_PATIENCE, _EVERY = 2.0, 0.5
#: Signs of a cell that are shown; the files have all of them.
_LONGEST_CELL: Final = 500
#: Cells a page is sent at once.
_CELLS: Final = 100_000


def draw() -> None:
    """The question, and its answer when there is one."""
    cards.note(
        _(
            "Whole journal, whatever the sidebar says. Questions are answered from copies, in a process of their own: "
            "they can change nothing, reach no file and no network, and are stopped after {seconds} s.",
            seconds=Limits().seconds,
        )
    )
    _draw_tables()
    _choose()
    sql = st.text_area(
        _("Your question in SQL (DuckDB)"),
        key=_TEXT,
        height=220,
        placeholder=_("For example: SELECT symbol, sum(net) FROM trades GROUP BY symbol"),
        persist_state="session",
    )
    with reported():
        if st.button(_("Ask"), type="primary", icon=":material/play_arrow:", disabled=_RUNNING in st.session_state):
            _ask(sql or "")
    if _RUNNING in st.session_state:
        _waiting()
    elif (refused := st.session_state.get(_REFUSED)) is not None:
        st.error(plain(sentence(refused)), icon=":material/error:")
    elif (answer := st.session_state.get(_ANSWER)) is not None:
        _draw_answer(answer)


def _choose() -> None:
    """A ready-made question; another choice replaces the text below."""
    options = [_OWN, *QUESTIONS]
    key = seeded("question", options, _OWN)
    if _TEXT not in st.session_state:
        _take_over(key)
    chosen: str = st.selectbox(
        _("Ready-made questions"), options, format_func=_title, key=key, on_change=_take_over, args=(key,)
    )
    keep("question", chosen, _OWN)


def _title(code: str) -> str:
    return _("My own question") if code == _OWN else _(QUESTIONS[code].title)


def _take_over(key: str) -> None:
    """The answer of before is none of this question."""
    if (code := st.session_state.get(key)) is not None:
        st.session_state.pop(_ANSWER, None)
        st.session_state.pop(_REFUSED, None)
        st.session_state[_TEXT] = "" if code == _OWN else QUESTIONS[code].sql


def _draw_tables() -> None:
    with st.expander(_("The tables and what is in them"), icon=":material/table_chart:"):
        for name, meaning in TABLES.items():
            st.markdown(f"`{name}` · {plain(_(meaning))}")
        cards.note(_("The columns of a table: DESCRIBE trades. Moods and markets are the stored codes."))


def _ask(sql: str) -> None:
    st.session_state.pop(_ANSWER, None)
    st.session_state.pop(_REFUSED, None)
    question = explore_data.start(sql)
    st.session_state[_RUNNING] = question
    if question.wait(_PATIENCE):
        _take(question)


def _take(question: Question) -> None:
    """Keep what came of it."""
    st.session_state.pop(_RUNNING, None)
    try:
        st.session_state[_ANSWER] = question.answer()
    except QuestionRefused as refused:
        st.session_state[_REFUSED] = refused


@st.fragment(run_every=_EVERY)
def _waiting() -> None:
    """Looks whether it is over, alone: the rest of the page, the check-in above all, stays usable."""
    question: Question | None = st.session_state.get(_RUNNING)
    if question is None:
        return
    if question.wait(0):
        _take(question)
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/hourglass_top: {_('The question is being answered …')}")
        st.button(_("Cancel"), on_click=question.cancel, icon=":material/stop:", key="explore_sql_cancel")


def _draw_answer(answer: Answer) -> None:
    rows = answer.rows
    counted = ngettext("{n} row", "{n} rows", len(rows))
    told = _("{rows}, answered in {seconds} s.", rows=counted, seconds=numbers.number(answer.seconds, 1))
    if answer.more:
        told += " " + _("There are more: only the first are here. Group them, or put a LIMIT.")
    fit = min(SHOWN_ROWS, _CELLS // max(1, len(rows.columns)))
    if len(rows) > fit:
        told += " " + _("The page shows the first {n}; the files have all of these.", n=numbers.number(fit, 0))
    cards.note(told)
    if rows.empty:
        return
    _draw_chart(rows)
    cards.table(_shortened(rows.head(fit)), _("The answer"))
    explore_files.draw(rows, "answer")


def _shortened(rows: pd.DataFrame) -> pd.DataFrame:
    shown = rows.copy(deep=False)
    for name in rows:
        if pd.api.types.is_string_dtype(rows[name]):
            shown[name] = rows[name].str.slice(0, _LONGEST_CELL)
    return shown


def _draw_chart(rows: pd.DataFrame) -> None:
    """A number by the first column, where there is one."""
    name, *others = rows.columns
    values = [
        column
        for column in others
        if pd.api.types.is_numeric_dtype(rows[column])
        and not pd.api.types.is_bool_dtype(rows[column])
        and rows[column].notna().any()
    ]
    if not values or len(rows) < 2:
        return
    value = st.selectbox(_("Draw"), values, key=f"explore_sql_draw_{'_'.join(map(str, values))}")
    caption = _("{value} by {name}", value=value, name=name)
    if len(rows) > MOST_BARS:
        caption = _("{value} by {name}, the first {n} rows", value=value, name=name, n=numbers.number(MOST_BARS, 0))
    cards.bare_chart(answer_chart(rows, name, value), caption, key="explore_sql_chart")
    cards.note(caption)

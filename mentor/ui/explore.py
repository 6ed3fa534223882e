"""The pivot of the Explore page: what is asked, the answer as a chart and a table, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, cast

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from mentor.analytics.pivot import FEWEST, MEASURES, Pivot
from mentor.charts import theme
from mentor.charts.pivot import Bar, bars_chart, cells_chart
from mentor.i18n import labels, numbers
from mentor.i18n.language import _, ngettext
from mentor.models import TradeFilter
from mentor.ui import cards, current, explore_data, explore_files, explore_words, filters, marks, starting
from mentor.ui.address import keep, seeded, select
from mentor.ui.explore_data import Asked

if TYPE_CHECKING:
    from mentor.analytics.dimensions import Dimension
    from mentor.analytics.pivot import Cell, MeasureName

_NONE: Final = "none"
_VIEWS: Final = ("pivot", "sql")
_GREY: Final = "color:#80899f;font-style:italic"


def view() -> str:
    """Which of the two ways to ask is chosen: `pivot` or `sql`."""
    key = seeded("view", _VIEWS, "pivot")
    names = {"pivot": _("Put together"), "sql": _("Ask in SQL")}
    st.segmented_control(
        _("How to ask"), _VIEWS, format_func=names.__getitem__, key=key, required=True, label_visibility="collapsed"
    )
    chosen = str(st.session_state[key])
    keep("view", chosen, "pivot")
    return chosen


def draw(chosen: TradeFilter) -> None:
    """What is asked, then the answer."""
    asked = _asked(explore_data.other_currencies(chosen))
    found = explore_data.pivoted(chosen, asked)
    if found is None:
        return
    if not found.cells[-1][-1].trades and not found.bots:
        starting.empty(_("No trade in this selection"), _("Widen the period or choose other symbols in the sidebar."))
        return
    journal = current.journal()
    accounts = journal.preferences().account_names
    rows = _told_apart([explore_words.line(line, asked.rows, accounts) for line in found.rows])
    columns = _told_apart([explore_words.line(line, asked.columns or asked.rows, accounts) for line in found.columns])
    title = _title(asked, asked.currency or journal.currency)
    axis = explore_words.axis(asked.measure, asked.currency or journal.currency)
    drawn = _chart(found, asked, rows, columns, axis)
    cards.chart(title, drawn, _about(asked, found, chosen), key=f"pivot_{asked.rows}_{asked.columns}_{asked.measure}")
    for words in _left_out(found, chosen, asked.currency):
        cards.note(words)
    _table(found, asked, rows, columns, title)
    explore_files.draw(_as_rows(found, asked, rows, columns), "pivot")


def _asked(currencies: Sequence[str]) -> Asked:
    dimensions = list(explore_words.DIMENSIONS)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        rows = select("rows", _("Rows"), dimensions, _dimension, "symbol")
        columns = select("columns", _("Columns"), [_NONE, *dimensions], _dimension, _NONE)
        measures = [name for name in MEASURES if name != "expectancy_r" or not currencies or _in_base(currencies)]
        measure = select("measure", _("Measure"), measures, _measure, "net")
        currency = select("in", _("Currency"), ["", *currencies], _currency, "") if currencies else ""
    return Asked(
        rows=cast("Dimension", rows),
        columns=None if columns in (_NONE, rows) else cast("Dimension", columns),
        measure=cast("MeasureName", measure),
        currency=currency or None,
    )


def _in_base(currencies: Sequence[str]) -> bool:
    """Of trades in other currencies nobody knows which part of the balance they risked."""
    return not st.session_state.get(seeded("in", ["", *currencies], ""))


def _dimension(code: str) -> str:
    return _("none") if code == _NONE else _(explore_words.DIMENSIONS[cast("Dimension", code)])


def _measure(code: str) -> str:
    return _(explore_words.MEASURES[cast("MeasureName", code)][0])


def _currency(code: str) -> str:
    return code or current.journal().currency or _("base currency")


def _title(asked: Asked, currency: str | None) -> str:
    measure, rows = explore_words.axis(asked.measure, currency), _dimension(asked.rows)
    if asked.columns is None:
        return _("{measure} by {rows}", measure=measure, rows=rows)
    return _("{measure} by {rows} and {columns}", measure=measure, rows=rows, columns=_dimension(asked.columns))


def _told_apart(names: list[str]) -> list[str]:
    """Two lines of one name, an account called as another say, would be one column of the table."""
    return [name if names.index(name) == place else f"{name} ({place + 1})" for place, name in enumerate(names)]


def _chart(found: Pivot, asked: Asked, rows: list[str], columns: list[str], axis: str) -> go.Figure:
    neutral = explore_words.NEUTRAL.get(asked.measure)
    colours = _colours(found, asked, rows, columns)
    if asked.columns is None:
        bars = [_bar(name, cells[-1], asked) for name, cells in zip(rows[:-1], found.cells, strict=False)]
        return bars_chart(bars, axis, neutral, colours, share=asked.measure == "win_rate")
    cells = [
        {
            "row": down,
            "column": across,
            "value": cell.measure.value,
            "short": explore_words.value(cell.measure.value, asked.measure),
            "written": explore_words.cell(cell, asked.measure),
            "few": cell.few,
        }
        for down, line in enumerate(found.cells[:-1])
        for across, cell in enumerate(line[:-1])
        if cell.trades
    ]
    frame = pd.DataFrame(cells, columns=["row", "column", "value", "short", "written", "few"])
    return cells_chart(frame.astype({"value": "float64", "few": "bool"}), rows[:-1], columns[:-1], neutral, colours)


def _colours(found: Pivot, asked: Asked, rows: list[str], columns: list[str]) -> dict[str, str]:
    """The colour of each name that is an emotion."""
    named = [*zip(found.rows, rows, strict=True)] if asked.rows == "mood" else []
    named += [*zip(found.columns, columns, strict=True)] if asked.columns == "mood" else []
    return {name: theme.EMOTIONS[line.code] for line, name in named if line.code in theme.EMOTIONS}


def _bar(name: str, cell: Cell, asked: Asked) -> Bar:
    return Bar(
        name=name,
        value=cell.measure.value,
        written=explore_words.cell(cell, asked.measure),
        n=cell.sessions if asked.measure == "sessions" else cell.measure.n,
        low=cell.measure.low,
        high=cell.measure.high,
        few=cell.few,
    )


def _about(asked: Asked, found: Pivot, chosen: TradeFilter) -> str:
    """What the measure is, what n counts, which cells say too little, and which trades are meant."""
    told = [_(explore_words.MEASURES[asked.measure][1])]
    few = any(cell.few for line in found.cells for cell in line)
    if few and found.by_session:
        told.append(
            ngettext(
                "Grey: from fewer than {n} session, too few to say.",
                "Grey: from fewer than {n} sessions, too few to say.",
                FEWEST,
            )
        )
    elif few:
        told.append(
            ngettext(
                "Grey: fewer than {n} trade, too few to say.", "Grey: fewer than {n} trades, too few to say.", FEWEST
            )
        )
    told.append(_("Nothing here was tested: of many cells some differ by chance."))
    told.append(_("Sidebar: {filters}.", filters=filters.in_words(chosen)))
    return " ".join(told)


def _left_out(found: Pivot, chosen: TradeFilter, currency: str | None) -> list[str]:
    unreadable = explore_data.unreadable(chosen, currency)
    others = explore_data.other_currencies(chosen)
    said = [
        (
            found.bots,
            ngettext(
                "{n} trade of bots left out: no mood of yours can have touched it.",
                "{n} trades of bots left out: no mood of yours can have touched them.",
                found.bots,
            ),
        ),
        (
            unreadable,
            ngettext(
                "{n} trade whose P/L is no number left out.",
                "{n} trades whose P/L is no number left out.",
                unreadable,
            ),
        ),
        (
            len(others) if currency is None else 0,
            _("Trades in {currencies} stand apart: choose their currency above.", currencies=", ".join(others)),
        ),
    ]
    return [words for n, words in said if n]


def _table(found: Pivot, asked: Asked, rows: list[str], columns: list[str], title: str) -> None:
    named = _dimension(asked.rows)
    if asked.columns is None:
        frame = _single(found, asked, rows, named)
        others = frame.shape[1] - 2
        styles = [["", _style(line[-1], asked), *[_GREY if line[-1].few else ""] * others] for line in found.cells]
    else:
        texts = [[explore_words.cell(cell, asked.measure) for cell in line] for line in found.cells]
        frame = pd.DataFrame(texts, columns=[f"{name} " if name == named else name for name in columns])
        frame.insert(0, named, rows)
        styles = [["", *(_style(cell, asked) for cell in line)] for line in found.cells]
    config = st.column_config.Column(pinned=True)
    if asked.rows == "mood":
        frame[named], config = [[name] for name in rows], marks.emotion_column(named, pinned=True)
    styled = frame.style.apply(lambda shown: pd.DataFrame(styles, columns=shown.columns), axis=None)
    cells = {name: st.column_config.Column(alignment="right") for name in frame.columns[1:]}
    st.dataframe(styled, hide_index=True, alt=title, placeholder="", column_config={named: config, **cells})


def _style(cell: Cell, asked: Asked) -> str:
    """Grey where a cell says too little; else the colour of good or bad, where the measure has them."""
    neutral = explore_words.NEUTRAL.get(asked.measure)
    if cell.few or neutral is None or cell.measure.value is None:
        return _GREY if cell.few else ""
    return marks.style(cell.measure.value - neutral)


def _single(found: Pivot, asked: Asked, rows: list[str], named: str) -> pd.DataFrame:
    cells = [line[-1] for line in found.cells]
    frame = pd.DataFrame({named: rows})
    name = _measure(asked.measure)
    frame[f"{name} " if name == named else name] = [
        f"{numbers.DASH} {_(labels.REASONS[cell.measure.reason])}"
        if cell.measure.reason
        else explore_words.value(cell.measure.value, asked.measure)
        for cell in cells
    ]
    if any(cell.measure.low is not None for cell in cells):
        frame[_("95% interval")] = [explore_words.interval(cell.measure, asked.measure) for cell in cells]
    if asked.measure != "trades":
        frame[_("Trades")] = [numbers.number(cell.trades, 0) for cell in cells]
    if asked.measure != "sessions":
        frame[_("Sessions")] = [numbers.number(cell.sessions, 0) for cell in cells]
    return frame


def _as_rows(found: Pivot, asked: Asked, rows: list[str], columns: list[str]) -> pd.DataFrame:
    """A row a cell, all its numbers unrounded; names of columns are codes, for whoever reads it with a program."""
    return pd.DataFrame(
        [
            {
                asked.rows: row,
                **({asked.columns: column} if asked.columns else {}),
                asked.measure: cell.measure.value,
                "low_95": cell.measure.low,
                "high_95": cell.measure.high,
                "n": cell.measure.n,
                "trades_in_all": cell.trades,
                "sessions_in_all": cell.sessions,
                "too_few": cell.few,
                "undefined_because": cell.measure.reason.value if cell.measure.reason else None,
            }
            for row, line in zip(rows, found.cells, strict=True)
            for column, cell in zip(columns, line, strict=True)
        ]
    )

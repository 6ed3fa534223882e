"""Where a mood's results come from: by market, weekday, hour and strategy, side by side with what they stand beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from mentor.analytics.emotion_cost import EmotionCost
from mentor.analytics.mood_groups import CALM, NEUTRAL
from mentor.analytics.mood_slices import FEWEST_OF_A_CELL
from mentor.charts.mood_cells import result_cells
from mentor.i18n import evidence, labels
from mentor.i18n.language import _
from mentor.messages import message
from mentor.models import MARKETS
from mentor.ui import cards
from mentor.ui.emotion_data import Emotions

#: More columns than this cannot be read on a telephone: the rest, with the fewest sessions, is in the table.
_COLUMNS: Final = 8
#: The amount with the full colour: 19 of 20 cells stay under it.
_STRONG: Final = 0.95
#: What the grids show, and how the table calls what they are split by.
_RESULTS: Final = {
    "market": message("Results by market"),
    "weekday": message("Results by weekday"),
    "hour": message("Results by hour"),
    "strategy": message("Results by strategy"),
}
_COLUMN_OF: Final = {
    "market": message("market"),
    "weekday": message("weekday"),
    "hour": message("hour"),
    "strategy": message("strategy"),
}


def draw(cost: EmotionCost, shown: Emotions) -> None:
    """A grid a question, in the same colours; cells with too few sessions are hatched."""
    cells = _cells(cost, shown)
    if cells.empty:
        cards.note(_("Nothing is known of market, hour or strategy of these sessions."))
        return
    limit = float(cells.loc[cells["enough"], "value"].abs().quantile(_STRONG)) if cells["enough"].any() else 1.0
    with st.grid(2, min_column_width=320):
        for name in evidence.SLICES:
            _draw_one(name, cells[cells["slice"] == name], shown, limit or 1.0)
    cards.note(
        _(
            "Mean result, {unit}, that sessions took from their trades in each cell, and how many sessions; hatched "
            "are fewer than {fewest}, too few to say; no cell was tested, and of many some differ by chance.",
            unit=shown.unit_name,
            fewest=FEWEST_OF_A_CELL,
        )
    )
    _draw_table(cells, shown)


def _draw_one(name: str, cells: pd.DataFrame, shown: Emotions, limit: float) -> None:
    with st.container():
        st.markdown(f"**{_(evidence.SLICES[name])}**")
        if cells.empty:
            cards.note(_("Not known."))
            return
        columns = _columns(name, cells)
        rows = {code: labels.emotion(code) for code in cells["row"].unique()}
        drawn = result_cells(cells[cells["column"].isin(columns)], rows, columns, shown.unit_name, limit)
        cards.bare_chart(drawn, _(_RESULTS[name]), key=f"slice_{name}")


def _cells(cost: EmotionCost, shown: Emotions) -> pd.DataFrame:
    """The cells of the chosen emotion, then those of calm and neutral."""
    emotions = list(dict.fromkeys([cost.emotion, CALM, NEUTRAL]))
    slices = shown.report.slices
    found = slices[(slices["told"] == "before") & slices["emotion"].isin(emotions)]
    named = found.rename(columns={"emotion": "row", "category": "column", "mean": "value", "sessions": "n"})
    place = named["row"].map(emotions.index)
    return named.assign(place=place).sort_values(["place", "slice", "column"], kind="stable")


def _columns(name: str, cells: pd.DataFrame) -> dict[str, str]:
    """The names of the categories with the most sessions, in their own order."""
    most = cells.groupby("column")["n"].sum().sort_values(ascending=False, kind="stable").index[:_COLUMNS]
    return {code: evidence.category(name, code) for code in sorted(most, key=lambda code: _order(name, code))}


def _order(name: str, code: str) -> tuple[float, str]:
    if name in ("weekday", "hour"):
        return float(code), code
    known: Sequence[str] = MARKETS if name == "market" else ()
    return (known.index(code) if code in known else len(known)), code


def _draw_table(cells: pd.DataFrame, shown: Emotions) -> None:
    with st.expander(_("The numbers behind it"), icon=":material/table_chart:"):
        cards.table(
            pd.DataFrame(
                {
                    _("By"): cells["slice"].map(lambda name: _(_COLUMN_OF[name])),
                    "": [evidence.category(*pair) for pair in zip(cells["slice"], cells["column"], strict=True)],
                    _("Emotion"): cells["row"],
                    _("Sessions"): cells["n"],
                    _("Trades"): cells["trades"],
                    _("Mean, {unit}", unit=shown.unit_name): cells["value"].round(2).where(cells["enough"]),
                }
            ),
            _("Results of each cell"),
            emotions=[_("Emotion")],
            placeholder=_("too few"),
        )

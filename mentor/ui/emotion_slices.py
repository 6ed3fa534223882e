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
from mentor.models import MARKETS
from mentor.ui import cards
from mentor.ui.emotion_data import Emotions

#: More columns than this cannot be read on a telephone: the rest, with the fewest sessions, is in the table.
_COLUMNS: Final = 8
#: The amount with the full colour: 19 of 20 cells stay under it.
_STRONG: Final = 0.95


def draw(cost: EmotionCost, shown: Emotions) -> None:
    """A grid a question, in the same colours; cells with too few sessions are hatched."""
    cells = _cells(cost, shown)
    if cells.empty:
        cards.note("Nothing is known of market, hour or strategy of these sessions.")
        return
    limit = float(cells.loc[cells["enough"], "value"].abs().quantile(_STRONG)) if cells["enough"].any() else 1.0
    with st.grid(2, min_column_width=320):
        for name in evidence.SLICES:
            _draw_one(name, cells[cells["slice"] == name], shown, limit or 1.0)
    cards.note(
        f"Mean result, {shown.unit_name}, that sessions took from their trades in each cell, and how many sessions; "
        f"hatched are fewer than {FEWEST_OF_A_CELL}, too few to say; no cell was tested, and of many some differ by "
        "chance."
    )
    _draw_table(cells, shown)


def _draw_one(name: str, cells: pd.DataFrame, shown: Emotions, limit: float) -> None:
    with st.container():
        st.markdown(f"**{evidence.SLICES[name]}**")
        if cells.empty:
            cards.note("Not known.")
            return
        columns = _columns(name, cells)
        rows = {code: labels.emotion(code) for code in cells["row"].unique()}
        drawn = result_cells(cells[cells["column"].isin(columns)], rows, columns, shown.unit_name, limit)
        cards.bare_chart(drawn, f"Results {evidence.SLICES[name].lower()}", key=f"slice_{name}")


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
    with st.expander("The numbers behind it", icon=":material/table_chart:"):
        st.dataframe(
            pd.DataFrame(
                {
                    "By": cells["slice"].map(evidence.SLICES).str.removeprefix("By "),
                    "": [evidence.category(*pair) for pair in zip(cells["slice"], cells["column"], strict=True)],
                    "Emotion": cells["row"].map(labels.emotion),
                    "Sessions": cells["n"],
                    "Trades": cells["trades"],
                    f"Mean, {shown.unit_name}": cells["value"].round(2).where(cells["enough"]),
                }
            ),
            hide_index=True,
            placeholder="too few",
            alt="Results of each cell",
        )

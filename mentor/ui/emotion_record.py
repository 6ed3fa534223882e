"""What the record of moods holds: how much more each question needs, the way from day to day, moods told too late."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from mentor.analytics.carry_over import FEWEST, LONGEST_GAP, CarryOver
from mentor.analytics.emotion_cost import Baseline
from mentor.analytics.mood_groups import FEWEST_BASELINE
from mentor.charts.mood_cells import share_cells
from mentor.i18n import evidence, labels, numbers
from mentor.models import EMOTIONS
from mentor.ui import cards, emotion_overview
from mentor.ui.emotion_data import Emotions


def draw(shown: Emotions) -> None:
    """A box a question, filled once somebody opens it."""
    st.subheader("The record of moods", anchor=False)
    boxes = [
        ("What is known, and what it takes to know more", "checklist", _draw_missing),
        ("From one session to the next", "redo", _draw_carry_over),
    ]
    if shown.report.hindsight.emotions:
        boxes.append(("Moods not told before trading", "history", _draw_late))
    for title, icon, fill in boxes:
        box = st.expander(title, icon=f":material/{icon}:", key=f"record_{icon}", on_change="rerun")
        if box.open:
            with box:
                fill(shown)


def _draw_missing(shown: Emotions) -> None:
    """Coverage, and for every emotion what would answer its question."""
    before = shown.report.before
    cards.note(evidence.coverage(shown.report.coverage))
    cards.note(_compared_with(before.baseline))
    if before.emotions:
        emotion_overview.draw_missing(before.emotions)


def _compared_with(baseline: Baseline) -> str:
    """Which sessions emotions are compared with, and why those."""
    told = f"calm {baseline.calm}, neutral {baseline.neutral}"
    if baseline.rule == "calm_and_neutral":
        return f"Emotions are compared with {evidence.BASELINES[baseline.rule]}: {told}."
    few = f"with fewer than {FEWEST_BASELINE} calm or neutral ones ({told}) nothing better is known"
    return f"Emotions are compared with {evidence.BASELINES[baseline.rule]}: {few}."


def _draw_carry_over(shown: Emotions) -> None:
    """The matrix from the mood of a session to that of the next."""
    carried = shown.report.carry_over
    if not carried.transitions:
        cards.note("No two sessions in a row have a mood told before the first trade.")
        return
    names = {code: labels.emotion(code) for code in sorted(carried.emotions, key=_usual_order)}
    cells = _transitions(carried)
    cards.bare_chart(share_cells(cells, names, names), "From the mood of a session to that of the next", key="carry")
    cards.note(
        f"How often a mood (row) was followed by another (column) in the next session, within {LONGEST_GAP} days, the "
        f"stronger coloured the larger its share of the row, hatched where a row has fewer than {FEWEST}. "
        f"{_staying(carried)}"
    )
    with st.expander("The numbers behind it", icon=":material/table_chart:"):
        table = cells.assign(
            row=cells["row"].map(names),
            column=cells["column"].map(names),
            value=[numbers.percent(share) for share in cells["value"]],
        )
        shown_as = {"row": "From", "column": "To", "n": "Times", "value": "Share, smoothed"}
        st.dataframe(
            table[list(shown_as)].rename(columns=shown_as), hide_index=True, placeholder="", alt="Changes of mood"
        )


def _transitions(carried: CarryOver) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"row": row, "column": column, "n": n, "value": share, "enough": sum(counts) >= FEWEST}
            for row, counts, shares in zip(carried.emotions, carried.counts, carried.shares, strict=True)
            for column, n, share in zip(carried.emotions, counts, shares, strict=True)
        ]
    )


def _usual_order(code: str) -> tuple[int, str]:
    return (EMOTIONS.index(code) if code in EMOTIONS else len(EMOTIONS)), code


def _staying(carried: CarryOver) -> str:
    if carried.stay is None or carried.expected is None:
        return f"Too few of them ({carried.transitions}) to say whether moods last."
    share = (
        f"The mood stayed in {numbers.percent(carried.stay)} of {carried.transitions}; without any carry-over it "
        f"would in {numbers.percent(carried.expected)}"
    )
    return f"{share} ({evidence.chance(carried.p_value)})." if carried.p_value is not None else f"{share}."


def _draw_late(shown: Emotions) -> None:
    """The same comparison of moods that a result may have coloured: a hint at most."""
    cards.note(
        "Told during or after trading, or at an unknown time: the result may have coloured the mood, so this is "
        "described, a hint at most, and never counts above."
    )
    emotion_overview.draw_comparison(shown, shown.report.hindsight)

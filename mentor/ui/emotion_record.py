"""What the record of moods holds: how much more each question needs, the way from day to day, moods told too late."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from mentor.analytics.carry_over import FEWEST, LONGEST_GAP, CarryOver
from mentor.analytics.emotion_cost import Baseline
from mentor.analytics.mood_groups import FEWEST_BASELINE
from mentor.charts.mood_cells import share_cells
from mentor.i18n import evidence, labels, numbers
from mentor.i18n.language import _
from mentor.models import EMOTIONS
from mentor.ui import cards, emotion_overview
from mentor.ui.emotion_data import Emotions


def draw(shown: Emotions) -> None:
    """A box a question, filled once somebody opens it."""
    st.header(_("The record of moods"), anchor=False)
    boxes = [
        (_("What is known, and what it takes to know more"), "checklist", _draw_missing),
        (_("From one session to the next"), "redo", _draw_carry_over),
    ]
    if shown.report.hindsight.emotions:
        boxes.append((_("Moods not told before trading"), "history", _draw_late))
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
    calm, neutral = numbers.number(baseline.calm, 0), numbers.number(baseline.neutral, 0)
    words = _(evidence.BASELINES[baseline.rule])
    if baseline.rule == "calm_and_neutral":
        return _(
            "Emotions are compared with {baseline}: calm {calm}, neutral {neutral}.",
            baseline=words,
            calm=calm,
            neutral=neutral,
        )
    return _(
        "Emotions are compared with {baseline}: with fewer than {fewest} calm or neutral ones (calm {calm}, neutral "
        "{neutral}) nothing better is known.",
        baseline=words,
        fewest=FEWEST_BASELINE,
        calm=calm,
        neutral=neutral,
    )


def _draw_carry_over(shown: Emotions) -> None:
    """The matrix from the mood of a session to that of the next."""
    carried = shown.report.carry_over
    if not carried.transitions:
        cards.note(_("No two sessions in a row have a mood told before the first trade."))
        return
    names = {code: labels.emotion(code) for code in sorted(carried.emotions, key=_usual_order)}
    cells = _transitions(carried)
    alt = _("From the mood of a session to that of the next")
    cards.bare_chart(share_cells(cells, names, names), alt, key="carry")
    cards.note(
        _(
            "How often a mood (row) was followed by another (column) in the next session, within {days} days, the "
            "stronger coloured the larger its share of the row, hatched where a row has fewer than {fewest}.",
            days=LONGEST_GAP,
            fewest=FEWEST,
        )
    )
    cards.note(_staying(carried))
    with st.expander(_("The numbers behind it"), icon=":material/table_chart:"):
        table = cells.assign(
            value=[numbers.percent(share) for share in cells["value"]],
        )
        shown_as = {"row": _("From"), "column": _("To"), "n": _("Times"), "value": _("Share, smoothed")}
        moods = [shown_as["row"], shown_as["column"]]
        cards.table(table[list(shown_as)].rename(columns=shown_as), _("Changes of mood"), emotions=moods)


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
        few = numbers.number(carried.transitions, 0)
        return _("Too few of them ({few}) to say whether moods last.", few=few)
    chance = "" if carried.p_value is None else f" ({evidence.chance(carried.p_value)})"
    return _(
        "The mood stayed in {share} of {all}; without any carry-over it would in {expected}{chance}.",
        share=numbers.percent(carried.stay),
        all=numbers.number(carried.transitions, 0),
        expected=numbers.percent(carried.expected),
        chance=chance,
    )


def _draw_late(shown: Emotions) -> None:
    """The same comparison of moods that a result may have coloured: a hint at most."""
    cards.note(
        _(
            "Told during or after trading, or at an unknown time: the result may have coloured the mood, so this is "
            "described, a hint at most, and never counts above."
        )
    )
    emotion_overview.draw_comparison(shown, shown.report.hindsight)

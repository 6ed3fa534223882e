"""The overview of the Emotions page: what is known in a sentence, every emotion in one chart, and what it came to."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from mentor.analytics.emotion_cost import Comparison, EmotionCost
from mentor.analytics.inference import Grade
from mentor.charts.forest import ForestRow, forest_chart
from mentor.i18n import evidence, labels, numbers
from mentor.i18n.numbers import count
from mentor.ui import cards
from mentor.ui.emotion_data import Emotions
from mentor.ui.plain import plain


def draw(shown: Emotions) -> None:
    """Verdict, forest plot and costs of the emotions told before the first trade."""
    before = shown.report.before
    st.caption(evidence.coverage(shown.report.coverage))
    if not before.emotions:
        st.info(_nothing_to_compare(before), icon=":material/info:")
        return
    _verdict(shown)
    draw_comparison(shown, before)
    if any(cost.grade is not Grade.NOT_ENOUGH for cost in before.emotions):
        _draw_costs(shown)


def draw_comparison(shown: Emotions, comparison: Comparison) -> None:
    """Every emotion beside the baseline, with the table behind the chart; without any estimate what is missing."""
    rows = [_row(cost) for cost in comparison.emotions]
    if all(row.value is None for row in rows):
        draw_missing(comparison.emotions)
        return
    compared = evidence.baseline(comparison.baseline)
    drawn = forest_chart(rows, f"Difference in {shown.unit_name}")
    cards.bare_chart(drawn, f"Each emotion beside {compared}", key=f"forest_{comparison.told}")
    cards.note(
        f"How much better or worse a session went than {compared}, at the same market and after the same result the "
        "session before: pooled estimates with 90% intervals, grey where nobody knows yet, the broader the coloured "
        f"line the surer{_together(comparison)}."
    )
    with st.expander("The numbers behind it", icon=":material/table_chart:"):
        st.dataframe(
            _numbers(comparison.emotions, shown), hide_index=True, placeholder="", alt="Estimates of every emotion"
        )
        cards.note(
            "Pooled: drawn towards no difference as far as the emotions differ little. Adjusted: of this emotion "
            "alone, after market and yesterday, with its permutation test. p, all: after Holm's correction for looking "
            "at several emotions. Middle: Hodges–Lehmann, which extreme days hardly move."
        )


def draw_missing(emotions: Sequence[EmotionCost]) -> None:
    """For every emotion what is known so far, and what would answer its question."""
    rows = [
        {
            "Emotion": labels.emotion(cost.emotion),
            "Sessions": cost.n,
            "So far": evidence.GRADES[cost.grade],
            "To know more": evidence.missing(cost),
        }
        for cost in emotions
    ]
    wide = {"To know more": st.column_config.TextColumn(width="large")}
    alt = "What each open question needs"
    st.dataframe(pd.DataFrame(rows), hide_index=True, column_config=wide, placeholder="", alt=alt)
    cards.note("Sessions with a mood told before the first trade, calm ones included; it may take more than these.")


def _verdict(shown: Emotions) -> None:
    """A sentence for each emotion with evidence, or one that there is none."""
    known = [cost for cost in shown.report.emotions if cost.grade.strength >= Grade.HINT.strength]
    if not known:
        st.info(_unsure(shown.report.emotions), icon=":material/help:")
    for cost in known:
        words = evidence.verdict(cost, shown.report.before.baseline, shown.unit, shown.currency)
        st.info(f"**{evidence.GRADES[cost.grade]}.** {plain(words)}", icon=":material/insights:")


def _unsure(emotions: Sequence[EmotionCost]) -> str:
    if all(cost.grade is Grade.NOT_ENOUGH for cost in emotions):
        fewest = min(cost.sessions_missing for cost in emotions)
        more = f": it takes at least {count(fewest, 'more session')} with a mood told before trading" if fewest else ""
        return f"There is not enough data to say anything of an emotion yet{more}."
    return "No emotion shows a clear sign here: what differs may well be chance."


def _nothing_to_compare(before: Comparison) -> str:
    if not before.sessions:
        return "No mood was told before the first trade, and only such a mood may explain a result."
    return (
        f"The {count(before.sessions, 'session')} with a mood told before the first trade were all calm or neutral: "
        "there is nothing to compare with them yet."
    )


def _together(comparison: Comparison) -> str:
    omnibus = comparison.omnibus
    if omnibus is None:
        return ""
    return f" (that any of the {omnibus.emotions} tested differs: {evidence.chance(omnibus.p_value)})"


def _row(cost: EmotionCost) -> ForestRow:
    label, pooled = labels.emotion(cost.emotion), cost.result.pooled
    if cost.grade is Grade.NOT_ENOUGH or pooled is None:
        words = f"{evidence.GRADES[Grade.NOT_ENOUGH]}: {evidence.shortly_why_not(cost)}"
        return ForestRow(label=label, n=cost.n, words=words, grade=Grade.NOT_ENOUGH)
    words = (
        f"{evidence.GRADES[cost.grade]}: {evidence.signed(pooled.value)} ({evidence.interval(pooled.low, pooled.high)})"
    )
    return ForestRow(
        label=label,
        n=cost.n,
        words=words,
        grade=cost.grade,
        value=pooled.value,
        low=pooled.low,
        high=pooled.high,
    )


def _numbers(emotions: Sequence[EmotionCost], shown: Emotions) -> pd.DataFrame:
    return pd.DataFrame([_line(cost, shown) for cost in emotions])


def _line(cost: EmotionCost, shown: Emotions) -> dict[str, object]:
    pooled, effect, shift = cost.result.pooled, cost.result.effect, cost.result.shift
    return {
        "Emotion": labels.emotion(cost.emotion),
        "Sessions": cost.n,
        "Beside": cost.n_baseline,
        f"Pooled, {shown.unit_name}": evidence.signed(pooled.value if pooled else None),
        "90% interval": evidence.interval(pooled.low, pooled.high) if pooled else numbers.DASH,
        "Chance it is below 0": evidence.probability(pooled.below_zero if pooled else None),
        "Adjusted": evidence.signed(effect.value if effect else None),
        "95% interval": evidence.interval(effect.low, effect.high) if effect else numbers.DASH,
        "p": evidence.chance(cost.p_value),
        "p, all": evidence.chance(cost.holm_p_value),
        "Plain difference": evidence.signed(cost.result.raw),
        "Middle": evidence.signed(shift.value if shift else None),
        "Hedges' g": evidence.signed(cost.hedges_g),
        "Evidence": evidence.GRADES[cost.grade],
    }


def _draw_costs(shown: Emotions) -> None:
    """What each emotion came to over all its sessions, in money and R."""
    st.subheader("What it came to", anchor=False)
    rows = [_cost(cost, shown) for cost in shown.report.emotions]
    st.dataframe(pd.DataFrame(rows), hide_index=True, placeholder="", alt="What each emotion came to")
    cards.note(
        "The pooled estimate a session times the sessions of the emotion, with its 90% interval: what these sessions "
        "brought beyond what your baseline would have; where the interval holds 0, it may have been nothing."
    )


def _cost(cost: EmotionCost, shown: Emotions) -> dict[str, object]:
    told = cost.grade is not Grade.NOT_ENOUGH
    money = cost.money.pooled_cost if told else None
    row: dict[str, object] = {
        "Emotion": labels.emotion(cost.emotion),
        "Sessions": cost.n,
        "Money": numbers.money(money.value if money else None, shown.currency, signed=True),
        "90% interval": evidence.money_interval(money, shown.currency),
    }
    if shown.unit == "r":
        in_r = cost.r.pooled_cost if told and cost.r else None
        row["R"] = evidence.signed(in_r.value if in_r else None)
        row["90% interval, R"] = evidence.interval(in_r.low, in_r.high) if in_r else numbers.DASH
    return row | {"Evidence": evidence.GRADES[cost.grade]}

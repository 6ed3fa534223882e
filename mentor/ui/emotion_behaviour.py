"""What trading looks like in a mood: trades, size, pauses, holding times and stops beside the baseline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from mentor.analytics.emotion_cost import EmotionCost
from mentor.analytics.inference import Grade
from mentor.analytics.mood_effects import MoodEffect
from mentor.charts.forest import ForestRow, forest_chart, ratio_chart
from mentor.i18n import evidence, labels, numbers
from mentor.ui import cards
from mentor.ui.emotion_data import Emotions

#: False discoveries allowed among all ways of trading of all emotions: Benjamini–Hochberg at 10 %.
_FALSE_DISCOVERIES: Final = 0.10


def draw(cost: EmotionCost, shown: Emotions) -> None:
    """Ratios in one chart, the share of trades with a stop in another, all numbers in the table."""
    found = [effect for effect in shown.report.effects if effect.emotion == cost.emotion and effect.told == "before"]
    ratios = [effect for effect in found if effect.ratio and effect.typical is not None]
    stops = [effect for effect in found if effect.behaviour == "stops" and effect.typical is not None]
    name, baseline = labels.emotion(cost.emotion), evidence.BASELINES[shown.report.before.baseline.rule]
    if not ratios and not stops:
        cards.note("The trades of these sessions state neither times nor sizes nor stops.")
        return
    if ratios:
        drawn = ratio_chart([_row(effect) for effect in ratios], f"{name}, times what is usual otherwise")
        cards.bare_chart(drawn, f"Way of trading when {name} beside {baseline}", key="behaviour_ratios")
    if stops:
        drawn = forest_chart([_row(effect) for effect in stops], "Percentage points more or fewer")
        cards.bare_chart(drawn, f"Trades with a stop when {name} beside {baseline}", key="behaviour_stops")
    cards.note(
        f"How sessions marked {name} are traded beside {baseline}, at the same market and after the same result the "
        "session before, with 95% intervals: coloured is what stands out after correction for looking at many things "
        "(of ten such, one may still be chance), grey what may well be chance."
    )
    with st.expander("The numbers behind it", icon=":material/table_chart:"):
        st.dataframe(_table(found, shown), hide_index=True, placeholder="", alt="Way of trading in numbers")


def _row(effect: MoodEffect) -> ForestRow:
    label = evidence.BEHAVIOURS[effect.behaviour]
    if effect.value is None or effect.low is None or effect.high is None:
        words = evidence.CAUSES[effect.reason] if effect.reason else "too few sessions for a comparison"
        return ForestRow(label=label, n=effect.n, words=f"Not enough data: {words}", grade=Grade.NOT_ENOUGH)
    sure = effect.adjusted_p_value is not None and effect.adjusted_p_value <= _FALSE_DISCOVERIES
    ends = (effect.value, effect.low, effect.high)
    value, low, high = ends if effect.ratio else (100 * end for end in ends)
    amount = evidence.times(value) if effect.ratio else evidence.points(effect.value)
    span = f"{low:.2f} to {high:.2f}" if effect.ratio else evidence.interval(low, high, 0)
    return ForestRow(
        label=label,
        n=effect.n,
        words=f"{'Stands out' if sure else 'No clear sign'}: {amount} ({span})",
        grade=Grade.HINT if sure else Grade.NO_SIGN,
        value=value,
        low=low,
        high=high,
    )


def _table(effects: Sequence[MoodEffect], shown: Emotions) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "": [evidence.BEHAVIOURS[effect.behaviour] for effect in effects],
            "Typical": [_typical(effect, effect.typical, shown) for effect in effects],
            "Otherwise": [_typical(effect, effect.baseline, shown) for effect in effects],
            "Difference": [_difference(effect, effect.value, shown) for effect in effects],
            "from": [_difference(effect, effect.low, shown) for effect in effects],
            "to": [_difference(effect, effect.high, shown) for effect in effects],
            "p": [evidence.chance(effect.p_value) for effect in effects],
            "p, all": [evidence.chance(effect.adjusted_p_value) for effect in effects],
            "Sessions": [effect.n for effect in effects],
            "Beside": [effect.n_baseline for effect in effects],
        }
    )


def _typical(effect: MoodEffect, value: float | None, shown: Emotions) -> str:
    """A typical session's figure in its own unit."""
    if effect.behaviour in ("pause", "holding"):
        return numbers.duration(value)
    if effect.behaviour == "stops":
        return numbers.percent(value)
    if effect.behaviour == "result":
        return evidence.amount(value, shown.unit, shown.currency)
    size = shown.report.size_unit
    unit = f" {evidence.SIZES[size]}" if effect.behaviour == "size" and size and value is not None else ""
    return f"{numbers.number(value)}{unit}"


def _difference(effect: MoodEffect, value: float | None, shown: Emotions) -> str:
    if effect.ratio:
        return evidence.times(value)
    if effect.behaviour == "stops":
        return evidence.points(value)
    return evidence.amount(value, shown.unit, shown.currency)

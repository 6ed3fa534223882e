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
from mentor.i18n.language import _
from mentor.ui import cards
from mentor.ui.emotion_data import Emotions

#: False discoveries allowed among all ways of trading of all emotions: Benjamini–Hochberg at 10 %.
_FALSE_DISCOVERIES: Final = 0.10


def draw(cost: EmotionCost, shown: Emotions) -> None:
    """Ratios in one chart, the share of trades with a stop in another, all numbers in the table."""
    found = [effect for effect in shown.report.effects if effect.emotion == cost.emotion and effect.told == "before"]
    ratios = [effect for effect in found if effect.ratio and effect.typical is not None]
    stops = [effect for effect in found if effect.behaviour == "stops" and effect.typical is not None]
    name, baseline = labels.emotion(cost.emotion), _(evidence.BASELINES[shown.report.before.baseline.rule])
    if not ratios and not stops:
        cards.note(_("The trades of these sessions state neither times nor sizes nor stops."))
        return
    if ratios:
        drawn = ratio_chart(
            [_row(effect) for effect in ratios], _("{emotion}, times what is usual otherwise", emotion=name)
        )
        alt = _("Way of trading when {emotion} beside {baseline}", emotion=name, baseline=baseline)
        cards.bare_chart(drawn, alt, key="behaviour_ratios")
    if stops:
        drawn = forest_chart([_row(effect) for effect in stops], _("Percentage points more or fewer"))
        alt = _("Trades with a stop when {emotion} beside {baseline}", emotion=name, baseline=baseline)
        cards.bare_chart(drawn, alt, key="behaviour_stops")
    cards.note(
        _(
            "How sessions marked {emotion} are traded beside {baseline}, at the same market and after the same result "
            "the session before, with 95% intervals: coloured is what stands out after correction for looking at many "
            "things (of ten such, one may still be chance), grey what may well be chance.",
            emotion=name,
            baseline=baseline,
        )
    )
    with st.expander(_("The numbers behind it"), icon=":material/table_chart:"):
        cards.table(_table(found, shown), _("Way of trading in numbers"))


def _row(effect: MoodEffect) -> ForestRow:
    label = _(evidence.BEHAVIOURS[effect.behaviour])
    if effect.value is None or effect.low is None or effect.high is None:
        reason = _(evidence.CAUSES[effect.reason]) if effect.reason else _("too few sessions for a comparison")
        words = _("Not enough data: {reason}", reason=reason)
        return ForestRow(label=label, n=effect.n, words=words, grade=Grade.NOT_ENOUGH)
    sure = effect.adjusted_p_value is not None and effect.adjusted_p_value <= _FALSE_DISCOVERIES
    ends = (effect.value, effect.low, effect.high)
    value, low, high = ends if effect.ratio else (100 * end for end in ends)
    amount = evidence.times(value) if effect.ratio else evidence.points(effect.value)
    ratios = evidence.span(numbers.number(low), numbers.number(high))
    span = ratios if effect.ratio else evidence.interval(low, high, 0)
    stands_out = _("Stands out") if sure else _(evidence.GRADES[Grade.NO_SIGN])
    return ForestRow(
        label=label,
        n=effect.n,
        words=f"{stands_out}: {amount} ({span})",
        grade=Grade.HINT if sure else Grade.NO_SIGN,
        value=value,
        low=low,
        high=high,
    )


def _table(effects: Sequence[MoodEffect], shown: Emotions) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "": [_(evidence.BEHAVIOURS[effect.behaviour]) for effect in effects],
            _("Typical"): [_typical(effect, effect.typical, shown) for effect in effects],
            _("Otherwise"): [_typical(effect, effect.baseline, shown) for effect in effects],
            _("Difference"): [_difference(effect, effect.value, shown) for effect in effects],
            _("from"): [_difference(effect, effect.low, shown) for effect in effects],
            _("to"): [_difference(effect, effect.high, shown) for effect in effects],
            "p": [evidence.chance(effect.p_value) for effect in effects],
            _("p, all"): [evidence.chance(effect.adjusted_p_value) for effect in effects],
            _("Sessions"): [effect.n for effect in effects],
            _("Beside"): [effect.n_baseline for effect in effects],
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
    unit = f" {_(evidence.SIZES[size])}" if effect.behaviour == "size" and size and value is not None else ""
    return f"{numbers.number(value)}{unit}"


def _difference(effect: MoodEffect, value: float | None, shown: Emotions) -> str:
    if effect.ratio:
        return evidence.times(value)
    if effect.behaviour == "stops":
        return evidence.points(value)
    return evidence.amount(value, shown.unit, shown.currency)

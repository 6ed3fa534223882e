"""The overview of the Emotions page: what is known in a sentence, every emotion in one chart, and what it came to."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from mentor.analytics.emotion_cost import Comparison, EmotionCost
from mentor.analytics.inference import Grade
from mentor.charts import theme
from mentor.charts.forest import ForestRow, forest_chart
from mentor.i18n import evidence, labels, numbers
from mentor.i18n.language import _, ngettext
from mentor.ui import cards
from mentor.ui.emotion_data import Emotions
from mentor.ui.plain import plain


def draw(shown: Emotions) -> None:
    """Verdict, forest plot and costs of the emotions told before the first trade."""
    before = shown.report.before
    st.caption(evidence.coverage(shown.report.coverage))
    if shown.unmeasured:
        words = ngettext(
            "{n} session with a mood from before is not compared: its result is not known in {unit}.",
            "{n} sessions with a mood from before are not compared: their results are not known in {unit}.",
            shown.unmeasured,
            unit=shown.unit_name,
        )
        cards.note(words)
    if not before.emotions:
        st.info(nothing_to_compare(before), icon=":material/info:")
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
    drawn = forest_chart(rows, _("Difference in {unit}", unit=shown.unit_name))
    cards.bare_chart(drawn, _("Each emotion beside {baseline}", baseline=compared), key=f"forest_{comparison.told}")
    cards.note(
        _(
            "How much better or worse a session went than {baseline}, at the same market and after the same result "
            "the session before: pooled estimates with 90% intervals, grey where nobody knows yet, the broader the "
            "coloured line the surer.",
            baseline=compared,
        )
        + _together(comparison)
    )
    with st.expander(_("The numbers behind it"), icon=":material/table_chart:"):
        cards.table(_numbers(comparison.emotions, shown), _("Estimates of every emotion"), emotions=[_("Emotion")])
        cards.note(
            _(
                "Pooled: drawn towards no difference as far as the emotions differ little. Adjusted: of this emotion "
                "alone, after market and yesterday, with its permutation test. p, all: after Holm's correction for "
                "looking at several emotions. Middle: Hodges–Lehmann, which extreme days hardly move."
            )
        )


def draw_missing(emotions: Sequence[EmotionCost]) -> None:
    """For every emotion what is known so far, and what would answer its question."""
    rows = [
        {
            _("Emotion"): cost.emotion,
            _("Sessions"): cost.n,
            _("So far"): _(evidence.GRADES[cost.grade]),
            _("To know more"): evidence.missing(cost),
        }
        for cost in emotions
    ]
    wide = {_("To know more"): st.column_config.TextColumn(width="large")}
    cards.table(pd.DataFrame(rows), _("What each open question needs"), emotions=[_("Emotion")], column_config=wide)
    cards.note(_("Sessions with a mood told before the first trade, calm ones included; it may take more than these."))


def _verdict(shown: Emotions) -> None:
    """A sentence for each emotion with evidence, or one that there is none."""
    known = [cost for cost in shown.report.emotions if cost.grade.strength >= Grade.HINT.strength]
    if not known:
        st.info(unsure(shown.report.emotions), icon=":material/help:")
    for cost in known:
        words = evidence.verdict(cost, shown.report.before.baseline, shown.unit, shown.currency)
        st.info(f"**{_(evidence.GRADES[cost.grade])}.** {plain(words)}", icon=":material/insights:")


def unsure(emotions: Sequence[EmotionCost]) -> str:
    """That nothing is known of any emotion, and what it takes to know more."""
    if all(cost.grade is Grade.NOT_ENOUGH for cost in emotions):
        fewest = min(cost.sessions_missing for cost in emotions)
        if not fewest:
            return _("There is not enough data to say anything of an emotion yet.")
        return ngettext(
            "There is not enough data to say anything of an emotion yet: it takes at least {n} more session with a "
            "mood told before trading.",
            "There is not enough data to say anything of an emotion yet: it takes at least {n} more sessions with a "
            "mood told before trading.",
            fewest,
        )
    return _("No emotion shows a clear sign here: what differs may well be chance.")


def nothing_to_compare(before: Comparison) -> str:
    """Why there is no emotion to say anything of."""
    if not before.sessions:
        return _("No mood was told before the first trade, and only such a mood may explain a result.")
    return ngettext(
        "The {n} session with a mood told before the first trade were all calm or neutral: there is nothing to compare "
        "with them yet.",
        "The {n} sessions with a mood told before the first trade were all calm or neutral: there is nothing to "
        "compare with them yet.",
        before.sessions,
    )


def _together(comparison: Comparison) -> str:
    omnibus = comparison.omnibus
    if omnibus is None:
        return ""
    chance = evidence.chance(omnibus.p_value)
    return " " + _("That any of the {n} tested differs: {chance}.", n=omnibus.emotions, chance=chance)


def _row(cost: EmotionCost) -> ForestRow:
    label, pooled = labels.emotion(cost.emotion), cost.result.pooled
    colour = theme.EMOTIONS.get(cost.emotion)
    if cost.grade is Grade.NOT_ENOUGH or pooled is None:
        words = f"{_(evidence.GRADES[Grade.NOT_ENOUGH])}: {evidence.shortly_why_not(cost)}"
        return ForestRow(label=label, n=cost.n, words=words, grade=Grade.NOT_ENOUGH, colour=colour)
    estimate = f"{evidence.signed(pooled.value)} ({evidence.interval(pooled.low, pooled.high)})"
    words = f"{_(evidence.GRADES[cost.grade])}: {estimate}"
    return ForestRow(
        label=label,
        n=cost.n,
        words=words,
        grade=cost.grade,
        colour=colour,
        value=pooled.value,
        low=pooled.low,
        high=pooled.high,
    )


def _numbers(emotions: Sequence[EmotionCost], shown: Emotions) -> pd.DataFrame:
    return pd.DataFrame([_line(cost, shown) for cost in emotions])


def _line(cost: EmotionCost, shown: Emotions) -> dict[str, object]:
    pooled, effect, shift = cost.result.pooled, cost.result.effect, cost.result.shift
    return {
        _("Emotion"): cost.emotion,
        _("Sessions"): cost.n,
        _("Beside"): cost.n_baseline,
        _("Pooled, {unit}", unit=shown.unit_name): evidence.signed(pooled.value if pooled else None),
        _("90% interval"): evidence.interval(pooled.low, pooled.high) if pooled else numbers.DASH,
        _("Chance it is below 0"): evidence.probability(pooled.below_zero if pooled else None),
        _("Adjusted"): evidence.signed(effect.value if effect else None),
        _("95% interval"): evidence.interval(effect.low, effect.high) if effect else numbers.DASH,
        "p": evidence.chance(cost.p_value),
        _("p, all"): evidence.chance(cost.holm_p_value),
        _("Plain difference"): evidence.signed(cost.result.raw),
        _("Middle"): evidence.signed(shift.value if shift else None),
        _("Hedges' g"): evidence.signed(cost.hedges_g),
        _("Evidence"): _(evidence.GRADES[cost.grade]),
    }


def _draw_costs(shown: Emotions) -> None:
    """What each emotion came to over all its sessions, in money and R."""
    st.header(_("What it came to"), anchor=False)
    rows = [_cost(cost, shown) for cost in shown.report.emotions]
    cards.table(pd.DataFrame(rows), _("What each emotion came to"), results=[_("Money"), "R"], emotions=[_("Emotion")])
    cards.note(
        _(
            "The pooled estimate a session times the sessions of the emotion, with its 90% interval: what these "
            "sessions brought beyond what your baseline would have; where the interval holds 0, it may have been "
            "nothing."
        )
    )


def _cost(cost: EmotionCost, shown: Emotions) -> dict[str, object]:
    told = cost.grade is not Grade.NOT_ENOUGH
    money = cost.money.pooled_cost if told else None
    row: dict[str, object] = {
        _("Emotion"): cost.emotion,
        _("Sessions"): cost.n,
        _("Money"): numbers.money(money.value if money else None, shown.currency, signed=True),
        _("90% interval"): evidence.money_interval(money, shown.currency),
    }
    if shown.unit == "r":
        in_r = cost.r.pooled_cost if told and cost.r else None
        row["R"] = evidence.signed(in_r.value if in_r else None)
        row[_("90% interval, R")] = evidence.interval(in_r.low, in_r.high) if in_r else numbers.DASH
    return row | {_("Evidence"): _(evidence.GRADES[cost.grade])}

"""One emotion in detail: how its difference comes about, its sessions, the way of trading, where, and the checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import pandas as pd
import streamlit as st

from mentor.analytics.cost_split import CostSplit
from mentor.analytics.emotion_cost import EmotionCost
from mentor.analytics.inference import Grade
from mentor.analytics.mood_groups import CALM, NEUTRAL, told_sessions
from mentor.charts.mood_results import results_chart
from mentor.charts.mood_split import Step, split_chart
from mentor.i18n import evidence, labels, numbers
from mentor.ui import cards, emotion_behaviour, emotion_checks, emotion_slices
from mentor.ui.emotion_data import Emotions
from mentor.ui.plain import plain

_KEY: Final = "emotion_in_detail"
#: More emotions than this are chosen from a list.
_SEGMENTS: Final = 6


def draw(shown: Emotions) -> None:
    """The emotion chosen, a tab a question; only the open one is worked out."""
    emotions = {cost.emotion: cost for cost in shown.report.emotions}
    if not emotions:
        return
    st.subheader("One emotion in detail", anchor=False)
    cost = emotions[_choose(list(emotions))]
    questions: dict[str, Callable[[EmotionCost, Emotions], None]] = {
        "How it comes about": _draw_split,
        "Results": _draw_results,
        "Way of trading": emotion_behaviour.draw,
        "Where": emotion_slices.draw,
        "Checks": emotion_checks.draw,
    }
    tabs = st.tabs(list(questions), key="emotion_question", on_change="rerun")
    for tab, answer in zip(tabs, questions.values(), strict=True):
        if tab.open:
            with tab:
                answer(cost, shown)


def _choose(emotions: Sequence[str]) -> str:
    if st.session_state.get(_KEY) not in emotions:
        st.session_state[_KEY] = emotions[0]
    if len(emotions) > _SEGMENTS:
        return st.selectbox("Emotion", emotions, format_func=_option, key=_KEY, label_visibility="collapsed")
    st.segmented_control(
        "Emotion",
        emotions,
        required=True,
        wrap=True,
        format_func=_option,
        key=_KEY,
        label_visibility="collapsed",
    )
    return str(st.session_state[_KEY])


def _option(code: str) -> str:
    return plain(labels.emotion(code))


def _draw_split(cost: EmotionCost, shown: Emotions) -> None:
    """The plain difference in money, part by part, then what market and yesterday take from it."""
    split, name = cost.split, labels.emotion(cost.emotion)
    if split is None or cost.grade is Grade.NOT_ENOUGH:
        cards.note(f"Not enough data to split: {evidence.why_not(cost)}.")
        return
    steps = _steps(split)
    known = cost.grade.strength >= Grade.HINT.strength
    money = f"Net P/L a session{f', {shown.currency}' if shown.currency else ''}"
    cards.bare_chart(split_chart(steps, money, known=known), f"{name}: the difference in parts", key="split")
    here, there = split.emotion, split.baseline
    sizes = ""
    if split.size_unit:
        unit = evidence.SIZES[split.size_unit]
        sizes = f", {numbers.number(here.size)} instead of {numbers.number(there.size)} {unit} a trade"
    cards.note(
        f"How the mean session marked {name} differs from {evidence.BASELINES[shown.report.before.baseline.rule]}: "
        f"{numbers.number(here.frequency, 1)} instead of {numbers.number(there.frequency, 1)} trades{sizes}, and the "
        f"result of each; market and yesterday lead from the plain to the adjusted difference. {_how_sure(cost)}"
    )
    frame = pd.DataFrame({"Part": [step.label for step in steps], money: [step.value for step in steps]})
    _table(frame.assign(**{money: frame[money].round(2)}))


def _steps(split: CostSplit) -> list[Step]:
    steps = [Step(label="More or fewer trades", value=split.frequency)]
    if split.size_unit:
        steps.append(Step(label="Bigger or smaller", value=split.size))
    steps += [
        Step(label="Better or worse trades", value=split.edge),
        Step(label="Plain difference", value=split.raw, is_sum=True),
    ]
    if split.market_and_yesterday is not None and split.adjusted is not None:
        steps += [
            Step(label="Market and yesterday", value=split.market_and_yesterday),
            Step(label="Adjusted difference", value=split.adjusted, is_sum=True),
        ]
    return steps


def _how_sure(cost: EmotionCost) -> str:
    grade = evidence.GRADES[cost.grade]
    return f"{grade} of a difference at all ({evidence.chance(cost.holm_p_value)})."


def _draw_results(cost: EmotionCost, shown: Emotions) -> None:
    """The results of every session, an emotion a row, the chosen one on top."""
    rows = told_sessions(shown.report.sessions, "before")
    others = sorted(set(rows["emotion"]) - {cost.emotion}, key=lambda code: (code != CALM, code != NEUTRAL, code))
    names = {code: labels.emotion(code) for code in (cost.emotion, *others)}
    sessions = rows.assign(row=rows["emotion"], value=rows["result"])
    axis = f"Result of a session, {shown.unit_name}"
    drawn = results_chart(sessions, names, cost.emotion, axis, shown.unit_name)
    cards.bare_chart(drawn, f"Results of the sessions of {names[cost.emotion]} beside others", key="results")
    cards.note(f"Every dot is a session, the tick the median, the bar the middle half{_worse(cost, shown)}.")
    _table(_spread(sessions, names, shown.unit_name))


def _worse(cost: EmotionCost, shown: Emotions) -> str:
    """How often the emotion's session is the worse one of a pair, and whether a few days decide."""
    if cost.worse is None or cost.grade is Grade.NOT_ENOUGH:
        return f"; {evidence.GRADES[cost.grade].lower()} to compare them"
    baseline = evidence.BASELINES[shown.report.before.baseline.rule]
    days = "; a few extreme days make the mean" if cost.result.few_days else ""
    return (
        f": one marked {labels.emotion(cost.emotion)} went worse than one of {baseline} in "
        f"{numbers.percent(cost.worse)} of all pairs, where 50% is no difference "
        f"({evidence.GRADES[cost.grade].lower()}){days}"
    )


def _spread(sessions: pd.DataFrame, names: Mapping[str, str], unit: str) -> pd.DataFrame:
    results = sessions.groupby("row")["value"]
    frame = pd.DataFrame(
        {
            "Sessions": results.size(),
            f"Median, {unit}": results.median(),
            "A quarter below": results.quantile(0.25),
            "A quarter above": results.quantile(0.75),
            "Mean": results.mean(),
        }
    )
    return frame.loc[list(names)].round(2).rename(index=names).rename_axis("Emotion").reset_index()


def _table(frame: pd.DataFrame) -> None:
    with st.expander("The numbers behind it", icon=":material/table_chart:"):
        st.dataframe(frame, hide_index=True, placeholder="", alt="The numbers behind the chart")

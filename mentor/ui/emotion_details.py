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
from mentor.i18n.language import _
from mentor.messages import message
from mentor.ui import address, cards, emotion_behaviour, emotion_checks, emotion_slices, marks
from mentor.ui.emotion_data import Emotions

_KEY: Final = "emotion_in_detail"
_QUESTION: Final = "emotion_question"
#: The same in the words of the source: the tabs know theirs in the language spoken.
_ASKED: Final = "emotion_question_asked"
_ADDRESS: Final = "question"
#: More emotions than this are chosen from a list.
_SEGMENTS: Final = 6
#: What the mean session of an emotion is made of, without sizes and with them.
_SPLIT: Final = {
    False: message(
        "How the mean session marked {emotion} differs from {baseline}: {trades} instead of {usual_trades} trades, and "
        "the result of each; market and yesterday lead from the plain to the adjusted difference."
    ),
    True: message(
        "How the mean session marked {emotion} differs from {baseline}: {trades} instead of {usual_trades} trades, "
        "{size} instead of {usual_size} {unit} a trade, and the result of each; market and yesterday lead from the "
        "plain to the adjusted difference."
    ),
}


def draw(shown: Emotions) -> None:
    """The emotion chosen, a tab a question; only the open one is worked out."""
    emotions = {cost.emotion: cost for cost in shown.report.emotions}
    if not emotions:
        return
    st.header(_("One emotion in detail"), anchor=False)
    cost = emotions[_choose(list(emotions))]
    said = {_(question): question for question in _QUESTIONS}
    if st.session_state.get(_QUESTION) not in said:  # none yet, or the words of another language
        asked = _CODES.get(st.query_params.get(_ADDRESS, ""), next(iter(_QUESTIONS)))
        st.session_state[_QUESTION] = _(st.session_state.get(_ASKED, asked))
    tabs = st.tabs(list(said), key=_QUESTION, on_change="rerun")
    for tab, (question, answer) in zip(tabs, _QUESTIONS.items(), strict=True):
        if tab.open:
            st.session_state[_ASKED] = question
            code = next(code for code, known in _CODES.items() if known == question)
            address.keep(_ADDRESS, code, next(iter(_CODES)))
            with tab:
                answer(cost, shown)


def _choose(emotions: Sequence[str]) -> str:
    if st.session_state.get(_KEY) not in emotions:
        asked = st.query_params.get("emotion")
        st.session_state[_KEY] = asked if asked in emotions else emotions[0]
    address.keep("emotion", st.session_state[_KEY], emotions[0])
    if len(emotions) > _SEGMENTS:
        return st.selectbox(_("Emotion"), emotions, format_func=labels.emotion, key=_KEY, label_visibility="collapsed")
    st.segmented_control(
        _("Emotion"),
        emotions,
        required=True,
        wrap=True,
        format_func=marks.emotion,
        key=_KEY,
        label_visibility="collapsed",
    )
    return str(st.session_state[_KEY])


def _draw_split(cost: EmotionCost, shown: Emotions) -> None:
    """The plain difference in money, part by part, then what market and yesterday take from it."""
    split, name = cost.split, labels.emotion(cost.emotion)
    if split is None or cost.grade is Grade.NOT_ENOUGH:
        cards.note(_("Not enough data to split: {reason}.", reason=evidence.why_not(cost)))
        return
    steps = _steps(split)
    known = cost.grade.strength >= Grade.HINT.strength
    money = _("Net P/L a session") + (f", {shown.currency}" if shown.currency else "")
    alt = _("{emotion}: the difference in parts", emotion=name)
    cards.bare_chart(split_chart(steps, money, known=known), alt, key="split")
    baseline = _(evidence.BASELINES[shown.report.before.baseline.rule])
    how = _(_SPLIT[split.size_unit is not None], emotion=name, baseline=baseline, **_parts(split))
    cards.note(f"{how} {_how_sure(cost)}")
    frame = pd.DataFrame({_("Part"): [step.label for step in steps], money: [step.value for step in steps]})
    _table(frame.assign(**{money: frame[money].round(2)}))


def _parts(split: CostSplit) -> dict[str, str]:
    """What sessions of the emotion and of the baseline are made of."""
    here, there = split.emotion, split.baseline
    trades = {"trades": numbers.number(here.frequency, 1), "usual_trades": numbers.number(there.frequency, 1)}
    if not split.size_unit:
        return trades
    sizes = {"size": numbers.number(here.size), "usual_size": numbers.number(there.size)}
    return trades | sizes | {"unit": _(evidence.SIZES[split.size_unit])}


def _steps(split: CostSplit) -> list[Step]:
    steps = [Step(label=_("More or fewer trades"), value=split.frequency)]
    if split.size_unit:
        steps.append(Step(label=_("Bigger or smaller"), value=split.size))
    steps += [
        Step(label=_("Better or worse trades"), value=split.edge),
        Step(label=_("Plain difference"), value=split.raw, is_sum=True),
    ]
    if split.market_and_yesterday is not None and split.adjusted is not None:
        steps += [
            Step(label=_("Market and yesterday"), value=split.market_and_yesterday),
            Step(label=_("Adjusted difference"), value=split.adjusted, is_sum=True),
        ]
    return steps


def _how_sure(cost: EmotionCost) -> str:
    grade, chance = _(evidence.GRADES[cost.grade]), evidence.chance(cost.holm_p_value)
    return _("{grade} of a difference at all ({chance}).", grade=grade, chance=chance)


def _draw_results(cost: EmotionCost, shown: Emotions) -> None:
    """The results of every session, an emotion a row, the chosen one on top."""
    rows = told_sessions(shown.report.sessions, "before")
    others = sorted(set(rows["emotion"]) - {cost.emotion}, key=lambda code: (code != CALM, code != NEUTRAL, code))
    names = {code: labels.emotion(code) for code in (cost.emotion, *others)}
    sessions = rows.assign(row=rows["emotion"], value=rows["result"])
    axis = _("Result of a session, {unit}", unit=shown.unit_name)
    drawn = results_chart(sessions, names, cost.emotion, axis, shown.unit_name)
    alt = _("Results of the sessions of {emotion} beside others", emotion=names[cost.emotion])
    cards.bare_chart(drawn, alt, key="results")
    legend = _("Every dot is a session, the tick the median, the bar the middle half.")
    cards.note(f"{legend} {_worse(cost, shown)}")
    _table(_spread(sessions, names, shown.unit_name), [_("Emotion")])


def _worse(cost: EmotionCost, shown: Emotions) -> str:
    """How often the emotion's session is the worse one of a pair, and whether a few days decide."""
    if cost.worse is None or cost.grade is Grade.NOT_ENOUGH:
        return _("There is not enough data to compare them.")
    words = _(
        "One marked {emotion} went worse than one of {baseline} in {share} of all pairs, where 50% is no difference "
        "({grade}).",
        emotion=labels.emotion(cost.emotion),
        baseline=_(evidence.BASELINES[shown.report.before.baseline.rule]),
        share=numbers.percent(cost.worse),
        grade=_(evidence.GRADES[cost.grade]).lower(),
    )
    few_days = _("A few extreme days make the mean.")
    return f"{words} {few_days}" if cost.result.few_days else words


def _spread(sessions: pd.DataFrame, names: Mapping[str, str], unit: str) -> pd.DataFrame:
    results = sessions.groupby("row")["value"]
    frame = pd.DataFrame(
        {
            _("Sessions"): results.size(),
            _("Median, {unit}", unit=unit): results.median(),
            _("A quarter below"): results.quantile(0.25),
            _("A quarter above"): results.quantile(0.75),
            _("Mean"): results.mean(),
        }
    )
    return frame.loc[list(names)].round(2).rename_axis(_("Emotion")).reset_index()


def _table(frame: pd.DataFrame, emotions: Sequence[str] = ()) -> None:
    with st.expander(_("The numbers behind it"), icon=":material/table_chart:"):
        cards.table(frame, _("The numbers behind the chart"), emotions=emotions)


#: The questions asked of an emotion, and what answers each.
_QUESTIONS: Final[dict[str, Callable[[EmotionCost, Emotions], None]]] = {
    message("How it comes about"): _draw_split,
    message("Results"): _draw_results,
    message("Way of trading"): emotion_behaviour.draw,
    message("Where"): emotion_slices.draw,
    message("Checks"): emotion_checks.draw,
}
#: What the address calls them.
_CODES: Final = dict(zip(("parts", "results", "trading", "where", "checks"), _QUESTIONS, strict=True))

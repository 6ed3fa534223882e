"""The checks of one emotion in plain words: what else could be behind a difference, and what the grade rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd
import streamlit as st

from mentor.analytics.emotion_cost import EmotionCost
from mentor.analytics.inference import Effect, Grade, Undetermined
from mentor.analytics.mood_checks import ReverseArrow
from mentor.i18n import evidence, labels, numbers
from mentor.i18n.numbers import count
from mentor.ui import cards
from mentor.ui.emotion_data import Emotions
from mentor.ui.plain import plain

#: A check that chance alone would fail less often than this says something.
_SUSPICIOUS: Final = 0.05


def draw(cost: EmotionCost, shown: Emotions) -> None:
    """Reverse arrow, negative control, hidden cause; then the grade."""
    for icon, title, words in _answers(cost):
        with st.container(border=True):
            st.markdown(f":material/{icon}: **{title}**")
            cards.note(words)
    st.markdown(f"**{evidence.GRADES[cost.grade]}.** To know more: {plain(_lowered(evidence.missing(cost)))}.")
    with st.expander("The numbers behind it", icon=":material/table_chart:"):
        st.dataframe(pd.DataFrame(_numbers(cost, shown)), hide_index=True, placeholder="", alt="Checks in numbers")


def _answers(cost: EmotionCost) -> Iterator[tuple[str, str, str]]:
    name, checks = labels.emotion(cost.emotion), cost.checks
    yield "sync_alt", "Does yesterday bring the mood?", _reverse(name, checks.reverse)
    yield "rule", "Does the mood “explain” what it cannot have changed?", _controls(checks.yesterday, checks.bots)
    yield "visibility_off", "Could something nobody recorded be behind it?", _hidden(cost)


def _reverse(name: str, arrow: ReverseArrow) -> str:
    if arrow.p_value is None:
        return "Not known: it takes sessions after a loss and sessions after a win."
    shares = (
        f"{name} was told on {arrow.after_loss} of {count(arrow.sessions_after_loss, 'session')} after a loss and on "
        f"{arrow.after_win} of {arrow.sessions_after_win} after a win ({evidence.chance(arrow.p_value)})."
    )
    if arrow.p_value > _SUSPICIOUS:
        return f"{shares} No sign that yesterday's result brings it."
    return f"{shares} So the mood may partly be what a result left behind, not what brings the next one."


def _controls(yesterday: Effect | Undetermined, bots: Effect | Undetermined | None) -> str:
    parts = [
        _control("the result of the session before", yesterday),
        *([] if bots is None else [_control("what bots made on the same days", bots)]),
    ]
    return " ".join(parts)


def _control(what: str, found: Effect | Undetermined) -> str:
    if isinstance(found, Undetermined):
        return f"Not known for {what}: {evidence.CAUSES[found.reason]}."
    if found.p_value > _SUSPICIOUS:
        return f"The same test finds nothing in {what} ({evidence.chance(found.p_value)}), as it should."
    return (
        f"The same test also finds a difference in {what} ({evidence.chance(found.p_value)}), which today's mood "
        "cannot have changed: something else moves both, so read the estimate with care."
    )


def _hidden(cost: EmotionCost) -> str:
    if cost.robustness is None:
        return "Not known: there is no estimate."
    share = numbers.percent(cost.robustness)
    words = (
        f"A cause that nobody recorded would have to explain {share} of what is left of both the mood and the results "
        "to bring the whole difference."
    )
    if cost.grade.strength < Grade.HINT.strength:
        return f"{words} As there is no clear sign, there is little to explain."
    return words


def _numbers(cost: EmotionCost, shown: Emotions) -> Iterator[dict[str, str]]:
    arrow, looked = cost.checks.reverse, cost.sensitivity
    yield _line("Mood after a loss, times after a win", evidence.times(arrow.ratio), p_value=arrow.p_value)
    for what, found in (
        (f"Session before, {shown.unit_name}", cost.checks.yesterday),
        ("Bots, money", cost.checks.bots),
    ):
        if isinstance(found, Effect):
            span = evidence.interval(found.low, found.high)
            yield _line(what, evidence.signed(found.value), span, p_value=found.p_value)
    yield _line("Robustness value", numbers.percent(cost.robustness))
    if cost.p_value is not None:
        yield _line("On ranks (normal scores)", p_value=looked.scores_p_value)
        yield _line("Results moved along the calendar", p_value=looked.shifted_p_value)
        yield _line("Sign without the best and the worst session", "stays" if looked.survives_extremes else "changes")
        yield _line("Sign in both halves of the time", "the same" if looked.same_sign_in_halves else "differs")


def _line(
    check: str, value: str = numbers.DASH, span: str = numbers.DASH, *, p_value: float | None = None
) -> dict[str, str]:
    return {"Check": check, "Value": value, "95% interval": span, "p": evidence.chance(p_value)}


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]

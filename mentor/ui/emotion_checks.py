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
from mentor.i18n.language import _, ngettext
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
    grade, missing = _(evidence.GRADES[cost.grade]), plain(_lowered(evidence.missing(cost)))
    st.markdown(_("**{grade}.** To know more: {missing}.", grade=grade, missing=missing))
    with st.expander(_("The numbers behind it"), icon=":material/table_chart:"):
        cards.table(pd.DataFrame(_numbers(cost, shown)), _("Checks in numbers"))


def _answers(cost: EmotionCost) -> Iterator[tuple[str, str, str]]:
    name, checks = labels.emotion(cost.emotion), cost.checks
    yield "sync_alt", _("Does yesterday bring the mood?"), _reverse(name, checks.reverse)
    yield "rule", _("Does the mood “explain” what it cannot have changed?"), _controls(checks.yesterday, checks.bots)
    yield "visibility_off", _("Could something nobody recorded be behind it?"), _hidden(cost)


def _reverse(name: str, arrow: ReverseArrow) -> str:
    if arrow.p_value is None:
        return _("Not known: it takes sessions after a loss and sessions after a win.")
    shares = ngettext(
        "{emotion} was told on {after_loss} of {n} session after a loss and on {after_win} of {wins} after a win "
        "({chance}).",
        "{emotion} was told on {after_loss} of {n} sessions after a loss and on {after_win} of {wins} after a win "
        "({chance}).",
        arrow.sessions_after_loss,
        emotion=name,
        after_loss=numbers.number(arrow.after_loss, 0),
        after_win=numbers.number(arrow.after_win, 0),
        wins=numbers.number(arrow.sessions_after_win, 0),
        chance=evidence.chance(arrow.p_value),
    )
    no_sign = _("No sign that yesterday's result brings it.")
    partly = _("So the mood may partly be what a result left behind, not what brings the next one.")
    return f"{shares} {no_sign if arrow.p_value > _SUSPICIOUS else partly}"


def _controls(yesterday: Effect | Undetermined, bots: Effect | Undetermined | None) -> str:
    parts = [
        _control(_("the result of the session before"), yesterday),
        *([] if bots is None else [_control(_("what bots made on the same days"), bots)]),
    ]
    return " ".join(parts)


def _control(what: str, found: Effect | Undetermined) -> str:
    if isinstance(found, Undetermined):
        return _("Not known for {what}: {reason}.", what=what, reason=_(evidence.CAUSES[found.reason]))
    chance = evidence.chance(found.p_value)
    if found.p_value > _SUSPICIOUS:
        return _("The same test finds nothing in {what} ({chance}), as it should.", what=what, chance=chance)
    return _(
        "The same test also finds a difference in {what} ({chance}), which today's mood cannot have changed: "
        "something else moves both, so read the estimate with care.",
        what=what,
        chance=chance,
    )


def _hidden(cost: EmotionCost) -> str:
    if cost.robustness is None:
        return _("Not known: there is no estimate.")
    words = _(
        "A cause that nobody recorded would have to explain {share} of what is left of both the mood and the results "
        "to bring the whole difference.",
        share=numbers.percent(cost.robustness),
    )
    if cost.grade.strength < Grade.HINT.strength:
        little = _("As there is no clear sign, there is little to explain.")
        return f"{words} {little}"
    return words


def _numbers(cost: EmotionCost, shown: Emotions) -> Iterator[dict[str, str]]:
    arrow, looked = cost.checks.reverse, cost.sensitivity
    yield _line(_("Mood after a loss, times after a win"), evidence.times(arrow.ratio), p_value=arrow.p_value)
    for what, found in (
        (_("Session before, {unit}", unit=shown.unit_name), cost.checks.yesterday),
        (_("Bots, money"), cost.checks.bots),
    ):
        if isinstance(found, Effect):
            span = evidence.interval(found.low, found.high)
            yield _line(what, evidence.signed(found.value), span, p_value=found.p_value)
    yield _line(_("Robustness value"), numbers.percent(cost.robustness))
    if cost.p_value is not None:
        yield _line(_("On ranks (normal scores)"), p_value=looked.scores_p_value)
        yield _line(_("Results moved along the calendar"), p_value=looked.shifted_p_value)
        stays = _("stays") if looked.survives_extremes else _("changes")
        yield _line(_("Sign without the best and the worst session"), stays)
        same = _("the same") if looked.same_sign_in_halves else _("differs")
        yield _line(_("Sign in both halves of the time"), same)


def _line(
    check: str, value: str = numbers.DASH, span: str = numbers.DASH, *, p_value: float | None = None
) -> dict[str, str]:
    return {_("Check"): check, _("Value"): value, _("95% interval"): span, "p": evidence.chance(p_value)}


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]

"""The risk score of a session: the number, what it is made of, and what holds it down; the trader's own apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

import pandas as pd
import streamlit as st

from mentor.analytics.risk_score import RiskScore, Unscored
from mentor.i18n import numbers, risk
from mentor.i18n.language import _, ngettext
from mentor.messages import message
from mentor.models import Session
from mentor.ui import cards, risk_data
from mentor.ui.data import RatedSession
from mentor.ui.plain import plain

_MEANING = message("How the risk of the session was managed, whatever it brought: from 1 to 10, from its parts below.")


def draw(session: Session) -> None:
    """The score of a session with trades, its parts on request."""
    st.header(_("Risk management"), anchor=False)
    score = risk_data.of_session(session.id)
    if score is None:
        return
    with st.grid("auto", min_column_width=200):
        _figure(score)
        _own(session)
    if score.caps:
        cards.note(risk.held_down(score.caps))
    with st.expander(_("What the score is made of"), icon=":material/table_chart:"):
        _parts(score)


def draw_period(rows: Sequence[RatedSession]) -> None:
    """What the scores of a period come to, as a line."""
    scores = [row.risk for row in rows if row.risk is not None]
    known = [score.score for score in scores if score.score is not None]
    if not scores:
        return
    if not known:
        reason = _(risk.UNSCORED[_reason(scores)])
        cards.note(_("Risk score: not known for any of these sessions; {reason}.", reason=reason))
        return
    told = ngettext(
        "Risk score: known for {known} of {n} session with trades, median {median} of 10.",
        "Risk score: known for {known} of {n} sessions with trades, median {median} of 10.",
        len(scores),
        known=numbers.number(len(known), 0),
        median=numbers.number(median(known), 0),
    )
    cards.note(f"{told} {_most_often(scores)}")


def _most_often(scores: Sequence[RiskScore]) -> str:
    """What held the most scores down."""
    often = Counter(cap for score in scores for cap in score.caps).most_common(1)
    if not often:
        return ""
    [(cap, times)] = often
    reason = _(risk.CAPS[cap])
    return _("Most often held down because {reason} ({times} ×).", reason=reason, times=numbers.number(times, 0))


def text(score: RiskScore | None) -> str | None:
    """`6 of 10`; `None` where it is not known."""
    return None if score is None or score.score is None else _("{score} of 10", score=score.score)


def _reason(scores: Sequence[RiskScore]) -> Unscored:
    return next(score.reason for score in scores if score.reason is not None)


def _figure(score: RiskScore) -> None:
    why = (
        _(risk.UNSCORED[score.reason])
        if score.reason
        else _("{share}% of the weights known", share=numbers.number(100 * score.known_weight, 0))
    )
    shown = plain(text(score) or _("not known"))
    st.metric(
        _("Risk score"),
        shown,
        delta=plain(why),
        delta_color="off",
        delta_arrow="off",
        help=_(_MEANING),
        border=True,
    )


def _own(session: Session) -> None:
    """What somebody said of the session; never mixed with what is computed."""
    stated = session.own_risk_score
    if stated is not None:
        words = _("stated, not computed")
        st.metric(_("Own assessment"), plain(stated), delta=words, delta_color="off", delta_arrow="off", border=True)


def _parts(score: RiskScore) -> None:
    parts = [(risk.PARTS[part.id], part) for part in score.components]
    frame = pd.DataFrame(
        {
            "Part": [_(words.label) for words, part in parts],
            "Reached": [None if part.value is None else round(part.value, 2) for words, part in parts],
            "Weight": [part.weight for words, part in parts],
            "Measured by": [
                _(words.meaning) if part.known else _("not known: {reason}", reason=_(words.unknown))
                for words, part in parts
            ],
        }
    )
    cards.table(
        frame,
        _("Parts of the risk score"),
        written={"Reached": _share, "Weight": _share},
        column_config={
            "Part": _("Part"),
            "Reached": st.column_config.ProgressColumn(_("Reached"), min_value=0, max_value=1, color="auto"),
            "Weight": _("Weight"),
            "Measured by": st.column_config.TextColumn(_("Measured by"), width="large"),
        },
        placeholder=_("not known"),
    )
    cards.note(
        _(
            "Score = 1 + 9 × the weighted mean of the parts that are known, rounded, then no more than its limits. "
            "What the day made or lost is no part of it."
        )
    )


def _share(share: float) -> str:
    return f"{numbers.number(100 * share, 0)}%"

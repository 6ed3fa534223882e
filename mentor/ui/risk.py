"""The risk score of a session: the number, what it is made of, and what holds it down; the trader's own apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

import pandas as pd
import streamlit as st

from mentor.analytics.risk_score import RiskScore, Unscored
from mentor.i18n import numbers, risk
from mentor.i18n.numbers import count
from mentor.models import Session
from mentor.ui import cards, risk_data
from mentor.ui.data import RatedSession
from mentor.ui.plain import plain

_MEANING = "How the risk of the session was managed, whatever it brought: from 1 to 10, from its parts below."


def draw(session: Session) -> None:
    """The score of a session with trades, its parts on request."""
    score = risk_data.of_session(session.id)
    st.subheader("Risk management", anchor=False)
    with st.grid("auto", min_column_width=200):
        _figure(score)
        _own(session)
    if score.caps:
        cards.note(risk.held_down(score.caps))
    with st.expander("What the score is made of", icon=":material/table_chart:"):
        _parts(score)


def draw_period(rows: Sequence[RatedSession]) -> None:
    """What the scores of a period come to, as a line."""
    scores = [row.risk for row in rows if row.risk is not None]
    known = [score.score for score in scores if score.score is not None]
    if not scores:
        return
    if not known:
        cards.note("Risk score: not known for any of these sessions; " + risk.UNSCORED["en"][_reason(scores)] + ".")
        return
    often = Counter(cap for score in scores for cap in score.caps).most_common(1)
    most = f" Most often held down because {risk.CAPS['en'][often[0][0]]} ({often[0][1]} ×)." if often else ""
    cards.note(
        f"Risk score: known for {len(known)} of {count(len(scores), 'session')} with trades, "
        f"median {numbers.number(median(known), 0)} of 10.{most}"
    )


def text(score: RiskScore | None) -> str | None:
    """`6 of 10`; `None` where it is not known."""
    return None if score is None or score.score is None else f"{score.score} of 10"


def _reason(scores: Sequence[RiskScore]) -> Unscored:
    return next(score.reason for score in scores if score.reason is not None)


def _figure(score: RiskScore) -> None:
    why = (
        risk.UNSCORED["en"][score.reason]
        if score.reason
        else f"{numbers.number(100 * score.known_weight, 0)}% of the weights known"
    )
    shown = plain(text(score) or "not known")
    st.metric("Risk score", shown, delta=plain(why), delta_color="off", delta_arrow="off", help=_MEANING, border=True)


def _own(session: Session) -> None:
    """What somebody said of the session; never mixed with what is computed."""
    stated = risk.self_assessed(session.risk_score)
    if stated is not None:
        words = "stated, not computed"
        st.metric("Own assessment", plain(stated), delta=words, delta_color="off", delta_arrow="off", border=True)


def _parts(score: RiskScore) -> None:
    parts = [(risk.PARTS[part.id], part) for part in score.components]
    frame = pd.DataFrame(
        {
            "Part": [words.label for words, _ in parts],
            "Reached": [None if part.value is None else round(part.value, 2) for _, part in parts],
            "Weight": [part.weight for _, part in parts],
            "Measured by": [words.meaning if part.known else f"not known: {words.unknown}" for words, part in parts],
        }
    )
    st.dataframe(
        frame,
        hide_index=True,
        column_config={
            "Reached": st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1, color="auto"),
            "Weight": st.column_config.NumberColumn(format="percent"),
            "Measured by": st.column_config.TextColumn(width="large"),
        },
        placeholder="not known",
        alt="Parts of the risk score",
    )
    cards.note(
        "Score = 1 + 9 × the weighted mean of the parts that are known, rounded, then no more than its limits. What "
        "the day made or lost is no part of it."
    )

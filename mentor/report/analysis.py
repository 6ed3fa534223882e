"""The documented dict of a session: its figures, the mentor's findings as ids and numbers, and the sentences to do."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

import pandas as pd

from mentor.analytics.countable import countable
from mentor.analytics.metrics import Measure, performance
from mentor.analytics.plain import plain
from mentor.analytics.risk_score import RiskScore
from mentor.models import Session
from mentor.report.finding import Advice, Finding, MentorReport
from mentor.report.wording import advice_sentence, closing_sentence

#: Who wrote a report of ours; a change to what is measured or how it is kept is another engine.
ENGINE: Final = "mentor 1"


def analyse(
    session: Session, trades: pd.DataFrame, score: RiskScore, report: MentorReport | None, *, mood_recorded: bool
) -> dict[str, Any]:
    """The documented dict of a session, its trade frame, the score of its risk management and its report.

    Money is net, in the journal's base currency. An undefined figure is `None`, its reason under `undefined`.
    `nilai` is the score from 1 to 10, `None` with the `reason` beside it; `components` and `caps` say what made it.
    The sentences, `motivasi` and each `text` of `rekomendasi`, are in the language spoken. A session without a
    readable day has figures and no report.
    """
    return {
        "pola_trading": figures(trades) | ({} if report is None else _said_of_trading(report)),
        "emosi_vs_performa": {
            "emotion": session.emotions if mood_recorded else None,
            "market_conditions": session.market_conditions,
            "findings": [] if report is None else _findings(report, of_moods=True),
        },
        "manajemen_risiko": _risk(trades, score),
        "rekomendasi": [] if report is None else [_advice(advice, report) for advice in report.advice],
        "motivasi": "" if report is None else closing_sentence(report.closing, report.currency),
    }


def advice_as_numbers(advice: Advice) -> dict[str, Any]:
    return {"id": advice.id, "rule": advice.rule, "numbers": plain(advice.numbers)}


def _said_of_trading(report: MentorReport) -> dict[str, Any]:
    return {
        "engine": ENGINE,
        "session_date": report.session_date.isoformat(),
        "currency": report.currency,
        "findings": _findings(report, of_moods=False),
        "closing": advice_as_numbers(report.closing),
    }


def _findings(report: MentorReport, *, of_moods: bool) -> list[dict[str, Any]]:
    """Those of one column of the stored report, each with its place among all."""
    return [
        {"place": place, **{field.name: plain(getattr(finding, field.name)) for field in fields(Finding)}}
        for place, finding in enumerate(report.findings)
        if _about_moods(finding) == of_moods
    ]


def _about_moods(finding: Finding) -> bool:
    return finding.rule.startswith("mood")


def _advice(advice: Advice, report: MentorReport) -> dict[str, Any]:
    return advice_as_numbers(advice) | {"text": advice_sentence(advice, report.currency)}


def figures(trades: pd.DataFrame) -> dict[str, Any]:
    """The headline figures of a trade frame; why one is missing under `undefined`."""
    measured = performance(trades)
    found = {field.name: getattr(measured, field.name) for field in fields(measured)}
    values = {name: figure.value if isinstance(figure, Measure) else figure for name, figure in found.items()}
    reasons = {
        name: str(figure.reason) for name, figure in found.items() if isinstance(figure, Measure) and figure.reason
    }
    counted = countable(trades).trades
    by_group = {f"net_by_{name}": _net_by(counted, name) for name in ("symbol", "strategy")}
    return values | {"undefined": reasons} | by_group


def _net_by(trades: pd.DataFrame, column: str) -> dict[str, float]:
    net = trades.groupby(column, observed=True)["profit_loss"].sum()
    return {str(key): float(value) for key, value in net.items()}


def _risk(trades: pd.DataFrame, score: RiskScore) -> dict[str, Any]:
    return {
        "nilai": score.score,
        "reason": plain(score.reason),
        "components": plain(score.components),
        "caps": list(score.caps),
        "trades": len(trades),
        "exits_at_stop": int(trades["stop_loss_used"].sum()),
        "exits_at_target": int(trades["take_profit_used"].sum()),
        "stop_known": int(trades["stop_price"].notna().sum()),
    }

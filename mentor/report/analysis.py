"""The first honest analysis of a day: measures as ids and numbers, no statistics, nothing praised or blamed."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pandas as pd

from mentor.analytics.countable import countable
from mentor.analytics.metrics import Measure, Performance, performance
from mentor.analytics.plain import plain
from mentor.analytics.risk_score import RiskScore
from mentor.models import Session


def analyse(session: Session, trades: pd.DataFrame, score: RiskScore, *, mood_recorded: bool) -> dict[str, Any]:
    """The documented dict of a session, its trade frame and the score of its risk management.

    Money is net, in the journal's base currency. An undefined figure is `None`, its reason under `undefined`.
    `nilai` is the score from 1 to 10, `None` with the `reason` beside it; `components` and `caps` say what made it. The
    sentences are in Bahasa Indonesia.
    """
    measured = performance(trades)
    return {
        "pola_trading": _patterns(measured, trades),
        "emosi_vs_performa": {
            "emotion": session.emotions if mood_recorded else None,
            "market_conditions": session.market_conditions,
            "net": measured.net.value,
            "grade": "not_enough_data",
        },
        "manajemen_risiko": _risk(trades, score),
        "rekomendasi": _recommendations(trades, mood_recorded=mood_recorded),
        "motivasi": _summary(measured),
    }


def _patterns(measured: Performance, trades: pd.DataFrame) -> dict[str, Any]:
    figures = {field.name: getattr(measured, field.name) for field in fields(measured)}
    values = {name: figure.value if isinstance(figure, Measure) else figure for name, figure in figures.items()}
    reasons = {
        name: str(figure.reason) for name, figure in figures.items() if isinstance(figure, Measure) and figure.reason
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


def _recommendations(trades: pd.DataFrame, *, mood_recorded: bool) -> list[str]:
    """What is missing to say more; advice needs evidence, and that comes with the statistics."""
    advice = []
    if not mood_recorded:
        advice.append("Catat emosi sebelum trade pertama; tanpa itu tidak ada yang bisa diukur tentang emosi.")
    if len(trades) and trades["stop_price"].isna().any():
        advice.append("Catat harga stop loss setiap trade; disiplin stop belum bisa dinilai.")
    return advice


def _summary(measured: Performance) -> str:
    if not measured.trades:
        return "Belum ada trade yang bisa dihitung hari ini."
    net = f"{measured.net.value:+.2f}".replace(".", ",")
    return (
        f"{measured.trades} trade, hasil bersih {net}. Satu hari belum cukup untuk menyimpulkan apa pun tentang emosi."
    )

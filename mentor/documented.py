"""The shapes the documented functions take and give, as the system this replaces had them."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mentor.arguments import as_text
from mentor.errors import InvalidArgument
from mentor.messages import message
from mentor.models import Session, Trade

#: `8`, `8/10` or `8/10 - GOOD`, as the system this replaces writes its score.
_SCORE = re.compile(r"(10|[1-9])(?:\s*/\s*10\b.*)?", re.DOTALL)


def session_data(found: Sequence[Session], rows: Sequence[Trade]) -> dict[str, Any]:
    """A day in the documented shape: words of its first session, totals and trades of all."""
    session = found[0]
    return {
        "session_id": session.id,
        "total_trades": sum(each.total_trades for each in found),
        "total_profit_loss": math.fsum(each.total_profit_loss for each in found),
        "emotions": session.emotions,
        "market_conditions": session.market_conditions,
        "personal_notes": session.personal_notes,
        "risk_score": _whole_or_text(session.risk_score),
        "trades": [
            {
                "symbol": trade.symbol,
                "profit": trade.profit_loss,
                "lot_size": trade.lot_size,
                "stop_loss_used": trade.stop_loss_used,
                "take_profit_used": trade.take_profit_used,
                "risk_percent": trade.risk_percent,
                "strategy": trade.strategy_used,
            }
            for trade in rows
        ],
    }


def _whole_or_text(text: str | None) -> int | str | None:
    return int(text) if text is not None and text.isdigit() else text


def report_columns(report: Mapping[str, Any]) -> dict[str, str | int | None]:
    """The documented report as the columns of `ai_mentor_reports`."""
    if not isinstance(report, Mapping):
        raise InvalidArgument(message("analysis must be a dict, not {report}", report=repr(report)))
    risk = report.get("manajemen_risiko", {})
    return {
        "trading_patterns_analysis": _as_json(report.get("pola_trading", {}), "pola_trading"),
        "emotional_analysis": _as_json(report.get("emosi_vs_performa", {}), "emosi_vs_performa"),
        "risk_management_score": _score(risk.get("nilai") if isinstance(risk, Mapping) else risk),
        "recommendations": _as_json(report.get("rekomendasi", []), "rekomendasi"),
        "motivation_message": as_text(report.get("motivasi", ""), "motivasi"),
    }


def _as_json(value: object, name: str) -> str:
    try:
        return as_text(json.dumps(value, ensure_ascii=False, allow_nan=False, default=_plain), name)
    except (TypeError, ValueError, RecursionError) as unfit:
        raise InvalidArgument(message("{name} cannot be stored as JSON: {unfit}", name=name, unfit=unfit)) from unfit


def _plain(value: object) -> object:
    """A number of numpy as Python's."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} is no JSON value")


def _score(value: object) -> int | None:
    """1–10 from a number or from `8/10 - GOOD`; `None` when nobody scored."""
    if value is None:
        return None
    whole = int(value) if isinstance(value, float | np.generic) and float(value).is_integer() else value
    match = _SCORE.fullmatch(str(whole).strip())
    if match is None:
        raise InvalidArgument(
            message("manajemen_risiko.nilai must be a score from 1 to 10, not {value}", value=repr(value))
        )
    return int(match[1])

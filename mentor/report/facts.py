"""What was measured of one session, gathered into one value that words and machines are made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mentor.analytics.risk_score import Unscored
from mentor.models import DEFAULT_EMOTION, DEFAULT_MARKET, MoodCheckin, Session, Trade


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFacts:
    """One session in numbers. Money is net, in `currency`; `None` is unknown, `undefined` says why by name.

    `counted` of the trades can be added up; `best` and `worst` are among them, `None` unless their results differ.
    `strategies` has the net result of each strategy named, highest first. `word` is a mood another program wrote,
    without a check-in behind it. `stated` are totals another program gave that no trade accounts for. `risk_score` is
    from 1 to 10, or `None` because of `risk_unscored`; `risk_caps` limit it, `risk_components` are its parts by id.
    """

    session_id: int
    session_date: date
    currency: str | None
    trades: int
    counted: int
    wins: int
    losses: int
    break_evens: int
    other_currency: int
    unreadable: int
    net: float | None
    win_rate: float | None
    profit_factor: float | None
    undefined: Mapping[str, str]
    best: Trade | None
    worst: Trade | None
    strategies: tuple[tuple[str, float], ...]
    without_strategy: int
    exits_at_stop: int
    exits_at_target: int
    exits_at_neither: int
    stop_known: int
    risk_score: int | None
    risk_unscored: Unscored | None
    risk_caps: tuple[str, ...]
    risk_components: Mapping[str, float | None]
    moods: tuple[MoodCheckin, ...]
    word: str | None
    market: str | None
    stated: tuple[int, float] | None

    @property
    def mood_before(self) -> bool:
        """Whether a mood was told before the first trade: the only one that can explain the result."""
        return any(mood.timing == "before" for mood in self.moods)


def session_facts(
    session: Session,
    analysis: Mapping[str, Any],
    trades: Sequence[Trade],
    moods: Sequence[MoodCheckin],
    currency: str | None,
) -> SessionFacts:
    """Facts of a dated session from what `analyze_trading_session` measured, and its stored trades and check-ins."""
    assert session.date is not None, "a session asked for by its date has one"
    patterns, risk = analysis["pola_trading"], analysis["manajemen_risiko"]
    best, worst = _extremes([trade for trade in trades if (trade.currency or currency) == currency])
    ranked = sorted(patterns["net_by_strategy"].items(), key=lambda pair: (-pair[1], pair[0]))
    return SessionFacts(
        session_id=session.id,
        session_date=session.date,
        currency=currency,
        trades=len(trades),
        counted=patterns["trades"],
        wins=patterns["wins"],
        losses=patterns["losses"],
        break_evens=patterns["break_evens"],
        other_currency=patterns["excluded_currency"],
        unreadable=patterns["excluded_unreadable"],
        net=patterns["net"] if patterns["trades"] else None,
        win_rate=patterns["win_rate"],
        profit_factor=patterns["profit_factor"],
        undefined=patterns["undefined"],
        best=best,
        worst=worst,
        strategies=tuple(ranked),
        without_strategy=sum(not trade.strategy_used for trade in trades),
        exits_at_stop=risk["exits_at_stop"],
        exits_at_target=risk["exits_at_target"],
        exits_at_neither=sum(not (trade.stop_loss_used or trade.take_profit_used) for trade in trades),
        stop_known=risk["stop_known"],
        risk_score=risk["nilai"],
        risk_unscored=Unscored(risk["reason"]) if risk["reason"] else None,
        risk_caps=tuple(risk["caps"]),
        risk_components={part["id"]: part["value"] for part in risk["components"]},
        moods=tuple(moods),
        word=_foreign_word(session, moods),
        market=None if session.market_conditions in ("", DEFAULT_MARKET) else session.market_conditions,
        stated=_stated(session),
    )


def as_json(facts: SessionFacts) -> dict[str, Any]:
    """The facts for machines: ids, codes and numbers, no sentence; unknown is null."""
    plain = (
        *("session_id", "currency", "trades", "counted", "wins", "losses", "break_evens", "other_currency"),
        *("unreadable", "win_rate", "profit_factor", "without_strategy", "exits_at_stop", "exits_at_target"),
        *("exits_at_neither", "stop_known", "risk_score", "risk_unscored", "word", "market", "mood_before"),
    )
    return (
        {"session_date": facts.session_date.isoformat()}
        | {name: getattr(facts, name) for name in plain}
        | {
            "net": _amount(facts.net),
            "undefined": dict(facts.undefined),
            "risk_caps": list(facts.risk_caps),
            "risk_components": dict(facts.risk_components),
            "best": _trade_json(facts.best),
            "worst": _trade_json(facts.worst),
            "net_by_strategy": {name: _amount(net) for name, net in facts.strategies},
            "moods": [_mood_json(mood) for mood in facts.moods],
            "stated": _stated_json(facts.stated),
        }
    )


def _extremes(trades: Sequence[Trade]) -> tuple[Trade | None, Trade | None]:
    known = [(trade.profit_loss, trade) for trade in trades if trade.profit_loss is not None]
    if not known:
        return None, None
    (most, best), (least, worst) = (pick(known, key=lambda pair: pair[0]) for pick in (max, min))
    return (best, worst) if most != least else (None, None)


def _foreign_word(session: Session, moods: Sequence[MoodCheckin]) -> str | None:
    told = {"", DEFAULT_EMOTION, *(mood.emotion for mood in moods)}
    return None if session.emotions in told else session.emotions


def _stated(session: Session) -> tuple[int, float] | None:
    if session.stated:
        return session.total_trades, session.total_profit_loss
    if session.stated_trades is None or session.stated_profit_loss is None:
        return None
    return session.stated_trades, session.stated_profit_loss


def _trade_json(trade: Trade | None) -> dict[str, Any] | None:
    if trade is None:
        return None
    return {"id": trade.id, "symbol": trade.symbol, "profit_loss": _amount(trade.profit_loss)}


def _stated_json(stated: tuple[int, float] | None) -> dict[str, Any] | None:
    return None if stated is None else {"trades": stated[0], "net": _amount(stated[1])}


def _amount(value: float | None) -> float | None:
    """Money without the noise binary fractions leave behind, as the JSON of an import."""
    return None if value is None else round(value, 10)


def _mood_json(mood: MoodCheckin) -> dict[str, Any]:
    told = mood.recorded_at
    return {
        "id": mood.id,
        "emotion": mood.emotion,
        "intensity": mood.intensity,
        "timing": mood.timing,
        "recorded_at": told and told.strftime("%Y-%m-%d %H:%M:%S"),
    }

"""What the door answers: ids and numbers the same in every language, and a `text` in the caller's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from mentor.analytics.metrics import Measure, performance
from mentor.analytics.plain import plain
from mentor.arguments import as_day, as_whole
from mentor.errors import NotFound
from mentor.i18n import labels, numbers
from mentor.i18n.language import _, ngettext
from mentor.journal import Journal
from mentor.messages import message
from mentor.models import DEFAULT_EMOTION, LoggedTrade, Session, StoredReport, Trade

_MOST_SESSIONS: Final = 1_000
_KNOWABLE: Final = (
    *("id", "session_id", "bot_id", "symbol", "side", "entry_time", "exit_time", "profit_loss", "lot_size"),
    *("entry_price", "exit_price", "stop_price", "target_price", "stop_loss_used", "take_profit_used"),
    *("risk_percent", "fees", "strategy_used", "account", "currency", "external_id", "notes", "created_at"),
    "as_written",
)


def summary(journal: Journal) -> dict[str, Any]:
    """All trades, today, how much of the moods is known, the last session's risk, the newest report."""
    from mentor.analytics.emotions import mood_results  # pandas' work, and bots that only log never need it

    frame, currency = journal.trades(), journal.currency
    found = performance(frame)
    return {
        "as_of": journal.today().isoformat(),
        "timezone": journal.zone.key,
        "currency": currency,
        "net": _figure(found.net if found.trades else Measure(None, found.win_rate.reason, 0)),
        "win_rate": _figure(found.win_rate),
        "profit_factor": _figure(found.profit_factor),
        "trades": found.trades,
        "trades_not_counted": {"other_currency": found.excluded_currency, "unreadable": found.excluded_unreadable},
        "today": _today(journal),
        "mood_coverage": plain(mood_results(frame, journal.moods()).coverage),
        "risk_score": _last_risk(journal),
        "latest_report": _latest_report(journal),
        "text": _said(found.net.value, found.trades, found.win_rate.value, currency),
    }


def today_report(journal: Journal) -> dict[str, Any]:
    """What the mentor says of today; raises `NotFound` before its session begins."""
    from mentor.report.analysis import ENGINE, figures
    from mentor.report.mentor import mentor_report
    from mentor.report.render import lines, page

    known = journal.known_on(journal.today())
    report = mentor_report(known)
    said = plain(report)
    assert isinstance(said, dict), "a dataclass is an object"
    return {"engine": ENGINE, **said, **figures(known.trades), "text": "\n".join(lines(page(known, report)))}


def history(journal: Journal, limit: str | None, before: str | None) -> dict[str, Any]:
    """Sessions, newest first; `next_before` asks for those that follow."""
    most = 100 if limit is None else as_whole(_integer(limit), "limit", smallest=1, largest=_MOST_SESSIONS)
    until = None if before is None else as_day(before, "before")
    dated = [session for session in journal.sessions() if session.date is not None]
    older = [session for session in dated if until is None or (session.date or until) < until]
    reported, scores, shown = journal.sessions_with_report(), journal.risk_scores(), older[:most]
    felt = set(journal.moods()["session_id"])
    return {
        "currency": journal.currency,
        "sessions": [
            _session(session, felt=session.id in felt)
            | {"has_report": session.id in reported}
            | {"risk_score": scores[session.id].score if session.id in scores else None}
            for session in shown
        ],
        "next_before": shown[-1].date_text[:10] if len(older) > len(shown) else None,
    }


def session(journal: Journal, day: date) -> dict[str, Any]:
    """Everything stored of a day, its risk score and newest report."""
    stored = journal.session(day)
    if stored is None:
        raise NotFound(
            message("There is no session on {day}", day=day.isoformat()),
            todo=message("Log a trade or check in first."),
        )
    score, written, moods = journal.risk_score(stored.id), journal.reports(stored.id), journal.check_ins(day)
    return _session(stored, felt=bool(moods)) | {
        "currency": journal.currency,
        "trades": [_trade(trade) for trade in journal.day_trades(day)],
        "check_ins": [plain(told) for told in moods],
        "risk_score": {"score": score.score, "reason": plain(score.reason), "self_assessed": stored.own_risk_score},
        "latest_report": _report(written[0]) if written else None,
    }


def told(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What today's session holds after a mood was kept."""
    text = _("Checked in {emotion} for {day}.", emotion=labels.emotion(kept["emotions"]), day=kept["session_date"])
    return {"success": True, **kept, "text": text}


def feedback(journal: Journal, emotion: str, current_pnl: float | None) -> dict[str, Any]:
    """What such moments have meant so far, and one thing to do; nothing is stored."""
    from mentor.report import feedback_words as words

    found = journal.instant_feedback(emotion, running_pnl=current_pnl)
    advice = found.suggestion
    text = " ".join(filter(None, (words.known(found), words.advice(advice), words.ground(advice), words.done(found))))
    return {"success": True, "feedback": plain(found), "text": text, "why": words.why(found)}


def logged(stored: list[LoggedTrade]) -> dict[str, Any]:
    new = [trade for trade in stored if not trade.duplicate]
    return {
        "success": True,
        "ids": [trade.id for trade in stored],
        "stored": len(new),
        "duplicates": len(stored) - len(new),
        "trades": [plain(trade) for trade in stored],
    }


def _figure(measure: Measure) -> dict[str, Any]:
    return {"value": plain(measure.value), "reason": plain(measure.reason), "n": measure.n}


def _today(journal: Journal) -> dict[str, Any]:
    day = journal.today()
    stored = journal.session(day)
    frame = journal.trades()
    found = performance(frame[frame["session_date"] == day.isoformat()])
    net = found.net if found.trades else Measure(None, found.win_rate.reason, 0)
    moods = journal.check_ins(day) if stored is not None else []
    return {
        "session_id": None if stored is None else stored.id,
        "session_date": day.isoformat(),
        "net": _figure(net),
        "trades": found.trades,
        "emotion": moods[-1].emotion if moods else None,
        "check_ins": len(moods),
    }


def _last_risk(journal: Journal) -> dict[str, Any]:
    """Of the newest session with trades."""
    traded = next((row for row in journal.sessions() if row.date is not None and row.total_trades), None)
    if traded is None:
        return {"session_date": None, "score": None, "reason": "no_trades"}
    score = journal.risk_score(traded.id)
    return {"session_date": traded.date_text[:10], "score": score.score, "reason": plain(score.reason)}


def _latest_report(journal: Journal) -> dict[str, Any] | None:
    reported = journal.sessions_with_report()
    newest = next((row for row in journal.sessions() if row.id in reported), None)
    return None if newest is None else _report(journal.reports(newest.id)[0])


def _report(stored: StoredReport) -> dict[str, Any]:
    named = (
        "id",
        "session_id",
        "session_date",
        "risk_management_score",
        "motivation_message",
        "language",
        "created_at",
    )
    return {name: plain(getattr(stored, name)) for name in named}


def _session(stored: Session, *, felt: bool) -> dict[str, Any]:
    """The words that stand there by default say nothing: null."""
    named = ("id", "personal_notes", "total_trades", "total_profit_loss", "stated")
    return {
        "session_date": stored.date_text[:10],
        "emotions": stored.emotions if felt or stored.emotions != DEFAULT_EMOTION else None,
        "market_conditions": stored.own_market,
        **{name: plain(getattr(stored, name)) for name in named},
    }


def _trade(trade: Trade) -> dict[str, Any]:
    return {name: _value(getattr(trade, name)) for name in _KNOWABLE}


def _value(value: object) -> Any:
    return value.isoformat() if isinstance(value, datetime) else plain(value)


def _said(net: float | None, trades: int, win_rate: float | None, currency: str | None) -> str:
    if not trades or win_rate is None:
        return _("No trades yet.")
    return ngettext(
        "Net {net} over {n} trade, win rate {win_rate}.",
        "Net {net} over {n} trades, win rate {win_rate}.",
        trades,
        net=numbers.money(net, currency, signed=True),
        win_rate=numbers.percent(win_rate),
    )


def _integer(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text

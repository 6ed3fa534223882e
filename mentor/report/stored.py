"""A report as the journal keeps it: ids and numbers that read in either language later, and a digest of them."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from mentor.analytics.inference import Grade
from mentor.i18n.language import LANGUAGES, Language, spoken
from mentor.models import StoredReport
from mentor.report.analysis import ENGINE, advice_as_numbers
from mentor.report.finding import Advice, Finding, MentorReport, Severity
from mentor.report.wording import advice_sentence, closing_sentence, explanation, sentence

#: What the documented column `language` says.
_LANGUAGE_NAMES: Final[dict[Language, str]] = {"id": "bahasa_indonesia", "en": "english"}
_OURS: Final = ENGINE.rstrip("0123456789")
_SCOPES: Final = ("session", "recent", "history")
_UNFIT: Final = (LookupError, TypeError, ValueError, ArithmeticError, AttributeError, AssertionError, RecursionError)
_LARGEST_ID: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """The stored report of a session; `new` is false where the newest one rests on the same evidence already."""

    id: int
    new: bool


def signed(columns: Mapping[str, Any], session_id: int) -> dict[str, Any] | None:
    """The stored columns of one of our reports with its language, engine and digest; `None` when it is another's.

    `columns` are those of the documented shape, as JSON texts. What is stored of the advice are ids and numbers.
    """
    report = _read(columns, session_id)
    if report is None:
        return None
    advice = json.dumps([advice_as_numbers(each) for each in report.advice], ensure_ascii=False)
    kept = {**columns, "recommendations": advice}
    return kept | {
        "language": _LANGUAGE_NAMES[_language_of(report, str(columns["motivation_message"]))],
        "evidence_hash": evidence_hash(kept),
        "engine_version": _json(columns["trading_patterns_analysis"])["engine"],
    }


def evidence_hash(columns: Mapping[str, Any]) -> str:
    """SHA-256 of everything measured: neither the language nor the moment it is written in counts.

    Nor do the words for mood and market beside the findings: they may be told long after the day.
    """
    names = ("trading_patterns_analysis", "recommendations")
    measured = {name: _json(columns[name]) for name in names} | {"risk": columns["risk_management_score"]}
    measured["moods"] = _json(columns["emotional_analysis"])["findings"]
    canonical = json.dumps(measured, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def read_report(stored: StoredReport) -> MentorReport | None:
    """One of our reports as it was; `None` for another program's and for one that is damaged."""
    return _read({name: getattr(stored, name) for name in StoredReport.__slots__}, stored.session_id)


def _read(columns: Mapping[str, Any], session_id: int) -> MentorReport | None:
    try:
        report = _report(columns, session_id)
        _say_all(report)
    except _UNFIT:
        return None
    return report


def _say_all(report: MentorReport) -> None:
    """A number that another program changed must not end the page it is shown on."""
    utc = ZoneInfo("UTC")
    for finding in report.findings:
        sentence(finding, report.currency, utc)
        explanation(finding, report.currency)
    for advice in report.advice:
        advice_sentence(advice, report.currency)
    closing_sentence(report.closing, report.currency)


def _report(columns: Mapping[str, Any], session_id: int) -> MentorReport:
    trading, moods = _json(columns["trading_patterns_analysis"]), _json(columns["emotional_analysis"])
    if not _text(trading["engine"]).startswith(_OURS):
        raise ValueError("another program's")
    findings = sorted([*trading["findings"], *moods["findings"]], key=lambda found: _whole(found["place"]))
    score = columns["risk_management_score"]
    return MentorReport(
        session_id=session_id,
        session_date=date.fromisoformat(trading["session_date"]),
        currency=None if trading["currency"] is None else _text(trading["currency"]),
        risk_score=None if score is None else _whole(int(score), 1, 10),
        findings=tuple(map(_finding, findings)),
        advice=tuple(map(_advice, _json(columns["recommendations"]))),
        closing=_advice(trading["closing"]),
    )


def _finding(found: Mapping[str, Any]) -> Finding:
    low_high = found["interval"]
    grade = found["grade"]
    if found["scope"] not in _SCOPES:
        raise ValueError("no scope")
    return Finding(
        rule=_text(found["rule"]),
        version=_whole(found["version"]),
        severity=Severity(found["severity"]),
        scope=found["scope"],
        numbers=_numbers(found["numbers"]),
        n=_whole(found["n"]),
        interval=None if low_high is None else (_real(low_high[0]), _real(low_high[1])),
        grade=None if grade is None else Grade(grade),
        trades=tuple(_whole(trade, 1) for trade in found["trades"]),
    )


def _advice(told: Mapping[str, Any]) -> Advice:
    return Advice(id=_text(told["id"]), rule=_text(told["rule"]), numbers=_numbers(told["numbers"]))


def _language_of(report: MentorReport, closing: str) -> Language:
    """The language its closing is written in; that of the documented column where it is in none we speak."""
    for language in LANGUAGES:
        with spoken(language):
            if closing_sentence(report.closing, report.currency) == closing:
                return language
    return "id"


def _json(text: Any) -> Any:
    return json.loads(_text(text), parse_constant=_refuse, parse_float=_finite)


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text} is too large")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _whole(value: Any, smallest: int = 0, largest: int = _LARGEST_ID) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not smallest <= value <= largest:
        raise ValueError("no such number")
    return value


def _real(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError("no number")
    return value


def _numbers(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("no numbers by name")
    return value

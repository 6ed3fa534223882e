"""Stored mentor reports: ours in the language spoken, those of other programs as text that nothing interprets."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

import streamlit as st

from mentor.i18n import numbers
from mentor.i18n.language import _, ngettext
from mentor.messages import message
from mentor.models import Session, StoredReport
from mentor.report.wording import closing_sentence
from mentor.ui import current, report_view, screens
from mentor.ui.plain import plain

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_PARTS: Final = (
    (message("Trading patterns"), "trading_patterns_analysis"),
    (message("Emotions and results"), "emotional_analysis"),
    (message("Risk management score"), "risk_management_score"),
    (message("Recommendations"), "recommendations"),
    (message("Motivation"), "motivation_message"),
)


def draw(reports: Sequence[StoredReport], zone: ZoneInfo) -> None:
    """The reports of a session, newest first and open."""
    for number, report in enumerate(reports):
        written = numbers.moment(report.created_at, zone)
        ours = current.journal().read_report(report)
        title = (
            _("Report of {moment}", moment=written)
            if ours
            else _("Report of {moment}, by another program", moment=written)
        )
        with st.expander(plain(title), expanded=number == 0):
            if ours is None:
                _parts(report)
            else:
                report_view.draw_stored(ours, zone)


def draw_recent(reports: Sequence[tuple[Session, StoredReport]], currency: str | None) -> None:
    """The newest report of each of the last sessions, by what it closes with."""
    if reports:
        st.header(_("Recent reports"), anchor=False)
    for session, report in reports:
        net = numbers.money(session.total_profit_loss, currency, signed=True)
        trades = ngettext("{n} trade", "{n} trades", session.total_trades)
        with st.container(border=True):
            _link(session.date_text, f"{net} · {trades}")
            st.text(_closing(report) or _("This report holds no closing words."))


def _closing(report: StoredReport) -> str:
    """Ours in the language spoken, whatever was spoken when it was stored."""
    ours = current.journal().read_report(report)
    return readable(report.motivation_message or "") if ours is None else closing_sentence(ours.closing, ours.currency)


def _link(day: str, words: str) -> None:
    """The session's day as a way to it; a date nobody can read leads nowhere."""
    if _DAY.fullmatch(day):
        st.page_link(screens.session(), label=plain(f"{day} · {words}"), query_params={"date": day})
    else:
        st.markdown(plain(f"{day} · {words}"))


def _parts(report: StoredReport) -> None:
    for title, name in _PARTS:
        text = getattr(report, name)
        if text:
            st.caption(_(title))
            st.text(readable(text))


def readable(text: str) -> str:
    """Stored JSON as indented lines; any other text as it is."""
    try:
        value = json.loads(text)
        return "\n".join(_lines(value, 0)) if isinstance(value, dict | list) else text
    except (ValueError, RecursionError):
        return text


def _lines(value: object, depth: int) -> list[str]:
    indent = "  " * depth
    if isinstance(value, dict):
        return [line for key, item in value.items() for line in _entry(f"{indent}{key}:", item, depth)]
    if isinstance(value, list):
        return [line for item in value for line in _entry(f"{indent}•", item, depth)]
    return [f"{indent}{value}"]


def _entry(start: str, item: object, depth: int) -> list[str]:
    if isinstance(item, dict | list):
        return [start, *_lines(item, depth + 1)]
    return [f"{start} {item}"]

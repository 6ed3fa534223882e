"""Stored mentor reports as text, whoever wrote them: nothing in them is interpreted or rendered as markup."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

import streamlit as st

from mentor.i18n import numbers
from mentor.models import StoredReport
from mentor.ui.plain import plain

_PARTS: Final = (
    ("Trading patterns", "trading_patterns_analysis"),
    ("Emotions and results", "emotional_analysis"),
    ("Risk management score", "risk_management_score"),
    ("Recommendations", "recommendations"),
    ("Motivation", "motivation_message"),
)


def draw(reports: Sequence[StoredReport], zone: ZoneInfo) -> None:
    """The reports of a session, newest first and open."""
    for number, report in enumerate(reports):
        written = numbers.moment(report.created_at, zone)
        with st.expander(f"Report of {written} · {plain(report.language)}", expanded=number == 0):
            _parts(report)


def _parts(report: StoredReport) -> None:
    for title, name in _PARTS:
        text = getattr(report, name)
        if text:
            st.caption(title)
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

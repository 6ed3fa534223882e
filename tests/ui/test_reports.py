"""Stored reports become readable text whatever their shape."""

from __future__ import annotations

import pytest

from mentor.ui.reports import readable


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ('{"trend_following": 0.7, "counter_trend": 0.3}', "trend_following: 0.7\ncounter_trend: 0.3"),
        ('["Tingkatkan disiplin", "Kurangi ukuran posisi"]', "• Tingkatkan disiplin\n• Kurangi ukuran posisi"),
        ('{"a": {"b": [1, {"c": null}]}}', "a:\n  b:\n    • 1\n    •\n      c: None"),
        ("8/10 - GOOD", "8/10 - GOOD"),
        ("7", "7"),
        ("{broken", "{broken"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("NaN", "NaN"),
        ("[]", ""),
    ],
)
def test_readable(stored: str, shown: str) -> None:
    assert readable(stored) == shown


def test_json_nested_deeper_than_python_can_read_stays_text() -> None:
    deep = "[" * 100_000
    assert readable(deep) == deep

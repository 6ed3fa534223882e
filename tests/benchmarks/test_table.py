"""The table of docs/performance.md is written in its place, with what was above its bar."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import table
from benchmarks.ratio import Ratio

QUICK = Ratio(name="page", value=1.234, bar=3.0, words="12 ms, the empty page 10 ms")
SLOW = Ratio(name="load", value=1.6, bar=1.5, words="3 s")
TOLD = Ratio(name="first view", words="2 s")


def test_only_what_exceeds_its_bar_is_above() -> None:
    assert [ratio.above for ratio in (QUICK, SLOW, TOLD)] == [False, True, False]
    assert table.line(SLOW) == "load: 1.6 (bar 1.5, ABOVE); 3 s"
    assert table.line(TOLD) == "first view: 2 s"


def test_the_table_replaces_the_one_before(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text("# Speed\n<!-- measured -->\nold\n<!-- /measured -->\nafter\n")
    table.write([SLOW], page)
    table.write([QUICK, TOLD], page)
    text = page.read_text()
    assert "| page | 1.23 | 3 | 12 ms, the empty page 10 ms |\n| first view |  |  | 2 s |\n<!-- /measured -->" in text
    assert text.startswith("# Speed\n<!-- measured -->\nMeasured on ")
    assert text.endswith("<!-- /measured -->\nafter\n")
    assert "old" not in text
    assert "load" not in text


def test_a_page_without_a_place_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text("# Speed\n")
    with pytest.raises(SystemExit, match="one place"):
        table.write([QUICK], page)


def test_the_page_has_its_place() -> None:
    assert table.PAGE.read_text(encoding="utf-8").count("<!-- measured -->") == 1

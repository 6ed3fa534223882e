"""Markdown to take along: a reader's text stays text, whatever reads the Markdown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mentor import Journal
from mentor.i18n.language import LANGUAGES, Language, spoken
from mentor.report.export.markdown import markdown
from mentor.report.export.safe import fenced, visible
from mentor.report.export.safe import markdown_line as line
from mentor.report.render import page
from tests.report.dozen import DAYS, HOSTILE, a_dozen_days


@pytest.fixture(scope="module")
def dozen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    with a_dozen_days(tmp_path_factory.mktemp("markdown")) as journal:
        yield journal


def made(journal: Journal, day: str, language: Language = "en") -> str:
    with spoken(language):
        told = page(journal.known_on(day), journal.mentor_report(day))
    return markdown(told)


@pytest.mark.parametrize("day", DAYS)
def test_every_day_keeps_text_as_text(dozen: Journal, day: str) -> None:
    for language in LANGUAGES:
        outside, fence, after = made(dozen, day, language).partition("```text\n")
        notes, _, unknown = after.partition("\n```")
        assert fence
        assert notes == visible(HOSTILE)
        for text in (outside, unknown):
            bare = text.replace("\\<", "").replace("\\[", "").replace("\\://", "").replace("\\`", "")
            assert not [sign for sign in ("<", "[", "://", "`", "\u202e") if sign in bare]


def test_tables_keep_their_columns(dozen: Journal) -> None:
    rows = [row for row in made(dozen, DAYS[2]).splitlines() if row.startswith("|")]
    widths = {row.replace("\\|", "").count("|") for row in rows}
    assert widths == {6, 9}, "five columns of moods, eight of trades"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("EURUSD +12.50", "EURUSD +12.50"),
        ("# not a heading", "\\# not a heading"),
        ("1. no list", "1\\. no list"),
        ("- no list", "\\- no list"),
        ("===", "\\==="),
        ("a|b", "a\\|b"),
        ("<b>&amp;", "\\<b\\>\\&amp;"),
        ("http://x www.y", "http\\://x www\\.y"),
        ("two\nlines\u202e \x00", "two lines"),
        (
            "back\\slash `code` *bold* _it_ ~~no~~ $5",
            "back\\\\slash \\`code\\` \\*bold\\* \\_it\\_ \\~\\~no\\~\\~ \\$5",
        ),
    ],
)
def test_what_means_something_is_escaped(text: str, written: str) -> None:
    assert line(text) == written


def test_a_fence_is_longer_than_any_inside() -> None:
    assert fenced("a\n````\nb").splitlines() == ["`````text", "a", "````", "b", "`````"]
    assert fenced("lines\r\nof\rWindows").splitlines()[1:-1] == ["lines", "of", "Windows"]

"""The page to take along: whole, alone, without a script, and text of the trader never more than text."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html as lxml_html

from mentor import Journal
from mentor.i18n.language import LANGUAGES, Language, spoken
from mentor.report.export.html import html
from mentor.report.render import Page, page
from tests.report.dozen import DAYS, HOSTILE, SYMBOL, a_dozen_days

ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "h1", "h2", "p", "b", "section"),
    *("dl", "div", "dt", "dd", "ol", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"),
    *("figure", "figcaption", "svg", "path", "line", "rect", "circle", "text"),
}
HUGE = "<script>x</script>\n" * 5_000


@pytest.fixture(scope="module")
def dozen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    with a_dozen_days(tmp_path_factory.mktemp("html")) as journal:
        yield journal


def made(journal: Journal, day: str, language: Language = "en") -> tuple[Page, str]:
    with spoken(language):
        told = page(journal.known_on(day), journal.mentor_report(day))
    return told, html(told)


def parsed(text: str) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(text.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))


@pytest.mark.parametrize("day", DAYS)
def test_every_day_is_a_page_of_safe_elements(dozen: Journal, day: str) -> None:
    for language in LANGUAGES:
        told, text = made(dozen, day, language)
        tree = parsed(text)
        assert {element.tag for element in tree.iter()} <= ELEMENTS
        attributes = {name for element in tree.iter() for name in element.attrib}
        assert not attributes & {"style", "src", "href", "srcset", "action", "xlink:href"}
        assert not [name for name in attributes if name.startswith("on")]
        assert tree.get("lang") == language
        said = [item.find("p").text_content() for item in tree.iter("li") if item.find("p") is not None]
        assert len(said) == len(told.shown) + len(told.more)


def test_nothing_is_fetched_and_only_its_own_style_holds(dozen: Journal) -> None:
    _, text = made(dozen, DAYS[2])
    tree = parsed(text)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,) = tree.xpath("//style/text()")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style
    assert "@import" not in style
    without_user_text = re.sub(r"http://evil\.example/", "", text)
    assert not re.search(r"https?:|//\w+\.", without_user_text)


def test_text_of_the_trader_is_shown_as_text(dozen: Journal) -> None:
    tree = parsed(made(dozen, DAYS[2])[1])
    (notes,) = tree.xpath("//*[@class='notes']")
    shown = HOSTILE.replace("\u202e", "")
    assert notes.text == shown
    assert notes.get("dir") == "auto"
    cells = [cell.text_content() for cell in tree.iter("td")]
    assert SYMBOL.replace("\u202e", "") in cells
    assert shown in cells, "the note of the mood"
    assert "galau <b>" in [cell.text_content() for cell in parsed(made(dozen, DAYS[4])[1]).iter("td")]


def test_long_notes_are_whole(journal: Journal) -> None:
    journal.get_or_create_today_session()
    journal.update_notes("2025-01-15", HUGE)
    tree = parsed(made(journal, "2025-01-15")[1])
    assert tree.xpath("//*[@class='notes']")[0].text == HUGE.strip()
    assert not tree.xpath("//script")


def test_the_same_page_is_the_same_bytes_whoever_reads(dozen: Journal, tmp_path: Path) -> None:
    told, text = made(dozen, DAYS[5], "id")
    with spoken("en"):
        assert html(told) == text
    with a_dozen_days(tmp_path) as twin:
        assert made(twin, DAYS[5], "id")[1] == text


def test_the_curve_is_drawn_from_the_numbers(dozen: Journal) -> None:
    told, text = made(dozen, DAYS[1])
    tree = parsed(text)
    assert [len(tree.xpath(f"//*[@class='{kind}']")) for kind in ("won", "lost", "mood")] == [2, 1, 2]
    (line,) = tree.xpath("//*[@class='run']/@d")
    heights = [float(height) for height in re.findall(r"V([\d.]+)", line)]
    start = float(re.match(r"M[\d.]+ ([\d.]+)", line)[1])
    climbed = [round((start - height) / (start - heights[1]), 3) for height in heights]
    assert climbed == pytest.approx([50 / 110, 1.0, 90 / 110], abs=0.01), "50, then 110, then 90"
    assert told.run["equity"].tolist() == [0.0, 50.0, 110.0, 90.0]


def test_a_day_without_trades_has_no_curve_and_no_empty_table(dozen: Journal) -> None:
    tree = parsed(made(dozen, DAYS[3])[1])
    assert not tree.xpath("//svg")
    assert [len(table.xpath(".//tbody/tr")) for table in tree.iter("table")] == [2], "the moods"


def test_many_trades_are_named_and_not_all_listed(dozen: Journal) -> None:
    told, text = made(dozen, DAYS[7])
    assert (len(told.trades.rows), told.all_trades) == (40, 60)
    assert "20 more trades are in the journal." in text

"""What strangers wrote stands on every page as the text it is: no element, link, formula or icon comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from mentor import Journal
from mentor.report.export.html import html
from mentor.report.mentor import mentor_report
from mentor.report.render import page as report_page
from tests.browser.conftest import settled
from tests.security import hostile
from tests.servers import Server, running

pytestmark = pytest.mark.browser

PAGES = ("", "today", "emotions", "habits", "review", "trades", "history", "session", "import", "settings")

#: As long as a symbol may be.
SYMBOLS = ("<b>hx</b>", "[hx](https://evil.test/s)", ":red[hx] $hx$ **hx** www.evil.test", "=hx()")

#: Elements that markup made of a hostile word; the page's own never hold such a word alone.
MADE = """() => {
  const found = window.hacked ? ['a script ran: ' + window.hacked] : [];
  const say = (what, element) => found.push(what + ' ' + element.outerHTML.slice(0, 200));
  for (const element of document.querySelectorAll('[href], [src], [action], [data]'))
    for (const name of ['href', 'xlink:href', 'src', 'action', 'data'])
      if (/evil|javascript:/i.test(element.getAttribute(name) || '')) say('link', element);
  for (const element of document.querySelectorAll('.katex, del, mark, blockquote')) say('markup', element);
  for (const element of document.querySelectorAll(
      'b, strong, i, em, code, small, h1, h2, h3, h4, li, td, svg a, tspan[style], [class*=Badge], [class*=Colored]'))
    if (element.textContent.trim() === 'hx') say('markup', element);
  for (const element of document.querySelectorAll('[data-testid=stIconMaterial]'))
    if (element.textContent.trim() === 'skull') say('icon', element);
  if (document.body.innerText.includes('\\u{1F480}')) found.push('a shortcode became a picture');
  return [...new Set(found)];
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("hostile")
    hostile.fill(folder / "journal.db")
    with running(folder) as started:
        yield started
    assert "Traceback" not in started.log.read_text()


@pytest.fixture
def said(page: Page) -> list[str]:
    """What the browser complains of: refused scripts, failed pictures, errors."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: (said.append(f"dialog {dialog.message}"), dialog.dismiss())[0])
    return said


@pytest.mark.parametrize("name", PAGES)
def test_hostile_words_stay_words(name: str, server: Server, page: Page, said: list[str]) -> None:
    page.set_viewport_size({"width": 1440, "height": 3000})
    page.goto(f"{server.url}/{name}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)
    assert page.evaluate(MADE) == []
    for tab in page.get_by_test_id("stTab").all():
        tab.click()
        settled(page)
        assert page.evaluate(MADE) == []
    for chart in page.locator(".js-plotly-plot").all()[:4]:
        hover(page, chart)
    for popover in page.get_by_test_id("stPopover").get_by_role("button").all()[:4]:
        popover.click()
        expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
        assert page.evaluate(MADE) == []
        page.keyboard.press("Escape")
    assert page.get_by_test_id("stException").count() == 0
    assert unexpected(said) == []


def test_a_hostile_file_is_previewed_as_words(server: Server, page: Page, said: list[str]) -> None:
    page.goto(f"{server.url}/import")
    settled(page)
    content = "symbol,side,lots,open time,close time,profit,account,comment\n" + "\n".join(
        f"{word},buy,0.1,2024-10-01 08:00:0{second},2024-10-01 09:00:0{second},{profit},{word},{word} {hostile.CHART}"
        for second, (word, profit) in enumerate(
            zip(SYMBOLS, ("5", "-3", "1", f"a lot {hostile.MARKDOWN}"), strict=True)
        )
    )
    file = {
        "name": "[hx](https:evil.test) <b>hx<b> $hx$ :skull:.csv",
        "mimeType": "text/csv",
        "buffer": content.encode(),
    }
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files([file])
    expect(page.get_by_role("button", name="Add 3 trades to the journal")).to_be_visible()
    settled(page)
    for closed in ("1 cell could not be read", "Which column is what"):
        page.get_by_test_id("stExpander").filter(has_text=closed).locator("summary").first.click()
    assert page.evaluate(MADE) == []
    assert unexpected(said) == []


def test_a_report_to_take_along_is_words_too(server: Server, browser: Browser, tmp_path: Path) -> None:
    """Opened in a browser on its own: its policy allows no script, and nothing is fetched."""
    with Journal.open(server.journal) as journal:
        days = [journal.known_on(session.date) for session in journal.sessions()[: len(hostile.WORDS)] if session.date]
    opened = browser.new_page()
    fetched: list[str] = []
    opened.on("request", lambda request: fetched.append(request.url))
    for known in days:
        file = tmp_path / f"{known.day}.html"
        file.write_text(html(report_page(known, mentor_report(known))), encoding="utf-8")
        opened.goto(file.as_uri())
        assert hostile.MARK in opened.inner_text("body")
        assert opened.evaluate(MADE) == []
    opened.close()
    assert all(address.startswith("file:") for address in fetched)


def unexpected(said: list[str]) -> list[str]:
    """Pages below a path of their own ask there first for where the server is."""
    return [line for line in said if "404 (Not Found)" not in line]


def hover(page: Page, chart: Locator) -> None:
    """Over the chart from left to right: what its points say appears."""
    box = chart.bounding_box()
    for part in (0.2, 0.5, 0.8) if box else ():
        page.mouse.move(box["x"] + box["width"] * part, box["y"] + box["height"] / 2)
        assert page.evaluate(MADE) == []

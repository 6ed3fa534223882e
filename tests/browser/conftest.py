"""A real server on a journal of its own, and a real browser in front of it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.servers import Server, running

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
OURS = re.compile(r"(https?|wss?)://(127\.0\.0\.1|localhost)[:/]|data:|blob:")

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session", autouse=True)
def chromium() -> Path:
    """The browser; without one these tests are skipped, and fail where everything must run."""
    if not CHROMIUM.exists():
        report = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        report(f"{CHROMIUM} is missing: install Debian's chromium, or set CHROMIUM")
    return CHROMIUM


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(chromium), args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """The app, whose log must stay free of exceptions."""
    with running(tmp_path) as started:
        yield started
    written = started.log.read_text()
    assert "Traceback" not in written, written
    assert "Stack (most recent call last)" not in written, written


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor; every request must go to our server."""
    opened = browser.new_context(viewport={"width": 1440, "height": 1000}, timezone_id="America/New_York")
    foreign: list[str] = []
    opened.on("request", lambda request: foreign.append(request.url) if not OURS.match(request.url) else None)
    yield opened
    opened.close()
    assert foreign == [], "the page asked somebody else"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def settled(page: Page) -> None:
    """Until the script has run to its end and nothing is worked out beside it, after which the page is drawn again.

    Also beside figures of before the journal's last change, which have no bar.
    """
    working = "[data-testid=stProgress], [class*=st-key-working_]"
    at_rest = page.locator(f"[data-testid=stApp][data-test-script-state=notRunning]:not(:has({working}))")
    expect(at_rest).to_have_count(1)
    # What the script sent last is drawn a few frames after its end.
    page.evaluate("n => new Promise(done => (function next() { n-- ? requestAnimationFrame(next) : done() })())", 5)
    expect(at_rest).to_have_count(1)


def see(page: Page, words: str) -> None:
    """The page says this; while it is drawn anew the words may stand there twice."""
    expect(page.get_by_text(words).first).to_be_visible()

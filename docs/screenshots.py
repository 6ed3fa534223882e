"""Makes the pictures of the README from the demo: `python -m docs.screenshots`, where the browser tests can run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.contracts.code import ROOT
from tests.servers import running

CHROMIUM: Final = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS: Final = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
#: A day of the demo that began greedy and lost.
DAY: Final = "2026-10-27"

expect.set_options(timeout=60_000)


def main() -> None:
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        journal = ["--database", str(folder / "journal.db")]
        subprocess.run([sys.executable, "-m", "mentor", *journal, "demo"], cwd=ROOT, check=True)
        with running(folder) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            _dashboard(browser, server.url)
            _report(browser, server.url)
            _phone(browser, server.url)
            browser.close()


def _dashboard(browser: Browser, url: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 1080}, locale="en-US")
    page.goto(url)
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    _keep(page, "screenshot")


def _report(browser: Browser, url: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 1080}, locale="en-US")
    page.goto(f"{url}/session?date={DAY}")
    heading = page.get_by_role("heading", name="What I see")
    expect(heading).to_be_visible()
    _settle(page)
    heading.evaluate("title => title.scrollIntoView()")
    _keep(page, "report")


def _phone(browser: Browser, url: str) -> None:
    """The check-in in Bahasa Indonesia, on a dark phone."""
    page = browser.new_page(viewport={"width": 390, "height": 844}, locale="id-ID", color_scheme="dark")
    page.goto(url)
    _settle(page)
    page.get_by_role("button", name="Gimana perasaanmu?").click()
    told = page.get_by_role("dialog", name="Gimana perasaanmu?")
    told.get_by_role("radio", name="Serakah").click()
    expect(told.locator(".st-key-instant_feedback").get_by_text("Serakah").first).to_be_visible()
    _keep(page, "phone")


def _settle(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    expect(page.get_by_test_id("stProgress")).to_have_count(0)
    page.evaluate("document.fonts.ready")


def _keep(page: Page, name: str) -> None:
    _settle(page)
    page.screenshot(path=ROOT / "docs" / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    main()

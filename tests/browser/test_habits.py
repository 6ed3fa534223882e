"""Habits in a real browser: a habit with its chart, the trades it shows in, and the way to their session."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, see, settled
from tests.browser.test_main_job import figure, go_to
from tests.browser.test_trades import BOX, HEADER, ROW, press

pytestmark = pytest.mark.browser


def test_from_a_habit_to_the_session_of_one_of_its_trades(server: Server, page: Page) -> None:
    page.goto(server.url)
    press(page, "Look at a demo")
    see(page, "An invented trader's journal")
    go_to(page, "Habits")
    see(page, "Strong evidence: faster after a loss")
    see(page, "The pause after a loss was")
    expect(page.get_by_test_id("stPlotlyChart")).to_have_count(1)
    settled(page)
    page.get_by_text("trades in which it shows").click()
    see(page, "Choose a row to open its session.")
    settled(page)
    trades = page.get_by_test_id("stMain").get_by_test_id("stDataFrame").last
    expect(trades.locator("canvas").first).to_be_visible()
    trades.click(position={"x": BOX, "y": HEADER + ROW // 2})
    expect(page.get_by_role("heading", name="Session", exact=True)).to_be_visible()
    expect(figure(page, "Risk score")).to_be_visible()

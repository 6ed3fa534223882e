"""The calendar in a real browser: a day of a month opens by a click, any day by its date with the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, settled
from tests.browser.test_explore import traded
from tests.browser.test_main_job import figure

pytestmark = pytest.mark.browser


def test_a_month_and_a_date_lead_to_a_day(server: Server, page: Page) -> None:
    traded(server)
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{server.url}/?calendar=2025-01")
    month = page.get_by_role("figure", name="Net P/L of each session day, Jan 2025")
    expect(month.get_by_text("+6").first).to_be_visible()
    main = page.get_by_test_id("stMain")
    assert main.evaluate("it => it.scrollWidth <= it.clientWidth"), "a month fits a telephone"
    day = month.locator(".scatterlayer .trace").nth(1).locator("path.point").nth(1)
    settled(page)
    day.scroll_into_view_if_needed()
    day.click(force=True)
    expect(page).to_have_url(f"{server.url}/session?date=2025-01-14")
    expect(figure(page, "Net P/L")).to_contain_text("6.00")

    page.go_back()
    settled(page)
    page.get_by_label("Open a day by its date").get_by_role("spinbutton").first.press_sequentially("20250128")
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{server.url}/session?date=2025-01-28")

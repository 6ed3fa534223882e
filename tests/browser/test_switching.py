"""What is typed or shown belongs to one journal, one stored state and one address: none is taken for another."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from mentor import Journal
from mentor.demo import demo_path
from tests.browser.conftest import Server, see, settled

pytestmark = pytest.mark.browser


def test_what_is_typed_in_the_demo_is_not_offered_to_the_own_journal(server: Server, page: Page) -> None:
    with Journal.open(demo_path(server.journal)) as demo:
        day = next(session.date for session in demo.sessions() if not session.personal_notes)
    with Journal.open(server.journal) as own:
        own.log_trade_for_ai_analysis(7, "EURUSD", 12.5, 0.1)
    page.goto(f"{server.url}/session?date={day}&demo=1")
    settled(page)
    notes(page).fill("invented")
    page.get_by_role("button", name="Back to my journal").click()
    expect(page.get_by_text("An invented trader's journal")).to_have_count(0)
    settled(page)
    expect(notes(page)).to_have_value("")


def test_notes_saved_in_one_tab_appear_in_another(server: Server, context: BrowserContext) -> None:
    first, second = context.new_page(), context.new_page()
    for tab in (first, second):
        tab.goto(f"{server.url}/session?date=2025-01-15")
        settled(tab)
    notes(second).fill("waited")
    second.get_by_role("button", name="Save notes").click()
    see(second, "Notes of Wed 15 Jan 2025 saved.")
    expect(notes(first)).to_have_value("waited")
    settled(first)
    first.get_by_role("button", name="Save notes").click()
    see(first, "Notes of Wed 15 Jan 2025 saved.")
    with Journal.open(server.journal) as journal:
        session = journal.session("2025-01-15")
    assert session is not None
    assert session.personal_notes == "waited"


def test_the_way_back_leads_to_the_newest_session(server: Server, page: Page) -> None:
    with Journal.open(server.journal) as journal:
        journal.update_notes("2025-01-15", "the newest")
    page.goto(f"{server.url}/session")
    newest = page.get_by_role("heading", name="Wed 15 Jan 2025")
    expect(newest).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Previous").click()
    expect(page).to_have_url(re.compile(r"date=2025-01-14$"))
    settled(page)
    page.go_back()
    expect(newest).to_be_visible()


def notes(page: Page) -> Locator:
    return page.get_by_test_id("stMain").locator("textarea")

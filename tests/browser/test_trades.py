"""Trades by hand in a real browser: add, edit, tag, delete; and the demo that leaves the journal alone."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server, see, settled
from tests.browser.test_main_job import figure, go_to

pytestmark = pytest.mark.browser

#: Pixels of the table's header and of a row, and from its left edge to the boxes that choose rows.
HEADER, ROW, BOX = 35, 35, 17


def press(page: Page, name: str) -> None:
    settled(page)
    page.get_by_role("button", name=name, exact=True).click()


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def choose(page: Page, row: int) -> None:
    """Tick a row of the table, which is drawn on a canvas."""
    table = page.get_by_test_id("stMain").get_by_test_id("stDataFrame").first
    settled(page)
    expect(table.locator("canvas").first).to_be_visible()
    table.click(position={"x": BOX, "y": HEADER + row * ROW + ROW // 2})


def add(page: Page, symbol: str, amount: str) -> None:
    press(page, "Add a trade")
    expect(dialog(page)).to_be_visible()
    settled(page)
    dialog(page).get_by_label("Symbol", exact=True).fill(symbol)
    dialog(page).get_by_label("Lots", exact=True).fill("0.1")
    dialog(page).get_by_label("P/L, net of fees").fill(amount)
    dialog(page).get_by_label("Entry price").fill("1.083451")
    press(page, "Save trade")
    see(page, f"Trade added: {symbol}.")
    expect(dialog(page)).to_have_count(0)
    settled(page)


def test_trades_are_added_edited_tagged_and_deleted(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/trades")
    see(page, "The journal is empty")
    add(page, "EURUSD", "25.5")
    add(page, "XAUUSD", "-10")
    see(page, "2 trades · net +15.50")

    choose(page, 0)  # the newest: XAUUSD
    see(page, "1 trade chosen")
    press(page, "Edit")
    expect(dialog(page).get_by_label("Entry price")).to_have_value("1.083451")
    settled(page)
    dialog(page).get_by_label("P/L, net of fees").fill("ten")
    press(page, "Save trade")
    expect(dialog(page).get_by_text("P/L is no number")).to_be_visible()
    settled(page)
    dialog(page).get_by_label("P/L, net of fees").fill("-12.25")
    press(page, "Save trade")
    see(page, "Trade changed: XAUUSD.")
    see(page, "2 trades · net +13.25")

    choose(page, 1)
    see(page, "2 trades chosen")
    press(page, "Tag")
    page.get_by_role("textbox", name="Tag", exact=True).fill("first day")
    press(page, "Add tag")
    see(page, "2 trades tagged: first day.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("textbox", name="Tag", exact=True)).to_have_count(0)
    settled(page)

    search = page.get_by_label("Search in notes and tags")
    search.fill("#first_day")
    search.press("Enter")
    expect(page.get_by_role("button", name="Clear filters")).to_be_visible()
    see(page, "2 trades · net +13.25")

    press(page, "Delete")
    press(page, "Keep")
    expect(dialog(page)).to_have_count(0)
    press(page, "Delete")
    press(page, "Delete 2 trades")
    see(page, "2 trades deleted.")
    see(page, "No trade yet")


def test_the_demo_is_unmistakable_and_leaves_the_journal_alone(server: Server, page: Page) -> None:
    page.goto(server.url)
    press(page, "Look at a demo")
    banner = page.get_by_text("An invented trader's journal")
    expect(banner).to_be_visible()
    expect(figure(page, "Net P/L")).to_be_visible()
    settled(page)
    page.get_by_test_id("stSidebar").get_by_role("radio", name="Fearful").click()
    press(page, "Save check-in Shortcut S")
    see(page, "Check-in saved: Fearful.")
    for name in ("Today", "Trades", "History", "Session", "Import", "Settings"):
        go_to(page, name)
        expect(banner).to_be_visible()
    page.reload()
    expect(banner).to_be_visible()
    press(page, "Back to my journal")
    expect(banner).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(banner).to_have_count(0)
    go_to(page, "Dashboard")
    see(page, "The journal is empty")
    assert trades_of(server) == "0 0"


def trades_of(server: Server) -> str:
    """Trades and sessions of the own journal, asked from another process."""
    program = "import sys, mentor; j = mentor.Journal.open(sys.argv[1]); print(len(j.trades()), len(j.sessions()))"
    asked = subprocess.run(
        [sys.executable, "-c", program, str(server.journal)], check=True, capture_output=True, text=True, env=os.environ
    )
    return asked.stdout.strip()

"""The main job in a real browser: upload a statement, confirm, check in, read the dashboard, open a day."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server, see, settled

pytestmark = pytest.mark.browser

#: An invented MetaTrader 4 statement: four closed trades on three days, net 82.30 + 40 − 51.70 − 10 = 60.60.
ROWS = (
    ("90001", "2025.01.13 09:00:00", "buy", "0.10", "eurusd", "2025.01.13 11:00:00", "-0.70", "-2.00", "85.00"),
    ("90002", "2025.01.13 12:00:00", "sell", "0.10", "gbpusd", "2025.01.13 13:00:00", "0.00", "0.00", "40.00"),
    ("90003", "2025.01.14 09:30:00", "buy", "0.20", "xauusd", "2025.01.14 10:00:00", "-1.70", "0.00", "-50.00"),
    ("90004", "2025.01.15 10:00:00", "sell", "0.10", "eurusd", "2025.01.15 15:00:00", "0.00", "0.00", "-10.00"),
)


def statement() -> bytes:
    rows = "\n".join(_row(*row) for row in ROWS)
    return f"""<html><head><title>Statement: 4711 - A Trader</title></head><body><table>
<tr><td colspan=2><b>Account: 4711</b></td><td colspan=5><b>Name: A Trader</b></td>
<td colspan=2><b>Currency: USD</b></td><td colspan=5><b>2025 January 16, 08:00</b></td></tr>
<tr><td colspan=14><b>Closed Transactions:</b></td></tr>
<tr><td>Ticket</td><td>Open Time</td><td>Type</td><td>Size</td><td>Item</td><td>Price</td><td>S / L</td>
<td>T / P</td><td>Close Time</td><td>Price</td><td>Commission</td><td>Taxes</td><td>Swap</td><td>Profit</td></tr>
{rows}
<tr><td colspan=10>&nbsp;</td><td>-2.40</td><td>0.00</td><td>-2.00</td><td>65.00</td></tr>
<tr><td colspan=14><b>Open Trades:</b></td></tr>
<tr><td colspan=14>No transactions</td></tr>
</table></body></html>""".encode()


def _row(
    ticket: str, opened: str, kind: str, size: str, item: str, closed: str, commission: str, swap: str, profit: str
) -> str:
    cells = (ticket, opened, kind, size, item, "1.1", "0.0", "0.0", closed, "1.2", commission, "0.00", swap, profit)
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def figure(page: Page, label: str) -> Locator:
    return page.get_by_test_id("stMain").get_by_test_id("stMetric").filter(has_text=label)


def go_to(page: Page, name: str) -> None:
    page.get_by_test_id("stSidebarNavItems").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    settled(page)


def upload(page: Page, name: str, content: bytes) -> None:
    """Choose a file, once the uploader of a file before is gone."""
    chooser = page.locator('[data-testid="stFileUploader"] input[type=file]')
    settled(page)
    expect(page.get_by_test_id("stFileUploaderFile")).to_have_count(0)
    expect(chooser).to_have_count(1)
    chooser.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})


def test_a_trader_from_upload_to_session(server: Server, page: Page) -> None:
    page.goto(server.url)
    see(page, "The journal is empty")

    go_to(page, "Import")
    upload(page, "statement.htm", statement())
    expect(figure(page, "Will be added")).to_contain_text("4")
    expect(figure(page, "Net P/L of the file")).to_contain_text("$60.60")
    see(page, "Nothing imported yet")
    page.get_by_role("button", name="Add 4 trades to the journal").click()
    see(page, "4 trades added, net +$60.60.")

    settled(page)
    page.get_by_test_id("stSidebar").get_by_role("radio", name="Fearful").click()
    page.get_by_role("button", name="Save check-in").click()
    see(page, "Check-in saved: Fearful.")
    expect(page.get_by_test_id("stSidebar").get_by_test_id("stPopover")).to_contain_text("Fearful")

    go_to(page, "Dashboard")
    for label, value in {
        "Net P/L": "$60.60",
        "Win rate": "50.0%",
        "Expectancy": "$15.15",
        "Profit factor": "1.98",
        "Max drawdown": "$61.70",
    }.items():
        expect(figure(page, label)).to_contain_text(value)
    see(page, "known for 0 of 3 sessions")

    day = page.locator(".st-key-calendar .scatterlayer .trace").nth(1).locator("path.point").nth(1)
    settled(page)
    day.scroll_into_view_if_needed()
    day.click(force=True)
    expect(page).to_have_url(f"{server.url}/session?date=2025-01-14")
    expect(figure(page, "Net P/L")).to_contain_text("−\u2060$51.70")

    settled(page)
    page.get_by_role("button", name="Next").click()
    expect(page).to_have_url(f"{server.url}/session?date=2025-01-15")
    expect(figure(page, "Net P/L")).to_contain_text("−\u2060$10.00")
    settled(page)
    page.locator("textarea[placeholder^='What happened']").fill("Sold <b>too</b> early")
    page.get_by_role("button", name="Save notes").click()
    see(page, "Notes of Wed 15 Jan 2025 saved.")

    page.reload()
    expect(page.locator("textarea[placeholder^='What happened']")).to_have_value("Sold <b>too</b> early")


def test_the_same_file_again_and_undo(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/import")
    upload(page, "statement.htm", statement())
    page.get_by_role("button", name="Add 4 trades to the journal").click()
    # The list is drawn last: only now is the page whole, and its uploader the new one.
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    see(page, "4 trades added, net +$60.60.")
    upload(page, "statement.htm", statement())
    expect(figure(page, "Already there")).to_contain_text("4")
    see(page, "the journal knows every trade of this file")
    settled(page)
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Remove 4 trades").click()
    see(page, "Import of statement.htm undone: 4 trades removed.")
    go_to(page, "Dashboard")
    see(page, "The journal is empty")


def test_a_session_opens_by_its_address_also_on_an_empty_journal(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/session?date=2025-01-15")
    expect(page.get_by_role("heading", name="Wed 15 Jan 2025")).to_be_visible()
    see(page, "No session on this day")
    expect(page.get_by_role("button", name="Save check-in")).to_be_visible()
    expect(page).to_have_url(re.compile(r"date=2025-01-15$"))


def test_trades_a_bot_logs_appear_while_the_page_is_open(server: Server, page: Page) -> None:
    page.goto(server.url)
    see(page, "The journal is empty")
    log_a_trade(server)
    go_to(page, "Session")
    expect(figure(page, "Net P/L")).to_contain_text("12.50")


def log_a_trade(server: Server) -> None:
    program = "import mentor; mentor.log_trade_for_ai_analysis(7, 'EURUSD', 12.5, 0.1)"
    environment = os.environ | {"MENTOR_DATABASE": str(server.journal)}
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)


def test_the_server_is_healthy_and_sends_nothing_elsewhere(server: Server, page: Page) -> None:
    with urllib.request.urlopen(f"{server.url}/_stcore/health") as answer:
        assert answer.read() == b"ok"
    for path in ("", "session", "import"):
        page.goto(f"{server.url}/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()

"""Explore in a real browser: a pivot that can be bookmarked, questions in SQL with their files, and what is refused."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from mentor import Journal
from mentor.models import Trade
from tests.browser.conftest import Server, see, settled
from tests.browser.test_trades import press

pytestmark = pytest.mark.browser

MONDAY = datetime(2025, 1, 13, 9, 0, tzinfo=UTC)


def traded(server: Server) -> None:
    """Twelve weekdays with a trade in euro that won ten and one in gold that lost four."""
    with Journal.open(server.journal, timezone="UTC") as journal:
        for week in range(3):
            for day in range(4):
                moment = MONDAY + timedelta(days=7 * week + day)
                for symbol, amount in (("EURUSD", 10.0), ("XAUUSD", -4.0)):
                    trade = Trade(symbol=symbol, profit_loss=amount, lot_size=0.1, entry_time=moment, exit_time=moment)
                    journal.add_trade(trade)


def choose(page: Page, label: str, option: str) -> None:
    settled(page)
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()
    settled(page)


def ask(page: Page, sql: str) -> None:
    settled(page)
    question = page.get_by_label("Your question in SQL")
    question.fill(sql)
    question.press("Control+Enter")
    press(page, "Ask")


def download(page: Page, kind: str) -> bytes:
    settled(page)
    with page.expect_download() as started:
        page.get_by_role("button", name=f"Download as {kind}").click()
    return Path(started.value.path()).read_bytes()


def test_a_pivot_is_put_together_and_read_by_its_address_in_the_other_language(
    server: Server, page: Page, browser: Browser
) -> None:
    traded(server)
    page.goto(f"{server.url}/explore")
    choose(page, "Rows", "Weekday")
    choose(page, "Columns", "Symbol")
    choose(page, "Measure", "Win rate")
    expect(page.get_by_role("heading", name="Win rate by Weekday and Symbol")).to_be_visible()
    expect(page.get_by_role("figure", name="Share of the trades that won")).to_be_visible()
    choose(page, "Columns", "none")
    expect(page.get_by_role("heading", name="Win rate by Weekday", exact=True)).to_be_visible()
    table = page.get_by_test_id("stDataFrame").first.locator("table")
    expect(table).to_contain_text("95% interval")
    expect(table.locator("tr").last).to_contain_text("50.0%")
    expect(page).to_have_url(re.compile(r"rows=weekday.*measure=win_rate|measure=win_rate.*rows=weekday"))
    elsewhere = browser.new_context(locale="id-ID", viewport={"width": 390, "height": 900})
    try:
        same = elsewhere.new_page()
        same.goto(page.url)
        table = same.get_by_test_id("stDataFrame").first.locator("table")
        expect(table).to_contain_text("Senin")
        expect(table.locator("tr").last).to_contain_text("50,0%")
        main = same.get_by_test_id("stMain")
        assert main.evaluate("it => it.scrollWidth <= it.clientWidth"), "nothing sticks out on a telephone"
    finally:
        elsewhere.close()


def test_a_question_in_sql_is_answered_taken_along_refused_and_cancelled(server: Server, page: Page) -> None:
    traded(server)
    page.goto(f"{server.url}/explore?view=sql&question=symbols")
    press(page, "Ask")
    see(page, "2 rows, answered in")
    expect(page.get_by_role("figure", name="net by symbol")).to_be_visible()
    read = list(csv.DictReader(io.StringIO(download(page, "CSV").decode("utf-8-sig"))))
    assert [(row["symbol"], float(row["net"])) for row in read] == [("EURUSD", 120.0), ("XAUUSD", -48.0)]
    rows = pd.read_parquet(io.BytesIO(download(page, "Parquet")))
    assert rows[["symbol", "trades"]].to_dict("list") == {"symbol": ["EURUSD", "XAUUSD"], "trades": [12, 12]}

    ask(page, "COPY trades TO 'out.csv'")
    see(page, "This would change something; here one can only ask")
    ask(page, "SELECT * FROM read_csv('/etc/hostname')")
    see(page, "no files, no network, no settings")
    ask(page, "SELECT count(*) FROM range(10000000) a, range(10000000) b")
    see(page, "The question is being answered")
    page.get_by_role("button", name="Cancel").click()
    see(page, "The question was cancelled")

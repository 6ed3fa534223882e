"""The import page in a real browser: columns nobody knows, several files at once, and the refused rows as a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server, see, settled
from tests.browser.test_main_job import figure

pytestmark = pytest.mark.browser

UNKNOWN = b"""Shymbola,Side,Qty X,In,Out,Made
EURUSD,buy,0.10,2025-01-15 09:00:00,2025-01-15 10:00:00,25.00
GBPUSD,hold,0.20,2025-01-15 11:00:00,2025-01-15 12:00:00,-5.00
"""
KNOWN = b"""Symbol,Side,Lots,Open Time,Close Time,Profit
XAUUSD,buy,0.10,2025-01-14 09:00:00,2025-01-14 10:00:00,7.50
"""


def choose(page: Page, label: str, header: str) -> None:
    """Pick the column whose option begins with a header."""
    page.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option", name=f"{header}: ").click()


def upload(page: Page, *files: tuple[str, bytes]) -> None:
    chooser: Locator = page.locator('[data-testid="stFileUploader"] input[type=file]')
    settled(page)
    expect(chooser).to_have_count(1)
    chooser.set_input_files([{"name": name, "mimeType": "text/csv", "buffer": content} for name, content in files])


def test_unknown_columns_are_named_and_refused_rows_downloaded(server: Server, page: Page, tmp_path: Path) -> None:
    page.goto(f"{server.url}/import")
    see(page, "Nothing imported yet")
    upload(page, ("unknown.csv", UNKNOWN))
    see(page, "The format is not known")
    settled(page)
    for label, header in {
        "Symbol": "Shymbola",
        "Size": "Qty X",
        "Entry time": "In",
        "Exit time": "Out",
        "Profit, costs already off": "Made",
    }.items():
        choose(page, label, header)
    page.get_by_role("button", name="Read the file with these columns").click()
    expect(figure(page, "Net P/L of the file")).to_contain_text("25.00")
    settled(page)
    with page.expect_download() as started:
        page.get_by_role("button", name="Download these rows with the reasons").click()
    saved = tmp_path / "refused.csv"
    started.value.save_as(saved)
    header, row = saved.read_text(encoding="utf-8").splitlines()
    assert header == UNKNOWN.decode().splitlines()[0] + ",refused column,reason"
    assert row == UNKNOWN.decode().splitlines()[2] + ",Side,is neither buy nor sell"
    settled(page)
    page.get_by_role("button", name="Add 1 trade to the journal").click()
    see(page, "1 trade added, net +25.00; 1 row refused.")


def test_several_files_at_once(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/import")
    see(page, "Nothing imported yet")
    upload(page, ("known.csv", KNOWN), ("unknown.csv", UNKNOWN))
    see(page, "unknown.csv: refused")
    see(page, "known.csv: 1 trade to add")
    settled(page)
    page.get_by_role("button", name="Add all: 1 file").click()
    see(page, "1 trade added, net +7.50.")
    see(page, "known.csv: 0 trades to add")

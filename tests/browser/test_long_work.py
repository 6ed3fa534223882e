"""An analysis that takes long beside an open page: the check-in answers, and the work is stopped by a click."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mentor import Journal
from tests.browser.conftest import see
from tests.contracts.code import ROOT
from tests.servers import running
from tests.ui.test_uploading import CSV

pytestmark = pytest.mark.browser

#: The server's own `app.py`, whose look for habits goes on until somebody stops it.
ENDLESS = """
import threading
from mentor import Journal, progress
from mentor.messages import message

def habits(self, filters=None):
    nothing = threading.Event()
    while True:
        progress.step(message("storing the trades"), 1, 4)
        nothing.wait(0.05)

Journal.habits = habits
"""


def test_a_check_in_answers_while_an_analysis_runs_and_it_can_be_stopped(page: Page, tmp_path: Path) -> None:
    with Journal.open(tmp_path / "journal.db", timezone="Asia/Jakarta") as journal:
        journal.commit_import(journal.plan_import(("trades.csv", CSV)))
    app = tmp_path / "app.py"
    source = (ROOT / "app.py").read_text().replace('"mentor/ui/main.py"', repr(str(ROOT / "mentor/ui/main.py")))
    app.write_text(source.replace("import annotations\n", f"import annotations\n{ENDLESS}", 1))
    with running(tmp_path, str(app)) as server:
        page.goto(f"{server.url}/habits")
        bar = page.get_by_test_id("stProgress")
        expect(bar).to_contain_text("Looking for habits … storing the trades, 1 of 4")
        sidebar = page.get_by_test_id("stSidebar")
        sidebar.get_by_role("radio", name="Fearful").click()
        expect(page.locator(".st-key-instant_feedback")).to_contain_text("Sessions that began Fearful")
        sidebar.get_by_role("button", name="Save check-in").click()
        see(page, "Check-in saved: Fearful.")
        expect(bar).to_contain_text("1 of 4")
        page.get_by_role("button", name="Cancel").click()
        see(page, "Stopped: Looking for habits")
        expect(bar).to_have_count(0)
        page.get_by_role("button", name="Work it out").click()
        expect(bar).to_contain_text("1 of 4")
    assert "Traceback" not in server.log.read_text()

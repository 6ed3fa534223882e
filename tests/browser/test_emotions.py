"""The Emotions page in a real browser, on the invented trader: verdict, chart, one emotion, a narrow screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from mentor import Journal
from mentor.demo import ZONE, fill
from tests.browser.conftest import Server, see, settled

pytestmark = pytest.mark.browser


def test_what_greed_comes_with_is_read_and_followed_up(page: Page, server: Server) -> None:
    with Journal.open(server.journal, timezone=ZONE) as journal:
        fill(journal)
    page.goto(f"{server.url}/emotions")
    see(page, "In the 30 sessions you marked Greedy before trading")
    forest = page.get_by_role("figure", name=re.compile("Each emotion beside your calm and neutral sessions"))
    expect(forest.get_by_text("Strong evidence: −")).to_be_visible()
    expect(forest.get_by_text(re.compile("No clear sign"))).to_have_count(3)
    settled(page)
    page.get_by_role("radio", name="Fearful").last.click()
    page.get_by_role("tab", name="Checks").click()
    see(page, "Does yesterday bring the mood?")
    see(page, "Fearful was told on")
    page.get_by_text("From one session to the next").click()
    expect(page.get_by_role("figure", name="From the mood of a session to that of the next")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 900})
    settled(page)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("it => it.scrollWidth <= it.clientWidth"), "nothing sticks out on a telephone"
    expect(main).not_to_contain_text("NaN")

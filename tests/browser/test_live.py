"""An open page shows what another program logs; a resting one is left alone, and so is what is being typed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page, WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.conftest import Server, settled
from tests.browser.test_main_job import figure
from tests.foreign import ForeignClient

pytestmark = pytest.mark.browser

#: What the documented system's bots do: a trade of today's session, through SQLite, in another process.
LOG = (
    "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size) VALUES (0, 7, 'EURUSD', ?, 0.1)"
)


#: How a run of the whole page is written down; a fragment's is by the fragment's id.
WHOLE = ""


@pytest.fixture
def runs(page: Page) -> list[str]:
    """Every run of the script that the page was told of, in their order."""
    seen: list[str] = []

    def receive(frame: str | bytes) -> None:
        message = ForwardMsg.FromString(frame) if isinstance(frame, bytes) else ForwardMsg()
        if message.WhichOneof("type") == "new_session":
            seen.append(" ".join(message.metadata.run.fragment_ids) or WHOLE)

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", receive)

    page.on("websocket", listen)
    return seen


def test_a_trade_logged_elsewhere_is_found_by_a_look(
    server: Server, page: Page, runs: list[str], foreign: ForeignClient
) -> None:
    """For each trade the look has the page drawn once. Analyses that come later have it drawn, too, by fragments of
    their own.
    """
    page.goto(f"{server.url}/today")
    expect(net_today(page)).to_contain_text("0")
    settled(page)
    look = rest(page, runs, ticks=1)
    foreign.open(server.journal)
    before = len(runs)
    foreign.run(LOG, [12.5])
    expect(net_today(page)).to_contain_text("12.50")
    assert set(runs[before : runs.index(WHOLE, before)]) == {look}
    settled(page)
    expect(figure(page, "Net").first).to_contain_text("12.50")
    foreign.run(LOG, [30.0])
    expect(net_today(page)).to_contain_text("42.50")
    settled(page)
    whole = runs.count(WHOLE)
    rest(page, runs, ticks=2)
    assert runs.count(WHOLE) == whole
    assert [earlier for earlier, run in pairwise(runs[before:]) if run == WHOLE].count(look) == 2


def test_a_resting_page_is_not_drawn_again(server: Server, page: Page, runs: list[str]) -> None:
    page.goto(server.url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)
    whole = runs.count(WHOLE)
    rest(page, runs, ticks=4)
    assert runs.count(WHOLE) == whole


def test_what_is_being_typed_survives_a_trade(server: Server, page: Page, foreign: ForeignClient) -> None:
    """The first trade of an empty journal moves everything on the page."""
    page.goto(f"{server.url}/today")
    settled(page)
    sidebar = page.get_by_test_id("stSidebar")
    sidebar.get_by_text("Intensity, market, note").click()
    note = sidebar.get_by_label("Note").first
    note.click()
    page.keyboard.type("slept ")
    foreign.open(server.journal)
    foreign.run(LOG, [12.5])
    expect(net_today(page)).to_contain_text("12.50")
    page.keyboard.type("badly")
    expect(note).to_have_value("slept badly")


def test_notes_of_the_day_being_typed_survive_a_trade(server: Server, page: Page, foreign: ForeignClient) -> None:
    page.goto(f"{server.url}/session")
    settled(page)
    foreign.open(server.journal)
    notes = page.get_by_test_id("stMain").get_by_label("Notes")
    notes.click()
    for typed, profit, shown in (("patient ", 12.5, "12.50"), ("today", 30, "42.50")):
        page.keyboard.type(typed)
        foreign.run(LOG, [profit])
        expect(net_today(page)).to_contain_text(shown)
    page.keyboard.type("!")
    expect(notes).to_have_value("patient today!")


def test_what_was_said_stays_said_when_another_program_writes(
    server: Server, page: Page, foreign: ForeignClient
) -> None:
    page.goto(server.url)
    settled(page)
    foreign.open(server.journal)
    page.get_by_test_id("stSidebar").get_by_role("button", name="Save check-in").click()
    said = page.get_by_text("Nothing was saved: choose an emotion first.")
    expect(said).to_be_visible()
    foreign.run(LOG, [12.5])
    expect(net_today(page)).to_contain_text("12.50")
    expect(said).to_be_visible()


def test_nothing_moves_behind_a_trade_being_written_down(
    server: Server, page: Page, runs: list[str], foreign: ForeignClient
) -> None:
    """Drawn again, the dialog would take the cursor away."""
    page.goto(f"{server.url}/trades")
    settled(page)
    foreign.open(server.journal)
    page.get_by_role("button", name="Add a trade").click()
    symbol = page.get_by_role("dialog").get_by_label("Symbol").first
    symbol.click()
    page.keyboard.type("GBP")
    foreign.run(LOG, [12.5])
    rest(page, runs, ticks=3)
    page.keyboard.type("USD")
    expect(symbol).to_have_value("GBPUSD")
    page.keyboard.press("Escape")
    expect(net_today(page)).to_contain_text("12.50")


def net_today(page: Page) -> Locator:
    return page.get_by_test_id("stSidebar").get_by_test_id("stMetric").filter(has_text="Net today")


def rest(page: Page, runs: list[str], *, ticks: int) -> str:
    """Until the page has looked at the journal some more times: its own clock, not ours. Which fragment looked last."""
    wanted = fragments(runs) + ticks
    while fragments(runs) < wanted:
        page.wait_for_timeout(100)
    return next(run for run in reversed(runs) if run != WHOLE)


def fragments(runs: list[str]) -> int:
    return len(runs) - runs.count(WHOLE)

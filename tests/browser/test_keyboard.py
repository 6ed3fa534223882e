"""One key goes to the day before or after and saves a check-in, and none does while somebody types."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server, see, settled


def fits(located: Locator, width: int) -> bool:
    box = located.bounding_box()
    return box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width


def test_keys_turn_days_and_save_the_check_in_but_leave_the_typist_alone(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/session?date=2025-01-15")
    notes = page.get_by_placeholder("What happened")
    notes.click()
    page.keyboard.type("pns PNS")
    expect(notes).to_have_value("pns PNS")
    page.get_by_role("spinbutton").first.click()
    page.keyboard.type("pns")
    settled(page)
    expect(page).to_have_url(f"{server.url}/session?date=2025-01-15")
    expect(page.get_by_text("Nothing was saved")).to_have_count(0)

    page.get_by_role("heading", name="Session", exact=True).click()
    page.keyboard.press("n")
    expect(page).to_have_url(f"{server.url}/session?date=2025-01-16")
    settled(page)
    page.keyboard.press("p")
    expect(page).to_have_url(f"{server.url}/session?date=2025-01-15")

    settled(page)
    page.get_by_test_id("stSidebar").get_by_role("radio", name="Fearful").click()
    expect(page.locator(".st-key-instant_feedback")).to_be_visible()
    page.keyboard.press("s")
    see(page, "Check-in saved: Fearful.")


def test_keys_alone_tell_a_feeling_and_show_where_they_are(server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server.url}/settings")
    settled(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    feel = page.get_by_role("button", name="How do you feel?")
    feel.focus()
    page.keyboard.press("Enter")
    opened = page.get_by_role("dialog", name="How do you feel?")
    first = opened.get_by_role("radio").first
    expect(first).to_be_visible()
    for _ in range(3):
        if first.evaluate("it => it !== document.activeElement"):
            page.keyboard.press("Tab")
    expect(first).to_be_focused()
    page.keyboard.press("Space")
    expect(opened).to_contain_text("Check-in saved: Calm.")
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)

    page.set_viewport_size({"width": 1440, "height": 900})
    page.reload()
    settled(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Dashboard")
    expect(link).to_be_focused()
    assert link.evaluate("it => getComputedStyle(it).outlineStyle") == "solid"


def test_a_phone_shows_the_way_to_other_days_in_one_line_without_keys(server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{server.url}/session?date=2025-01-15")
    before, after = (page.get_by_role("button", name=name, exact=True) for name in ("Previous", "Next"))
    expect(after).to_be_visible()
    assert fits(before, 390)
    assert fits(after, 390)
    assert before.bounding_box()["y"] == after.bounding_box()["y"]  # type: ignore[index]

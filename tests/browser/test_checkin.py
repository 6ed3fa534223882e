"""The check-in on a phone: a feeling picked, what it means, a note typed last, saved in one tap."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, see


def test_a_note_typed_last_is_saved_with_one_tap(server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 1100})
    page.goto(server.url)
    page.get_by_test_id("stExpandSidebarButton").click()
    sidebar = page.get_by_test_id("stSidebar")
    sidebar.get_by_role("radio", name="Fearful").click()
    card = page.locator(".st-key-instant_feedback")
    expect(card).to_contain_text("Sessions that began Fearful: 0 so far.")
    expect(card).to_contain_text("A general rule, not your own numbers")
    fits = "[...document.querySelectorAll('.st-key-instant_feedback *')].every(e => e.scrollWidth <= 390)"
    assert page.evaluate(fits)
    sidebar.get_by_text("Intensity, market, note").click()
    sidebar.get_by_label("Note").first.click()
    page.keyboard.type("slept badly")
    sidebar.get_by_role("button", name="Save check-in").click()
    see(page, "Check-in saved: Fearful.")
    expect(card).to_have_count(0)
    sidebar.get_by_test_id("stPopover").get_by_role("button").click()
    expect(page.get_by_test_id("stPopoverBody").get_by_label("Note")).to_have_value("slept badly")

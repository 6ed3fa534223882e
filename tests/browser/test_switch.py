"""The switch of the language while something is being typed."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, see


def test_what_is_being_typed_outlives_the_switch(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/session?date=2025-01-15")
    notes = page.get_by_test_id("stMain").locator("textarea")
    notes.fill("half a thou")
    sidebar = page.get_by_test_id("stSidebar")
    sidebar.get_by_role("radio", name="Calm").click()
    sidebar.get_by_text("Bahasa Indonesia").click()
    see(page, "Mulai sekarang dalam Bahasa Indonesia.")
    expect(notes).to_have_value("half a thou")
    expect(page.locator(".st-key-instant_feedback")).to_contain_text("Sesi yang dimulai dengan mood Tenang")
    page.get_by_role("button", name="Simpan catatan").click()
    see(page, "tersimpan.")
    expect(notes).to_have_value("half a thou")

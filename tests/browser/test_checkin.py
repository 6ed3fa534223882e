"""The check-in on a phone: in two taps wherever one is, or in the sidebar with a note typed last."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from mentor import Journal
from tests.browser.conftest import Server, see, settled

pytestmark = pytest.mark.browser


def told(server: Server) -> list[tuple[str, int | None]]:
    with Journal.open(server.journal) as journal:
        return [(known.emotion, known.intensity) for known in journal.check_ins(journal.today())]


def test_two_taps_save_a_feeling_once_and_a_third_takes_it_back(server: Server, browser: Browser) -> None:
    phone = browser.new_page(viewport={"width": 390, "height": 844}, has_touch=True, locale="id")
    phone.goto(f"{server.url}/trades")
    expect(phone.locator("html")).to_have_attribute("lang", "id")
    settled(phone)
    phone.get_by_role("button", name="Gimana perasaanmu?").tap()
    opened = phone.get_by_role("dialog", name="Gimana perasaanmu?")
    opened.get_by_role("radio", name="Serakah").tap()
    expect(opened).to_contain_text("Check-in disimpan: Serakah.")
    expect(opened).to_contain_text("Sesi yang dimulai dengan mood Serakah")
    expect(opened.get_by_role("button", name="Batalkan")).to_be_visible()
    settled(phone)
    assert told(server) == [("serakah", None)], "once"

    opened.get_by_text("Tambah detail").tap()
    opened.get_by_role("radio", name="4", exact=True).tap()
    opened.get_by_role("button", name="Simpan koreksi").tap()
    see(phone, "Check-in dikoreksi.")
    settled(phone)
    assert told(server) == [("serakah", 4)]

    opened.get_by_role("button", name="Batalkan").tap()
    expect(opened).to_contain_text("Check-in dihapus.")
    expect(opened.get_by_role("radio")).to_have_count(0)  # a second tap there tells nothing
    assert told(server) == []
    phone.get_by_role("button", name="Gimana perasaanmu?").tap()
    phone.get_by_role("button", name="Gimana perasaanmu?").tap()
    expect(opened.get_by_role("radio", name="Serakah")).not_to_be_checked()
    phone.close()


def test_where_the_sidebar_is_open_feelings_are_asked_there_only(server: Server, page: Page) -> None:
    page.goto(server.url)
    expect(page.get_by_test_id("stSidebar").get_by_role("radio", name="Greedy")).to_be_visible()
    settled(page)
    expect(page.get_by_role("button", name="How do you feel?")).to_have_count(0)
    page.get_by_test_id("stSidebar").hover()
    page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    expect(page.get_by_role("button", name="How do you feel?")).to_be_visible()


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

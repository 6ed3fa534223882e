"""Every page at phone and desktop width, light and dark, in both languages: nothing overflows, is cut or hard to read.

The suite meets every page once and each combination at least once; `MENTOR_LAYOUT=full` tries all of them, also on an
empty journal, and on a phone with everything opened that can be opened.
"""

from __future__ import annotations

import gettext
import itertools
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

from mentor import Journal
from mentor.demo import ZONE, fill
from mentor.i18n.language import LANGUAGES, Language, catalogue
from tests.browser.conftest import OURS, settled
from tests.servers import Server, running

pytestmark = pytest.mark.browser

Look = tuple[Language, Literal["light", "dark"], int]

FULL: Final = os.environ.get("MENTOR_LAYOUT") == "full"
PAGES: Final = (
    "",
    "today",
    "emotions",
    "habits",
    "breakdown",
    "review?period=2026-W43",
    "trades",
    "history",
    "session?date=2026-10-28",
    "explore",
    "import",
    "settings",
)
LOOKS: Final[tuple[Look, ...]] = tuple(itertools.product(LANGUAGES, ("light", "dark"), (390, 1440)))
#: Where everything that opens is opened too: where room is short.
OPENED: Final[tuple[Look, ...]] = (("id", "dark", 390), ("en", "light", 390))
INSPECT: Final = (Path(__file__).parent / "layout.js").read_text(encoding="utf-8")
#: Until nothing has moved or faded for some frames: charts take their width after the page has.
AT_REST: Final = """() => new Promise((done) => {
  let before = '', calm = 0;
  const look = () => {
    const now = [...document.querySelectorAll('[data-testid=stMain] *')].map((at) => at.getBoundingClientRect().bottom);
    const fades = document.getAnimations().some((at) => at instanceof CSSTransition);
    calm = String(now) === before && !fades ? calm + 1 : 0;
    before = String(now);
    if (calm > 8) done(); else requestAnimationFrame(look);
  };
  look();
})"""
#: What opens in place: its content is laid out only then.
CLOSED: Final = "details:not([open]) > summary:visible"
#: Codes and what programs write for nothing; versions and files of the reader's own stand in `code`.
RAW: Final = re.compile(r"[{}]|\b[a-z]+(_[a-z0-9]+)+\b|\b(NaN|nan|None|undefined|null|NaT)\b|\[object")


@pytest.fixture(scope="module", params=["demo", *(["empty"] if FULL else [])])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp(request.param)
    with Journal.open(folder / "journal.db", timezone=ZONE) as journal:
        if request.param == "demo":
            fill(journal)
    with running(folder) as started:
        yield started
    assert "Traceback" not in started.log.read_text()


@pytest.fixture(scope="module")
def visitors(browser: Browser, server: Server) -> Iterator[dict[Language, Page]]:
    """A visitor of each language to one server, whose browser keeps what it loaded once."""
    assert server.process.poll() is None
    contexts = {language: browser.new_context(locale=language) for language in LANGUAGES}
    yield {language: context.new_page() for language, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize("place", PAGES, ids=[name.partition("?")[0] or "dashboard" for name in PAGES])
def test_a_page_in_its_looks(place: str, server: Server, visitors: dict[Language, Page]) -> None:
    turn = PAGES.index(place) * 3  # 3 and 8 share no factor: twelve pages meet all eight looks
    found: list[str] = []
    for look in LOOKS if FULL else [LOOKS[turn % len(LOOKS)]]:
        faults = shown(visitors[look[0]], f"{server.url}/{place}", look)
        found += [f"{' '.join(map(str, look))}: {fault}" for fault in faults]
    assert found == [], "\n".join(found)


def shown(page: Page, address: str, look: Look) -> list[str]:
    """Everything a visitor of this language, theme and width would stumble over."""
    language, scheme, width = look
    faults: list[str] = []

    def hear(said: ConsoleMessage) -> None:
        # Pages below a path of their own ask there first for where the server is.
        if said.type == "error" and "404 (Not Found)" not in said.text:
            faults.append(f"console: {said.text}")

    def asked(request: Request) -> None:
        if not OURS.match(request.url):
            faults.append(f"asked somebody else: {request.url}")

    page.on("console", hear)
    page.on("request", asked)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    faults += inspected(page, language)
    if FULL and look in OPENED:
        faults += opened(page, language)
    page.remove_listener("console", hear)
    page.remove_listener("request", asked)
    return list(dict.fromkeys(faults))


def opened(page: Page, language: Language) -> list[str]:
    """The same of what opens in place, and of each tab."""
    main = page.get_by_test_id("stMain")
    while main.locator(CLOSED).count():  # what opens may hold more that opens
        summary = main.locator(CLOSED).first.element_handle()
        summary.click()
        summary.wait_for_element_state("stable")
        settled(page)
    faults = inspected(page, language)
    for tab in main.get_by_test_id("stTab").all():
        tab.click()
        faults += inspected(page, language)
    return faults


def inspected(page: Page, language: Language) -> list[str]:
    settled(page)
    expect(page.get_by_test_id("stProgress")).to_have_count(0)
    page.evaluate(AT_REST)
    found = page.evaluate(INSPECT)
    return [*found["faults"], *unsaid(found["texts"], language)]


def unsaid(texts: list[str], language: Language) -> list[str]:
    """Words for programs, and sentences of the other language."""
    ours, foreign = sentences(language), sentences(LANGUAGES[1 - LANGUAGES.index(language)])
    raw = [f"raw: {text[:80]!r}" for text in texts if RAW.search(text)]
    wrong = [text for text in texts if foreign.fullmatch(text) and not ours.fullmatch(text)]
    return raw + [f"not in {language}: {text[:80]!r}" for text in wrong]


@cache
def sentences(language: Language) -> re.Pattern[str]:
    """Whatever the catalogue of a language can say, any values put in, unless it has hardly a letter of its own."""
    known = catalogue("id")
    assert isinstance(known, gettext.GNUTranslations)
    said: dict[Any, str] = vars(known)["_catalog"]
    templates = said.values() if language == "id" else (key[0] if isinstance(key, tuple) else key for key in said)
    patterns = set()
    for template in templates:
        parts = re.split(r"\{\w+[^}]*\}", re.sub(r"\*\*|`|:[a-z]+/\w+: ?", "", template))
        if sum(map(str.isalpha, "".join(parts))) > (2 if len(parts) == 1 else 9):
            patterns.add(".+?".join(map(re.escape, parts)))
    return re.compile("|".join(sorted(patterns)), re.DOTALL)

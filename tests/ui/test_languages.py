"""Every page in another language: nothing on it was said past the catalogues, and the visitor's choice is kept."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import pytest
from babel import Locale
from streamlit.testing.v1 import AppTest, local_script_runner

from mentor import Journal
from mentor.analytics.habits import CATALOGUE
from mentor.demo import demo_path
from mentor.i18n import gather, language
from tests.ui import visible
from tests.ui.conftest import MAIN, PAGES, SMALL, Start, open_page
from tests.ui.test_mapping import FILE
from tests.ui.test_pages import button
from tests.ui.test_trades import say
from tests.ui.test_uploading import CSV, FILLS, upload

#: What stays as it is in every language: names of languages, currencies, time zones, and symbols as examples.
NAMES = {"Mentor", "Bahasa", "Indonesia", "English", "USD", "Asia", "Jakarta", "Etc", "UTC"} | {"EURUSD", "ES", "NQ"}
#: What is data even in the middle of a sentence: places for values, markup, addresses.
_NO_LETTERS = re.compile(
    r"\{[^}]*\}|%\(\w+\)s|%s|:material/\w+:|:[a-z]+(?:-[a-z]+)*\[|</?[a-z][^>]*>|\]\([^)]*\)|https?://\S+"
)
_WIDE = {ord(letter): ord(letter) + 0xFEE0 for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"}

Told = Callable[[], Iterator[tuple[str, str]]]


class WideLetters(gettext.NullTranslations):
    """Says every sentence of ours in full-width letters, so that whatever else is shown stands out."""

    def gettext(self, message: str) -> str:
        return widened(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return widened(msgid1 if n == 1 else msgid2)


def widened(text: str) -> str:
    kept = _NO_LETTERS.findall(text)
    said = [part.translate(_WIDE) for part in _NO_LETTERS.split(text)]
    return "".join(part for pair in zip(said, [*kept, ""], strict=True) for part in pair)


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """English is said in wide letters."""
    catalogue = language.catalogue
    spoken = {"en": WideLetters(), "id": catalogue("id")}
    monkeypatch.setattr(language, "catalogue", spoken.__getitem__)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[list[Any]]:
    """The messages of every run of the app."""
    runs: list[list[Any]] = []
    parse = local_script_runner.parse_tree_from_messages
    monkeypatch.setattr(
        local_script_runner,
        "parse_tree_from_messages",
        lambda messages: (runs.append(list(messages)), parse(messages))[1],
    )
    return runs


def names_of_days() -> set[str]:
    english = Locale("en")
    return {
        name
        for width in ("wide", "abbreviated")
        for kind in (english.days, english.months)
        for name in kind["format"][width].values()
    }


def data_of(journal: Journal) -> set[str]:
    """The words of the journal itself."""
    trades = journal.trades()
    held = [text for name in ("symbol", "strategy", "account", "currency") for text in trades[name].dropna().unique()]
    held += journal.preferences().account_names.values()
    held += [text for day in journal.sessions() for text in (day.emotions, day.personal_notes, day.market_conditions)]
    return words_of(" ".join(map(str, held)))


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z]{2,}", text))


def unsaid(run: list[Any], data: set[str]) -> list[tuple[str, str]]:
    """(where, text) of what holds a word that is neither ours, said, nor the trader's."""
    known, zones = data | NAMES | names_of_days(), available_timezones()
    return sorted(
        {
            (where, text[:120])
            for where, text in visible.texts(run)
            if text not in zones and set(visible.words(text)) - known - shortened(text, data)
        }
    )


def shortened(text: str, data: set[str]) -> set[str]:
    """Words of the journal of which a chart has room for the beginning only."""
    return {cut for cut in re.findall(r"([A-Za-z]{2,})…", text) if any(word.startswith(cut) for word in data)}


every_page = pytest.mark.parametrize("page", sorted(path.stem for path in PAGES.glob("*.py")))


@pytest.mark.usefixtures("small")
def test_every_kind_of_text_is_looked_at(start: Start, sent: list[list[Any]]) -> None:
    """Without this the tests below could pass by seeing nothing."""
    start(page="dashboard")
    seen = {where.split(".")[1] for where, _ in unsaid(sent[-1], set())}
    assert seen >= {"metric", "markdown", "plotly_chart", "dataframe", "navigation", "selectbox", "button", "heading"}


@every_page
@pytest.mark.usefixtures("wide")
def test_an_empty_journal_says_nothing_past_the_catalogues(page: str, start: Start, sent: list[list[Any]]) -> None:
    start(page=page)
    assert unsaid(sent[-1], set()) == []


@every_page
@pytest.mark.usefixtures("wide", "small")
def test_a_small_journal_says_nothing_past_the_catalogues(page: str, start: Start, sent: list[list[Any]]) -> None:
    start(date="2025-01-15", page=page)
    cut_off = {"scr"}  # charts have no room for the whole of a long symbol
    assert unsaid(sent[-1], words_of(" ".join(SMALL)) | cut_off) == []


@every_page
@pytest.mark.usefixtures("wide")
def test_the_demo_says_nothing_past_the_catalogues_nor_in_the_language_of_before(
    page: str, start: Start, demo_file: Path, sent: list[list[Any]]
) -> None:
    """After the switch charts and tables that were drawn before are said anew."""
    app = start(demo="1", page=page)
    with Journal.open(demo_file) as demo:
        assert unsaid(sent[-1], data_of(demo)) == []
    assert wide_texts(sent[-1])
    switch(app).set_value("id").run()
    assert switch(app).value == "id"
    assert wide_texts(sent[-1]) == set()
    said = {entry.id: entry.string for entry in gather.read("id") if entry.id and entry.string}
    assert {text for _, text in visible.texts(sent[-1]) if said.get(text, text) != text} == set()


def wide_texts(run: list[Any]) -> set[str]:
    return {text for _, text in visible.texts(run) if re.search("[Ａ-Ｚａ-ｚ]", text)}


@pytest.mark.usefixtures("wide")
def test_every_question_to_an_emotion_is_answered_through_the_catalogues(
    start: Start, seen: Journal, sent: list[list[Any]]
) -> None:
    app = start(demo="1", page="emotions")
    with Journal.open(demo_path(seen.path)) as demo:
        data = data_of(demo)
    assert len(app.tabs) == 5
    for tab in [tab.label for tab in app.tabs]:
        app.session_state["emotion_question"] = tab
        app.run()
        assert unsaid(sent[-1], data) == []


@pytest.mark.usefixtures("wide")
def test_every_habit_is_told_through_the_catalogues(start: Start, seen: Journal, sent: list[list[Any]]) -> None:
    app = start(demo="1", page="habits")
    with Journal.open(demo_path(seen.path)) as demo:
        data = data_of(demo)
    for habit in CATALOGUE:
        app.session_state[f"habit_{habit.id}"] = True
    assert not app.run().exception
    assert unsaid(sent[-1], data) == []


@pytest.mark.usefixtures("wide", "journal")
@pytest.mark.parametrize(
    "content",
    [CSV, CSV.replace(b"2025-01-15", b"02/01/2025"), FILLS, FILE, b"", b"symbol,profit\n", b"%PDF-1.7 EURUSD"],
    ids=("refused rows", "ambiguous dates", "fills", "unknown columns", "empty", "no rows", "not a table"),
)
def test_a_file_is_previewed_through_the_catalogues(content: bytes, start: Start, sent: list[list[Any]]) -> None:
    app = upload(start(page="imports"), content)
    assert not app.exception
    # The name of the file and the time zone of its program.
    data = words_of(content.decode()) | words_of("trades.csv America New York")
    assert unsaid(sent[-1], data) == []


@pytest.mark.usefixtures("wide", "journal")
def test_a_trade_is_refused_through_the_catalogues(start: Start, sent: list[list[Any]]) -> None:
    app = start(page="trades")
    button(app, widened("Add a trade")).click().run()
    say(app, "new", symbol="EURUSD", profit_loss="12,50", lot_size="-1", entry_time="tomorrow")
    assert unsaid(sent[-1], set()) == []
    button(app, widened("Save trade")).click().run()
    assert unsaid(sent[-1], words_of("EURUSD tomorrow")) == []


def test_the_browsers_language_is_spoken_at_first(start: Start) -> None:
    start()
    indonesian, french = visitor("id-ID"), visitor("fr-FR")
    assert (switch(indonesian).value, switch(french).value) == ("id", "en")
    assert title(french, "settings") == "Settings"
    with language.spoken("id"):
        assert title(indonesian, "settings") == "Pengaturan"


def test_the_language_chosen_is_kept_in_the_journal(start: Start, seen: Journal) -> None:
    app = switch(start()).set_value("id").run()
    assert not app.exception
    assert seen.language == "id"
    assert switch(visitor("en-US")).value == "id"
    with language.spoken("id"):
        assert title(app, "settings") == "Pengaturan"


@pytest.mark.usefixtures("small")
def test_what_was_chosen_before_the_switch_stays_chosen(start: Start) -> None:
    app = start()
    app.sidebar.selectbox(key="period").set_value("365").run()
    switch(app).set_value("id").run()
    assert (app.session_state["period"], switch(app).value) == ("365", "id")


def test_the_tab_that_was_open_before_the_switch_stays_open(start: Start) -> None:
    app = start(demo="1", page="emotions")
    app.session_state["emotion_question"] = "Way of trading"
    app.run()
    switch(app).set_value("id").run()
    assert app.session_state["emotion_question"] == "Cara trading"


def test_the_demo_speaks_the_language_kept_in_the_own_journal_until_it_has_one(start: Start, seen: Journal) -> None:
    seen.keep_language("id")
    start()
    demo = start(demo="1")
    assert switch(demo).value == "id"
    with language.spoken("id"):
        switch(demo).set_value("en").run()
    assert (switch(start(demo="1")).value, switch(start()).value, seen.language) == ("en", "id", "id")


def test_our_reports_close_in_the_language_spoken_on_the_dashboard(start: Start, seen: Journal) -> None:
    seen.log_trade_for_ai_analysis(0, "EURUSD", -5.0, 0.1)
    with language.spoken("id"):
        seen.write_mentor_report(seen.today())
    stored = seen.reports(seen.sessions()[0].id)[0].motivation_message
    assert stored not in [text.value for text in start().text]
    switch(app := start()).set_value("id").run()
    assert stored in [text.value for text in app.text]


def visitor(locale: str) -> AppTest:
    """A browser that asks for a language, on the journal the last one was started on."""
    app = AppTest.from_file(str(MAIN), default_timeout=150)
    app.context["locale"] = locale
    return app.run()


def title(app: AppTest, page: str) -> str:
    """The harness writes the options of widgets itself, outside of the visit: `spoken` tells it how."""
    return str(open_page(app, page).title[0].value)


def switch(app: AppTest) -> Any:
    return app.sidebar.segmented_control(key="language")

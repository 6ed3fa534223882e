"""Dashboard, Emotions and Habits in Indonesian: words, numbers of tables, and what stays when the language changes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from mentor import Journal
from mentor.demo import ZONE, fill
from mentor.i18n import language
from mentor.ui import cards
from tests.ui.conftest import Start
from tests.ui.test_pages import charts, figures, words


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "journal.db"
    with Journal.open(path, timezone=ZONE) as made:
        fill(made)
    return path


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(Path(shutil.copy(demo_file, tmp_path / "journal.db"))) as opened:
        yield opened


@pytest.fixture
def indonesian(demo: Journal) -> Journal:
    demo.keep_language("id")
    return demo


def open_indonesian(start: Start, page: str) -> AppTest:
    """A page whose labels the test's own side knows too."""
    with language.spoken("id"):
        return start(page=page)


def written(app: AppTest, place: int, column: str) -> list[str]:
    """A table's column as it is shown."""
    table = app.main.dataframe[place]
    shown = pa.ipc.open_stream(table.proto.arrow_data.styler.display_values).read_pandas()
    return [str(value) for value in shown[column]]


@pytest.mark.usefixtures("indonesian")
def test_the_dashboard(start: Start) -> None:
    app = start()
    assert not app.exception
    assert app.title[0].value == "Dasbor"
    assert figures(app)["Win rate"].endswith("%")
    assert "," in figures(app)["Profit factor"]
    said = words(app)
    assert "Net P/L dijumlahkan dari" in said
    drawn = json.dumps(charts(app))
    assert "Net sejauh ini" in drawn
    assert "Net so far" not in drawn


def test_tables_are_written_as_the_language_does_and_stay_numbers(indonesian: Journal, start: Start) -> None:
    app = start()
    net = app.main.dataframe[0].value["Net P/L"]
    assert net.dtype == "float64"
    assert written(app, 0, "Net P/L")[0] == f"{net[0]:.2f}".replace(".", ",").replace("-", "−")
    indonesian.keep_language("en")
    assert written(start(), 0, "Net P/L")[0] == f"{net[0]:.2f}".replace("-", "−")


@pytest.mark.usefixtures("indonesian")
def test_emotions(start: Start) -> None:
    app = open_indonesian(start, "emotions")
    assert not app.exception
    assert app.info[0].value.startswith("**Bukti kuat.** Pada 30 sesi")
    assert app.dataframe[0].value["Emosi"].tolist()[0] == "Serakah"
    assert "Selisih dalam R" in json.dumps(charts(app))


@pytest.mark.usefixtures("indonesian")
def test_habits(start: Start) -> None:
    app = open_indonesian(start, "habits")
    assert not app.exception
    assert any("Jeda setelah rugi" in box.label for box in app.main.expander)
    assert "Setelah profit" in json.dumps(charts(app))


@pytest.mark.usefixtures("demo")
def test_what_was_chosen_stays_when_the_language_changes(start: Start) -> None:
    app = start(page="emotions")
    app.sidebar.selectbox(key="period").set_value("365").run()
    app.session_state["emotion_question"] = "Results"
    app.run()
    app.sidebar.segmented_control(key="language").set_value("id").run()
    assert not app.exception
    period = app.sidebar.selectbox(key="period")
    assert (period.value, period.proto.raw_value) == ("365", "365 hari terakhir"), "browsers keep the old label else"
    assert "Dari mana asalnya" in [tab.label for tab in app.main.tabs]
    with language.spoken("id"):  # the page's own words, asked for outside of the app
        app.run()
    assert app.sidebar.selectbox(key="period").value == "365"


def test_the_demo_is_read_in_the_language_of_before(start: Start) -> None:
    app = start()
    app.sidebar.segmented_control(key="language").set_value("id").run()
    [demo] = [button for button in app.button if button.label == "Lihat demo"]
    with language.spoken("id"):
        demo.click().run()
    assert app.session_state["language_read"] == "id"
    assert "Jurnal seorang trader rekaan" in words(app)


def test_a_long_figure_gets_its_room() -> None:
    assert cards.room(["57,1%"], 150) == 150
    assert cards.room(["-Rp17.459.847,74", "1"], 150) > 190
    assert cards.room([], 150) == 150

"""The Habits page: what the trades show first, quiet ones closed, and what is missing where there is too little."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mentor import Journal
from mentor.analytics.habits import CATALOGUE
from mentor.charts import theme
from mentor.i18n import habits as said
from mentor.models import Trade
from tests.ui.conftest import Start
from tests.ui.test_pages import charts, words


def revengeful(days: int) -> bytes:
    """A file of a trader who doubles the lots after a loss, and comes back sooner; results are a coin's."""
    chance = random.Random(4)
    rows = ["symbol,side,lots,open time,close time,profit"]
    for number in range(days):
        now, lost = datetime(2025, 1, 6, 8) + timedelta(days=number), False
        for _ in range(6):
            now += timedelta(minutes=chance.randint(1, 4) if lost else chance.randint(10, 30))
            lots = (0.2 if lost else 0.1) * chance.choice((0.9, 1.0, 1.1))
            opened, now = now, now + timedelta(minutes=chance.randint(5, 40))
            lost = chance.random() < 0.5
            rows.append(f"EURUSD,buy,{lots:.3f},{opened},{now},{(-1 if lost else 1) * lots * 100:.2f}")
    return "\n".join(rows).encode()


@pytest.fixture(scope="module")
def habit_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("habit") / "journal.db"
    with Journal.open(path, timezone="UTC") as made:
        made.commit_import(made.plan_import(("habit.csv", revengeful(60))))
    return path


@pytest.fixture
def habit(habit_file: Path, tmp_path: Path) -> Iterator[Journal]:
    """This test's own copy of the revengeful trader's journal."""
    with Journal.open(Path(shutil.copy(habit_file, tmp_path / "journal.db"))) as opened:
        yield opened


def titles(app: AppTest) -> list[str]:
    return [box.label.replace("\\", "") for box in app.main.expander]


def opened(app: AppTest, *names: str) -> AppTest:
    for name in names:
        app.session_state[name] = True
    return app.run()


def test_an_empty_journal_says_what_to_do(start: Start) -> None:
    app = start(page="habits")
    assert "The journal is empty" in words(app)
    assert not titles(app)


def test_days_without_trades_say_so(start: Start, seen: Journal) -> None:
    seen.check_in("tenang")
    assert "No trade yet" in words(start(page="habits"))


def test_a_few_days_are_not_enough_for_anything(start: Start, seen: Journal) -> None:
    seen.commit_import(seen.plan_import(("few.csv", revengeful(3))))
    app = start(page="habits")
    assert "Not enough data" in words(app)
    for detector in CATALOGUE:
        assert f"**{said.WORDS[detector.id].topic}**" in words(app)
    assert not titles(app)
    assert not charts(app)


@pytest.mark.usefixtures("habit")
def test_what_the_trades_show_comes_first_and_open(start: Start) -> None:
    app = start(page="habits")
    first = [title for title in titles(app) if "evidence" in title]
    assert any("Strong evidence: bigger after a loss" in title for title in first)
    assert any("Strong evidence: faster after a loss" in title for title in first)
    assert titles(app)[0] == first[0]
    assert "Lots after a loss were" in words(app)
    assert len(charts(app)) == 2, "the strongest two are open, nothing else is worked out"
    assert "looked for together" in words(app)
    assert "nan" not in words(app).lower()


@pytest.mark.usefixtures("habit")
def test_every_habit_opens_with_its_chart_and_its_numbers(start: Start) -> None:
    app = start(page="habits")
    boxes = [f"habit_{detector.id}" for detector in CATALOGUE]
    app = opened(app, *boxes)
    assert not app.exception
    shown = [title for title in titles(app) if title.startswith("**")]
    assert len(charts(app)) == len(shown) > 10
    assert titles(app).count("The numbers behind it") == len(shown)
    assert "nan" not in words(app).lower()
    figures = app.dataframe[0].value.set_index("Figure")["Value"]
    assert figures["Grade"].startswith("Strong evidence")
    assert figures["p among all habits"].startswith("p ")
    assert figures["Without the habit"] == "1.00 ×"


@pytest.mark.usefixtures("habit")
def test_without_a_sign_a_chart_is_grey(start: Start) -> None:
    app = opened(start(page="habits"), "habit_streaks")
    assert "Streaks" in [title.split("**")[1] for title in titles(app) if title.startswith("**")]
    bars = charts(app)[-1]["data"][0]
    assert set(bars["marker"]["color"]) == {theme.NEUTRAL}


def test_the_trades_it_speaks_of_lead_to_their_session(start: Start, habit: Journal) -> None:
    [size] = [found for found in habit.habits() if found.id == "revenge_size"]
    app = start(page="habits")
    name = f"The {len(size.trades)} trades in which it shows"
    assert name in titles(app)
    app = opened(app, "habit_trades_revenge_size")
    shown = next(frame.value for frame in app.dataframe if "Symbol" in frame.value)
    assert len(shown) == min(50, len(size.trades))
    assert "newest first" in words(app)


@pytest.mark.usefixtures("habit")
def test_the_sidebars_filter_counts_here_too(start: Start) -> None:
    app = start(page="habits")
    app.sidebar.selectbox(key="period").set_value("7").run()
    assert "No trade in this selection" in words(app)


def test_a_single_trade_shows_nothing(start: Start, seen: Journal) -> None:
    seen.add_trade(Trade(symbol="<b>EURUSD</b>", profit_loss=1.0, lot_size=0.1))
    app = start(page="habits")
    assert not app.exception
    assert "Not enough data" in words(app)

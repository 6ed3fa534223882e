"""A table nobody knows on the import page: its columns are proposed, corrected, kept, and forgotten again."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from streamlit.testing.v1 import AppTest

from mentor import Journal
from mentor.importing import FIELDS
from tests.ui.conftest import Start
from tests.ui.test_pages import button, figures, words
from tests.ui.test_uploading import add_button, upload

HEADER = b"Shymbola,Side,Qty X,In,Out,Made,Cost A,Cost B\n"
FILE = HEADER + b"EURUSD,buy,0.10,2025-01-15 09:00:00,2025-01-15 10:00:00,25.00,0.5,1\n"
OTHER = HEADER + b"GBPUSD,sell,0.20,2025-01-16 09:00:00,2025-01-16 10:00:00,-5.00,0.5,1\n"
CHOSEN = {"Symbol": "Shymbola", "Size": "Qty X", "Entry time": "In", "Exit time": "Out"}
READ = "Read the file with these columns"


@pytest.mark.usefixtures("journal")
def test_every_field_can_be_named(start: Start) -> None:
    app = upload(start(page="imports"), FILE)
    asked = [box for box in (*app.main.selectbox, *app.main.multiselect) if (box.key or "").startswith("column_")]
    assert len(asked) == len(FIELDS)


def choose(app: AppTest, columns: Mapping[str, str], fees: tuple[str, ...] = ()) -> AppTest:
    """Say which column is what, and read the file so."""
    for label, header in columns.items():
        next(box for box in app.main.selectbox if box.label == label).set_value(header)
    next(box for box in app.main.multiselect if box.label.startswith("Fees")).set_value(list(fees))
    return button(app, READ).click().run()


def test_columns_are_proposed_chosen_kept_and_forgotten(start: Start, seen: Journal) -> None:
    app = upload(start(page="imports"), FILE)
    assert "The format is not known" in words(app)
    boxes = {box.label: box for box in app.main.selectbox}
    assert boxes["Side (buy or sell)"].value == "Side", "what is recognised is proposed"
    assert boxes["Symbol"].value == "Shymbola", "by what the column holds"
    assert "Shymbola: EURUSD" in boxes["Symbol"].options

    choose(app, CHOSEN | {"Profit before costs": "Made"}, fees=("Cost A", "Cost B"))
    assert figures(app)["Net P/L of the file"] == "23.50"
    assert seen.imports() == []
    button(app, "Add 1 trade to the journal").click().run()
    assert "1 trade added, net +23.50." in words(app)

    app = upload(app, OTHER, "other.csv")
    assert "Read with the columns you chose on 2" in words(app)
    assert figures(app)["Net P/L of the file"] == "−6.50"
    button(app, "Forget the chosen columns").click().run()
    assert "The format is not known" in words(app)
    assert not add_button(app)


@pytest.mark.usefixtures("journal")
def test_a_choice_is_corrected(start: Start) -> None:
    app = upload(start(page="imports"), FILE)
    choose(app, CHOSEN | {"Profit, costs already off": "Made", "Stop loss": "Made"})
    assert "named for two fields: 'Made'" in words(app)
    choose(app, {"Stop loss": ""})
    assert figures(app)["Net P/L of the file"] == "25.00"
    choose(app, {"Profit, costs already off": "", "Profit before costs": "Made"}, fees=("Cost B",))
    assert figures(app)["Net P/L of the file"] == "24.00"


@pytest.mark.usefixtures("journal")
def test_a_missing_column_is_asked_for(start: Start) -> None:
    app = upload(start(page="imports"), FILE.replace(b"Shymbola", b"Symbol").replace(b"Qty X", b"Lots"))
    assert "A column is missing" in words(app)
    assert button(app, READ)

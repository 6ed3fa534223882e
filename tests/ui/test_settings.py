"""The Settings page: what is saved, refused, backed up and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from mentor import Journal
from mentor.models import RiskPlan, Trade
from tests.ui.conftest import Start, open_page
from tests.ui.test_pages import button, words


def say(app: AppTest, **fields: str) -> None:
    for name, value in fields.items():
        field(app.text_input, name).set_value(value)


def field(fields: Sequence[Any], name: str) -> Any:
    """By its name; what the form was drawn from stands behind it in the key."""
    return next(found for found in fields if str(found.key).startswith(f"settings_{name}_"))


def test_everything_is_saved_together(start: Start, seen: Journal) -> None:
    seen.add_trade(Trade(symbol="EURUSD", profit_loss=1.0, lot_size=0.1, account="4711"))
    app = start(page="settings")
    say(app, currency="usd", balance="10000.5", risk_percent="0.5", trades_a_day="5", stop_after_losses="2")
    say(app, account_4711="Main")
    field(app.time_input, "day_start").set_value(time(6, 0))
    button(app, "Save settings").click().run()
    assert not app.exception
    assert "Settings saved." in words(app)
    saved = seen.preferences()
    assert (saved.currency, saved.starting_balance, saved.day_start) == ("USD", 10_000.5, time(6, 0))
    assert saved.risk_plan == RiskPlan(risk_percent=0.5, trades_a_day=5, stop_after_losses=2)
    assert dict(saved.account_names) == {"4711": "Main"}
    say(app, risk_percent="", account_4711="")
    button(app, "Save settings").click().run()
    assert seen.preferences().risk_plan.risk_percent is None
    assert dict(seen.preferences().account_names) == {}


def test_settings_belong_to_one_journal(start: Start, seen: Journal) -> None:
    before = seen.preferences()
    app = start(page="settings", demo="1")
    say(app, balance="777")
    button(app, "Save settings").click().run()
    assert "Settings saved." in words(app)
    of_demo = field(app.text_input, "balance")
    assert of_demo.value == "777"
    button(app, "Back to my journal").click().run()
    open_page(app, "settings")
    assert field(app.text_input, "balance").key != of_demo.key
    button(app, "Save settings").click().run()
    assert seen.preferences() == before


def test_the_fields_are_others_once_settings_are_stored_elsewhere(start: Start, seen: Journal) -> None:
    """And only then: a trade leaves alone what is being typed."""
    app = start(page="settings")
    before = field(app.text_input, "balance").key
    seen.add_trade(Trade(symbol="EURUSD", profit_loss=1.0, lot_size=0.1))
    assert field(app.run().text_input, "balance").key == before
    seen.save_preferences(replace(seen.preferences(), starting_balance=5000.0))
    balance = field(app.run().text_input, "balance")
    assert balance.key != before
    assert balance.value == "5000"


def test_settings_stored_elsewhere_are_not_overwritten_unseen(start: Start, seen: Journal) -> None:
    app = start(page="settings")
    newer = replace(seen.preferences(), starting_balance=5000.0)
    seen.save_preferences(newer)
    say(app, risk_percent="1")
    button(app, "Save settings").click().run()
    assert "nothing was saved" in words(app)
    assert field(app.text_input, "balance").value == "5000"
    assert seen.preferences() == newer


def test_settings_that_are_already_stored_are_saved_once_more(start: Start, seen: Journal) -> None:
    """The second of two clicks."""
    app = start(page="settings")
    seen.save_preferences(replace(seen.preferences(), starting_balance=5000.0))
    say(app, balance="5000")
    button(app, "Save settings").click().run()
    assert "Settings saved." in words(app)


def test_the_zone_is_shown_and_fixed(start: Start, seen: Journal) -> None:
    app = start(page="settings")
    zone = next(found for found in app.main.text_input if found.label == "Time zone")
    assert (zone.value, zone.disabled) == (seen.zone.key, True)
    assert "Fixed when the journal was made" in zone.help


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("trades_a_day", "2.5", "whole number"),
        ("trades_a_day", "0", "trades_a_day"),
        ("balance", "-5", "starting_balance"),
        ("balance", "much", "is no number"),
        ("currency", "$$", "currency"),
        ("risk_percent", "101", "risk_percent"),
    ],
)
def test_what_cannot_be_is_refused(name: str, text: str, said: str, start: Start, seen: Journal) -> None:
    before = seen.preferences()
    app = start(page="settings")
    say(app, **{name: text})
    button(app, "Save settings").click().run()
    assert not app.exception
    assert said in words(app)
    assert seen.preferences() == before


def test_a_backup_is_written_beside_the_journal_and_named(start: Start, seen: Journal) -> None:
    seen.add_trade(Trade(symbol="EURUSD", profit_loss=1.0, lot_size=0.1))
    app = start(page="settings")
    button(app, "Make a backup").click().run()
    (copy,) = (seen.path.parent / "backups").glob("mentor-*.db")
    assert copy.name in words(app)
    with Journal.open(copy) as opened:
        assert len(opened.trades()) == 1


def test_the_check_up_says_what_it_found(start: Start, seen: Journal) -> None:
    app = start(page="settings")
    assert str(seen.path) in [block.value for block in app.code]
    button(app, "Check the journal").click().run()
    assert not app.exception
    for check in seen.check():
        assert check.name in words(app)


@pytest.mark.usefixtures("seen")
def test_the_whole_journal_can_be_taken_along(start: Start) -> None:
    app = start(page="settings")
    downloads = app.main.get("download_button")
    assert [button.label for button in downloads] == ["Download as CSV", "Download as Parquet"]
    assert all(button.proto.url or button.proto.deferred_file_id for button in downloads)

"""The Trades page: filter, page, add, edit, tag and delete."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from mentor import Journal
from mentor.i18n import language
from mentor.models import Trade
from tests.ui.conftest import Start
from tests.ui.test_pages import button, words

NOON = datetime(2025, 1, 15, 5, 0, tzinfo=UTC)


@pytest.fixture
def traded(seen: Journal) -> Journal:
    """Three trades on two days: two sides, two strategies, one tag."""
    for day, symbol, amount, side, strategy, notes in (
        (0, "EURUSD", 10.5, "long", "breakout", "#plan kept"),
        (0, "XAUUSD", -4.25, "short", "news", None),
        (1, "EURUSD", -1.0, "long", None, "late <b>entry</b>"),
    ):
        moment = NOON + timedelta(days=day)
        seen.add_trade(
            Trade(
                symbol=symbol,
                profit_loss=amount,
                lot_size=0.1,
                side=side,  # type: ignore[arg-type]
                entry_time=moment,
                exit_time=moment + timedelta(minutes=5),
                entry_price=1.083451,
                strategy_used=strategy,
                notes=notes,
            )
        )
    return seen


def opened(start: Start) -> AppTest:
    return start(page="trades")


def symbols(app: AppTest) -> list[str]:
    return [str(symbol) for symbol in app.main.dataframe[0].value["Symbol"]]


def choose(app: AppTest, *rows: int) -> AppTest:
    table = app.main.dataframe[0]
    app.session_state[table.key] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    return app.run()


def say(app: AppTest, place: str, **fields: str) -> None:
    for name, value in fields.items():
        app.text_input(key=f"trade_{place}_{name}").set_value(value)


def test_an_empty_page_says_what_to_do_and_takes_a_trade(start: Start, seen: Journal) -> None:
    app = opened(start)
    assert "The journal is empty" in words(app)
    button(app, "Add a trade").click().run()
    say(app, "new", symbol="EURUSD", lot_size="0.1", profit_loss="-12.345", entry_time="2025-01-15 14:30:00")
    say(app, "new", exit_time="2025-01-15 15:00", stop_price="1.08341", currency="USD")
    app.text_area(key="trade_new_notes").set_value("#late")
    button(app, "Save trade").click().run()
    assert not app.exception
    assert "Trade added: EURUSD." in words(app)
    (stored,) = seen.session_trades(1)
    assert (stored.profit_loss, stored.lot_size, stored.stop_price, stored.notes) == (-12.345, 0.1, 1.08341, "#late")
    assert stored.exit_time == datetime(2025, 1, 15, 8, 0, tzinfo=UTC)
    assert (stored.side, stored.fees, stored.risk_percent) == (None, None, None), "what was left open is unknown"
    assert stored.session_id is not None
    assert [session.date_text for session in seen.sessions()] == ["2025-01-15"]
    assert symbols(app) == ["EURUSD"]


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("profit_loss", "12,50", "Write it with a point"),
        ("profit_loss", "", "P/L is missing"),
        ("entry_time", "tomorrow", "This is no time"),
        ("symbol", " ", "Symbol is missing"),
        ("lot_size", "-1", "lot_size"),
    ],
)
def test_what_cannot_be_is_refused_and_the_form_stays(
    field: str, text: str, said: str, start: Start, seen: Journal
) -> None:
    app = opened(start)
    button(app, "Add a trade").click().run()
    say(app, "new", symbol="EURUSD", lot_size="0.1", profit_loss="1")
    say(app, "new", **{field: text})
    button(app, "Save trade").click().run()
    assert not app.exception
    assert said in words(app)
    assert seen.trades().empty
    assert app.text_input(key="trade_new_lot_size").value == ("-1" if field == "lot_size" else "0.1")


@pytest.mark.usefixtures("traded")
def test_count_and_net_of_what_fits_are_exact(start: Start) -> None:
    app = opened(start)
    assert "**3 trades** · net **+5.25**" in words(app)
    assert symbols(app) == ["EURUSD", "XAUUSD", "EURUSD"]
    assert app.main.dataframe[0].value["Entry price"].tolist() == [1.083451] * 3
    app.main.multiselect(key="trades_strategies").set_value(["news", ""]).run()
    assert "**2 trades** · net **−5.25**" in words(app)
    button(app, "Clear filters").click().run()
    assert "**3 trades**" in words(app)
    app.text_input(key="trades_search").set_value("#PLAN").run()
    assert "**1 trade** · net **+10.50**" in words(app)
    app.text_input(key="trades_search").set_value("nowhere").run()
    assert "No trade fits" in words(app)


def test_trades_of_bots_and_by_hand_are_told_apart(start: Start, traded: Journal) -> None:
    traded.log_trade_for_ai_analysis(7, "BTCUSD", 2.0, 0.1)
    app = opened(start)
    app.main.multiselect(key="trades_origins").set_value(["bot"]).run()
    assert symbols(app) == ["BTCUSD"]
    app.main.multiselect(key="trades_origins").set_value(["hand"]).run()
    assert "**3 trades**" in words(app)


@pytest.mark.usefixtures("traded")
def test_the_sidebars_symbols_hold_here_too(start: Start) -> None:
    app = opened(start)
    app.sidebar.multiselect(key="symbols").set_value(["XAUUSD"]).run()
    assert symbols(app) == ["XAUUSD"]


@pytest.mark.usefixtures("traded")
def test_the_order(start: Start) -> None:
    app = opened(start)
    app.main.selectbox(key="trades_order").set_value(("profit_loss", False)).run()
    assert app.main.dataframe[0].value["Net P/L"].tolist() == [-4.25, -1.0, 10.5]
    app.main.selectbox(key="trades_order").set_value(("symbol", True)).run()
    assert symbols(app) == ["XAUUSD", "EURUSD", "EURUSD"]


def test_one_trade_is_edited_and_moves_to_the_day_it_closed(start: Start, traded: Journal) -> None:
    app = choose(opened(start), 0)
    button(app, "Edit").click().run()
    assert app.text_input(key="trade_3_entry_time").value == "2025-01-16 12:00:00"
    assert app.text_input(key="trade_3_entry_price").value == "1.083451"
    say(app, "3", exit_time="2025-01-17 09:00:00", profit_loss="2")
    button(app, "Save trade").click().run()
    assert not app.exception
    assert "Trade changed: EURUSD." in words(app)
    (edited,) = traded.trades_by_id([3])
    assert (edited.profit_loss, edited.entry_time) == (2.0, NOON + timedelta(days=1))
    assert edited.notes == "late <b>entry</b>"
    assert traded.sessions()[0].date_text == "2025-01-17"
    assert "net **+8.25**" in words(app)


def test_several_are_tagged(start: Start, traded: Journal) -> None:
    app = choose(opened(start), 0, 1)
    assert "2 trades chosen" in words(app)
    app.text_input(key="trades_tag").set_value("news day")
    button(app, "Add tag").click().run()
    assert traded.search_trades("#news_day") == {2, 3}
    assert traded.trades_by_id([3])[0].notes == "late <b>entry</b> #news_day"


def test_deleting_asks_first_and_can_be_left(start: Start, traded: Journal) -> None:
    app = choose(opened(start), 1, 2)
    button(app, "Delete").click().run()
    assert "This deletes 2 trades for good" in words(app)
    button(app, "Keep").click().run()
    assert len(traded.trades()) == 3
    app = choose(app, 1, 2)
    button(app, "Delete").click().run()
    button(app, "Delete 2 trades").click().run()
    assert not app.exception
    assert "2 trades deleted." in words(app)
    assert traded.trades()["id"].tolist() == [3]
    assert "chosen" not in words(app), "what was chosen is gone"


def test_what_is_chosen_never_passes_to_other_rows(start: Start, traded: Journal) -> None:
    app = choose(opened(start), 0)
    assert "1 trade chosen" in words(app)
    app.main.selectbox(key="trades_order").set_value(("date", False)).run()
    assert "chosen" not in words(app)
    assert len(traded.trades()) == 3


@pytest.mark.usefixtures("traded")
def test_a_trade_leads_to_its_session(start: Start) -> None:
    app = choose(opened(start), 0)
    button(app, "Open session").click().run()
    assert app.title[0].value == "Session"
    assert str(app.main.date_input(key="date").value) == "2025-01-16"


@pytest.mark.usefixtures("small")
def test_a_trade_of_an_unreadable_day_is_listed_last_and_leads_to_its_session(start: Start) -> None:
    app = opened(start)
    assert app.main.dataframe[0].value["Day"].tolist()[-1] == "unreadable"
    app = choose(app, len(app.main.dataframe[0].value) - 1)
    button(app, "Open session").click().run()
    assert "Without a readable date: kemarin" in words(app)


def test_a_large_journal_is_shown_a_page_at_a_time(large: Journal, start: Start) -> None:
    app = opened(start)
    every = large.trades()
    assert "**20,000 trades**" in words(app)
    assert len(app.main.dataframe[0].value) == 50
    app.get("pagination")[0].set_value(400).run()
    assert len(app.main.dataframe[0].value) == 50
    assert app.main.dataframe[0].value["Net P/L"].tolist() == every["profit_loss"].iloc[:50].tolist()[::-1]
    app.main.selectbox(key="trades_order").set_value(("profit_loss", True)).run()
    assert app.main.dataframe[0].value["Net P/L"].iloc[0] == every["profit_loss"].max(), "page 1 again"


def test_two_accounts_of_one_name_stay_two_choices(start: Start, traded: Journal) -> None:
    for account, amount in (("A1", 1.0), ("B2", 2.0)):
        traded.add_trade(Trade(symbol="X", profit_loss=amount, lot_size=1.0, account=account))
    with traded._database.transaction() as connection:  # Settings refuses two of one name; another program may not
        names = json.dumps({"A1": "Main", "B2": "Main"})
        connection.execute("INSERT INTO settings (key, value) VALUES ('account_names', ?)", (names,))
    app = opened(start)
    accounts = app.main.multiselect(key="trades_accounts")
    assert sorted(accounts.options)[:2] == ["Main (A1)", "Main (B2)"]
    accounts.set_value(["B2"]).run()
    assert app.main.dataframe[0].value["Net P/L"].tolist() == [2.0]


def test_deleting_what_another_program_removed_is_one_sentence(start: Start, traded: Journal) -> None:
    app = choose(opened(start), 0)
    button(app, "Delete").click()
    traded.delete_trades([trade.id for trade in traded.day_trades("2025-01-16") if trade.id])
    app.run()
    assert not app.exception
    assert "There is no trade" in words(app)


def test_the_address_keeps_what_is_asked_and_opens_the_same_in_the_other_language(
    start: Start, traded: Journal
) -> None:
    app = opened(start)
    app.main.segmented_control(key="trades_side").set_value("long").run()
    app.main.multiselect(key="trades_strategies").set_value(["", "breakout"]).run()
    app.main.selectbox(key="trades_order").set_value(("profit_loss", False)).run()
    app.main.text_input(key="trades_search").set_value("e").run()
    asked = {name: app.query_params[name] for name in ("side", "strategies", "order", "search")}
    assert asked == {"side": "long", "strategies": ["", "breakout"], "order": "profit_loss-up", "search": "e"}
    button(app, "Clear filters").click().run()
    assert "**3 trades**" in words(app)
    assert set(app.query_params) & {"side", "strategies", "search"} == set()
    traded.keep_language("id")
    with language.spoken("id"):
        again = start(**asked, page="trades")
        assert again.title[0].value == "Trade"
        assert again.main.dataframe[0].value["Net P/L"].tolist() == [-1.0, 10.5]


@pytest.mark.usefixtures("traded")
def test_what_nobody_knows_in_the_address_counts_for_nothing(start: Start) -> None:
    app = start(side="up", result="lost", order="<b>", strategies="x", accounts="y", origins="z", page="trades")
    assert not app.exception
    assert "**3 trades**" in words(app)

"""The import page: preview first, nothing stored before the button, undo afterwards."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from mentor import Journal
from mentor.errors import InvalidArgument
from mentor.i18n import language
from mentor.ui import long_work, upload_data
from mentor.ui.upload_options import parsed_multipliers
from tests.foreign import ForeignClient
from tests.test_jobs import Gate
from tests.ui.conftest import Start
from tests.ui.test_pages import button, figures, words

CSV = b"""symbol,side,lots,open time,close time,profit,commission
EURUSD,buy,0.10,2025-01-15 09:00:00,2025-01-15 10:00:00,25.00,-1.00
GBPUSD,sell,0.20,2025-01-15 11:00:00,2025-01-15 12:00:00,-10.00,-1.00
XAUUSD,sideways,0.20,2025-01-15 13:00:00,2025-01-15 14:00:00,5.00,-1.00
"""


#: Orders of Webull, the sale first.
FILLS = b"""Name,Symbol,Side,Status,Filled,Total Qty,Price,Avg Price,Time-in-Force,Placed Time,Filled Time
Apple,AAPL,Sell,Filled,10,10,@150.00,150.00,DAY,01/15/2025 09:30:00 EST,01/15/2025 09:30:00 EST
Apple,AAPL,Buy,Filled,10,10,@149.00,149.00,DAY,01/15/2025 09:40:00 EST,01/15/2025 09:40:00 EST
"""


def upload(app: AppTest, content: bytes, name: str = "trades.csv") -> AppTest:
    app.main.file_uploader[0].upload(name, content)
    return app.run()


def add_button(app: AppTest) -> str:
    return next((found.label for found in app.button if found.label.startswith("Add ")), "")


def test_a_file_is_previewed_confirmed_listed_and_undone(start: Start, seen: Journal) -> None:
    app = upload(start(page="imports"), CSV)
    assert figures(app)["Will be added"] == "2"
    assert figures(app)["Refused rows"] == "1"
    assert figures(app)["Net P/L of the file"] == "13.00"
    first, rejected = (table.value for table in app.dataframe)
    assert first["entry"].dt.strftime("%H:%M").tolist() == ["09:00", "11:00"]
    assert rejected[["Line", "Value"]].to_numpy().tolist() == [[4, "sideways"]]
    assert seen.imports() == [], "a preview stores nothing"

    button(app, "Add 2 trades to the journal").click().run()
    assert "2 trades added, net +13.00; 1 row refused." in words(app)
    assert not add_button(app), "the file is gone from the page"
    (record,) = seen.imports()
    assert (record.file_name, record.trades, record.net_profit_loss) == ("trades.csv", 2, 13.0)

    button(app, "Remove 2 trades").click().run()
    assert "Import of trades.csv undone: 2 trades removed." in words(app)
    assert seen.trades().empty


def test_the_same_file_again_adds_nothing(start: Start, seen: Journal) -> None:
    seen.commit_import(seen.plan_import(("trades.csv", CSV)))
    app = upload(start(page="imports"), CSV)
    assert figures(app)["Already there"] == "2"
    assert "the journal knows every trade of this file" in words(app)
    assert not add_button(app)


@pytest.mark.usefixtures("journal")
def test_an_ambiguous_date_is_asked_and_answered_by_a_button(start: Start) -> None:
    app = upload(start(page="imports"), CSV.replace(b"2025-01-15", b"02/01/2025"))
    assert next(found for found in app.button if found.label.startswith("Add ")).disabled
    button(app, "day, month, year: 31.12.2025").click().run()
    assert not next(found for found in app.button if found.label.startswith("Add ")).disabled
    assert app.dataframe[0].value["entry"].dt.strftime("%Y-%m-%d").tolist() == ["2025-01-02", "2025-01-02"]


@pytest.mark.usefixtures("journal")
def test_a_time_zone_can_be_said(start: Start) -> None:
    app = upload(start(page="imports"), CSV)
    zone = next(box for box in app.main.selectbox if box.label.startswith("Time zone"))
    zone.set_value("UTC").run()
    assert app.dataframe[0].value["entry"].dt.strftime("%H:%M").tolist() == ["16:00", "18:00"]


@pytest.mark.usefixtures("journal")
def test_what_was_asked_before_and_not_waited_for_is_never_shown_for_something_else(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, reading = start(page="imports"), Gate(Journal.read_import)
    monkeypatch.setattr(Journal, "read_import", lambda *arguments: reading(*arguments))
    monkeypatch.setattr(long_work, "PATIENCE", 0.0)
    upload(app, CSV)
    zone = next(box for box in app.main.selectbox if box.label.startswith("Time zone"))
    reading.wait()
    zone.set_value("UTC").run()
    monkeypatch.setattr(long_work, "PATIENCE", 120.0)
    reading.permit.release(100)
    app.run()
    assert app.dataframe[0].value["entry"].dt.strftime("%H:%M").tolist() == ["16:00", "18:00"]
    zone = next(box for box in app.main.selectbox if box.label.startswith("Time zone"))
    zone.set_value(None).run()
    assert app.dataframe[0].value["entry"].dt.strftime("%H:%M").tolist() == ["09:00", "11:00"]


def test_trades_a_bot_logged_are_added_only_on_request(start: Start, foreign: ForeignClient, seen: Journal) -> None:
    seen.create_trading_session("2025-01-15")
    foreign.open(seen.path)
    foreign.run(
        "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size) "
        "VALUES (1, 7, 'EURUSD', 24.0, 0.1)"
    )
    app = upload(start(page="imports"), CSV)
    assert add_button(app) == "Add 1 trade to the journal"
    next(box for box in app.main.checkbox if "looks like" in box.label).check().run()
    assert add_button(app) == "Add 2 trades to the journal"


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize("content", [b"", b"\x00\xff\x01" * 50, b"symbol,profit\n", b"<html><table><tr><td>"])
def test_a_bad_file_gets_a_sentence_and_the_page_goes_on(content: bytes, start: Start) -> None:
    app = upload(start(page="imports"), content, "bad_<b>_$1$.csv")
    assert not app.exception
    assert len(app.error) + len(app.info) >= 1
    assert not add_button(app)
    assert "Imports so far" in words(app)


@pytest.mark.usefixtures("journal")
def test_a_file_over_the_limit_gets_a_sentence(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_data, "MAX_UPLOAD_MB", 1)
    app = upload(start(page="imports"), b"x" * (2**20 + 1), "huge.csv")
    assert "larger than 1 MB" in words(app)


def test_several_files_are_previewed_and_added_together(start: Start, seen: Journal) -> None:
    rows = CSV.splitlines(keepends=True)
    app = start(page="imports")
    kind = "text/csv"
    app.main.file_uploader[0].set_value(
        [("both.csv", CSV, kind), ("first.csv", rows[0] + rows[1], kind), ("no_export.txt", b"nothing", kind)]
    ).run()
    assert [box.label.replace("\\", "") for box in app.main.expander if ".csv" in box.label or ".txt" in box.label] == [
        "both.csv: 2 trades to add",
        "first.csv: 1 trade to add",
        "no_export.txt: refused",
    ]
    assert "1 file below cannot be added, or not yet." in words(app)
    button(app, "Add all: 2 files").click().run()
    assert "both.csv: 2 trades added" in words(app)
    assert "first.csv: nothing to add any more." in words(app), "held against what the file before it added"
    assert len(seen.trades()) == 2
    assert len(app.main.file_uploader[0].value) == 3, "the refused one is still there to be looked at"


@pytest.mark.usefixtures("journal")
def test_files_are_added_from_the_earliest_on_and_then_gone(start: Start, seen: Journal) -> None:
    app = start(page="imports")
    later, earlier = CSV.replace(b"2025-01-15", b"2025-01-20"), CSV
    app.main.file_uploader[0].set_value([("a.csv", later, "text/csv"), ("b.csv", earlier, "text/csv")]).run()
    button(app, "Add all: 2 files").click().run()
    assert [record.file_name for record in seen.imports()] == ["a.csv", "b.csv"], "newest first"
    assert not app.main.file_uploader[0].value


@pytest.mark.usefixtures("journal")
def test_one_of_several_files_is_added_alone(start: Start, seen: Journal) -> None:
    app = start(page="imports")
    other = CSV.replace(b"2025-01-15", b"02/01/2025")
    app.main.file_uploader[0].set_value([("a.csv", CSV, "text/csv"), ("b.csv", other, "text/csv")]).run()
    assert "Add all: 1 file" in [found.label for found in app.button]
    next(found for found in app.button if found.label.startswith("Add 2") and not found.disabled).click().run()
    assert [record.file_name for record in seen.imports()] == ["a.csv"]
    button(app, "day, month, year: 31.12.2025").click().run()
    button(app, "Add all: 1 file").click().run()
    assert len(seen.imports()) == 2


@pytest.mark.usefixtures("journal")
def test_refused_rows_can_be_downloaded(start: Start) -> None:
    app = upload(start(page="imports"), CSV)
    (download,) = app.get("download_button")
    assert download.label == "Download these rows with the reasons"
    assert download.proto.url or download.proto.deferred_file_id


@pytest.mark.usefixtures("journal")
def test_sells_without_a_buy_are_asked_about(start: Start) -> None:
    app = upload(start(page="imports"), FILLS)
    assert figures(app)["Will be added"] == "0"
    button(app, "They opened short positions").click().run()
    assert figures(app)["Net P/L of the file"] == "$10.00"


def test_multipliers() -> None:
    assert parsed_multipliers("") == {}
    assert parsed_multipliers("ES=50, NQ = 20.5,") == {"ES": 50.0, "NQ": 20.5}


@pytest.mark.parametrize("text", ["ES", "ES=", "ES=fifty", "ES=-1", "ES=inf", "ES=nan", "=5"])
def test_what_is_no_multiplier_is_refused(text: str) -> None:
    with pytest.raises(InvalidArgument, match="no multiplier"):
        parsed_multipliers(text)


def test_the_page_speaks_the_language_and_the_file_stays_when_it_changes(start: Start, seen: Journal) -> None:
    seen.keep_language("id")
    with language.spoken("id"):  # the test's side of the widgets
        app = upload(start(page="imports"), CSV)
    assert figures(app)["Akan ditambahkan"] == "2"
    assert figures(app)["P/L bersih file ini"] == "13,00"
    assert app.dataframe[1].value.to_numpy().tolist() == [[4, "side", "sideways", "bukan buy dan bukan sell"]]
    assert "Kolom profit belum dipotong biaya" in words(app)

    app.sidebar.button_group(key="language").set_value("en")
    with language.spoken("id"):
        app.run()
    assert figures(app)["Will be added"] == "2"
    button(app, "Add 2 trades to the journal").click().run()
    assert "2 trades added, net +13.00; 1 row refused." in words(app)


def test_a_multiplier_that_may_be_a_thousand_is_refused() -> None:
    assert parsed_multipliers("ES=12.500") == {"ES": 12.5}
    with language.spoken("id"), pytest.raises(InvalidArgument, match="thousand or a decimal"):
        parsed_multipliers("ES=12.500")

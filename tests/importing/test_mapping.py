"""Columns a person named: exactly those are read, and files with the same header row are known again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mentor.errors import ColumnsUnknown, ImportRefused, InvalidArgument
from mentor.importing import document_of, likeliest, read_file
from mentor.importing.mapping import fingerprint, numbered
from mentor.models import ChosenColumns, ImportOptions
from tests.importing.files import JAKARTA, only, read, reasons

#: Names no word list knows.
HEADER = "Shymbola,Way,Qty X,In,Out,Made\n"
ROW = "EURUSD,buy,0.10,2024-01-02 10:00:00,2024-01-02 11:00:00,10.50\n"
MAPPING = {
    "symbol": "Shymbola",
    "side": "Way",
    "size": "Qty X",
    "entry_time": "In",
    "exit_time": "Out",
    "net_profit": "Made",
}


def test_an_unknown_table_asks_for_its_columns() -> None:
    with pytest.raises(ColumnsUnknown, match="Shymbola, Way, Qty X"):
        read(HEADER + ROW)


def test_a_missing_column_asks_for_it() -> None:
    with pytest.raises(ColumnsUnknown, match="profit"):
        read(HEADER.replace("Shymbola,Way,Qty X,In,Out", "Symbol,Side,Lots,Open Time,Close Time") + ROW)


def test_named_columns_are_read() -> None:
    reading = read(HEADER + ROW, mapping=MAPPING)
    trade = only(reading)
    assert (trade["symbol"], trade["side"], trade["lot_size"], trade["profit_loss"]) == ("EURUSD", "long", 0.1, 10.5)
    assert (trade["entry_time"].hour, trade["exit_time"].hour) == (3, 4), "Jakarta, in UTC"
    assert reading.notices[0] == "Read with the columns you chose."
    assert reading.chosen == ChosenColumns(header=fingerprint(HEADER.strip().split(",")), columns=MAPPING)


def test_nothing_else_is_recognised_by_name() -> None:
    text = (HEADER.strip() + ",Commission,Stop Loss\n") + ROW.strip() + ",-2,1.05\n"
    trade = only(reading := read(text, mapping=MAPPING))
    assert trade["profit_loss"] == 10.5
    assert trade["stop_price"] != trade["stop_price"], "not read"
    assert "Columns not used: Commission, Stop Loss." in reading.notices


def test_several_columns_of_costs_count() -> None:
    text = HEADER.strip() + ",A,B,C\n" + ROW.strip() + ",0.5,0.25,-0.1\n"
    mapping = {**MAPPING, "profit": "Made", **numbered("fees", ["A", "B"]), "swap": "C"}
    del mapping["net_profit"]
    trade = only(read(text, mapping=mapping))
    assert trade["fees"] == pytest.approx(0.85)
    assert trade["profit_loss"] == pytest.approx(9.65)


def test_what_a_header_says_of_zone_and_currency_counts() -> None:
    text = HEADER.replace("In,Out,Made", "In (UTC),Out (UTC),Made (EUR)") + ROW
    mapping = {**MAPPING, "entry_time": "In (UTC)", "exit_time": "Out (UTC)", "net_profit": "Made (EUR)"}
    trade = only(read(text, mapping=mapping))
    assert trade["currency"] == "EUR"
    assert trade["entry_time"].hour == 10


def test_a_file_without_a_header_row_does_not_lose_its_first_trade() -> None:
    mapping = dict(zip(MAPPING, ROW.strip().split(","), strict=True))
    with pytest.raises(ImportRefused, match="no header row"):
        read(ROW + ROW.replace("EURUSD", "GBPUSD"), mapping=mapping)


def test_named_columns_of_fills_are_paired() -> None:
    text = "Thing,Way,N,When,At,Cost\nAAPL,buy,10,2024-01-02 10:00,150.00,1\nAAPL,sell,10,2024-01-02 11:00,152.00,1\n"
    mapping = {"symbol": "Thing", "side": "Way", "size": "N", "time": "When", "price": "At", "commission": "Cost"}
    trade = only(read(text, mapping=mapping, multipliers={"AAPL": 1.0}))
    assert (trade["side"], trade["lot_size"], trade["profit_loss"]) == ("long", 10.0, 18.0)


def test_nothing_is_guessed() -> None:
    timeless = ROW.replace("2024-01-02 10:00:00,2024-01-02 11:00:00", ",")
    bad = ROW.replace("buy", "hold") + timeless + ROW.replace("10.50", "ten")
    reading = read(HEADER + bad, mapping=MAPPING)
    assert reading.trades.empty
    assert [line for line, _, _ in reasons(reading)] == [2, 3, 4]
    assert {reasons(reading)[0], reasons(reading)[2]} == {(2, "Way", "hold"), (4, "Made", "ten")}


def test_columns_of_one_name_are_told_apart() -> None:
    text = "Thing,Way,Qty X,When,Level,When,Level\nEURUSD,buy,1000,2024-01-02 10:00,1.10,2024-01-02 11:00,1.20\n"
    columns = likeliest(document_of(("t.csv", text.encode())))
    assert columns is not None
    assert columns.headers == ("Thing", "Way", "Qty X", "When", "Level", "When (2)", "Level (2)")
    mapping = {"symbol": "Thing", "side": "Way", "size": "Qty X", "entry_time": "When", "exit_time": "When (2)"}
    mapping |= {"entry_price": "Level", "exit_price": "Level (2)"}
    trade = only(read(text, mapping=mapping, multipliers={"EURUSD": 1.0}))
    assert (trade["entry_price"], trade["exit_price"]) == (1.1, 1.2)


def test_a_name_that_differs_in_punctuation_is_not_mistaken() -> None:
    text = HEADER.replace("Made", "P/L,P&L") + ROW.replace("10.50", "1.00,2.00")
    assert only(read(text, mapping={**MAPPING, "net_profit": "P&L"}))["profit_loss"] == 2.0
    assert only(read(text, mapping={**MAPPING, "net_profit": "P/L"}))["profit_loss"] == 1.0
    assert only(read(HEADER + ROW, mapping={**MAPPING, "net_profit": "made"}))["profit_loss"] == 10.5


def test_a_proposal_with_samples() -> None:
    text = "Ticker,Way,Lots,In,Fee A,Fees,Tax\n" + "EURUSD,buy,0.1,2024-01-02,1,2,3\nXAU,sell,0.2,2024-01-03,1,2,3\n"
    columns = likeliest(document_of(("t.csv", text.encode())))
    assert columns is not None
    by_name = {"symbol": "Ticker", "size": "Lots", "commission": "Tax", "fees": "Fees"}
    assert columns.proposed == by_name | {"side": "Way", "time": "In"}
    assert columns.samples[0] == ("EURUSD", "XAU")


@pytest.mark.parametrize(
    ("mapping", "error", "words"),
    [
        ({**MAPPING, "colour": "Way"}, InvalidArgument, "There is no field 'colour'"),
        ({**MAPPING, "symbol 2": "Way"}, InvalidArgument, "There is no field 'symbol 2'"),
        ({**MAPPING, "symbol": "Nothing"}, ImportRefused, "no column called 'Nothing'"),
        ({**MAPPING, "profit": "Made"}, ImportRefused, "named for two fields: 'Made'"),
        ({"symbol": "Shymbola"}, ColumnsUnknown, "A column is missing: size; time or date; profit"),
    ],
)
def test_a_choice_that_cannot_be_read_with(mapping: dict[str, str], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        read(HEADER + ROW, mapping=mapping)


def test_a_header_is_known_again_however_it_is_written_but_not_in_another_order() -> None:
    names = HEADER.strip().split(",")
    assert fingerprint(names) == fingerprint([name.upper().replace(" ", "_") for name in names])
    assert fingerprint(names) != fingerprint(names[::-1])


def test_what_was_chosen_before_is_used_again() -> None:
    on = datetime(2024, 3, 1, 20, tzinfo=UTC)
    known = ChosenColumns(header=fingerprint(HEADER.strip().split(",")), columns=MAPPING, chosen_at=on)
    source = ("t.csv", (HEADER.replace("Qty X", "QTY_X") + ROW).encode())
    reading = read_file(source, day_rule=JAKARTA, options=ImportOptions(), saved={known.header: known})
    assert only(reading)["profit_loss"] == 10.5
    assert reading.notices[0] == "Read with the columns you chose on 2024-03-02."
    assert reading.chosen == known


def test_mistakes_tags_and_plan_are_kept_among_the_notes() -> None:
    text = HEADER.strip() + ",Note,Oops,Felt\n" + ROW.strip() + ",well,late,calm\n" + ROW.strip() + ",,,\n"
    mapping = {**MAPPING, "notes": "Note", "mistakes": "Oops", "emotion": "Felt"}
    trades = read(text, mapping=mapping).trades
    assert trades["notes"].iloc[0] == "well; Oops: late"
    assert trades["emotion"].iloc[0] == "calm"
    assert trades["notes"].isna().iloc[1]


def test_columns_of_unknown_names_are_proposed_by_what_they_hold() -> None:
    text = "Aktie,Wann,Kurs,Richtung\nADS,2026-04-14 06:25:10,200.50,Kauf\nADS,2026-04-14 07:30:07,201.75,Verkauf\n"

    columns = likeliest(document_of(("odd.csv", text.encode())))

    assert columns is not None
    assert dict(columns.proposed) == {"symbol": "Aktie", "time": "Wann", "side": "Richtung"}

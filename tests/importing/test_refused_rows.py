"""Refused rows come back in the layout of their file, and go in once they are mended."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from mentor.errors import ImportRefused, InvalidArgument
from mentor.i18n import language
from mentor.i18n.language import LANGUAGES, Language, _
from mentor.importing import Reading, document_of, likeliest, read_file, refused_csv, refused_name, save_refused
from mentor.importing.refused_rows import ADDED as ADDED_HEADERS
from mentor.importing.refused_rows import ADDED_NAMES
from mentor.models import ImportOptions, Rejection
from tests.importing.files import GOOD, HEADER, JAKARTA, SHARED, only, read, reasons
from tests.importing.workbooks import workbook

BAD = GOOD.replace("buy", "hold")
ADDED = ",refused column,reason"


def refused(content: str | bytes, reading: Reading) -> bytes:
    raw = content.encode() if isinstance(content, str) else content
    return refused_csv(document_of(("trades.csv", raw)), reading.rejected)


def test_the_lines_stand_as_they_were_under_their_header() -> None:
    text = HEADER + GOOD + BAD + GOOD.replace("0.10", '"x, y"  ')
    out = refused(text, read(text)).decode()
    assert out.splitlines() == [
        HEADER.strip() + ADDED,
        BAD.strip() + ",Side,is neither buy nor sell",
        GOOD.strip().replace("0.10", '"x, y"  ') + ",Lots,is not a number",
    ]


def test_mended_rows_go_in_and_the_others_are_refused_again() -> None:
    text = HEADER + GOOD + BAD + GOOD.replace("0.10", "x")
    mended = refused(text, read(text)).replace(b"hold", b"buy")
    reading = read(mended)
    assert len(reading.trades) == 1
    assert reasons(reading) == [(3, "Lots", "x")]
    assert reading.notices == read(text).notices, "the added columns are not even unused ones"
    again = refused(mended, reading)
    assert again.decode().splitlines()[0] == HEADER.strip() + ADDED
    assert again.count(b"is not a number") == 1


def test_the_header_is_still_known() -> None:
    text = HEADER + BAD
    out = refused(text, read(text))
    [plain, with_reasons] = [likeliest(document_of(("t.csv", content))) for content in (text.encode(), out)]
    assert plain == with_reasons


def test_delimiter_line_ends_and_preamble_are_the_files_own() -> None:
    text = ("Account: 12\n\n" + HEADER + GOOD + BAD).replace(",", ";").replace("\n", "\r\n")
    out = refused(text, read(text)).decode()
    assert out.startswith("Account: 12\r\n")
    assert out.count(";refused column;reason\r\n") == 1
    assert out.endswith(";Side;is neither buy nor sell\r\n")
    assert reasons(read(out.replace("hold", "buy"))) == []


def test_a_record_of_several_lines_stays_whole() -> None:
    header = HEADER.replace("Profit", "Profit,Note")
    text = header + BAD.strip() + ',"first\nsecond"\n' + GOOD.strip() + ',"a\nb"\n'
    out = refused(text, read(text)).decode()
    assert out.splitlines()[1:] == [BAD.strip() + ',"first', 'second",Side,is neither buy nor sell']
    assert only(read(out.replace("hold", "buy")))["notes"] == "first\nsecond"


def test_short_long_and_broken_rows() -> None:
    long, broken = GOOD.replace("10.50", "10,50"), GOOD.replace("buy", 'b"uy').replace("EUR", '"EUR')
    text = HEADER + "EURUSD,buy\n" + long + broken
    out = refused(text, read(text)).decode()
    lines = out.splitlines()
    assert lines[1] == "EURUSD,buy,,,,,,,Lots,is empty"
    assert lines[2] == long.strip() + ',,"has 9 cells, but the header has 8"'
    assert lines[3].startswith(broken.strip())
    unmended = read(out)
    assert unmended.trades.empty, "a row too long must not be cut to fit"
    assert [line for line, _, _ in reasons(unmended)] == [2, 3, 4]
    mended = out.replace("10,50,", "10.50,").replace('"EUR', "EUR").replace('b"uy', "buy")
    assert len(read(mended).trades) == 2


def test_blank_cells_too_many_do_not_move_the_reason() -> None:
    text = HEADER + BAD.strip() + ",,\n"
    assert only(read(refused(text, read(text)).replace(b"hold", b"buy")))["profit_loss"] == 10.5


def test_records_quoted_as_a_whole_are_unwrapped() -> None:
    wrapped = '"' + BAD.strip().replace("EURUSD", '""EURUSD""') + '"\n'
    text = HEADER + wrapped + GOOD
    reading = read(text)
    assert reasons(reading) == [(2, "Side", "hold")]
    assert only(read(refused(text, reading).replace(b"hold", b"buy")))["symbol"] == "EURUSD"


def test_a_spreadsheet_may_save_it_with_another_delimiter_and_blank_cells() -> None:
    text = HEADER + BAD
    saved = refused(text, read(text)).decode().replace(",", ";").replace("hold", "buy").replace("\n", ";;\n")
    assert only(read(saved))["profit_loss"] == 10.5


def test_other_letters_get_a_mark_that_spreadsheets_know() -> None:
    text = HEADER + BAD.replace("hold", "höld")
    out = refused(text.encode("utf-16"), read(text.encode("utf-16")))
    assert out.startswith(codecs.BOM_UTF8)
    assert "höld" in out.decode("utf-8")


def test_a_formula_in_an_added_cell_is_none() -> None:
    text = HEADER.replace("Side", "=Side") + BAD
    reading = read(
        text, mapping=dict(zip(("symbol", "side", "size"), ("Symbol", "=Side", "Lots"), strict=True)) | TIMES
    )
    assert refused(text, reading).decode().splitlines()[1].endswith(",'=Side,is neither buy nor sell")


TIMES = {"entry_time": "Open Time", "net_profit": "Profit"}


def test_both_lines_of_a_trade_come_along() -> None:
    text = (
        "Trade #,Type,Signal,Date/Time,Price USD,Contracts,Profit USD\n"
        "1,Exit long,Close,2024-01-02 11:00,1.1010,1,x\n"
        "1,Entry long,Long,2024-01-02 10:00,1.1000,1,x\n"
    )
    reading = read(text, name="Strategy_OANDA_EURUSD_2024-01-03.csv")
    assert len(reading.rejected) == 1
    out = refused(text, reading)
    assert len(out.decode().splitlines()) == 3
    mended = read(out.replace(b",x,", b",5,"), name=refused_name("Strategy_OANDA_EURUSD_2024-01-03.xlsx"))
    assert only(mended)["symbol"] == "EURUSD", "what the name of the file says is not lost"
    assert only(mended)["strategy_used"] == "Strategy"


def test_a_sheet_gives_its_cells_under_its_header() -> None:
    content = workbook([HEADER.strip().split(","), GOOD.strip().split(","), BAD.strip().split(",")])
    reading = read(content, name="trades.xlsx")
    out = refused_csv(document_of(("trades.xlsx", content)), reading.rejected)
    assert out.decode().splitlines()[0] == HEADER.strip() + ADDED
    assert only(read(out.replace(b"hold", b"buy")))["profit_loss"] == 10.5


def test_each_section_brings_its_own_header() -> None:
    text = (
        "Statement\n\nOrders\nSymbol,Side,Qty,Price,Status\nAAPL,BUY,1,2,FILLED\n\n"
        "Trades\nDate,Symbol,Side,Qty,Price,Profit,Commission\n2024-01-02,AAPL,BUY,x,3,4,5\n2024-01-03,AAPL,BUY,1,3,4,5\n\n"
        "More Trades\nTime,Ticker,Side,Shares,Price\n2024-01-04,TSLA,hm,1,3\n"
    )
    document = document_of(("s.csv", text.encode()))
    rejected = [Rejection(line=line, column=None, value="", reason="is odd") for line in (9, 14)]
    assert refused_csv(document, rejected).decode().split("Trades\n", 1)[1].splitlines() == [
        "Date,Symbol,Side,Qty,Price,Profit,Commission" + ADDED,
        "2024-01-02,AAPL,BUY,x,3,4,5,,is odd",
        "More Trades",
        "Time,Ticker,Side,Shares,Price" + ADDED,
        "2024-01-04,TSLA,hm,1,3,,is odd",
    ]


def test_refused_rows_of_the_samples_are_refused_again() -> None:
    samples = sorted(SHARED.glob("*/*.csv"))
    if not samples:
        pytest.skip("the shared samples are not there")
    for sample in samples:
        reading = reading_of(sample)
        cells = [(cell.column, cell.value) for cell in reading.rejected if cell.column] if reading else []
        if reading and len(cells) == len(reading.rejected) > 0:
            again = reading_of((sample.name, refused_csv(document_of(sample), reading.rejected)))
            assert again is not None, sample.name
            assert (again.format, again.trades.empty) == (reading.format, True), sample.name
            assert [(cell.column, cell.value) for cell in again.rejected] == cells, sample.name


def reading_of(source: Path | tuple[str, bytes]) -> Reading | None:
    try:
        return read_file(source, day_rule=JAKARTA, options=ImportOptions())
    except ImportRefused:
        return None


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    target = tmp_path / "refused.csv"
    save_refused(target, b"first")
    with pytest.raises(InvalidArgument, match=r"refused\.csv"):
        save_refused(target, b"second")
    assert target.read_bytes() == b"first"


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_reasons_are_in_the_language_and_read_back_in_any(spoken: Language) -> None:
    text = HEADER + GOOD + BAD
    with language.spoken(spoken):
        assert tuple(map(_, ADDED_HEADERS)) in ADDED_NAMES
        out = refused_csv(document_of(("trades.csv", text.encode())), read(text).rejected, _)
        assert out.decode().splitlines()[1].endswith(f",Side,{_('is neither buy nor sell')}")
    assert reasons(read(out.replace(b"hold", b"buy"))) == []
    assert read(out.replace(b"hold", b"buy")).notices == read(text).notices

"""US stock and option brokers: what their activity does to a position."""

from __future__ import annotations

import pytest

from tests.importing.files import only, read

SCHWAB = '"Date","Action","Symbol","Description","Quantity","Price","Fees & Comm","Amount"\n'
ROBINHOOD = "Activity Date,Process Date,Settle Date,Instrument,Description,Trans Code,Quantity,Price,Amount\n"
FIDELITY = (
    "Run Date,Account,Account Number,Action,Symbol,Description,Type,Exchange Quantity,Exchange Currency,Quantity,"
    "Currency,Price,Exchange Rate,Commission,Fees,Accrued Interest,Amount,Settlement Date\n"
)


def test_what_rounding_a_price_leaves_is_no_fee() -> None:
    """300 × 10.1234 = 3037.02, and the cash says 3037.05: the price had more decimals."""
    trade = only(
        read(
            SCHWAB
            + '"08/21/2025","Sell","ACX","ACX CORP","300","$10.1234","$0.06","$3036.99"\n'
            + '"08/20/2025","Buy","ACX","ACX CORP","300","$10.00","","-$3000.00"\n'
        )
    )

    assert (trade["profit_loss"], trade["fees"]) == (36.99, 0.06)


def test_rows_of_one_day_are_in_the_broker_s_order() -> None:
    """Newest first: the split came after the round trip."""
    reading = read(
        SCHWAB
        + '"08/21/2025","Stock Split","ACX","ACX CORP","300","","",""\n'
        + '"08/21/2025","Sell","ACX","ACX CORP","300","$11.00","","$3300.00"\n'
        + '"08/21/2025","Buy","ACX","ACX CORP","300","$10.00","","-$3000.00"\n'
    )

    assert only(reading)["profit_loss"] == 300.0


def test_a_split_refuses_the_position_it_changed() -> None:
    reading = read(
        SCHWAB
        + '"08/22/2025","Sell","ACX","ACX CORP","600","$5.50","","$3300.00"\n'
        + '"08/21/2025","Stock Split","ACX","ACX CORP","300","","",""\n'
        + '"08/20/2025","Buy","ACX","ACX CORP","300","$10.00","","-$3000.00"\n'
    )

    assert [rejection.line for rejection in reading.rejected] == [4]
    assert "“Stock Split” changed this position" in reading.rejected[0].reason
    assert [question.kind for question in reading.questions] == ["opening_sell"]
    assert reading.trades.empty


@pytest.mark.parametrize("action", ["Exchange or Exercise", "Security Transfer", "Something New"])
def test_shares_that_moved_without_a_trade_are_no_fill(action: str) -> None:
    reading = read(
        SCHWAB
        + f'"08/22/2025","{action}","ACX","ACX CORP","-300","","",""\n'
        + '"08/20/2025","Buy","ACX","ACX CORP","300","$10.00","","-$3000.00"\n'
    )

    assert len(reading.rejected) == 1
    assert (reading.open_positions, len(reading.trades)) == (0, 0)


def test_a_disclaimer_beside_the_table_is_no_row() -> None:
    reading = read(
        ROBINHOOD
        + "9/10/2026,9/10/2026,9/11/2026,AAX,Aax Inc,Buy,10,$18.00,($180.00)\n"
        + ",,,,,,,,,The data provided is for informational purposes only.\n"
    )

    assert (reading.rejected, reading.open_positions) == ((), 1)


def test_an_option_code_without_an_option_is_refused() -> None:
    reading = read(ROBINHOOD + "9/10/2026,9/10/2026,9/11/2026,AAX,A bet,BTO,10,$18.00,($180.00)\n")

    assert [rejection.reason for rejection in reading.rejected] == [
        "does not describe an option in words that are known"
    ]


def test_fidelity_s_shifted_columns_are_put_in_place() -> None:
    sold = '12/01/2021,I,X1,"YOU SOLD OPENING TRANSACTION CALL (PBX) PBX INC DEC 17 21 $9 (100 SHS)", -PBX211217C9,PBX,'
    expired = '12/20/2021,I,X1,"EXPIRED CALL (PBX) PBX INC DEC 17 21 $9 as of Dec-17-2021", -PBX211217C9,PBX,'
    reading = read(
        FIDELITY
        + f"{expired}Cash,0,,USD,,5,0,,,,0.00,\n"
        + f"{sold}Cash,0,,USD,0.50,-5,0,3.25,0.10,,246.65,12/02/2021\n"
    )
    trade = only(reading)

    assert (trade["symbol"], trade["lot_size"], trade["profit_loss"]) == ("PBX 2021-12-17 9 C", 5.0, 246.65)
    assert str(trade["session_date"].date()) == "2021-12-17"

"""US stock and option brokers: what their activity does to a position."""

from __future__ import annotations

import pytest

from mentor.i18n import language
from mentor.i18n.language import _
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
    with language.spoken("id"):
        assert _(reading.rejected[0].reason).startswith("“Stock Split” mengubah posisi ini")
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


FIDELITY_TODAY = (
    "Run Date,Account,Account Number,Action,Symbol,Description,Type,Price ($),Quantity,Commission ($),Fees ($),"
    "Accrued Interest ($),Amount ($),Settlement Date\n"
)


def test_fidelity_holds_shorts_apart_from_longs() -> None:
    """133697.24 − 113940 − 18800 for the short; the 500 shares bought are still held."""
    reading = read(
        FIDELITY_TODAY
        + "07/31/2026,I,Z1,YOU BOUGHT SHORT COVER NBX GROUP (NBX) (Short),NBX,NBX,Short,188,100,,,,-18800,\n"
        + "07/30/2026,I,Z1,YOU SOLD SHORT SALE NBX GROUP (NBX) (Short),NBX,NBX,Short,191,-700,,2.76,,133697.24,\n"
        + "07/30/2026,I,Z1,YOU BOUGHT SHORT COVER NBX GROUP (NBX) (Short),NBX,NBX,Short,189.9,600,,,,-113940,\n"
        + "07/30/2026,I,Z1,YOU BOUGHT NBX GROUP (NBX) (Margin),NBX,NBX,Margin,188.9,500,,,,-94450,\n"
        + "07/30/2026,I,Z1,SHORT VS MARGIN MARK TO MARKET (Margin),,No Description,Margin,,0.000,,,,-105.96,\n"
    )
    trade = only(reading)

    assert (trade["side"], trade["lot_size"], trade["profit_loss"], trade["fees"]) == ("short", 700.0, 957.24, 2.76)
    assert (reading.rejected, reading.open_positions) == ((), 1)


def test_fidelity_s_words_behind_a_quoted_account_belong_to_it() -> None:
    header = "Run Date,Account,Action,Symbol,Security Description,Security Type,Quantity,Price ($),Amount ($)\n"
    reading = read(
        header
        + ' 06/27/2023,"Individual" X916," YOU SOLD TOPX CORP (TOPX) (Cash)", TOPX," TOPX CORP",Cash,-29,19.7,571.29\n'
        + ' 05/26/2023,"Individual" X916," YOU BOUGHT TOPX CORP (TOPX) (Cash)", TOPX," TOPX",Cash,29,17.2,-498.66\n'
    )
    trade = only(reading)

    assert (trade["account"], trade["profit_loss"]) == ("Individual X916", 72.63)


@pytest.mark.parametrize(
    "header",
    [
        "Date,Action,Symbol,Description,Type,Quantity,Price ($),Commission,Fees ($),Accrued Interest ($),Amount ($)",
        "Date,Description,Symbol,Security Description,Type,Quantity,Price,Commission,Fees,Account,Amount",
    ],
)
def test_fidelity_s_other_headers(header: str) -> None:
    reading = read(
        f"{header}\n"
        + "07/29/2026,YOU SOLD ACX INC (ACX) (Margin),ACX,ACX,Margin,-100,20,,0.4,,1999.60\n"
        + "07/28/2026,YOU BOUGHT ACX INC (ACX) (Margin),,ACX,Margin,100,19,,,,-1900.00\n"
    )

    assert (reading.format, only(reading)["profit_loss"]) == ("fidelity", 99.6)


def test_interest_kept_in_fidelity_s_cash_fund_is_no_position() -> None:
    reading = read(
        FIDELITY_TODAY + "06/29/2026,I,Z1,REINVESTMENT MONEY MARKET (SPX) (Cash),SPX,M,Cash,1,1.25,,,,-1.25,\n"
    )

    assert (reading.ignored_rows, reading.open_positions) == (1, 0)


def test_schwab_s_whole_sales_come_to_its_own_total() -> None:
    reading = read(
        '"Realized Gain/Loss for ...482 for 01/01/2025 to 12/31/2025 as of Sat Mar 14  09:23:17 EDT 2026",""\n'
        '"Symbol","Name","Closed Date","Quantity","Closing Price","Cost Basis (CB)","Total Gain/Loss ($)"\n'
        '"ACX","ACX INC","07/10/2025","150","$195.40","$28,475.30","$834.70"\n'
        '"ACX","ACX INC","09/15/2025","62","$203.75","$12,841.18","-$208.68"\n'
        '"Total","","","","","$41,316.48","$626.02"\n'
    )

    assert reading.account == "...482"
    assert (len(reading.trades), round(reading.trades["profit_loss"].sum(), 2)) == (2, 626.02)
    assert reading.ignored_rows == 1


def test_an_option_s_action_without_an_option_is_refused() -> None:
    """Its strikes would be mixed."""
    reading = read(SCHWAB + '"08/21/2025","Buy to Open","ACX","ACX CORP","1","$1.00","","-$100.00"\n')

    assert "option" in reading.rejected[0].reason
    assert reading.open_positions == 0


def test_firstrade_s_reinvested_dividend_buys() -> None:
    reading = read(
        "Symbol,Quantity,Price,Action,Description,TradeDate,SettledDate,Interest,Amount,Commission,Fee,CUSIP,RecordType\n"
        "VOX,2.05,700,SELL,VOX FUND,2026-05-04,2026-05-05,0,1435.00,0,0,922908363,Trade\n"
        "VOX,0.05,,Other,VOX REIN @ 680.0000 REC 03/20/26,2026-05-01,2026-05-04,0,-34,0,0,922908363,Financial\n"
        "VOX,2,680,BUY,VOX FUND,2026-04-01,2026-04-04,0,-1360,0,0,922908363,Trade\n"
    )

    assert only(reading)["profit_loss"] == 41.0


TASTYTRADE = (
    "Date,Type,Sub Type,Action,Symbol,Instrument Type,Description,Value,Quantity,Average Price,Commissions,Fees,"
    "Multiplier,Underlying Symbol,Call or Put,Currency\n"
)


def test_an_option_settled_in_cash_is_removed_once() -> None:
    """360 − 1 − 0.72 − 364 − 5."""
    option = "SPXW  251219C06800000,Equity Option"
    trade = only(
        read(
            TASTYTRADE
            + f"2025-12-19T22:00:00+0100,Receive Deliver,Cash Settled Assignment,,{option},Settled,-364.00,1,,--,-5.00,"
            + "100,SPXW,CALL,USD\n"
            + f"2025-12-19T22:00:00+0100,Receive Deliver,Assignment,,{option},Removal,0,1,,--,0,100,SPXW,CALL,USD\n"
            + f"2025-12-19T18:00:00+0100,Trade,Sell to Open,SELL_TO_OPEN,{option},Sold 1 @ 3.60,360.00,1,360.00,-1.00,"
            + "-0.72,100,SPXW,CALL,USD\n"
        )
    )

    assert (trade["profit_loss"], trade["fees"]) == (-10.72, 6.72)


def test_a_price_in_64ths_counts_by_its_value() -> None:
    option = "./ZBH6 OZBF6  251226P115,Future Option"
    trade = only(
        read(
            TASTYTRADE
            + f"2025-12-18T18:10:00+0100,Trade,Buy to Close,BUY_TO_CLOSE,{option},Bought 1 @ 0'12,-187.50,1,-187.50,"
            + "0.00,-2.00,1000,./ZBH6,PUT,USD\n"
            + f"2025-12-18T17:10:00+0100,Trade,Sell to Open,SELL_TO_OPEN,{option},Sold 1 @ 0'32,500.00,1,500.00,"
            + "-1.25,-2.00,1000,./ZBH6,PUT,USD\n"
        )
    )

    assert (trade["profit_loss"], trade["entry_price"], trade["exit_price"]) == (307.25, 0.5, 0.1875)


def test_a_future_closed_without_its_opening_is_no_short() -> None:
    reading = read(
        TASTYTRADE
        + "2025-10-14T07:20:03-0700,Trade,Sell to Close,SELL,/MCLZ5,Future,Sold 1 /MCLZ5 @ 57.92,0.00,1,0.00,"
        + "-0.75,-0.82,,,,USD\n"
    )

    assert (reading.open_positions, len(reading.rejected)) == (0, 1)

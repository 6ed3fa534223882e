"""thinkorswim: the sentences of the cash sections, and what the trade history adds to them."""

from __future__ import annotations

import pytest

from mentor.importing.formats.tos_contracts import contract_of
from tests.importing.files import only, read

CASH = "DATE,TIME,TYPE,REF #,DESCRIPTION,Misc Fees,Commissions & Fees,AMOUNT,BALANCE\n"
FUTURES = "Trade Date,Exec Date,Exec Time,Type,Ref #,Description,Misc Fees,Commissions & Fees,Amount,Balance\n"
HISTORY = ",Exec Time,Spread,Side,Qty,Pos Effect,Symbol,Exp,Strike,Type,Price,Net Price,Order Type\n"


@pytest.mark.parametrize(
    ("text", "symbol", "asset", "multiplier"),
    [
        ("AAPL", "AAPL", "stock", None),
        ("BRK/B", "BRK/B", "stock", None),
        ("AAPL 100 19 JUN 26 200 CALL", "AAPL 2026-06-19 200 C", "option", 100),
        ("SPX 100 16 APR 21 [AM] 3990 CALL", "SPX 2021-04-16 3990 C AM", "option", 100),
        ("$SPX.X 100 (WEEKLY) 31 Aug 2023 4515.0 PUT", "SPX 2023-08-31 4515 P", "option", 100),
        (".SPY241231P580", "SPY 2024-12-31 580 P", "option", None),
        ("/MESM26:XCME", "/MESM26", "future", None),
        ("/NQM22:XCME 1/20 APR 22 (Wk5) /Q4CJ22:XCME 13450 CALL", "/NQM22 Q4CJ22 13450 C", "future option", 20),
    ],
)
def test_a_description_names_its_contract(text: str, symbol: str, asset: str, multiplier: float | None) -> None:
    contract = contract_of(text)

    assert contract is not None
    assert (contract.symbol, contract.asset) == (symbol, asset)
    assert contract.multiplier == (pytest.approx(float("nan"), nan_ok=True) if multiplier is None else multiplier)


@pytest.mark.parametrize(
    "text",
    [
        "VERTICAL SPY 100 (Weeklys) 5 JUN 26 715/714 PUT",
        "COVERED LIT 100 16 APR 21 64 CALL/LIT",
        "CALENDAR SPY 100 16 APR 21/19 MAR 21 386 PUT",
        "IRON CONDOR NFLX 100 (Weeklys) 5 FEB 21 502.5/505/500/497.5 CALL/PUT",
        "2/2/1/1 ~IRON CONDOR RUT 100 16 APR 21 [AM] 2230/2250/2150/2055 CALL/PUT",
    ],
)
def test_a_spread_is_no_contract(text: str) -> None:
    assert contract_of(text) is None


def test_amounts_are_before_costs_as_the_balance_shows() -> None:
    trade = only(
        read(
            CASH
            + '6/2/26,09:30:00,TRD,1,BOT +100 ACX @10.00,-0.10,-1.00,"-1,000.00","9,000.00"\n'
            + '6/2/26,10:30:00,TRD,2,SOLD -100 ACX @11.00,-0.10,-1.00,"1,100.00","10,097.80"\n'
        )
    )

    assert (trade["profit_loss"], trade["fees"]) == (97.8, 2.2)


def test_a_history_that_splits_a_fill_tells_that_it_opens() -> None:
    reading = read(
        "Cash Balance\n"
        + CASH
        + '6/2/26,09:30:00,TRD,1,SOLD -100 ACX @10.04,,,"1,004.00","9,000.00"\n'
        + '6/2/26,10:30:00,TRD,2,BOT +100 ACX @9.00,,,-900.00,"9,104.00"\n'
        + "\nAccount Trade History\n"
        + HISTORY
        + ",6/2/26 10:30:00,STOCK,BUY,+100,TO CLOSE,ACX,,,STOCK,9.00,9.00,MKT\n"
        + ",6/2/26 09:30:00,STOCK,SELL,-60,TO OPEN,ACX,,,STOCK,10.00,10.00,MKT\n"
        + ",6/2/26 09:30:00,STOCK,SELL,-40,TO OPEN,ACX,,,STOCK,10.10,10.10,MKT\n"
    )
    trade = only(reading)

    assert (trade["side"], trade["profit_loss"]) == ("short", 104.0)


def test_a_future_settled_overnight_counts_by_its_prices() -> None:
    reading = read(
        "Futures Statements\n"
        + FUTURES
        + '6/2/26,6/2/26,13:00:00,TRD,1,BOT +1 /MESM26:XCME @5000.00,-0.37,-1.25,--,"5,000.00"\n'
        + '6/2/26,6/2/26,16:00:00,ADJ,2,/MESM26:XCME mark to market at 5010.00,--,--,50.00,"5,050.00"\n'
        + '6/3/26,6/3/26,13:30:00,TRD,3,SOLD -1 /MESM26:XCME @5012.00,-0.37,-1.25,10.00,"5,058.38"\n'
    )
    trade = only(reading)

    assert (trade["profit_loss"], trade["fees"]) == (56.76, 3.24)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("SOMETHING ELSE", "does not describe a trade"),
        ("BOT +1 /ZNM26:XCBT @111'245", "fractions of a point"),
        ("CANCEL BOT +1 ACX @10.00", "does not describe a trade"),
        ("SOLD -1 VERTICAL ACX 100 19 JUN 26 20/15 PUT @1.00", "no legs"),
    ],
)
def test_what_is_not_understood_is_refused(sentence: str, reason: str) -> None:
    reading = read(CASH + f"6/2/26,09:30:00,TRD,1,{sentence},,,100.00,1000.00\n")

    (rejection,) = reading.rejected
    assert (rejection.line, rejection.value) == (2, sentence)
    assert reason in rejection.reason
    assert reading.trades.empty
    assert reading.open_positions == 0


def test_a_statement_decides_as_a_whole_whether_amounts_are_before_costs() -> None:
    """Cash was 1000 − 0.01 and 995.006 rounded to 995.00, not its cents, must not make one row net."""
    trade = only(
        read(
            CASH
            + '6/2/26,09:30:00,TRD,1,BOT +1000 ACX @9.950006,-0.01,,"-9,950.00","9,000.00"\n'
            + '6/2/26,10:30:00,TRD,2,SOLD -1000 ACX @10.00,-1.10,,"10,000.00","10,097.80"\n'
        )
    )

    assert (trade["profit_loss"], trade["fees"]) == (48.89, 1.11)


def test_a_spread_comes_to_its_cash_to_the_cent() -> None:
    """Legs 1.105 × 100 − 0.4 × 100 = 70.50, booked as 70.49."""
    reading = read(
        "Cash Balance\n"
        + CASH
        + "6/2/26,09:30:00,TRD,1,SOLD -1 VERTICAL ACX 100 19 JUN 26 20/15 PUT @.70,-0.10,-1.30,70.49,70.49\n"
        + "6/19/26,09:30:00,RAD,2,REMOVAL OF OPTION DUE TO EXPIRATION 1.0 ACX 100 19 JUN 26 20 PUT,,,,70.49\n"
        + "6/19/26,09:30:00,RAD,3,REMOVAL OF OPTION DUE TO EXPIRATION -1.0 ACX 100 19 JUN 26 15 PUT,,,,70.49\n"
        + "\nAccount Trade History\n"
        + HISTORY
        + ",6/2/26 09:30:00,VERTICAL,SELL,-1,TO OPEN,ACX,19 JUN 26,20,PUT,1.105,.70,LMT\n"
        + ",,,BUY,+1,TO OPEN,ACX,19 JUN 26,15,PUT,.40,CREDIT,\n"
    )

    assert reading.rejected == ()
    assert round(reading.trades["profit_loss"].sum(), 2) == 69.09


def test_a_future_opened_before_the_statement_is_no_short() -> None:
    reading = read(
        "Futures Statements\n"
        + FUTURES
        + '6/2/26,6/2/26,08:30:00,TRD,1,SOLD -1 /ESM26:XCME @5990.00,-1.38,-2.25,50.00,"5,046.37"\n'
        + '6/2/26,6/2/26,09:30:00,TRD,2,BOT +1 /ESM26:XCME @5991.00,-1.38,-2.25,--,"5,042.74"\n'
        + '6/2/26,6/2/26,09:40:00,TRD,3,SOLD -1 /ESM26:XCME @5992.00,-1.38,-2.25,50.00,"5,089.11"\n'
    )

    assert [rejection.line for rejection in reading.rejected] == [3]
    (trade,) = reading.trades.to_dict("records")
    assert (trade["side"], trade["profit_loss"]) == ("long", 42.74)


def test_an_event_of_an_unknown_type_is_refused() -> None:
    reading = read(CASH + '6/2/26,09:30:00,XYZ,1,"Exercise, future settle -5.0 of /ESM26:XCME",,,250.00,1000.00\n')

    assert "became of a position" in reading.rejected[0].reason

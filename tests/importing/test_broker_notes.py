"""What brokers' files say in words is kept: names of orders, strategies, tags."""

from __future__ import annotations

from tests.importing.files import only, read

NINJATRADER = (
    "Trade number,Instrument,Account,Strategy,Market pos.,Qty,Entry price,Exit price,Entry time,Exit time,Entry name,"
    "Exit name,Profit,Cum. net profit\n"
    "1,MES 09-26,SIM101,ATM Strategy,Short,1,7427.50,7423.50,7/28/2026 9:45:17 AM,7/28/2026 9:46:05 AM,Entry,{exit},"
    "$20.00,$20.00\n"
)
TRADERVUE = (
    "Open Datetime,Close Datetime,Symbol,Side,Volume,Entry Price,Exit Price,Gross P&L,Notes,Tags\n"
    '2025-10-24 08:00:00,2025-10-24 08:01:00,GNLN,L,200,4.4097,4.79,76.06,{notes},"{tags}"\n'
)


def test_ninjatrader_names_strategy_and_orders() -> None:
    trade = only(read(NINJATRADER.format(exit="Target2")))
    assert (trade["strategy_used"], trade["notes"], trade["account"]) == ("ATM Strategy", "Entry → Target2", "SIM101")


def test_ninjatrader_without_the_name_of_the_exit() -> None:
    assert only(read(NINJATRADER.format(exit="")))["notes"] == "Entry"


def test_tradervue_tags_stand_behind_the_notes() -> None:
    assert only(read(TRADERVUE.format(notes="first", tags="a,b")))["notes"] == "first; Tags: a,b"
    assert only(read(TRADERVUE.format(notes="", tags="a,b")))["notes"] == "Tags: a,b"
    assert only(read(TRADERVUE.format(notes="first", tags="")))["notes"] == "first"

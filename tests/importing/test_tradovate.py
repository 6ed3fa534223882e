"""Pairs of fills: which came first says long or short."""

from __future__ import annotations

import math

from tests.importing.files import only, read

PAIR = "symbol,buyFillId,sellFillId,qty,buyPrice,sellPrice,pnl,boughtTimestamp,soldTimestamp\n"
SECOND = "10/08/2026 11:00:01"


def test_the_lower_fill_id_decides_within_a_second() -> None:
    sold_first = only(read(PAIR + f"ESZ6,21,20,1,6000.00,6024.00,$1200.00,{SECOND},{SECOND}\n"))
    assert (sold_first["side"], sold_first["entry_price"], sold_first["exit_price"]) == ("short", 6024.0, 6000.0)
    bought_first = only(read(PAIR + f"ESZ6,20,21,1,6000.00,6024.00,$1200.00,{SECOND},{SECOND}\n"))
    assert (bought_first["side"], bought_first["entry_price"]) == ("long", 6000.0)


def test_without_ids_a_pair_of_one_second_has_no_side_and_keeps_its_profit() -> None:
    trade = only(read(PAIR + f"ESZ6,,,1,6000.00,6024.00,$1200.00,{SECOND},{SECOND}\n"))
    assert trade["profit_loss"] == 1200.0
    assert isinstance(trade["side"], float)
    assert math.isnan(trade["entry_price"])
    assert math.isnan(trade["exit_price"])


def test_a_pair_has_the_id_of_both_fills() -> None:
    assert only(read(PAIR + f"ESZ6,21,20,1,6000.00,6024.00,$1200.00,{SECOND},{SECOND}\n"))["external_id"] == "21/20"

"""Fills become round trips from flat to flat; what cannot be known is asked or refused, never guessed."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentor.importing.fills import FILL_COLUMNS
from mentor.importing.reading import TRADE_COLUMNS
from mentor.importing.round_trips import PART_COLUMNS, POSITION_COLUMNS, OpeningSells, Paired, pair

CLOSES = "closes a position whose opening is in no file imported so far"
SELLS = "sells what no file imported so far has bought"
REMOVES = "removes a position whose opening is in no file imported so far"


def fill(action: str, quantity: float = math.nan, price: float = math.nan, **stated: Any) -> dict[str, Any]:
    """One fill; `at` is a time of 2024-06-03 such as '09:30', or a whole timestamp, or a day without a time."""
    return {"action": action, "quantity": quantity, "price": price, **stated}


def buy(quantity: float, price: float, **stated: Any) -> dict[str, Any]:
    return fill("buy", quantity, price, **stated)


def sell(quantity: float, price: float, **stated: Any) -> dict[str, Any]:
    return fill("sell", quantity, price, **stated)


def frame(*fills: dict[str, Any]) -> pd.DataFrame:
    """Fills a minute apart in one account and symbol, as `FILL_COLUMNS`; gross follows from price and multiplier."""
    rows = []
    for place, stated in enumerate(fills):
        row = {"account": "A", "symbol": "XYZ", "currency": "USD", "sequence": place, "multiplier": 1.0}
        row |= {"fees": math.nan, "may_short": False, "stop_loss_used": False, "take_profit_used": False}
        row |= {"at": f"2024-06-03 09:{30 + place}", "line": place + 2, "fingerprint": f"{place + 1:032x}"} | stated
        text = str(row["at"])
        at = pd.Timestamp(text if "-" in text else f"2024-06-03 {text}", tz="UTC")
        row |= {"at": pd.NaT if len(text) == 10 else at, "session_date": at.tz_localize(None).normalize()}
        sign = {"buy": -1.0, "sell": 1.0}.get(row["action"], math.nan)
        rows.append({"gross": sign * row["quantity"] * row["price"] * row["multiplier"]} | row)
    columns = pd.DataFrame(rows, columns=list(FILL_COLUMNS))
    return columns.assign(at=pd.to_datetime(columns["at"], utc=True)).astype(dict(FILL_COLUMNS))


def trips(*fills: dict[str, Any], opening_sells: OpeningSells = "ask") -> pd.DataFrame:
    return pair(frame(*fills), opening_sells=opening_sells).trips


def reasons(paired: Paired) -> dict[int, str]:
    return dict(paired.refused)


def booked_rows(paired: Paired) -> list[int]:
    return sorted(paired.parts["row"].tolist())


def test_one_round_trip_says_all_that_is_known() -> None:
    paired = pair(
        frame(
            buy(10, 100.0, at="09:30", fees=1.0, notes="breakout", strategy_used="A"),
            sell(10, 101.5, at="09:45", fees=1.25, notes="target", stop_loss_used=True, take_profit_used=True, line=9),
        )
    )
    (trip,) = paired.trips.to_dict("records")
    assert trip["side"] == "long"
    assert (trip["account"], trip["symbol"], trip["currency"]) == ("A", "XYZ", "USD")
    assert (trip["lot_size"], trip["entry_price"], trip["exit_price"]) == (10, 100.0, 101.5)
    assert (trip["profit_loss"], trip["fees"]) == (12.75, 2.25)
    assert trip["entry_time"] == pd.Timestamp("2024-06-03 09:30", tz="UTC")
    assert trip["exit_time"] == pd.Timestamp("2024-06-03 09:45", tz="UTC")
    assert trip["session_date"] == pd.Timestamp("2024-06-03")
    assert (trip["notes"], trip["strategy_used"], trip["line"]) == ("breakout; target", "A", 9)
    assert trip["stop_loss_used"] is trip["take_profit_used"] is True
    assert pd.isna(trip["external_id"])
    assert len(trip["fingerprint"]) == 32
    assert paired.positions.empty
    assert paired.refused == ()
    assert paired.unexplained.empty


def test_frames_follow_their_schemas_even_when_empty() -> None:
    for fills in (frame(), frame(buy(1, 1.0)), frame(buy(1, 1.0), sell(1, 2.0)), frame(sell(1, 2.0))):
        paired = pair(fills)
        assert paired.trips.dtypes.astype(str).to_dict() == {**TRADE_COLUMNS, "trip": "int64"}
        assert paired.parts.dtypes.astype(str).to_dict() == dict(PART_COLUMNS)
        assert paired.positions.dtypes.astype(str).to_dict() == dict(POSITION_COLUMNS)
        assert list(paired.unexplained.columns) == ["row", "account", "symbol"]


def test_scale_ins_and_partial_closes_are_one_round_trip_booked_on_its_last_day() -> None:
    found = trips(
        buy(10, 100.0, at="2024-06-03 10:00"),
        buy(30, 104.0, at="2024-06-03 11:00"),
        sell(15, 110.0, at="2024-06-04 10:00"),
        sell(25, 106.0, at="2024-06-05 10:00"),
    )
    assert len(found) == 1
    assert found["lot_size"].item() == 40
    assert found["entry_price"].item() == 103.0
    assert found["exit_price"].item() == 107.5
    assert found["profit_loss"].item() == 180.0
    assert found["session_date"].item() == pd.Timestamp("2024-06-05")


def test_a_fill_through_zero_is_split_with_its_fees() -> None:
    paired = pair(frame(buy(10, 100.0, may_short=True), sell(30, 101.0, may_short=True, fees=3.0), buy(20, 99.0)))
    assert paired.trips["side"].tolist() == ["long", "short"]
    assert paired.trips["profit_loss"].tolist() == [9.0, 38.0]
    assert paired.trips["fees"].tolist() == [1.0, 2.0]
    split = paired.parts[paired.parts["row"] == 1]
    assert split["quantity"].tolist() == [10, 20]
    assert split["gross"].tolist() == [1010.0, 2020.0]
    assert split["closing"].tolist() == [True, False]


def test_both_sides_of_a_hedged_symbol_are_positions_of_their_own() -> None:
    long, short = {"leg": "long"}, {"leg": "short", "may_short": True}
    paired = pair(frame(buy(1, 10.0, **long), sell(2, 12.0, **short), sell(1, 13.0, **long), buy(2, 11.0, **short)))
    assert paired.trips[["side", "profit_loss"]].to_numpy().tolist() == [["long", 3.0], ["short", 2.0]]


def test_what_the_broker_realised_belongs_to_the_closing_part() -> None:
    paired = pair(frame(buy(10, 100.0), sell(30, 101.0, may_short=True, realized=11.0, fees=3.0)))
    assert paired.trips["profit_loss"].tolist() == [10.0]
    assert paired.parts["realized"].fillna(0).tolist() == [0, 11.0, 0]


def test_realised_counts_only_when_every_closing_part_states_it() -> None:
    whole = trips(buy(2, 10.0), sell(1, 12.0, realized=2.5), sell(1, 13.0, realized=3.5))
    half = trips(buy(2, 10.0), sell(1, 12.0, realized=2.5), sell(1, 13.0))
    assert whole["profit_loss"].item() == 6.0
    assert half["profit_loss"].item() == 5.0


def test_an_unknown_multiplier_leaves_the_profit_unknown_unless_the_broker_states_it() -> None:
    unknown = {"multiplier": math.nan}
    assert trips(buy(1, 10.0, **unknown), sell(1, 12.0, **unknown))["profit_loss"].isna().all()
    assert trips(buy(1, 10.0, **unknown), sell(1, 12.0, realized=100.0, **unknown))["profit_loss"].item() == 100.0


def test_fees_no_fill_states_are_unknown_and_a_credit_is_a_credit() -> None:
    assert trips(buy(1, 10.0), sell(1, 12.0))["fees"].isna().all()
    credit = trips(buy(1, 10.0, fees=-0.5), sell(1, 12.0))
    assert (credit["fees"].item(), credit["profit_loss"].item()) == (-0.5, 2.5)


def test_tiny_fractions_reach_flat_exactly() -> None:
    dust = [0.0067696, 1e-8, 0.1, 0.2, 0.00000003]
    paired = pair(frame(*(buy(size, 100.0) for size in dust), sell(0.30676964, 100.0)))
    assert paired.trips["lot_size"].tolist() == [0.30676964]
    assert paired.positions.empty


def test_noise_of_binary_fractions_is_no_open_position() -> None:
    paired = pair(frame(buy(0.1, 5.0), buy(0.2, 5.0), sell(0.1 + 0.2, 6.0)))
    assert len(paired.trips) == 1
    assert paired.positions.empty


def test_prices_stay_as_written_however_small() -> None:
    found = trips(buy(3, 0.0000012345678), sell(3, 0.00000123456789))
    assert found["entry_price"].item() == 0.0000012345678
    assert found["exit_price"].item() == 0.00000123456789


def test_accounts_and_symbols_are_kept_apart_and_a_missing_account_is_one() -> None:
    paired = pair(
        frame(
            buy(1, 10.0, account="A"),
            buy(1, 20.0, account="B"),
            buy(1, 30.0, account=None),
            sell(1, 31.0, account=None),
            sell(1, 12.0, account="A"),
            buy(1, 5.0, account="A", symbol="OTHER"),
        )
    )
    assert paired.trips["profit_loss"].tolist() == [1.0, 2.0]
    assert paired.trips["account"].isna().tolist() == [True, False]
    assert paired.positions[["account", "symbol"]].values.tolist() == [["A", "OTHER"], ["B", "XYZ"]]


def test_times_decide_the_order_and_the_file_breaks_ties() -> None:
    found = trips(sell(1, 12.0, at="10:00"), buy(1, 10.0, at="09:00"))
    assert found["side"].tolist() == ["long"]
    tied = trips(*(buy(1, price, at="09:00", may_short=True) for price in (1.0, 2.0)), sell(2, 5.0, at="09:00"))
    assert tied["lot_size"].tolist() == [2]


def test_on_a_day_with_a_fill_without_time_the_file_order_counts() -> None:
    paired = pair(frame(buy(1, 10.0, at="2024-06-03"), sell(1, 11.0, at="15:00"), buy(1, 12.0, at="09:00")))
    assert paired.trips["profit_loss"].tolist() == [1.0]
    assert paired.positions["average_price"].tolist() == [12.0]
    assert paired.trips["entry_time"].isna().all()


@pytest.mark.parametrize("at", ["09:00", "2024-06-03"])
def test_of_fills_at_once_the_one_that_can_be_explained_goes_first(at: str) -> None:
    paired = pair(frame(sell(1, 12.0, at=at), buy(1, 10.0, at=at), sell(2, 8.0, at=at), buy(2, 7.0, at=at)))
    assert paired.trips["side"].tolist() == ["long", "long"]
    assert paired.trips["profit_loss"].tolist() == [2.0, 2.0]
    assert paired.refused == ()


def test_a_position_is_closed_before_the_other_side_opens_in_the_same_second() -> None:
    paired = pair(
        frame(
            buy(1, 10.0, effect="open"),
            sell(1, 12.0, effect="open", at="10:00"),
            sell(1, 11.0, effect="close", at="10:00"),
        )
    )
    assert paired.trips["profit_loss"].tolist() == [1.0]
    assert paired.positions["side"].tolist() == ["short"]
    assert paired.positions["average_price"].tolist() == [12.0]


def test_a_sell_without_a_buy_is_asked_with_everything_after_it() -> None:
    paired = pair(
        frame(
            buy(1, 10.0),
            sell(1, 11.0),
            buy(1, 10.0),
            sell(3, 12.0),
            buy(5, 9.0),
            buy(1, 1.0, symbol="OTHER"),
            sell(1, 2.0, symbol="OTHER"),
        )
    )
    assert paired.unexplained.to_dict("list") == {"row": [2, 3, 4], "account": ["A"] * 3, "symbol": ["XYZ"] * 3}
    assert booked_rows(paired) == [0, 1, 5, 6]
    assert paired.positions.empty
    assert paired.refused == ()


def test_answered_short_it_is_a_short() -> None:
    paired = pair(frame(sell(1, 12.0), buy(1, 10.0)), opening_sells="short")
    assert paired.trips["side"].tolist() == ["short"]
    assert paired.trips["profit_loss"].tolist() == [2.0]
    assert paired.unexplained.empty


def test_left_out_it_takes_the_position_it_over_sells_with_it() -> None:
    fills = frame(sell(1, 12.0), buy(1, 10.0), sell(3, 11.0), buy(1, 10.0), sell(1, 13.0))
    paired = pair(fills, opening_sells="leave out")
    assert reasons(paired) == {0: SELLS, 1: SELLS, 2: SELLS}
    assert paired.trips["profit_loss"].tolist() == [3.0]


@pytest.mark.parametrize("opening", [{"may_short": True}, {"effect": "open"}])
def test_a_short_the_file_states_is_one(opening: dict[str, Any]) -> None:
    assert trips(sell(1, 12.0, **opening), buy(1, 10.0))["side"].tolist() == ["short"]


@pytest.mark.parametrize("action", ["buy", "sell"])
@pytest.mark.parametrize("opening_sells", ["ask", "short", "leave out"])
def test_a_close_without_an_opening_is_refused(action: str, opening_sells: OpeningSells) -> None:
    fills = frame(fill(action, 1, 12.0, effect="close", may_short=True), buy(1, 10.0), sell(1, 11.0))
    paired = pair(fills, opening_sells=opening_sells)
    assert reasons(paired) == {0: CLOSES}
    assert paired.trips["profit_loss"].tolist() == [1.0]


def test_a_close_of_more_than_is_open_refuses_the_whole_position() -> None:
    paired = pair(frame(buy(1, 10.0), sell(2, 11.0, effect="close", may_short=True), buy(1, 10.0), sell(1, 11.0)))
    assert reasons(paired) == {0: CLOSES, 1: CLOSES}
    assert paired.trips["profit_loss"].tolist() == [1.0]


def test_a_close_of_the_other_side_leaves_the_position_alone() -> None:
    paired = pair(frame(buy(1, 10.0), buy(1, 9.0, effect="close"), sell(1, 11.0)))
    assert reasons(paired) == {1: CLOSES}
    assert paired.trips["profit_loss"].tolist() == [1.0]


def test_an_expired_option_is_gone_at_nothing() -> None:
    option = {"multiplier": 100.0}
    bought = trips(buy(2, 1.5, **option), fill("remove", at="2024-06-21"))
    written = trips(sell(2, 1.5, effect="open", **option), fill("remove", 2))
    assert (bought["profit_loss"].item(), bought["exit_price"].item()) == (-300.0, 0.0)
    assert written["profit_loss"].item() == 300.0
    assert bought["exit_time"].isna().all()


def test_what_is_settled_goes_at_its_price_and_the_multiplier_of_the_position() -> None:
    settled = fill("remove", 2, 4.0, multiplier=math.nan, fees=1.0)
    assert trips(buy(2, 1.5, multiplier=100.0), settled)["profit_loss"].item() == 499.0
    assert trips(sell(2, 1.5, effect="open", multiplier=100.0), settled)["profit_loss"].item() == -501.0
    own = fill("remove", 2, 4.0, multiplier=10.0)
    assert trips(buy(2, 1.5, multiplier=100.0), own)["profit_loss"].item() == -220.0


def test_a_removal_takes_no_more_than_it_states_nor_than_is_open() -> None:
    part = pair(frame(buy(3, 1.0), fill("remove", 1)))
    assert part.positions["quantity"].tolist() == [2]
    more = pair(frame(buy(1, 1.0), fill("remove", 3), fill("remove")))
    assert more.trips["lot_size"].tolist() == [1]
    assert reasons(more) == {1: REMOVES, 2: REMOVES}


SPLIT = "a stock split on 2024-06-10 changed this position; enter this trade by hand"


def test_a_split_refuses_what_was_open_and_pairing_goes_on() -> None:
    paired = pair(frame(buy(1, 10.0), buy(1, 11.0), fill("break", notes=SPLIT), buy(1, 5.0), sell(1, 6.0)))
    assert reasons(paired) == {0: SPLIT, 1: SPLIT}
    assert paired.trips["profit_loss"].tolist() == [1.0]
    assert paired.trips["notes"].isna().all()


@pytest.mark.parametrize("first", [[buy(1, 10.0)], []])
def test_after_a_split_a_sell_may_be_of_the_shares_it_brought(first: list[dict[str, Any]]) -> None:
    after = sell(10, 1.0, may_short=True)
    paired = pair(frame(*first, fill("break", notes=SPLIT), after))
    assert paired.unexplained["row"].tolist() == [len(first) + 1]
    stated = pair(frame(*first, fill("break", notes=SPLIT), after | {"effect": "open"}))
    assert stated.positions["side"].tolist() == ["short"]


def test_a_position_in_two_currencies_is_refused_whole() -> None:
    paired = pair(
        frame(buy(1, 10.0), buy(1, 10.0, currency=None), sell(1, 11.0, currency="EUR"), sell(1, 11.0), buy(1, 9.0))
    )
    mixed = "belongs to a position whose fills are in different currencies"
    differs = "is in another currency than the other fills of this position"
    assert reasons(paired) == {0: mixed, 1: mixed, 2: differs, 3: mixed}
    assert paired.trips.empty
    assert paired.positions["quantity"].tolist() == [1]


def test_a_currency_one_fill_names_is_that_of_the_trip() -> None:
    assert trips(buy(1, 10.0, currency=None), sell(1, 11.0))["currency"].tolist() == ["USD"]


def test_an_open_position_says_what_it_realised_so_far() -> None:
    found = pair(frame(buy(2, 10.0, fees=2.0), buy(2, 20.0), sell(3, 30.0, fees=3.0)))
    (position,) = found.positions.to_dict("records")
    assert (position["side"], position["quantity"], position["average_price"]) == ("long", 1, 20.0)
    assert position["realised"] == 20 + 20 + 10 - 2 - 3
    assert position["fees"] == 5.0
    assert position["opened_at"] == pd.Timestamp("2024-06-03 09:30", tz="UTC")
    assert found.parts["trip"].tolist() == [-1, -1, -1]
    untouched = pair(frame(buy(1, 10.0, multiplier=math.nan))).positions
    assert untouched["realised"].tolist() == [0]


def test_identical_fills_are_all_counted_and_their_trips_differ_from_single_ones() -> None:
    same = {"fingerprint": "a" * 32, "at": "09:30"}
    twice = trips(buy(1, 10.0, **same), buy(1, 10.0, **same), sell(2, 11.0))
    once = trips(buy(1, 10.0, **same), sell(1, 11.0))
    assert twice["lot_size"].tolist() == [2]
    assert twice["fingerprint"].item() != once["fingerprint"].item()


SYMBOLS = ("XYZ", "ABC")
QUANTITIES = (0.1, 0.2, 0.3, 1e-8, 0.0067696, 1.0, 2.0, 100.0)


@st.composite
def fill_lists(draw: st.DrawFn, *, two_way: bool = False) -> pd.DataFrame:
    """Fills in their order, some at once; `two_way`: all at their own time, and any sell may open a short."""
    fills = []
    for minute in range(draw(st.integers(0, 14))):
        action = draw(
            st.sampled_from(["buy", "sell"] if two_way else ["buy", "sell", "buy", "sell", "remove", "break"])
        )
        times = [f" 10:{minute:02d}"] if two_way else [f" 10:{minute:02d}", f" 10:{minute // 3:02d}", ""]
        stated: dict[str, Any] = {"at": f"2024-06-{3 + minute // 5:02d}{draw(st.sampled_from(times))}"}
        stated["symbol"] = draw(st.sampled_from(SYMBOLS))
        stated["fees"] = draw(st.sampled_from([math.nan, 0.35, 1.01, -0.02]))
        if two_way:
            stated["may_short"] = True
        else:
            stated["effect"] = draw(st.sampled_from([None, None, "open", "close"]))
            stated["may_short"] = draw(st.booleans())
        if action in ("buy", "sell"):
            quantity, price = draw(st.sampled_from(QUANTITIES)), draw(st.integers(1, 10**5)) / 100
            fills.append(fill(action, quantity, price, **stated))
        else:
            fills.append(fill(action, **stated))
    return frame(*fills)


modes = st.sampled_from(["ask", "short", "leave out"])


def accepted(fills: pd.DataFrame, paired: Paired) -> pd.DataFrame:
    """Fills that are booked or open as a whole."""
    left_out = [row for row, _ in paired.refused] + paired.unexplained["row"].tolist()
    return fills.drop(index=left_out)[lambda kept: kept["action"].isin(["buy", "sell"])]


@settings(deadline=None, max_examples=40)
@given(fill_lists(), modes)
def test_every_fill_is_in_its_parts_or_left_out(fills: pd.DataFrame, opening_sells: OpeningSells) -> None:
    paired = pair(fills, opening_sells=opening_sells)
    whole = accepted(fills, paired)
    used = paired.parts.groupby("row")["quantity"].sum()
    assert used.reindex(whole.index).to_numpy() == pytest.approx(whole["quantity"].to_numpy(), abs=1e-12)
    sizes = fills["quantity"].fillna(math.inf)
    assert (used <= sizes.reindex(used.index) * (1 + 1e-12)).all()
    assert not set(used.index) & set(paired.unexplained["row"]) - set(paired.parts["row"][paired.parts["trip"] >= 0])


@settings(deadline=None, max_examples=40)
@given(fill_lists(), modes)
def test_closed_trips_and_open_parts_move_the_cash_of_the_fills(
    fills: pd.DataFrame, opening_sells: OpeningSells
) -> None:
    paired = pair(fills, opening_sells=opening_sells)
    parts = paired.parts
    assert parts["trip"].max() < len(paired.trips) if len(parts) else paired.trips.empty
    cash = (parts["gross"] - parts["fees"].fillna(0)).groupby(parts["trip"]).agg(math.fsum)
    assert paired.trips["profit_loss"].to_numpy() == pytest.approx(
        cash.reindex(paired.trips["trip"]).to_numpy(), abs=1e-9
    )
    whole = accepted(fills, paired)
    moved = math.fsum(whole["gross"] - whole["fees"].fillna(0))
    of_them = parts[parts["row"].isin(whole.index)]
    assert math.fsum(of_them["gross"] - of_them["fees"].fillna(0)) == pytest.approx(moved, abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(fill_lists(two_way=True))
def test_net_of_trips_and_cash_of_open_positions_is_the_cash_of_all_fills(fills: pd.DataFrame) -> None:
    paired = pair(fills)
    assert paired.refused == ()
    still_open = paired.parts[paired.parts["trip"] < 0]
    total = [*paired.trips["profit_loss"], *still_open["gross"], *-still_open["fees"].fillna(0)]
    assert math.fsum(total) == pytest.approx(math.fsum([*fills["gross"], *-fills["fees"].fillna(0)]), abs=1e-9)
    signs = np.where(fills["action"] == "buy", 1.0, -1.0)
    held = (signs * fills["quantity"]).groupby(fills["symbol"]).sum().round(8)
    open_now = paired.positions.set_index("symbol")
    shown = open_now["quantity"] * np.where(open_now["side"] == "long", 1.0, -1.0)
    assert held[held != 0].to_dict() == pytest.approx(shown.to_dict(), abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(fill_lists(), modes, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(fills: pd.DataFrame, opening_sells: OpeningSells, random: Any) -> None:
    rows = list(range(len(fills)))
    random.shuffle(rows)
    shuffled = pair(fills.iloc[rows].reset_index(drop=True), opening_sells=opening_sells)
    expected = pair(fills, opening_sells=opening_sells)
    pd.testing.assert_frame_equal(shuffled.trips, expected.trips, check_exact=True)
    pd.testing.assert_frame_equal(shuffled.positions, expected.positions, check_exact=True)
    assert sorted((rows[row], reason) for row, reason in shuffled.refused) == list(expected.refused)
    assert sorted(rows[row] for row in shuffled.unexplained["row"]) == expected.unexplained["row"].tolist()


@settings(deadline=None, max_examples=40)
@given(fill_lists(two_way=True), st.integers(0, 14))
def test_two_imports_give_the_trips_of_one(fills: pd.DataFrame, cut: int) -> None:
    first, rest = pair(fills.iloc[:cut]), fills.iloc[cut:]
    still_open = first.parts[first.parts["trip"] < 0]
    carried = fills.iloc[still_open["row"].to_numpy()].reset_index(drop=True)
    for name in ("quantity", "fees", "gross", "realized"):
        carried[name] = still_open[name].to_numpy()
    second = pair(pd.concat([carried, rest], ignore_index=True))
    both = pd.concat([first.trips, second.trips]).sort_values("fingerprint", ignore_index=True).drop(columns="trip")
    once = pair(fills).trips.sort_values("fingerprint", ignore_index=True).drop(columns="trip")
    pd.testing.assert_frame_equal(both, once, rtol=0, atol=1e-9)


@settings(deadline=None, max_examples=40)
@given(fill_lists(two_way=True))
def test_realised_and_the_cost_of_remaining_lots_are_the_cash_of_an_open_position(fills: pd.DataFrame) -> None:
    paired = pair(fills)
    still_open = paired.parts[paired.parts["trip"] < 0]
    symbols = fills["symbol"].iloc[still_open["row"]].to_numpy()
    for position in paired.positions.to_dict("records"):
        parts = still_open[symbols == position["symbol"]]
        cash = math.fsum([*parts["gross"], *-parts["fees"].fillna(0)])
        remaining = _remaining_cash(parts, position["quantity"])
        assert position["realised"] + remaining == pytest.approx(cash, abs=1e-9)


def _remaining_cash(parts: pd.DataFrame, held: float) -> float:
    """What the last opened lots cost, fees included, worked out lot by lot."""
    cash = 0.0
    for part in parts[~parts["closing"]][::-1].to_dict("records"):
        kept = min(held, part["quantity"])
        cash += kept / part["quantity"] * (part["gross"] - np.nan_to_num(part["fees"]))
        held -= kept
    return cash


def test_a_fill_that_reverses_closes_all_and_opens_the_rest() -> None:
    found = trips(
        buy(100, 50.0, effect="open"), sell(150, 51.0, effect="reverse"), buy(50, 49.0, effect="close", may_short=True)
    )
    assert found["side"].tolist() == ["long", "short"]
    assert found["profit_loss"].tolist() == [100.0, 100.0]


@pytest.mark.parametrize("held", [[], [buy(150, 50.0, effect="open")]])
def test_a_fill_that_reverses_what_is_not_there_is_refused(held: list[dict[str, Any]]) -> None:
    paired = pair(frame(*held, sell(150, 51.0, effect="reverse")))
    assert paired.trips.empty
    assert reasons(paired) == dict.fromkeys(range(len(held) + 1), CLOSES)

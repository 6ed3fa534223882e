"""Numbers in every spelling; the law: what is written in a style is read back, whatever the style."""

from __future__ import annotations

import math

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentor.importing.numbers import Numbers, read_numbers, unquoted


def read(*cells: str | None, decimal_unsure: bool = False) -> Numbers:
    return read_numbers({"column": pa.array(cells, pa.string())}, decimal_unsure=decimal_unsure)["column"]


def refused(numbers: Numbers) -> dict[int, str]:
    return {int(at): reason for mask, reason in numbers.faults for at in mask.nonzero()[0]}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12.50", 12.5),
        ("-0.5", -0.5),
        ("+2.5", 2.5),
        (".5", 0.5),
        ("1,234.50", 1234.5),
        ("10 000.00", 10000.0),
        ("1\u00a0234.5", 1234.5),
        ("1'234.5", 1234.5),
        ("1,50,000.75", 150000.75),
        ("(832.00)", -832.0),
        ("$(160.00)", -160.0),
        ("($160.00)", -160.0),
        ("-$1.00", -1.0),
        ("$-1.00", -1.0),
        ("₮87,910.09", 87910.09),
        ("0.0073BTC", 0.0073),
        ("10.5 USD", 10.5),
        ("EUR 10.5", 10.5),
        ("Rp 10.5", 10.5),
        ("−5.25", -5.25),
        ("1.5e-05", 1.5e-05),
        ("1.50%", 1.5),
        ("1,00,000.50", 100000.5),
        ("1\u202f234.5", 1234.5),
        ("-$15001.00", -15001.0),
        ("0.0073 BTC", 0.0073),
        ("10.00000000 USDT", 10.0),
        ("90.00 $", 90.0),
        ("1,100.00-", -1100.0),
        ("5-", -5.0),
        ("1,100.00- EUR", -1100.0),
        ("+100", 100.0),
        (".34", 0.34),
        ("-.34", -0.34),
        ("€-597.49846", -597.49846),
        ("(160.00 USD)", -160.0),
        ("2.00 Lots", 2.0),
        ("1E-8", 1e-8),
    ],
)
def test_spellings_with_a_decimal_point(cell: str, value: float) -> None:
    numbers = read(cell, "0.75")

    assert refused(numbers) == {}
    assert numbers.values[0] == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *(("1.234,56", 1234.56), ("-7,00", -7.0), ("4 577,86", 4577.86), ("1.234", 1234.0), (",34", 0.34)),
        *(("4\u202f577,86", 4577.86), ("0,62 $", 0.62), ("0,62 €", 0.62), ("0,01 Lots", 0.01)),
        ("€ 1.234.567,8", 1234567.8),
    ],
)
def test_spellings_with_a_decimal_comma(cell: str, value: float) -> None:
    numbers = read(cell, "0,75")

    assert refused(numbers) == {}
    assert numbers.values[0] == value


@pytest.mark.parametrize("cell", ["NaN", "nan", "inf", "-Infinity"])
def test_not_finite_is_refused(cell: str) -> None:
    assert refused(read("1.5", cell)) == {1: "is not a finite number"}


@pytest.mark.parametrize(
    "cell", ["abc", "1_000", "0x1F", "1 23.4", "12:30", "1..2e", "--5", "- -5", "(-5)", "-5-", "(5-)"]
)
def test_no_number_is_refused(cell: str) -> None:
    numbers = read("1.5", cell)

    assert refused(numbers) == {1: "is not a number"}
    assert math.isnan(numbers.values[1])


@pytest.mark.parametrize("cell", ["(832.00", "832.00)", "1.5K", "1.5 MIO", "450'2", "110'16.5", "110-16"])
def test_what_would_lose_its_sign_or_its_scale_is_refused(cell: str) -> None:
    assert refused(read("1.5", cell)) == {1: "is not a number"}


def test_a_price_in_32nds_is_no_thousand() -> None:
    assert list(refused(read("110'165", "1.5"))) == [0]
    assert "32nds" in refused(read("110'165", "1.5"))[0]
    assert read("1'234", "1'234.50").values.tolist() == [1234.0, 1234.5]
    assert read("1'234", "1'234'567").values.tolist() == [1234.0, 1234567.0]


def test_the_unit_of_a_cell_is_told() -> None:
    numbers = read("2.00 Lots", "0.0073BTC", "₮87,910.09", "$5 ", "1.23%", "7.5")

    assert numbers.units is not None
    assert numbers.units.to_pylist() == ["Lots", "BTC", "₮", "$", "%", ""]


def test_marks_that_keep_a_cell_as_text_are_taken_off() -> None:
    cells = ['="5337400962"', "'2026-01-05", '=""', None, "12'5", '="a"b"', "XYZ"]

    assert unquoted(pa.array(cells)).to_pylist() == ["5337400962", "2026-01-05", "", None, "12'5", '="a"b"', "XYZ"]


def test_beyond_all_floats_is_refused() -> None:
    assert refused(read("1.5", "1e400", "9e300")) == {1: "is too large to be true", 2: "is too large to be true"}


@pytest.mark.parametrize("cell", [None, "", " ", "-", "--", "—", "−", "N/A", "n/a", "None"])
def test_nothing_there_is_unknown_and_no_fault(cell: str | None) -> None:
    numbers = read("1.5", cell)

    assert refused(numbers) == {}
    assert math.isnan(numbers.values[1])


def test_a_decimal_comma_among_points_is_refused() -> None:
    numbers = read("1.5", "1.234,56", "0,5", "2.25", "3.125")

    assert set(refused(numbers)) == {1, 2}
    assert "decimal point" in refused(numbers)[1]


def test_a_lone_thousand_or_decimal_is_not_guessed() -> None:
    assert set(refused(read("1,234", "5"))) == {0}
    assert refused(read("1.234", "5")) == {}
    assert set(refused(read("1.234", "5", decimal_unsure=True))) == {0}


def test_other_columns_decide_for_a_lone_thousand() -> None:
    columns = {"price": pa.array(["1.10500"]), "profit": pa.array(["1,234"])}

    assert read_numbers(columns, decimal_unsure=False)["profit"].values[0] == 1234.0


AMOUNTS = st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=30)


@settings(deadline=None)
@given(AMOUNTS, st.sampled_from([(",", "."), (".", ","), (" ", "."), (" ", ","), ("'", "."), ("", "."), ("", ",")]))
def test_written_in_one_style_is_read_back_exactly(cents: list[int], style: tuple[str, str]) -> None:
    group, decimal = style
    cells = [f"{value / 100:,.2f}".replace(",", "g").replace(".", decimal).replace("g", group) for value in cents]

    numbers = read(*cells)

    assert refused(numbers) == {}
    assert numbers.values.tolist() == [value / 100 for value in cents]


@settings(deadline=None)
@given(st.lists(st.floats(-1e14, 1e14), min_size=1, max_size=30))
def test_what_python_writes_is_read_back_to_the_bit(values: list[float]) -> None:
    assert read(*map(repr, values)).values.tolist() == values

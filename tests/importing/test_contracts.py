"""What a contract is worth per point, held against the exchanges' own examples; and what is no contract for certain."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from mentor.i18n import language
from mentor.importing.contracts import (
    Asset,
    Option,
    contract_specs,
    is_option,
    multiplier_of,
    multipliers,
    parse_option,
)
from tests.importing.files import read


def worth(symbol: str, asset: Asset | None = None) -> float | None:
    spec = multiplier_of(symbol, asset=asset)
    return spec.multiplier if spec else None


@pytest.mark.parametrize(
    ("root", "tick", "value"),
    [
        # Minimum price fluctuation and its worth, as the exchanges' contract specifications state them.
        *(("ES", 0.25, 12.50), ("MES", 0.25, 1.25), ("NQ", 0.25, 5.00), ("MNQ", 0.25, 0.50), ("YM", 1, 5.00)),
        *(("MYM", 1, 0.50), ("RTY", 0.10, 5.00), ("M2K", 0.10, 0.50), ("EMD", 0.10, 10.00), ("NKD", 5, 25.00)),
        *(("NIY", 5, 2500),),
        *(("6E", 0.00005, 6.25), ("M6E", 0.0001, 1.25), ("E7", 0.0001, 6.25), ("6B", 0.0001, 6.25)),
        *(("M6B", 0.0001, 0.625), ("6A", 0.00005, 5.00), ("M6A", 0.0001, 1.00), ("6C", 0.00005, 5.00)),
        *(("MCD", 0.0001, 1.00), ("6S", 0.00005, 6.25), ("MSF", 0.0001, 1.25), ("6N", 0.00005, 5.00)),
        *(("6J", 0.0000005, 6.25), ("J7", 0.000001, 6.25), ("MJY", 0.000001, 1.25), ("6M", 0.00001, 5.00)),
        *(("ZT", 1 / 256, 7.8125), ("ZF", 1 / 128, 7.8125), ("ZN", 1 / 64, 15.625), ("TN", 1 / 64, 15.625)),
        *(("ZB", 1 / 32, 31.25), ("UB", 1 / 32, 31.25), ("MTN", 1 / 64, 1.5625), ("MWN", 1 / 32, 3.125)),
        *(("ZQ", 0.0025, 10.4175), ("SR3", 0.0025, 6.25), ("GE", 0.0025, 6.25)),
        *(("2YY", 0.001, 1.00), ("5YY", 0.001, 1.00), ("10Y", 0.001, 1.00), ("30Y", 0.001, 1.00)),
        *(("CL", 0.01, 10.00), ("QM", 0.025, 12.50), ("MCL", 0.01, 1.00), ("BZ", 0.01, 10.00)),
        *(("NG", 0.001, 10.00), ("QG", 0.005, 12.50), ("MNG", 0.001, 1.00)),
        *(("RB", 0.0001, 4.20), ("HO", 0.0001, 4.20)),
        *(("GC", 0.10, 10.00), ("MGC", 0.10, 1.00), ("1OZ", 0.25, 0.25), ("SI", 0.005, 25.00)),
        *(("QI", 0.0125, 31.25), ("SIL", 0.005, 5.00), ("HG", 0.0005, 12.50), ("QC", 0.002, 25.00)),
        *(("MHG", 0.0005, 1.25), ("PL", 0.10, 5.00), ("PA", 0.50, 50.00)),
        *(("ZC", 0.25, 12.50), ("XC", 0.125, 1.25), ("ZW", 0.25, 12.50), ("XW", 0.125, 1.25), ("KE", 0.25, 12.50)),
        *(("ZS", 0.25, 12.50), ("XK", 0.125, 1.25), ("ZO", 0.25, 12.50), ("ZL", 0.01, 6.00), ("ZM", 0.10, 10.00)),
        *(("LE", 0.025, 10.00), ("HE", 0.025, 10.00), ("GF", 0.025, 12.50)),
        *(("BTC", 5, 25.00), ("MBT", 5, 0.50), ("BFF", 5, 0.10), ("ETH", 0.50, 25.00), ("MET", 0.50, 0.05)),
        *(("DX", 0.005, 5.00), ("KC", 0.05, 18.75), ("SB", 0.01, 11.20), ("CT", 0.01, 5.00), ("OJ", 0.05, 7.50)),
        *(("CC", 1, 10.00), ("MME", 0.10, 5.00)),
        *(("FDAX", 1, 25.00), ("FDXM", 1, 5.00), ("FDXS", 1, 1.00), ("FESX", 1, 10.00), ("FSXE", 0.5, 0.50)),
        *(("FESB", 0.05, 2.50), ("FXXP", 0.1, 5.00), ("FVS", 0.05, 5.00), ("FCE", 0.5, 5.00)),
        *(("FGBL", 0.01, 10.00), ("FGBM", 0.01, 10.00), ("FGBS", 0.005, 5.00), ("FGBX", 0.02, 20.00)),
        *(("VX", 0.05, 50.00), ("VXM", 0.05, 5.00)),
    ],
)
def test_a_tick_is_worth_what_the_exchange_says(root: str, tick: float, value: float) -> None:
    assert tick * contract_specs()[root].multiplier == pytest.approx(value, rel=1e-12)


def test_every_contract_has_a_worked_example_a_currency_and_a_source() -> None:
    examples = next(mark for mark in test_a_tick_is_worth_what_the_exchange_says.pytestmark)  # type: ignore[attr-defined]
    assert {example[0] for example in examples.args[1]} == set(contract_specs())
    for spec in contract_specs().values():
        assert spec.currency in ("USD", "EUR", "JPY")
        assert spec.source.startswith("https://")
        assert spec.quote
        assert spec.least < spec.most


@pytest.mark.parametrize(
    ("symbol", "root"),
    [
        *(("ESM4", "ES"), ("MNQM6", "MNQ"), ("ESM24", "ES"), ("ESM2024", "ES"), ("esz5", "ES"), ("6EM6", "6E")),
        *(("M2KH22", "M2K"), ("10YF6", "10Y"), ("SR3Z5", "SR3"), ("CLM4", "CL"), ("GCZ5", "GC"), ("GEM22", "GE")),
        *(("MES JUN26", "MES"), ("MNQ SEP26", "MNQ"), ("MES 09-26", "MES"), ("ES 06-24", "ES"), ("ESM5.CME", "ES")),
        *(("/NQM26", "NQ"), ("/ESZ23:XCME", "ES"), ("/ES", "ES"), ("/ZNM24:XCBT", "ZN"), ("@ES", "ES"), ("@ES#", "ES")),
        *(("F.US.MESM26", "MES"), ("CON.F.US.MES.M26", "MES"), ("CM.MNQU6", "MNQ"), ("ES=F", "ES"), ("ES1!", "ES")),
        *(("CME_MINI:ES1!", "ES"), ("CME_MINI:MNQU2025", "MNQ"), ("EUREX:FDAX1!", "FDAX"), ("CME:BTC1!", "BTC")),
        # The mini VIX and the VIX of May: the letter behind the root is its month.
        *(("VXMK5", "VXM"), ("VXM5", "VX"), ("VXMH22", "VXM")),
    ],
)
def test_how_platforms_spell_a_future(symbol: str, root: str) -> None:
    spec = multiplier_of(symbol, asset=None)

    assert spec == contract_specs()[root] == multiplier_of(symbol, asset="future")


@pytest.mark.parametrize("symbol", ["ES", "CL", "NG", "ZB", "SI", "GC", "MET", "MES", "GE", "PL", "KE", "PA"])
def test_a_bare_root_is_a_future_only_when_the_file_says_so(symbol: str) -> None:
    assert worth(symbol) is None
    assert worth(symbol, "future") == contract_specs()[symbol].multiplier


def test_a_future_written_like_a_share_is_one_only_when_the_file_says_so() -> None:
    assert worth("HEN3") is None
    assert worth("HEN3", "future") == worth("HEM3") == 400


@pytest.mark.parametrize(
    "symbol",
    [
        *("AAPL", "TSLA", "BRK.B", "F", "C", "T", "GOOGL", "MSFT", "SPY", "VXX", "EURUSD", "XAUUSD", "US500", "ES35"),
        # Shares of Frankfurt, São Paulo and Singapore that end in a digit.
        *("HEN3", "PAH3", "SIX2", "SIX3", "VOW3", "MUV2", "NDX1", "PETR4", "BBDC4", "SANB11", "ES3", "BN4", "1COV"),
        *("SIM101", "CNX1", "ETH2", "M5", "Z5", "ESM", "ESM244", "ESM1999", "ESO4", "ES 13-24", "ES JAM26", ""),
        *("BTCUSDT", "BTC-USD", "BTC-27SEP24", "BTCUSD_240927", "BTCUSDZ24"),
        # Named by another house for another contract: the E-mini S&P of CQG, an option on a future.
        *("F.US.EPM26", "/Q4CJ22:XCME", "FDAX.DE", "NYSE:ES", "NASDAQ:MET"),
    ],
)
def test_what_is_no_future_for_certain(symbol: str) -> None:
    assert worth(symbol) is None


@pytest.mark.parametrize("symbol", ["BTC", "ETH", "ETHZ24", "BTC 03-24"])
def test_a_coin_is_a_future_only_on_a_named_exchange(symbol: str) -> None:
    assert worth(symbol) is None
    assert worth(symbol, "future") is None
    assert worth("/BTCH4", "future") == 5
    assert worth("CME:ETHZ2024") == 50


@pytest.mark.parametrize("asset", ["future", "future option"])
def test_an_unknown_root_is_asked(asset: Asset) -> None:
    assert worth("QOM4", asset) is None
    assert worth("XYZM4", asset) is None
    assert worth("", asset) is None


@pytest.mark.parametrize(
    ("symbol", "root", "asset"),
    [
        ("./ESM2 EW2K2 220513P3950", "ES", None),
        ("./ESM2 EW2K2 220513P3950", "ES", "future option"),
        ("./CLQ4 LOQ4 240717C80", "CL", "future option"),
        ("ESU2 P3950", "ES", "future option"),
        ("/GCZ4", "GC", "future option"),
    ],
)
def test_an_option_on_a_future_is_worth_what_the_future_is(symbol: str, root: str, asset: Asset | None) -> None:
    spec = multiplier_of(symbol, asset=asset)

    assert spec is not None
    assert spec.multiplier == contract_specs()[root].multiplier
    assert spec.fits(0.05)


@pytest.mark.parametrize("symbol", ["/ZNM24", "/ZCZ4", "/6JM4", "/ESM2X", "/Q4CJ22:XCME"])
def test_an_option_whose_premium_may_be_in_another_unit_is_asked(symbol: str) -> None:
    assert worth(symbol, "future option") is None
    assert worth(f".{symbol} OPT 240621C110") is None


@pytest.mark.parametrize(
    ("symbol", "parts"),
    [
        ("AAPL230120C00150000", Option("AAPL", date(2023, 1, 20), "call", 150.0)),
        ("AAPL  230120C00150000", Option("AAPL", date(2023, 1, 20), "call", 150.0)),
        ("SPXW 240621P05400000", Option("SPXW", date(2024, 6, 21), "put", 5400.0)),
        ("F     240119C00012500", Option("F", date(2024, 1, 19), "call", 12.5)),
        ("AAPL1 230120C00150000", Option("AAPL1", date(2023, 1, 20), "call", 150.0)),
        (".SPXW240621P5400", Option("SPXW", date(2024, 6, 21), "put", 5400.0)),
        ("-TSLA240119C207.5", Option("TSLA", date(2024, 1, 19), "call", 207.5)),
        ("AAPL231320C00150000", None),
        ("AAPL", None),
        ("ESM4", None),
        ("NIFTY24JUN22000CE", None),
        ("BTC-27DEC24-100000-C", None),
    ],
)
def test_what_the_symbol_of_an_option_says(symbol: str, parts: Option | None) -> None:
    assert parse_option(symbol) == parts
    assert is_option(symbol) == (parts is not None)


@pytest.mark.parametrize(
    "symbol",
    [
        *("AAPL", "SPX", "SPY250321C00570000", "SCHG  240920C00099000", "TSLA 1/21/2022 Call $1,000.00"),
        *("AAPL Jan 20 '23 $150 Call", "BRK.B 20JAN23 300 C", "C 20JAN23 50 C", ".SPXW240621P5400"),
    ],
)
def test_an_option_of_the_us_is_on_100(symbol: str) -> None:
    spec = multiplier_of(symbol, asset="option")

    assert spec is not None
    assert (spec.multiplier, spec.currency) == (100, "USD")


@pytest.mark.parametrize(
    "symbol",
    [
        # Adjusted deliverables, the mini options on ten shares, an index at one dollar a point, other countries.
        *("AAPL1", "AAPL1  230120C00150000", "AAPL1230120C00150000", "AMZN7 150117C00300000", "NANOS 220121C00450000"),
        *("NIFTY24JUN22000CE", "C DBK  JUN 24 1500", "BTC-27DEC24-100000-C", "./ESM2 EW2K2 220513P3950", ""),
    ],
)
def test_an_option_on_something_else_is_asked(symbol: str) -> None:
    assert worth(symbol, "option") is None


def test_adjusted_options_are_asked_whatever_the_file_says() -> None:
    assert worth("AAPL230120C00150000") == 100
    assert worth("AAPL1 230120C00150000") is None


@pytest.mark.parametrize(
    ("symbol", "asset", "multiplier"),
    [
        *(("ES", "stock", 1), ("HEN3", "stock", 1), ("EURUSD", "forex", 1)),
        *(("BTCUSDT", "crypto", 1), ("BTC-USD", "crypto", 1), ("BTC", "crypto", 1), ("ETH/EUR", "crypto", 1)),
        # Contracts of an exchange's own size, or paid in the coin.
        *(("BTCUSD_PERP", "crypto", None), ("XBTUSDTM", "crypto", None), ("BTC-USDT-SWAP", "crypto", None)),
        *(("GER40", "cfd", None), ("912828", "bond", None), ("DE000", "warrant", None)),
    ],
)
def test_what_is_counted_in_units(symbol: str, asset: Asset, multiplier: float | None) -> None:
    assert worth(symbol, asset) == multiplier


def test_a_column_has_the_multiplier_of_every_row() -> None:
    symbols = pa.array(["ES", "AAPL", "AAPL230120C00150000", None, "MNQM6", "XYZM4", "ES"])
    assets = pa.array(["future", "stock", None, "stock", None, "future", "sheep"])

    np.testing.assert_array_equal(multipliers(symbols, assets), [50, 1, 100, np.nan, 2, np.nan, np.nan])
    np.testing.assert_array_equal(multipliers(symbols, None)[:3], [np.nan, np.nan, 100])
    assert len(multipliers(pa.array([], pa.string()), None)) == 0


@pytest.mark.parametrize(
    ("symbol", "price", "other_unit"),
    [
        *(("6JM4", 0.0067, 0.67), ("6EM4", 1.085, 10850), ("6MM4", 0.058, 58.0), ("ZNM4", 110.515625, 110165)),
        *(("SIN4", 31.25, 3125), ("HGN4", 4.52, 452), ("RBN4", 2.51, 251), ("ZCN4", 450.25, 4.5025)),
        *(("ZLN4", 45.67, 0.4567), ("LEM4", 181.5, 1.815), ("KCN4", 230.5, 2.305), ("SBN4", 19.4, 0.194)),
    ],
)
def test_a_price_in_another_unit_is_asked(symbol: str, price: float, other_unit: float) -> None:
    spec = multiplier_of(symbol, asset=None)
    assert spec is not None
    assert spec.fits(price)
    assert not spec.fits(other_unit)

    found = multipliers(pa.array([symbol] * 3), None, prices=np.array([price, other_unit, np.nan]))

    np.testing.assert_array_equal(found, [spec.multiplier, np.nan, spec.multiplier])


def test_crude_oil_below_zero_is_a_price() -> None:
    found = multipliers(pa.array(["CLK20"]), None, prices=np.array([-37.63]))

    assert found[0] == 1000


def test_a_contract_in_another_currency_is_another_contract() -> None:
    symbols, assets = (
        pa.array(["FDAXU4", "FDAXU4", "FDAXU4", "AAPL"]),
        pa.array(["future", "future", "future", "stock"]),
    )

    found = multipliers(symbols, assets, currencies=pa.array(["EUR", "USD", None, "EUR"]))

    assert found[0] == found[2] == 25
    assert math.isnan(found[1])
    assert found[3] == 1


def test_a_contracts_worth_is_written_as_the_language_writes_numbers() -> None:
    header, row = "symbol,side,qty,open time,close time,entry price,exit price", "2024-10-01,2024-10-02,42000,42010"
    notices = read(f"{header}\nMYMZ4,buy,1,{row}\n").notices
    assert any(notice.startswith("MYMZ4: 0.5 USD a point") for notice in notices)
    with language.spoken("id"):
        assert any(language._(notice).startswith("MYMZ4: 0,5 USD per poin") for notice in notices)

"""Currencies as headers and cells name them, by code or by sign, and which currency the money of every row is in."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mentor.importing.extract import Column, Extract
from mentor.importing.faults import Faults, Mask, mask_of
from mentor.importing.numbers import Numbers, without_blanks
from mentor.messages import message

#: ISO 4217 (without ALL and TOP, which are words in headers) and what is pegged to such a currency.
MONEY = frozenset(
    word
    for words in (
        "AED AFN AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF",
        "CLF CLP CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD",
        "HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD",
        "LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP",
        "PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND",
        "TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG",
        "USDT USDC BUSD FDUSD TUSD USDP USDD USDE PYUSD GUSD DAI EURT EURC",
    )
    for word in words.split()
)
#: What profits and fees of crypto exchanges are paid in.
COINS = frozenset(
    word
    for words in (
        "BTC XBT ETH BNB XRP ADA SOL DOGE DOT LTC BCH TRX AVAX LINK MATIC POL ATOM XLM XMR ETC EOS UNI FIL NEAR APT",
        "ARB SUI TON SHIB KCS OKB HYPE DYDX CRO LEO FTT",
    )
    for word in words.split()
)
#: Signs that mean one currency; `$` and `¥` mean several.
SIGNS: Mapping[str, str] = {
    **{"US$": "USD", "€": "EUR", "£": "GBP", "RP": "IDR", "RP.": "IDR", "₹": "INR", "₽": "RUB", "₩": "KRW"},
    **{"₫": "VND", "₱": "PHP", "₺": "TRY", "฿": "THB", "₴": "UAH", "₪": "ILS", "₦": "NGN", "₿": "BTC", "₮": "USDT"},
}
#: What a sign that means several currencies cannot mean is everything else.
POSSIBLE: Mapping[str, frozenset[str]] = {
    "$": frozenset(
        word
        for words in (
            "USD AUD CAD NZD SGD HKD TWD MXN ARS CLP COP BRL USDT USDC BUSD FDUSD TUSD USDP USDD USDE PYUSD GUSD",
            "DAI BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD UYU DOP",
        )
        for word in words.split()
    ),
    "¥": frozenset(("JPY", "CNY", "CNH")),
}
_CODE = re.compile(r"[A-Z0-9]{3,5}")


def currency_of(text: str) -> str | None:
    """The code that a code or sign certainly means: `usd` → USD, `€` → EUR, `$USD` → USD; `$` alone → `None`."""
    name = text.strip().upper()
    bare = name[1:] if is_sign(name[:1]) else name
    return SIGNS.get(name) or (bare if bare in MONEY or bare in COINS else None)


def is_currency(text: str) -> bool:
    """Whether a text names a currency, be it one of several: `USD`, `Rp`, `$`."""
    return currency_of(text) is not None or is_sign(text.strip())


def is_sign(text: str) -> bool:
    """Whether a text is one currency sign."""
    return len(text) == 1 and unicodedata.category(text) == "Sc"


def foreign_units(read: Numbers) -> Mask:
    """Cells written with a unit that is no currency: pips, points, a percent sign."""
    if read.units is None:
        return np.zeros(len(read.values), dtype=bool)
    return mask_of(_translated(read.units, lambda unit: bool(unit) and not is_currency(unit), pa.bool_()))


def row_currencies(extract: Extract, numbers: Mapping[str, Numbers], faults: Faults) -> pa.Array:
    """The code of every row, null where nothing says it for certain.

    What a currency column says, else the statement or the header of the profit, else the unit in the cell of the
    profit. Costs have no say.
    """
    known = _stated(extract, faults)
    known = known.fill_null(extract.currency) if extract.currency else known
    for name in _sources(numbers):
        known = _with_units(known, numbers[name].units, extract.columns[name], faults)
    return known


def _sources(numbers: Mapping[str, Numbers]) -> tuple[str, ...]:
    """The columns a profit comes from."""
    profit = next((name for name in ("net_profit", "profit") if name in numbers), None)
    paid = ("exit_price", "entry_price", "amount", "gross", "realized", "price")
    return (profit,) if profit else tuple(name for name in paid if name in numbers)


def _stated(extract: Extract, faults: Faults) -> pa.Array:
    """The currency column as codes; a word that is none is a fault, an ambiguous sign says nothing."""
    column = extract.columns.get("currency")
    if column is None:
        return pa.nulls(len(extract.lines), pa.string())
    cells = without_blanks(column.cells)
    faults.add(mask_of(_translated(cells, _is_no_code, pa.bool_())), column, message("is no currency code such as USD"))
    return _translated(cells, _code_in_column, pa.string())


def _code_in_column(text: str) -> str | None:
    """Any short code: the column says that it is a currency."""
    code = text.strip().upper()
    return currency_of(code) or (code if _CODE.fullmatch(code) else None)


def _is_no_code(text: str) -> bool:
    return _code_in_column(text) is None and not is_currency(text)


def _with_units(known: pa.Array, units: pa.Array | None, column: Column, faults: Faults) -> pa.Array:
    """`known`, completed by the currencies that the cells of `column` are written with."""
    written = {unit for unit in units.unique().to_pylist() if unit and is_currency(unit)} if units is not None else ()
    if units is None or not written:
        return known
    codes = _translated(units, currency_of, pa.string())
    another = message("is in another currency than the row or the header says")
    faults.add(_contrary(units, codes, known), column, another)
    certain = {code for code in map(currency_of, written) if code}
    signs = {unit for unit in written if currency_of(unit) is None}
    if len(certain) == 1 and all(_may_mean(sign, *certain) for sign in signs):
        codes = codes.fill_null(*certain)
    elif len(certain | signs) > 1:
        unsure = pc.and_(pc.and_(pc.is_null(known), pc.is_null(codes)), pc.is_valid(units))
        several = message("does not say for certain which currency it is in; the column has several")
        faults.add(mask_of(unsure), column, several)
    return pc.coalesce(known, codes)


def _contrary(units: pa.Array, codes: pa.Array, known: pa.Array) -> Mask:
    """Amounts whose code, or whose sign, cannot be the currency that is known."""
    contrary = mask_of(pc.not_equal(known, codes))
    for sign, possible in POSSIBLE.items():
        excluded = pc.and_(pc.is_valid(known), pc.invert(pc.is_in(known, pa.array(sorted(possible)))))
        contrary |= mask_of(pc.and_(excluded, pc.equal(units, sign)))
    return contrary


def _may_mean(sign: str, code: str) -> bool:
    return sign not in POSSIBLE or code in POSSIBLE[sign]


def check_costs(extract: Extract, numbers: Mapping[str, Numbers], known: pa.Array, faults: Faults) -> None:
    """Amounts that would be added to a profit in another currency.

    Where the profit's currency is unknown, the costs may be in one currency, and not in a coin.
    """
    amounts = {f"cost {at}": cost.column for at, cost in enumerate(extract.costs)}
    if {"profit", "net_profit"} <= numbers.keys():
        amounts["profit"] = extract.columns["profit"]
    own = {name: _own(numbers[name], column) for name, column in amounts.items()}
    unknown = mask_of(pc.is_null(known))
    usual = _usual([codes.filter(pa.array(unknown)) for codes in own.values()])
    for name, codes in own.items():
        units, stated = numbers[name].units, numbers[name].values != 0
        differs = mask_of(pc.not_equal(codes, known)) if units is None else _contrary(units, codes, known) & stated
        another = message("is in another currency than the profit: they cannot be added up")
        faults.add(differs, amounts[name], another)
        alone = unknown & mask_of(pc.or_(pc.is_in(codes, pa.array(sorted(COINS))), pc.not_equal(codes, usual)))
        unsaid = message("is in a currency that the profit is not said to be in: they cannot be added up")
        faults.add(alone, amounts[name], unsaid)


def _own(read: Numbers, column: Column) -> pa.Array:
    """The currency of each amount of a column, null where it is unknown or nothing is there to be added."""
    blank = pa.nulls(len(read.values), pa.string())
    codes = blank if read.units is None else _translated(read.units, currency_of, pa.string())
    codes = codes.fill_null(column.currency) if column.currency else codes
    return pc.if_else(pa.array(np.nan_to_num(read.values) != 0), codes, blank)


def _usual(columns: list[pa.Array]) -> pa.Scalar:
    """The currency of most amounts, null when none states one."""
    counts: Counter[str] = Counter()
    for count in (count for column in columns for count in column.drop_null().value_counts().to_pylist()):
        counts[count["values"]] += count["counts"]
    return pa.scalar(counts.most_common(1)[0][0] if counts else None, pa.string())


def _translated(cells: pa.Array, meaning: Callable[[str], object], kind: pa.DataType) -> pa.Array:
    """Each cell's meaning; looked up once per distinct text."""
    coded = cells.dictionary_encode()
    table = pa.array([meaning(text) for text in coded.dictionary.to_pylist()], kind)
    return table.take(coded.indices)

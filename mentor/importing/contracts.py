"""What one contract of a symbol is worth per point: futures from a table with its sources, US options by rule."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Literal, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mentor.importing.currencies import COINS
from mentor.importing.numbers import Floats
from mentor.messages import message

Asset = Literal["stock", "option", "future", "future option", "forex", "crypto", "bond", "cfd", "warrant"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """A contract: `multiplier` is money of `currency` per 1.00 of the price as `quote` says it is written.

    Where platforms write it in several units, `least` and `most` bound every price so written: one outside is in
    another unit, and the multiplier is not its own. `currency` is `None` where it is that of the price.
    """

    name: str
    multiplier: float
    root: str = ""
    exchange: str = ""
    currency: str | None = None
    least: float = -np.inf
    most: float = np.inf
    quote: str = ""
    source: str = ""

    @property
    def one_unit(self) -> bool:
        """Whether all platforms write the price in the same unit."""
        return self.least == -np.inf and self.most == np.inf

    def fits(self, price: float) -> bool:
        """Whether a price may be written in the unit of the multiplier."""
        return self.least <= price <= self.most


@dataclass(frozen=True, slots=True)
class Option:
    """What the symbol of an option says; a `root` that ends in a digit has another deliverable than 100 shares."""

    root: str
    expiry: date
    kind: Literal["call", "put"]
    strike: float


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A symbol taken apart: `marked` says it cannot be a share's, `on_venue` that it names a futures exchange."""

    root: str
    marked: bool
    on_venue: bool


SHARE = Spec(name="Share", multiplier=1.0)
COIN = Spec(name="Coin", multiplier=1.0)
PAIR = Spec(name="Currency pair, sized in units", multiplier=1.0)
OPTION = Spec(
    name=message("US option"),
    multiplier=100.0,
    exchange="OCC",
    currency="USD",
    quote="dollars a share",
    source="https://www.theocc.com/clearance-and-settlement/clearing/equity-options-product-specifications",
)

#: Options of the US on an index whose multiplier is not 100.
_UNUSUAL_OPTIONS = frozenset(("NANOS", "CBTX", "MBTX"))
#: Shares of Frankfurt that are written like a future: Henkel, Porsche and Sixt.
_SHARES = frozenset(("HEN3", "PAH3", "SIX2", "SIX3"))
_MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
_BOARD = r"(?:CME|CBOT|NYMEX|COMEX)(?:_MINI)?|ICEUS|EUREX|CFE"
_FUTURE = re.compile(
    rf"""(?P<venue> / | @ | (?:CON\.)?F\.US\. | CM\. | (?:{_BOARD}): )?
    (?P<root>[A-Z0-9]{{2,4}}?)
    (?: (?P<code> \.?[FGHJKMNQUVXZ](?:\d|\d\d|20\d\d) | [ ](?:{_MONTHS})[ ]?'?\d\d | [ ](?:0[1-9]|1[0-2])-\d\d
        | \d! | \# | =F)
        (?P<suffix> [:.@-](?:XCME|XCBT|XNYM|XCEC|XCBF|CBT|NYM|CMX|{_BOARD}) )? )?""",
    re.VERBOSE,
)
_OPTION = re.compile(r"[.-]?([A-Z]{1,5}\d?) *(\d{6})([CP])(\d{8}|\d{1,5}(?:\.\d+)?)")
_OPTION_ROOT = re.compile(rf"[.-]?([A-Z]{{1,5}}(?:[./][A-Z])?)(?:$| +(?:\d|{_MONTHS})|\d{{6}}[CP])")
#: Swaps counted in contracts of an exchange's own size, or paid in the coin.
_CONTRACTS_OF_COINS = re.compile(r".*(USD_\w+|[-_]SWAP|USD[TC]?M)")


def multiplier_of(symbol: str, *, asset: Asset | None) -> Spec | None:
    """The contract a symbol certainly names; `None`: unknown, to be asked.

    A contract whose `currency` is not the row's, or whose price does not `fit`, is another one.
    """
    name = symbol.strip().upper()
    if asset == "option" or (asset is None and is_option(name)):
        return _option_spec(name)
    if asset in ("future", "future option", None):
        return _future_spec(name, asset)
    if asset == "crypto":
        return None if _CONTRACTS_OF_COINS.fullmatch(name) else COIN
    return {"stock": SHARE, "forex": PAIR}.get(asset)


def multipliers(
    symbols: pa.Array,
    assets: pa.Array | None,
    *,
    prices: Floats | None = None,
    currencies: pa.Array | None = None,
) -> Floats:
    """The multiplier of every row, NaN where it is unknown; `prices`, `currencies` rule out what contradicts them.

    `assets` are the words of `Asset`, null where the file does not say.
    """
    kinds = pa.nulls(len(symbols), pa.string()) if assets is None else assets
    coded = pc.binary_join_element_wise(pc.fill_null(kinds, ""), symbols, "\n").dictionary_encode()
    specs = [_spec_of(key) for key in coded.dictionary.to_pylist()]
    at = pc.fill_null(coded.indices, len(specs)).to_numpy(zero_copy_only=False)
    values: Floats = np.array([*(spec.multiplier if spec else np.nan for spec in specs), np.nan])[at]
    if prices is not None:
        least, most = (np.array([*(getattr(spec, end, np.nan) for spec in specs), np.nan]) for end in ("least", "most"))
        values[(prices < least[at]) | (prices > most[at])] = np.nan
    if currencies is not None:
        own = pa.array([*(spec.currency if spec else None for spec in specs), None], pa.string()).take(pa.array(at))
        values[pc.not_equal(own, currencies).fill_null(False).to_numpy(zero_copy_only=False)] = np.nan
    return values


def is_option(symbol: str) -> bool:
    """Whether a symbol can only be an option's: `AAPL  230120C00150000`."""
    return parse_option(symbol) is not None


def parse_option(symbol: str) -> Option | None:
    """The parts of an option's symbol, with the strike in thousandths (OCC) or as it is: `.SPXW240621P5400`."""
    found = _OPTION.fullmatch(symbol.strip().upper())
    expiry = _day(found[2]) if found else None
    if not found or not expiry:
        return None
    strike = int(found[4]) / 1000 if len(found[4]) == 8 and found[4].isdigit() else float(found[4])
    return Option(root=found[1], expiry=expiry, kind="call" if found[3] == "C" else "put", strike=strike)


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%y%m%d").date()
    except ValueError:
        return None


def _spec_of(key: str | None) -> Spec | None:
    """The contract of `asset⏎symbol`, the key of a row."""
    if key is None:
        return None
    kind, _, symbol = key.partition("\n")
    asset: Asset | None = next((asset for asset in get_args(Asset) if asset == kind), None)
    return multiplier_of(symbol, asset=asset) if asset or not kind else None


def _option_spec(name: str) -> Spec | None:
    """100 for what is written as US brokers do; an adjusted root (`AAPL1`) may stand for any number of shares."""
    found = _OPTION_ROOT.match(name)
    return OPTION if found and found[1] not in _UNUSUAL_OPTIONS else None


def _future_spec(name: str, asset: Asset | None) -> Spec | None:
    on_future = asset == "future option" or (asset is None and name.startswith("./"))
    spelling = _spelling(_underlying(name) if on_future else name)
    if spelling is None or not (spelling.marked or asset):
        return None
    if spelling.root in COINS and not spelling.on_venue:
        return None  # a swap on the coin, or another exchange's future, is spelled alike
    spec = contract_specs()[spelling.root]
    if on_future:
        # A premium may be any amount, so that another unit (64ths, dollars for cents) would go unnoticed.
        return replace(spec, name=message("{contract}, option", contract=spec.name)) if spec.one_unit else None
    return spec


def _underlying(name: str) -> str:
    """The future an option's symbol begins with: `./ESM2 EW2K2 220513P3950` → `/ESM2`."""
    return name.removeprefix(".").partition(" ")[0]


def _spelling(name: str) -> _Spelling | None:
    found = _FUTURE.fullmatch(name)
    if not found or found["root"] not in contract_specs():
        return None
    on_venue = bool(found["venue"] or found["suffix"])
    dated = bool(found["code"]) and name not in _SHARES
    return _Spelling(found["root"], marked=on_venue or dated, on_venue=on_venue)


@cache
def contract_specs() -> Mapping[str, Spec]:
    """The table of futures by root."""
    file = resources.files("mentor.importing") / "contract_specs.csv"
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return {row["root"]: _spec(row) for row in rows}


def _spec(row: Mapping[str, str]) -> Spec:
    return Spec(
        root=row["root"],
        name=row["name"],
        exchange=row["exchange"],
        multiplier=float(row["multiplier"]),
        currency=row["currency"],
        least=float(row["least"] or -np.inf),
        most=float(row["most"] or np.inf),
        quote=row["quote"],
        source=row["source"],
    )

"""What thinkorswim's descriptions name: stocks, options, futures, options on futures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np

from mentor.importing.contracts import Option
from mentor.importing.extract import Asset
from mentor.importing.option_names import find_option, spelled


@dataclass(frozen=True, slots=True)
class Contract:
    """A symbol, its kind, and the multiplier the description states (NaN: none)."""

    symbol: str
    asset: Asset
    multiplier: float = np.nan

    @property
    def worth(self) -> float:
        """Money per point, NaN where the file does not say it."""
        usual = {"stock": 1.0, "option": 100.0}.get(self.asset, np.nan)
        return usual if np.isnan(self.multiplier) else self.multiplier


_EXCHANGE = r"(?::[A-Z]+)?"
_DAY = r"(?P<day>\d{1,2} [A-Z]{3} \d\d(?:\d\d)?)"
_SUFFIX = r"(?: (?:\([^)]*\)|\[[A-Z]+\]))*"
_RIGHT = r"(?P<strike>[\d,]*\.?\d+) (?P<kind>CALL|PUT)"
#: AAPL 100 (Weeklys) 19 JUN 26 200 CALL; of an index, [AM] is another contract than the one of the same day.
_OPTION = re.compile(
    rf"\$?(?P<root>[A-Z][A-Z0-9.]*?)(?:\.X)? (?P<shares>\d+){_SUFFIX} {_DAY}(?P<late>{_SUFFIX}) {_RIGHT}"
)
#: /NQM22:XCME 1/20 APR 22 (Wednesday) (Wk5) /Q4CJ22:XCME 13450 CALL
_FUTURE_OPTION = re.compile(
    rf"(?P<root>/[A-Z0-9]+){_EXCHANGE} 1/(?P<shares>\d+) (?P<label>.*?)(?: (?P<code>/[A-Z0-9]+){_EXCHANGE})? {_RIGHT}"
)
_FUTURE = re.compile(rf"(?P<root>/[A-Z0-9]+){_EXCHANGE}(?: 1/\d+ .*)?")
_STOCK = re.compile(r"[A-Z][A-Z0-9]{0,9}(?:[./][A-Z]{1,2})?")


def contract_of(text: str, expiry: str = "", strike: str = "", kind: str = "") -> Contract | None:
    """The contract of a description, or of the columns Symbol, Exp, Strike, Type; `None`: a spread, or unknown."""
    text = text.strip().upper()
    if kind.upper() in ("CALL", "PUT"):
        symbol = text if text.startswith("/") else f"{text.split(' ')[0]} 100"
        return contract_of(f"{symbol} {expiry} {strike} {kind}")
    if found := _FUTURE_OPTION.fullmatch(text):
        return _future_option(found)
    if found := _OPTION.fullmatch(text):
        return _option(found)
    if found := _FUTURE.fullmatch(text):
        return Contract(found["root"], "future")
    if text.startswith(".") and (option := find_option(text)):
        return Contract(spelled(option), "option")
    return Contract(text, "stock") if _STOCK.fullmatch(text) else None


def _future_option(found: re.Match[str]) -> Contract:
    code = found["code"] or found["label"]
    name = f"{found['root']} {code.removeprefix('/')} {_plain(found['strike'])} {found['kind'][0]}"
    return Contract(name, "future option", float(found["shares"]))


def _option(found: re.Match[str]) -> Contract | None:
    day = found["day"]
    try:
        expiry = datetime.strptime(day.title(), "%d %b %Y" if len(day.split(" ")[2]) == 4 else "%d %b %y").date()
    except ValueError:
        return None
    kind: Literal["call", "put"] = "call" if found["kind"] == "CALL" else "put"
    option = Option(root=found["root"], expiry=expiry, kind=kind, strike=float(_plain(found["strike"])))
    morning = " AM" if "[AM]" in found["late"] else ""
    return Contract(f"{spelled(option)}{morning}", "option", float(found["shares"]))


def _plain(strike: str) -> str:
    return f"{float(strike.replace(',', '')):.10g}"

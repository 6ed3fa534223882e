"""Options as US brokers describe them in words or codes, brought to one spelling: `AAPL 2026-06-19 200 C`."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Literal

import pandas as pd

from mentor.importing.contracts import Option, parse_option

_ROOT = r"(?P<root>\$?[A-Z][A-Z0-9./]{0,9}?)"
_SLASHED = r"(?P<day>\d{1,2}/\d{1,2}/(?:\d{4}|\d\d))"
_STRIKE = r"\$?(?P<strike>\d[\d,]*(?:\.\d+)?|\.\d+)"
_KIND = r"(?P<kind>CALLS?|PUTS?|C|P)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_ROOT} +{_SLASHED} +{_STRIKE} +{_KIND}\b",  # AAPL 06/19/2026 200.00 C
        rf"{_ROOT} +{_SLASHED} +{_KIND} +{_STRIKE}",  # AAPL 6/19/2026 Call $200.00
        rf"{_KIND} +{_ROOT} +{_SLASHED} +{_STRIKE}",  # CALL AAPL 06/19/26 200 APPLE INC
        rf"{_KIND} +\({_ROOT}\).*?(?P<day>[A-Z]{{3}} \d{{1,2}} \d\d) +{_STRIKE}",  # CALL (AAPL) APPLE JUN 19 26 $200
        rf"{_ROOT} +(?P<day>[A-Z]{{3}} \d{{1,2}} '?\d\d) +{_STRIKE} +{_KIND}\b",  # AAPL Jun 19 '26 $200 Call
        # AAPL 100 (Weeklys) 19 JUN 26 200 CALL
        rf"{_ROOT} +\d+ +(?:\([^)]*\) +)?(?P<day>\d{{1,2}} [A-Z]{{3}} (?:\d{{4}}|\d\d)) +(?:\[[AP]M\] +)?"
        rf"{_STRIKE} +{_KIND}\b",
    )
)
_DAYS = ("%m/%d/%Y", "%m/%d/%y", "%b %d %y", "%b %d '%y", "%d %b %y", "%d %b %Y")
_CODE = re.compile(r"[.-]?[A-Z]{1,5}\d? *\d{6}[CP]\d+(?:\.\d+)?")


def find_option(text: str) -> Option | None:
    """The option a text describes, or begins or ends with the code of; `None` when it describes none."""
    coded = next((option for word in _CODE.findall(text.strip()) if (option := parse_option(word))), None)
    return coded or next((_option(found) for pattern in _PATTERNS if (found := pattern.search(text))), None)


def spelled(option: Option) -> str:
    """One spelling for all brokers."""
    return f"{option.root} {option.expiry:%Y-%m-%d} {option.strike:.10g} {option.kind[0].upper()}"


def option_symbols(texts: pd.Series) -> pd.Series:
    """The spelling of the option each text describes, NaN for those that describe none."""
    found = {text: spelled(option) for text in texts.dropna().unique() if (option := find_option(text))}
    return texts.map(found).astype("str")


def _option(found: re.Match[str]) -> Option | None:
    day = _day(found["day"])
    if day is None:
        return None
    root = found["root"].upper().removeprefix("$").removesuffix(".X")
    kind: Literal["call", "put"] = "call" if found["kind"].upper().startswith("C") else "put"
    return Option(root=root, expiry=day, kind=kind, strike=float(found["strike"].replace(",", "")))


def _day(text: str) -> date | None:
    for written in _DAYS:
        try:
            return datetime.strptime(text.title(), written).date()
        except ValueError:
            continue
    return None

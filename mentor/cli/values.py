"""How the values of options are read: paths, numbers, `SYMBOL=NUMBER`, `FIELD=HEADER`."""

from __future__ import annotations

import argparse
import math
from pathlib import Path

from mentor.i18n.language import _


def a_path(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError as homeless:
        raise argparse.ArgumentTypeError(f"{text}: {homeless}") from homeless


def a_number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or "_" in text:
        raise argparse.ArgumentTypeError(_("{text!r} is no number; write it as 250.5", text=text))
    return number


def a_multiplier(text: str) -> tuple[str, float]:
    symbol, _equals, number = text.rpartition("=")
    if not symbol.strip() or a_number(number) <= 0:
        raise argparse.ArgumentTypeError(_("{text!r} is no multiplier; write it as ES=50", text=text))
    return symbol.strip(), a_number(number)


def a_named_column(text: str) -> tuple[str, str]:
    field, _equals, header = text.partition("=")
    if not field.strip() or not header.strip():
        raise argparse.ArgumentTypeError(_("{text!r} names no column; write it as size=Qty", text=text))
    return field.strip(), header.strip()

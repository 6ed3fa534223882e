"""The formats that can be read: one file each. A new one is a module with a `FORMAT`, listed here."""

from __future__ import annotations

from mentor.importing.formats.base import Document, Format
from mentor.importing.formats.closed_trades import FORMAT as CLOSED_TRADES
from mentor.importing.formats.metatrader4 import FORMAT as METATRADER4
from mentor.importing.formats.metatrader5 import FORMAT as METATRADER5
from mentor.importing.formats.tradingview import FORMAT as TRADINGVIEW

#: Asked by content, in any order: exactly one may claim a file. `generic` ones are asked when no other claims it.
FORMATS: tuple[Format, ...] = (METATRADER4, METATRADER5, TRADINGVIEW, CLOSED_TRADES)

__all__ = ["FORMATS", "Document", "Format"]

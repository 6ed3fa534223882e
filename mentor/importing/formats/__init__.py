"""The formats that can be read: one file each. A new one is a module with a `FORMAT`, listed here."""

from __future__ import annotations

from mentor.importing.formats.avatrade import FORMAT as AVATRADE
from mentor.importing.formats.base import Document, Format
from mentor.importing.formats.binance import FORMAT as BINANCE
from mentor.importing.formats.binance_spot import FORMAT as BINANCE_SPOT
from mentor.importing.formats.bitvavo import FORMAT as BITVAVO
from mentor.importing.formats.bybit import FORMAT as BYBIT
from mentor.importing.formats.closed_trades import FORMAT as CLOSED_TRADES
from mentor.importing.formats.coinbase import FORMAT as COINBASE
from mentor.importing.formats.ctrader import FORMAT as CTRADER
from mentor.importing.formats.degiro import FORMAT as DEGIRO
from mentor.importing.formats.etoro import FORMAT as ETORO
from mentor.importing.formats.etrade import FORMAT as ETRADE
from mentor.importing.formats.fidelity import FORMAT as FIDELITY
from mentor.importing.formats.firstrade import FORMAT as FIRSTRADE
from mentor.importing.formats.freqtrade import FORMAT as FREQTRADE
from mentor.importing.formats.ftmo import FORMAT as FTMO
from mentor.importing.formats.fx_blue import FORMAT as FX_BLUE
from mentor.importing.formats.generic_fills import FORMAT as GENERIC_FILLS
from mentor.importing.formats.interactive_brokers import FORMAT as INTERACTIVE_BROKERS
from mentor.importing.formats.lightspeed import FORMAT as LIGHTSPEED
from mentor.importing.formats.metatrader4 import FORMAT as METATRADER4
from mentor.importing.formats.metatrader4_tester import FORMAT as METATRADER4_TESTER
from mentor.importing.formats.metatrader5 import FORMAT as METATRADER5
from mentor.importing.formats.metatrader5_tester import FORMAT as METATRADER5_TESTER
from mentor.importing.formats.myfxbook import FORMAT as MYFXBOOK
from mentor.importing.formats.ninjatrader import FORMAT as NINJATRADER
from mentor.importing.formats.not_trades import FORMAT as NOT_TRADES
from mentor.importing.formats.questrade import FORMAT as QUESTRADE
from mentor.importing.formats.robinhood import FORMAT as ROBINHOOD
from mentor.importing.formats.schwab import FORMAT as SCHWAB
from mentor.importing.formats.tastytrade import FORMAT as TASTYTRADE
from mentor.importing.formats.thinkorswim import FORMAT as THINKORSWIM
from mentor.importing.formats.tiger import FORMAT as TIGER
from mentor.importing.formats.topstepx import FORMAT as TOPSTEPX
from mentor.importing.formats.tradervue import FORMAT as TRADERVUE
from mentor.importing.formats.tradestation import FORMAT as TRADESTATION
from mentor.importing.formats.trading212 import FORMAT as TRADING212
from mentor.importing.formats.tradingview import FORMAT as TRADINGVIEW
from mentor.importing.formats.tradingview_orders import FORMAT as TRADINGVIEW_ORDERS
from mentor.importing.formats.tradovate import FORMAT as TRADOVATE
from mentor.importing.formats.webull import FORMAT as WEBULL
from mentor.importing.formats.xtb import FORMAT as XTB
from mentor.importing.formats.zerodha import FORMAT as ZERODHA
from mentor.messages import message

#: Asked by content, in any order: exactly one may claim a file. `generic` ones are asked when no other claims it.
FORMATS: tuple[Format, ...] = (
    AVATRADE,
    BINANCE,
    BINANCE_SPOT,
    BITVAVO,
    BYBIT,
    COINBASE,
    CTRADER,
    DEGIRO,
    ETORO,
    ETRADE,
    FIDELITY,
    FIRSTRADE,
    FREQTRADE,
    FTMO,
    FX_BLUE,
    INTERACTIVE_BROKERS,
    LIGHTSPEED,
    METATRADER4,
    METATRADER4_TESTER,
    METATRADER5,
    METATRADER5_TESTER,
    MYFXBOOK,
    NINJATRADER,
    NOT_TRADES,
    QUESTRADE,
    ROBINHOOD,
    SCHWAB,
    TASTYTRADE,
    THINKORSWIM,
    TIGER,
    TOPSTEPX,
    TRADERVUE,
    TRADESTATION,
    TRADING212,
    TRADINGVIEW,
    TRADINGVIEW_ORDERS,
    TRADOVATE,
    WEBULL,
    XTB,
    ZERODHA,
    CLOSED_TRADES,
    GENERIC_FILLS,
)

#: What people call a format, by its id.
TITLES = {form.id: form.title for form in FORMATS} | {
    "old_journal": message("journal of the old system"),
    "mentor_journal": message("whole journal of Mentor"),
}

__all__ = ["FORMATS", "TITLES", "Document", "Format"]

"""Exports that are known and cannot be read exactly: refused by name, with the export to use instead."""

from __future__ import annotations

from dataclasses import dataclass

from mentor.errors import ImportRefused
from mentor.importing.columns import fold
from mentor.importing.extract import Extract
from mentor.importing.formats.base import Document, Format
from mentor.messages import message


@dataclass(frozen=True, slots=True)
class Refused:
    """A table told by its headers, by `alone` no others, why it is no list of trades, and what to do instead."""

    headers: tuple[str, ...]
    what: str
    todo: str
    alone: bool = False


KNOWN = (
    Refused(
        ("Transaction ID", "Delta", "Amount", "Cash Change Type"),
        message("This is Tradovate's cash history: it lists profits and commissions in rows of their own"),
        message("On Tradovate, export the report Fills instead: it has every fill with its commission."),
    ),
    Refused(
        ("UTC_Time", "Account", "Operation", "Coin", "Change"),
        message(
            "This is Binance's transaction history. It lists what came and went of every coin, several rows "
            "a trade, and does not say which belong together"
        ),
        message("On Binance, export the trade history: Orders → Spot Order or Futures Order → Trade History → Export."),
    ),
    Refused(
        ("Auto-Invest Date(UTC)", "Holding Coin", "Units"),
        message("This is Binance's Auto-Invest history: only purchases, without a price"),
        message("On Binance, export the trade history: Orders → Spot Order → Trade History → Export."),
    ),
    Refused(
        ("Position Side", "Avg. Close Price", "Closed Vol.", "Closing PNL"),
        message("This is Binance's position history: its profits are before fees, which it does not state"),
        message("On Binance, export the trade history: Orders → Futures Order → Trade History → Export."),
    ),
    Refused(
        ("OrderNo", "Order Price", "Order Amount", "AvgTrading Price", "Filled"),
        message("This is Binance's order history: it lists orders without their fees"),
        message("On Binance, export the trade history: Orders → Spot Order → Trade History → Export."),
    ),
    *(
        Refused(
            headers,
            message(
                "These are the cash operations of XTB: they list what was paid and received, without what each trade "
                "gained"
            ),
            message("At XTB, export the closed positions: Account history → Export → Excel."),
            alone=alone,
        )
        for headers, alone in (
            (("ID", "Type", "Time", "Symbol", "Comment", "Amount"), True),
            (("ID", "Type", "Time", "Ticker", "Comment", "Amount", "Product"), False),
        )
    ),
    Refused(
        ("Filled Type", "Filled Quantity", "Filled Price", "Direction"),
        message("This is Bybit's trade history of derivatives: its rows mix fills with funding, and name no profit"),
        message("On Bybit, export the Closed P&L instead: it holds every closed position with its fees and funding."),
    ),
    Refused(
        ("Contract", "Cash Flow", "Fee Paid", "Wallet Balance", "Action"),
        message(
            "This is Bybit's transaction log. It lists what came and went of every coin, several rows "
            "a trade, and does not say which belong together"
        ),
        message("On Bybit, export the Closed P&L instead: it holds every closed position with its fees and funding."),
    ),
    Refused(
        ("Transaction Type", "Asset", "Quantity Transacted", "Subtotal"),
        message(
            "This is Coinbase's transaction history: it mixes purchases with transfers, rewards and conversions, "
            "so that nobody can tell what a sold coin had cost"
        ),
        message("On Coinbase, export the fills of Coinbase Advanced: Statements → Generate → Fills."),
    ),
    Refused(
        ("Type", "Details", "Realized Equity Change", "Realized Equity", "Position ID"),
        message("This is the account activity of eToro: closed positions without their prices and their side"),
        message("Use the XLSX account statement itself; its sheet Closed Positions is read."),
    ),
    Refused(
        ("Transaction Category", "Transaction Type", "Asset Quantity", "Cash Balance Amount"),
        message(
            "This is the cash account of BUX: it lists the fees of trades in rows of their own, "
            "without saying which trade they belong to"
        ),
        message("Save the trades as a list with symbol, side, quantity, price, fee and time."),
    ),
    *(
        Refused(
            headers,
            message("This is the account statement of DEGIRO: trades stand in it as text between bookings of cash"),
            message("In DEGIRO, export the transactions instead: Inbox → Transactions → Export → CSV."),
        )
        for headers in (
            ("Datum", "Valutadatum", "Omschrijving", "Mutatie", "Saldo"),
            ("Date", "Value date", "Description", "Change", "Balance", "FX"),
            ("Datum", "Valutadatum", "Beschreibung", "Änderung", "Saldo"),
            ("Date", "Date de valeur", "Description", "Mouvements", "Solde"),
            ("Fecha", "Fecha valor", "Descripción", "Variación", "Saldo"),
            ("Data", "Data valuta", "Descrizione", "Variazioni", "Saldo"),
        )
    ),
)


def claims(document: Document) -> bool:
    """A table with the headers of one of them, and no other."""
    return _found(document) is not None


def read(document: Document) -> Extract:
    """Raises `ImportRefused`, always."""
    found = _found(document)
    assert found is not None, "claimed as one"
    raise ImportRefused(found.what, where=document.source.name, todo=found.todo)


def _found(document: Document) -> Refused | None:
    """Beside other tables, as in a statement of many sheets, it may be the lesser one."""
    if len(document.tables) != 1:
        return None
    header = {fold(name) for name in document.tables[0].header}
    return next(
        (known for known in KNOWN if _names(known) <= header and not (known.alone and header - _names(known))), None
    )


def _names(known: Refused) -> set[str]:
    return {fold(name) for name in known.headers}


FORMAT = Format(
    id="not_trades",
    title=message("exports without trades"),
    claims=claims,
    read=read,
    names=frozenset(name for known in KNOWN for name in _names(known)),
)

"""Interactive Brokers: activity statement, transaction history, flex query and trade confirmations (CSV and XML)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from mentor.errors import ImportRefused
from mentor.importing.columns import fold
from mentor.importing.delimited import Delimited
from mentor.importing.extract import Extract
from mentor.importing.formats import ibkr_fills
from mentor.importing.formats.base import Document, Format
from mentor.importing.formats.declared import NOTICES, Layout, extract, fits
from mentor.importing.formats.ibkr_history import is_history, read_history
from mentor.importing.formats.ibkr_statement import is_statement, read_statement
from mentor.importing.html import HtmlPage
from mentor.importing.records import RecordDocument
from mentor.importing.sections import sections, unpadded
from mentor.importing.table_row import Row
from mentor.importing.tables import RowTable, Table
from mentor.messages import message

EXECUTION, ORDER = ("execution", "trade", ""), ("order",)
#: Headings that no other broker has.
OWN = frozenset(
    [
        "conid",
        "levelofdetail",
        "ibcommission",
        "ibcommissioncurrency",
        "ibexecid",
        "iborderid",
        "clientaccountid",
        "currencyprimary",
        "fxratetobase",
        "settledatetarget",
        "opencloseindicator",
        "notescodes",
        "fifopnlrealized",
    ]
)
#: Headings of which every section of a flex query has some.
USUAL = OWN | frozenset(
    [
        "account",
        "accountid",
        "assetclass",
        "assetcategory",
        "symbol",
        "isin",
        "quantity",
        "amount",
        "type",
        "settledate",
    ]
)
#: The first cells of a flex query's rows, where it is told to write them.
MARKS = ("HEADER", "DATA", "BOF", "BOA", "BOS", "EOS", "EOA", "EOF", "MSG")
MAY_REPEAT = message(
    "has no trade id although others have one, so that it may repeat a trade as an order or a lot; add the field "
    "LevelOfDetail to the flex query"
)
#: The section of trades among those that look like it.
TRADES = "TRNT"
_SECTION = re.compile(r"\"?[^,;]{2,60},Header,")
_MOMENT = re.compile(r"\d{8};\d{6}.*")
#: A date with six digits for the time behind it, and how that is written elsewhere.
_GLUED = (r"^(\S+?)[;, ]+(\d\d)(\d\d)(\d\d)( [A-Z]{2,4})?$", r"\1 \2:\3:\4\5")
_ACCOUNT = re.compile(r"D?[UF]\d{6,9}")


def _claims(document: Document) -> bool:
    if isinstance(document, HtmlPage):
        return False
    if isinstance(document, RecordDocument):
        return any(table.title.startswith(("Trades.", "TradeConfirms.")) for table in document.tables)
    return _in_sections(document) or _marked(document) or any(_is_ours(table) for table in document.tables)


def _in_sections(document: Document) -> bool:
    first = next(iter(_beginning(document)), ())
    return _SECTION.match(",".join(first)) is not None


def _marked(document: Document) -> bool:
    return any("HEADER" in cells[:1] and OWN & set(map(fold, cells)) for cells in _beginning(document))


def _beginning(document: Document) -> Iterable[Sequence[str]]:
    """The first rows of a document, without reading it as a whole."""
    if not isinstance(document, Delimited):
        return (row.cells for row in document.rows[:100])
    return (*(row.cells for row in document.preamble), document.header, *document.sample)


def _is_ours(table: Table) -> bool:
    """Trades under headings of our own, or with our way to write a time or an account."""
    names = [fold(name) for name in table.header]
    if not fits(LAYOUT, table) or not TIMES & set(names) or not PRICES & set(names):
        return False
    contracts = {"putcall", "underlyingsymbol"} <= set(names)
    return bool(OWN & set(names)) or contracts or _written_alike(table, names)


def _written_alike(table: Table, names: Sequence[str]) -> bool:
    ways = {"datetime": _MOMENT, "account": _ACCOUNT}
    places = [(at, ways[name]) for at, name in enumerate(names) if name in ways]
    return any(len(cells) > at and way.fullmatch(cells[at]) for cells in table.sample[:5] for at, way in places)


def _read(document: Document) -> Extract:
    if isinstance(document, RecordDocument):
        return _read_flex(document, document.tables)
    rows = tuple(unpadded(document.rows))
    if not _in_sections(document):
        return _read_flex(document, sections(rows, _is_header, source=document.source, title=_section_code))
    if _is_title(rows[0]) and sum(row.trimmed().cells == rows[0].trimmed().cells for row in rows) > 1:
        what = message("The file holds several statements")
        todo = message("Save each as a file of its own and import them all.")
        raise ImportRefused(what, where=document.source.name, todo=todo)
    if is_statement(rows):
        return read_statement(document, rows)
    if is_history(rows):
        return read_history(document, rows)
    what = message("The statement has no section with trades")
    todo = message("Export the activity statement with its section Trades, for days on which you traded.")
    raise ImportRefused(what, where=document.source.name, todo=todo)


def _is_title(row: Row) -> bool:
    """Whether a row heads the names and values that every statement begins with."""
    return row.cells[1:2] == ("Header",) and len(row.trimmed().cells) == 4


def _is_header(row: Row) -> bool:
    return row.cells[0] == "HEADER" or len(USUAL & set(map(fold, row.cells))) > 1


def _section_code(header: Row) -> str:
    return header.cells[1] if header.cells[0] == "HEADER" else ""


def _read_flex(document: Document, tables: Sequence[RowTable]) -> Extract:
    chosen = _lists_of_trades(tables, document.source.name)
    found = extract(ibkr_fills.ID, LAYOUT, _together(chosen))
    if found.ignored_rows and not len(found.lines) and not found.rejected and not found.notices:
        what = message("The report lists lots and summaries only")
        todo = message("Choose the level Executions in its section Trades.")
        raise ImportRefused(what, where=document.source.name, todo=todo)
    return replace(found, notices=(*found.notices, *_left_out(tables)))


def _left_out(tables: Sequence[RowTable]) -> tuple[str, ...]:
    """Says that corporate actions change positions, and nothing here."""
    names = ("CORP", "CorporateActions.CorporateAction")
    acted = any(table.body and (table.title in names or "ActionDescription" in table.header) for table in tables)
    what = message("The report lists corporate actions, which are not applied: check the positions they changed.")
    return (what,) if acted else ()


def _lists_of_trades(tables: Sequence[RowTable], where: str) -> list[RowTable]:
    """The tables of trades, one an account; other sections that look like them are left out by their name."""
    names = [{fold(name) for name in table.header} for table in tables]
    found = [
        table
        for table, own in zip(tables, names, strict=True)
        if fits(LAYOUT, table) and TIMES & own and PRICES & own and table.title.split(".")[0] not in OTHERS
    ]
    for wanted in (
        ("Trades.Trade",),
        ("TradeConfirms.TradeConfirm",),
        ("Trades.Order", "TradeConfirms.Order"),
        (TRADES,),
    ):
        found = [table for table in found if table.title in wanted] or found
    if not found:
        what = message("The report has no section with trades")
        todo = message("Add the section Trades to the flex query.")
        raise ImportRefused(what, where=where, todo=todo)
    if len({table.header for table in found}) > 1:
        what = message("Several sections of the report look like a list of trades")
        raise ImportRefused(what, where=where, todo=message("Export the section Trades alone."))
    return found


def _together(tables: Sequence[RowTable]) -> RowTable:
    """One table; rows that only say where a section ends go."""
    rows = (row for table in tables for row in table.body)
    return replace(tables[0], body=tuple(row for row in rows if row.cells[0] not in MARKS or row.cells[0] == "DATA"))


def _fills(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.assign(**{name: pd.Series(dtype="str", index=rows.index) for name in FIELDS if name not in rows})
    rows["ignored"] = rows["ignored"].mask(~_counts(rows["level"]), "repeats a trade")
    rows["symbol"] = rows["symbol"].fillna(rows["isin"])
    rows["time"] = rows["time"].fillna(rows["day"]).str.removeprefix("'").str.replace(*_GLUED, regex=True)
    rows["external_id"] = rows["external_id"].fillna(rows["execution"])
    rows["asset"] = _assets(rows)
    rows["symbol"] = _contracts(rows)
    rows["refused"] = rows["refused"].mask(_may_repeat(rows), MAY_REPEAT)
    rows["effect"] = ibkr_fills.effects(rows["effect"]).fillna(ibkr_fills.effects(rows["code"]))
    rows["cancels"] = rows["side"].str.contains("(Ca.)", regex=False, na=False)
    rows["cancels"] |= rows["code"].str.contains(r"(?:^|;)\s*Ca\s*(?:;|$)", na=False)
    rows["side"] = rows["side"].str.replace(" (Ca.)", "", regex=False).fillna(ibkr_fills.signed_sides(rows["size"]))
    rows = ibkr_fills.settled(_in_cash(rows))
    unnamed = rows["symbol"].isna() & rows["ignored"].isna()
    rows["refused"] = rows["refused"].mask(
        unnamed, message("names neither symbol nor ISIN, as a currency conversion does")
    )
    rows.attrs[NOTICES] = ibkr_fills.notices(rows["ignored"])
    return rows.drop(columns=["cancels", "level", "isin", "day", "execution", "code", "expiry", "strike", "right"])


def _assets(rows: pd.DataFrame) -> pd.Series:
    """What a row says it is, else an option where it has a strike, else a share where it is named as one."""
    silent, struck = rows["asset"].isna(), rows["strike"].notna() & rows["right"].notna()
    named = _named_as_share(rows) & ~struck
    return ibkr_fills.assets(rows["asset"]).mask(silent & named, "stock").mask(silent & struck, "option")


def _contracts(rows: pd.DataFrame) -> pd.Series:
    """Symbols; an option that is only called by its underlying gets its expiry, strike and right behind it."""
    bare = rows["symbol"].str.fullmatch(r"[A-Z]{1,6}", na=False) & rows["asset"].isin(("option", "future option"))
    struck = rows[bare & rows["strike"].notna()]
    described = struck["symbol"] + " " + struck["expiry"].fillna("") + " " + struck["strike"] + " " + struck["right"]
    return rows["symbol"].where(~rows.index.isin(struck.index), described)


def _may_repeat(rows: pd.DataFrame) -> pd.Series:
    """Rows without an id among others that have one, where no level says that they are no orders or lots."""
    booked = rows["code"].str.contains(r"(?:^|;)\s*(?:A|Ep|Ex|GEA)\s*(?:;|$)", na=False)
    unnamed = rows["external_id"].isna() & rows["ignored"].isna() & ~booked & ~rows["asset"].eq("forex")
    telling = rows["level"].notna().any() or rows["external_id"].isna().all()
    return unnamed & (not telling)


def _named_as_share(rows: pd.DataFrame) -> pd.Series:
    """Symbols of letters alone: futures and options have digits."""
    return rows["symbol"].str.fullmatch(r"[A-Z]{1,5}(?:[ .][A-Z]{1,3})?", na=False)


def _counts(levels: pd.Series) -> pd.Series:
    """Executions where there are any, else orders."""
    words = levels.str.casefold().fillna("")
    executed = words.isin(EXECUTION)
    return executed if executed.any() else words.isin(ORDER)


def _in_cash(rows: pd.DataFrame) -> pd.DataFrame:
    """Costs with their currency; of a future no full value, which reports state in several ways, and no cash moved."""
    rows["gross"] = rows["gross"].mask(rows["asset"].eq("future"))
    rows["amount"] = rows["amount"].mask(rows["asset"].isin(("future", "cfd")))
    bond = rows["asset"].eq("bond")  # quoted in percent, whatever its multiplier says
    rows["multiplier"] = rows["multiplier"].mask(bond, "0.01")
    for name in ("IBCommission", "Commission"):
        if name in rows:
            rows[name] = (rows[name] + " " + rows["fee_currency"]).fillna(rows[name])
    return rows


COLUMNS: Mapping[str, str | tuple[str, ...]] = {
    "symbol": "Symbol",
    "isin": "ISIN",
    "side": "Buy/Sell",
    "size": "Quantity",
    "price": ("TradePrice", "Price"),
    "time": ("Date/Time", "TradeDate + TradeTime"),
    "day": "TradeDate",
    "gross": ("Proceeds", "TradeMoney", "Amount"),
    "amount": "NetCash",
    "multiplier": "Multiplier",
    "currency": ("CurrencyPrimary", "Currency"),
    "fee_currency": ("IBCommissionCurrency", "CommissionCurrency"),
    "account": ("ClientAccountID", "AccountID", "Account"),
    "external_id": "TradeID",
    "execution": ("IBExecID", "ExecID"),
    "asset": ("AssetClass", "AssetCategory"),
    "effect": "Open/CloseIndicator",
    "code": ("Notes/Codes", "Notes", "Code"),
    "level": "LevelOfDetail",
    "expiry": "Expiry",
    "strike": "Strike",
    "right": "Put/Call",
}
FIELDS = tuple(COLUMNS)
TIMES, PRICES = frozenset(("datetime", "tradedate")), frozenset(("tradeprice", "price"))
#: Sections of an XML report that list something else under the headings of trades.
OTHERS = frozenset(("UnbundledCommissionDetails", "TradeTransfers", "OptionEAE", "CorporateActions", "UnbookedTrades"))
LAYOUT = Layout(
    needs=("Quantity",),
    lacks=("TotalCommission", "Exec Time"),
    columns=COLUMNS,
    adapt=_fills,
    costs={"IBCommission": "flow", "Commission": "flow", "Taxes": "flow", "Tax": "flow", "Fees": "flow"},
    shorts="stated",
    zone=ibkr_fills.ZONE,
)
FORMAT = Format(
    id=ibkr_fills.ID, title=ibkr_fills.TITLE, claims=_claims, read=_read, names=OWN | frozenset(("tradeprice",))
)

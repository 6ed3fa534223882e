"""Interactive Brokers' activity statement: the section of trades, in any language, held against its own subtotals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd

from mentor.errors import ImportRefused
from mentor.importing.columns import fold
from mentor.importing.extract import Extract
from mentor.importing.formats import ibkr_fills
from mentor.importing.formats.base import Document
from mentor.importing.formats.declared import NOTICES, Layout, extract
from mentor.importing.table_row import Row
from mentor.importing.tables import RowTable
from mentor.importing.told import CORPORATE_ACTION
from mentor.messages import Message, message

#: What a row of the section says of itself, in every language: an order, its executions, the lots a trade closed.
ORDER, EXECUTIONS, LOT = "Order", ("Trade", "Execution"), "ClosedLot"
OTHER_SUBTOTAL = message("The statement's own subtotal is another than the sum of its rows: {symbols}.")
OTHER_PROFIT = message(
    "The statement realises another profit than these trades moved in cash (wash sales, assigned options, older shares "
    "sold first): {symbols}."
)
LEVELS = (ORDER, *EXECUTIONS, LOT)
EVENT = "Corporate action"
#: The cells of a row that are read, in our order.
CELLS = (
    *("Kind", "Level", "Class", "Currency", "Account", "Symbol", "Time", "Quantity", "Price", "Proceeds", "Fee"),
    *("Realized", "Code", "Multiplier", "Notes"),
)
NAMES = {
    "datadiscriminator": "Level",
    "assetcategory": "Class",
    "currency": "Currency",
    "account": "Account",
    "symbol": "Symbol",
    "datetime": "Time",
    "quantity": "Quantity",
    "tprice": "Price",
    "proceeds": "Proceeds",
    "notionalvalue": "Proceeds",
    "commfee": "Fee",
    "realizedpl": "Realized",
    "code": "Code",
}
#: Where headings are in another language: the places behind the quantity, by how many columns there are from it on.
BEHIND = {
    7: {"Price": 1, "Proceeds": 2, "Fee": 3, "Realized": 5, "Code": 6},
    9: {"Price": 1, "Proceeds": 3, "Fee": 4, "Realized": 6, "Code": 8},
    10: {"Price": 1, "Proceeds": 3, "Fee": 4, "Realized": 6, "Code": 9},
}
NUMBERS = ("size", "price", "gross", "multiplier", "Fee")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(,? .*)?")
_NUMBER = re.compile(r"-?[\d,]*\.?\d+")
_ACCOUNT = re.compile(r"(?:[A-Z]{1,2}\d{5,9}|U\*+\d+)\b.*")
#: `WBD(US9344231041) Spinoff 1 for 10 (VNT, VONTIER CORP, US92917K1043)`: what changes is named last.
_ACTION = re.compile(r"\"?(?P<of>[^()]+)\([A-Z0-9]+\) .*?(\((?P<what>[^,()]+),[^()]*\))?\"?")
TOLERANCE = 0.01
#: So many symbols are named in a notice.
NAMED = 8


def is_statement(rows: Sequence[Row]) -> bool:
    """Whether rows are those of an activity statement with trades."""
    return any(row.cells[1] == "Data" and row.cells[2] in LEVELS for row in rows if len(row.cells) > 6)


def read_statement(document: Document, rows: Sequence[Row]) -> Extract:
    """The trades of a statement; orders where they are listed, else their executions."""
    cells = _with_multipliers(list(_trades(rows, document.source.name)), _multipliers(rows))
    table = RowTable(
        source=document.source,
        title="Trades",
        header=CELLS,
        body=tuple(row for row in cells if row.cells[0] == "Data"),
    )
    layout = replace(LAYOUT, adapt=partial(_fills, totals=_totals(cells)), zone=_zone(rows))
    found = extract(ibkr_fills.ID, layout, table)
    traded = {row.cells[CELLS.index("Symbol")] for row in table.body}
    said = (*found.notices, *_held_before(rows, traded), *_transferred(rows, traded), *_other_costs(rows))
    return replace(found, account=_account(rows), notices=said)


def _trades(rows: Sequence[Row], where: str) -> Iterator[Row]:
    """Rows of the sections of trades, totals too, and of corporate actions, each with the cells of `CELLS`."""
    names = {row.cells[0] for row in rows if len(row.cells) > 6 and row.cells[1] == "Data" and row.cells[2] in LEVELS}
    header: Row | None = None
    places: Mapping[str, int] = {}
    for row in rows:
        if row.cells[0] not in names:
            if event := _corporate_action(row):
                yield event
        elif row.cells[1:2] == ("Header",):
            header, places = row, {}
        elif header is not None and row.cells[1:2] in (("Data",), ("SubTotal",)):
            places = places or _places(header, row, where)
            picked = {name: row.cells[at] for name, at in places.items() if at < len(row.cells)}
            yield _cells(row, Kind=row.cells[1], **picked | _in_base_currency(header, places, picked))


def _in_base_currency(header: Row, places: Mapping[str, int], picked: Mapping[str, str]) -> dict[str, str]:
    """The fee with the currency that its heading names: `Comm in USD`."""
    found = re.fullmatch(r"(?i)comm in ([A-Z]{3})", header.cells[places["Fee"]]) if "Fee" in places else None
    return {"Fee": f"{picked['Fee']} {found[1]}"} if found and picked.get("Fee") else {}


def _cells(row: Row, **picked: str) -> Row:
    return replace(row, cells=tuple(picked.get(name, "") for name in CELLS), spans=())


def _places(header: Row, first: Row, where: str) -> dict[str, int]:
    """Where each cell stands: by its English heading, else by its place around the time of the first trade."""
    words = (re.sub(r"^commin[a-z]{3}$", "commfee", fold(cell)) for cell in header.cells)
    named = {NAMES[word]: at for at, word in enumerate(words) if word in NAMES}
    if {"Symbol", "Time", "Quantity", "Price", "Currency"} <= named.keys():
        return named
    time = next((at for at, cell in enumerate(first.cells) if MOMENT.fullmatch(cell)), 0)
    size = time + 1 if time and _NUMBER.fullmatch(first.cells[time + 1]) else time + 2
    behind = BEHIND.get(len(header.trimmed().cells) - size)
    if time not in (6, 7) or behind is None:
        what = message("The columns of the section {section!r} are not those we know", section=header.cells[0])
        raise ImportRefused(what, where=where, todo=message("Export the statement in English."))
    account = {"Account": 5} if time == 7 else {}
    places = {"Level": 2, "Class": 3, "Currency": 4, **account, "Symbol": time - 1, "Time": time, "Quantity": size}
    return places | {name: size + at for name, at in behind.items()}


def _corporate_action(row: Row) -> Row | None:
    """A split, a merger, a spin-off as a row that breaks the position it changes."""
    for at, cell in enumerate(row.cells):
        moment = row.cells[at - 1] if at > 2 and row.cells[1] == "Data" else ""
        found = _ACTION.fullmatch(cell) if MOMENT.fullmatch(moment) and MOMENT.fullmatch(row.cells[at - 2]) else None
        if found:
            symbol = (found["what"] or found["of"]).strip()
            account = next((cell for cell in row.cells[4:5] if _ACCOUNT.fullmatch(cell)), "")
            notes = str(Message(CORPORATE_ACTION, what=cell))
            return _cells(row, Kind="Data", Level=EVENT, Account=account, Symbol=symbol, Time=moment, Notes=notes)
    return None


def _multipliers(rows: Sequence[Row]) -> dict[str, str]:
    """What the statement says a contract is worth, by every name it gives the contract."""
    found: dict[str, str] = {}
    names: dict[str, int] = {}
    for row in rows:
        if row.cells[1:2] == ("Header",):
            names = {fold(cell): at for at, cell in enumerate(row.cells)}
        elif {"multiplier", "symbol", "conid"} <= names.keys() and len(row.cells) > names["multiplier"]:
            described = (row.cells[names["symbol"]], row.cells[names.get("description", names["symbol"])])
            for name in (part.strip() for cell in described for part in cell.split(",")):
                found[name] = row.cells[names["multiplier"]]
    return found


def _with_multipliers(rows: list[Row], known: Mapping[str, str]) -> list[Row]:
    symbol, multiplier = CELLS.index("Symbol"), CELLS.index("Multiplier")

    def add(row: Row) -> Row:
        cells = list(row.cells)
        cells[multiplier] = known.get(cells[symbol], "")
        return replace(row, cells=tuple(cells))

    return [add(row) for row in rows]


def _zone(rows: Sequence[Row]) -> str | None:
    """Eastern time, unless the statement was generated on another clock."""
    stated = next((row.cells[3] for row in rows if row.cells[2:3] == ("WhenGenerated",) and len(row.cells) > 3), "EST")
    return ibkr_fills.ZONE if stated.split()[-1:] in (["EST"], ["EDT"]) else None


def _account(rows: Sequence[Row]) -> str | None:
    """The number of the account, whatever its label is called."""
    values = (row.cells[3] for row in rows if row.cells[1:2] == ("Data",) and len(row.trimmed().cells) == 4)
    return next((value for value in values if _ACCOUNT.fullmatch(value)), None)


def _held_before(rows: Sequence[Row], traded: set[str]) -> tuple[str, ...]:
    """Names what was held when the statement begins, where its performance summary says so."""
    names: dict[str, int] = {}
    held: list[str] = []
    for row in rows:
        if row.cells[1:2] == ("Header",):
            names = {fold(cell): at for at, cell in enumerate(row.cells)}
        elif {"symbol", "priorquantity"} <= names.keys() and len(row.cells) > names["priorquantity"]:
            symbol, prior = row.cells[names["symbol"]], row.cells[names["priorquantity"]]
            held += [symbol] if symbol in traded and prior.strip("-0.") else []
    told = message(
        "{symbols} were held before the statement begins: import the earlier one first, else their trades pair with "
        "later ones.",
        symbols=_listed(held),
    )
    return (told,) if held else ()


def _transferred(rows: Sequence[Row], traded: set[str]) -> tuple[str, ...]:
    """Names what was transferred in or out, which no trade says."""
    names: dict[str, int] = {}
    moved: dict[str, None] = {}
    for row in (row for row in rows if row.cells[0] == "Transfers"):
        if row.cells[1:2] == ("Header",):
            names = {fold(cell): at for at, cell in enumerate(row.cells)}
        elif "symbol" in names and len(row.cells) > names["symbol"] and row.cells[names["symbol"]] in traded:
            moved[row.cells[names["symbol"]]] = None
    told = message(
        "{symbols} were transferred in or out, which is no trade: check the positions and trades of it.",
        symbols=_listed(list(moved)),
    )
    return (told,) if moved else ()


def _other_costs(rows: Sequence[Row]) -> tuple[str, ...]:
    """Says that taxes on trades, which the statement lists apart, are in no trade."""
    apart = any(row.cells[:2] == ("Transaction Fees", "Data") for row in rows)
    told = message("The section Transaction Fees is not part of any trade: taxes listed there are left out.")
    return (told,) if apart else ()


def _totals(rows: Sequence[Row]) -> pd.DataFrame:
    """The statement's own subtotal of every symbol; where accounts are told apart the symbol stands in their column."""
    kept = [dict(zip(CELLS, row.cells, strict=True)) for row in rows if row.cells[0] == "SubTotal"]
    totals = pd.DataFrame(kept, columns=list(CELLS), dtype="str")
    totals["symbol"] = totals["Symbol"].where(totals["Symbol"] != "", totals["Account"])
    sums = {name: _numbers(totals[name]) for name in ("Quantity", "Proceeds", "Fee", "Realized")}
    return totals[["Currency", "symbol"]].assign(**sums).rename(columns={"Currency": "currency"})


def _numbers(cells: pd.Series) -> pd.Series:
    return pd.to_numeric(cells.str.replace(r"[,A-Z ]", "", regex=True), errors="coerce")


def _fills(rows: pd.DataFrame, *, totals: pd.DataFrame) -> pd.DataFrame:
    for name in NUMBERS:  # a comma always stands between thousands
        rows[name] = rows[name].str.replace(",", "")
    events = rows["level"].eq(EVENT)
    known = events | rows["level"].isin(LEVELS)
    rows["refused"] = rows["refused"].mask(~known, message("is a kind of row that is not known"))
    rows["ignored"] = rows["ignored"].mask(known & ~events & ~_counts(rows), "repeats a trade")
    rows["asset"] = ibkr_fills.assets(rows["asset"])
    rows["effect"] = ibkr_fills.effects(rows["code"])
    rows["cancels"] = rows["code"].str.contains(r"(?:^|;)\s*Ca\s*(?:;|$)", na=False)
    rows["side"] = ibkr_fills.signed_sides(rows["size"]).mask(events, "break")
    rows["gross"] = rows["gross"].mask(_numbers(rows["gross"]).eq(0) & ~_numbers(rows["price"]).eq(0))
    rows = ibkr_fills.settled(rows)
    unlike = _differences(rows[rows["ignored"].isna() & rows["refused"].isna() & ~events], totals)
    rows.attrs[NOTICES] = (*ibkr_fills.notices(rows["ignored"]), *unlike)
    return rows.drop(columns=["cancels", "level", "code"])


def _counts(rows: pd.DataFrame) -> pd.Series:
    """Orders, and the executions of what is listed without orders."""
    keys = [rows[name].fillna("") for name in ("asset", "currency", "account", "symbol")]
    ordered = rows["level"].eq(ORDER).groupby(keys).transform("any")
    return rows["level"].eq(ORDER) | (rows["level"].isin(EXECUTIONS) & ~ordered)


def _differences(fills: pd.DataFrame, totals: pd.DataFrame) -> list[str]:
    """Symbols whose trades are not what the statement adds up, and those it realised another profit with."""
    if totals.empty or fills.empty:
        return []
    figures = {"Quantity": "size", "Proceeds": "gross", "Fee": "Fee"}
    values = pd.DataFrame({name: _numbers(fills[field]) for name, field in figures.items()})
    symbols = fills["symbol"].str.removesuffix(" CFD")
    keys = [fills["currency"].rename("currency"), symbols.rename("symbol")]
    sums = values.groupby(keys).sum().reset_index()
    opens = fills.assign(symbol=symbols).sort_values("time", kind="stable").groupby(["currency", "symbol"])["effect"]
    sums = sums.merge(opens.first().rename("first").reset_index()).merge(totals, on=["currency", "symbol"])
    unlike = ((sums["Quantity_x"] - sums["Quantity_y"]).abs() > 1e-6) | _apart(sums["Fee_x"], sums["Fee_y"])
    flat = (sums["Quantity_x"].abs() < 1e-9) & sums["first"].eq("open") & ~unlike
    earned = flat & _apart(sums["Proceeds_x"] + sums["Fee_x"], sums["Realized"])
    return [
        *_said(sums, unlike, OTHER_SUBTOTAL),
        *_said(sums, earned, OTHER_PROFIT),
    ]


def _apart(ours: pd.Series, theirs: pd.Series) -> pd.Series:
    return (ours - theirs).abs() > TOLERANCE


def _said(sums: pd.DataFrame, chosen: pd.Series, what: Message) -> list[str]:
    names = sums.loc[chosen, "symbol"].tolist()
    return [Message(what, symbols=_listed(names))] if names else []


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:NAMED])}{' …' if len(names) > NAMED else ''}"


LAYOUT = Layout(
    needs=CELLS,
    columns={
        "level": "Level",
        "asset": "Class",
        "currency": "Currency",
        "account": "Account",
        "symbol": "Symbol",
        "time": "Time",
        "size": "Quantity",
        "price": "Price",
        "gross": "Proceeds",
        "code": "Code",
        "multiplier": "Multiplier",
        "notes": "Notes",
    },
    costs={"Fee": "flow"},
    shorts="stated",
    date_order="ymd",
)

"""NinjaTrader 8: the grids Trades and Executions of its performance report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from mentor.errors import ImportRefused
from mentor.importing.columns import fold
from mentor.importing.delimited import Delimited
from mentor.importing.extract import Extract
from mentor.importing.formats.base import Document
from mentor.importing.formats.cells import numbers
from mentor.importing.formats.declared import Layout, Names, declare, extract, fits
from mentor.importing.formats.ninjatrader_profit import judged
from mentor.importing.tables import RowTable, Table
from mentor.messages import message

#: The columns of Trades in their usual order, up to MAE, MFE and ETD, which no language translates.
IN_ORDER = (
    *("Trade number", "Instrument", "Account", "Strategy", "Market pos.", "Qty", "Entry price", "Exit price"),
    *("Entry time", "Exit time", "Entry name", "Exit name", "Profit", "Cum. net profit", "Commission"),
)
UNTRANSLATED = frozenset(("mae", "mfe", "etd"))
FEES = ("Clearing Fee", "Exchange Fee", "IP Fee", "NFA Fee")
#: The same column in English, French and Portuguese.
TRADES: Mapping[str, Names] = {
    "symbol": ("Instrument", "Ativo"),
    "account": ("Account", "Account display name", "Compte", "Conta"),
    "strategy": ("Strategy", "Stratégie", "Estratégia"),
    "side": ("Market pos.", "Pos. marché.", "Pos mercado."),
    "size": ("Qty", "Quantity", "Qté", "Qtd"),
    "entry_price": ("Entry price", "Prix d'entrée", "Preço entrada"),
    "exit_price": ("Exit price", "Prix de sortie", "Preço saída"),
    "entry_time": ("Entry time", "Heure d'entrée", "Hora entrada"),
    "exit_time": ("Exit time", "Heure de sortie", "Hora saída"),
    "profit": "Profit",
    "number": ("Trade number", "Trade-#", "Trade #", "Numéro de la transaction", "Numéro d'ordre", "Núm. Neg."),
    "total": ("Cum. net profit", "Cum. profit", "Acu lucro líquido"),
    "entry_name": ("Entry name", "Nom d'entrée", "Entrada"),
    "exit_name": ("Exit name", "Nom de la sortie", "Saída"),
}
COSTS = (
    *("Commission", *FEES),
    *("Corretagem", "Taxa de Compensação", "Taxa de Bolsa", "Taxa de IP", "Taxa NFA"),
)
EXECUTIONS: Mapping[str, Names] = {
    "symbol": "Instrument",
    "side": "Action",
    "size": "Quantity",
    "price": "Price",
    "time": "Time",
    "external_id": "ID",
    "effect": "E/X",
    "position": "Position",
    "rate": "Rate",
    "account": ("Account display name", "Account"),
}
#: Words for a position that other platforms do not use.
SIDES = {"comprada": "long", "vendida": "short", "largo": "long", "corto": "short"}
EFFECTS = {"entry": "open", "entrée": "open", "entrada": "open", "exit": "close", "sortie": "close", "saída": "close"}


def _trades(rows: pd.DataFrame) -> pd.DataFrame:
    """Profit under the name of what it is, and the names of the orders as notes."""
    rows = _dotted(rows, "entry_time", "exit_time")
    rows["ignored"] = rows["ignored"].mask(_repeated(rows), "the same row once more")
    rows["side"] = rows["side"].str.casefold().replace(SIDES)
    costs = tuple(name for name in COSTS if name in rows)
    rows = judged(rows, costs)
    named = [rows[name].fillna("") for name in ("entry_name", "exit_name") if name in rows]
    if len(named) == 2:
        notes = (named[0] + " → " + named[1]).str.strip(" →")
        rows["notes"] = notes.where(notes != "")
    return rows.drop(columns=["number", "total", "entry_name", "exit_name"], errors="ignore")


def _repeated(rows: pd.DataFrame) -> pd.Series:
    """Rows that repeat another one, its number and the cumulated profit included: the same report twice."""
    if not {"number", "total"} <= set(rows.columns):
        return pd.Series(False, index=rows.index)
    return rows.drop(columns=["line", "refused", "ignored"]).duplicated() & rows["number"].notna()


def _dotted(rows: pd.DataFrame, *names: str) -> pd.DataFrame:
    """Windows writes `01-04-2026` only where the day stands first, as it does with dots."""
    for name in names:
        rows[name] = rows[name].str.replace(r"^(\d{1,2})-(\d{1,2})-(\d{4})\b", r"\1.\2.\3", regex=True)
    return rows


def _executions(rows: pd.DataFrame) -> pd.DataFrame:
    """Entry and exit as stated, unless the position behind an exit shows that it opened the other side as well."""
    rows = _dotted(rows, "time")
    if "effect" in rows:
        rows["effect"] = rows["effect"].str.casefold().map(EFFECTS)
    if {"effect", "position"} <= set(rows.columns):
        sold = rows["side"].str.casefold().str.startswith(("s", "v"))
        held = rows["position"].str.upper().str.extract(r"^\d+ ?([LS])$")[0]
        flipped = rows["effect"].eq("close") & held.eq(sold.map({True: "S", False: "L"}))
        rows["effect"] = rows["effect"].mask(flipped)
    if "rate" in rows:
        foreign = ~numbers(rows, "rate")["rate"].fillna(1).isin((0, 1))
        rows.loc[foreign, "refused"] = message(
            "was exchanged at a rate, so that price and commission are in two currencies"
        )
    return rows.drop(columns=["position", "rate"], errors="ignore")


def _grid(*needs: str) -> Layout:
    return Layout(
        needs=(*needs, "Profit"),
        columns=TRADES,
        costs=dict.fromkeys(COSTS, "detect"),
        adapt=_trades,
    )


def _fills(*needs: str) -> Layout:
    return Layout(
        needs=("Instrument", "Action", "Price", "Time", *needs),
        columns=EXECUTIONS,
        costs=dict.fromkeys(COSTS, "detect"),
        adapt=_executions,
        shorts="usual",
    )


#: With fewer columns a grid is still NinjaTrader's, but what its profit is cannot be found out.
GRIDS = (
    _grid("Market pos.", "Entry price", "Exit price"),
    _grid("Pos. marché.", "Prix d'entrée", "Prix de sortie"),
    _grid("Pos mercado.", "Preço entrada", "Preço saída"),
    _grid("MAE", "MFE", "ETD"),
    _grid("Instrument", "Cum. net profit"),
    _grid("Instrument", "Cum. profit"),
)
LAYOUTS = (*GRIDS, _fills("E/X"), _fills("Account display name"))
#: What a grid has beside the columns that count, and no cost.
HARMLESS = frozenset(("bars", "barres", "barras", "description", "connection", "tradeduration", "accountname"))


def _claims(document: Document) -> bool:
    return any(fits(layout, _in_english(table)) for table in document.tables for layout in LAYOUTS)


def _read(document: Document) -> Extract:
    tables = [_in_english(table) for table in document.tables]
    layout, table = next((layout, table) for table in tables for layout in LAYOUTS if fits(layout, table))
    _check_costs(table, layout)
    return extract(FORMAT.id, layout, table)


def _in_english(table: Table) -> Table:
    """A grid in another language with the headings of the English one: the words differ, their usual order does not."""
    folded = [fold(name) for name in table.header]
    at = folded.index("mae") if "mae" in folded else 0
    order = next((order for order in (IN_ORDER, IN_ORDER + FEES) if len(order) == at), None)
    if order is None or set(folded[at : at + 3]) != UNTRANSLATED or not isinstance(table, Delimited | RowTable):
        return table
    elsewhere = any(fold(name) in folded and folded[place] != fold(name) for place, name in enumerate(order))
    return table if elsewhere else replace(table, header=(*order, *table.header[at:]))


def _check_costs(table: Table, layout: Layout) -> None:
    """A column we do not know may be a cost: anywhere in another language, else between Profit and MAE."""
    folded = [fold(name) for name in table.header]
    if layout not in GRIDS or "profit" not in folded:
        return
    if layout is GRIDS[0] or layout in GRIDS[3:]:
        folded = folded[folded.index("profit") : folded.index("mae") if "mae" in folded else None]
    if unknown := set(folded) - KNOWN:
        names = ", ".join(name for name in table.header if fold(name) in unknown)
        what = message("We do not know the column {columns}, which may be a cost", columns=names)
        todo = message("Export with English headings and all cost columns.")
        raise ImportRefused(what, where=table.source.name, todo=todo)


DECLARED = declare("ninjatrader", message("NinjaTrader trades and executions (CSV)"), *LAYOUTS)
KNOWN = DECLARED.names | UNTRANSLATED | HARMLESS | {""}
FORMAT = replace(DECLARED, claims=_claims, read=_read, names=DECLARED.names | UNTRANSLATED)

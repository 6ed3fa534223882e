"""What one point of every row is worth in money: as told, as the file says, by what was traded, else unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mentor.importing import contracts
from mentor.importing.extract import Asset, Extract
from mentor.importing.faults import Mask, mask_of
from mentor.importing.numbers import Floats
from mentor.messages import message, messages
from mentor.models import ImportOptions, Question

#: The key of `ImportOptions.multipliers` that stands for every symbol not named.
OTHERS = "*"
#: So many contracts are shown with their specification.
SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """Money per point and unit of size (NaN: unknown), and the sentences that say where it comes from."""

    multiplier: Floats
    notices: tuple[str, ...]


def per_point(
    extract: Extract,
    symbols: pa.Array,
    options: ImportOptions,
    *,
    prices: Floats,
    currencies: pa.Array,
    stated: Floats | None = None,
) -> Worth:
    """The multiplier of every row; `stated` are those of the file's own column.

    A contract whose price or currency is not the one its exchange quotes is unknown.
    """
    told = _told(symbols, options)
    looked_up = contracts.multipliers(symbols, assets(extract), prices=prices, currencies=currencies)
    specified = np.where(_are_shares(extract), 1.0, looked_up)
    own = stated if stated is not None else np.full(len(symbols), np.nan)
    own = np.where(own > 0, own, np.nan)
    multiplier = np.where(np.isnan(told), np.where(np.isnan(own), specified, own), told)
    from_table = np.isnan(told) & np.isnan(own) & (specified != 1)
    chosen = pa.array(from_table & ~np.isnan(specified))
    return Worth(multiplier=multiplier, notices=_sources(symbols.filter(chosen), assets(extract).filter(chosen)))


def questions(symbols: pa.Array, unknown: Mask) -> tuple[Question, ...]:
    """One question a symbol whose multiplier is needed and unknown."""
    names = pc.unique(symbols.filter(pa.array(unknown))).to_pylist()
    return tuple(Question(kind="multiplier", about=str(name), choices=(), blocking=True) for name in names if name)


def assets(extract: Extract) -> pa.Array:
    """What was traded in every row, null where neither row nor format says it; other words than ours say nothing."""
    column = extract.columns.get("asset")
    cells = column.cells.cast(pa.string()) if column else pa.nulls(len(extract.lines), pa.string())
    cells = pc.if_else(pc.is_in(cells, pa.array(get_args(Asset))), cells, pa.scalar(None, pa.string()))
    return cells.fill_null(extract.asset) if extract.asset else cells


def _told(symbols: pa.Array, options: ImportOptions) -> Floats:
    told = {symbol.casefold(): value for symbol, value in options.multipliers.items()}
    others = told.get(OTHERS, np.nan)
    coded = symbols.dictionary_encode()
    names = [str(name).casefold() for name in coded.dictionary.to_pylist()]
    table = np.array([*(told.get(name, others) for name in names), np.nan])
    values: Floats = table[coded.indices.fill_null(len(table) - 1).to_numpy(zero_copy_only=False)]
    return values


def _are_shares(extract: Extract) -> Mask:
    if extract.sizes_are_shares or "unit" not in extract.columns:
        return np.full(len(extract.lines), extract.sizes_are_shares)
    words = pc.match_substring_regex(extract.columns["unit"].cells, r"(?i)^\s*(shares?|lembar)\s*$")
    return mask_of(words)


def _sources(symbols: pa.Array, kinds: pa.Array) -> tuple[str, ...]:
    """One sentence a contract that was looked up."""
    said: dict[str, str] = {}
    pairs = dict.fromkeys(zip(symbols.to_pylist(), kinds.to_pylist(), strict=True))
    for symbol, kind in pairs:
        spec = contracts.multiplier_of(str(symbol), asset=kind)
        if spec is not None:
            told = message(
                "{symbol}: {worth:g} {currency} a point ({contract}, {source}).",
                symbol=symbol,
                worth=spec.multiplier,
                currency=spec.currency,
                contract=spec.name,
                source=spec.source,
            )
            said.setdefault(spec.name, told)
    more = len(said) - SHOWN
    rest = messages(
        "{n} more contract is read with its exchange's specification.",
        "{n} more contracts are read with their exchange's specification.",
        n=more,
    )
    return (*list(said.values())[:SHOWN], *([rest] if more > 0 else []))

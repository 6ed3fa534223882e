"""Words for the side of a trade, and words that say a row is no trade at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mentor.importing.extract import Extract
from mentor.importing.faults import Mask, mask_of
from mentor.importing.numbers import without_blanks

LONG = frozenset(
    word
    for words in ("buy long b l bought bot bull bullish buylong", "buytoopen openlong", "beli panjang")
    for word in words.split()
)
SHORT = frozenset(
    word
    for words in ("sell short s sold sld bear bearish sellshort shortsell", "selltoopen openshort", "jual pendek")
    for word in words.split()
)
#: Money moved: counted as ignored, never as a trade.
NO_TRADE = frozenset(
    word
    for words in (
        "balance credit deposit withdrawal withdraw transfer rebate bonus dividend interest",
        "saldo setoran penarikan",
    )
    for word in words.split()
)
#: An order that was never filled: ignored as well, unless the row states a profit.
PENDING = frozenset(
    word
    for words in ("buylimit selllimit buystop sellstop buystoplimit sellstoplimit", "cancelled canceled deleted")
    for word in words.split()
)

#: What platforms write behind a trade that its stop or its target closed: `[sl]`, `[tp 1.08893]`.
STOP, TARGET = (rf"\[{word}(\s[^\]]*)?\]" for word in ("sl", "tp"))

UNKNOWN, IS_LONG, IS_SHORT, IGNORED, IS_PENDING, BLANK = range(6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The side of every row: as word, as sign (0: unknown), whether the file states it, and rows that are no trades.

    `pending` rows name an order that was not filled.
    """

    words: pa.Array
    signs: npt.NDArray[np.int8]
    stated: Mask
    unknown: Mask
    no_trade: Mask
    pending: Mask


def take_sides(extract: Extract, size: npt.NDArray[np.float64]) -> Sides:
    """Sides from their column, else from the sign of the size where a file has negative ones."""
    column = extract.columns.get("side")
    if column:
        meaning = read_sides(column.cells)
    elif (size < 0).any():
        meaning = np.where(size < 0, IS_SHORT, np.where(size > 0, IS_LONG, BLANK)).astype(np.int8)
    else:
        meaning = np.full(len(size), BLANK, dtype=np.int8)
    signs = np.where(meaning == IS_LONG, 1, np.where(meaning == IS_SHORT, -1, 0)).astype(np.int8)
    return Sides(
        words=pc.if_else(
            pa.array(signs > 0), "long", pc.if_else(pa.array(signs < 0), "short", pa.scalar(None, pa.string()))
        ),
        signs=signs,
        stated=np.full(len(size), column is not None),
        unknown=meaning == UNKNOWN,
        no_trade=meaning == IGNORED,
        pending=meaning == IS_PENDING,
    )


def read_sides(cells: pa.Array) -> npt.NDArray[np.int8]:
    """UNKNOWN, IS_LONG, IS_SHORT, IGNORED, IS_PENDING or BLANK for every cell."""
    coded = without_blanks(cells).dictionary_encode()
    table = np.array([*(_meaning(word) for word in coded.dictionary.to_pylist()), BLANK], dtype=np.int8)
    codes = pc.fill_null(coded.indices, len(table) - 1).to_numpy(zero_copy_only=False)
    meanings: npt.NDArray[np.int8] = table[codes]
    return meanings


def is_side(word: str) -> bool:
    """Whether a cell means long or short for certain."""
    return _meaning(word) in (IS_LONG, IS_SHORT)


def exit_flags(*texts: pa.Array) -> tuple[Mask, Mask]:
    """Where a comment says the trade was closed by its stop or its target."""
    stop, target = (np.zeros(len(texts[0]), dtype=bool) for _ in range(2))
    for text in texts:
        stop |= mask_of(pc.match_substring_regex(text, STOP, ignore_case=True))
        target |= mask_of(pc.match_substring_regex(text, TARGET, ignore_case=True))
    return stop, target


def _meaning(word: str) -> int:
    plain = re.sub(r"[^a-z]", "", word.lower())
    if plain in LONG:
        return IS_LONG
    if plain in SHORT:
        return IS_SHORT
    if plain in PENDING:
        return IS_PENDING
    return IGNORED if plain in NO_TRADE else UNKNOWN

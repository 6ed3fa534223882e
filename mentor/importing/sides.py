"""Words for the side of a trade and for what a single fill does, and words that say a row is no trade at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mentor.importing.extract import Extract
from mentor.importing.faults import Mask, mask_of
from mentor.importing.numbers import without_blanks


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for words in lines for word in words.split())


BUY = _words(
    "buy b bought bot purchase beli pembelian kauf kaufen gekauft achat acheter compra comprar comprado",
    "acquisto acquistato koop gekocht kupno zakup",
)
SELL = _words(
    "sell s sold sld jual penjualan verkauf verkaufen verkauft vente vendre venta vender vendido venda",
    "vendita venduto verkoop verkocht sprzedaz",
)
LONG = BUY | _words("long l bull bullish buylong buytoopen openlong entrylong panjang")
SHORT = SELL | _words("short bear bearish sellshort soldshort shortsell selltoopen openshort entryshort pendek")
#: Money moved: counted as ignored, never as a trade.
NO_TRADE = _words(
    "balance credit deposit withdrawal withdraw transfer rebate bonus dividend interest",
    "saldo setoran penarikan",
)
#: An order that was never filled: ignored as well, unless the row states a profit.
PENDING = _words("buylimit selllimit buystop sellstop buystoplimit sellstoplimit", "cancelled canceled deleted")

#: What a fill does, and whether that opens or closes a position.
ACTIONS: Mapping[str, tuple[str, str | None]] = {
    word: meaning
    for meaning, words in {
        ("buy", None): BUY | _words("bid buytrade buymarket marketbuy limitbuy stopbuy stoplimitbuy"),
        ("sell", None): SELL | _words("ask selltrade sellmarket marketsell limitsell stopsell stoplimitsell"),
        ("buy", "open"): _words(
            "buytoopen boughttoopen bto buyopen openbuy boughtopeningtransaction",
            "buylong longbuy openlong longopen entrylong longentry enterlong",
        ),
        ("sell", "close"): _words(
            "selltoclose soldtoclose stc sellclose closesell soldclosingtransaction",
            "selllong longsell closelong longclose exitlong longexit",
        ),
        ("sell", "open"): _words(
            "selltoopen soldtoopen sto sellopen opensell soldopeningtransaction soldshortsale ss sshrt short",
            "sellshort soldshort shortsell shortsale openshort shortopen entryshort shortentry entershort",
            "leerverkauf venteadecouvert ventaencorto",
        ),
        ("buy", "close"): _words(
            "buytoclose boughttoclose btc buyclose closebuy boughtclosingtransaction boughtshortcover bc cover",
            "buytocover boughttocover buycover shortcover covershort closeshort shortclose exitshort shortexit",
        ),
    }.items()
    for word in words
}
#: Words of a position: a column of fills that has them says which position a fill belongs to, not what it does.
POSITIONS = frozenset(("long", "l"))
#: "YOU BOUGHT OPENING TRANSACTION CALL (XYZ) …": what counts stands in front.
_YOU = re.compile(r"(?i)you (bought|sold)(?: (opening transaction|closing transaction|short sale|short cover))?\b.*")
#: Parts of names for money that moved; of names for shares that may have moved with it, or for costs of a trade.
_MONEY = _words(
    "dividend dividends div interest deposit withdrawal withdraw withholding tax taxes fee fees rebate bonus balance",
    "wire ach moneylink saldo setoran penarikan",
)
_MORE = (
    BUY
    | SELL
    | _words(
        "stock stocks share shares security securities reinvest reinvestment split spin merger lieu",
        "trade trades trading transaction commission",
    )
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Actions:
    """What every fill does: `action` 'buy' or 'sell', `effect` 'open' or 'close' where its word says so, else null.

    `unknown` words are neither; `no_trade` rows moved money and nothing else; a blank cell is none of these.
    """

    action: pa.Array
    effect: pa.Array
    unknown: Mask
    no_trade: Mask


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


def read_actions(cells: pa.Array) -> Actions:
    """What the words of a column of fills mean; "short" is a sale that opens, unless the column also says "long"."""
    coded = without_blanks(cells).dictionary_encode()
    words = coded.dictionary.to_pylist()
    positions = POSITIONS.intersection(map(_fold, words))
    meanings = [None if positions and _is_position(word) else _action(word) for word in words]
    money = [meaning is None and _moves_money(word) for word, meaning in zip(words, meanings, strict=True)]
    unknown = [meaning is None and not moved for meaning, moved in zip(meanings, money, strict=True)]
    text, flag = pa.string(), pa.bool_()
    return Actions(
        action=pa.array([meaning and meaning[0] for meaning in meanings], text).take(coded.indices),
        effect=pa.array([meaning and meaning[1] for meaning in meanings], text).take(coded.indices),
        unknown=mask_of(pa.array(unknown, flag).take(coded.indices)),
        no_trade=mask_of(pa.array(money, flag).take(coded.indices)),
    )


def is_side(word: str) -> bool:
    """Whether a cell means long or short for certain."""
    return _meaning(word) in (IS_LONG, IS_SHORT)


def is_action(word: str) -> bool:
    """Whether a cell says what a fill does: `BTO`, `Buy to Cover`."""
    return _action(word) is not None


def exit_flags(*texts: pa.Array) -> tuple[Mask, Mask]:
    """Where a comment says the trade was closed by its stop or its target."""
    stop, target = (np.zeros(len(texts[0]), dtype=bool) for _ in range(2))
    for text in texts:
        stop |= mask_of(pc.match_substring_regex(text, STOP, ignore_case=True))
        target |= mask_of(pc.match_substring_regex(text, TARGET, ignore_case=True))
    return stop, target


def _meaning(word: str) -> int:
    plain = _fold(word)
    if plain in LONG:
        return IS_LONG
    if plain in SHORT:
        return IS_SHORT
    if plain in PENDING:
        return IS_PENDING
    return IGNORED if plain in NO_TRADE else UNKNOWN


def _fold(word: str) -> str:
    """`'Buy to Open'`, `'BUY_TO_OPEN'` → `'buytoopen'`; `'Sprzedaż'` → `'sprzedaz'`."""
    return re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", word).lower())


def _action(word: str) -> tuple[str, str | None] | None:
    found = _YOU.fullmatch(word)
    return ACTIONS.get(_fold(f"{found[1]}{found[2] or ''}" if found else word))


def _is_position(word: str) -> bool:
    return _fold(word) in POSITIONS | {"short", "s"}


def _moves_money(word: str) -> bool:
    parts = frozenset(re.findall(r"[a-z]+", word.lower()))
    return bool(parts & _MONEY) and not parts & _MORE

"""What the rows of a thinkorswim statement book.

The cash sections have the money and a sentence for each fill, the trade history its position effect and the legs of a
spread; neither has both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from mentor.importing.columns import fold
from mentor.importing.formats.tos_contracts import Contract, contract_of
from mentor.importing.table_row import Row
from mentor.importing.tables import RowTable, shown
from mentor.messages import message
from mentor.models import Rejection

#: How a fill is handed on.
FIELDS = ("symbol", "asset", "side", "size", "price", "time", "effect", "multiplier", "gross", "amount", "realized")
COSTS = ("Misc Fees", "Commissions & Fees")
_TRADE = re.compile(r"\b(BOT|SOLD) ([+-]?[\d,]+(?:\.\d+)?) (.+?)(?: @(-?[\d,.']+))?(?: [A-Z][A-Z ]*)?$")
_REMOVED = re.compile(
    r"remov(?:al|ed).* (?:expiration|assignment|exercise)\b(?: of)?\W*?([+-]?\d+(?:\.\d+)?\s+)?([/.$A-Z].*)$",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(r"\b(?:cancel|cxl|correct)", re.IGNORECASE)
_EVENT = re.compile(r"\b(?:exercise|assignment|expiration|split|merger|spin-?off|symbol change)\b", re.IGNORECASE)
_EFFECTS = {"TO OPEN": "open", "TO CLOSE": "close"}
#: Columns of amounts, folded.
_CASH, _PAID, _FOREX = "amount", ("miscfees", "commissionsfees"), "amountusd"
_CENT = 0.02
UNBOOKED = message("is in the trade history, but no cash row of this statement books it, so its costs are unknown")
UNKNOWN_TRADE = message("does not describe a trade in words that are known")
UNKNOWN_EVENT = message("says what became of a position in words that are not known; enter this trade by hand")
NO_LEGS = message("is a spread in one sentence, and no legs in the trade history come to its amount")
TICKS = message("has a price in fractions of a point, which is not read")
CURRENCY_TRADE = message("is a currency trade, which is not read")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """One execution; money is positive = received, NaN where unknown. `order` numbers the orders of the history."""

    line: int
    time: str
    side: str
    size: float
    price: float
    contract: Contract
    effect: str = ""
    gross: float = np.nan
    amount: float = np.nan
    realized: float = np.nan
    costs: tuple[float, ...] = (np.nan, np.nan)
    order: int = -1

    @property
    def value(self) -> float:
        """Cash by price and size."""
        return (-1 if self.side == "buy" else 1) * self.size * self.price * self.contract.worth

    def row(self) -> Row:
        """As a row under `FIELDS` and `COSTS`."""
        contract = self.contract
        words = (
            contract.symbol,
            contract.asset,
            self.side,
            _text(self.size),
            _text(self.price),
            self.time,
            self.effect,
        )
        money = (contract.multiplier, abs(self.gross), self.amount, self.realized, *self.costs)
        return Row(cells=(*words, *map(_text, money)), line=self.line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """What the cash sections book, refuse, and how many of their rows only moved money."""

    fills: tuple[Fill, ...]
    rejected: tuple[Rejection, ...]
    ignored: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cash:
    """A row of a cash section: its money, and its cells by folded header."""

    line: int
    time: str
    kind: str
    text: str
    amount: float
    costs: tuple[float, ...]
    forex: bool

    @property
    def paid(self) -> float:
        """All costs, negative = paid."""
        return float(np.nansum(self.costs))


class _History:
    """The legs of the trade history, and how much of each no cash row has taken yet; `net`: amounts contain costs."""

    def __init__(self, legs: Iterable[Fill]) -> None:
        self._orders: dict[str, dict[int, list[Fill]]] = defaultdict(lambda: defaultdict(list))
        self._alike: dict[tuple[str, str, str], list[Fill]] = defaultdict(list)
        self._left: dict[int, float] = {}
        self.net = False
        for leg in legs:
            self._orders[leg.time][leg.order].append(leg)
            self._alike[_likeness(leg)].append(leg)
            self._left[leg.line] = leg.size

    def effect_of(self, fill: Fill) -> str:
        """What the legs that make up a fill do to the position, and take them.

        Either section may split what the other sums up, and their clocks may differ where the price does not.
        """
        alike = [leg for leg in self._alike[_likeness(fill)] if leg.time == fill.time or leg.price == fill.price]
        alike.sort(key=lambda leg: (leg.time != fill.time, leg.price != fill.price, leg.size != fill.size))
        needed, effect = fill.size, ""
        for leg in alike:
            taken = min(needed, self._left[leg.line])
            effect = effect or (leg.effect if taken else "")
            self._left[leg.line] -= taken
            needed -= taken
        return effect

    def take_order(self, cash: _Cash) -> list[Fill]:
        """The legs of an order of that second which come to the cash, none where no order does."""
        for legs in self._orders[cash.time].values():
            value = sum(leg.value for leg in legs)
            fits = abs(cash.amount - value - (cash.paid if self.net else 0)) < _CENT
            if fits and all(self._left[leg.line] == leg.size for leg in legs):
                self._left |= {leg.line: 0.0 for leg in legs}
                return legs
        return []

    def unbooked(self) -> list[Rejection]:
        """The legs that no cash row has taken whole."""
        legs = [leg for orders in self._orders.values() for order in orders.values() for leg in order]
        return [
            Rejection(line=leg.line, column=None, value=_told(leg), reason=UNBOOKED)
            for leg in legs
            if self._left[leg.line] > 0
        ]


def _likeness(fill: Fill) -> tuple[str, str, str]:
    return (fill.time.partition(" ")[0], fill.contract.symbol, fill.side)


def legs_of(table: RowTable) -> Iterator[Fill]:
    """The trade history; the legs of a spread stand below its first row, without a time."""
    time, order = "", -1
    for row, cells in _by_name(table):
        if cells["exectime"]:
            time, order = cells["exectime"], order + 1
        contract = contract_of(cells["symbol"], cells.get("exp", ""), cells.get("strike", ""), cells.get("type", ""))
        size, price = _number(cells["qty"]), _number(cells["price"])
        if contract and cells["side"].upper() in ("BUY", "SELL") and not np.isnan(size) and not np.isnan(price):
            yield Fill(
                line=row.line,
                time=time,
                side=cells["side"].lower(),
                size=abs(size),
                price=price,
                contract=contract,
                effect=_EFFECTS.get(cells["poseffect"].upper(), ""),
                order=order,
            )


def book(tables: Iterable[RowTable], legs: tuple[Fill, ...]) -> Booked:
    """What the cash sections book, with what the trade history knows of it; legs they do not book are refused."""
    fills: list[Fill] = []
    rejected: list[Rejection] = []
    ignored, history = 0, _History(legs)
    for table in tables:
        rows = list(_cash_rows(table))
        history.net = _are_net(rows)
        settled = {row.text.split(" ")[0].split(":")[0] for row in rows if row.kind == "ADJ"}
        booked: list[Fill] = []
        for row in rows:
            outcome = _outcome(row, history)
            if isinstance(outcome, str):
                rejected.append(Rejection(line=row.line, column=None, value=shown(row.text), reason=outcome))
            ignored += outcome is None
            booked += [fill for fill in outcome or () if isinstance(fill, Fill)]
        fills += [_unsettled(fill, settled) for fill in _closing_first(booked)]
    if fills or rejected:
        rejected += history.unbooked()
    return Booked(fills=tuple(fills), rejected=tuple(rejected), ignored=ignored)


def _outcome(row: _Cash, history: _History) -> list[Fill] | str | None:
    """The fills a cash row books, why it is refused, or nothing when it only moved money."""
    if row.kind in ("", "BAL", "ADJ"):
        return None
    if row.forex and row.kind == "TRD":
        return CURRENCY_TRADE
    if (found := _TRADE.search(row.text)) and not _TAKEN_BACK.search(row.text):
        return _traded(row, found, history)
    if found := _REMOVED.search(row.text):
        return _removed(row, found)
    if row.kind == "TRD":
        return UNKNOWN_TRADE
    event = row.kind in ("RAD", "EXP", "EXC", "ASG") or _EVENT.search(row.text)
    return UNKNOWN_EVENT if event else None


def _traded(row: _Cash, found: re.Match[str], history: _History) -> list[Fill] | str:
    """`BOT +100 AAPL @150.00`; shares delivered `UPON` an assignment have no price but an amount."""
    contract, size = contract_of(found[3]), abs(_number(found[2]))
    if contract is None:
        return _spread(row, history)
    price = _number(found[4]) if found[4] else abs(row.amount) / size / contract.worth
    if np.isnan(price):
        return TICKS if "'" in (found[4] or "") else UNKNOWN_TRADE
    side = "buy" if found[1] == "BOT" else "sell"
    fill = Fill(line=row.line, time=row.time, side=side, size=size, price=price, contract=contract, costs=row.costs)
    if contract.asset == "future":
        fill = replace(fill, realized=row.amount)
    else:
        fill = replace(fill, gross=row.amount - row.paid if history.net else row.amount)
    return [replace(fill, effect=history.effect_of(fill))]


def _are_net(rows: list[_Cash]) -> bool:
    """Whether amounts contain the costs, which statements keep apart and other programs' files may not."""
    apart = within = 0.0
    for row in rows:
        found = _TRADE.search(row.text) if row.paid else None
        contract = contract_of(found[3]) if found and found[4] else None
        if found and contract and contract.asset != "future":
            sign = -1 if found[1] == "BOT" else 1
            left = row.amount - sign * abs(_number(found[2])) * _number(found[4]) * contract.worth
            apart += float(np.nan_to_num(abs(left)))
            within += float(np.nan_to_num(abs(left - row.paid)))
    return within < apart


def _spread(row: _Cash, history: _History) -> list[Fill] | str:
    """The legs of a spread; its options bear the costs."""
    legs = history.take_order(row)
    if not legs:
        return NO_LEGS
    weights = np.array([leg.size * (leg.contract.asset != "stock") for leg in legs])
    shares = weights / weights.sum() if weights.any() else np.full(len(legs), 1 / len(legs))
    rest = row.amount - (row.paid if history.net else 0) - sum(leg.value for leg in legs)
    return [
        replace(leg, line=row.line, gross=leg.value + rest * (at == 0), costs=tuple(cost * share for cost in row.costs))
        for at, (leg, share) in enumerate(zip(legs, shares.tolist(), strict=True))
    ]


def _removed(row: _Cash, found: re.Match[str]) -> list[Fill] | str:
    """An option that expired or was exercised; where it is settled in cash, the amount says what that was."""
    contract = contract_of(found[2])
    if contract is None:
        return UNKNOWN_EVENT
    size = abs(_number(found[1] or ""))
    fill = Fill(
        line=row.line,
        time=row.time,
        side="remove",
        size=size,
        price=abs(row.amount) / size / contract.worth if row.amount else 0.0,
        contract=contract,
        amount=row.amount + row.paid if row.amount else np.nan,
        costs=row.costs,
    )
    return [fill]


def _unsettled(fill: Fill, settled: set[str]) -> Fill:
    """A future that was settled overnight realises only the rest at its closing: its prices have to tell."""
    return replace(fill, realized=np.nan) if fill.contract.symbol in settled else fill


def _closing_first(fills: Iterable[Fill]) -> Iterator[Fill]:
    """A future that realises a profit from flat closes what was opened before the statement begins."""
    held: dict[str, float] = defaultdict(float)
    for fill in fills:
        symbol = fill.contract.symbol
        flat = fill.contract.asset == "future" and held[symbol] == 0
        if flat and not fill.effect and np.nan_to_num(fill.realized) != 0:
            yield replace(fill, effect="close")
            continue
        held[symbol] += fill.size if fill.side == "buy" else -fill.size
        yield fill


def _cash_rows(table: RowTable) -> Iterator[_Cash]:
    forex = _FOREX in map(fold, table.header)
    for row, cells in _by_name(table):
        day, clock = cells.get("execdate") or cells.get("date", ""), cells.get("exectime") or cells.get("time", "")
        yield _Cash(
            line=row.line,
            time=f"{day} {clock}".strip(),
            kind=cells["type"],
            text=cells["description"].replace("\n", " "),
            amount=_number(cells[_CASH]),
            costs=tuple(_number(cells.get(name, "")) for name in _PAID),
            forex=forex,
        )


def _by_name(table: RowTable) -> Iterator[tuple[Row, dict[str, str]]]:
    """Each row with its cells by folded header; the first of two equal ones counts."""
    names = [fold(name) for name in table.header]
    for row in table.body:
        padded = (*row.cells, *[""] * len(names))
        yield row, {name: cell.strip() for name, cell in reversed(list(zip(names, padded, strict=False)))}


def _number(text: str) -> float:
    """`($283.50)`, `-$1.00`, `2,190.95`, `.34`; NaN for blanks, `--` and fractions."""
    plain = re.sub(r"[$,+\s]", "", text).strip("()")
    try:
        return -abs(float(plain)) if "(" in text or plain.startswith("-") else float(plain)
    except ValueError:
        return np.nan


def _text(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.10f}".rstrip("0").rstrip(".")


def _told(fill: Fill) -> str:
    return f"{fill.side} {_text(fill.size)} {fill.contract.symbol} @ {_text(fill.price)}"

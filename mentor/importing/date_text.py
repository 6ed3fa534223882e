"""Takes dates and times apart that are written as text: patterns, month names, zones; vectorised and in blocks."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mentor.importing.faults import Mask, mask_of
from mentor.importing.numbers import without_blanks
from mentor.messages import message

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int16]

SECOND = 1_000_000
DAY = 86_400 * SECOND
#: Rows taken apart at a time.
BLOCK = 1 << 16
#: "No time" as an integer, the same as NaT.
NEVER = np.iinfo(np.int64).min

CLOCK = (
    r"(?P<H>\d{1,2})[:.](?P<M>\d{2})(?:[:.](?P<S>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    r"\s*(?P<ap>[AaPp](?:\.?[Mm]\.?|\b))?"
)
ZONE = r"[\s,]*(?P<z>(?:UTC|GMT)?[+-]\d{1,2}:?(?:\d{2})?|[A-Za-z][A-Za-z/_]*)?"
_SIX_DIGITS = r"(?P<H>\d{2})(?P<M>\d{2})(?P<S>\d{2})(?P<f>)(?P<ap>)"
_END = rf"(?:[T ,;]*{CLOCK}{ZONE})?$"
_WEEKDAY = r"(?:[A-Za-z]{2,10}\.?,?\s+)?"
_ORDINAL = r"(?:st|nd|rd|th|er)?"
_DAY = rf"^{_WEEKDAY}(?P<a>\d{{4}}|\d{{1,2}})(?P<s>[-/.])(?P<b>\d{{1,2}})[-/.](?P<c>\d{{4}}|\d{{1,2}})"
#: Each tried on what the ones before left over. With a month's name a year of two digits stands last.
NUMERIC, GLUED = rf"{_DAY}{_END}", rf"{_DAY}[T ,;]{_SIX_DIGITS}{ZONE}$"
NAMED = (
    rf"^{_WEEKDAY}(?P<c>\d{{1,2}}){_ORDINAL}(?:\s+de\s+|[\s.-]*)(?P<b>[A-Za-z]{{3,10}})\.?(?:\s+de\s+|[\s,-]*)"
    rf"(?P<a>\d{{4}}|\d{{2}}\b){_END}",
    rf"^{_WEEKDAY}(?P<b>[A-Za-z]{{3,10}})\.?\s*(?P<c>\d{{1,2}}){_ORDINAL},?\s+(?P<a>\d{{4}}){_END}",
    rf"^(?P<a>\d{{4}})[\s-]+(?P<b>[A-Za-z]{{3,10}})[\s-]+(?P<c>\d{{1,2}}){_END}",
)
COMPACT = (
    r"^(?P<a>\d{4})(?P<b>\d{2})(?P<c>\d{2})"
    rf"(?:[T ,;-]*(?P<H>\d{{2}}):?(?P<M>\d{{2}})(?::?(?P<S>\d{{2}})(?:[.,](?P<f>\d{{1,9}}))?)?(?P<ap>){ZONE})?$"
)
#: Seconds or milliseconds since 1970, from 1990 on.
EPOCH = r"^(?:6[3-9]\d{7}|[7-9]\d{8}|[1-3]\d{9}|4[01]\d{8})(?:\d{3})?(?:\.\d+)?$"
CLOCK_ONLY = rf"^{CLOCK}{ZONE}$"
NO_YEAR = rf"^(?:\d{{1,2}}[-/.]\d{{1,2}}|[A-Za-z]{{3,10}}\.? \d{{1,2}}|\d{{1,2}}\.? [A-Za-z]{{3,10}})\.?{_END}"
#: The day a row was booked, before the day of the trade.
BOOKED = r"^[\d/.-]+ as of "

#: Three letters decide a month, in French four; English, then Indonesian, French, Italian, Spanish, Portuguese,
#: German and Dutch where they differ.
MONTHS = {name: 1 + at // 3 for at in range(0, 36, 3) if (name := "janfebmaraprmayjunjulaugsepoctnovdec"[at : at + 3])}
MONTHS |= {"mei": 5, "agu": 8, "agt": 8, "ags": 8, "okt": 10, "nop": 11, "des": 12, "peb": 2}
MONTHS |= {"fev": 2, "avr": 4, "mai": 5, "juin": 6, "juil": 7, "aou": 8, "gen": 1, "mag": 5, "giu": 6, "lug": 7}
MONTHS |= {"ago": 8, "set": 9, "ott": 10, "dic": 12, "ene": 1, "abr": 4, "out": 10, "dez": 12, "mrt": 3, "maa": 3}
#: Abbreviations that mean one offset everywhere, in minutes; BST, IST and CST mean several.
OFFSETS = {"": 0, "z": 0, "utc": 0, "gmt": 0, "wib": 420, "wita": 480, "wit": 540, "est": -300, "edt": -240}
OFFSETS |= {"cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "cet": 60, "cest": 120, "eet": 120}
OFFSETS |= {"eest": 180, "jst": 540, "hkt": 480, "sgt": 480, "aest": 600, "aedt": 660}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """A column taken apart. `first`, `second`, `third` are year, month, day where `fixed`, else in file order.

    `short` dates have no part of four digits, so that the year may stand first or last.
    `micros` is the time of day (NEVER: none stated), `offset` the microseconds east of UTC (NEVER: none stated).
    """

    first: Small
    second: Small
    third: Small
    fixed: Mask
    short: Mask
    dotted: Mask
    micros: Ints
    offset: Ints
    written: Mask
    faults: tuple[tuple[Mask, str], ...]


def parse_dates(cells: pa.Array) -> Dates:
    """Take a column of dates, with or without clock times, apart.

    In blocks, which keeps the working memory small, and on all cores: Arrow works outside the interpreter's lock.
    """
    if pc.any(pc.match_substring(cells, "CDT")).as_py():
        cells = pc.replace_substring_regex(cells, r"\bCST$", "-06:00")
    parse = _parse_epochs if _are_epochs(cells) else _parse_block
    if len(cells) <= BLOCK:
        return parse(cells)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return _concatenated(list(pool.map(parse, (cells.slice(at, BLOCK) for at in range(0, len(cells), BLOCK)))))


def _are_epochs(cells: pa.Array) -> bool:
    """Whether all cells with a digit count the time since 1970: beside dates a number is more likely something else."""
    for part in (cells.slice(0, 1000), cells):
        digits = part.filter(pc.match_substring_regex(part, r"\d"))
        counts = pc.match_substring_regex(pc.utf8_trim_whitespace(digits), EPOCH)
        if not len(digits) or not pc.all(counts).as_py():
            return False
    return True


def _parse_epochs(cells: pa.Array) -> Dates:
    gather = _Gather(without_blanks(cells))
    gather.take_epoch()
    return gather.finish()


def _parse_block(cells: pa.Array) -> Dates:
    column = without_blanks(cells)
    if not pc.all(pc.string_is_ascii(column)).as_py():
        column = pc.replace_substring_regex(pc.utf8_normalize(column, form="NFKD"), r"\p{Mn}", "")
    if pc.any(pc.match_substring(column, " as of ")).as_py():
        column = pc.replace_substring_regex(column, BOOKED, "")
    gather = _Gather(column)
    gather.take(NUMERIC, _numeric)
    for pattern in (COMPACT, *NAMED):
        gather.take(pattern, _year_first)
    gather.take(GLUED, _numeric)
    return gather.finish()


def _concatenated(blocks: list[Dates]) -> Dates:
    arrays = {
        name: np.concatenate([getattr(block, name) for block in blocks])
        for name in (field.name for field in fields(Dates))
        if name != "faults"
    }
    masks = (np.concatenate(parts) for parts in zip(*([m for m, _ in b.faults] for b in blocks), strict=True))
    faults = tuple((mask, reason) for mask, (_, reason) in zip(masks, blocks[0].faults, strict=True))
    return Dates(**arrays, faults=faults)


def clock_only(cells: pa.Array) -> bool:
    """Whether every cell is a time of day without a date."""
    column = without_blanks(cells)
    hits = pc.match_substring_regex(column, CLOCK_ONLY)
    return bool(column.null_count < len(column) and pc.all(hits).as_py())


_Placer = Callable[[dict[str, pa.Array]], tuple[Ints, Mask, Mask, Mask]]


class _Gather:
    """Fills the parts of a column pattern by pattern."""

    def __init__(self, column: pa.Array) -> None:
        rows = len(column)
        self.column = column
        self.numbers = np.zeros((3, rows), dtype=np.int16)
        self.fixed, self.short, self.dotted = np.zeros((3, rows), dtype=bool)
        self.written, self.bad_clock, self.bad_zone = np.zeros((3, rows), dtype=bool)
        self.micros, self.offset = np.full((2, rows), NEVER, dtype=np.int64)
        self.left = np.flatnonzero(mask_of(pc.is_valid(column)))

    def take(self, pattern: str, place: _Placer) -> None:
        """Read what is left with `pattern`."""
        if not len(self.left):
            return
        found = pc.extract_regex(self.column.take(pa.array(self.left)), pattern)
        hits = mask_of(pc.is_valid(found))
        found, rows = found.filter(pa.array(hits)), self.left[hits]
        self.left = self.left[~hits]
        if len(rows):
            self._read(found, rows, place)

    def take_epoch(self) -> None:
        """Seconds or milliseconds since 1970, in UTC."""
        if not len(self.left):
            return
        text = self.column.take(pa.array(self.left))
        hits = mask_of(pc.match_substring_regex(text, EPOCH))
        rows = self.left[hits]
        count = pc.cast(text.filter(pa.array(hits)), pa.float64()).to_numpy()
        micros = np.round(np.where(count >= 1e11, count * 1e3, count * 1e6)).astype(np.int64)
        days = (micros // DAY).astype("datetime64[D]")
        month = days.astype("datetime64[M]")
        self.numbers[0, rows] = month.astype("datetime64[Y]").astype(np.int64) + 1970
        self.numbers[1, rows] = month.astype(np.int64) % 12 + 1
        self.numbers[2, rows] = (days - month).astype(np.int64) + 1
        self.micros[rows], self.offset[rows] = micros % DAY, 0
        self.fixed[rows] = self.written[rows] = True
        self.left = self.left[~hits]

    def finish(self) -> Dates:
        """The parts, and what could not be read."""
        lone, no_year, other = self._unread()
        first, second, third = self.numbers
        return Dates(
            first=first,
            second=second,
            third=third,
            fixed=self.fixed,
            short=self.short,
            dotted=self.dotted,
            micros=self.micros,
            offset=self.offset,
            written=self.written,
            faults=(
                (lone, message("is a time of day without a date")),
                (no_year, message("is a date without a year")),
                (other, message("is not a date")),
                (self.bad_clock, message("is no time of day")),
                (self.bad_zone, message("names a time zone that is not known for certain; write it as +02:00")),
            ),
        )

    def _unread(self) -> tuple[Mask, Mask, Mask]:
        """What no pattern took: clock times, dates without a year, all else."""
        lone, no_year, other = np.zeros((3, len(self.column)), dtype=bool)
        if len(self.left):
            text = self.column.take(pa.array(self.left))
            lone[self.left] = mask_of(pc.match_substring_regex(text, CLOCK_ONLY))
            no_year[self.left] = mask_of(pc.match_substring_regex(text, NO_YEAR)) & ~lone[self.left]
            other[self.left] = ~lone[self.left] & ~no_year[self.left]
        return lone, no_year, other

    def _read(self, found: pa.Array, rows: Ints, place: _Placer) -> None:
        parts = {name: pc.struct_field(found, name) for name in (field.name for field in found.type)}
        self.numbers[:, rows], self.fixed[rows], self.short[rows], self.dotted[rows] = place(parts)
        micros, wrong = _time_of_day(parts)
        offset, unknown = _offsets(parts["z"])
        self.micros[rows], self.offset[rows] = micros, offset
        self.bad_clock[rows], self.bad_zone[rows] = wrong, unknown
        self.written[rows] = ~wrong & ~unknown


def _numeric(parts: dict[str, pa.Array]) -> tuple[Ints, Mask, Mask, Mask]:
    """The width of the text tells the year, not its value: 0025 is no 2025."""
    numbers = np.stack([_integers(parts[name]) for name in "abc"])
    fixed, ends_in_year = (mask_of(pc.equal(pc.utf8_length(parts[name]), 4)) for name in "ac")
    return numbers, fixed, ~fixed & ~ends_in_year, mask_of(pc.equal(parts["s"], "."))


def _year_first(parts: dict[str, pa.Array]) -> tuple[Ints, Mask, Mask, Mask]:
    names = parts["b"]
    month = _integers(names) if mask_of(pc.match_substring_regex(names, r"^\d")).any() else _months(names)
    everywhere = np.ones(len(names), dtype=bool)
    year = _integers(parts["a"])
    two_digits = mask_of(pc.equal(pc.utf8_length(parts["a"]), 2))
    year = np.where(two_digits, full_year(year), year)
    return np.stack([year, month, _integers(parts["c"])]), everywhere, ~everywhere, ~everywhere


def full_year(year: Ints | Small) -> Ints | Small:
    """The year that two digits mean: 1970 to 2069."""
    return year + np.where(year % 100 < 70, 2000, 1900)


def _months(names: pa.Array) -> Ints:
    coded = pc.utf8_lower(names).dictionary_encode()
    table = np.array([_month(name) for name in coded.dictionary.to_pylist()], dtype=np.int64)
    months: Ints = table[coded.indices.to_numpy()]
    return months


def _month(name: str) -> int:
    """1 to 12, 0 for no month we know."""
    return MONTHS.get(name[:4]) or MONTHS.get(name[:3], 0)


def _time_of_day(parts: dict[str, pa.Array]) -> tuple[Ints, Mask]:
    """Microseconds since midnight (NEVER without a clock), and clocks that do not exist."""
    stated = ~mask_of(pc.equal(parts["H"], ""))
    hour, minute, second = (_integers(parts[name]) for name in "HMS")
    wrong = stated & ((hour > 23) | (minute > 59) | (second > 59))
    half = parts["ap"]
    if mask_of(pc.not_equal(half, "")).any():
        twelve = stated & mask_of(pc.not_equal(half, ""))
        wrong |= twelve & ((hour < 1) | (hour > 12))
        hour = np.where(twelve, hour % 12 + 12 * mask_of(pc.match_substring(half, "p", ignore_case=True)), hour)
    fraction = _integers(pc.utf8_slice_codeunits(pc.utf8_rpad(parts["f"], 6, "0"), 0, 6))
    micros = ((hour * 60 + minute) * 60 + second) * SECOND + fraction
    return np.where(stated, micros, NEVER), wrong


def _offsets(zones: pa.Array) -> tuple[Ints, Mask]:
    """Microseconds east of UTC (NEVER when none is stated), and zones we do not know."""
    coded = zones.dictionary_encode()
    minutes = [zone_minutes(zone) if zone else None for zone in coded.dictionary.to_pylist()]
    unknown = [bool(zone) and m is None for zone, m in zip(coded.dictionary.to_pylist(), minutes, strict=True)]
    table = np.array([NEVER if m is None else m * 60 * SECOND for m in minutes], dtype=np.int64)
    indices = coded.indices.to_numpy()
    return table[indices], np.array(unknown, dtype=bool)[indices]


def zone_minutes(zone: str) -> int | None:
    """Minutes east of UTC of `Z`, `UTC+7`, `+02:00`, `WIB` …; `None` when it is not certain."""
    name = zone.strip().lower()
    if name in OFFSETS:
        return OFFSETS[name]
    digits = name.removeprefix("utc").removeprefix("gmt").replace(":", "")
    if digits[:1] not in ("+", "-") or not digits[1:].isdigit():
        return None
    hours, minutes = (digits[1:-2], digits[-2:]) if len(digits) > 3 else (digits[1:], "0")
    total = int(hours) * 60 + int(minutes)
    return (total if digits[0] == "+" else -total) if total <= 14 * 60 else None


def _integers(text: pa.Array) -> Ints:
    """Digits as integers, 0 for ''."""
    filled = pc.if_else(pc.equal(text, ""), "0", text)
    numbers: Ints = pc.cast(filled, pa.int64()).to_numpy()
    return numbers

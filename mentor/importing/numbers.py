"""Numbers as people and brokers write them, read vectorised; whether the comma or the point is the decimal sign is
decided once for a whole file, and a cell that stays ambiguous is refused rather than guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mentor.importing.faults import Mask, mask_of
from mentor.messages import message

Style = Literal["point", "comma"]
Floats = npt.NDArray[np.float64]

PLAIN = r"^-?\d+(\.\d+)?$"
CURRENCY = r"(?:US\$|\p{Sc}|Rp\.?|[A-Z]{3,5})"
#: What a size is counted in.
COUNTED = r"(?i:lots?|shares?|contracts?|units?|pips?|points?|ticks?)"
#: sign, currency, brackets for a negative, the digits, an exponent, a sign, currency or percent behind.
AMOUNT = (
    rf"^(?P<open>\(?)(?P<sign>[+-]?)\s*(?P<before>{CURRENCY}?)\s*(?P<inner>\(?)(?P<late>[+-]?)\s*"
    rf"(?P<body>\d[\d.,' ]*|[.,]\d+)(?P<power>[eE][+-]?\d{{1,3}})?(?P<trail>-?)"
    rf"\s*\)?\s*(?P<behind>{CURRENCY}|{COUNTED}|%)?\s*\)?$"
)
GROUPS = ("open", "sign", "before", "inner", "late", "body", "power", "trail", "behind")
UNBALANCED = r"^[^(]*\)|\([^)]*$"
SPACED = r"^\d{1,3}([ ']\d{3})+([.,]\d*)?$"
#: 110'165 is a price in 32nds, or a thousand where other cells of its column are nothing but that.
TICKS, SWISS = r"^\d{1,3}'\d{3}$", r"'\d{3}['.,]"
#: Words behind an amount that multiply it.
SCALES = pa.array(("MIO", "MLN", "MRD", "MILL", "BIO", "TSD", "THOU"))
#: Other minus signs, spaces and apostrophes.
TYPESET = (("[−–]", "-"), ("[\u00a0\u2007\u2009\u202f]", " "), ("[’´`]", "'"))
UNUSUAL = "[^ -_a-~]"
NOT_FINITE = r"(?i)^[+-]?(nan|inf(inity)?|1\.#\w+)$"
#: Spellings of "nothing here".
BLANK = r"(?i)^([-−–—]+|n/?a|null|none)$"
FORMULA = r"^(?:=\"([^\"]*)\"|'([^']*))$"
UNTIDY = rf"^[\s\pZ]|[\s\pZ]$|^$|{BLANK}"

#: Cells that can be read one way only: {d} decimal sign, {g} the other one, grouping thousands (also 1,00,000).
_CERTAIN = "|".join(
    (
        r"^\d*{d}(\d{{1,2}}|\d{{4,}})$",
        r"^(0\d*|\d{{4,}}){d}\d+$",
        r"^\d{{1,3}}({g}\d{{2,3}})*{g}\d{{3}}{d}\d*$",
        r"^\d{{1,3}}({g}\d{{2,3}})+{g}\d{{3}}$",
    )
)
_VALID = r"^(\d+|\d{{1,3}}({g}\d{{2,3}})*{g}\d{{3}})({d}\d*)?$|^{d}\d+$"
SIGNS: Mapping[Style, tuple[str, str]] = {"point": (".", ","), "comma": (",", ".")}
AMBIGUOUS = r"^[1-9]\d{0,2}[.,]\d{3}$"
#: 10**15 and more is no price, size or amount of a trade; floats lose cents there.
LARGEST = 1e15


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """A column read as floats (NaN where blank or faulty), the faults with their reasons, and the currency
    sign or code, `%` or `Lots` each cell is written with ('' for none; `None` when no cell of the file has any)."""

    values: Floats
    faults: tuple[tuple[Mask, str], ...] = ()
    units: pa.Array | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """A column taken apart: `body` holds digits, points and commas only."""

    body: pa.Array
    units: pa.Array
    negative: Mask
    power: pa.Array | None
    ticks: Mask
    unreadable: Mask
    infinite: Mask


def read_numbers(columns: Mapping[str, pa.Array], *, decimal_unsure: bool) -> dict[str, Numbers]:
    """Read all numeric columns of one file together, for they share one decimal style."""
    plain = {name: column for name, column in columns.items() if _all_match(column, PLAIN)}
    if len(plain) == len(columns) and not decimal_unsure:
        return {name: Numbers(values=_floats(column)) for name, column in plain.items()}
    parts = {name: _split(without_blanks(column)) for name, column in columns.items() if name not in plain}
    bodies = [*plain.values(), *(part.body for part in parts.values())]
    style = decide_style(bodies, decimal_unsure=decimal_unsure)
    if style != "point":
        parts |= {name: _split(column) for name, column in plain.items()}
    return {
        name: _read(parts[name], style) if name in parts else Numbers(values=_floats(columns[name])) for name in columns
    }


def without_blanks(column: pa.Array) -> pa.Array:
    """Trimmed cells, null for the spellings of "nothing here"."""
    if not _matches(column, UNTIDY):
        return column
    trimmed = pc.utf8_trim_whitespace(column)
    blank = pc.or_kleene(pc.match_substring_regex(trimmed, BLANK), pc.equal(trimmed, ""))
    return pc.if_else(blank, pa.scalar(None, trimmed.type), trimmed)


def unquoted(column: pa.Array) -> pa.Array:
    """Cells without the marks that make a spreadsheet keep them as text: `="0042"`, `'2026-01-05`."""
    if not _matches(column, FORMULA):
        return column
    return pc.replace_substring_regex(column, FORMULA, r"\1\2")


def decide_style(bodies: Iterable[pa.Array], *, decimal_unsure: bool) -> Style | None:
    """The decimal sign of a file by the majority of cells that can only be read one way; `None` when none decides."""
    bodies = list(bodies)
    points = sum(_matches(body, _certain("point")) for body in bodies)
    commas = sum(_matches(body, _certain("comma")) for body in bodies)
    if points or commas:
        return "point" if points >= commas else "comma"
    has_comma = any(_matches(body, ",") for body in bodies)
    return None if has_comma or decimal_unsure else "point"


def _certain(style: Style) -> str:
    decimal, group = SIGNS[style]
    return _CERTAIN.format(d=f"[{decimal}]", g=f"[{group}]")


def _valid(style: Style) -> str:
    decimal, group = SIGNS[style]
    return _VALID.format(d=f"[{decimal}]", g=f"[{group}]")


def _split(column: pa.Array) -> _Parts:
    column = _plain_signs(column)
    found = pc.extract_regex(column, AMOUNT)
    group = {name: pc.struct_field(found, name) for name in GROUPS}
    signs = [group[name] for name in ("sign", "late", "trail")]
    minus = np.logical_or.reduce([mask_of(pc.equal(sign, "-")) for sign in signs])
    signed_twice = sum(mask_of(pc.not_equal(sign, "")).astype(np.int8) for sign in signs) > 1
    bracket = mask_of(pc.or_(pc.equal(group["open"], "("), pc.equal(group["inner"], "(")))
    unspaced, broken, ticks = _without_spaces(group["body"])
    missing = mask_of(pc.and_(pc.is_valid(column), pc.is_null(found)))
    infinite = mask_of(pc.match_substring_regex(column, NOT_FINITE))
    wrong = broken | signed_twice | (minus & bracket) | mask_of(pc.match_substring_regex(column, UNBALANCED))
    return _Parts(
        body=unspaced,
        units=pc.binary_join_element_wise(group["before"], group["behind"], ""),
        negative=minus ^ bracket,
        power=group["power"],
        ticks=ticks,
        unreadable=(missing & ~infinite) | wrong | mask_of(pc.is_in(group["behind"], SCALES)),
        infinite=infinite,
    )


def _plain_signs(column: pa.Array) -> pa.Array:
    """One kind of minus, space and apostrophe."""
    if _matches(column, UNUSUAL):
        for pattern, plain in TYPESET:
            column = pc.replace_substring_regex(column, pattern, plain)
    return column


def _without_spaces(body: pa.Array) -> tuple[pa.Array, Mask, Mask]:
    """Digits without spaces and apostrophes; where those did not group thousands, and where one may not have."""
    body = pc.utf8_trim_whitespace(body)
    spaced = pc.match_substring_regex(body, "[ ']")
    if not pc.any(spaced).as_py():
        return body, mask_of(spaced), mask_of(spaced)
    grouped = pc.match_substring_regex(body, SPACED)
    ticks = mask_of(pc.match_substring_regex(body, TICKS)) & (_matches(body, SWISS) == 0)
    return pc.replace_substring_regex(body, "[ ']", ""), mask_of(pc.and_not(spaced, grouped)), ticks


def _read(part: _Parts, style: Style | None) -> Numbers:
    valid = mask_of(pc.match_substring_regex(part.body, _valid(style or "point")))
    unsure = mask_of(pc.match_substring_regex(part.body, AMBIGUOUS)) & (style is None)
    ticks = part.ticks & ~part.unreadable
    good = valid & ~unsure & ~ticks & ~part.unreadable
    values = _floats(_canonical(part, style or "point", good))
    values = np.where(part.negative, -values, values)
    too_large = np.abs(values) > LARGEST
    written = mask_of(pc.is_valid(part.body))
    faults = (
        (part.infinite, message("is not a finite number")),
        (part.unreadable, message("is not a number")),
        (unsure, message("could be a thousand or a decimal: nothing else in the file says which")),
        (ticks, message("could be a thousand or a price in 32nds: nothing else in the column says which")),
        (written & ~valid & ~unsure & ~part.unreadable, _other_style(style)),
        (too_large, message("is too large to be true")),
    )
    return Numbers(values=np.where(too_large, np.nan, values), faults=faults, units=part.units)


def _canonical(part: _Parts, style: Style, good: Mask) -> pa.Array:
    """Digits as a float parser wants them, null outside `good`."""
    decimal, group = SIGNS[style]
    text = pc.replace_substring(pc.replace_substring(part.body, group, ""), decimal, ".")
    if part.power is not None:
        text = pc.binary_join_element_wise(text, part.power, "")
    return pc.if_else(pa.array(good), text, pa.scalar(None, text.type))


def _other_style(style: Style | None) -> str:
    if style == "comma":
        return message("is not written like the other numbers of this file, which have a decimal comma")
    return message("is not written like the other numbers of this file, which have a decimal point")


def _floats(text: pa.Array) -> Floats:
    values: Floats = pc.cast(text, pa.float64()).to_numpy(zero_copy_only=False)
    return values


def _all_match(column: pa.Array, pattern: str) -> bool:
    return bool(_matches(column, pattern) == len(column) - column.null_count)


def _matches(column: pa.Array, pattern: str) -> int:
    return int(pc.sum(pc.match_substring_regex(column, pattern)).as_py() or 0)

"""Collects what is wrong with rows, vectorised; each row keeps the first fault found in it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mentor.importing.extract import Column
from mentor.models import Rejection

Mask = npt.NDArray[np.bool_]
Lines = npt.NDArray[np.int64]


class Faults:
    """The faults of `rows` rows; `mask` says which rows have one."""

    def __init__(self, rows: int) -> None:
        self._first = np.zeros(rows, dtype=np.int32)
        self._kinds: list[tuple[Column | None, str]] = []

    @property
    def mask(self) -> Mask:
        """Rows with a fault."""
        return self._first > 0

    def add(self, mask: Mask, column: Column | None, reason: str) -> None:
        """State `reason` for the rows of `mask` that had no fault so far."""
        fresh = mask & (self._first == 0)
        if fresh.any():
            self._kinds.append((column, reason))
            self._first[fresh] = len(self._kinds)

    def rejections(self, lines: Lines, kept_out: Mask, legs: Sequence[Lines] = ()) -> tuple[Rejection, ...]:
        """One rejection per faulty row in file order, leaving out rows that are no trades at all.

        `legs` are the lines of a trade's parts, where it takes several lines.
        """
        return tuple(self._rejection(int(row), lines, legs) for row in np.flatnonzero(self.mask & ~kept_out))

    def _rejection(self, row: int, lines: Lines, legs: Sequence[Lines]) -> Rejection:
        column, reason = self._kinds[self._first[row] - 1]
        header = column.header if column else None
        value = cell(column, row) if column else ""
        line = int((lines if column is None or column.lines is None else column.lines)[row])
        beside = {int(leg[row]) for leg in (lines, *legs)} - {line}
        return Rejection(line=line, column=header, value=value, reason=reason, beside=tuple(sorted(beside)))


def mask_of(flags: pa.Array) -> Mask:
    """An Arrow column of flags as a mask; null counts as no."""
    mask: Mask = flags.fill_null(False).to_numpy(zero_copy_only=False)
    return mask


def cell(column: Column, row: int) -> str:
    """One cell as text, '' when blank."""
    scalar: pa.Scalar = column.cells[int(row)]
    return str(scalar.as_py() or "")

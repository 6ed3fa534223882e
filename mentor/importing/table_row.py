"""One row of a page or sheet, whatever kind of document it stands in."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The text of the cells one sees, and where the row begins.

    `spans` says how many columns each cell takes, where the document says so. `aside` is what the row holds beside
    its cells: tooltips and hidden cells. `fault` is why the row could not be taken apart; it then is one cell.
    """

    cells: tuple[str, ...]
    line: int
    spans: tuple[int, ...] = ()
    aside: str = ""
    fault: str = ""

    @property
    def text(self) -> str:
        """All cells as one text."""
        return " ".join(cell for cell in self.cells if cell)

    def trimmed(self) -> Row:
        """The row without blank cells at its end."""
        width = max((at for at, cell in enumerate(self.cells, start=1) if cell), default=0)
        return replace(self, cells=self.cells[:width], spans=self.spans[:width])

    def spread(self) -> Row:
        """The row with a blank cell for every further column a cell takes."""
        cells = (part for cell, span in zip(self.cells, self.spans, strict=True) for part in (cell, *[""] * (span - 1)))
        return replace(self, cells=tuple(cells), spans=()) if self.spans else self

"""A report as Markdown, for notes and chats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mentor.i18n.language import _, ngettext, spoken
from mentor.report.export.safe import fenced
from mentor.report.export.safe import markdown as safe
from mentor.report.export.safe import markdown_line as line
from mentor.report.render import Page, Said, Table


def markdown(page: Page) -> str:
    """The whole page; text of the trader is shown, never interpreted."""
    with spoken(page.language):
        return "\n\n".join(part for part in _parts(page) if part) + "\n"


def _parts(page: Page) -> Iterator[str]:
    yield f"# {safe(page.title)}: {safe(page.day)}"
    yield "\n".join(f"- {safe(name)}: **{safe(value)}**" for name, value in page.figures)
    if page.advice:
        yield _heading(_("To do next"))
        yield "\n".join(f"- {line(advice)}" for advice in page.advice)
    yield _heading(_("What was measured"))
    yield _findings(page.shown)
    if page.more:
        yield _heading(_("More findings"))
        yield _findings(page.more)
    yield f"> {line(page.closing)}"
    yield from _day(page)


def _day(page: Page) -> Iterator[str]:
    if page.moods.rows:
        yield _heading(_("Moods"))
        yield _table(page.moods)
    if page.trades.rows:
        yield _heading(_("Trades"))
        yield _table(page.trades)
        yield line(left_out(page))
    if page.notes:
        yield _heading(_("Notes"))
        yield fenced(page.notes)
    if page.unknown:
        yield _heading(_("Not known"))
        yield "\n".join(f"- {line(missing)}" for missing in page.unknown)


def left_out(page: Page) -> str:
    """How many trades the table leaves out; empty when it has them all."""
    rest = page.all_trades - len(page.trades.rows)
    return ngettext("{n} more trade is in the journal.", "{n} more trades are in the journal.", rest) if rest else ""


def _heading(text: str) -> str:
    return f"## {safe(text)}"


def _findings(findings: Sequence[Said]) -> str:
    return "\n".join(line for said in findings for line in _finding(said))


def _finding(said: Said) -> Iterator[str]:
    yield f"- **{safe(said.mark)}.** {safe(said.sentence)}"
    yield from (f"  - {safe(name)}: {safe(value)}" for name, value in said.evidence)


def _table(table: Table) -> str:
    rule = ["---:" if column in table.figures else "---" for column in range(len(table.header))]
    return "\n".join(_row(cells) for cells in (map(safe, table.header), rule, *(map(safe, row) for row in table.rows)))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"

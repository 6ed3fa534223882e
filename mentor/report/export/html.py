"""A report as one HTML page that stands alone: no script, nothing loaded, black on white on A4."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence

from mentor.i18n.language import _, spoken
from mentor.report.export.curve import curve
from mentor.report.export.markdown import left_out
from mentor.report.export.safe import html as safe
from mentor.report.export.style import STYLE
from mentor.report.render import Page, Said, Table


def html(page: Page) -> str:
    """The whole page as text; the same page, the same bytes."""
    title = f"{safe(page.title)}: {safe(page.day)}"
    with spoken(page.language):
        body = "\n".join(part for part in _parts(page) if part)
    return (
        f'<!DOCTYPE html>\n<html lang="{page.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(STYLE)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{body}\n</main>\n</body>\n</html>\n"
    )


def _policy(style: str) -> str:
    """Nothing may be run or fetched; of styles only these."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _parts(page: Page) -> Iterator[str]:
    yield f"<header><p>{safe(page.title)}</p><h1>{safe(page.day)}</h1></header>"
    yield f'<dl class="figures">{_pairs(page.figures)}</dl>'
    if page.advice:
        told = "".join(f'<p dir="auto">{safe(advice)}</p>' for advice in page.advice)
        yield f'<section class="advice"><h2>{safe(_("To do next"))}</h2>{told}</section>'
    yield _drawn(page)
    yield _section(_("What was measured"), _findings(page.shown))
    if page.more:
        yield _section(_("More findings"), _findings(page.more, start=len(page.shown) + 1))
    yield f'<p class="closing" dir="auto">{safe(page.closing)}</p>'
    yield from _day(page)


def _drawn(page: Page) -> str:
    drawing = curve(page)
    name = safe(_("Net result through the day, with the moods told"))
    return f"<figure>{drawing}<figcaption>{name}</figcaption></figure>" if drawing else ""


def _day(page: Page) -> Iterator[str]:
    if page.moods.rows:
        yield _section(_("Moods"), _table(page.moods))
    if page.trades.rows:
        rest = left_out(page)
        yield _section(_("Trades"), _table(page.trades) + (f"<p>{safe(rest)}</p>" if rest else ""))
    if page.notes:
        yield _section(_("Notes"), f'<div class="notes" dir="auto">{safe(page.notes)}</div>')
    if page.unknown:
        missing = "".join(f"<li>{safe(missing)}</li>" for missing in page.unknown)
        yield _section(_("Not known"), f"<ul>{missing}</ul>")


def _section(heading: str, content: str) -> str:
    return f"<section><h2>{safe(heading)}</h2>{content}</section>"


def _findings(findings: Sequence[Said], *, start: int = 1) -> str:
    return f'<ol start="{start}">{"".join(map(_finding, findings))}</ol>'


def _finding(said: Said) -> str:
    return (
        f'<li class="{said.severity}"><p dir="auto"><b>{safe(said.mark)}</b> {safe(said.sentence)}</p>'
        f'<dl class="evidence">{_pairs(said.evidence)}</dl></li>'
    )


def _pairs(pairs: Sequence[tuple[str, str]]) -> str:
    return "".join(f'<div><dt>{safe(name)}</dt><dd dir="auto">{safe(value)}</dd></div>' for name, value in pairs)


def _table(table: Table) -> str:
    head = "".join(f"<th{_kind(table, place)}>{safe(name)}</th>" for place, name in enumerate(table.header))
    rows = "".join(f"<tr>{_cells(table, row)}</tr>" for row in table.rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _cells(table: Table, row: Sequence[str]) -> str:
    return "".join(f'<td{_kind(table, place)} dir="auto">{safe(cell)}</td>' for place, cell in enumerate(row))


def _kind(table: Table, place: int) -> str:
    if place in table.figures:
        return ' class="figure"'
    return ' class="words"' if place in table.texts else ""

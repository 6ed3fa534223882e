"""The mentor's report on the screen: short sentences, each opening to its evidence; one thing to do next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

import streamlit as st

from mentor.analytics.selection import Selection
from mentor.i18n import numbers
from mentor.i18n.language import _, ngettext
from mentor.models import TradeFilter
from mentor.report.export.html import html
from mentor.report.export.markdown import markdown
from mentor.report.finding import SHOWN, Finding, MentorReport, Severity
from mentor.report.render import SEVERITIES, Page, Said
from mentor.report.wording import advice_sentence, closing_sentence, sentence
from mentor.ui import cards, current, report_data, tables, trade_data
from mentor.ui.messages import attempt
from mentor.ui.plain import plain
from mentor.ui.trade_data import Query

#: Where it matters a word beside it says the same.
_ICONS: Final[dict[Severity, str]] = {
    Severity.ALARM: ":material/error:",
    Severity.WARNING: ":material/warning:",
    Severity.NOTICE: ":material/info:",
    Severity.GOOD: ":material/check_circle:",
}
#: What stands out among the findings carries its word in a colour; most are only worth knowing, and stand there bare.
_SHADES: Final[dict[Severity, str]] = {
    Severity.ALARM: "red",
    Severity.WARNING: "orange",
    Severity.GOOD: "green",
}


def draw(day: date) -> None:
    """The report of a day that has a session, with the ways to keep it and to take it along."""
    st.header(_("What I see"), anchor=False)
    shown = report_data.of_day(day)
    if shown is None:
        return
    cards.note(_("Open a line for its evidence: how it was measured, on how much, and the trades."))
    if day < current.journal().today():
        cards.note(_("Said from what was known by the end of that day; later days change nothing in it."))
    said = list(zip(shown.report.findings, (*shown.page.shown, *shown.page.more), strict=True))
    _findings(said[:SHOWN], "seen")
    _next(shown.page.advice)
    st.markdown(plain(shown.page.closing))
    if said[SHOWN:]:
        more = ngettext("{n} more finding", "{n} more findings", len(said) - SHOWN)
        with st.expander(more, icon=":material/expand_more:", key="more_findings"):
            _findings(said[SHOWN:], "more")
    if shown.page.unknown:
        cards.note(_("Not known of this day: {gaps}", gaps=" ".join(shown.page.unknown)))
    _keep(day, shown.page)


def draw_stored(report: MentorReport, zone: ZoneInfo) -> None:
    """A report that is kept, in the language spoken: its sentences and what it advised."""
    for finding in report.findings:
        said = sentence(finding, report.currency, zone)
        st.markdown(f"{_ICONS[finding.severity]} {_marked(finding.severity, said)}")
    _next([advice_sentence(advice, report.currency) for advice in report.advice])
    st.markdown(plain(closing_sentence(report.closing, report.currency)))


def _findings(said: Sequence[tuple[Finding, Said]], place: str) -> None:
    for number, (finding, words) in enumerate(said):
        key = f"{place}_{number}_{finding.rule}"
        label = _marked(words.severity, words.sentence)
        box = st.expander(label, icon=_ICONS[words.severity], type="step", key=key, on_change="rerun")
        with box:
            _evidence(words)
            if box.open and finding.trades:  # looked up once somebody asks
                _trades(finding, key)


def _marked(severity: Severity, said: str) -> str:
    shade = _SHADES.get(severity)
    return plain(said) if shade is None else f":{shade}-badge[{plain(_(SEVERITIES[severity]))}] {plain(said)}"


def _evidence(words: Said) -> None:
    lines = [f"**{plain(words.title)}**", *(f"{plain(name)}: {plain(value)}" for name, value in words.evidence)]
    st.caption("  \n".join(lines))


def _trades(finding: Finding, key: str) -> None:
    """A page of the trades it speaks of; a row opens its session."""
    found = trade_data.find(TradeFilter(), Query(selection=Selection(ids=frozenset(finding.trades))))
    number = min(int(st.session_state.get(f"{key}_page", 1)), found.pages)
    rows, days = trade_data.page(found, number)
    journal = current.journal()
    names = journal.preferences().account_names
    tables.linked_trades(rows, days, journal.zone, journal.currency, names, key=f"{key}_rows_{number}")
    if found.pages > 1:
        st.pagination(found.pages, key=f"{key}_page")


def _next(advice: Sequence[str]) -> None:
    if advice:
        with st.container(border=True):
            st.markdown(f":material/flag: **{_('One thing to do next')}**")
            st.markdown(plain(advice[0]))


def _keep(day: date, page: Page) -> None:
    """Both files are written when somebody asks for them."""
    name = _("report-{day}", day=day.isoformat())
    ways = ((_("HTML, to print"), html, "html", "text/html"), (_("Markdown"), markdown, "md", "text/markdown"))
    with st.container(horizontal=True):
        st.button(_("Store this report"), icon=":material/bookmark_add:", on_click=_store, args=(day,))
        for label, write, ending, mime in ways:
            st.download_button(
                label,
                partial(write, page),
                f"{name}.{ending}",
                mime,
                key=f"take_{ending}",
                on_click="ignore",
                icon=":material/download:",
            )


def _store(day: date) -> None:
    attempt(lambda: _stored(day))


def _stored(day: date) -> str:
    written = current.journal().write_mentor_report(day)
    if written.new:
        return _("Report of {day} stored.", day=numbers.day(day))
    return _("Nothing new to store: the report of {day} rests on the same evidence.", day=numbers.day(day))

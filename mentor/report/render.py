"""A report as a page to be read: every sentence, figure and table in the language spoken, none of it marked up yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd

from mentor.analytics.countable import countable
from mentor.analytics.intraday import day_run, moods_on_run
from mentor.analytics.metrics import Measure, Reason, performance
from mentor.i18n import labels, numbers
from mentor.i18n.language import Language, _, current, ngettext
from mentor.i18n.risk import UNSCORED
from mentor.messages import message
from mentor.models import MoodCheckin
from mentor.report.finding import SHOWN, Finding, MentorReport, Severity
from mentor.report.known import Known
from mentor.report.wording import advice_sentence, closing_sentence, explanation, sentence

#: How each severity is called, so that no colour has to say it.
SEVERITIES: Final[dict[Severity, str]] = {
    Severity.ALARM: message("Alarm"),
    Severity.WARNING: message("Warning"),
    Severity.NOTICE: message("Worth knowing"),
    Severity.GOOD: message("Good"),
}
#: More trades than these would fill pages; they are all in the journal.
LISTED_TRADES: Final = 40
_NAMED_TRADES: Final = 12
_FIGURES: Final = ("net", "win_rate", "profit_factor", "average_win", "average_loss", "max_drawdown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One finding in words: its mark, its sentence, and the evidence behind it as names and values."""

    severity: Severity
    mark: str
    title: str
    sentence: str
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Cells as they are read; `figures` are the columns of numbers, `texts` those of the trader's own words."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[int, ...]
    texts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A day's report in one language, and what the day holds beside it.

    `shown` are the findings to read first, `more` the rest. `run` and `felt` (`DAY_RUN_DTYPES`, `DAY_MOOD_DTYPES`, in
    local time) draw the day. `unknown` says what is missing to say more.
    """

    language: Language
    title: str
    day: str
    currency: str | None
    figures: tuple[tuple[str, str], ...]
    advice: tuple[str, ...]
    shown: tuple[Said, ...]
    more: tuple[Said, ...]
    closing: str
    moods: Table
    trades: Table
    all_trades: int
    notes: str
    unknown: tuple[str, ...]
    run: pd.DataFrame = field(compare=False)
    felt: pd.DataFrame = field(compare=False)


def page(known: Known, report: MentorReport) -> Page:
    """A report and the day it is of, in the language spoken."""
    zone = ZoneInfo(known.preferences.timezone)
    said = [_said(finding, report.currency, zone) for finding in report.findings]
    run = day_run(known.trades)
    return Page(
        language=current(),
        title=_("Mentor report"),
        day=numbers.long_day(report.session_date),
        currency=report.currency,
        figures=tuple(_figures(known, report)),
        advice=tuple(advice_sentence(advice, report.currency) for advice in report.advice),
        shown=tuple(said[:SHOWN]),
        more=tuple(said[SHOWN:]),
        closing=closing_sentence(report.closing, report.currency),
        moods=_moods(known.checkins, zone),
        trades=_trades(known.trades.head(LISTED_TRADES), report.currency, zone),
        all_trades=len(known.trades),
        notes=known.session.personal_notes.strip(),
        unknown=tuple(_unknown(known)),
        run=_local(run, zone),
        felt=_local(moods_on_run(known.checkins, run), zone),
    )


def lines(page: Page) -> list[str]:
    """The report without its evidence, for a terminal."""
    return [
        f"{page.title} · {page.day}",
        *(f"- [{said.mark}] {said.sentence}" for said in page.shown),
        *([ngettext("{n} more finding.", "{n} more findings.", len(page.more))] if page.more else []),
        *page.advice[:1],
        page.closing,
        *page.unknown,
    ]


def _said(finding: Finding, currency: str | None, zone: ZoneInfo) -> Said:
    why = explanation(finding, currency)
    evidence = (
        (_("Measured"), why.measure),
        (_("Rests on"), why.observations),
        (_("Range"), why.interval),
        (_("How sure"), why.grade),
        (_("Trades"), _ids(finding.trades)),
    )
    return Said(
        severity=finding.severity,
        mark=_(SEVERITIES[finding.severity]),
        title=why.title,
        sentence=sentence(finding, currency, zone),
        evidence=tuple((name, value) for name, value in evidence if value),
    )


def _ids(trades: tuple[int, ...]) -> str:
    named = ", ".join(f"#{trade}" for trade in trades[:_NAMED_TRADES])
    rest = len(trades) - _NAMED_TRADES
    return named if rest <= 0 else ngettext("{named} and {n} more", "{named} and {n} more", rest, named=named)


def _figures(known: Known, report: MentorReport) -> Iterator[tuple[str, str]]:
    measured = performance(known.trades)
    yield _("Trades"), numbers.number(len(known.trades), 0)
    for name in _FIGURES:
        figure: Measure = getattr(measured, name)
        if figure.reason is not Reason.NO_TRADES:
            yield _(labels.FIGURES[name][0]), _figure(name, figure, report.currency)
    yield _("Risk score"), _score(known, report.risk_score)


def _figure(name: str, figure: Measure, currency: str | None) -> str:
    if figure.value is None and figure.reason is not None:
        return f"{numbers.DASH} ({_(labels.REASONS[figure.reason])})"
    if name == "win_rate":
        return numbers.percent(figure.value)
    if name == "profit_factor":
        return numbers.number(figure.value)
    return numbers.money(figure.value, currency, signed=name == "net")


def _score(known: Known, score: int | None) -> str:
    if score is not None:
        return _("{score} of 10", score=numbers.number(score, 0))
    reason = known.score.reason
    return numbers.DASH if reason is None else f"{numbers.DASH} ({_(UNSCORED[reason])})"


def _moods(checkins: tuple[MoodCheckin, ...], zone: ZoneInfo) -> Table:
    return Table(
        header=(_("Time"), _("Mood"), _("Intensity"), _("Told"), _("Note")),
        rows=tuple(
            (
                numbers.clock(told.recorded_at, zone),
                labels.emotion(told.emotion),
                numbers.DASH if told.intensity is None else _("{n} of 5", n=numbers.number(told.intensity, 0)),
                _(labels.TIMINGS[told.timing]),
                told.note,
            )
            for told in checkins
        ),
        figures=(),
        texts=(1, 4),
    )


def _trades(trades: pd.DataFrame, currency: str | None, zone: ZoneInfo) -> Table:
    header = (_("Trade"), _("Entry"), _("Exit"), _("Symbol"), _("Side"), _("Lots"), _("Strategy"), _("Net"))
    rows = tuple(_row(row, currency, zone) for row in trades.to_dict("records"))
    return Table(header=header, rows=rows, figures=(5, 7), texts=(3, 6))


def _row(row: dict[Any, Any], currency: str | None, zone: ZoneInfo) -> tuple[str, ...]:
    def known(name: str) -> Any:
        return None if pd.isna(row[name]) else row[name]

    side = known("side")
    return (
        f"#{row['id']}",
        numbers.clock(known("entry_time"), zone),
        numbers.clock(known("exit_time"), zone),
        str(known("symbol") or numbers.DASH),
        _(labels.SIDES[side]) if side in labels.SIDES else numbers.DASH,
        numbers.exact(known("lot_size")),
        str(known("strategy") or numbers.DASH),
        numbers.money(known("profit_loss"), known("currency") or currency, signed=True),
    )


def _unknown(known: Known) -> Iterator[str]:
    """What is missing of the day, a sentence each."""
    trades, counted = known.trades, countable(known.trades)
    if len(trades) and not any(told.timing == "before" for told in known.checkins):
        yield _("No mood was told before the first trade.")
    timeless = int((trades["entry_time"].isna() | trades["exit_time"].isna()).sum())
    if timeless:
        yield ngettext(
            "The entry or exit time of {n} trade is not known.",
            "The entry or exit time of {n} trades is not known.",
            timeless,
        )
    if stopless := int(trades["stop_price"].isna().sum()):
        yield ngettext(
            "The stop price of {n} trade is not known.", "The stop price of {n} trades is not known.", stopless
        )
    if unnamed := int(trades["strategy"].isna().sum()):
        yield ngettext("The strategy of {n} trade is not known.", "The strategy of {n} trades is not known.", unnamed)
    if counted.other_currency:
        yield ngettext(
            "{n} trade is in another currency and in none of the sums.",
            "{n} trades are in another currency and in none of the sums.",
            counted.other_currency,
        )
    if counted.unreadable:
        yield ngettext(
            "The amount of {n} trade cannot be read; it is in none of the sums.",
            "The amounts of {n} trades cannot be read; they are in none of the sums.",
            counted.unreadable,
        )


def _local(points: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    return points.assign(when=points["when"].dt.tz_convert(zone).dt.tz_localize(None))

"""What the findings on the course of days say: drawdown, records, streaks, and the last sessions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mentor.i18n import numbers
from mentor.i18n.language import _, ngettext
from mentor.messages import message
from mentor.report.finding import Finding
from mentor.report.told import Told

_RECORDS: Final[dict[str, str]] = {
    "highest": message("The highest result of a day so far: {net}; before it was {before}."),
    "lowest": message("The lowest result of a day so far: {net}; before it was {before}."),
}


def drawdown(_finding: Finding, told: Told) -> Iterator[str]:
    money = told.money("money", signed=False)
    if told.has("share"):
        yield _(
            "At the day's end you stand {money} below your best day's end, {share} of the highest balance.",
            money=money,
            share=told.share("share"),
        )
    else:
        yield _("At the day's end you stand {money} below your best day's end.", money=money)
    if told.has("deepest") and told.number("deepest") > 0:
        yield _(
            "The deepest before, from day's end to day's end, was {deepest}.",
            deepest=told.money("deepest", signed=False),
        )


def record(_finding: Finding, told: Told) -> Iterator[str]:
    yield _(told.one_of("kind", _RECORDS), net=told.money("net"), before=told.money("before"))


def streak(_finding: Finding, told: Told) -> Iterator[str]:
    days = told.whole("days")
    if told.known_code("kind", ("losing", "winning")) == "losing":
        yield ngettext("{n} losing day in a row.", "{n} losing days in a row.", days)
    else:
        yield ngettext("{n} winning day in a row.", "{n} winning days in a row.", days)
    if longest := told.whole("longest"):
        yield ngettext("The longest such run before was {n} day.", "The longest such run before was {n} days.", longest)


def recent(_finding: Finding, told: Told) -> Iterator[str]:
    window = told.whole("window")
    if told.has("result"):
        latest, before = told.amounts("result", "result_before")
        yield ngettext(
            "The last {n} session: median {latest} a day, {before} before.",
            "The last {n} sessions: median {latest} a day, {before} before.",
            window,
            latest=latest,
            before=before,
        )
    if told.has("score"):
        yield ngettext(
            "Median risk score of the last {n}: {latest}, {before} before.",
            "Median risk score of the last {n}: {latest}, {before} before.",
            window,
            latest=told.plain("score"),
            before=told.plain("score_before"),
        )
    if not told.whole("told") and not told.number("told_before") and (told.has("result") or told.has("score")):
        return
    yield ngettext(
        "A mood told before trading: on {told} of the last {n}, on {before} of those before.",
        "A mood told before trading: on {told} of the last {n}, on {before} of those before.",
        window,
        told=numbers.number(told.whole("told"), 0),
        before=told.share("told_before"),
    )

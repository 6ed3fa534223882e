"""What came of an imported file, for people."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from mentor.cli.import_outcomes import Outcome
from mentor.cli.output import complain, say
from mentor.errors import ColumnsUnknown
from mentor.i18n import numbers
from mentor.i18n.language import _, ngettext
from mentor.i18n.refusals import sentence
from mentor.models import ImportRecord, Question, Rejection

if TYPE_CHECKING:
    from mentor.importing import ImportPlan

#: How many refused cells are printed for a file; `--json` lists them all.
_REFUSALS_SHOWN: Final = 20
#: The option that answers a question of an import.
_ANSWERS: Final = {
    "date_order": "--date-order",
    "timezone": "--timezone",
    "account": "--account",
    "symbol": "--symbol",
    "multiplier": "--multiplier SYMBOL=NUMBER",
    "opening_sell": "--opening-sells",
    "same_trade": "--add-lookalikes",
}


def report(outcome: Outcome, given: argparse.Namespace, zone: ZoneInfo) -> None:
    """Say what came of a file."""
    if outcome.plan is not None:
        say("\n".join(_lines(outcome, outcome.plan, given, zone)))
    if outcome.error is not None:
        refused = sentence(outcome.error)
        complain(refused if outcome.file in outcome.error.where else f"{outcome.file}: {refused}")
    if isinstance(outcome.error, ColumnsUnknown):
        complain(
            _(
                "{file}: name its columns with --map FIELD=HEADER. The fields: {fields}.",
                file=outcome.file,
                fields=_fields(),
            )
        )


def _fields() -> str:
    from mentor.importing import FIELDS

    return ", ".join(FIELDS)


def _lines(outcome: Outcome, plan: ImportPlan, given: argparse.Namespace, zone: ZoneInfo) -> Iterator[str]:
    reading = plan.reading
    yield _(
        "{file}: {format}, {trades}, net {net}",
        file=outcome.file,
        format=reading.format,
        trades=ngettext("{n} trade", "{n} trades", plan.trades),
        net=numbers.money(plan.net_profit_loss, reading.currency),
    )
    yield from (f"  {line}" for line in _details(outcome, plan, given, zone))


def _details(outcome: Outcome, plan: ImportPlan, given: argparse.Namespace, zone: ZoneInfo) -> Iterator[str]:
    reading = plan.reading
    if plan.first_entry is not None:
        yield _span(plan, zone)
    yield _result(outcome, plan, given)
    yield from _left_out(plan)
    yield from _refusals(reading.file_name, reading.rejected)
    yield from map(_question, reading.questions)
    yield from (_("note: {notice}", notice=_(notice)) for notice in reading.notices)
    if given.trades:
        yield from map(_trade, plan.as_json(include_trades=True)["items"])
    if outcome.refused_rows is not None:
        yield _("refused rows are in {file}: mend them there and import that file", file=outcome.refused_rows)
    if outcome.record is not None:
        yield _("to take it back: {command}", command=_undo_command(outcome.record, given))


def _span(plan: ImportPlan, zone: ZoneInfo) -> str:
    first = numbers.moment(plan.first_entry, zone)
    if plan.last_exit is None:
        return _("from {first} ({zone})", first=first, zone=zone.key)
    return _("from {first} to {last} ({zone})", first=first, last=numbers.moment(plan.last_exit, zone), zone=zone.key)


def _result(outcome: Outcome, plan: ImportPlan, given: argparse.Namespace) -> str:
    if outcome.record is not None:
        return _("added {amounts}", amounts=_amounts(outcome.record.trades, plan))
    if plan.blocked:
        return _("nothing added: the question below must be answered first")
    if outcome.error is not None:
        return _("nothing added")
    if given.dry_run and plan.adds:
        return _("would add {amounts}", amounts=_amounts(int(plan.adding.sum()), plan))
    return _("nothing to add")


def _amounts(trades: int, plan: ImportPlan) -> str:
    added = ngettext("{n} trade", "{n} trades", trades)
    if not plan.words:
        return added
    words = numbers.number(plan.words, 0)
    return _("{trades}, {words} days, moods and reports", trades=added, words=words)


def _left_out(plan: ImportPlan) -> Iterator[str]:
    left_out = {
        _("there already"): plan.duplicates,
        _("deleted by hand before, not added again"): plan.deleted,
        _("rows that are no trades"): plan.reading.ignored_rows,
        _("positions still open"): plan.reading.open_positions,
        _("probably there from another source"): 0 if plan.options.add_lookalikes else plan.lookalikes,
    }
    yield from (f"{words}: {numbers.number(amount, 0)}" for words, amount in left_out.items() if amount)


def _refusals(file_name: str, refused: tuple[Rejection, ...]) -> Iterator[str]:
    for cell in refused[:_REFUSALS_SHOWN]:
        place = [file_name, *(str(part) for part in (cell.line, cell.column) if part is not None)]
        yield _("refused {place}: {reason} ({value!r})", place=":".join(place), reason=_(cell.reason), value=cell.value)
    if (more := len(refused) - _REFUSALS_SHOWN) > 0:
        yield ngettext(
            "and {n} more refused cell; --json lists them all",
            "and {n} more refused cells; --json lists them all",
            more,
        )


def _question(question: Question) -> str:
    asked = _(question.about)
    parts = [asked if asked.endswith((".", "?", "!")) else f"{asked}."]
    if question.choices:
        parts.append(_("Choices: {choices}.", choices=", ".join(question.choices)))
    return _("question ({kind}): {asked}", kind=question.kind, asked=" ".join([*parts, _need(question)]))


def _need(question: Question) -> str:
    option = _ANSWERS.get(question.kind)
    if option is None:
        return _("This must be answered.") if question.blocking else _("It can be answered.")
    if question.blocking:
        return _("This must be answered with {option}.", option=option)
    return _("It can be answered with {option}.", option=option)


def _trade(item: dict[str, Any]) -> str:
    known = (f"{name} {value}" for name, value in item.items() if value not in (None, False))
    return _("trade: {fields}", fields=", ".join(known))


def _undo_command(record: ImportRecord, given: argparse.Namespace) -> str:
    database = [] if given.database is None else ["--database", str(given.database)]
    return shlex.join(["python", "-m", "mentor", *database, "undo", str(record.id)])

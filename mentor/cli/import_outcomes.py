"""What comes of each file of an import: planned, stored, its refused rows written, told as JSON."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mentor.cli.output import progress
from mentor.errors import InvalidArgument, MentorError
from mentor.i18n.language import _
from mentor.journal import Journal
from mentor.messages import message
from mentor.models import ImportOptions, ImportRecord

if TYPE_CHECKING:
    from mentor.importing import ImportPlan


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: its plan, or the error that refused it; `record` when something was stored."""

    path: Path
    plan: ImportPlan | None = None
    error: MentorError | None = None
    record: ImportRecord | None = None
    refused_rows: Path | None = None

    @property
    def file(self) -> str:
        return self.path.name or str(self.path)

    @property
    def accepted(self) -> bool:
        return self.plan is not None and self.error is None and not self.plan.blocked


def files(given: Sequence[Path]) -> Iterator[Path]:
    """The files in the order given, a folder's by name; a folder with nothing to import stands for itself."""
    for path in given:
        yield from _files_in(path) or [path]


def _files_in(path: Path) -> list[Path]:
    try:
        inside = path.iterdir() if path.is_dir() else ()
        return sorted(file for file in inside if file.is_file() and not file.name.startswith("."))
    except OSError:  # the folder is then refused by its name, like a file that cannot be opened
        return []


def planned(journal: Journal, file: Path, options: ImportOptions, place: str) -> Outcome:
    """What a file would add; an error refuses this file only."""
    try:
        return Outcome(file, journal.plan_import(file, options, lambda doing: progress(f"{place} {file}: {_(doing)}")))
    except MentorError as error:
        return Outcome(file, error=error)


def stored(journal: Journal, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Everything that can be stored, from the earliest file on; each is held against what those before it added."""
    done = dict(enumerate(outcomes))
    plans = [(outcome.plan.begins, at) for at, outcome in done.items() if outcome.plan is not None]
    for nth, (_begins, at) in enumerate(sorted(plans), 1):
        progress(f"{nth}/{len(plans)} {done[at].path}: {_('storing')}")
        done[at] = _stored_one(journal, done[at])
    return list(done.values())


def _stored_one(journal: Journal, outcome: Outcome) -> Outcome:
    plan = outcome.plan
    assert plan is not None, "only what could be planned is stored"
    try:
        plan = journal.plan_reading(plan.reading, plan.options)
        record = journal.commit_import(plan) if plan.adds and not plan.blocked else None
    except MentorError as error:
        return replace(outcome, plan=plan, error=error)
    return replace(outcome, plan=plan, record=record)


def targets(named: Sequence[Path], target: Path) -> dict[Path, Path]:
    """Where the refused rows of each file go: to the one named, with the file's name added where there are several."""
    if len(named) == 1:
        paths = {named[0]: target}
    else:
        paths = {file: target.with_name(f"{target.stem}-{file.stem}{target.suffix}") for file in named}
    there = next((path for path in paths.values() if path.exists()), None)
    if there is not None:
        raise InvalidArgument(
            message("There is a file of this name already"), where=str(there), todo=message("Name a new one.")
        )
    return paths


def with_refused_rows(outcome: Outcome, target: Path | None) -> Outcome:
    """The outcome, once the refused rows of its file are written."""
    if target is None or outcome.plan is None or outcome.plan.reading.takeover is not None:
        return outcome
    if not outcome.plan.reading.rejected:
        return outcome
    from mentor.importing import document_of, refused_csv, save_refused

    try:
        content = refused_csv(document_of(outcome.path), outcome.plan.reading.rejected, _)
        if content:
            save_refused(target, content)
    except MentorError as error:
        return replace(outcome, error=error)
    return replace(outcome, refused_rows=target if content else None)


def as_json(outcome: Outcome, given: argparse.Namespace) -> dict[str, Any]:
    """For programs, in English whatever is spoken."""
    from mentor.importing import refused_json

    if outcome.plan is None:
        assert outcome.error is not None, "without a plan there is the error that prevented it"
        return refused_json(outcome.file, outcome.error)
    answer = outcome.plan.as_json(include_trades=given.trades)
    if outcome.error is not None:
        answer["error"] = str(outcome.error)
    if given.dry_run:
        return answer
    record = outcome.record
    return answer | {"import_id": record.id if record else None, "added": record.trades if record else 0}

"""The command line: what people and scripts do with the journal without the browser.

Results go to stdout, what went wrong in one sentence to stderr. Exit status: 0 done, 1 refused, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from mentor.analytics.plain import plain
from mentor.arguments import as_day, as_zone
from mentor.errors import ColumnsUnknown, InvalidArgument, MentorError, NotFound
from mentor.i18n import evidence, risk
from mentor.i18n.numbers import count, moment, money
from mentor.journal import Journal
from mentor.models import EMOTIONS, MARKETS, Check, ImportOptions, ImportRecord, Question
from mentor.report.facts import as_json, session_facts
from mentor.report.words import sentences
from mentor.settings import DEFAULT_DATABASE, database_path

if TYPE_CHECKING:
    from mentor.importing import ImportPlan

#: How many refused cells are printed for a file; `--json` lists them all.
_REFUSALS_SHOWN = 20
#: The option that answers a question of an import.
_ANSWERS = {
    "date_order": "--date-order",
    "timezone": "--timezone",
    "account": "--account",
    "symbol": "--symbol",
    "multiplier": "--multiplier SYMBOL=NUMBER",
    "opening_sell": "--opening-sells",
    "same_trade": "--add-lookalikes",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command (default: the process's arguments); its exit status."""
    _write_utf8()
    given = command_parser().parse_args(arguments)
    try:
        status = int(given.run(given))
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # whoever read the output has seen enough; what was stored stays stored
        os._exit(0)  # everything is closed; leaving politely would complain about the unread rest once more
    except MentorError as refused:
        _complain(str(refused))
        return 1
    except KeyboardInterrupt:
        return 130


# What can be asked --------------------------------------------------------------------------------------------


def command_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m mentor",
        description="Mentor, the trading journal. A command makes a missing journal; `report`, `emotions`, "
        "`habits`, `risk`, `backup` and `doctor` say that there is none.",
    )
    parser.add_argument(
        "--database",
        metavar="FILE",
        type=_path,
        help="the journal (default: the environment variable MENTOR_DATABASE, else data/mentor.db)",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for describe in (
        *(_describe_init, _describe_demo, _describe_import, _describe_lists, _describe_mood, _describe_trade),
        *(_describe_report, _describe_emotions, _describe_habits, _describe_risk),
        *(_describe_copies, _describe_doctor),
    ):
        describe(commands)
    return parser


def _describe_init(commands: Any) -> None:
    init = commands.add_parser("init", help="create the journal, or say what it is")
    init.add_argument(
        "--timezone", metavar="ZONE", help="where the trader's days begin and end, such as Asia/Jakarta; fixed for good"
    )
    init.set_defaults(run=_init)


def _describe_demo(commands: Any) -> None:
    demo = commands.add_parser("demo", help="fill an empty journal with 250 sessions of an invented trader")
    demo.add_argument("--null", action="store_true", help="the same trader, in whom no emotion has any effect")
    demo.set_defaults(run=_demo)


def _describe_import(commands: Any) -> None:
    parser = commands.add_parser("import", help="add the trades of brokers' files; the same file again adds nothing")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a file, or a folder with files")
    parser.add_argument("--dry-run", action="store_true", help="say what would be added, store nothing")
    parser.add_argument("--json", action="store_true", help="print one JSON array with an object for every file")
    parser.add_argument("--trades", action="store_true", help="list every trade the files hold")
    parser.add_argument("--timezone", metavar="ZONE", help="time zone of the file's clock, such as Europe/Athens")
    parser.add_argument("--date-order", choices=("dmy", "mdy", "ymd"), help="order of day, month and year in its dates")
    parser.add_argument(
        "--multiplier",
        metavar="SYMBOL=NUMBER",
        action="append",
        default=[],
        type=_multiplier,
        help="money per point and lot of a symbol, where the file gives no profit; may be repeated",
    )
    parser.add_argument("--account", metavar="NAME", help="the account the file is of")
    parser.add_argument("--symbol", metavar="NAME", help="what was traded, for a file that does not name it")
    parser.add_argument(
        "--opening-sells",
        choices=("short", "leave out"),
        help="what a sell without a buy before it is: it opens a short, or is left out",
    )
    parser.add_argument(
        "--map",
        metavar="FIELD=HEADER",
        action="append",
        default=[],
        type=_named_column,
        help="which column of the file is what, such as size=Qty, for all that is needed; kept for files of this kind",
    )
    parser.add_argument("--refused", metavar="FILE", type=_path, help="write refused rows there, to mend and import")
    parser.add_argument(
        "--add-lookalikes", action="store_true", help="add also what is probably there from another source"
    )
    parser.set_defaults(run=_import)


def _describe_lists(commands: Any) -> None:
    imports = commands.add_parser("imports", help="list the imports made so far")
    imports.set_defaults(run=_imports)
    undo = commands.add_parser("undo", help="take back everything an import added")
    undo.add_argument("import_id", metavar="ID", type=int, help="its number in the list of imports")
    undo.set_defaults(run=_undo)


def _describe_mood(commands: Any) -> None:
    mood = commands.add_parser("mood", help="check in: how do you feel now?")
    mood.add_argument("emotion", metavar="EMOTION", help=f"one of {', '.join(EMOTIONS)}, or your own word")
    mood.add_argument("--intensity", metavar="1-5", type=int, help="how strongly")
    mood.add_argument("--market", metavar="WORD", help=f"one of {', '.join(MARKETS)}, or your own word")
    mood.add_argument("--note", metavar="TEXT", default="")
    mood.set_defaults(run=_mood)


def _describe_trade(commands: Any) -> None:
    trade = commands.add_parser("log-trade", help="log a trade closed today")
    trade.add_argument("symbol", metavar="SYMBOL")
    trade.add_argument("profit_loss", metavar="PROFIT", type=_number, help="net, in the journal's currency; -12.5 lost")
    trade.add_argument("lot_size", metavar="LOTS", type=_number)
    trade.add_argument("--bot", metavar="ID", type=int, default=0, help="number of the bot (default: 0, by hand)")
    trade.add_argument("--stop-hit", action="store_true", help="the exit was the stop")
    trade.add_argument("--target-hit", action="store_true", help="the exit was the target")
    trade.add_argument("--risk", metavar="PERCENT", type=_number, help="percent of the account risked")
    trade.add_argument("--strategy", metavar="NAME", default="")
    trade.set_defaults(run=_log_trade)


def _describe_report(commands: Any) -> None:
    report = commands.add_parser("report", help="say what a day's session came to, and what is not known of it")
    report.add_argument("date", metavar="DATE", nargs="?", help="such as 2025-01-15 (default: today)")
    report.add_argument("--language", choices=("id", "en"), default="id", help="Bahasa Indonesia (default) or English")
    report.add_argument("--json", action="store_true", help="print ids and numbers as one JSON object")
    report.set_defaults(run=_report_day)


def _describe_emotions(commands: Any) -> None:
    emotions = commands.add_parser("emotions", help="say what each emotion comes with, and how sure that is")
    emotions.add_argument("--json", action="store_true", help="print codes and numbers as one JSON object")
    emotions.set_defaults(run=_emotions)


def _describe_habits(commands: Any) -> None:
    habits = commands.add_parser("habits", help="say which habits the trades show, and how sure that is")
    habits.add_argument("--json", action="store_true", help="print codes and numbers as one JSON object")
    habits.set_defaults(run=_habits)


def _describe_risk(commands: Any) -> None:
    parser = commands.add_parser("risk", help="say how well the risk of a day's session was managed, from 1 to 10")
    parser.add_argument("date", metavar="DATE", nargs="?", help="such as 2025-01-15 (default: today)")
    parser.add_argument("--json", action="store_true", help="print codes and numbers as one JSON object")
    parser.set_defaults(run=_risk)


def _describe_copies(commands: Any) -> None:
    backup = commands.add_parser("backup", help="copy the journal to a new file, also while programs write to it")
    backup.add_argument("file", metavar="FILE", type=_path)
    backup.set_defaults(run=_backup)
    restore = commands.add_parser(
        "restore", help="make the journal what a backup holds; what it held is kept beside it"
    )
    restore.add_argument("file", metavar="FILE", type=_path)
    restore.set_defaults(run=_restore)


def _describe_doctor(commands: Any) -> None:
    doctor = commands.add_parser("doctor", help="check the journal file and where it lies; 1 when something is wrong")
    doctor.set_defaults(run=_doctor)


def _path(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError as homeless:
        raise argparse.ArgumentTypeError(f"{text}: {homeless}") from homeless


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or "_" in text:
        raise argparse.ArgumentTypeError(f"{text!r} is no number; write it as 250.5")
    return number


def _multiplier(text: str) -> tuple[str, float]:
    symbol, _, number = text.rpartition("=")
    if not symbol.strip() or _number(number) <= 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no multiplier; write it as ES=50")
    return symbol.strip(), _number(number)


def _named_column(text: str) -> tuple[str, str]:
    field, _, header = text.partition("=")
    if not field.strip() or not header.strip():
        raise argparse.ArgumentTypeError(f"{text!r} names no column; write it as size=Qty")
    return field.strip(), header.strip()


# The commands -------------------------------------------------------------------------------------------------


def _init(given: argparse.Namespace) -> int:
    path = _database(given)
    existed = _holds_something(path)
    with _opened(path, timezone=given.timezone) as journal:
        if given.timezone is not None and as_zone(given.timezone) != journal.zone:
            raise InvalidArgument(
                f"The days of this journal are those of {journal.zone.key} and stay so",
                where=str(path),
                todo="Start another journal with --database FILE for another time zone.",
            )
        if existed:
            sessions, trades = count(len(journal.sessions()), "session"), count(len(journal.trades()), "trade")
            _say(
                f"{path} is a journal already, with {sessions} and {trades}; its days are those of {journal.zone.key}."
            )
        else:
            _say(f"Created the journal {path}; its days are those of {journal.zone.key}.")
    return 0


def _demo(given: argparse.Namespace) -> int:
    from mentor import demo  # numpy's generator, and no other command needs it

    path = _database(given)
    if given.database is None and path == DEFAULT_DATABASE:
        path = demo.beside(path)  # the trader's own journal is not the place for an invented one
    with _opened(path, timezone=None if _holds_something(path) else demo.ZONE) as journal:
        filled = demo.fill(journal, null=given.null)
    _say(
        f"Filled {path} with an invented trader: {count(filled.sessions, 'session')}, "
        f"{count(filled.trades, 'trade')}, {count(filled.check_ins, 'check-in')}."
    )
    _say("No emotion has any effect in it." if given.null else "What is true in it stands in data/demo.md.")
    _say(f"The app shows it when the environment variable MENTOR_DATABASE is {path}.")
    return 0


def _import(given: argparse.Namespace) -> int:
    options, files = _options(given), list(_files(given.files))
    kept = _targets(files, given.refused) if given.refused else {}
    with _planning_journal(given) if given.dry_run else _journal(given) as journal:
        outcomes = [_planned(journal, file, options, f"{nth}/{len(files)}") for nth, file in enumerate(files, 1)]
        if not given.dry_run:
            outcomes = _stored(journal, outcomes)
        _clear_progress()
        outcomes = [_with_refused_rows(outcome, kept.get(outcome.path)) for outcome in outcomes]
        if given.json:
            answers = [_as_json(outcome, given) for outcome in outcomes]
            print(json.dumps(answers, ensure_ascii=False, allow_nan=False, indent=2))
        else:
            for outcome in outcomes:
                _report(outcome, given, journal.zone)
    return 0 if all(outcome.accepted for outcome in outcomes) else 1


def _imports(given: argparse.Namespace) -> int:
    with _journal(given) as journal:
        records = journal.imports()
        for record in records:
            _say(_import_line(record, journal.zone))
    if not records:
        _say("Nothing imported yet.")
    return 0


def _undo(given: argparse.Namespace) -> int:
    with _journal(given) as journal:
        record = journal.undo_import(given.import_id)
    _say(f"Import {record.id} of {record.file_name} is undone: the trades it added are gone from the journal.")
    return 0


def _mood(given: argparse.Namespace) -> int:
    with _journal(given) as journal:
        journal.check_in(
            given.emotion,
            intensity=given.intensity,
            market_conditions=given.market,
            note=given.note,
            source="command line",
        )
        _say(f"Checked in {given.emotion} for {journal.today()}.")
    if given.emotion.strip() not in EMOTIONS:
        _complain(f"Note: {given.emotion} is a word of your own. Mentor's words are {', '.join(EMOTIONS)}.")
    return 0


def _log_trade(given: argparse.Namespace) -> int:
    with _journal(given) as journal:
        trade_id = journal.log_trade_for_ai_analysis(
            given.bot,
            given.symbol,
            given.profit_loss,
            given.lot_size,
            stop_loss_used=given.stop_hit,
            take_profit_used=given.target_hit,
            risk_percent=given.risk,
            strategy_used=given.strategy,
        )
        _say(f"Logged trade {trade_id}: {given.symbol} {given.profit_loss:+,.15g} in the session of {journal.today()}.")
    return 0


def _report_day(given: argparse.Namespace) -> int:
    with _opened(_existing(given)) as journal:
        day = journal.today() if given.date is None else as_day(given.date, "DATE")
        analysis, session = journal.analyze_trading_session(day), journal.session(day)
        assert session is not None, "what could be analysed is there"
        trades = journal.session_trades(session.id)
        facts = session_facts(session, analysis, trades, journal.check_ins(day), journal.currency)
    if given.json:
        print(json.dumps(as_json(facts), ensure_ascii=False, allow_nan=False, indent=2))
    else:
        _say("\n".join(sentences(facts, given.language)))
    return 0


def _emotions(given: argparse.Namespace) -> int:
    from mentor.analytics import emotion_report  # heavy, and few commands need it

    with _opened(_existing(given)) as journal:
        report, currency = journal.emotions(), journal.currency
    if given.json:
        print(json.dumps(emotion_report.as_json(report), ensure_ascii=False, allow_nan=False, indent=2))
        return 0
    _say(evidence.coverage(report.coverage))
    for compared in (report.before, report.hindsight):
        if compared is report.hindsight and compared.emotions:
            _say("Moods told during or after trading, or at an unknown moment; at most a hint:")
        for cost in compared.emotions:
            told = evidence.verdict(cost, compared.baseline, report.unit, currency)
            _say(f"{evidence.GRADES[cost.grade]}. {told}")
    return 0


def _habits(given: argparse.Namespace) -> int:
    from mentor.analytics.habits.habit import strongest_first  # heavy, and few commands need it
    from mentor.i18n import habits as words

    with _opened(_existing(given)) as journal:
        found, currency = sorted(journal.habits(), key=strongest_first), journal.currency
    if given.json:
        print(json.dumps({"habits": plain(found)}, ensure_ascii=False, allow_nan=False, indent=2))
        return 0
    for habit in found:
        said = words.sentence(habit, currency) if habit.missing is None else f"It takes {words.missing(habit)}."
        _say(f"{words.WORDS[habit.id].topic}. {words.verdict(habit)}. {said}")
    return 0


def _risk(given: argparse.Namespace) -> int:
    with _opened(_existing(given)) as journal:
        day = journal.today() if given.date is None else as_day(given.date, "DATE")
        session = journal.session(day)
        if session is None:
            raise NotFound(f"There is no session on {day.isoformat()}")
        score, stated = journal.risk_score(session.id), risk.self_assessed(session.risk_score)
    if given.json:
        told = {
            "session_id": session.id,
            "session_date": day.isoformat(),
            "score": score.score,
            "reason": plain(score.reason),
            "known_weight": round(score.known_weight, 10),
            "components": plain(score.components),
            "caps": list(score.caps),
            "self_assessed": stated,
        }
        print(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=2))
        return 0
    _say("\n".join(risk.lines(score)))
    if stated is not None:
        _say(f"Stated for the session, not computed: {stated}.")
    return 0


def _backup(given: argparse.Namespace) -> int:
    copy = Journal.copy(_existing(given), given.file)
    _say(f"Copied the journal to {copy.path}: {_content(copy.sessions, copy.trades)}; the copy was read and is sound.")
    return 0


def _restore(given: argparse.Namespace) -> int:
    path = _database(given)
    done = Journal.restore(path, given.file)
    _say(f"Restored {path} from {given.file}: {_content(done.sessions, done.trades)}, days of {done.timezone}.")
    if done.damaged:
        _say(f"The damaged file was moved to {done.kept}. Start the app and bots again: they still hold that one.")
    elif done.kept is not None:
        _say(f"What it held before is kept in {done.kept}.")
    if done.timezone_before not in (None, done.timezone):
        _say(f"Start the app and bots again if they run: they still take its days for those of {done.timezone_before}.")
    for check in Journal.examine(path):
        if not check.ok:
            _say(_check_line(check))
    return 0


def _doctor(given: argparse.Namespace) -> int:
    checks = Journal.examine(_existing(given))
    for check in checks:
        _say(_check_line(check))
    return 0 if all(check.ok for check in checks) else 1


# The journal --------------------------------------------------------------------------------------------------


def _database(given: argparse.Namespace) -> Path:
    return database_path() if given.database is None else Path(given.database)


def _existing(given: argparse.Namespace) -> Path:
    """Where the journal is, for a command that speaks of what is there: a mistyped name makes none."""
    path = _database(given)
    if not path.is_dir() and not _holds_something(path):
        raise NotFound(
            f"There is no journal at {path}", todo="Name another with --database FILE, or make one with `init`."
        )
    return path


def _holds_something(path: Path) -> bool:
    """Whether there is a file with something in it; SQLite makes a journal of an empty one."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


@contextmanager
def _opened(path: Path, *, timezone: str | None = None) -> Iterator[Journal]:
    journal = Journal.open(path, timezone=timezone)
    try:
        yield journal
    finally:
        journal.close()


@contextmanager
def _journal(given: argparse.Namespace) -> Iterator[Journal]:
    """The journal, created when missing; a mistyped name should not pass unseen."""
    path = _database(given)
    existed = _holds_something(path)
    with _opened(path) as journal:
        if not existed:
            _complain(f"Created the journal {path}; its days are those of {journal.zone.key}.")
        yield journal


@contextmanager
def _planning_journal(given: argparse.Namespace) -> Iterator[Journal]:
    """A journal to plan against: the real one, or a throw-away one where a dry run must not create it."""
    if _holds_something(_database(given)):
        with _journal(given) as journal:
            yield journal
    else:
        with TemporaryDirectory() as folder, _opened(Path(folder) / "empty.db") as journal:
            yield journal


def _content(sessions: int, trades: int) -> str:
    return f"{count(sessions, 'session')}, {count(trades, 'trade')}"


# One file -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Outcome:
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


def _options(given: argparse.Namespace) -> ImportOptions:
    return ImportOptions(
        source_timezone=None if given.timezone is None else as_zone(given.timezone).key,
        date_order=given.date_order,
        multipliers=dict(given.multiplier),
        account=given.account,
        symbol=given.symbol,
        opening_sells=given.opening_sells,
        mapping=_mapping(given.map),
        add_lookalikes=given.add_lookalikes,
    )


def _mapping(named: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Our fields → headers; a field named again stands for a further column."""
    mapping: dict[str, str] = {}
    for field, header in named:
        nth = 1 + sum(name == field for name in (known.rstrip("0123456789").rstrip() for known in mapping))
        mapping[field if nth == 1 else f"{field} {nth}"] = header
    return mapping


def _files(given: Sequence[Path]) -> Iterator[Path]:
    """The files in the order given, a folder's by name; a folder with nothing to import stands for itself."""
    for path in given:
        yield from _files_in(path) or [path]


def _files_in(path: Path) -> list[Path]:
    try:
        inside = path.iterdir() if path.is_dir() else ()
        return sorted(file for file in inside if file.is_file() and not file.name.startswith("."))
    except OSError:  # the folder is then refused by its name, like a file that cannot be opened
        return []


def _planned(journal: Journal, file: Path, options: ImportOptions, place: str) -> _Outcome:
    """What a file would add; an error refuses this file only."""
    try:
        return _Outcome(file, journal.plan_import(file, options, lambda doing: _progress(f"{place} {file}: {doing}")))
    except MentorError as error:
        return _Outcome(file, error=error)


def _stored(journal: Journal, outcomes: Sequence[_Outcome]) -> list[_Outcome]:
    """Everything that can be stored, from the earliest file on; each is held against what those before it added."""
    done = dict(enumerate(outcomes))
    planned = [(outcome.plan.begins, at) for at, outcome in done.items() if outcome.plan is not None]
    for nth, (_, at) in enumerate(sorted(planned), 1):
        _progress(f"{nth}/{len(planned)} {done[at].path}: storing")
        done[at] = _stored_one(journal, done[at])
    return list(done.values())


def _stored_one(journal: Journal, outcome: _Outcome) -> _Outcome:
    plan = outcome.plan
    assert plan is not None, "only what could be planned is stored"
    try:
        plan = journal.plan_reading(plan.reading, plan.options)
        record = journal.commit_import(plan) if plan.adds and not plan.blocked else None
    except MentorError as error:
        return replace(outcome, plan=plan, error=error)
    return replace(outcome, plan=plan, record=record)


# Refused rows -------------------------------------------------------------------------------------------------


def _targets(files: Sequence[Path], target: Path) -> dict[Path, Path]:
    """Where the refused rows of each file go: to the one named, with the file's name added where there are several."""
    if len(files) == 1:
        targets = {files[0]: target}
    else:
        targets = {file: target.with_name(f"{target.stem}-{file.stem}{target.suffix}") for file in files}
    there = next((path for path in targets.values() if path.exists()), None)
    if there is not None:
        raise InvalidArgument("There is a file of this name already", where=str(there), todo="Name a new one.")
    return targets


def _with_refused_rows(outcome: _Outcome, target: Path | None) -> _Outcome:
    """The outcome, once the refused rows of its file are written."""
    if target is None or outcome.plan is None or outcome.plan.reading.takeover is not None:
        return outcome
    from mentor.importing import document_of, refused_csv, save_refused

    try:
        content = refused_csv(document_of(outcome.path), outcome.plan.reading.rejected)
        if content:
            save_refused(target, content)
    except MentorError as error:
        return replace(outcome, error=error)
    return replace(outcome, refused_rows=target if content else None)


def _as_json(outcome: _Outcome, given: argparse.Namespace) -> dict[str, Any]:
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


# In words -----------------------------------------------------------------------------------------------------


def _report(outcome: _Outcome, given: argparse.Namespace, zone: ZoneInfo) -> None:
    """What came of a file, for people."""
    if outcome.plan is not None:
        _say("\n".join(_file_lines(outcome, outcome.plan, given, zone)))
    if outcome.error is not None:
        named = outcome.file in outcome.error.where
        _complain(str(outcome.error) if named else f"{outcome.file}: {outcome.error}")
    if isinstance(outcome.error, ColumnsUnknown):
        _complain(f"{outcome.file}: name its columns with --map FIELD=HEADER. The fields: {_fields()}.")


def _fields() -> str:
    from mentor.importing import FIELDS

    return ", ".join(FIELDS)


def _file_lines(outcome: _Outcome, plan: ImportPlan, given: argparse.Namespace, zone: ZoneInfo) -> Iterator[str]:
    reading = plan.reading
    net = money(plan.net_profit_loss, reading.currency)
    yield f"{outcome.file}: {reading.format}, {count(plan.trades, 'trade')}, net {net}"
    if plan.first_entry is not None:
        until = "" if plan.last_exit is None else f" to {moment(plan.last_exit, zone)}"
        yield f"  from {moment(plan.first_entry, zone)}{until} ({zone.key})"
    yield f"  {_result(outcome, plan, given)}"
    yield from (f"  {line}" for line in _left_out(plan))
    yield from (f"  {line}" for line in _refusals(plan))
    yield from (f"  {_question(question)}" for question in reading.questions)
    yield from (f"  note: {notice}" for notice in reading.notices)
    if given.trades:
        yield from (f"  {_trade(item)}" for item in plan.as_json(include_trades=True)["items"])
    if outcome.refused_rows is not None:
        yield f"  refused rows are in {outcome.refused_rows}: mend them there and import that file"
    if outcome.record is not None:
        yield f"  to take it back: {_undo_command(outcome.record, given)}"


def _result(outcome: _Outcome, plan: ImportPlan, given: argparse.Namespace) -> str:
    if outcome.record is not None:
        return f"added {_amounts(outcome.record.trades, plan)}"
    if plan.blocked:
        return "nothing added: the question below must be answered first"
    if outcome.error is not None:
        return "nothing added"
    adding = int(plan.adding.sum())
    return f"would add {_amounts(adding, plan)}" if given.dry_run and plan.adds else "nothing to add"


def _amounts(trades: int, plan: ImportPlan) -> str:
    more = f", {plan.words:,} days, moods and reports" if plan.words else ""
    return f"{count(trades, 'trade')}{more}"


def _left_out(plan: ImportPlan) -> Iterator[str]:
    left_out = {
        "there already": plan.duplicates,
        "deleted by hand before, not added again": plan.deleted,
        "rows that are no trades": plan.reading.ignored_rows,
        "positions still open": plan.reading.open_positions,
    }
    yield from (f"{words}: {amount:,}" for words, amount in left_out.items() if amount)
    if plan.lookalikes and not plan.options.add_lookalikes:
        yield f"probably there from another source: {plan.lookalikes:,}"


def _refusals(plan: ImportPlan) -> Iterator[str]:
    refused = plan.reading.rejected
    for cell in refused[:_REFUSALS_SHOWN]:
        place = [plan.reading.file_name, *(str(part) for part in (cell.line, cell.column) if part is not None)]
        yield f"refused {':'.join(place)}: {cell.reason} ({cell.value!r})"
    if len(refused) > _REFUSALS_SHOWN:
        yield f"and {len(refused) - _REFUSALS_SHOWN:,} more refused cells; --json lists them all"


def _question(question: Question) -> str:
    about = question.about if question.about.endswith((".", "?", "!")) else f"{question.about}."
    choices = f" Choices: {', '.join(question.choices)}." if question.choices else ""
    need = "This must be answered" if question.blocking else "It can be answered"
    answer = f" with {_ANSWERS[question.kind]}" if question.kind in _ANSWERS else ""
    return f"question ({question.kind}): {about}{choices} {need}{answer}."


def _trade(item: dict[str, Any]) -> str:
    known = (f"{name} {value}" for name, value in item.items() if value not in (None, False))
    return f"trade: {', '.join(known)}"


def _undo_command(record: ImportRecord, given: argparse.Namespace) -> str:
    database = [] if given.database is None else ["--database", str(given.database)]
    return shlex.join(["python", "-m", "mentor", *database, "undo", str(record.id)])


def _import_line(record: ImportRecord, zone: ZoneInfo) -> str:
    net = money(record.net_profit_loss, record.currency, signed=True)
    undone = f"; undone {_when(record.undone_at, zone)}" if record.undone_at else ""
    return (
        f"{record.id}  {_when(record.imported_at, zone)}  {record.file_name} ({record.format}): "
        f"{count(record.trades, 'trade')}, net {net}; {record.duplicates:,} not added, "
        f"{count(record.rejected_rows, 'cell')} refused{undone}"
    )


def _check_line(check: Check) -> str:
    return f"{'ok' if check.ok else 'FAILED':<6}  {check.name:<10}  {check.words}"


def _when(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).strftime("%Y-%m-%d %H:%M")


# Out ----------------------------------------------------------------------------------------------------------


def _write_utf8() -> None:
    """Whatever the terminal's language: a file's odd characters must not end a command half-way."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _say(text: str) -> None:
    print(_printable(text))


def _complain(text: str) -> None:
    print(_printable(text), file=sys.stderr)


def _progress(doing: str) -> None:
    """What is being done, on one line that the next one replaces; only for people who watch."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{_printable(doing)} …", end="", file=sys.stderr, flush=True)


def _clear_progress() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _printable(text: str) -> str:
    """Without what would steer the terminal: names and cells come from other people's files."""
    return "".join(sign if sign.isprintable() or sign == "\n" else ascii(sign)[1:-1] for sign in text)

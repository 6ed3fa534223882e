"""`emotions`, `habits` and `risk`: what the journal shows, and how sure that is."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from mentor.analytics.plain import plain
from mentor.arguments import as_day
from mentor.cli.journals import existing, opened
from mentor.cli.output import say, say_json
from mentor.errors import NotFound
from mentor.i18n import evidence, risk
from mentor.i18n.language import _
from mentor.messages import message

if TYPE_CHECKING:
    from mentor.analytics.emotion_report import EmotionReport
    from mentor.analytics.habits import Habit


def describe(commands: Any) -> None:
    as_json = _("print codes and numbers as one JSON object")
    emotions = commands.add_parser("emotions", help=_("say what each emotion comes with, and how sure that is"))
    emotions.add_argument("--json", action="store_true", help=as_json)
    emotions.set_defaults(run=_emotions)
    habits = commands.add_parser("habits", help=_("say which habits the trades show, and how sure that is"))
    habits.add_argument("--json", action="store_true", help=as_json)
    habits.set_defaults(run=_habits)
    managed = commands.add_parser("risk", help=_("say how well the risk of a day's session was managed, from 1 to 10"))
    managed.add_argument("date", metavar="DATE", nargs="?", help=_("such as 2025-01-15 (default: today)"))
    managed.add_argument("--json", action="store_true", help=as_json)
    managed.set_defaults(run=_risk)


def _emotions(given: argparse.Namespace) -> int:
    from mentor.analytics import emotion_report  # heavy, and few commands need it

    with opened(existing(given), user_id=given.user) as journal:
        report, currency = journal.emotions(), journal.currency
    if given.json:
        say_json(emotion_report.as_json(report))
    else:
        _say_emotions(report, currency)
    return 0


def _say_emotions(report: EmotionReport, currency: str | None) -> None:
    say(evidence.coverage(report.coverage))
    for compared in (report.before, report.hindsight):
        if compared is report.hindsight and compared.emotions:
            say(_("Moods told during or after trading, or at an unknown moment; at most a hint:"))
        for cost in compared.emotions:
            told = evidence.verdict(cost, compared.baseline, report.unit, currency)
            say(f"{_(evidence.GRADES[cost.grade])}. {told}")


def _habits(given: argparse.Namespace) -> int:
    from mentor.analytics.habits.habit import strongest_first  # heavy, and few commands need it

    with opened(existing(given), user_id=given.user) as journal:
        found, currency = sorted(journal.habits(), key=strongest_first), journal.currency
    if given.json:
        say_json({"habits": plain(found)})
    else:
        for habit in found:
            _say_habit(habit, currency)
    return 0


def _say_habit(habit: Habit, currency: str | None) -> None:
    from mentor.i18n import habits as words

    if habit.missing is None:
        said = words.sentence(habit, currency)
    else:
        said = _("It takes {what}.", what=words.missing(habit))
    say(f"{_(words.WORDS[habit.id].topic)}. {words.verdict(habit)}. {said}")


def _risk(given: argparse.Namespace) -> int:
    with opened(existing(given), user_id=given.user) as journal:
        day = journal.today() if given.date is None else as_day(given.date, "DATE")
        session = journal.session(day)
        if session is None:
            raise NotFound(message("There is no session on {day}", day=day.isoformat()))
        score, stated = journal.risk_score(session.id), session.own_risk_score
    if given.json:
        say_json(
            {
                "session_id": session.id,
                "session_date": day.isoformat(),
                "score": score.score,
                "reason": plain(score.reason),
                "known_weight": round(score.known_weight, 10),
                "components": plain(score.components),
                "caps": list(score.caps),
                "self_assessed": stated,
            }
        )
        return 0
    say("\n".join(risk.lines(score)))
    if stated is not None:
        say(_("Stated for the session, not computed: {score}.", score=stated))
    return 0

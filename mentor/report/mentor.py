"""The mentor's report of a session: every rule's findings in their order, what to do next, and how it ends."""

from __future__ import annotations

from mentor import progress
from mentor.messages import message
from mentor.report.advice import advice, closing
from mentor.report.day_facts import Day
from mentor.report.finding import Finding, MentorReport
from mentor.report.known import Known
from mentor.report.ranking import ranked
from mentor.report.rules import CATALOGUE


def mentor_report(known: Known) -> MentorReport:
    """What can be said of a session; the same input gives the same report, byte for byte."""
    day = Day(known)
    found: tuple[Finding, ...] = ()
    for nth, rule in enumerate(CATALOGUE):
        progress.step(message("looking at the day"), nth, len(CATALOGUE))
        found = (*found, *rule.findings(day, found))
    findings = ranked(found)
    advised = advice(findings)
    return MentorReport(
        session_id=known.session.id,
        session_date=known.day,
        currency=known.preferences.currency,
        risk_score=known.score.score,
        findings=findings,
        advice=advised,
        closing=closing(day, findings, advised),
    )

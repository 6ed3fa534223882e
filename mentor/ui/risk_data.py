"""How well the risk of a session was managed, worked out beside the page, once a state of the journal.

Answers are shared by all visitors and must not be changed.
"""

from __future__ import annotations

from mentor.analytics.risk_score import RiskScore
from mentor.i18n.language import _
from mentor.ui import long_work


def of_session(session_id: int) -> RiskScore | None:
    """`None` until it is worked out; the page says so in its place."""
    asked = long_work.question("risk", (session_id,), lambda book: book.risk_score(session_id), lane="figures")
    return long_work.awaited(asked, _("Holding the day's risk against the days before it"))

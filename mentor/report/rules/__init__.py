"""The rules of the mentor: each looks at what was known of a day and says what it measured."""

from __future__ import annotations

from typing import Final

from mentor.report.rules import behaviour, course, moods, result, risk, together
from mentor.report.rules.seen import Rule

__all__ = ["CATALOGUE", "Rule"]

#: Every rule, in the order of a report where severities are the same; each knows what those before it found.
CATALOGUE: Final = (
    Rule("no_trades", 1, "session", "result", result.no_trades),
    Rule("result", 1, "session", "result", result.result),
    Rule("left_out", 1, "session", "result", result.left_out),
    Rule("stated", 1, "session", "result", result.stated),
    Rule("size_after_loss", 1, "session", "losses", behaviour.size_after_loss),
    Rule("past_losses", 1, "session", "losses", behaviour.past_losses),
    Rule("loss_beyond_risk", 1, "session", "risk", risk.loss_beyond_risk),
    Rule("risk_above_plan", 1, "session", "risk", risk.risk_above_plan),
    Rule("stop_missing", 1, "session", "risk", risk.stop_missing),
    Rule("pace_after_loss", 1, "session", "losses", behaviour.pace_after_loss),
    Rule("overtrading", 1, "session", "pace", behaviour.overtrading),
    Rule("large_lots", 1, "session", "risk", risk.large_lots),
    Rule("holding_losers", 1, "session", "pace", behaviour.holding_losers),
    Rule("broken_in_green", 1, "session", "process", together.broken_in_green),
    Rule("kept_in_red", 1, "session", "process", together.kept_in_red),
    Rule("risk_score", 1, "session", "risk", risk.score),
    Rule("mood", 1, "history", "mood", moods.mood),
    Rule("habit_again", 1, "history", "habit", together.habit_again),
    Rule("drawdown", 1, "history", "course", course.drawdown),
    Rule("record", 1, "history", "course", course.record),
    Rule("streak", 1, "history", "course", course.streak),
    Rule("mood_in_hindsight", 1, "session", "mood", moods.mood_in_hindsight),
    Rule("mood_missing", 1, "session", "mood", moods.mood_missing),
    Rule("setups", 1, "session", "result", result.setups),
    Rule("recent", 1, "recent", "course", course.recent),
    Rule("one_trade", 1, "session", "result", result.one_trade),
)

"""One concrete thing to do next, in the trader's own numbers, and the line a report ends with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from mentor.analytics.plain import Plain
from mentor.analytics.usual import USUAL_DAYS
from mentor.report.day_facts import Day
from mentor.report.finding import Advice, Finding, Severity
from mentor.report.rules.together import PROCESS

Numbers = dict[str, Plain]

_ASKING: Final = (Severity.ALARM, Severity.WARNING)
#: Parts of the risk score that say what to do by themselves.
_OF_SCORE: Final = ("stop", "size", "heat", "lots", "escalation")
#: What went well and is worth repeating, at most: a list of everything is no one thing.
_REPEATED: Final = 2


def advice(findings: Sequence[Finding]) -> tuple[Advice, ...]:
    """From the most severe finding that one can act on, in the order given; else what is worth repeating, if anything.

    Empty where nothing was measured that one could change or repeat.
    """
    asking = sorted((one for one in findings if one.severity is not Severity.GOOD), key=_severity)
    for finding in asking:
        if found := _asked(finding):
            return (found,)
    kept = [name for name in PROCESS if any(one.rule == name and one.severity is Severity.GOOD for one in findings)]
    low_score = any(one.rule == "risk_score" and one.severity in _ASKING for one in findings)
    if not kept or low_score:
        return ()
    return (Advice(id="carry_on", rule=kept[0], numbers={"kept": [*kept[:_REPEATED]]}),)


def closing(day: Day, findings: Sequence[Finding], advised: Sequence[Advice]) -> Advice:
    """One true sentence that follows from the findings and what was advised; the first that fits."""
    rules = {one.rule: one for one in findings}
    earlier = len(day.days)
    if not len(day.trades) and day.known.session.stated:
        return Advice(id="stated_only", rule="stated", numbers={})
    if not len(day.trades):
        return Advice(id="no_trades", rule="no_trades", numbers={"sessions": len(day.traded)})
    if not len(day.known.earlier):
        return Advice(id="first_day", rule="result", numbers={"days": USUAL_DAYS})
    if broken := rules.get("broken_in_green"):
        return Advice(id="green_broken", rule=broken.rule, numbers={})
    if kept := rules.get("kept_in_red"):
        return Advice(id="red_kept", rule=kept.rule, numbers={"kept": len(_list(kept.numbers["kept"]))})
    asking = [one for one in findings if one.severity in _ASKING]
    change = any(one.id != "carry_on" for one in advised)
    if asking and not change:
        return Advice(id="in_view", rule=asking[0].rule, numbers={"asking": len(asking)})
    if asking:
        return Advice(id="one_thing", rule=asking[0].rule, numbers={"asking": len(asking)})
    if earlier < USUAL_DAYS:
        return Advice(id="days_missing", rule="result", numbers={"days": USUAL_DAYS - earlier})
    if "mood" in rules:
        return Advice(id="mood_told", rule="mood", numbers={})
    if change:
        return Advice(id="no_warnings", rule=advised[0].rule, numbers={})
    return Advice(id="nothing_asks", rule="result", numbers={"findings": len(findings)})


def _severity(finding: Finding) -> int:
    return list(Severity).index(finding.severity)


def _asked(finding: Finding) -> Advice | None:
    """What a finding asks for; `None` where nothing can be done about it, or its numbers name nothing concrete."""
    make = _ADVICE.get(finding.rule)
    made = make(finding) if make else None
    return None if made is None else Advice(id=made[0], rule=finding.rule, numbers=made[1])


def _with(id_: str, *names: str) -> Callable[[Finding], tuple[str, Numbers] | None]:
    """Advice that takes these numbers of its finding over, if they are all known."""

    def made(finding: Finding) -> tuple[str, Numbers] | None:
        numbers = {name: finding.numbers.get(name) for name in names}
        return None if None in numbers.values() else (id_, numbers)

    return made


def _weakest(finding: Finding) -> tuple[str, Numbers] | None:
    """Of the risk score, only where the component says what to do by itself."""
    weakest = finding.numbers.get("weakest")
    return (f"score_{weakest}", {}) if finding.severity in _ASKING and weakest in _OF_SCORE else None


def _mood(finding: Finding) -> tuple[str, Numbers] | None:
    asks = finding.severity is Severity.WARNING
    return ("check_in_again", {"emotion": finding.numbers["emotion"]}) if asks else None


def _size(finding: Finding) -> tuple[str, Numbers] | None:
    """The lots before the first raise, not those before the largest."""
    level, symbol = finding.numbers.get("level"), finding.numbers.get("symbol")
    return None if level is None else ("same_lots_after_loss", {"symbol": symbol, "lots_before": level})


def _overtrading(finding: Finding) -> tuple[str, Numbers]:
    return "fewer_trades", {"most": int(_number(finding.numbers["limit"]))}


_ADVICE: Final[dict[str, Callable[[Finding], tuple[str, Numbers] | None]]] = {
    "size_after_loss": _size,
    "past_losses": _with("stop_after_losses", "limit"),
    "loss_beyond_risk": _with("keep_the_stop"),
    "risk_above_plan": _with("risk_at_most", "limit"),
    "stop_missing": _with("stop_price_first"),
    "pace_after_loss": _with("wait_after_loss", "usual"),
    "overtrading": _overtrading,
    "large_lots": _with("usual_lots", "symbol", "usual"),
    "holding_losers": _with("close_losers", "winners"),
    "risk_score": _weakest,
    "mood": _mood,
    "mood_in_hindsight": _with("check_in_first"),
    "mood_missing": _with("check_in_first"),
}


def _number(value: Plain) -> float:
    assert isinstance(value, (int, float)), "a number of a finding"
    return value


def _list(value: Plain) -> list[Plain]:
    assert isinstance(value, list), "a list of a finding"
    return value

"""Very different days, and exactly what the mentor sees in each; numbers are worked out by hand."""

from __future__ import annotations

import pytest

from mentor.models import RiskPlan
from mentor.report.finding import SHOWN
from tests.report.days import DAY, bot_trade, finding, report, rules, told, trade, usual_days

PLAN = RiskPlan(risk_percent=1.0, trades_a_day=4, stop_after_losses=2)
#: Eleven days from -30 to 70: median 20, and a tenth of them at most below -20 and above 60.
ELEVEN = usual_days(*range(-30, 80, 10), risk_percent=0.5)
CALM = told("tenang", "before")


def test_a_day_without_trades() -> None:
    made = report([], usual_days(1, 2))
    assert rules(made) == ["notice no_trades"]
    assert (made.advice, made.closing.id, made.closing.numbers) == ((), "no_trades", {"sessions": 2})
    assert (made.risk_score, made.session_date) == (None, DAY)


def test_one_trade() -> None:
    made = report([trade(5)], usual_days(-1, 2), checkins=[CALM])
    assert rules(made) == ["notice result", "notice risk_score", "notice mood", "notice one_trade"]
    assert finding(made, "result").numbers == {
        "net": 5.0,
        "trades": 1,
        "wins": 1,
        "losses": 0,
        "break_evens": 0,
        "missing_days": 8,
    }
    assert made.closing.id == "days_missing"


def test_green_and_disciplined() -> None:
    today = [trade(amount, at, risk_percent=0.5) for amount, at in ((10, "02:00"), (-5, "03:00"), (20, "04:00"))]
    made = report(today, ELEVEN, plan=PLAN, balance=10_000, checkins=[CALM])
    assert rules(made) == [
        "notice result",
        "notice mood",
        "notice streak",
        "good risk_above_plan",
        "good stop_missing",
        "good overtrading",
        "good risk_score",
    ]
    result = finding(made, "result")
    assert (result.numbers["net"], result.numbers["median"], result.numbers["place"]) == (25.0, 20.0, "within")
    assert (result.interval, result.n) == ((-20.0, 60.0), 11)
    assert [(one.id, one.numbers) for one in made.advice] == [
        ("carry_on", {"kept": ["risk_above_plan", "stop_missing"]})
    ]
    assert made.closing.id == "mood_told"


def test_green_and_reckless() -> None:
    """A profit changes nothing: five alarms, and the report says that the profit came with them."""
    today = [
        trade(-10, "02:00", risk_percent=0.5),
        trade(-20, "02:30", lot_size=0.2, risk_percent=1),
        trade(100, "02:45", lot_size=0.5, risk_percent=3),
    ]
    made = report(today, ELEVEN, plan=PLAN, balance=10_000)
    assert rules(made)[:SHOWN] == [
        "notice result",
        "alarm size_after_loss",
        "alarm risk_above_plan",
        "alarm large_lots",
        "alarm broken_in_green",
        "alarm risk_score",
        "notice mood_missing",
    ]
    size = finding(made, "size_after_loss")
    assert size.numbers == {
        "symbol": "EURUSD",
        "lots": 0.5,
        "lots_before": 0.2,
        "ratio": 2.5,
        "level": 0.1,
        "usual": 0.1,
        "raised": 2,
    }
    assert (size.n, size.trades) == (2, (13, 14))
    assert finding(made, "past_losses").numbers["after"] == 1
    assert finding(made, "broken_in_green").numbers["broken"] == [
        "size_after_loss",
        "past_losses",
        "risk_above_plan",
        "large_lots",
    ]
    assert (made.advice[0].id, made.advice[0].numbers) == (
        "same_lots_after_loss",
        {"symbol": "EURUSD", "lots_before": 0.1},
    ), "what was raised already is nothing to go back to"
    assert (made.closing.id, made.risk_score) == ("green_broken", 3)


def test_red_and_disciplined() -> None:
    """-40 of 10,220 and -45 of 10,180 at 0.5 % risk are -0.78 and -0.88 R; two losses, and the day ended there."""
    today = [trade(-40, "02:00", risk_percent=0.5), trade(-45, "03:00", risk_percent=0.5)]
    made = report(today, ELEVEN, plan=PLAN, balance=10_000, checkins=[CALM])
    assert rules(made) == [
        "notice result",
        "notice mood",
        "good past_losses",
        "good loss_beyond_risk",
        "good risk_above_plan",
        "good overtrading",
        "good kept_in_red",
        "good stop_missing",
        "good risk_score",
    ]
    assert finding(made, "result").numbers["place"] == "below"
    assert finding(made, "loss_beyond_risk").numbers["worst"] == pytest.approx(-45 / (0.005 * 10_180))
    kept = ["past_losses", "loss_beyond_risk", "risk_above_plan", "stop_missing", "overtrading"]
    assert finding(made, "kept_in_red").numbers == {"kept": kept}
    assert (made.advice[0].id, made.closing.id, made.risk_score) == ("carry_on", "red_kept", 10)


def test_red_and_tilted() -> None:
    today = [
        trade(-50, "02:00", risk_percent=0.5),
        trade(-60, "02:15", lot_size=0.2, risk_percent=1),
        trade(-300, "02:27", lot_size=0.4, risk_percent=2),
        trade(-310, "02:40", lot_size=0.4, risk_percent=6),
        trade(-310, "02:55", lot_size=0.4, risk_percent=6),
    ]
    made = report(today, ELEVEN, plan=PLAN, balance=10_000, checkins=[told("marah", "after", "05:00")])
    assert rules(made)[:SHOWN] == [
        "notice result",
        "alarm size_after_loss",
        "alarm past_losses",
        "alarm risk_above_plan",
        "alarm large_lots",
        "alarm risk_score",
        "notice mood_in_hindsight",
    ]
    past = finding(made, "past_losses")
    assert (past.numbers["after"], past.numbers["net"], past.trades) == (3, -920.0, (14, 15, 16))
    # 10,220 - 110 stood on the account when 300 were lost at 2 %.
    assert finding(made, "loss_beyond_risk").numbers == {"trades": 1, "worst": round(-300 / (0.02 * 10_110), 10)}
    fall = finding(made, "drawdown")
    assert (fall.severity, fall.numbers["money"], fall.numbers["share"]) == (
        "warning",
        1030.0,
        round(1030 / 10_220, 10),
    )
    assert finding(made, "overtrading").numbers["beyond"] == 1
    assert made.closing.id == "one_thing"


def test_the_first_day_ever() -> None:
    made = report([trade(-5), trade(4, "03:00")])
    assert rules(made) == ["notice result", "notice risk_score", "notice mood_missing"]
    assert finding(made, "result").numbers["missing_days"] == 10
    assert (made.advice[0].id, made.closing.id, made.closing.numbers) == ("check_in_first", "first_day", {"days": 10})


def test_a_record_is_stated_and_no_reason_for_praise() -> None:
    made = report([trade(500), trade(4, "03:00")], usual_days(*range(-10, 11)))
    record = finding(made, "record")
    assert (record.severity, record.numbers, record.n) == (
        "notice",
        {"kind": "highest", "net": 504.0, "before": 10.0},
        21,
    )
    streak = finding(made, "streak")
    assert streak.numbers == {"days": 11, "kind": "winning", "longest": 0, "record": True}
    assert "overtrading" not in [one.rule for one in made.findings], "one more than the usual one is no excess"


def test_no_record_before_twenty_days() -> None:
    made = report([trade(500)], usual_days(*range(-9, 10)))
    assert "record" not in [one.rule for one in made.findings]


def test_amounts_that_do_not_count_are_said_right_behind_the_result() -> None:
    made = report([trade(500, currency="IDR"), trade(4, "03:00"), trade(None, "04:00")], usual_days(1))
    assert rules(made)[:2] == ["notice result", "notice left_out"]
    assert finding(made, "result").numbers["net"] == 4.0
    left_out = finding(made, "left_out")
    assert left_out.numbers == {"other_currency": 1, "unreadable": 1, "beside": 0, "counted": 1}
    assert (left_out.n, left_out.trades) == (3, (2, 4))


def test_a_day_in_another_currency_has_no_result() -> None:
    made = report([trade(500, currency="IDR")], usual_days(1))
    assert rules(made)[0] == "notice left_out"
    assert "result" not in [one.rule for one in made.findings]


@pytest.mark.parametrize(("timing", "basis"), [("after", "later"), ("between", "later"), ("unknown", "unknown")])
def test_a_mood_told_after_explains_nothing(timing: str, basis: str) -> None:
    made = report([trade(-4), trade(5, "03:00")], checkins=[told("marah", timing, "06:00")])  # type: ignore[arg-type]
    hindsight = finding(made, "mood_in_hindsight")
    assert (hindsight.numbers, hindsight.grade) == ({"emotion": "marah", "basis": basis}, None)
    assert "mood" not in [one.rule for one in made.findings]
    assert made.advice[0].id == "check_in_first"


def test_a_mood_told_the_next_morning_was_not_known_that_day() -> None:
    """17:00 UTC is midnight in Jakarta."""
    made = report([trade(-4), trade(5, "03:00")], checkins=[told("marah", "after", "17:01")])
    assert "mood_missing" in [one.rule for one in made.findings]


def test_stated_totals_are_told_and_counted_nowhere() -> None:
    made = report([], usual_days(1), stated=True, total_trades=3, total_profit_loss=-12.5)
    assert rules(made) == ["notice stated"]
    assert finding(made, "stated").numbers == {"trades": 3, "net": -12.5, "alone": True}
    assert made.closing.id == "stated_only"
    both = report([trade(1), trade(2, "03:00")], stated_trades=5, stated_profit_loss=9.0)
    assert finding(both, "stated").numbers == {"trades": 5, "net": 9.0, "alone": False}
    assert finding(both, "result").numbers["net"] == 3.0


def test_a_thousand_trades_of_a_bot() -> None:
    """Nobody knows their times, stops or risk, and the number of them is what is usual."""
    made = report([bot_trade((-1) ** n * (n % 7)) for n in range(1000)], [[bot_trade(1)] * 900] * 11)
    assert rules(made) == [
        "notice result",
        "notice risk_score",
        "notice mood_missing",
        "good size_after_loss",
        "good kept_in_red",
    ]
    assert finding(made, "risk_score").numbers == {"score": None, "reason": "little_known"}
    assert finding(made, "result").numbers["trades"] == 1000
    assert finding(made, "size_after_loss").n == 428


def test_a_bot_among_the_trades_of_a_person_is_in_the_result_and_in_no_habit() -> None:
    today = [trade(-5, "02:00"), trade(3, "03:00"), *[bot_trade(1)] * 20]
    made = report(today, ELEVEN, plan=PLAN)
    assert finding(made, "result").numbers["net"] == 18.0
    assert finding(made, "overtrading").numbers["trades"] == 2
    assert finding(made, "overtrading").numbers["bots"] == 20


def test_days_in_another_currency_before_are_no_first_day() -> None:
    made = report([trade(-8), trade(3, "03:00")], usual_days(*[5000.0] * 5, currency="JPY"))
    assert (made.closing.id, made.closing.numbers) == ("days_missing", {"days": 10})


def test_what_asks_and_how_it_ends_agree() -> None:
    """A small thing to do is no warning, and a hard stretch is no thing to do."""
    small = report([trade(5), trade(-1, "03:00")], usual_days(*[1.0, 2.0] * 6))
    assert (small.advice[0].id, small.closing.id) == ("check_in_first", "no_warnings")
    fall = report([trade(-60)], usual_days(*[12.0] * 15, *[-25.0] * 7), balance=1000, checkins=[CALM])
    assert rules(fall)[1:3] == ["warning drawdown", "warning streak"]
    assert (fall.advice, fall.closing.id) == ((), "in_view")

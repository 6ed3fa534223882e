"""Single rules: when they speak, when they are silent, and what no order or unit may change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentor.analytics.emotion_report import EmotionReport
from mentor.analytics.habits import Habit
from mentor.analytics.inference import Grade
from mentor.models import Preferences, RiskPlan
from mentor.report.finding import SHOWN, Finding, MentorReport, Severity
from mentor.report.known import History, history_before, known_on
from mentor.report.mentor import mentor_report
from mentor.report.ranking import ranked
from mentor.report.rules import CATALOGUE
from tests.analytics.mood_journals import heavy_tailed, mixed
from tests.analytics.mood_journals import known as markets
from tests.analytics.mood_journals import report as emotions
from tests.report.days import (
    DAY,
    Row,
    bot_trade,
    finding,
    frame,
    known,
    moods,
    report,
    session,
    told,
    trade,
    usual_days,
)


def names(made: MentorReport) -> list[str]:
    return [one.rule for one in made.findings]


def paused(*minutes: int, amount: float = -1.0) -> list[Row]:
    """Trades of ten minutes with these pauses between them, all with one result."""
    begun, rows = 120, [trade(amount, "02:00")]
    for pause in minutes:
        begun += 10 + pause
        rows.append(trade(amount, f"{begun // 60:02}:{begun % 60:02}"))
    return rows


#: Ten days with pauses of 10 to 48 minutes: nine in ten last 12 minutes or longer, half 29.
PAUSES = [paused(10 + 4 * number, 12 + 4 * number, amount=1) for number in range(10)]


@pytest.mark.parametrize(("minutes", "severity"), [(11, "warning"), (12, None), (28, None), (29, "good")])
def test_pace_is_held_against_own_pauses(minutes: int, severity: str | None) -> None:
    made = report(paused(minutes), PAUSES)
    found = [one.severity for one in made.findings if one.rule == "pace_after_loss"]
    assert found == ([severity] if severity else [])


def test_pace_needs_ten_sessions_with_pauses() -> None:
    assert "pace_after_loss" not in names(report(paused(1), PAUSES[1:]))


def held(losers: int, winners: int) -> list[Row]:
    return [trade(side, minutes=length) for side, length in ((-1, losers), (1, winners)) for _ in range(2)]


def test_losers_are_held_longer_than_ever() -> None:
    made = report(held(60, 10), [held(10 + number, 10) for number in range(10)])
    found = finding(made, "holding_losers")
    assert (found.numbers["ratio"], found.numbers["losers"], found.numbers["usual"]) == (6.0, 3600.0, 1.45)
    assert "holding_losers" not in names(report(held(60, 10), [held(60 + number, 10) for number in range(10)]))
    assert "holding_losers" not in names(report(held(60, 10), [held(10, 10)] * 9))


def test_the_plan_comes_before_the_usual_number() -> None:
    today = [trade(1)] * 5
    assert finding(report(today, usual_days(*range(11))), "overtrading").severity == "warning"
    within = report(today, usual_days(*range(11)), plan=RiskPlan(trades_a_day=5))
    assert finding(within, "overtrading").severity == "good"
    beyond = report(today, plan=RiskPlan(trades_a_day=2))
    assert finding(beyond, "overtrading").severity == "alarm"


def test_what_came_beyond_is_not_summed_when_one_of_it_does_not_count() -> None:
    today = [trade(1), trade(1, "03:00"), trade(None, "04:00")]
    made = report(today, plan=RiskPlan(trades_a_day=2))
    assert finding(made, "overtrading").numbers["beyond_net"] is None


def test_a_stop_that_is_not_on_record_is_unknown_and_none_is_none() -> None:
    unknown = [trade(1, stop_price=None), trade(1, "03:00")]
    assert "stop_missing" not in names(report(unknown, usual_days(*range(9)))), "what is usual is not known yet"
    missing = finding(report(unknown, usual_days(*range(10))), "stop_missing")
    assert (missing.severity, missing.numbers["none"], missing.trades) == ("notice", 0, (11,))
    without = finding(report([trade(1, stop_price=0.0), trade(1, "03:00")]), "stop_missing")
    assert (without.severity, without.numbers["none"], without.numbers["usual"]) == ("warning", 1, None)


def test_after_a_losing_run_unknown_entries_stay_unknown() -> None:
    run = [trade(-1, f"0{hour}:00") for hour in (2, 3, 4)]
    assert finding(report(run), "past_losses").severity == "good"
    perhaps = finding(report([*run, {"profit_loss": 1.0}]), "past_losses")
    assert (perhaps.severity, perhaps.numbers["after"], perhaps.numbers["perhaps"]) == ("notice", 0, 1)
    assert finding(report([*run, trade(1, "05:00")]), "past_losses").severity == "warning"
    assert "past_losses" not in names(report([*run, trade(None, "05:00")]))


def test_lots_after_a_loss_that_stay_level_are_good() -> None:
    level = finding(report([trade(-1), trade(-1, "03:00"), trade(1, "04:00")]), "size_after_loss")
    assert (level.severity, level.n) == ("good", 2)
    raised = finding(report([trade(-1), trade(1, "03:00", lot_size=0.12)]), "size_after_loss")
    assert (raised.severity, raised.numbers["ratio"]) == ("notice", 1.2)


def test_the_weakest_part_of_the_score_is_the_one_that_reached_least() -> None:
    made = report([trade(-1), trade(1, "03:00", lot_size=0.2, stop_price=0.0)], usual_days(*range(10)))
    score = finding(made, "risk_score")
    assert (score.numbers["weakest"], score.numbers["weakest_value"]) == ("escalation", 0.0)
    assert score.numbers["median"] == 8.0


def test_streaks_and_drawdowns_are_told_in_proportion() -> None:
    days = usual_days(*[100.0] * 20, -10, -20)
    made = report([trade(-30), trade(0, "03:00")], days, balance=500)
    streak = finding(made, "streak")
    assert (streak.severity, streak.numbers["days"], streak.numbers["record"]) == ("warning", 3, True)
    # 60 of 2,500 is less than 5 %.
    assert "drawdown" not in names(made)
    deep = finding(report([trade(-770)], days, balance=500), "drawdown")
    assert (deep.severity, deep.numbers["money"], deep.numbers["share"]) == ("alarm", 800.0, 0.32)
    unknown = finding(report([trade(-770)], days), "drawdown")
    assert (unknown.severity, unknown.numbers["share"], unknown.numbers["deepest"]) == ("warning", None, 30.0)


def test_the_last_sessions_beside_those_before() -> None:
    days = usual_days(*[10.0] * 10, *[20.0] * 6)
    made = report([trade(30)], days, told_earlier=[(16, "tenang")], checkins=[told("tenang", "before")])
    recent = finding(made, "recent")
    assert (recent.numbers["window"], recent.numbers["earlier"], recent.scope) == (7, 10, "recent")
    assert (recent.numbers["result"], recent.numbers["result_before"]) == (20.0, 10.0)
    assert (recent.numbers["told"], recent.numbers["told_before"]) == (2, 0.0)
    assert "recent" not in names(report([trade(30)], days[1:]))


def test_results_in_another_currency_leave_a_gap_in_the_last_sessions() -> None:
    """A window of sessions is no window of days that could be added up."""
    days = usual_days(*[10.0] * 12, *[20.0] * 3) + usual_days(*[1.0] * 3, currency="JPY")
    numbers = finding(report([trade(30)], days), "recent").numbers
    assert (numbers["result"], numbers["result_before"]) == (None, None), "four of seven are too few"
    days = usual_days(*[10.0] * 12, *[20.0] * 4) + usual_days(*[1.0] * 2, currency="JPY")
    numbers = finding(report([trade(30)], days), "recent").numbers
    assert (numbers["result"], numbers["result_before"]) == (20.0, 10.0)


def test_size_is_usual_only_after_ten_sessions_and_advice_goes_back_to_before_the_first_raise() -> None:
    today = [trade(-1), trade(-1, "03:00", lot_size=0.2), trade(-1, "04:00", lot_size=0.5)]
    for earlier, usual in ((9, None), (10, 0.1)):
        made = report(today, usual_days(*range(earlier)))
        size = finding(made, "size_after_loss")
        assert (size.numbers["lots_before"], size.numbers["level"], size.numbers["usual"]) == (0.2, 0.1, usual)
        assert made.advice[0].numbers == {"symbol": "EURUSD", "lots_before": 0.1}


def test_a_low_score_and_a_kept_process_are_not_said_together() -> None:
    """12 % risk on every trade, everything else kept."""
    today = [trade(-90, risk_percent=12), trade(-95, "03:00", risk_percent=12)]
    made = report(today, usual_days(*range(11), risk_percent=12), balance=1000, checkins=[told("tenang", "before")])
    assert finding(made, "risk_score").severity == "alarm"
    assert "kept_in_red" not in names(made)
    assert (made.advice[0].id, made.closing.id) == ("score_size", "one_thing")


def test_a_low_score_is_never_asked_to_be_repeated() -> None:
    """Lots grow fivefold after a loss in another symbol, which no rule but the score looks at."""
    rows = [trade(3), trade(-5, "03:00", symbol="GBPUSD"), trade(4, "04:00", lot_size=0.5)]
    made = report(rows, checkins=[told("tenang", "before")])
    assert finding(made, "risk_score").severity == "alarm"
    assert [one.id for one in made.advice] == ["score_escalation"]


def test_a_score_is_good_only_where_enough_is_known_of_it() -> None:
    little = finding(report([trade(1)]), "risk_score")
    assert (little.numbers["score"], little.severity) == (8, "notice")
    known = [trade(1, risk_percent=0.5), trade(-1, "03:00", risk_percent=0.6), trade(2, "04:00", risk_percent=0.5)]
    assert finding(report(known, usual_days(1)), "risk_score").severity == "good"
    raised = [*known[:2], trade(2, "04:00", lot_size=0.3, risk_percent=0.5)]
    half = finding(report(raised, usual_days(*range(8), lot_size=0.3)), "risk_score")
    assert (half.numbers["score"], half.numbers["weakest"], half.severity) == (9, "escalation", "notice")


def test_trades_of_another_session_on_the_date_are_named() -> None:
    """The calendar adds both up, so a report of one must say that it is of one."""
    rows = frame([trade(5)], [[trade(-500)]])
    rows.loc[rows["session_id"] == 1, "session_date"] = pd.Timestamp(DAY)
    left_out = finding(of_frame(rows), "left_out")
    assert (left_out.numbers["beside"], left_out.numbers["counted"], left_out.trades) == (1, 1, ())


def test_best_and_worst_setup_need_two_that_differ() -> None:
    rows = [trade(5, strategy="a"), trade(-2, "03:00", strategy="b"), trade(1, "04:00", strategy="b")]
    setups = finding(report(rows), "setups")
    assert setups.numbers == {
        "kind": "strategy",
        "best": "a",
        "best_net": 5.0,
        "best_trades": 1,
        "worst": "b",
        "worst_net": -1.0,
        "worst_trades": 2,
    }
    assert "setups" not in names(report([trade(5, strategy="a"), trade(5, "03:00", strategy="b")]))


# Moods and habits ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def angry() -> EmotionReport:
    """Eighty sessions, half of them calm; angry ones lose a lot."""
    moods = mixed(80, 4, "marah")
    results = [float(one) - 500 * (mood == "marah") for one, mood in zip(heavy_tailed(80, 1), moods, strict=True)]
    return emotions(results, moods)


def with_mood(emotion: str, history: History) -> Finding:
    return finding(report([trade(1)], checkins=[told(emotion, "before")], history=history), "mood")


def test_a_mood_beside_what_it_meant_so_far(angry: EmotionReport) -> None:
    [cost] = [one for one in angry.emotions if one.emotion == "marah"]
    mood = with_mood("marah", History(emotions=angry))
    assert cost.result.pooled is not None
    assert mood.grade is cost.grade is Grade.STRONG
    assert mood.interval == (round(cost.result.pooled.low, 10), round(cost.result.pooled.high, 10))
    assert (mood.severity, mood.n) == ("warning", cost.n)
    assert mood.numbers["value"] == round(cost.result.pooled.value, 10)
    assert (mood.numbers["told_at"], mood.numbers["intensity"]) == ("2025-02-01T01:30:00+00:00", 3)


def test_moods_without_a_comparison(angry: EmotionReport) -> None:
    assert with_mood("tenang", History(emotions=angry)).numbers["known"] == "baseline"
    assert with_mood("takut", History(emotions=angry)).numbers["known"] == "first_time"
    assert with_mood("marah", History()).numbers["known"] == "not_asked"
    few = with_mood("marah", History(emotions=emotions([1, 2, 3], ["tenang", "marah", "marah"])))
    assert (few.grade, few.severity, few.numbers["sessions_missing"]) == (Grade.NOT_ENOUGH, "notice", 27)


def habit(grade: Grade, effect: float, **more: object) -> Habit:
    filled: dict[str, object] = {
        "id": "revenge_size",
        "opportunities": 90,
        "sessions": 40,
        "low": 1.2,
        "high": 1.6,
        "p_value": 0.01,
        "adjusted": 0.02,
        "unit": "ratio",
        "neutral": 1.0,
        "direction": 1,
        "trades": (),
        "missing": None,
        "exploratory": False,
        "chart": pd.DataFrame(),
    }
    return Habit(grade=grade, effect=effect, **filled | more)  # type: ignore[arg-type]


def test_a_habit_that_the_day_shows_again() -> None:
    today = [trade(-1), trade(1, "03:00", lot_size=0.2)]
    again = finding(report(today, history=History(habits=(habit(Grade.MODERATE, 1.4),))), "habit_again")
    assert (again.severity, again.n, again.interval, again.trades) == ("warning", 40, (1.2, 1.6), (2,))
    assert again.numbers["habit"] == "revenge_size"
    for other in (habit(Grade.NO_SIGN, 1.4), habit(Grade.STRONG, 0.7), habit(Grade.STRONG, 1.4, id="weekday")):
        assert "habit_again" not in names(report(today, history=History(habits=(other,))))
    level = [trade(-1), trade(-1, "03:00"), trade(1, "04:00")]
    assert "habit_again" not in names(report(level, history=History(habits=(habit(Grade.STRONG, 1.4),))))


@pytest.mark.parametrize(("result", "shows"), [(-9.0, True), (9.0, False)])
def test_a_habit_about_results_shows_only_in_a_loss(result: float, shows: bool) -> None:
    """Trades past three losses that won are no sign of being worse after losses."""
    rows = [*(trade(-1, f"0{hour}:00") for hour in (2, 3, 4)), trade(result, "05:00")]
    tilt = habit(Grade.STRONG, -0.4, id="tilt", unit="r", neutral=0.0, direction=-1)
    assert ("habit_again" in names(report(rows, history=History(habits=(tilt,))))) is shows


@pytest.mark.parametrize(("lots", "shows"), [(0.19, False), (0.2, True)])
def test_doubling_shows_only_in_doubled_lots(lots: float, shows: bool) -> None:
    rows = [trade(-1), trade(1, "03:00", lot_size=lots)]
    doubling = habit(Grade.STRONG, 3.0, id="martingale", unit="count", neutral=0.0)
    assert ("habit_again" in names(report(rows, history=History(habits=(doubling,))))) is shows


# What no order, later day or unit may change ------------------------------------------------------------------------

few = settings(max_examples=20)
DAYS = st.lists(
    st.lists(
        st.builds(
            lambda cents, hour, lots, strategy: trade(cents / 100, f"{hour:02}:00", lot_size=lots, strategy=strategy),
            st.integers(-10_000, 10_000),
            st.integers(0, 20),
            st.sampled_from([0.1, 0.2, 0.5]),
            st.sampled_from(["a", "b"]),
        ),
        min_size=1,
        max_size=6,
    ),
    min_size=1,
    max_size=24,
)


def of_frame(rows: pd.DataFrame, *, balance: float = 10_000) -> MentorReport:
    preferences = Preferences(timezone="Asia/Jakarta", currency="USD", starting_balance=balance)
    checkin = told("tenang", "before", "00:00")
    return mentor_report(
        known_on(
            session(),
            trades=rows,
            checkins=[checkin],
            moods=moods(checkin),
            preferences=preferences,
            history=History(),
        )
    )


@few
@given(DAYS)
def test_the_order_of_rows_changes_nothing(days: list[list[Row]]) -> None:
    rows = frame(days[0], days[1:])
    assert of_frame(rows.sample(frac=1, random_state=1)) == of_frame(rows)


@few
@given(DAYS)
def test_later_days_change_nothing(days: list[list[Row]]) -> None:
    rows = frame(days[0], days[1:])
    later = rows.assign(
        id=rows["id"] + 1000,
        session_id=rows["session_id"] + 1000,
        session_date=(rows["session_date"] + timedelta(days=400)).astype(rows["session_date"].dtype),
    )
    assert of_frame(pd.concat([rows, later])) == of_frame(rows)


@few
@given(DAYS, st.sampled_from([0.001, 16_000.0]))
def test_another_unit_of_money_changes_no_severity_and_no_order(days: list[list[Row]], times: float) -> None:
    rows = frame(days[0], days[1:])
    scaled = of_frame(rows.assign(profit_loss=rows["profit_loss"] * times), balance=10_000 * times)
    plain = of_frame(rows)
    assert [(one.rule, one.severity, one.trades) for one in scaled.findings] == [
        (one.rule, one.severity, one.trades) for one in plain.findings
    ]
    assert scaled.closing.id == plain.closing.id


def test_history_is_of_strictly_earlier_sessions_and_moods_known_by_then() -> None:
    rows = frame([trade(1)], usual_days(*range(12)))
    felt = moods(told("marah", "before"), earlier=[(1, "tenang"), (2, "marah")])
    late = felt.copy()
    late.loc[1, "recorded_at"] = pd.Timestamp("2025-02-01 17:00:01", tz="UTC")
    preferences = Preferences(timezone="Asia/Jakarta")
    for told_then, moods_known in ((felt, 2), (late, 1)):
        history = history_before(DAY, trades=rows, moods=told_then, markets=markets({}), preferences=preferences)
        assert history.emotions is not None
        assert (len(history.emotions.sessions), history.emotions.coverage.before) == (12, moods_known)


# The order of a report ----------------------------------------------------------------------------------------------


def seen(rule: str, severity: Severity) -> Finding:
    return Finding(rule=rule, version=1, severity=severity, scope="session", numbers={}, n=1)


def test_the_first_seven_are_of_different_topics() -> None:
    risky = ("loss_beyond_risk", "risk_above_plan", "stop_missing", "large_lots")
    found = [seen(rule, Severity.WARNING) for rule in (*risky, "size_after_loss", "past_losses", "pace_after_loss")]
    found += [seen("mood", Severity.NOTICE), seen("result", Severity.NOTICE), seen("overtrading", Severity.GOOD)]
    shown = [one.rule for one in ranked(found)[:SHOWN]]
    assert shown == [
        "result",
        "size_after_loss",
        "past_losses",
        "loss_beyond_risk",
        "risk_above_plan",
        "mood",
        "overtrading",
    ]
    assert sorted(one.rule for one in ranked(found)) == sorted(one.rule for one in found)


def test_no_alarm_waits_for_the_rest() -> None:
    alarms = [seen(rule.id, Severity.ALARM) for rule in CATALOGUE if rule.topic in ("risk", "losses")]
    found = [*alarms, seen("mood", Severity.NOTICE), seen("kept_in_red", Severity.GOOD)]
    assert all(one.severity is Severity.ALARM for one in ranked(found)[:SHOWN])


def test_the_same_day_gives_the_same_report() -> None:
    day = known([trade(-5), trade(4, "03:00")], usual_days(*range(15)), checkins=[told("ragu", "before")])
    assert mentor_report(day) == mentor_report(replace(day))


def test_every_rule_says_what_it_measures_and_on_how_much() -> None:
    for rule in CATALOGUE:
        assert " n: " in (rule.look.__doc__ or "").replace("\n    ", " "), rule.id


@pytest.mark.parametrize(("beside", "said"), [([], ["good"]), ([bot_trade(3)], [])])
def test_every_trade_has_its_stop_only_where_bots_state_theirs_too(beside: list[Row], said: list[str]) -> None:
    made = report([trade(5), trade(-5, "03:00"), *beside], usual_days(*range(1, 13)))
    assert [one.severity for one in made.findings if one.rule == "stop_missing"] == said


def test_what_was_measured_of_the_days_before_is_kept_for_the_next_report_but_not_of_other_trades() -> None:
    earlier = [
        *([trade(5, "02:00"), trade(-4, "03:00"), trade(3, "04:00"), trade(-2, "05:00")] for _ in range(12)),
        *([bot_trade(2, lot_size=7.0)] for _ in range(12)),
    ]
    by_hand, by_bot = [trade(-1, "02:00"), trade(9, "02:11", lot_size=0.4)], [bot_trade(-3, lot_size=7.0)]
    shared = History()
    for today in (by_hand, by_bot, by_hand):
        assert report(today, earlier, history=shared) == report(today, earlier, history=History())
    # With the day's trades a person's sessions are half of all or not: those of bots belong to the earlier ones or not.
    assert len({trades for _, trades in shared.measured}) == 2

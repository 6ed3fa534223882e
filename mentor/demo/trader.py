"""The invented trader: named habits, and the days, trades and moods drawn from them with a fixed seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from mentor.models import Side, Trade

_SEED: Final = 20250030
LAST_DAY: Final = date(2026, 10, 30)
SESSIONS: Final = 250
BALANCE: Final = 10_000.0
CURRENCY: Final = "USD"
ACCOUNT: Final = "1001"
BOT: Final = 7

#: Share of the balance risked on a trade, before the mood's factor; lots are rounded to 0.01.
RISK: Final = 0.0075
#: Commission for a round trip of one lot.
COMMISSION: Final = 6.0
STRATEGIES: Final = ("breakout", "pullback", "reversal")
#: Target over stop, each equally likely.
REWARDS: Final = (1.5, 2.0, 2.5)
#: Of the winning trades the rest is closed by hand below the target, of the losing ones above the stop.
WINS_AT_TARGET: Final = 0.6
LOSSES_AT_STOP: Final = 0.7
#: Trades whose stop, or whose target, nobody entered.
STOP_FORGOTTEN: Final = 0.08
TARGET_FORGOTTEN: Final = 0.10
#: Some days go well whatever the mood: standard deviation of the day's chance to win.
DAY_SPREAD: Final = 0.05
#: Median minutes a trade lasts, and their spread on the log scale (also of the pauses).
DURATION: Final = 17.0
TIME_SPREAD: Final = 0.5

#: Sessions whose mood was told before the first trade, and after the last; on the others it was forgotten.
TOLD_BEFORE: Final = 195
TOLD_AFTER: Final = 18
DAYS_WITH_BOT: Final = 100
NOTED_DAYS: Final = 0.35
MARKETS: Final = {"normal": 0.4, "trending": 0.2, "sideways": 0.15, "volatile": 0.15, "berita": 0.1}
NOTES: Final = (
    "Tidur cukup, mulai dengan rencana tertulis.",
    "Ada rilis data Amerika malam ini.",
    "Koneksi internet sempat putus.",
    "Hanya ambil setup yang sudah dikenal.",
    "Spread melebar di awal sesi.",
    "Trading dari kafe, agak ramai.",
    "Level kemarin masih jadi acuan.",
    "Baca ulang jurnal minggu lalu sebelum mulai.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How the trader trades in a mood: days with it, trades a day, factor on the risk, chance to win a trade."""

    days: int
    trades: float
    size: float
    wins: float


_ORDINARY: Final = Habit(days=60, trades=3.5, size=1.0, wins=0.43)
HABITS: Final = {
    "tenang": replace(_ORDINARY, days=80, wins=0.52),
    "netral": _ORDINARY,
    "serakah": Habit(days=40, trades=7.0, size=1.8, wins=0.22),
    "takut": replace(_ORDINARY, days=30),
    "frustasi": replace(_ORDINARY, days=25),
    "lelah": replace(_ORDINARY, days=15),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """The habits of every mood, and the median pause in minutes before the next trade."""

    habits: dict[str, Habit]
    pause_after_loss: float
    pause_after_win: float


TRADER: Final = Character(habits=HABITS, pause_after_loss=4.0, pause_after_win=16.0)
#: The same person without any effect: every mood trades alike, a loss changes nothing.
NULL_TRADER: Final = Character(
    habits={mood: replace(_ORDINARY, days=habit.days) for mood, habit in HABITS.items()},
    pause_after_loss=10.0,
    pause_after_win=10.0,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A market: `contract` units a lot; `stop` is the least and largest distance, `drift` a day's move, in price."""

    symbol: str
    start: float
    decimals: int
    contract: float
    stop: tuple[float, float]
    drift: float


GOLD: Final = Instrument(symbol="XAUUSD", start=3950.0, decimals=2, contract=100.0, stop=(6.0, 12.0), drift=18.0)
EURO: Final = Instrument(
    symbol="EURUSD", start=1.158, decimals=5, contract=100_000.0, stop=(0.0010, 0.0018), drift=0.003
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """What was told, and when (UTC)."""

    recorded_at: datetime
    emotion: str
    intensity: int
    market_conditions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One session: its local date, the mood it was traded in, and what was told of it."""

    date: date
    mood: str
    notes: str
    trades: tuple[Trade, ...]
    check_in: CheckIn | None


def invent(zone: ZoneInfo, *, null: bool = False) -> list[Day]:
    """The trader's days in order, at the hours of `zone`; the same for the same arguments, on any machine."""
    calm, coverage, market, own, robot = map(np.random.default_rng, np.random.SeedSequence(_SEED).spawn(5))
    character = NULL_TRADER if null else TRADER
    moods = _shuffled(calm, {mood: habit.days for mood, habit in character.habits.items()})
    told = _shuffled(coverage, {"before": TOLD_BEFORE, "after": TOLD_AFTER, "": SESSIONS - TOLD_BEFORE - TOLD_AFTER})
    with_bot = _shuffled(robot, {"bot": DAYS_WITH_BOT, "": SESSIONS - DAYS_WITH_BOT})
    desk, bot = _Desk(own, zone), _Desk(robot, zone)
    days = []
    for day, mood, when, helped in zip(_weekdays(), moods, told, with_bot, strict=True):
        trades = [*desk.trade_day(day, character, mood), *(bot.robot_day(day) if helped else ())]
        check_in = _check_in(market, mood, when, trades)
        notes = str(market.choice(NOTES)) if market.random() < NOTED_DAYS else ""
        days.append(Day(date=day, mood=mood, notes=notes, trades=tuple(trades), check_in=check_in))
        desk.sleep()
        bot.sleep()
    return days


class _Desk:
    """Where trades are made: knows the prices of the moment."""

    def __init__(self, rng: np.random.Generator, zone: ZoneInfo) -> None:
        self._rng = rng
        self._zone = zone
        self._prices = {instrument: instrument.start for instrument in (GOLD, EURO)}

    def sleep(self) -> None:
        """Until tomorrow prices move, and are drawn back a little to where they began."""
        for instrument, price in self._prices.items():
            pulled = 0.03 * (instrument.start - price)
            self._prices[instrument] = float(price + pulled + self._rng.normal(0, instrument.drift))

    def trade_day(self, day: date, character: Character, mood: str) -> Iterator[Trade]:
        """A day at the desk, one trade after the other."""
        habit = character.habits[mood]
        wins = habit.wins + self._rng.normal(0, DAY_SPREAD)
        now = self._at(day, time(13)) + timedelta(minutes=self._rng.uniform(0, 60))
        for _ in range(1 + self._rng.poisson(habit.trades - 1)):
            instrument = GOLD if self._rng.random() < 0.55 else EURO
            strategy = str(self._rng.choice(STRATEGIES))
            trade = self._trade(now, instrument, strategy, BALANCE * RISK * habit.size, wins)
            yield self._as_entered(trade)
            pause = character.pause_after_loss if _lost(trade) else character.pause_after_win
            now = _known(trade.exit_time) + self._minutes(pause)

    def robot_day(self, day: date) -> Iterator[Trade]:
        """The bot buys and sells gold in the evening, at ordinary odds and size, whatever its owner feels."""
        now = self._at(day, time(20)) + timedelta(minutes=self._rng.uniform(0, 30))
        for _ in range(1 + int(self._rng.random() < 0.4)):
            trade = self._trade(now, GOLD, "breakout", BALANCE * RISK, _ORDINARY.wins)
            yield replace(trade, bot_id=BOT)
            now = _known(trade.exit_time) + self._minutes(10.0)

    def _trade(self, entry_time: datetime, instrument: Instrument, strategy: str, risk: float, wins: float) -> Trade:
        tick, places = 10.0**-instrument.decimals, instrument.decimals
        side: Side = "long" if self._rng.random() < 0.5 else "short"
        sign = 1 if side == "long" else -1
        distance = round(float(self._rng.uniform(*instrument.stop)), places)
        entry = round(self._prices[instrument] + float(self._rng.normal(0, distance / 4)), places)
        lots = max(round(risk / (distance * instrument.contract), 2), 0.01)
        reward = float(self._rng.choice(REWARDS))
        units, how = self._outcome(reward, wins)
        slip = tick * int(self._rng.integers(0, 3)) if how == "stop" else 0.0
        exit_price = round(entry + sign * (units * distance - slip), places)
        fees = round(lots * COMMISSION, 2)
        self._prices[instrument] = exit_price
        return Trade(
            symbol=instrument.symbol,
            side=side,
            strategy_used=strategy,
            lot_size=lots,
            entry_time=_whole(entry_time),
            exit_time=_whole(entry_time + self._minutes(DURATION)),
            entry_price=entry,
            exit_price=exit_price,
            stop_price=round(entry - sign * distance, places),
            target_price=round(entry + sign * reward * distance, places),
            stop_loss_used=how == "stop",
            take_profit_used=how == "target",
            profit_loss=round(sign * (exit_price - entry) * lots * instrument.contract - fees, 2),
            fees=fees,
            risk_percent=round(100 * lots * distance * instrument.contract / BALANCE, 2),
            account=ACCOUNT,
            currency=CURRENCY,
            bot_id=0,
        )

    def _outcome(self, reward: float, wins: float) -> tuple[float, str]:
        """Result in units of the risk, before slippage and fees, and what ended the trade."""
        if self._rng.random() < wins:
            at_target = self._rng.random() < WINS_AT_TARGET
            return (reward, "target") if at_target else (self._rng.uniform(0.3, 0.9 * reward), "hand")
        at_stop = self._rng.random() < LOSSES_AT_STOP
        return (-1.0, "stop") if at_stop else (-self._rng.uniform(0.3, 0.9), "hand")

    def _as_entered(self, trade: Trade) -> Trade:
        """The trade as the trader wrote it down: now and then without its stop or target."""
        if self._rng.random() < STOP_FORGOTTEN:
            trade = replace(trade, stop_price=None, risk_percent=None, stop_loss_used=False)
        if self._rng.random() < TARGET_FORGOTTEN:
            trade = replace(trade, target_price=None, take_profit_used=False)
        return trade

    def _minutes(self, median: float) -> timedelta:
        return timedelta(minutes=median * float(np.exp(self._rng.normal(0, TIME_SPREAD))))

    def _at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, tzinfo=self._zone)


def _check_in(rng: np.random.Generator, mood: str, when: str, trades: list[Trade]) -> CheckIn | None:
    """What was told of a day; the same draws on a day when nothing was, so that coverage changes nothing else."""
    minutes, intensity = timedelta(minutes=rng.uniform(5, 50)), int(rng.integers(2, 6))
    condition = str(rng.choice(list(MARKETS), p=list(MARKETS.values())))
    if not when:
        return None
    first, last = _known(trades[0].entry_time), max(_known(trade.exit_time) for trade in trades)
    told = first - minutes if when == "before" else last + minutes
    return CheckIn(recorded_at=_whole(told), emotion=mood, intensity=intensity, market_conditions=condition)


def _weekdays() -> list[date]:
    """The last trading days up to `LAST_DAY`: Monday to Friday without Christmas and New Year."""
    days: list[date] = []
    day = LAST_DAY
    while len(days) < SESSIONS:
        if day.weekday() < 5 and (day.month, day.day) not in {(12, 25), (1, 1)}:
            days.append(day)
        day -= timedelta(days=1)
    return days[::-1]


def _shuffled(rng: np.random.Generator, counts: dict[str, int]) -> list[str]:
    """Every word as often as it says, in random order."""
    return [str(word) for word in rng.permutation(np.repeat(list(counts), list(counts.values())))]


def _lost(trade: Trade) -> bool:
    return trade.profit_loss is not None and trade.profit_loss < 0


def _known(moment: datetime | None) -> datetime:
    assert moment is not None, "an invented trade knows its times"
    return moment


def _whole(moment: datetime) -> datetime:
    """As the file holds it: whole seconds."""
    return moment.replace(microsecond=0)

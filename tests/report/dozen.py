"""A dozen very different days in one journal, written on the days themselves, for tests of reports to keep and take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from mentor import Journal
from mentor.models import RiskPlan, Trade

#: What a trader may write or call things: none of it may ever be more than text.
HOSTILE: Final = (
    "<script>alert(1)</script> =cmd()|'/c calc'!A1 [x](http://evil.example/) **b** "
    "\u202e123 \u0633\u0644\u0627\u0645 🙂"
)
SYMBOL: Final = "<img src=x> =cmd() | `x` \u202e12 \u0633\u0644\u0627\u0645 🙂"
#: Days of January 2025 and the net results of their trades, one every ten minutes from 09:00 Jakarta.
RESULTS: Final[dict[int, tuple[float, ...]]] = {
    6: (100.0,),
    7: (50.0, 60.0, -20.0),
    8: (-40.0, -40.0, -40.0, -40.0, 20.0),
    9: (),
    10: (0.0, 0.0),
    13: (900.0, -10.0),
    14: (-700.0,),
    15: (10.0,) * 60,
    16: (25.0, -25.0),
    17: (-30.0, -30.0, 200.0),
    20: (-55.5, 12.25),
    21: (33.0, 44.0, -11.0),
}
DAYS: Final = tuple(f"2025-01-{day:02}" for day in RESULTS)
_EMOTIONS: Final = ("tenang", "serakah", "frustasi", "netral", "galau <b>")


@dataclass
class Clock:
    """Stands where it is put."""

    now: datetime = datetime(2025, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@contextmanager
def a_dozen_days(folder: Path, days: int = len(RESULTS)) -> Iterator[Journal]:
    """The journal at the end of the last of the first `days` days."""
    clock = Clock()
    journal = Journal.open(folder / f"{days}.db", timezone="Asia/Jakarta", now=clock)
    plan = RiskPlan(risk_percent=1.0, trades_a_day=3, stop_after_losses=3)
    journal.save_preferences(replace(journal.preferences(), currency="IDR", risk_plan=plan))
    for number, (day, results) in enumerate(list(RESULTS.items())[:days]):
        _live(journal, clock, day, results, _EMOTIONS[number % len(_EMOTIONS)])
    yield journal
    journal.close()


def _live(journal: Journal, clock: Clock, day: int, results: tuple[float, ...], emotion: str) -> None:
    """One day as it goes: a mood, trades, a second mood, notes."""
    opening = datetime(2025, 1, day, 2, tzinfo=UTC)
    clock.now = opening - timedelta(minutes=10)
    journal.check_in(emotion, intensity=1 + day % 5, note=HOSTILE)
    clock.now = opening + timedelta(minutes=10 * len(results) + 60)
    for number, result in enumerate(results):
        journal.add_trade(_trade(opening + timedelta(minutes=10 * number), result, number))
    journal.check_in("lelah")
    journal.update_notes(clock.now, HOSTILE)


def _trade(entry: datetime, result: float, number: int) -> Trade:
    return Trade(
        symbol=("EURUSD", "XAUUSD", SYMBOL)[number % 3],
        profit_loss=result,
        lot_size=0.1 * (1 + number % 4),
        side="long",
        entry_time=entry,
        exit_time=entry + timedelta(minutes=8),
        stop_price=None if number % 2 else 1.08,
        risk_percent=0.5 * (1 + number % 3),
        strategy_used="breakout" if number % 2 else None,
    )

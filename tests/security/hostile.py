"""A journal whose every word was chosen to do harm: markup, links, formulas, SQL, in whatever reads it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from mentor import Journal
from tests.foreign import ForeignClient

#: Stands in every hostile word: what is drawn must hold it as text, and in no element that markup made.
MARK: Final = "hx"
HTML: Final = (
    '<b>hx</b><img src="https://evil.test/i.png" onerror="window.hacked=1"><script>window.hacked=2</script>'
    '<a href="javascript:window.hacked=3">hx</a><svg onload="window.hacked=4"></svg>'
)
MARKDOWN: Final = (
    "**hx** _hx_ ~~hx~~ `hx` [hx](https://evil.test/x) ![hx](https://evil.test/y.png) <https://evil.test/z> "
    "https://evil.test/auto www.evil.test hx@evil.test [hx](javascript:window.hacked=5) &lt;hx&gt; &#104;x"
)
DIRECTIVES: Final = (
    ":red[hx] :red-background[hx] :blue-badge[hx] :small[hx] :material/skull: :skull: $hx^2$ $$hx$$ -> --"
)
FORMULA: Final = '=HYPERLINK("https://evil.test","hx")'
SQL: Final = "hx'); DROP TABLE daily_trading_data; --"
CHART: Final = '<a href="https://evil.test/c">hx</a><br><b>hx</b> %{x} %{customdata[0]} {hx} {0}'
LINES: Final = "# hx\n\n- hx\n1. hx\n\n> hx\n\n    hx\n\n|hx|hx|\n|-|-|\n|1|2|\n\n<hr>\n\nhx\n==="
WORDS: Final = (HTML, MARKDOWN, DIRECTIVES, FORMULA, SQL, CHART, LINES)
DAYS: Final = 45

_SESSION: Final = (
    "INSERT INTO trading_sessions (id, session_date, emotions, market_conditions, personal_notes, risk_score) "
    "VALUES (?, ?, ?, ?, ?, ?)"
)
_TRADE: Final = (
    "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size, entry_time, exit_time, side, "
    "strategy_used, account, notes, external_id, fees, stop_price, entry_price, created_at) "
    "VALUES (?, 7, ?, ?, ?, ?, ?, 'long', ?, ?, ?, ?, 0.5, 1, 2, ?)"
)
_MOOD: Final = (
    "INSERT INTO mood_checkins (session_id, recorded_at, emotion, intensity, market_conditions, note, source) "
    "VALUES (?, ?, ?, 3, ?, ?, ?)"
)
_REPORT: Final = (
    "INSERT INTO ai_mentor_reports (session_id, trading_patterns_analysis, emotional_analysis, "
    "risk_management_score, recommendations, motivation_message, language) VALUES (?, ?, ?, ?, ?, ?, ?)"
)


def fill(path: Path) -> None:
    """Make the journal at `path`, up to today; what Mentor would refuse is written by another program."""
    with Journal.open(path, timezone="Asia/Jakarta") as journal:
        last = journal.today()
        journal.commit_import(journal.plan_import((f"{HTML}.csv", _csv())))
    client = ForeignClient()
    try:
        client.open(path)
        client.run("BEGIN")
        for number in range(DAYS):
            _day(client, last - timedelta(days=number), number)
        client.run("UPDATE imports SET file_name = ?, account = ?", [HTML + MARKDOWN, DIRECTIVES])
        client.run("UPDATE bots SET name = ?", [HTML])
        names = json.dumps(dict(zip(WORDS, (*WORDS[1:], WORDS[0]), strict=True)))
        client.run("INSERT OR REPLACE INTO settings (key, value) VALUES ('account_names', ?)", [names])
        client.run("COMMIT")
    finally:
        client.close()


def _csv() -> bytes:
    """A file that Mentor reads: its first trade is a month before the others."""
    return b"symbol,side,lots,open time,close time,profit\nEURUSD,buy,0.1,2024-11-01 08:00:00,2024-11-01 09:00:00,5\n"


def _day(client: ForeignClient, on: date, number: int) -> None:
    def word(shift: int) -> str:
        return WORDS[(number + shift) % len(WORDS)]

    day, session = on.isoformat(), 1000 + number
    mood = ("tenang", "takut", word(1))[number % 3]
    client.run(_SESSION, [session, day, mood, word(2), "\n".join(WORDS), 5 if number % 2 else word(3)])
    for trade in range(4):
        opened, closed = f"{day} 0{2 + trade}:10:00", f"{day} 0{2 + trade}:50:00"
        result = (number * 7 + trade * 13) % 41 - 18.5
        row: list[Any] = [session, word(trade), result, 0.1 * (trade + 1), opened, closed, word(trade + 1)]
        client.run(_TRADE, [*row, word(trade + 2), f"{word(trade + 3)} #hx", f"{word(0)}{session}-{trade}", closed])
    client.run(_MOOD, [session, f"{day} 01:30:00", mood, word(4), word(5), word(6)])
    client.run(_MOOD, [session, f"{day} 03:00:00", word(6), word(5), word(4), word(3)])
    reported = json.dumps({HTML: 0.5, word(1): word(2)})
    client.run(_REPORT, [session, reported, word(1), word(2), json.dumps([word(3), word(4)]), word(5), word(6)])

"""All trades into typed frames, against the bare fetch of the same columns; and the next view after one new trade."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.journals import Journals
from benchmarks.ratio import Ratio
from benchmarks.servers import mentor
from benchmarks.visitors import visitor

LOAD_BAR, REFRESH_BAR, TURNS = 1.5, 0.1, 5
#: Of the dashboard; before each all that the last one set going has ended.
VIEWS: Final = 3
#: Another program's trade, in the session that has most: the dearest place to put one.
NEW_TRADE: Final = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1], timeout=20) as connection:
    connection.execute('''INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size)
        SELECT session_id, 7, 'EURUSD', 12.5, 0.1 FROM daily_trading_data
        GROUP BY session_id ORDER BY count(*) DESC LIMIT 1
    ''')
connection.close()
"""
_BARE = """
import json, sys, time
import adbc_driver_sqlite.dbapi
COLUMNS = '''id, session_id, symbol, side, strategy_used, account, currency, bot_id, import_id, entry_time, exit_time,
    created_at, profit_loss, fees, lot_size, risk_percent, stop_price, stop_loss_used, take_profit_used'''
with adbc_driver_sqlite.dbapi.connect(sys.argv[1]) as connection, connection.cursor() as cursor:
    cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": str(2**30)})
    begun = time.perf_counter()
    cursor.execute(f"SELECT {COLUMNS} FROM daily_trading_data")
    rows = cursor.fetch_arrow_table().num_rows
    print(json.dumps(dict(trades=rows, first=time.perf_counter() - begun)))
"""
_OURS = """
import json, subprocess, sys, time
from mentor.journal import Journal
from mentor.storage import trades
def seconds():
    begun = time.perf_counter()
    count = len(journal.trades())
    return count, time.perf_counter() - begun
journal = Journal.open(sys.argv[1])
count, first = seconds()
later = []
for turn in range(int(sys.argv[2])):
    subprocess.run([sys.executable, "-c", sys.argv[3], sys.argv[1]], check=True)
    now, spent = seconds()
    assert now == count + turn + 1, "the new trade must be seen"
    later.append(spent)
print(json.dumps(dict(trades=count, first=first, later=later)))
"""


def ratios(journals: Journals) -> Iterator[Ratio]:
    """The shortest of three loads in processes of their own, taken in turn; later views are the median of some."""
    journal = journals.copy(journals.of(journals.sizes[-1]))
    bare, ours = [], []
    for _ in range(3):
        bare.append(_run(_BARE, str(journal)))
        ours.append(_run(_OURS, str(journal), str(TURNS), NEW_TRADE))
    fetch, load = (min(float(turn["first"]) for turn in turns) for turns in (bare, ours))
    words = f"{ours[0]['trades']:,} trades in {load:.2f} s, the bare fetch {fetch:.2f} s"
    yield Ratio(name="first load", value=load / fetch, bar=LOAD_BAR, words=words)
    later = median(spent for turn in ours for spent in turn["later"])
    words = f"frames {later * 1000:.0f} ms after another program's trade in the busiest session"
    yield Ratio(name="after one new trade, frames", value=later / load, bar=REFRESH_BAR, words=words)
    rerun = asyncio.run(_dashboard(journal))
    words = f"the page stands again after {rerun * 1000:.0f} ms, what is still worked out said to be of before"
    yield Ratio(name="after one new trade, dashboard", value=rerun / load, bar=REFRESH_BAR, words=words)


async def _dashboard(journal: Path) -> float:
    """Reruns of an open dashboard, each after a new trade; its figures may be of before, `live` waits for the new."""
    spent = []
    with mentor(journal) as server:
        async with visitor(server.port) as looking:
            await looking.view_to_the_end()
            for _ in range(VIEWS):
                await looking.settle()
                subprocess.run([sys.executable, "-c", NEW_TRADE, str(journal)], check=True)
                spent.append((await looking.wait_for_change()).seconds)
    return median(spent)


def _run(program: str, *words: str) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-c", program, *words], check=True, stdout=subprocess.PIPE)
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured

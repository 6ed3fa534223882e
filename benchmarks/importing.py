"""Import of a generic file, all checks on, against DuckDB reading it typed and a bulk insert into the same schema.

Each side runs in a process of its own that reports its seconds, its memory when idle and its peak.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.ratio import Ratio

SLOWDOWN_BAR, MEMORY_BAR = 3.0, 6.0

_MEASURED = """
import json, resource, sys, time
{setup}
idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
trades = {work}
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps(dict(trades=trades, seconds=seconds, kilobytes=peak - idle)))
"""
_OURS = (
    """
from pathlib import Path
from mentor.journal import Journal
from mentor import import_desk
import mentor.importing
journal = Journal.open(Path(sys.argv[2]), timezone="Asia/Jakarta")
""",
    "journal.commit_import(journal.plan_import(Path(sys.argv[1]))).trades",
)
#: The least that any import has to do.
_BARE = (
    """
import adbc_driver_sqlite.dbapi, duckdb, pyarrow
from mentor.journal import Journal
Journal.open(sys.argv[2], timezone="Asia/Jakarta").close()
SQL = '''INSERT INTO daily_trading_data (session_id, external_id, symbol, side, lot_size, entry_time, entry_price,
         exit_time, exit_price, fees, profit_loss, bot_id) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)'''
def bare():
    query = duckdb.sql(f'''SELECT Ticket, Symbol, Type, Volume,
        strftime("Open Time", '%Y-%m-%d %H:%M:%S'), "Open Price",
        strftime("Close Time", '%Y-%m-%d %H:%M:%S'), "Close Price", Commission, Profit
        FROM read_csv('{sys.argv[1]}')''')
    rows = query.to_arrow_table().combine_chunks()
    with adbc_driver_sqlite.dbapi.connect(sys.argv[2]) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'daily_trading_data'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("INSERT OR IGNORE INTO bots (id, name) VALUES (0, 'by hand')")
        cursor.execute("INSERT INTO trading_sessions (session_date) VALUES ('2024-01-02')")
        cursor.executemany(SQL, rows)
        connection.commit()
    return rows.num_rows
""",
    "bare()",
)


def ratios(rows: int) -> Iterator[Ratio]:
    """Time against the bare reading and insert, and peak memory above idle against the size of the file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "trades.csv"
        written(rows).to_csv(file, index=False)
        size = file.stat().st_size
        bare = min((_run(_BARE, file, Path(folder) / f"bare{turn}.db") for turn in range(3)), key=_seconds)
        ours = min((_run(_OURS, file, Path(folder) / f"ours{turn}.db") for turn in range(3)), key=_seconds)
    words = f"{ours['trades']:,} trades in {ours['seconds']:.1f} s, the bare way {bare['seconds']:.1f} s"
    yield Ratio(name="import, time", value=ours["seconds"] / bare["seconds"], bar=SLOWDOWN_BAR, words=words)
    used = ours["kilobytes"] * 1024
    words = f"{used / 2**20:,.0f} MB above idle for a file of {size / 2**20:,.0f} MB"
    yield Ratio(name="import, memory", value=used / size, bar=MEMORY_BAR, words=words)


def written(rows: int) -> pd.DataFrame:
    """Invented closed trades of four years, with tickets, costs and both times."""
    random = np.random.default_rng(20240102)
    opened = pd.Timestamp("2021-01-04") + pd.to_timedelta(np.sort(random.integers(0, 126_000_000, rows)), unit="s")
    price = random.uniform(1.05, 1.25, rows).round(5)
    moved = random.normal(0, 0.001, rows).round(5)
    return pd.DataFrame(
        {
            "Ticket": np.arange(10_000_000, 10_000_000 + rows),
            "Symbol": random.choice(["EURUSD", "GBPUSD", "XAUUSD", "US30"], rows),
            "Type": random.choice(["buy", "sell"], rows),
            "Volume": random.choice([0.01, 0.1, 0.5, 1.0], rows),
            "Open Time": opened.strftime("%Y-%m-%d %H:%M:%S"),
            "Open Price": price,
            "Close Time": (opened + pd.to_timedelta(random.integers(60, 40_000, rows), unit="s")).strftime(
                "%Y-%m-%d %H:%M:%S"
            ),
            "Close Price": (price + moved).round(5),
            "Commission": -0.07,
            "Profit": (moved * 10_000).round(2),
        }
    )


def _run(side: tuple[str, str], file: Path, journal: Path) -> dict[str, Any]:
    setup, work = side
    program = _MEASURED.format(setup=setup, work=work)
    done = subprocess.run([sys.executable, "-c", program, str(file), str(journal)], check=True, capture_output=True)
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def _seconds(measured: dict[str, Any]) -> float:
    return float(measured["seconds"])

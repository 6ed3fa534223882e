"""From the command to a healthy server, against an empty Streamlit app."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.ratio import Ratio
from benchmarks.servers import ROOT, STREAMLIT, empty, running

BAR, TURNS = 3.0, 4
WAYS = {
    "streamlit run app.py": (*STREAMLIT, "--server.port"),
    "python -m mentor serve": ("-m", "mentor", "serve", "--port"),
}


def ratios() -> Iterator[Ratio]:
    """The shortest of some starts each, taken in turn."""
    plain: list[float] = []
    spent: dict[str, list[float]] = {name: [] for name in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        journal = {"MENTOR_DATABASE": str(Path(folder) / "journal.db")}
        for _ in range(TURNS):
            with empty("import streamlit as st\n\nst.title('Empty')\n") as server:
                plain.append(server.seconds)
            for name, command in WAYS.items():
                with running(ROOT, command, journal) as server:
                    spent[name].append(server.seconds)
    for name, seconds in spent.items():
        words = f"healthy after {min(seconds):.2f} s, an empty app after {min(plain):.2f} s"
        yield Ratio(name=f"start, {name}", value=min(seconds) / min(plain), bar=BAR, words=words)

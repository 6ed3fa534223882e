"""Servers in processes of their own: Mentor on a journal, and the empty Streamlit page it is held against."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
STREAMLIT: Final = ("-m", "streamlit", "run", "app.py", "--server.headless=true", "--server.address=127.0.0.1")
#: As many points as the dashboard's curve is thinned to, made anew in every run, as one does in an app of a few lines.
PAGE_WITH_CHART: Final = """
import numpy as np, pandas as pd, plotly.graph_objects as go, streamlit as st
st.title("Empty")
when = pd.date_range("2021-01-04", periods=1000, freq="D")
st.plotly_chart(go.Figure(go.Scatter(x=when, y=np.random.default_rng(1).normal(size=1000).cumsum())))
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers, and the seconds from its command until it did."""

    port: int
    seconds: float


@contextmanager
def mentor(journal: Path) -> Iterator[Server]:
    """`streamlit run app.py` on this journal."""
    with running(ROOT, (*STREAMLIT, "--server.port"), {"MENTOR_DATABASE": str(journal)}) as server:
        yield server


@contextmanager
def empty(page: str = PAGE_WITH_CHART, *, collects: bool = True) -> Iterator[Server]:
    """An app of a single page, started the same way.

    Most of its time goes to the garbage that Streamlit collects after each run; `collects=False` forgoes that.
    """
    spared = () if collects else ("--runner.postScriptGC=false",)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "app.py").write_text(page)
        with running(Path(folder), (*STREAMLIT, *spared, "--server.port")) as server:
            yield server


@contextmanager
def running(place: Path, words: tuple[str, ...], variables: Mapping[str, str] | None = None) -> Iterator[Server]:
    """The command on a free port, which it is told last, until it answers and as long as it is needed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begun, quiet = time.perf_counter(), subprocess.DEVNULL
    process = subprocess.Popen(
        [sys.executable, *words, str(port)],
        cwd=place,
        env={**os.environ, **(variables or {})},
        stdout=quiet,
        stderr=quiet,
    )
    try:
        _wait(process, port)
        yield Server(port, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    while True:
        if process.poll() is not None:
            raise SystemExit(f"{process.args!r} ended")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=20):
                return
        except urllib.error.URLError:
            time.sleep(0.01)

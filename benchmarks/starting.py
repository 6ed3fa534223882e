"""From the command to a healthy server, against an empty Streamlit app."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from benchmarks.ratio import Ratio

ROOT = Path(__file__).resolve().parents[1]
BAR, TURNS = 3.0, 4
STREAMLIT = ("-m", "streamlit", "run", "app.py", "--server.headless=true", "--server.address=127.0.0.1")


def ratios() -> Iterator[Ratio]:
    """The shortest of some starts each, taken in turn."""
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder)
        (empty / "app.py").write_text("import streamlit as st\n\nst.title('Empty')\n")
        os.environ["MENTOR_DATABASE"] = str(empty / "journal.db")
        ways = {
            "streamlit run app.py": (ROOT, (*STREAMLIT, "--server.port")),
            "python -m mentor serve": (ROOT, ("-m", "mentor", "serve", "--port")),
        }
        spent: dict[str, list[float]] = {name: [] for name in ("empty", *ways)}
        for _ in range(TURNS):
            for name, (place, words) in {"empty": (empty, (*STREAMLIT, "--server.port")), **ways}.items():
                spent[name].append(_start(place, words))
    least = min(spent["empty"])
    for name in ways:
        value = min(spent[name])
        words = f"healthy after {value:.2f} s, an empty app after {least:.2f} s"
        yield Ratio(name=f"start, {name}", value=value / least, bar=BAR, words=words)


def _start(place: Path, words: tuple[str, ...]) -> float:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begun = time.perf_counter()
    quiet = subprocess.DEVNULL
    server = subprocess.Popen([sys.executable, *words, str(port)], cwd=place, stdout=quiet, stderr=quiet)
    try:
        while True:
            if server.poll() is not None:
                raise SystemExit(f"{' '.join(words)} ended")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=20):
                    return time.perf_counter() - begun
            except urllib.error.URLError:
                time.sleep(0.01)
    finally:
        server.terminate()
        server.wait(timeout=20)

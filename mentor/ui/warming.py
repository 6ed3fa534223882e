"""Loads what every page needs once the server answers, and spares it from every later collection."""

from __future__ import annotations

import atexit
import gc
import threading
from typing import Final

_LOADING: Final[list[threading.Thread]] = []


def begin() -> None:
    """Start loading; the server is healthy meanwhile."""
    _LOADING.append(threading.Thread(target=_load, name="warming", daemon=True))
    _LOADING[-1].start()


def wait() -> None:
    """Until all is loaded: a page that imports at the same time could meet a half-made module."""
    for loading in _LOADING:
        loading.join()


def _load() -> None:
    import mentor.charts.calendar
    import mentor.charts.day
    import mentor.charts.emotions
    import mentor.charts.equity

    mentor.charts.theme.empty("warm").to_json()
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)

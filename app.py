"""The server: `streamlit run app.py` starts the dashboard on this machine."""

from __future__ import annotations

import atexit
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from mentor import logs
from mentor.api.middleware import Edge
from mentor.api.routes import routes
from mentor.ui import failures


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, object]]:
    """Load what every page needs before the first visitor, and spare it from every later collection."""
    import mentor.charts.calendar
    import mentor.charts.day
    import mentor.charts.emotions
    import mentor.charts.equity
    import mentor.journal

    logs.begin(failures.request_id)
    mentor.charts.theme.empty("warm").to_json()
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)
    yield {}


edge = Middleware(Edge, hosts=lambda: st.get_option("server.allowedHosts"))
app = st.App(
    "mentor/ui/main.py", lifespan=lifespan, routes=routes(), middleware=[edge], on_script_error=failures.shown
)

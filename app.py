"""The server: `streamlit run app.py` starts the dashboard on this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from mentor import logs
from mentor.api.middleware import Edge
from mentor.api.routes import routes
from mentor.settings import database_path
from mentor.ui import failures, warming


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, object]]:
    """What every page needs is loaded while the server answers already."""
    from mentor import daily

    logs.begin(failures.request_id)
    warming.begin()
    with daily.copies(database_path()):
        yield {}


edge = Middleware(Edge, hosts=lambda: st.get_option("server.allowedHosts"))
app = st.App("mentor/ui/main.py", lifespan=lifespan, routes=routes(), middleware=[edge], on_script_error=failures.shown)

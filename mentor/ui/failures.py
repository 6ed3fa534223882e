"""What a visitor sees where a page broke: our words and where to look, never how our program looks inside."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mentor.i18n.language import _
from mentor.logs import REQUEST_ID
from mentor.ui.plain import plain


def request_id() -> str | None:
    """The request that opened the page being drawn; the server named it (`mentor/api/middleware.py`)."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    named = st.context.headers.get("X-Request-Id") or ""
    return named if REQUEST_ID.fullmatch(named) else None


def shown(_error: Exception) -> bool:
    """Stand in for Streamlit's own words; the log has the whole story by now."""
    said = _(
        "Something broke while this page was drawn. What was stored stays stored. Reload the page; if it breaks again, "
        "the program's log says why, under {request}.",
        request=request_id() or "-",
    )
    st.error(plain(said), icon=":material/error:")
    return True

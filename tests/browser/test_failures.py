"""A page that breaks: the visitor reads our words and an id, the log has the story under it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.contracts.code import ROOT
from tests.servers import running

pytestmark = pytest.mark.browser

BROKEN = """
import streamlit as st
st.title("Broken")

@st.fragment
def part():
    if st.button("Go on"):
        raise RuntimeError("hush, a password")

part()
if st.query_params.get("whole"):
    raise LookupError("hush, a password")
"""


@pytest.mark.parametrize("whole", [True, False], ids=["page", "fragment"])
def test_a_visitor_sees_no_trace(whole: bool, page: Page, tmp_path: Path) -> None:
    """The server's own `app.py` with another script behind it."""
    (tmp_path / "broken.py").write_text(BROKEN)
    app = tmp_path / "app.py"
    app.write_text((ROOT / "app.py").read_text().replace('"mentor/ui/main.py"', repr(str(tmp_path / "broken.py"))))
    with running(tmp_path, str(app)) as server:
        page.goto(f"{server.url}/{'?whole=1' if whole else ''}")
        if not whole:
            page.get_by_role("button", name="Go on").click()
        told = page.get_by_text("Something broke while this page was drawn.").first
        expect(told).to_be_visible()
        [named] = re.findall(r"under ([\w-]{8,64})\.", told.inner_text())
        for word in ("hush", "Traceback", "Error", ".py", str(tmp_path)):
            assert word not in page.inner_text("body")
    lines = [line for line in server.log.read_text().splitlines() if "hush" in line]
    assert lines, "the log has it"
    assert all(f" ERROR {named} " in line and "Traceback" in line for line in lines)

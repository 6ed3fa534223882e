"""The content policy lets the installed Streamlit's own page work, and no other inline script."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import streamlit

from mentor.api.middleware import HEADERS, STREAMLIT_SCRIPT


def test_the_scripts_of_streamlits_page_are_the_ones_allowed() -> None:
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    inline = [body for tag, body in re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL) if "src=" not in tag]
    digests = {"sha256-" + base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() for body in inline}
    assert digests == {STREAMLIT_SCRIPT}
    assert "'unsafe-eval'" not in HEADERS["Content-Security-Policy"]
    scripts = HEADERS["Content-Security-Policy"].split("script-src ")[1].split(";")[0]
    assert "unsafe-inline" not in scripts

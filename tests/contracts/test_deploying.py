"""`docs/deploying.md`: what stands there to be copied is understood by whoever reads it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mentor.cli.parser import command_parser
from tests.contracts.code import ROOT

PAGE = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    """The code block of this kind."""
    [found] = re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


def test_systemd_takes_the_service(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze") or pytest.skip("no systemd here")
    unit = tmp_path / "mentor.service"
    # The program and its user are not on this machine.
    unit.write_text(
        block("ini service").replace("/opt/mentor/.venv/bin/python", sys.executable).replace("=mentor\n", "=bin\n")
    )
    done = subprocess.run([verify, "verify", str(unit)], capture_output=True, text=True, timeout=60)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "mentor.service" in line]) == (0, [])


def test_every_command_is_one(tmp_path: Path) -> None:
    named = re.findall(r"-m mentor ([a-z]+(?: [^\s`|&]+)*?)(?= *(?:`|$|&&|2>>))", PAGE, re.MULTILINE)
    assert {line.split()[0] for line in named} == {"serve", "backup", "doctor", "restore"}
    for line in named:
        words = [str(tmp_path / "file") if "FILE" in word or "/" in word else word for word in line.split()]
        assert command_parser().parse_args(words).run


def test_the_proxies_pass_what_the_server_needs() -> None:
    caddy, nginx = block("caddy"), block("nginx")
    for proxy in (caddy, nginx):
        assert "journal.example.com" in proxy
        assert "http://127.0.0.1:8501" in proxy or "reverse_proxy 127.0.0.1:8501" in proxy
        assert proxy.count("{") == proxy.count("}")
    assert "client_max_body_size 300m" in nginx
    assert re.search(r"maxUploadSize = 300\b", (ROOT / ".streamlit" / "config.toml").read_text())
    assert "--allow-host journal.example.com" in block("ini service")

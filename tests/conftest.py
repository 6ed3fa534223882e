"""Shared fixtures: a fresh journal on a fixed clock, and another program on its file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from mentor import Journal
from tests.foreign import ForeignClient

# The same examples in every run, and no clock: a busy machine is no fault of the code.
settings.register_profile("mentor", deadline=None, derandomize=True)
settings.load_profile("mentor")

#: 15:00 in Jakarta on a Wednesday.
NOW = datetime(2025, 1, 15, 8, 0, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(tmp_path / "journal.db", timezone="Asia/Jakarta", now=lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture
def foreign() -> Iterator[ForeignClient]:
    client = ForeignClient()
    yield client
    client.close()

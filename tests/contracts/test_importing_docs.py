"""Every format that can be read is explained: where to click, what is read, what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from mentor.importing.formats import FORMATS, Format

GUIDE = (Path(__file__).parents[2] / "docs" / "importing.md").read_text("utf-8")


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.id)
def test_a_registered_format_has_its_section(form: Format) -> None:
    assert f"`{form.id}`" in GUIDE


def test_ids_are_plain_and_unique() -> None:
    ids = [form.id for form in FORMATS]
    assert len(set(ids)) == len(ids)
    assert all(name == name.lower() and " " not in name for name in ids)

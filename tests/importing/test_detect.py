"""Exactly one format claims a file, by its content; rivals are named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mentor.errors import ImportRefused, InvalidArgument
from mentor.importing import detect
from mentor.importing.formats import FORMATS
from mentor.importing.source import open_source
from tests.importing.files import GOOD, HEADER, SHARED, read
from tests.importing.test_metatrader4 import BUY, row, statement
from tests.importing.test_metatrader5 import BUY as POSITION
from tests.importing.test_metatrader5 import as_csv, as_html, as_workbook, rows
from tests.importing.test_tradingview import NEW, NEW_TRADE


def document(content: bytes) -> detect.Document:
    return detect.open_document(open_source(("any.name", content)))


def test_the_name_of_a_file_says_nothing() -> None:
    assert read(statement(row(BUY)), name="trades.csv").format == "metatrader4"
    assert read(HEADER + GOOD, name="statement.htm").format == "closed_trades"


def test_every_format_refuses_the_samples_of_the_others() -> None:
    report = rows([POSITION])
    samples = [
        ("metatrader4", statement(row(BUY)).encode()),
        *(("metatrader5", write(report)) for write in (as_html, as_workbook, as_csv)),
        ("tradingview", (NEW + NEW_TRADE).encode()),
        ("closed_trades", (HEADER + GOOD).encode()),
    ]

    for own, content in samples:
        claiming = [form.id for form in FORMATS if form.claims(document(content)) and not form.generic]
        assert claiming == [own] * (own != "closed_trades")
        assert detect.claimant(document(content)).id == own


def test_rivals_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    first = next(form for form in FORMATS if form.id == "metatrader4")
    monkeypatch.setattr(detect, "FORMATS", (*FORMATS, replace(first, id="other", title="Another statement")))

    with pytest.raises(ImportRefused, match=r"MetaTrader 4 statement .*; Another statement"):
        detect.claimant(document(statement(row(BUY)).encode()))


def test_an_unknown_page_says_what_was_seen_and_what_can_be_read() -> None:
    with pytest.raises(ImportRefused) as refused:
        read("<html><body><table><tr><td>Order history</td></tr></table></body></html>")

    assert "'Order history'" in str(refused.value)
    assert all(form.title in str(refused.value) for form in FORMATS)


@pytest.mark.parametrize(
    ("name", "value"), [("date_order", "dym"), ("multipliers", {"ES": 0}), ("multipliers", {"ES": float("nan")})]
)
def test_options_that_make_no_sense(name: str, value: object) -> None:
    with pytest.raises(InvalidArgument):
        read(HEADER + GOOD, **{name: value})


def refusal(path: Path) -> tuple[str, str] | None:
    try:
        read(path.read_bytes(), name=path.name)
    except ImportRefused as error:
        return path.name, str(error)
    return None


def test_no_shared_sample_crashes() -> None:
    files = [path for path in sorted(SHARED.glob("*/*")) if path.is_file()]
    if not files:
        pytest.skip("the shared samples are not there")
    refused = [error for path in files if (error := refusal(path)) is not None]

    assert 0 < len(refused) < len(files)
    assert all(path_name in sentence for path_name, sentence in refused)

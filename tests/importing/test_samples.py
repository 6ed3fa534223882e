"""Every sample export is read by the one format that claims it, and comes to what was worked out by hand.

An expectation stands in `samples/<broker>/<name>.json`: beside the file itself where we wrote it, else it names one of
the shared samples. Keys: `format`, `trades`, `net`, `fees` (null: none stated), `open`, `rejected`, `asked` (kinds of
questions), `refused` (part of the sentence when the whole file is), `options`, and `items`: for each trade named there,
by place, the values that matter.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mentor.errors import ImportRefused
from mentor.i18n import gather
from mentor.importing.detect import document_of, read_file
from mentor.importing.formats import FORMATS
from mentor.importing.plan import ImportPlan
from mentor.importing.reading import DayRule, Reading
from mentor.models import ImportOptions

HERE = Path(__file__).parent / "samples"
SHARED = Path(__file__).parents[3] / "shared" / "samples"
#: Formats whose samples are written inside their tests.
ELSEWHERE = ("metatrader4", "metatrader5", "tradingview", "closed_trades")
EXPECTATIONS = sorted(HERE.rglob("*.json"))
SHARED_SAMPLES = sorted(path for path in SHARED.rglob("*") if path.is_file() and path.name != "MANIFEST.csv")


def _sample(expectation: Path, shared: str | None) -> Path:
    if shared is None:
        return next(path for path in expectation.parent.glob(f"{expectation.stem}.*") if path.suffix != ".json")
    found = SHARED / shared
    if not found.is_file():
        pytest.skip("the shared samples are not beside this clone")
    return found


@pytest.mark.parametrize("expectation", EXPECTATIONS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_sample_comes_to_what_was_worked_out(expectation: Path) -> None:
    expected: dict[str, Any] = json.loads(expectation.read_text("utf-8"))
    sample = _sample(expectation, expected.pop("shared", None))
    options = ImportOptions(**expected.pop("options", {}))
    day_rule = DayRule(zone=ZoneInfo(expected.pop("journal_zone", "Asia/Jakarta")))
    expected.pop("why", None)
    if "refused" in expected:
        with pytest.raises(ImportRefused, match=expected["refused"]):
            read_file(sample, day_rule=day_rule, options=options)
        return
    reading = read_file(sample, day_rule=day_rule, options=options)
    assert _seen(reading, expected) == expected


def _seen(reading: Reading, expected: dict[str, Any]) -> dict[str, Any]:
    """What a reading says of everything that is expected."""
    plan = ImportPlan(reading=reading, status=reading.trades["line"].map(lambda _: "new"))
    told = plan.as_json(include_trades=True)
    seen = {
        "format": told["format"],
        "trades": told["trades"],
        "net": _cents(told["net_profit_loss"]),
        "fees": _cents(told["fees"]),
        "currency": told["currency"],
        "open": told["open_positions"],
        "ignored": told["ignored_rows"],
        "zone": told["source_timezone"],
        "rejected": len(told["rejected"]),
        "reasons": sorted({row["reason"] for row in told["rejected"]}),
        "asked": sorted(question["kind"] for question in told["questions"]),
        "items": {
            place: {name: told["items"][int(place)].get(name) for name in item}
            for place, item in expected.get("items", {}).items()
        },
    }
    return {name: seen[name] for name in expected}


def _cents(amount: float | None) -> float | None:
    return None if amount is None else round(amount, 8)


def test_every_format_has_a_sample_of_our_own() -> None:
    shown = {
        json.loads(path.read_text("utf-8")).get("format")
        for path in EXPECTATIONS
        if "shared" not in json.loads(path.read_text("utf-8"))
    }
    assert {form.id for form in FORMATS} - {"not_trades", *ELSEWHERE} <= shown


@pytest.mark.parametrize("sample", SHARED_SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem[-40:]}")
def test_at_most_one_format_claims_a_sample(sample: Path) -> None:
    try:
        document = document_of(sample)
    except ImportRefused:
        return
    claiming = [form.id for form in FORMATS if not form.generic and form.claims(document)]
    assert len(claiming) <= 1, claiming


@pytest.mark.parametrize("expectation", EXPECTATIONS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_all_that_is_told_of_a_sample_can_be_said_in_another_language(expectation: Path) -> None:
    known = {forms[0] if isinstance(forms, tuple) else forms for forms in (entry.id for entry in gather.read("en"))}
    expected: dict[str, Any] = json.loads(expectation.read_text("utf-8"))
    sample = _sample(expectation, expected.get("shared"))
    options = ImportOptions(**expected.get("options", {}))
    try:
        reading = read_file(sample, day_rule=DayRule(zone=ZoneInfo("Asia/Jakarta")), options=options)
    except ImportRefused as error:
        told = [error.what, *filter(None, [error.todo])]
    else:
        asked = [question.about for question in reading.questions if question.kind != "multiplier"]
        told = [*reading.notices, *asked, *(rejection.reason for rejection in reading.rejected)]
    templates = [getattr(words, "template", words) for words in told]
    assert [template for template in templates if template not in known] == []

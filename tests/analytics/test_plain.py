"""Results as JSON knows them."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from mentor.analytics.inference import Grade
from mentor.analytics.plain import plain


@dataclass(frozen=True)
class Inner:
    grade: Grade
    value: float

    @property
    def known(self) -> bool:
        return math.isfinite(self.value)


@dataclass(frozen=True)
class Outer:
    parts: tuple[Inner, ...]
    missing: None
    named: dict[str, int]


def test_values_become_what_json_knows() -> None:
    found = plain(Outer((Inner(Grade.HINT, math.nan), Inner(Grade.STRONG, 0.5)), None, {"a": 1}))
    assert found == {
        "parts": [{"grade": "hint", "value": None, "known": False}, {"grade": "strong", "value": 0.5, "known": True}],
        "missing": None,
        "named": {"a": 1},
    }
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_frames_become_rows() -> None:
    frame = pd.DataFrame(
        {
            "day": pd.Series(["2025-01-02", None], dtype="datetime64[s]"),
            "at": pd.Series(["2025-01-02 08:00", None], dtype="datetime64[us, UTC]"),
            "word": pd.Series(["x", None], dtype="str"),
            "n": [1, 2],
            "ok": [True, False],
            "amount": [math.inf, 1.5],
        }
    )
    assert plain(frame) == [
        {"day": "2025-01-02", "at": "2025-01-02T08:00:00+00:00", "word": "x", "n": 1, "ok": True, "amount": None},
        {"day": None, "at": None, "word": None, "n": 2, "ok": False, "amount": 1.5},
    ]


def test_numbers_of_numpy_are_numbers() -> None:
    assert plain((np.int64(3), np.float64(0.5), np.bool_(True), np.array([1.0, np.nan]))) == [3, 0.5, True, [1.0, None]]


def test_what_has_no_form_is_a_mistake() -> None:
    with pytest.raises(AssertionError, match="no form"):
        plain(object())

"""The frames keep their declared columns and dtypes also without rows."""

from __future__ import annotations

import pandas as pd

from mentor.analytics.frames import MOOD_DTYPES, TRADE_DTYPES, empty_moods, empty_trades


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    return frame.dtypes.astype(str).to_dict()


def test_the_empty_frames_have_the_declared_dtypes() -> None:
    assert dtypes(empty_trades()) == TRADE_DTYPES
    assert dtypes(empty_moods()) == MOOD_DTYPES
    assert len(empty_trades()) == len(empty_moods()) == 0


def test_an_empty_category_is_one_of_text() -> None:
    assert empty_trades()["symbol"].cat.categories.dtype == "str"

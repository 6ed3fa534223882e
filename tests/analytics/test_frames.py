"""The frames keep their declared columns and dtypes also without rows."""

from __future__ import annotations

import pandas as pd
import pytest

from mentor.analytics.frames import MOOD_DTYPES, TRADE_DTYPES, TRADE_ORDER, empty_moods, empty_trades, ordered
from tests.analytics.frame_builders import trade_rows


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    return frame.dtypes.astype(str).to_dict()


def test_the_empty_frames_have_the_declared_dtypes() -> None:
    assert dtypes(empty_trades()) == TRADE_DTYPES
    assert dtypes(empty_moods()) == MOOD_DTYPES
    assert len(empty_trades()) == len(empty_moods()) == 0


def test_an_empty_category_is_one_of_text() -> None:
    assert empty_trades()["symbol"].cat.categories.dtype == "str"


@pytest.mark.parametrize("shuffled", [None, 1, 2, 3])
def test_trades_are_ordered_by_day_close_and_id_the_unknown_last(shuffled: int | None) -> None:
    rows = trade_rows(
        {"id": number, "session_id": 1, "session_date": day, "closed_at": closed}
        for number, (day, closed) in enumerate(
            [("2025-01-01", None), ("2025-01-01", "2025-01-01 09:00"), ("2025-01-02", "2025-01-01 08:00"), (None, None)]
            * 3
        )
    )
    expected = rows.sort_values(list(TRADE_ORDER), kind="stable", ignore_index=True)
    given = expected if shuffled is None else rows.sample(frac=1, random_state=shuffled)
    pd.testing.assert_frame_equal(ordered(given), expected)

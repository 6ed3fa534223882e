"""Which mood labels a session, on what basis, and what stays unrecorded."""

from __future__ import annotations

import math

from mentor.analytics.emotions import Coverage, MoodGroup, labels, mood_results
from mentor.analytics.frames import MOOD_SESSION_DTYPES, empty_moods, empty_trades
from tests.analytics.frame_builders import moods, trade_rows, trades


def labelled(*rows: tuple[int, str, str, str | None]) -> list[tuple[int, str, str]]:
    return list(labels(moods(*rows)).itertuples(index=False, name=None))


def test_the_last_check_in_before_the_first_entry_labels_a_session() -> None:
    assert labelled(
        (1, "tenang", "before", "2025-01-01 08:00"),
        (1, "takut", "before", "2025-01-01 08:30"),
        (1, "marah", "between", "2025-01-01 10:00"),
        (1, "frustasi", "after", "2025-01-01 18:00"),
    ) == [(1, "takut", "before")]


def test_a_mood_told_later_or_at_an_unknown_time_is_shown_apart() -> None:
    assert labelled(
        (1, "marah", "between", "2025-01-01 10:00"),
        (1, "frustasi", "after", "2025-01-01 18:00"),
        (2, "serakah", "unknown", None),
        (3, "serakah", "unknown", None),
        (3, "takut", "after", "2025-01-01 18:00"),
    ) == [(1, "frustasi", "later"), (2, "serakah", "unknown"), (3, "takut", "later")]


def test_results_are_grouped_by_basis_and_emotion_and_covered() -> None:
    results = mood_results(
        trade_rows(
            [
                {"session_id": 1, "profit_loss": 10.0},
                {"session_id": 1, "profit_loss": -4.0},
                {"session_id": 2, "profit_loss": -20.0},
                {"session_id": 3, "profit_loss": 5.0},
                {"session_id": 4, "profit_loss": 1.0},
                {"session_id": 5, "profit_loss": math.nan},
            ]
        ),
        moods(
            (1, "tenang", "before", "2025-01-01 08:00"),
            (2, "tenang", "before", "2025-01-02 08:00"),
            (3, "tenang", "after", "2025-01-03 18:00"),
            (5, "takut", "before", "2025-01-05 08:00"),
            (99, "takut", "before", "2025-01-09 08:00"),
        ),
    )
    assert results.groups == (
        MoodGroup(emotion="tenang", basis="before", sessions=2, trades=3, net=-14.0, mean=-7.0, winning_sessions=1),
        MoodGroup(emotion="tenang", basis="later", sessions=1, trades=1, net=5.0, mean=5.0, winning_sessions=1),
    )
    assert results.coverage == Coverage(sessions=4, before=2, later=1, unknown=0)
    assert results.coverage.unrecorded == 1
    assert results.sessions["emotion"].isna().tolist() == [False, False, False, True]


def test_a_word_we_do_not_know_is_a_group_of_its_own() -> None:
    results = mood_results(trades(3.0), moods((1, "euforia <b>", "unknown", None)))
    assert [(group.emotion, group.basis) for group in results.groups] == [("euforia <b>", "unknown")]


def test_nothing_recorded_is_not_neutral() -> None:
    results = mood_results(trades(3.0, 4.0), empty_moods())
    assert results.groups == ()
    assert results.coverage == Coverage(sessions=2, before=0, later=0, unknown=0)


def test_an_empty_journal() -> None:
    results = mood_results(empty_trades(), empty_moods())
    assert results.sessions.dtypes.astype(str).to_dict() == MOOD_SESSION_DTYPES
    assert results.coverage == Coverage(sessions=0, before=0, later=0, unknown=0)

"""Every broker's words for an option come to one spelling."""

from __future__ import annotations

import pytest

from mentor.importing.option_names import find_option, spelled


@pytest.mark.parametrize(
    "text",
    [
        "ACX   260619C00200000",
        "-ACX260619C200",
        ".ACX260619C200",
        "ACX 06/19/2026 200.00 C",
        "ACX 6/19/2026 Call $200.00",
        "Option Expiration for ACX 6/19/2026 Call $200.00",
        "CALL ACX    06/19/26   200.000",
        "CALL ACX 06/19/26 200 ACX CORP OPEN CONTRACT",
        "YOU SOLD OPENING TRANSACTION CALL (ACX) ACX CORP JUN 19 26 $200 (100 SHS) (Cash)",
        "ACX Jun 19 '26 $200 Call",
        "ACX 100 19 JUN 26 200 CALL",
        "ACX 100 (Weeklys) 19 JUN 26 200 CALL",
    ],
)
def test_one_option_has_one_name(text: str) -> None:
    option = find_option(text)

    assert option is not None
    assert spelled(option) == "ACX 2026-06-19 200 C"


@pytest.mark.parametrize(
    "text",
    ["ACX", "ACX CORP COM", "ACX CORP CASH DIV ON 100 SHS", "CALL PROCEEDS", "ACX 13/45/2026 200 C", "PUT 2026", ""],
)
def test_other_words_are_no_option(text: str) -> None:
    assert find_option(text) is None


def test_strikes_keep_their_decimals() -> None:
    option = find_option("PUT MDX 07/17/26 1,312.500")

    assert option is not None
    assert spelled(option) == "MDX 2026-07-17 1312.5 P"

"""Reasons keep what they say on their way through columns of text."""

from __future__ import annotations

import pandas as pd
import pytest

from mentor.i18n import language
from mentor.i18n.language import _
from mentor.importing import told
from mentor.messages import Message


def test_a_reason_comes_out_of_a_column_as_the_sentence_that_went_in() -> None:
    kinds, coins = pd.Series(["deposit", None, "staking"], dtype="str"), pd.Series(["BTC", "ETH", "{x}"], dtype="str")
    column = told.in_column(told.COINS, kinds, coins)
    assert column.fillna("").tolist() == [
        "a deposit of BTC changed this position; enter this trade by hand",
        "",
        "a staking of {x} changed this position; enter this trade by hand",
    ]
    first, last = told.out_of_column(column[0]), told.out_of_column(column[2])
    assert (first, last) == (column[0], column[2])
    with language.spoken("id"):
        assert _(first) == "deposit BTC mengubah posisi ini; masukkan trade ini manual"
        assert _(last) == "staking {x} mengubah posisi ini; masukkan trade ini manual"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "“Stock Split” changed this position outside trading; enter this trade by hand",
            "“Stock Split” mengubah posisi ini di luar trading; masukkan trade ini manual",
        ),
        (
            str(told.NAMELESS_EVENT),
            "baris tanpa keterangan mengubah posisi ini di luar trading; masukkan trade ini manual",
        ),
        (
            "a stock split on 2024-06-10 changed this position; enter this trade by hand",
            "stock split pada 2024-06-10 mengubah posisi ini; masukkan trade ini manual",
        ),
        ("has an action that is not known: Gift", "aksinya tidak dikenal: Gift"),
        ("belongs to a position that a corporate action changed, enter it by hand: A\nB", None),
    ],
)
def test_known_sentences_are_said_in_another_language(text: str, said: str | None) -> None:
    found = told.out_of_column(text)
    assert isinstance(found, Message)
    with language.spoken("id"):
        assert _(found) == (said or "milik posisi yang diubah aksi korporasi, masukkan manual: A\nB")


def test_other_texts_stay_what_they_are() -> None:
    assert told.out_of_column("my own note {x}") == "my own note {x}"
    assert not isinstance(told.out_of_column("my own note"), Message)

"""Emotions and results in their colours: the word and the sign stay, the colour follows the page."""

from __future__ import annotations

import pandas as pd
import pytest

from mentor.charts import theme
from mentor.i18n import language
from mentor.i18n.numbers import money
from mentor.ui import marks


def test_an_emotion_has_its_icon_in_its_colour_and_a_foreign_word_is_harmless() -> None:
    assert marks.emotion("serakah") == ':color[:material/paid:]{foreground="#ba8811"} Greedy'
    assert marks.emotion("<b>:red[x]") == "\\<b\\>\\:red\\[x\\]"
    with language.spoken("id"):
        assert marks.emotion("serakah").endswith(" Serakah")
        assert marks.chip("serakah") == ["Serakah"]
    assert marks.chip(None) is None


@pytest.mark.parametrize("page", ["light", "dark"])
def test_a_result_is_told_apart_by_the_colour_of_the_page(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks.st, "context", type("Context", (), {"theme": type("Theme", (), {"type": page})}))
    gain, loss = (f"color: {colour}" for colour in theme.SIGN_TEXT[page])
    assert marks.sign_style(pd.Series([2.0, -1.0, 0.0, None])) == [gain, loss, "", ""]
    written = pd.Series([money(amount, "USD", signed=True) for amount in (2.0, -1.0, 0.0, None)])
    assert marks.sign_style(written) == [gain, loss, "", ""]


def test_where_the_page_is_not_known_nothing_is_coloured() -> None:
    assert marks.style(-1.0) == ""

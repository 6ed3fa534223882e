"""Every code has a name, and a word that is not ours stays itself."""

from __future__ import annotations

from typing import get_args

from streamlit.material_icon_names import ALL_MATERIAL_ICONS

from mentor.analytics.emotions import BASES
from mentor.analytics.metrics import Reason
from mentor.i18n import labels
from mentor.i18n.language import spoken
from mentor.models import EMOTIONS, MARKETS, Timing


def test_every_code_has_a_name_of_its_own() -> None:
    assert len({labels.emotion(code) for code in EMOTIONS}) == len(EMOTIONS)
    assert all(labels.emotion(code) != code or code == "fomo" for code in EMOTIONS)
    assert len({labels.market(code) for code in MARKETS}) == len(MARKETS)
    assert set(labels.REASONS) == set(Reason)
    assert set(labels.BASES) == set(BASES)
    assert set(labels.TIMINGS) == set(get_args(Timing))


def test_every_icon_exists() -> None:
    for code in EMOTIONS:
        icon = labels.emotion_with_icon(code).split(":")[1].removeprefix("material/")
        assert icon in ALL_MATERIAL_ICONS, icon


def test_a_foreign_word_stays_and_a_default_is_not_an_observation() -> None:
    assert labels.emotion("euforia") == "euforia"
    assert labels.stored_mood("netral") == labels.NOT_RECORDED
    assert labels.stored_mood("tenang") == "Calm"


def test_codes_have_a_name_in_each_language() -> None:
    with spoken("id"):
        assert [labels.emotion(code) for code in ("tenang", "percaya_diri", "fomo")] == [
            "Tenang",
            "Percaya diri",
            "FOMO",
        ]
        assert labels.market("sepi") == "Sepi"
        assert labels.stored_mood("netral") == "tidak dicatat"
        assert labels.emotion("euforia") == "euforia"

"""The look, calculated: what is read has contrast, what is drawn is seen, and colour-blind readers tell it apart."""

from __future__ import annotations

import itertools
import re
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from mentor.charts import theme
from mentor.models import EMOTIONS

ROOT = Path(__file__).resolve().parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
THEMES = ("light", "dark")
#: WCAG 2.2, AA: text, and marks that carry a meaning.
TEXT, MARK = 4.5, 3.0
#: Machado, Oliveira & Fernandes 2009, severity 1, on linear light.
SEEN = {
    "all cones": np.eye(3),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
}
#: Linear light to the Oklab space, in which distances are those of the eye (Ottosson 2020).
_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_OPPONENT = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
Light = npt.NDArray[np.float64]


def light(colour: str) -> Light:
    shares = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    dark, bright = sorted(float(light(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (bright + 0.05) / (dark + 0.05)


def distance(one: str, other: str, eye: str) -> float:
    return float(np.linalg.norm(_seen(one, eye) - _seen(other, eye)))


def _seen(colour: str, eye: str) -> Light:
    return np.asarray(_OPPONENT @ np.cbrt(np.clip(_CONES @ (SEEN[eye] @ light(colour)), 0, None)))


def surfaces(name: str) -> set[str]:
    """Everything the page lays under text and marks."""
    look: dict[str, Any] = CONFIG["theme"][name]
    sidebar = look["sidebar"]
    return {
        look["backgroundColor"],
        look["secondaryBackgroundColor"],
        sidebar["backgroundColor"],
        sidebar["secondaryBackgroundColor"],
    }


def test_black_and_white_have_the_contrast_the_standard_names() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21.0)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_text_has_contrast(name: str) -> None:
    look = CONFIG["theme"][name]
    for surface in (*surfaces(name), look["grayBackgroundColor"]):
        assert contrast(look["textColor"], surface) >= TEXT
        assert contrast(look["grayTextColor"], surface) >= TEXT
    assert contrast(look["primaryColor"], look["backgroundColor"]) >= TEXT


def test_a_main_button_can_be_read() -> None:
    """The page's own style writes on it: white on light pages, dark on dark ones."""
    style = (ROOT / "mentor" / "ui" / "look.py").read_text()
    written = re.search(r"primary\]\)[\s\"]*\{color: light-dark\((#\w{6}), (#\w{6})\)", style)
    assert written
    for name, colour in zip(THEMES, written.groups(), strict=True):
        assert contrast(colour, CONFIG["theme"][name]["primaryColor"]) >= TEXT


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("colour", [theme.GAIN, theme.LOSS, theme.MOOD, *theme.COLOURS])
def test_marks_are_seen_on_both_pages(colour: str, name: str) -> None:
    assert contrast(colour, CONFIG["theme"][name]["backgroundColor"]) >= MARK


@pytest.mark.parametrize("colour", theme.CHIPS.values())
def test_emotions_in_tables_can_be_read(colour: str) -> None:
    """A table writes white on a colour darker than the middle."""
    assert float(light(colour) @ [0.2126, 0.7152, 0.0722]) < 0.5
    assert contrast(colour, "#ffffff") >= TEXT


@pytest.mark.parametrize("name", THEMES)
def test_results_in_tables_can_be_read(name: str) -> None:
    for colour, surface in itertools.product(theme.SIGN_TEXT[name], surfaces(name)):
        assert contrast(colour, surface) >= TEXT


@pytest.mark.parametrize("eye", SEEN)
def test_colour_blind_readers_tell_profit_from_loss_and_emotions_apart(eye: str) -> None:
    assert distance(theme.GAIN, theme.LOSS, eye) > 0.1
    pairs = itertools.combinations(theme.EMOTIONS, 2)
    nearest = min(pairs, key=lambda pair: distance(theme.EMOTIONS[pair[0]], theme.EMOTIONS[pair[1]], eye))
    assert distance(*(theme.EMOTIONS[code] for code in nearest), eye) > 0.07, nearest


def test_every_emotion_has_one_colour_and_the_page_the_same_ten() -> None:
    assert tuple(theme.EMOTIONS) == tuple(theme.CHIPS) == EMOTIONS
    assert len(set(theme.COLOURS)) == 10
    assert theme.TEMPLATE.layout.colorway == theme.COLOURS
    for name in THEMES:
        assert tuple(CONFIG["theme"][name]["chartCategoricalColors"]) == theme.COLOURS
    assert theme.emotion_colour("euphoric") == theme.NEUTRAL


def test_words_in_charts_have_the_colours_of_the_page() -> None:
    style = (ROOT / "mentor" / "ui" / "look.py").read_text()
    written = re.findall(r"fill: light-dark\((#\w{6}), (#\w{6})\)", style)
    assert len(written) == 2
    for pair in written:
        for name, colour in zip(THEMES, pair, strict=True):
            assert contrast(colour, CONFIG["theme"][name]["backgroundColor"]) >= TEXT


def test_nothing_of_the_developers_is_in_the_way() -> None:
    assert CONFIG["client"]["toolbarMode"] == "minimal"


@pytest.mark.parametrize("path", sorted((ROOT / "mentor" / "charts").glob("*.py")), ids=lambda path: path.stem)
def test_charts_write_no_number_by_themselves(path: Path) -> None:
    """Plotly's own formats know neither the page's minus nor, on every axis, its separators; moments are fine."""
    assert not re.findall(r"%\{\{?[\w\[\]]+:[^%|][^}]*\}", path.read_text())

"""The equity figure: what is drawn, and that one trade and none are drawn too."""

from __future__ import annotations

import pandas as pd

from mentor.analytics.equity import equity
from mentor.analytics.frames import empty_trades
from mentor.charts import theme
from mentor.charts.equity import equity_chart
from mentor.i18n import language
from mentor.i18n.numbers import MINUS
from tests.analytics.frame_builders import trades

NO_MOOD = pd.DataFrame({"session_date": [], "emotion": []})


def test_the_line_and_the_drawdown_beneath_it() -> None:
    line, depth = equity_chart(equity(trades(10, -4, -1)), NO_MOOD, "USD").data
    assert list(line.y) == [10.0, 6.0, 5.0]
    assert list(depth.y) == [0.0, -4.0, -5.0]
    assert depth.yaxis == "y2"
    assert line.text[1] == f"Net so far +$6.00<br>trade 2: {MINUS}$4.00"
    assert depth.text[2] == f"{MINUS}$5.00"


def test_both_axes_are_written_in_the_language_with_one_minus() -> None:
    """Plotly itself wrote `4,000` on one axis and `−4.000` on the other."""
    with language.spoken("id"):
        layout = equity_chart(equity(trades(4000, -4000)), NO_MOOD, "IDR").layout
    assert layout.yaxis.ticktext[-1] == "4.000"
    assert layout.yaxis2.ticktext[0] == f"{MINUS}4.000"


def test_one_trade_stands_above_zero_at_its_own_moment() -> None:
    """Plotly alone named thirds of a second around it, and no amount."""
    layout = equity_chart(equity(trades(12.5)), NO_MOOD, "USD").layout
    assert len(layout.xaxis.ticktext) == 1
    assert layout.yaxis.rangemode == "tozero"


def test_the_moods_stand_along_the_axis_in_their_colours() -> None:
    moods = pd.DataFrame(
        {
            "session_date": pd.to_datetime(["2025-01-01", "2025-01-02", "2025-01-03"]),
            "emotion": ["takut", "fomo", "takut"],
        }
    )
    chart = equity_chart(equity(trades(1, 2, 3)), moods, None)
    fearful, fomo = chart.data[2:]
    assert (fearful.name, len(fearful.x), len(fomo.x)) == ("Fearful", 2, 1)
    assert fearful.marker.line.color == theme.EMOTIONS["takut"]
    assert chart.layout.showlegend


def test_a_single_trade_is_a_visible_dot() -> None:
    assert "markers" in equity_chart(equity(trades(10)), NO_MOOD, None).data[0].mode


def test_many_trades_are_a_line() -> None:
    assert equity_chart(equity(trades(*[1.0] * 50)), NO_MOOD, None).data[0].mode == "lines"


def test_no_trade_says_so() -> None:
    chart = equity_chart(equity(empty_trades()), NO_MOOD, None)
    assert not chart.data
    assert "No closed trade" in chart.layout.annotations[0].text

"""The equity figure: what is drawn, and that one trade and none are drawn too."""

from __future__ import annotations

from mentor.analytics.equity import equity
from mentor.analytics.frames import empty_trades
from mentor.charts.equity import equity_chart
from tests.analytics.frame_builders import trades


def test_the_line_and_the_drawdown_beneath_it() -> None:
    line, depth = equity_chart(equity(trades(10, -4, -1)), "USD").data
    assert list(line.y) == [10.0, 6.0, 5.0]
    assert list(depth.y) == [0.0, -4.0, -5.0]
    assert depth.yaxis == "y2"
    assert "USD" in line.hovertemplate


def test_a_single_trade_is_a_visible_dot() -> None:
    assert "markers" in equity_chart(equity(trades(10)), None).data[0].mode


def test_many_trades_are_a_line() -> None:
    assert equity_chart(equity(trades(*[1.0] * 50)), None).data[0].mode == "lines"


def test_no_trade_says_so() -> None:
    chart = equity_chart(equity(empty_trades()), None)
    assert not chart.data
    assert "No closed trade" in chart.layout.annotations[0].text

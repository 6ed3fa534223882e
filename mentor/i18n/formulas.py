"""The formula of each figure, as short as it can be written; `docs/methods.md` has the edge cases and sources."""

from __future__ import annotations

from typing import Final

from mentor.messages import message

#: What the signs in the formulas stand for.
SIGNS: Final = message(
    "x: net P/L of a trade; n: number of trades; W and L: winning and losing trades; E: balance; Y: result of a day; "
    "R: net P/L over the money risked; Σ: sum; sd: standard deviation."
)
FORMULAS: Final[dict[str, str]] = {
    "net": message("Σ x"),
    "win_rate": message("number of W / n"),
    "decisive_win_rate": message("number of W / (number of W + number of L)"),
    "average_win": message("mean of W"),
    "average_loss": message("mean of L"),
    "payoff": message("mean of W / |mean of L|"),
    "profit_factor": message("Σ W / |Σ L|"),
    "expectancy": message("Σ x / n"),
    "expectancy_r": message("mean of R"),
    "risk_coverage": message("trades with known R / n"),
    "sqn": message("√(n, at most 100) · mean of R / sd of R"),
    "half_kelly": message("½ · (win rate − (1 − win rate) / payoff)"),
    "return": message("E at the end / E before the period − 1"),
    "max_drawdown": message("largest fall of Σ x below its highest value so far"),
    "max_drawdown_share": message("largest fall of E below its highest value so far, over that value"),
    "ulcer": message("√(mean of the squared falls of E below its highest value so far)"),
    "recovery_factor": message("net / max drawdown"),
    "longest_losing_streak": message("most L in a row"),
    "usual_losing_streak": message(
        "longest run that independent trades with this share of L reach in half of all cases"
    ),
    "holding_median": message("half of all exit − entry are shorter"),
    "holding_lower_quartile": message("a quarter of all exit − entry is not longer"),
    "holding_upper_quartile": message("a quarter of all exit − entry is not shorter"),
    "winning_days": message("days with Y above 0 / days with a trade"),
    "best_day_share": message("largest Y / net"),
    "straightness": message("R² of Σ Y on the number of the day"),
    "sharpe": message("mean of Y / sd of Y · √(days a year)"),
    "sortino": message("mean of Y / √(mean of the squared losing Y) · √(days a year)"),
    "shuffled_drawdown": message("median max drawdown of 1,000 random orders of the days"),
    "bootstrap_drawdown": message("median max drawdown of 1,000 series drawn from the days"),
    "bootstrap_drawdown_95": message("max drawdown that 1 in 20 of these series exceeds"),
    "ruin": message("share of 1,000 such accounts that once lose half of E within 250 days"),
}

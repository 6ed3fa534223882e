"""The names of the codes we store and calculate with; a word of another program stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mentor.analytics.emotions import Basis
from mentor.analytics.metrics import Reason
from mentor.analytics.selection import Order, Result
from mentor.models import DEFAULT_EMOTION, DEFAULT_MARKET, Timing


@dataclass(frozen=True, slots=True)
class Emotion:
    """How an emotion is called, and the name of its icon in the Material set."""

    label: str
    icon: str


_EMOTIONS: Final[dict[str, Emotion]] = {
    "tenang": Emotion("Calm", "self_improvement"),
    "percaya_diri": Emotion("Confident", "sentiment_satisfied"),
    "netral": Emotion("Neutral", "sentiment_neutral"),
    "ragu": Emotion("Doubtful", "psychology_alt"),
    "takut": Emotion("Fearful", "sentiment_worried"),
    "serakah": Emotion("Greedy", "paid"),
    "fomo": Emotion("FOMO", "directions_run"),
    "frustasi": Emotion("Frustrated", "sentiment_frustrated"),
    "marah": Emotion("Angry", "local_fire_department"),
    "lelah": Emotion("Tired", "bedtime"),
}
_MARKETS: Final[dict[str, str]] = {
    "normal": "Normal",
    "trending": "Trending",
    "sideways": "Sideways",
    "volatile": "Volatile",
    "sepi": "Quiet",
    "berita": "News",
}
TIMINGS: Final[dict[Timing, str]] = {
    "before": "before the first trade",
    "between": "between trades",
    "after": "after the last trade",
    "unknown": "time unknown",
}
BASES: Final[dict[Basis, str]] = {
    "before": "Told before the first trade",
    "later": "Told during or after trading",
    "unknown": "Told at an unknown time",
}
REASONS: Final[dict[Reason, str]] = {
    Reason.NO_TRADES: "no closed trade",
    Reason.NO_WINS: "no winning trade yet",
    Reason.NO_LOSSES: "no losing trade yet",
    Reason.ONLY_BREAK_EVEN: "only break-even trades",
    Reason.NO_BALANCE: "no starting balance in Settings",
    Reason.BALANCE_GONE: "no money left before this period",
    Reason.NO_DRAWDOWN: "no drawdown yet",
    Reason.NO_PROFIT: "the net is no profit",
    Reason.NO_TIMES: "no trade states entry and exit times",
    Reason.NO_RISK: "no trade states its risk",
    Reason.SOME_SYMBOLS: "only for all symbols together",
    Reason.TOO_FEW: "too few yet",
    Reason.NO_SPREAD: "all results are the same",
    Reason.NO_EDGE: "no edge that is clearly there",
    Reason.NO_PRICE_PATH: "needs prices between entry and exit",
}
#: The name of each catalogued figure, and what it means.
FIGURES: Final[dict[str, tuple[str, str]]] = {
    "net": ("Net P/L", "Sum of all closed trades, costs included."),
    "win_rate": ("Win rate", "Of all trades; break-even ones count among them."),
    "decisive_win_rate": ("Win rate, decided", "Of the trades that won or lost; break-even ones are left out."),
    "average_win": ("Average win", ""),
    "average_loss": ("Average loss", ""),
    "payoff": ("Payoff", "Average win for every unit of average loss."),
    "profit_factor": ("Profit factor", "Money won for every unit of money lost."),
    "expectancy": ("Expectancy", "Mean net P/L of a trade."),
    "expectancy_r": (
        "Expectancy, R",
        "Mean net P/L in units of the money risked, over the trades that state their risk.",
    ),
    "risk_coverage": ("Trades with R", "Share of the trades that state their risk."),
    "sqn": ("SQN", "System quality number: mean R beside its scatter. From 30 trades with R on."),
    "kelly": (
        "Kelly",
        "Share of the account that would have grown fastest. From 100 trades with R and a clear edge on.",
    ),
    "half_kelly": (
        "Half Kelly",
        "Half the share of the account that would have grown fastest: the edge is never as sure as it looks. "
        "From 100 trades with R and a clear edge on.",
    ),
    "return": ("Return", "Net over the balance before the period. Deposits and withdrawals are not known."),
    "max_drawdown": (
        "Max drawdown",
        "Deepest fall below the best result so far, over closed trades: floating losses are not in it.",
    ),
    "max_drawdown_share": (
        "Max drawdown, %",
        "Deepest fall below the highest balance so far, as a share of it. Floating losses are not in it.",
    ),
    "ulcer": ("Ulcer index", "How deep and how long the account was below its highest balance: root mean square."),
    "recovery_factor": (
        "Recovery factor",
        "Net for every unit of the deepest drawdown; negative when the net is a loss.",
    ),
    "longest_losing_streak": ("Losing streak", "Most losses in a row."),
    "usual_losing_streak": (
        "Streak by chance",
        "As many trades with as many losses, in a random order, reach a run this long in half of the cases.",
    ),
    "losing_streak_chance": (
        "Chance of that streak",
        "How often trades in a random order bring a losing streak as long as the longest one.",
    ),
    "sharpe": ("Sharpe ratio", "Mean day beside the scatter of days, for a year of this trader's. From 30 days on."),
    "sharpe_error": ("Sharpe ratio, error", "Standard error of the Sharpe ratio."),
    "sortino": ("Sortino ratio", "Mean day beside the losing days, for a year of this trader's. From 30 days on."),
    "days_a_year": ("Days a year", "How many days a year are traded on, at the pace of this period."),
    "winning_days": ("Winning days", "Of the days traded."),
    "best_day_share": (
        "Best day's share",
        "Part of the net that the best day alone made. Above 100% the rest was a loss.",
    ),
    "straightness": (
        "Straightness",
        "How much of the equity curve a straight line explains (R²), whether it rises or falls.",
    ),
    "holding_median": ("Holding time, median", ""),
    "holding_mean": ("Holding time, mean", ""),
    "holding_lower_quartile": ("Held, quartile 1", "A quarter of the trades was held no longer."),
    "holding_upper_quartile": ("Held, quartile 3", "A quarter of the trades was held no shorter."),
    "mae": ("MAE", "Worst moment of a trade. A result says nothing of it."),
    "mfe": ("MFE", "Best moment of a trade. A result says nothing of it."),
    "shuffled_drawdown": (
        "Drawdown by luck",
        "Deepest drawdown of the same days in a random order: half are deeper. From 30 days on.",
    ),
    "shuffled_drawdown_95": (
        "By luck, 1 in 20",
        "Deepest drawdown of the same days in a random order: 1 in 20 is deeper. From 30 days on.",
    ),
    "bootstrap_drawdown": (
        "Drawdown, usual",
        "Deepest drawdown of as many days like these, drawn anew: half are deeper. From 30 days on.",
    ),
    "bootstrap_drawdown_95": (
        "Drawdown, 1 in 20",
        "Deepest drawdown of as many days like these, drawn anew: 1 in 20 is deeper. From 30 days on.",
    ),
    "ruin": (
        "Risk of ruin",
        "Simulated accounts that lose half of their money within 250 days like these. From 30 days on.",
    ),
    "ruin_bound": (
        "Risk of ruin, at most",
        "Bound on the chance of ever losing half of the account, if days like these go on. From 30 days on.",
    ),
}
SIDES: Final[dict[str, str]] = {"long": "Long", "short": "Short"}
RESULTS: Final[dict[Result, str]] = {"win": "Won", "loss": "Lost", "break_even": "Break-even"}
ORIGINS: Final[dict[str, str]] = {"bot": "Bot", "import": "Imported", "hand": "By hand"}
#: An order of trades and whether it goes down.
ORDERS: Final[dict[tuple[Order, bool], str]] = {
    ("date", True): "Newest first",
    ("date", False): "Oldest first",
    ("profit_loss", True): "Best result first",
    ("profit_loss", False): "Worst result first",
    ("lot_size", True): "Most lots first",
    ("lot_size", False): "Fewest lots first",
    ("symbol", False): "Symbol, A to Z",
    ("symbol", True): "Symbol, Z to A",
}
NOT_RECORDED: Final = "not recorded"


def emotion(code: str) -> str:
    """The name of an emotion, or the word itself when it is not one of ours."""
    known = _EMOTIONS.get(code)
    return known.label if known else code


def emotion_with_icon(code: str) -> str:
    """The name of one of our emotions behind its icon, as the page's markup."""
    known = _EMOTIONS[code]
    return f":material/{known.icon}: {known.label}"


def market(code: str) -> str:
    """The name of a market condition, or the word itself when it is not one of ours."""
    return _MARKETS.get(code, code)


def stored_mood(word: str) -> str:
    """A session's stored word; the default says that nobody said anything."""
    return NOT_RECORDED if word in ("", DEFAULT_EMOTION) else emotion(word)


def stored_market(word: str) -> str:
    """A session's stored market condition; the default says that nobody said anything."""
    return NOT_RECORDED if word in ("", DEFAULT_MARKET) else market(word)

"""The names of the codes we store and calculate with; a word of another program stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mentor.analytics.emotions import Basis
from mentor.analytics.metrics import Reason
from mentor.analytics.selection import Order, Result
from mentor.i18n.language import _
from mentor.messages import message
from mentor.models import DEFAULT_EMOTION, Timing


@dataclass(frozen=True, slots=True)
class Emotion:
    """How an emotion is called, and the name of its icon in the Material set."""

    label: str
    icon: str


_EMOTIONS: Final[dict[str, Emotion]] = {
    "tenang": Emotion(message("Calm"), "self_improvement"),
    "percaya_diri": Emotion(message("Confident"), "sentiment_satisfied"),
    "netral": Emotion(message("Neutral"), "sentiment_neutral"),
    "ragu": Emotion(message("Doubtful"), "psychology_alt"),
    "takut": Emotion(message("Fearful"), "sentiment_worried"),
    "serakah": Emotion(message("Greedy"), "paid"),
    "fomo": Emotion(message("FOMO"), "directions_run"),
    "frustasi": Emotion(message("Frustrated"), "sentiment_frustrated"),
    "marah": Emotion(message("Angry"), "local_fire_department"),
    "lelah": Emotion(message("Tired"), "bedtime"),
}
_MARKETS: Final[dict[str, str]] = {
    "normal": message("Normal"),
    "trending": message("Trending"),
    "sideways": message("Sideways"),
    "volatile": message("Volatile"),
    "sepi": message("Quiet"),
    "berita": message("News"),
}
TIMINGS: Final[dict[Timing, str]] = {
    "before": message("before the first trade"),
    "between": message("between trades"),
    "after": message("after the last trade"),
    "unknown": message("time unknown"),
}
BASES: Final[dict[Basis, str]] = {
    "before": message("Told before the first trade"),
    "later": message("Told during or after trading"),
    "unknown": message("Told at an unknown time"),
}
REASONS: Final[dict[Reason, str]] = {
    Reason.NO_TRADES: message("no closed trade"),
    Reason.NO_WINS: message("no winning trade yet"),
    Reason.NO_LOSSES: message("no losing trade yet"),
    Reason.ONLY_BREAK_EVEN: message("only break-even trades"),
    Reason.NO_BALANCE: message("no starting balance in Settings"),
    Reason.BALANCE_GONE: message("no money left before this period"),
    Reason.NO_DRAWDOWN: message("no drawdown yet"),
    Reason.NO_PROFIT: message("the net is no profit"),
    Reason.NO_TIMES: message("no trade states entry and exit times"),
    Reason.NO_RISK: message("no trade states its risk"),
    Reason.NO_FEES: message("no trade states its fees"),
    Reason.SOME_SYMBOLS: message("only for all symbols together"),
    Reason.TOO_FEW: message("too few yet"),
    Reason.NO_SPREAD: message("all results are the same"),
    Reason.NO_EDGE: message("no edge that is clearly there"),
    Reason.NO_PRICE_PATH: message("needs prices between entry and exit"),
}
#: The name of each catalogued figure, and what it means.
FIGURES: Final[dict[str, tuple[str, str]]] = {
    "net": (message("Net P/L"), message("Sum of all closed trades, costs included.")),
    "win_rate": (message("Win rate"), message("Of all trades; break-even ones count among them.")),
    "decisive_win_rate": (
        message("Win rate, decided"),
        message("Of the trades that won or lost; break-even ones are left out."),
    ),
    "average_win": (message("Average win"), message("Mean net P/L of the trades that won.")),
    "average_loss": (message("Average loss"), message("Mean net P/L of the trades that lost.")),
    "payoff": (message("Payoff"), message("Average win for every unit of average loss.")),
    "profit_factor": (message("Profit factor"), message("Money won for every unit of money lost.")),
    "expectancy": (message("Expectancy"), message("Mean net P/L of a trade.")),
    "expectancy_r": (
        message("Expectancy, R"),
        message("Mean net P/L in units of the money risked, over the trades that state their risk."),
    ),
    "risk_coverage": (message("Trades with R"), message("Share of the trades that state their risk.")),
    "sqn": (message("SQN"), message("System quality number: mean R beside its scatter. From 30 trades with R on.")),
    "kelly": (
        message("Kelly"),
        message("Share of the account that would have grown fastest. From 100 trades with R and a clear edge on."),
    ),
    "half_kelly": (
        message("Half Kelly"),
        message(
            "Half the share of the account that would have grown fastest: the edge is never as sure as it looks. "
            "From 100 trades with R and a clear edge on."
        ),
    ),
    "return": (
        message("Return"),
        message("Net over the balance before the period. Deposits and withdrawals are not known."),
    ),
    "max_drawdown": (
        message("Max drawdown"),
        message("Deepest fall below the best result so far, over closed trades: floating losses are not in it."),
    ),
    "max_drawdown_share": (
        message("Max drawdown, %"),
        message("Deepest fall below the highest balance so far, as a share of it. Floating losses are not in it."),
    ),
    "ulcer": (
        message("Ulcer index"),
        message("How deep and how long the account was below its highest balance: root mean square."),
    ),
    "recovery_factor": (
        message("Recovery factor"),
        message("Net for every unit of the deepest drawdown; negative when the net is a loss."),
    ),
    "longest_losing_streak": (message("Losing streak"), message("Most losses in a row.")),
    "usual_losing_streak": (
        message("Streak by chance"),
        message("As many trades with as many losses, in a random order, reach a run this long in half of the cases."),
    ),
    "losing_streak_chance": (
        message("Chance of that streak"),
        message("How often trades in a random order bring a losing streak as long as the longest one."),
    ),
    "sharpe": (
        message("Sharpe ratio"),
        message("Mean day beside the scatter of days, for a year of this trader's. From 30 days on."),
    ),
    "sharpe_error": (message("Sharpe ratio, error"), message("Standard error of the Sharpe ratio.")),
    "sortino": (
        message("Sortino ratio"),
        message("Mean day beside the losing days, for a year of this trader's. From 30 days on."),
    ),
    "days_a_year": (message("Days a year"), message("How many days a year are traded on, at the pace of this period.")),
    "winning_days": (message("Winning days"), message("Of the days traded.")),
    "best_day_share": (
        message("Best day's share"),
        message("Part of the net that the best day alone made. Above 100% the rest was a loss."),
    ),
    "straightness": (
        message("Straightness"),
        message("How much of the equity curve a straight line explains (R²), whether it rises or falls."),
    ),
    "holding_median": (message("Holding time, median"), message("Half of the trades were held no longer.")),
    "holding_mean": (message("Holding time, mean"), message("From entry to exit, on average.")),
    "holding_lower_quartile": (message("Held, quartile 1"), message("A quarter of the trades was held no longer.")),
    "holding_upper_quartile": (message("Held, quartile 3"), message("A quarter of the trades was held no shorter.")),
    "mae": (message("MAE"), message("Worst moment of a trade. A result says nothing of it.")),
    "mfe": (message("MFE"), message("Best moment of a trade. A result says nothing of it.")),
    "shuffled_drawdown": (
        message("Drawdown by luck"),
        message("Deepest drawdown of the same days in a random order: half are deeper. From 30 days on."),
    ),
    "shuffled_drawdown_95": (
        message("By luck, 1 in 20"),
        message("Deepest drawdown of the same days in a random order: 1 in 20 is deeper. From 30 days on."),
    ),
    "bootstrap_drawdown": (
        message("Drawdown, usual"),
        message("Deepest drawdown of as many days like these, drawn anew: half are deeper. From 30 days on."),
    ),
    "bootstrap_drawdown_95": (
        message("Drawdown, 1 in 20"),
        message("Deepest drawdown of as many days like these, drawn anew: 1 in 20 is deeper. From 30 days on."),
    ),
    "ruin": (
        message("Risk of ruin"),
        message("Simulated accounts that lose half of their money within 250 days like these. From 30 days on."),
    ),
    "ruin_bound": (
        message("Risk of ruin, at most"),
        message("Bound on the chance of ever losing half of the account, if days like these go on. From 30 days on."),
    ),
}
SIDES: Final[dict[str, str]] = {"long": message("Long"), "short": message("Short")}
RESULTS: Final[dict[Result, str]] = {
    "win": message("Won"),
    "loss": message("Lost"),
    "break_even": message("Break-even"),
}
ORIGINS: Final[dict[str, str]] = {"bot": message("Bot"), "import": message("Imported"), "hand": message("By hand")}
#: An order of trades and whether it goes down.
ORDERS: Final[dict[tuple[Order, bool], str]] = {
    ("date", True): message("Newest first"),
    ("date", False): message("Oldest first"),
    ("profit_loss", True): message("Best result first"),
    ("profit_loss", False): message("Worst result first"),
    ("lot_size", True): message("Most lots first"),
    ("lot_size", False): message("Fewest lots first"),
    ("symbol", False): message("Symbol, A to Z"),
    ("symbol", True): message("Symbol, Z to A"),
}
NOT_RECORDED: Final = message("not recorded")


def emotion(code: str) -> str:
    """The name of an emotion, or the word itself when it is not one of ours."""
    known = _EMOTIONS.get(code)
    return _(known.label) if known else code


def emotion_with_icon(code: str) -> str:
    """The name of one of our emotions behind its icon, as the page's markup."""
    known = _EMOTIONS[code]
    return f":material/{known.icon}: {_(known.label)}"


def market(code: str) -> str:
    """The name of a market condition, or the word itself when it is not one of ours."""
    known = _MARKETS.get(code)
    return _(known) if known else code


def stored_mood(word: str) -> str:
    """A session's stored word; the default says that nobody said anything."""
    return _(NOT_RECORDED) if word in ("", DEFAULT_EMOTION) else emotion(word)

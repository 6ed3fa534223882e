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

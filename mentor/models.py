"""The frozen values that travel between layers: sessions, trades, moods, reports, filters.

Money is in the trade's own currency, net of fees unless a field says otherwise. Times are aware
datetimes in UTC; a `session date` is the trader's local calendar day. `None` means unknown, never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

Side = Literal["long", "short"]
Timing = Literal["before", "between", "after", "unknown"]

#: Codes stored in `mood_checkins.emotion` and `trading_sessions.emotions`; labels are added in `mentor.i18n`.
EMOTIONS = (
    "tenang",
    "percaya_diri",
    "netral",
    "ragu",
    "takut",
    "serakah",
    "fomo",
    "frustasi",
    "marah",
    "lelah",
)
#: Codes stored in `market_conditions`.
MARKETS = ("normal", "trending", "sideways", "volatile", "sepi", "berita")

#: What the documented tables hold when nobody said anything; not an observation.
DEFAULT_EMOTION = "netral"
DEFAULT_MARKET = "normal"
DEFAULT_SCORE = "5"


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeFilter:
    """What a view looks at: session dates from `start` to `end`, both included; no symbols means all."""

    start: date | None = None
    end: date | None = None
    symbols: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """One closed round trip.

    `profit_loss` is net; `fees` is gross minus net, swap included, positive when paid.
    `stop_loss_used` says the exit *was* the stop; whether one was *set* is `stop_price` (`None`: unknown).
    `as_written` is what another program stored where P/L or lots should be a number.
    """

    symbol: str
    profit_loss: float | None
    lot_size: float | None
    side: Side | None = None
    entry_time: datetime | None = None
    exit_time: datetime | None = None
    entry_price: float | None = None
    exit_price: float | None = None
    stop_price: float | None = None
    target_price: float | None = None
    stop_loss_used: bool = False
    take_profit_used: bool = False
    risk_percent: float | None = None
    fees: float | None = None
    strategy_used: str | None = None
    account: str | None = None
    currency: str | None = None
    external_id: str | None = None
    fingerprint: str | None = None
    notes: str | None = None
    id: int | None = None
    session_id: int | None = None
    bot_id: int | None = None
    import_id: int | None = None
    created_at: datetime | None = None
    as_written: str | None = None

    @property
    def closed_at(self) -> datetime | None:
        """When it was closed; the moment a bot logged it where it states no time."""
        logged_live = self.import_id is None or bool(self.bot_id)
        return self.exit_time or (self.created_at if logged_live else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One trading day as stored; words other programs wrote are kept as they are.

    `date` is `None` when `date_text` is no calendar day. `stated` means the totals come from another
    program and no trade stands behind them: show them as stated, keep them out of every metric.
    `stated_trades` and `stated_profit_loss` are what a program this journal was taken over from had counted, where
    the trades say something else.
    `risk_score_said` tells a trader's own 5 from the one that stands there by default, `market_told` an ordinary market
    that a check-in named from the one that stands there by default.
    """

    id: int
    date: date | None
    date_text: str
    total_trades: int
    total_profit_loss: float
    emotions: str
    market_conditions: str
    personal_notes: str
    risk_score: str | None
    created_at: datetime | None
    stated: bool
    stated_trades: int | None = None
    stated_profit_loss: float | None = None
    risk_score_said: bool = False
    market_told: bool = False

    @property
    def own_market(self) -> str | None:
        """The market somebody named, as stored; `None` where nobody did."""
        unsaid = self.market_conditions in ("", DEFAULT_MARKET) and not self.market_told
        return None if unsaid else self.market_conditions

    @property
    def own_risk_score(self) -> str | None:
        """The score somebody gave the session, in whatever form; `None` where nobody did."""
        unsaid = self.risk_score in (None, "", DEFAULT_SCORE) and not self.risk_score_said
        return None if unsaid else self.risk_score


@dataclass(frozen=True, slots=True, kw_only=True)
class MoodCheckin:
    """How the trader felt at a moment; `timing` is relative to the session's first entry and last exit."""

    id: int
    session_id: int
    recorded_at: datetime | None
    emotion: str
    intensity: int | None
    market_conditions: str | None
    note: str
    source: str
    timing: Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReport:
    """A row of `ai_mentor_reports` as written, by us or by another program: text, not yet interpreted."""

    id: int
    session_id: int
    session_date: str
    trading_patterns_analysis: str | None
    emotional_analysis: str | None
    risk_management_score: str | None
    recommendations: str | None
    motivation_message: str | None
    language: str
    created_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecord:
    """One file that was imported, and what came of it."""

    id: int
    file_name: str
    format: str
    imported_at: datetime
    undone_at: datetime | None
    account: str | None
    currency: str | None
    source_timezone: str
    trades: int
    net_profit_loss: float
    duplicates: int
    ignored_rows: int
    rejected_rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trader:
    """A user of the file."""

    id: int
    name: str
    created_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """What lets a program in through the HTTP door; `prefix` is how its secret begins, the rest nobody kept."""

    id: int
    user_id: int
    name: str
    prefix: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """A request that must count once: the token and the key it came with, and a digest of what it asks."""

    token_id: int
    key: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedTrade:
    """Where a trade that a program sent is kept.

    `duplicate`: it was there already, known by account and external id; `differs` names what the journal holds
    otherwise and keeps.
    """

    id: int
    session_id: int
    session_date: str
    duplicate: bool = False
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskPlan:
    """What the trader means to keep to; `None` where nothing was decided."""

    risk_percent: float | None = None
    trades_a_day: int | None = None
    stop_after_losses: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How the trader keeps the journal.

    `timezone` is fixed when the journal is made. Before `day_start` (local) it is still the day before.
    `currency` is the base currency, `starting_balance` is in it. `account_names` maps an account as brokers'
    files name it to the name shown.
    """

    timezone: str
    day_start: time = time(0)
    currency: str | None = None
    starting_balance: float | None = None
    risk_plan: RiskPlan = RiskPlan()
    account_names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """One cell of a user's file that cannot be read; `line` counts from 1 in the file as saved.

    `beside` are the other lines of a trade that takes several.
    """

    line: int | None
    column: str | None
    value: str
    reason: str
    beside: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the file does not say and we must not guess."""

    kind: Literal["date_order", "timezone", "account", "currency", "same_trade", "multiplier", "symbol", "opening_sell"]
    about: str
    choices: tuple[str, ...]
    blocking: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What the person importing says about a file; `None` where they said nothing.

    `source_timezone` is the IANA zone of the file's clock, `date_order` one of dmy, mdy, ymd,
    `multipliers` money per point and lot by symbol (`*`: of every other one), `symbol` what was traded in a file that
    does not name it, `opening_sells` what a sell without a buy before it is, `mapping` our field → header of the file
    (see `mentor.importing.mapping`), `add_lookalikes` adds what is probably there already.
    """

    source_timezone: str | None = None
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    multipliers: dict[str, float] = field(default_factory=dict)
    account: str | None = None
    symbol: str | None = None
    opening_sells: Literal["short", "leave out"] | None = None
    mapping: dict[str, str] = field(default_factory=dict)
    add_lookalikes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenColumns:
    """Which header of a file is which of our fields, as a person said for all files with this header row.

    `header` is its fingerprint; `chosen_at` is `None` until an import with it is stored.
    """

    header: str
    columns: Mapping[str, str]
    chosen_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One question asked of the journal file: is it in order, and in words what was found."""

    name: str
    ok: bool
    words: str

"""The journal: the one facade over the file. Everything that reads or writes it comes through here."""

from __future__ import annotations

import hashlib
import logging
import threading
import time as timer
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

import pandas as pd
import tzlocal

from mentor import documented, errors, mood_book, program_desk
from mentor.analytics import mood_timing
from mentor.analytics.risk_score import RiskScore, by_session, risk_score, risk_scores
from mentor.arguments import (
    as_amount,
    as_day,
    as_flag,
    as_number,
    as_positive,
    as_text,
    as_whole,
    as_word,
    as_zone,
    checked_preferences,
    checked_trade,
)
from mentor.emotion_words import known_code
from mentor.i18n.language import Language, matching, spoken
from mentor.messages import Message, message
from mentor.models import (
    DEFAULT_EMOTION,
    DEFAULT_MARKET,
    ApiToken,
    Check,
    ChosenColumns,
    ImportOptions,
    ImportRecord,
    LoggedTrade,
    MoodCheckin,
    Once,
    Preferences,
    Session,
    StoredReport,
    Trade,
    TradeFilter,
    Trader,
)
from mentor.report.analysis import analyse
from mentor.report.finding import MentorReport
from mentor.report.known import History, Known, before, history_before, known_on
from mentor.report.mentor import mentor_report
from mentor.report.stored import WrittenReport, read_report, signed
from mentor.storage import (
    backup,
    checkup,
    copies,
    imports,
    mappings,
    moods,
    preferences,
    reports,
    rotation,
    sessions,
    tokens,
    trades,
    users,
)
from mentor.storage.backup import Copy, Restored
from mentor.storage.connection import Connection
from mentor.storage.database import Database
from mentor.storage.migrations import check_origin, migrate
from mentor.storage.rotation import Rotation
from mentor.storage.timestamps import from_text
from mentor.trade_cache import TradeCache

if TYPE_CHECKING:
    from mentor.analytics.emotion_report import EmotionReport
    from mentor.analytics.habits import Habit
    from mentor.analytics.periods import Period
    from mentor.analytics.review import Review
    from mentor.importing import ImportPlan, Reading
    from mentor.report.feedback import InstantFeedback, Past
    from mentor.transfer import Form

_LOG = logging.getLogger("mentor.journal")

#: A busy bot must not make every rerun compute everything anew: seconds a stamp stays valid at least,
#: and how many times the last refresh it must have been worth.
_SHORTEST_STAMP = 0.5
_STAMP_PER_REFRESH = 4.0


@dataclass(frozen=True, slots=True)
class JournalStamp:
    """Equal stamps, equal journal: the key of every cache."""

    path: str
    generation: int
    data_version: int
    user_id: int


class Journal:
    """One journal file and one trader in it. Safe to share between threads.

    Amounts are in the journal's base currency, days are the trader's local days, times are UTC.
    Every method raises a `MentorError` when it cannot do what it says; none makes a value up.
    """

    def __init__(
        self, database: Database, *, user_id: int = 1, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.path = database.path
        self.user_id = user_id
        self._database = database
        self._now = now
        with database.snapshot() as connection:
            if not users.exists(connection, user_id):
                raise errors.NotFound(message("There is no user {id}", id=user_id), where=str(database.path))
            as_zone(preferences.get(connection, user_id, "timezone"))
        self._trades = TradeCache(database, user_id)
        self._lock = threading.Lock()
        self._trades_lock = threading.Lock()  # loading them may take seconds, in which nobody waits for a stamp
        self._stamp: JournalStamp | None = None
        self._stamp_expires = 0.0
        self._refresh_seconds = 0.0
        self._history: tuple[object, History] | None = None
        self._past: tuple[object, Past] | None = None
        self._traders: dict[int, Journal] = {user_id: self}  # one object a trader, shared by all of them
        self._traders_lock = threading.Lock()

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        timezone: str | None = None,
        user_id: int = 1,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> Journal:
        """Open a journal; a missing file is created. `timezone` (IANA) counts only then: the zone is fixed."""
        zone = as_zone(timezone) if timezone is not None else _machine_zone()
        database = Database(_usable(Path(path).expanduser()), check_origin)
        try:
            migrate(database, zone, now())
            return cls(database, user_id=user_id, now=now)
        except errors.MentorError:
            database.close()
            raise

    def for_user(self, user_id: int) -> Journal:
        """The same file as another of its traders sees it; closed together with this one."""
        wanted = as_whole(user_id, "user_id", smallest=1)
        with self._traders_lock:
            if wanted not in self._traders:
                other = Journal(self._database, user_id=wanted, now=self._now)
                other._traders, other._traders_lock = self._traders, self._traders_lock
                self._traders[wanted] = other
            return self._traders[wanted]

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # The documented functions ---------------------------------------------------------------------------------

    def create_trading_session(
        self,
        session_date: date | str,
        emotions: str = DEFAULT_EMOTION,
        market_conditions: str = DEFAULT_MARKET,
        notes: str = "",
    ) -> int:
        """The id of the day's session, created when missing (one a day); words and notes are added to it."""
        day = self._day(session_date, "session_date")
        emotion, market = as_word(emotions, "emotions"), as_word(market_conditions, "market_conditions")
        text = as_text(notes, "notes")
        with self._transaction() as connection:
            session_id = sessions.get_or_create(connection, self.user_id, day)
            if emotion != DEFAULT_EMOTION:
                self._tell(connection, session_id, day, emotion, "create_trading_session")
            if market != DEFAULT_MARKET:
                sessions.set_market(connection, self.user_id, session_id, market)
            if text:
                sessions.add_notes(connection, self.user_id, session_id, text)
        return session_id

    def get_or_create_today_session(self) -> int:
        """The id of today's session in the trader's zone."""
        with self._transaction() as connection:
            return sessions.get_or_create(connection, self.user_id, self.today())

    def update_session_emotions_and_notes(self, session_date: date | str, emotions: str, notes: str) -> bool:
        """Record how the day felt and replace its notes; creates the day's session when it is missing."""
        day = self._day(session_date, "session_date")
        emotion, text = as_word(emotions, "emotions"), as_text(notes, "notes")
        with self._transaction() as connection:
            session_id = sessions.get_or_create(connection, self.user_id, day)
            self._tell(connection, session_id, day, emotion, "update_session_emotions_and_notes")
            sessions.set_notes(connection, self.user_id, session_id, text)
        return True

    def log_trade_for_ai_analysis(
        self,
        bot_id: int,
        symbol: str,
        profit_loss: float,
        lot_size: float,
        stop_loss_used: bool = False,
        take_profit_used: bool = False,
        risk_percent: float | None = 1.0,
        strategy_used: str = "",
    ) -> int:
        """Log a closed trade into today's session; the new trade's id. `profit_loss` is net, base currency."""
        trade = Trade(
            bot_id=as_whole(bot_id, "bot_id"),
            symbol=as_word(symbol, "symbol"),
            profit_loss=as_amount(profit_loss, "profit_loss"),
            lot_size=as_positive(lot_size, "lot_size"),
            stop_loss_used=as_flag(stop_loss_used, "stop_loss_used"),
            take_profit_used=as_flag(take_profit_used, "take_profit_used"),
            risk_percent=None if risk_percent is None else as_number(risk_percent, "risk_percent"),
            strategy_used=as_text(strategy_used, "strategy_used"),
        )
        with self._transaction() as connection:
            session_id = sessions.get_or_create(connection, self.user_id, self.today())
            return trades.add(connection, self.user_id, session_id, trade)

    def get_trading_session_data(self, session_date: date | str) -> dict[str, Any] | None:
        """The day's session and trades in the documented shape; `None` when there is no such session."""
        day = self._day(session_date, "session_date")
        with self._database.snapshot() as connection:
            found = sessions.on_day(connection, self.user_id, day)
            rows = [trade for session in found for trade in trades.of_session(connection, self.user_id, session.id)]
        return documented.session_data(found, rows) if found else None

    def analyze_trading_session(self, session: date | str | Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What can be said of a day (default: today), in the documented shape: figures, findings, the risk score.

        Takes a date, or what `get_trading_session_data` gave. Sentences are in the trader's language, else Indonesian.
        """
        with self._database.snapshot() as connection:
            found = self._session_meant(connection, session)
        with spoken(self.language or "id"):
            return self._analysis(found)

    def save_ai_mentor_report(self, session_id: int, analysis: Mapping[str, Any]) -> bool:
        """Store what `analyze_trading_session` gave, or the same shape from another program.

        Of ours nothing new is stored while the newest of the session rests on the same evidence.
        """
        self._store_report(as_whole(session_id, "session_id", smallest=1), analysis)
        return True

    def get_recent_mentor_reports(self, limit: int = 7) -> list[dict[str, Any]]:
        """The last `limit` sessions, newest first, with the newest report of each; no report: `None`."""
        with self._database.snapshot() as connection:
            return reports.recent(connection, self.user_id, as_whole(limit, "limit", largest=100_000))

    # Moods and notes ------------------------------------------------------------------------------------------

    def check_in(
        self,
        emotion: str,
        *,
        intensity: int | None = None,
        market_conditions: str | None = None,
        note: str = "",
        source: str = "app",
    ) -> int:
        """Store how the trader feels now, in today's session; the check-in's id."""
        with self._transaction() as connection:
            session_id = sessions.get_or_create(connection, self.user_id, self.today())
            mood_book.keep_foreign_word(
                connection, self.user_id, self._own_session(connection, session_id), self._now()
            )
            checkin_id = moods.add(
                connection,
                self.user_id,
                session_id,
                recorded_at=self._now(),
                emotion=as_word(emotion, "emotion"),
                intensity=_intensity(intensity),
                market_conditions=_optional_word(market_conditions, "market_conditions"),
                note=as_text(note, "note"),
                source=as_word(source, "source"),
            )
            mood_book.show_last(connection, self.user_id, session_id)
        return checkin_id

    def correct_check_in(
        self,
        checkin_id: int,
        *,
        emotion: str | None = None,
        intensity: int | None = None,
        market_conditions: str | None = None,
        note: str = "",
    ) -> None:
        """Tell it anew: intensity, market and note are replaced, the emotion unless `None`; the time stays."""
        with self._transaction() as connection:
            session = self._session_of_check_in(connection, checkin_id)
            mood_book.keep_foreign_word(connection, self.user_id, session, self._now())
            moods.change(
                connection,
                self.user_id,
                checkin_id,
                emotion=_optional_word(emotion, "emotion"),
                intensity=_intensity(intensity),
                market_conditions=_optional_word(market_conditions, "market_conditions"),
                note=as_text(note, "note"),
            )
            mood_book.show_last(connection, self.user_id, session.id)

    def remove_check_in(self, checkin_id: int) -> None:
        with self._transaction() as connection:
            session = self._session_of_check_in(connection, checkin_id)
            mood_book.keep_foreign_word(connection, self.user_id, session, self._now())
            mood_book.forget_market(connection, self.user_id, session, checkin_id)
            moods.remove(connection, self.user_id, checkin_id)
            mood_book.show_last(connection, self.user_id, session.id)

    def check_ins(self, session_date: date | str) -> list[MoodCheckin]:
        """The day's check-ins in the order they were made, each with its timing beside the trades."""
        day = self._day(session_date, "session_date")
        bounds = mood_timing.session_bounds(self.trades(TradeFilter(start=day, end=day)))
        with self._database.snapshot() as connection:
            found = sessions.on_day(connection, self.user_id, day)
            rows = moods.of_sessions(connection, self.user_id, [session.id for session in found])
        told = [from_text(row["recorded_at"]) for row in rows]
        timings = mood_timing.timings_of([row["session_id"] for row in rows], told, bounds)
        return [
            MoodCheckin(**row | {"recorded_at": moment, "timing": row.pop("stated_timing") or timing})
            for row, moment, timing in zip(rows, told, timings, strict=True)
        ]

    def update_notes(self, session_date: date | str, notes: str) -> None:
        """Replace the day's notes; creates the session when it is missing."""
        day, text = self._day(session_date, "session_date"), as_text(notes, "notes")
        with self._transaction() as connection:
            sessions.set_notes(connection, self.user_id, sessions.get_or_create(connection, self.user_id, day), text)

    def rate_session(self, session_date: date | str, score: int | None) -> None:
        """Keep how the trader rates the day's risk, 1 to 10, or take it back; creates a missing session."""
        day = self._day(session_date, "session_date")
        checked = None if score is None else as_whole(score, "score", smallest=1, largest=10)
        with self._transaction() as connection:
            sessions.set_risk_score(
                connection, self.user_id, sessions.get_or_create(connection, self.user_id, day), checked
            )

    # Reading --------------------------------------------------------------------------------------------------

    def today(self) -> date:
        """The trader's day now: the zone's calendar, still the day before until `day_start`."""
        return self.day_of(self._now())

    def day_of(self, moment: datetime) -> date:
        """The trader's day at an aware moment."""
        return _day_at(moment, self.zone, self.day_start)

    @property
    def zone(self) -> ZoneInfo:
        """Whose days the journal's are; read anew, for an empty one takes the zone of a whole one that is imported."""
        with self._database.snapshot() as connection:
            return as_zone(preferences.get(connection, self.user_id, "timezone"))

    @property
    def day_start(self) -> time:
        """The local hour at which the trader's day starts; read anew, another process may have changed it."""
        with self._database.snapshot() as connection:
            return time.fromisoformat(preferences.get(connection, self.user_id, "day_start") or "00:00")

    @property
    def currency(self) -> str | None:
        """The base currency: the one of the first trade that named one; `None` until then."""
        with self._database.snapshot() as connection:
            return preferences.get(connection, self.user_id, "currency")

    @property
    def language(self) -> Language | None:
        """The language the trader chose to read; `None` when nobody chose yet."""
        with self._database.snapshot() as connection:
            return matching(preferences.get(connection, self.user_id, "language"))

    @staticmethod
    def language_kept(path: Path, user_id: int = users.FIRST) -> Language | None:
        """The same of the file at `path`, which may be no journal; it is only read. Raises `MentorError`."""
        if not path.is_file() or not path.stat().st_size:
            return None
        return matching(preferences.peek(path, user_id, "language"))

    def keep_language(self, language: Language) -> None:
        """Remember which language the trader reads."""
        with self._transaction() as connection:
            preferences.put(connection, self.user_id, "language", language)

    def stamp(self) -> JournalStamp:
        """Changes when anything in the file changes: own writes at once, other programs' at most a moment late."""
        with self._lock:
            if self._stamp is None or timer.monotonic() >= self._stamp_expires:
                generation, data_version = self._database.version()
                self._stamp = JournalStamp(str(self.path), generation, data_version, self.user_id)
                stays = max(_SHORTEST_STAMP, _STAMP_PER_REFRESH * self._refresh_seconds)
                self._stamp_expires = timer.monotonic() + stays
            return self._stamp

    def session(self, session_date: date | str) -> Session | None:
        with self._database.snapshot() as connection:
            return sessions.by_date(connection, self.user_id, self._day(session_date, "session_date"))

    def sessions(self, filters: TradeFilter | None = None, *, search: str = "") -> list[Session]:
        """Sessions in the filter's days whose notes hold `search`, newest first; unreadable days come last."""
        wanted, text = filters or TradeFilter(), search.strip().casefold()
        with self._database.snapshot() as connection:
            stored = sessions.every(connection, self.user_id)
        return [row for row in stored if _within(row.date, wanted) and text in row.personal_notes.casefold()]

    def session_trades(self, session_id: int) -> list[Trade]:
        """Every stored column of the session's trades, in the order they were closed."""
        with self._database.snapshot() as connection:
            self._own_session(connection, session_id)
            return trades.of_session(connection, self.user_id, session_id)

    def day_trades(self, session_date: date | str) -> list[Trade]:
        """Every stored column of the day's trades, in the order they were closed."""
        day = self._day(session_date, "session_date")
        with self._database.snapshot() as connection:
            found = sessions.on_day(connection, self.user_id, day)
            return [trade for session in found for trade in trades.of_session(connection, self.user_id, session.id)]

    def reports(self, session_id: int) -> list[StoredReport]:
        """The session's stored reports as written, newest first."""
        with self._database.snapshot() as connection:
            self._own_session(connection, session_id)
            return reports.of_session(connection, self.user_id, session_id)

    @staticmethod
    def read_report(stored: StoredReport) -> MentorReport | None:
        """A stored report to be said in either language; `None` when another program wrote it, or it is damaged."""
        return read_report(stored)

    def known_on(self, session_date: date | str) -> Known:
        """Everything that was known of a day by its end: what its report is made of."""
        with self._database.snapshot() as connection:
            session = self._session_meant(connection, session_date)
        return self._known(session)

    def mentor_report(self, session_date: date | str) -> MentorReport:
        """What the mentor says of a day, from what was known by its end; nothing is stored."""
        return mentor_report(self.known_on(session_date))

    def write_mentor_report(self, session_date: date | str) -> WrittenReport:
        """Store the day's report, closed in the language spoken; nothing new on evidence that is stored already."""
        with self._database.snapshot() as connection:
            session = self._session_meant(connection, session_date)
        return self._store_report(session.id, self._analysis(session))

    def sessions_with_report(self) -> frozenset[int]:
        """Ids of the sessions somebody wrote a report of."""
        with self._database.snapshot() as connection:
            return reports.sessions_with_one(connection, self.user_id)

    def trades(self, filters: TradeFilter | None = None) -> pd.DataFrame:
        """The trade frame (`mentor.analytics.frames`) of the filter; read-only, shared between callers."""
        with self._trades_lock:
            begun = timer.monotonic()
            frame = self._trades.refresh()
            self._refresh_seconds = timer.monotonic() - begun
        return _filtered(frame, filters or TradeFilter())

    def moods(self, filters: TradeFilter | None = None) -> pd.DataFrame:
        """The mood frame (`mentor.analytics.frames`) of the filter's days; words that mean one of our codes are it."""
        bounds = mood_timing.session_bounds(self.trades())
        with self._database.snapshot() as connection:
            told = moods.of_user(connection, self.user_id).to_pandas()
            stored = sessions.every(connection, self.user_id)
        frame = mood_timing.mood_frame(told, stored, bounds)
        frame["emotion"] = (
            frame["emotion"].map({word: known_code(word) or word for word in frame["emotion"].unique()}).astype("str")
        )
        return _between(frame, filters or TradeFilter()).reset_index(drop=True)

    def emotions(self, filters: TradeFilter | None = None) -> EmotionReport:
        """What each mood came with in the filter's days, and how sure that is."""
        from mentor.analytics import emotion_report, session_frame  # heavy, and bots never need it

        return emotion_report.emotion_report(
            self.trades(filters),
            self.moods(filters),
            session_frame.recorded_markets(self.sessions(filters)),
            zone=self.zone,
            journal=self.trades(),
            starting_balance=self.preferences().starting_balance,
        )

    def habits(self, filters: TradeFilter | None = None) -> tuple[Habit, ...]:
        """What every detector of a habit says of the filter's trades, in the order of the catalogue."""
        from mentor.analytics import habits, session_frame  # heavy, and bots never need it

        table = session_frame.session_table(
            self.trades(filters),
            self.moods(filters),
            session_frame.recorded_markets(self.sessions(filters)),
            journal=self.trades(),
            starting_balance=self.preferences().starting_balance,
        )
        return habits.habits(table)

    def instant_feedback(
        self,
        emotion: str,
        market_conditions: str | None = None,
        running_pnl: float | None = None,
        intensity: int | None = None,
    ) -> InstantFeedback:
        """What this feeling, told now, has meant at such moments so far, and one thing to do; nothing is stored.

        `running_pnl` is what today came to so far, net in base currency; `None`: what the journal's trades say.
        """
        from mentor.report import feedback  # heavy, and bots never need it

        word = as_word(emotion, "emotion")
        told = feedback.Told(
            emotion=known_code(word) or word,
            intensity=_intensity(intensity),
            market=_optional_word(market_conditions, "market_conditions"),
            running=None if running_pnl is None else as_amount(running_pnl, "running_pnl"),
        )
        frame, wanted = self.trades(), self.preferences()
        return feedback.instant_feedback(told, self._past_before(self.today(), frame, wanted), frame, wanted)

    def risk_score(self, session_id: int) -> RiskScore:
        """How well a session's risk was managed, beside the sessions before it and the trader's plan."""
        frame = self.trades()
        here = frame["session_id"] == session_id
        plan = self.preferences().risk_plan
        return risk_score(
            frame[here],
            _earlier(frame, here, session_id),
            trades_a_day=plan.trades_a_day,
            stop_after_losses=plan.stop_after_losses,
        )

    def risk_scores(self) -> dict[int, RiskScore]:
        """The same of every session with trades, by session id."""
        plan = self.preferences().risk_plan
        every = risk_scores(self.trades(), trades_a_day=plan.trades_a_day, stop_after_losses=plan.stop_after_losses)
        return by_session(every)

    def review(self, period: Period) -> Review:
        """A week or a month looked back on, knowing nothing of later days."""
        from mentor.analytics.review import review  # bots never need it

        return review(period, self.trades(), self.moods(), self.risk_scores())

    def stored_table(self, name: str) -> pd.DataFrame:
        """A typed copy of the trader's rows of one of `storage.copies.TABLES`, for questions in SQL."""
        with self._database.snapshot() as connection:
            return copies.table(connection, self.user_id, name)

    def symbols(self) -> list[str]:
        """Every symbol traded, in alphabetical order."""
        return sorted(map(str, self.trades()["symbol"].unique()))

    def trades_by_id(self, trade_ids: Sequence[int]) -> list[Trade]:
        """Every stored column of some trades, in the order asked."""
        wanted = [as_whole(trade_id, "trade_id") for trade_id in trade_ids]
        with self._database.snapshot() as connection:
            return self._own_trades(connection, wanted)

    def search_trades(self, text: str) -> frozenset[int]:
        """Ids of the trades whose notes or tags hold the text."""
        with self._database.snapshot() as connection:
            return frozenset(trades.with_text(connection, self.user_id, as_text(text, "text").strip()))

    def accounts(self) -> list[str]:
        """Every account a trade names, as brokers' files write it."""
        with self._database.snapshot() as connection:
            return trades.accounts(connection, self.user_id)

    # Trades by hand -------------------------------------------------------------------------------------------

    def add_trade(self, trade: Trade, *, session_date: date | str | None = None) -> int:
        """Store a trade made by hand; its day is that of its exit, else of its entry, unless given; its id."""
        checked = self._checked(trade)
        day = self._day_of_trade(checked) or self.today() if session_date is None else self._day(session_date, "day")
        with self._transaction() as connection:
            return trades.add(connection, self.user_id, sessions.get_or_create(connection, self.user_id, day), checked)

    def edit_trade(self, trade_id: int, trade: Trade) -> None:
        """Replace what a person can know of a trade; it moves to the day it closed. Where it came from stays."""
        checked = self._checked(trade)
        with self._transaction() as connection:
            [stored] = self._own_trades(connection, [as_whole(trade_id, "trade_id")])
            assert stored.session_id is not None, "a stored trade has a session"
            session_id, closed = stored.session_id, self._day_of_trade(checked)
            if closed is not None and (stored.exit_time or stored.entry_time) != (
                checked.exit_time or checked.entry_time
            ):
                session_id = sessions.get_or_create(connection, self.user_id, closed)
            trades.change(connection, self.user_id, trade_id, session_id, checked)

    def delete_trades(self, trade_ids: Sequence[int]) -> int:
        """Delete trades, how many; the next import does not bring them back."""
        wanted = list(dict.fromkeys(as_whole(trade_id, "trade_id") for trade_id in trade_ids))
        with self._transaction() as connection:
            self._own_trades(connection, wanted)
            trades.remove(connection, self.user_id, wanted)
        return len(wanted)

    def tag_trades(self, trade_ids: Sequence[int], tag: str) -> int:
        """Put `#tag` behind the notes of trades that do not carry it yet; how many trades were named."""
        word = "#" + as_word(tag, "tag", longest=40).lstrip("#").replace(" ", "_")
        if word == "#":
            raise errors.InvalidArgument(message("{name} is empty", name="tag"))
        wanted = list(dict.fromkeys(as_whole(trade_id, "trade_id") for trade_id in trade_ids))
        with self._transaction() as connection:
            self._own_trades(connection, wanted)
            trades.tag(connection, self.user_id, wanted, word)
        return len(wanted)

    # Programs -------------------------------------------------------------------------------------------------

    def create_token(self, name: str) -> str:
        """Let a program in through the HTTP door; its secret, which nobody can read again."""
        with self._transaction() as connection:
            return program_desk.make_token(connection, self.user_id, as_word(name, "name"), self._now())

    def tokens(self) -> list[ApiToken]:
        """The trader's tokens, newest first, revoked ones included."""
        with self._database.snapshot() as connection:
            return tokens.every(connection, self.user_id)

    def revoke_token(self, token_id: int) -> ApiToken:
        """Shut a program out, from its next request on."""
        with self._transaction() as connection:
            tokens.revoke(connection, self.user_id, as_whole(token_id, "token_id"), self._now())
            token = tokens.by_id(connection, self.user_id, token_id)
        if token is None:
            raise errors.NotFound(
                message("There is no token {id}", id=token_id), todo=message("List them with `token list`.")
            )
        return token

    def token_of(self, secret: str) -> ApiToken | None:
        """Whose secret it is, of any trader in the file; `None` for one that opens nothing."""
        with self._database.snapshot() as connection:
            token = program_desk.token_of(connection, secret)
        if token is not None and program_desk.needs_note(token, self._now()):
            self._note_use(token)
        return token

    def tell(self, emotion: str, notes: str | None = None, *, once: Once | None = None) -> dict[str, Any]:
        """Keep a mood that a program tells now: what today's session holds then. Notes replace those of the session.

        With `once` as in `log_trades`.
        """
        word, text = as_word(emotion, "emotions"), None if notes is None else as_text(notes, "notes")
        day = self.today()

        def told() -> dict[str, Any]:
            session_id = sessions.get_or_create(connection, self.user_id, day)
            self._tell(connection, session_id, day, word, "http")
            if text is not None:
                sessions.set_notes(connection, self.user_id, session_id, text)
            kept = self._own_session(connection, session_id)
            said = {"session_id": session_id, "session_date": day.isoformat()}
            return said | {"emotions": kept.emotions, "personal_notes": kept.personal_notes}

        with self._transaction() as connection:
            said: dict[str, Any] = program_desk.answered_once(connection, self.user_id, once, self._now(), told)
        return said

    def log_trades(self, sent: Sequence[Trade], *, once: Once | None = None) -> list[LoggedTrade]:
        """Store trades that a program closed, all or none, each on the day it closed, without times on today.

        One whose account and external id are known is not stored again. With `once` a request that was answered
        before gets the same answer. Raises `KeyReused` when its key came with another request.
        """
        checked = [self._sent(trade, nth) for nth, trade in enumerate(sent, start=1)]
        zone, start, now = self.zone, self.day_start, self._now()
        days = [(_day_at(_deciding(trade) or now, zone, start), trade) for trade in checked]
        with self._transaction() as connection:
            return program_desk.log(connection, self.user_id, days, once, now)

    # The file itself ------------------------------------------------------------------------------------------

    def backup(self, target: Path) -> Path:
        """A verified copy in the new file `target`, also while other programs write."""
        return backup.write(self.path, target).path

    def check(self) -> list[Check]:
        """Whether the journal is in order: one answer a question."""
        return self.examine(self.path)

    @staticmethod
    def examine(path: Path) -> list[Check]:
        """The same of a file that may be no journal any more."""
        found = checkup.examine(path)
        return [*found, rotation.check(path)] if all(check.ok for check in found) else found

    @staticmethod
    def copy(path: Path, target: Path) -> Copy:
        """A verified copy of the journal at `path`, which need not be opened for it."""
        return backup.write(path, target)

    @staticmethod
    def rotate(path: Path) -> Rotation:
        """The day's copy in `backups/` beside the journal at `path`, unless it is there; old ones made so go."""
        return rotation.rotate(path)

    @staticmethod
    def restore(path: Path, source: Path) -> Restored:
        """Make the journal at `path`, which may be damaged or missing, what `source` holds; what it held is kept."""
        return backup.restore(path, source)

    def export_journal(self, form: Form = "csv") -> bytes:
        """Everything the trader has as one zip, which `plan_import` takes back without loss."""
        from mentor import transfer_desk  # heavy, and bots never need it

        with self._database.snapshot() as connection:
            return transfer_desk.export(connection, self.user_id, form)

    # Preferences ----------------------------------------------------------------------------------------------

    def preferences(self) -> Preferences:
        with self._database.snapshot() as connection:
            return preferences.read(connection, self.user_id)

    def save_preferences(self, wanted: Preferences) -> None:
        """Store them. The zone is fixed; a new day start counts from now on and moves no trade that is there."""
        checked = checked_preferences(wanted)
        if checked.timezone != self.zone.key:
            raise errors.InvalidArgument(
                message("The days of this journal are those of {zone} and stay so", zone=self.zone.key),
                todo=message("Start another journal."),
            )
        with self._transaction() as connection:
            stored = preferences.read(connection, self.user_id)
            if checked.day_start != stored.day_start:
                preferences.put_day_rule(connection, self.user_id, self.zone, checked.day_start, self._now())
            if checked.currency != stored.currency:
                self._refuse_nameless(connection, checked.currency)
                trades.set_base_currency(connection, self.user_id, checked.currency)
                preferences.put(connection, self.user_id, "currency_stated", "1")
            preferences.write(connection, self.user_id, checked)

    # Traders of the file --------------------------------------------------------------------------------------

    def traders(self) -> list[Trader]:
        """Who keeps a journal in this file, in the order they were added."""
        with self._database.snapshot() as connection:
            return users.every(connection)

    def add_trader(self, name: str, *, timezone: str | None = None) -> int:
        """Let another trader keep a journal in this file; the id for `for_user`. Days are those of the same zone unless
        `timezone` (IANA) is given; nothing of this trader's journal is seen there."""
        called = as_word(name, "name")
        zone = self.zone if timezone is None else as_zone(timezone)
        with self._transaction() as connection:
            if any(trader.name == called for trader in users.every(connection)):
                raise errors.InvalidArgument(message("There is a user {name} already", name=called))
            added = users.add(connection, called)
            preferences.put_day_rule(connection, added, zone, time(0), self._now())
        return added

    # Importing ------------------------------------------------------------------------------------------------

    def plan_import(
        self,
        source: Path | tuple[str, bytes],
        options: ImportOptions | None = None,
        step: Callable[[str], None] = lambda _: None,
    ) -> ImportPlan:
        """Read a broker's file and hold it against the journal; nothing is stored. Raises `ImportRefused`."""
        wanted = options or ImportOptions()
        reading = self.read_import(source, wanted, step)
        step(message("comparing with the journal"))
        return self.plan_reading(reading, wanted)

    def read_import(
        self,
        source: Path | tuple[str, bytes],
        options: ImportOptions,
        step: Callable[[str], None] = lambda _: None,
    ) -> Reading:
        """What a file holds, whatever the journal has of it; `step` is told what is being done.

        Columns a person named for files with this header row are used again. Raises `ImportRefused`.
        """
        from mentor import takeover_desk, transfer_desk
        from mentor.importing import DayRule, read_file  # heavy, and bots never need it
        from mentor.importing.source import readable_name

        self._refuse_itself(source)
        if isinstance(source, tuple):
            source = readable_name(source[0]), source[1]
        old = takeover_desk.read(source) or transfer_desk.read(source)
        if old is not None:
            return old
        rule = DayRule(zone=self.zone, day_start=self.day_start)
        return read_file(source, day_rule=rule, options=options, saved=self._mappings(), step=step)

    def plan_reading(self, reading: Reading, options: ImportOptions) -> ImportPlan:
        """What of a reading the journal has already, and what a commit would add."""
        from mentor import import_desk

        with self._database.snapshot() as connection:
            return import_desk.plan(connection, self.user_id, reading, options)

    def commit_import(self, plan: ImportPlan) -> ImportRecord:
        """Store what the plan adds, all or nothing; duplicates are looked for again, now under the lock."""
        from mentor import import_desk

        with self._transaction() as connection:
            current = import_desk.plan(connection, self.user_id, plan.reading, plan.options)
            _refuse_open_questions(current)
            if (chosen := plan.reading.chosen) is not None and chosen.chosen_at is None:
                mappings.save(connection, self.user_id, chosen, self._now())
            return import_desk.store(connection, self.user_id, current, self._now())

    def mapping_for(self, fingerprint: str) -> ChosenColumns | None:
        """The columns a person named for files with the header row known by this fingerprint."""
        return self._mappings().get(fingerprint)

    def forget_mapping(self, fingerprint: str) -> None:
        """Let files with that header row be recognised, or asked about, again."""
        with self._transaction() as connection:
            mappings.forget(connection, self.user_id, fingerprint)

    def imports(self) -> list[ImportRecord]:
        """Every import, newest first, undone ones included."""
        with self._database.snapshot() as connection:
            return imports.every(connection, self.user_id)

    def open_positions(self) -> pd.DataFrame:
        """Positions that imported fills opened and none closed: account, symbol, currency, side, quantity,
        average_price, opened_at, session_date, realised (net, not booked), fees."""
        from mentor import fill_desk

        with self._database.snapshot() as connection:
            return fill_desk.open_positions(connection, self.user_id)

    def undo_import(self, import_id: int) -> ImportRecord:
        """Take back everything an import added."""
        from mentor import import_desk

        with self._transaction() as connection:
            record = imports.by_id(connection, self.user_id, as_whole(import_id, "import_id"))
            if record is None:
                raise errors.NotFound(
                    message("There is no import {id}", id=import_id), todo=message("List them with `imports`.")
                )
            if record.undone_at is not None:
                raise errors.InvalidArgument(message("Import {id} is already undone", id=import_id))
            undone_at = self._now()
            import_desk.take_back(connection, self.user_id, import_id, self.today(), undone_at)
            imports.mark_undone(connection, self.user_id, import_id, undone_at)
        return replace(record, undone_at=undone_at.replace(microsecond=0))

    # Inside ---------------------------------------------------------------------------------------------------

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """A write of ours: whoever asks for a stamp afterwards sees it."""
        with self._database.transaction() as connection:
            yield connection
        with self._lock:
            self._stamp_expires = 0.0

    def _note_use(self, token: ApiToken) -> None:
        """Written down another time while the journal is locked or cannot be written: it can still be read."""
        try:
            with self._database.transaction(patience=0) as connection:
                tokens.mark_used(connection, token.user_id, token.id, self._now())
        except errors.JournalError as refused:
            _LOG.debug("The use of token %s was not written down: %s", token.id, refused)

    def _known(self, session: Session) -> Known:
        assert session.date is not None, "only a day has a report"
        frame, told, wanted = self.trades(), self.moods(), self.preferences()
        return known_on(
            session,
            trades=frame,
            checkins=[checkin for checkin in self.check_ins(session.date) if checkin.session_id == session.id],
            moods=told,
            preferences=wanted,
            history=self._history_before(session.date, frame, told, wanted),
        )

    def _history_before(self, day: date, frame: pd.DataFrame, told: pd.DataFrame, wanted: Preferences) -> History:
        """Slow, so that of the day asked for last is kept: a trade of the day itself changes nothing in it."""
        from mentor.analytics.session_frame import recorded_markets  # heavy, and bots that only log never need it

        markets = recorded_markets([row for row in self.sessions() if row.date is not None and row.date < day])
        earlier, felt = before(frame, day), before(told, day)
        key = day, wanted, _digest(earlier), _digest(felt), tuple(markets.items())
        kept = self._history
        if kept is None or kept[0] != key:
            history = history_before(day, trades=earlier, moods=felt, markets=markets, preferences=wanted)
            self._history = kept = key, history
        return kept[1]

    def _past_before(self, day: date, frame: pd.DataFrame, wanted: Preferences) -> Past:
        """Kept like the history of a report: a trade of the day itself changes nothing in it."""
        from mentor.analytics.session_frame import recorded_markets
        from mentor.report.feedback import past

        markets = recorded_markets([row for row in self.sessions() if row.date is not None and row.date < day])
        earlier, felt, balance = before(frame, day), before(self.moods(), day), wanted.starting_balance
        key = day, balance, _digest(earlier), _digest(felt), tuple(markets.items())
        kept = self._past
        if kept is None or kept[0] != key:
            found = past(day, trades=earlier, moods=felt, markets=markets, starting_balance=balance)
            self._past = kept = key, found
        return kept[1]

    def _analysis(self, session: Session) -> dict[str, Any]:
        with self._database.snapshot() as connection:
            checked_in = bool(moods.of_session(connection, self.user_id, session.id))
        frame = self.trades()
        return analyse(
            session,
            frame[frame["session_id"] == session.id],
            self.risk_score(session.id),
            None if session.date is None else mentor_report(self._known(session)),
            mood_recorded=checked_in or session.emotions != DEFAULT_EMOTION,
        )

    def _store_report(self, session_id: int, analysis: Mapping[str, Any]) -> WrittenReport:
        columns = documented.report_columns(analysis)
        ours = signed(columns, session_id)
        with self._transaction() as connection:
            self._own_session(connection, session_id)
            same = None if ours is None else reports.unchanged(connection, self.user_id, session_id, ours)
            written = same or reports.add(connection, self.user_id, session_id, ours or columns)
        return WrittenReport(written, new=same is None)

    def _mappings(self) -> dict[str, ChosenColumns]:
        with self._database.snapshot() as connection:
            return mappings.every(connection, self.user_id)

    def _refuse_itself(self, source: Path | tuple[str, bytes]) -> None:
        """Opening the journal as a plain file and closing it again would drop SQLite's locks in this process."""
        if not isinstance(source, Path) or not source.exists():
            return
        ours = [self.path, *(Path(f"{self.path}{suffix}") for suffix in ("-wal", "-shm"))]
        if any(part.exists() and source.samefile(part) for part in ours):
            raise errors.ImportRefused(
                message("This is the journal itself"), where=source.name, todo=message("Name a broker's file.")
            )

    def _day(self, value: object, name: str) -> date:
        """A day as callers write it; an aware datetime is the trader's day at that moment."""
        if isinstance(value, datetime) and value.tzinfo is not None:
            return self.day_of(value)
        return as_day(value, name)

    def _refuse_nameless(self, connection: Connection, currency: str | None) -> None:
        if currency is None and trades.name_a_currency(connection, self.user_id):
            raise errors.InvalidArgument(
                message("The currency cannot be left open while trades name one"), todo=message("Name one.")
            )

    def _own_trades(self, connection: Connection, trade_ids: Sequence[int]) -> list[Trade]:
        found = trades.by_id(connection, self.user_id, trade_ids)
        missing = sorted(set(trade_ids) - {trade.id for trade in found})
        if missing:
            raise errors.NotFound(message("There is no trade {id}", id=missing[0]))
        return found

    def _checked(self, trade: Trade) -> Trade:
        checked = checked_trade(trade)
        latest = self._now() + timedelta(days=1)
        if any(moment is not None and moment > latest for moment in (checked.entry_time, checked.exit_time)):
            raise errors.InvalidArgument(message("The trade lies in the future"), todo=message("Check the dates."))
        return checked

    def _sent(self, trade: Trade, nth: int) -> Trade:
        """A program's trade, checked; an error names which of the request it is."""
        try:
            checked = self._checked(trade)
            stated = None if trade.external_id is None else as_word(trade.external_id, "external_id", longest=200)
        except errors.InvalidArgument as refused:
            where = message("trade {nth} of the request", nth=nth)
            raise errors.InvalidArgument(refused.what, where=where, todo=refused.todo) from refused
        return replace(checked, external_id=stated)

    def _day_of_trade(self, trade: Trade) -> date | None:
        moment = _deciding(trade)
        return None if moment is None else self.day_of(moment)

    def _own_session(self, connection: Connection, session_id: int) -> Session:
        session = sessions.by_id(connection, self.user_id, as_whole(session_id, "session_id"))
        if session is None:
            raise errors.NotFound(message("There is no session {id}", id=session_id))
        return session

    def _tell(self, connection: Connection, session_id: int, day: date, emotion: str, source: str) -> None:
        """A word told through a documented function: told now, so of another day its moment is unknown."""
        mood_book.keep_foreign_word(connection, self.user_id, self._own_session(connection, session_id), self._now())
        timing = None if day == self.today() else "unknown"
        moods.add(
            connection, self.user_id, session_id, recorded_at=self._now(), emotion=emotion, source=source, timing=timing
        )
        sessions.set_word(connection, self.user_id, session_id, emotion)

    def _session_meant(self, connection: Connection, named: date | str | Mapping[str, Any] | None) -> Session:
        if isinstance(named, Mapping):
            return self._own_session(connection, as_whole(named.get("session_id"), "session_id"))
        day = self.today() if named is None else self._day(named, "session")
        session = sessions.by_date(connection, self.user_id, day)
        if session is None:
            raise errors.NotFound(
                message("There is no session on {day}", day=day.isoformat()),
                todo=message("Log a trade or check in first."),
            )
        return session

    def _session_of_check_in(self, connection: Connection, checkin_id: int) -> Session:
        row = moods.by_id(connection, self.user_id, as_whole(checkin_id, "checkin_id"))
        if row is None:
            raise errors.NotFound(message("There is no check-in {id}", id=checkin_id))
        return self._own_session(connection, row["session_id"])


def _digest(frame: pd.DataFrame) -> bytes:
    """Equal digests, equal rows."""
    return hashlib.sha256(pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes()).digest()


def _day_at(moment: datetime, zone: ZoneInfo, start: time) -> date:
    late = timedelta(hours=start.hour, minutes=start.minute)
    return (moment.astimezone(zone).replace(tzinfo=None) - late).date()


def _deciding(trade: Trade) -> datetime | None:
    """The moment that decides a trade's day."""
    return trade.exit_time or trade.entry_time


def _usable(path: Path) -> Path:
    """The path with its folder created; refuses a folder in the file's place."""
    try:
        if path.is_dir():
            raise errors.NotAJournal(
                message("This is a folder, not a journal"), where=str(path), todo=message("Name a file in it.")
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.exists()
    except (OSError, ValueError) as refused:
        raise errors.ReadOnlyJournal(
            message("The journal's folder cannot be used: {why}", why=refused),
            where=str(path.parent),
            todo=message("Choose another folder."),
        ) from refused
    return path


def _machine_zone() -> ZoneInfo:
    name = tzlocal.get_localzone_name()
    return as_zone(name or "UTC")


def _intensity(value: int | None) -> int | None:
    return None if value is None else as_whole(value, "intensity", smallest=1, largest=5)


def _optional_word(value: str | None, name: str) -> str | None:
    return None if value is None else as_word(value, name)


def _within(day: date | None, filters: TradeFilter) -> bool:
    if day is None:
        return filters.start is None and filters.end is None
    return (filters.start is None or day >= filters.start) and (filters.end is None or day <= filters.end)


def _between(frame: pd.DataFrame, filters: TradeFilter) -> pd.DataFrame:
    """Rows whose session_date lies in the filter's days."""
    if filters.start is not None:
        frame = frame[frame["session_date"] >= pd.Timestamp(filters.start)]
    if filters.end is not None:
        frame = frame[frame["session_date"] <= pd.Timestamp(filters.end)]
    return frame


def _earlier(frame: pd.DataFrame, here: pd.Series[bool], session_id: int) -> pd.DataFrame:
    """Trades of the sessions before one; those without a readable day come last."""
    days = frame["session_date"].fillna(pd.Timestamp.max.floor("s"))
    day = days[here].min()
    before: pd.Series[bool] = (days < day) | ((days == day) & (frame["session_id"] < session_id))
    return frame[before]


def _filtered(frame: pd.DataFrame, filters: TradeFilter) -> pd.DataFrame:
    frame = _between(frame, filters)
    return frame[frame["symbol"].isin(filters.symbols)] if filters.symbols else frame


def _refuse_open_questions(plan: ImportPlan) -> None:
    if plan.blocked:
        raise errors.UnansweredQuestion(
            message("The file leaves something open that must not be guessed"),
            where=_open_questions(plan),
            todo=message("Answer it first."),
        )


def _open_questions(plan: ImportPlan) -> Message:
    """`kind: what is asked`, one after another; the values are said in any language, the signs need none."""
    questions = plan.reading.questions
    template = "; ".join(f"{question.kind}: {{about_{nth}}}" for nth, question in enumerate(questions))
    return Message(template, **{f"about_{nth}": question.about for nth, question in enumerate(questions)})

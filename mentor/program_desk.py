"""Lets programs in through the HTTP door and stores what they send: each trade once, each request once."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from mentor.errors import KeyReused
from mentor.messages import message
from mentor.models import ApiToken, LoggedTrade, Once, Trade
from mentor.storage import sessions, tokens, trades
from mentor.storage.connection import Connection

#: How long a key stands for the request it first came with.
KEPT: Final = timedelta(hours=48)
#: What every secret begins with, so that a leaked one is recognised as what it is.
_MARK: Final = "mentor_"
_PREFIX: Final = len(_MARK) + 6
#: The latest use is written down this often: each write makes every open page look at the journal again.
_NOTED: Final = timedelta(hours=1)
#: More trades than these are stored at once, their sessions added up at the end.
_FEW: Final = 10
_COMPARED: Final = ("symbol", "side", "profit_loss", "lot_size", "entry_time", "exit_time", "currency")


def make_token(connection: Connection, user_id: int, name: str, now: datetime) -> str:
    """A new secret of 256 random bits; only its digest is kept."""
    secret = _MARK + secrets.token_urlsafe(32)
    tokens.add(connection, user_id, name=name, prefix=secret[:_PREFIX], digest=_digest(secret), at=now)
    return secret


def token_of(connection: Connection, secret: str) -> ApiToken | None:
    """Whose secret it is; `None` for one that nobody has, or that was revoked."""
    digest = _digest(secret)
    found = tokens.with_prefix(connection, secret[:_PREFIX])
    return next((token for kept, token in found if hmac.compare_digest(kept, digest)), None)


def needs_note(token: ApiToken, now: datetime) -> bool:
    """Whether its latest use is to be written down."""
    return token.last_used_at is None or abs(now - token.last_used_at) >= _NOTED


def log(
    connection: Connection, user_id: int, sent: Sequence[tuple[date, Trade]], once: Once | None, now: datetime
) -> list[LoggedTrade]:
    """Store the trades on their days, all or none; a request that was answered before gets that answer again."""
    answer = answered_once(
        connection, user_id, once, now, lambda: [asdict(trade) for trade in _store(connection, user_id, sent)]
    )
    return [LoggedTrade(**trade | {"differs": tuple(trade["differs"])}) for trade in answer]


def answered_once(
    connection: Connection, user_id: int, once: Once | None, now: datetime, answer: Callable[[], Any]
) -> Any:
    """What `answer` does and says, as JSON can hold it; under a key that came before only what was said then."""
    if once is None:
        return answer()
    tokens.forget_answers(connection, now - KEPT)
    before = tokens.answered(connection, user_id, once.token_id, once.key)
    if before is not None:
        return _answered(once, *before)
    said = answer()
    kept = json.dumps(said)
    tokens.keep_answer(connection, user_id, once.token_id, once.key, digest=once.digest, answer=kept, at=now)
    return said


def _answered(once: Once, digest: str, answer: str) -> Any:
    if digest != once.digest:
        raise KeyReused(
            message("The key {key} came before with another request; nothing was stored", key=once.key),
            todo=message("Send each request with a key of its own, and the same request with the same key."),
        )
    return json.loads(answer)


def _store(connection: Connection, user_id: int, sent: Sequence[tuple[date, Trade]]) -> list[LoggedTrade]:
    wanted = [trade.external_id for _, trade in sent if trade.external_id is not None]
    known = {_name(trade): trade for trade in trades.with_external_ids(connection, user_id, wanted)} if wanted else {}
    texts = {row.id: row.date_text for row in sessions.every(connection, user_id)} if known else {}
    days: dict[date, int] = {}
    stored: list[LoggedTrade] = []
    new: list[Trade] = []
    next_id = trades.next_id(connection)
    for day, trade in sent:
        if (twin := known.get(_name(trade))) is not None:
            stored.append(_known(trade, twin, texts))
            continue
        if day not in days:
            days[day] = sessions.get_or_create(connection, user_id, day)
            texts[days[day]] = day.isoformat()
        new.append(replace(trade, id=next_id + len(new), session_id=days[day]))
        stored.append(LoggedTrade(id=next_id + len(new) - 1, session_id=days[day], session_date=day.isoformat()))
        if trade.external_id is not None:
            known[_name(trade)] = new[-1]
    _add(connection, user_id, new)
    return stored


def _add(connection: Connection, user_id: int, new: Sequence[Trade]) -> None:
    """Many at once; a few without taking a trigger away, after which every program has to read the schema again."""
    if len(new) > _FEW:
        trades.add_many(connection, user_id, new)
        return
    for trade in new:
        assert trade.session_id is not None, "its day has a session"
        stored_id = trades.add(connection, user_id, trade.session_id, trade)
        assert stored_id == trade.id, "nobody else can write meanwhile"


def _name(trade: Trade) -> tuple[str, str | None]:
    return trade.account or "", trade.external_id


def _known(sent: Trade, kept: Trade, texts: Mapping[int, str]) -> LoggedTrade:
    assert kept.id is not None, "a stored trade has an id"
    assert kept.session_id is not None, "a stored trade has a session"
    differs = tuple(name for name in _COMPARED if _differs(getattr(sent, name), getattr(kept, name)))
    return LoggedTrade(
        id=kept.id,
        session_id=kept.session_id,
        session_date=texts[kept.session_id],
        duplicate=True,
        differs=differs,
    )


def _differs(sent: Any, kept: Any) -> bool:
    """What was not said differs from nothing; times are kept in whole seconds."""
    if isinstance(sent, datetime) and isinstance(kept, datetime):
        return abs(sent - kept) >= timedelta(seconds=1)
    return sent is not None and sent != kept


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()

"""Whose a row is, in SQL: trades, moods and reports are their session's, and a session is its user's."""

from __future__ import annotations

from typing import Final

#: The ids of a user's sessions; `?`: the user.
OWN_SESSIONS: Final = "(SELECT id FROM trading_sessions WHERE user_id = ?)"
#: A session's id if it is the user's, else NULL, which no table takes; `?`: the session, the user.
OWN_SESSION: Final = "(SELECT id FROM trading_sessions WHERE id = ? AND user_id = ?)"

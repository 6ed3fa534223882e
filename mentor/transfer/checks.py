"""Checks what a journal's file must hold to be stored at all; every other cell may be what another program wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import time
from typing import Final

import pandas as pd

from mentor.arguments import LARGEST_AMOUNT, as_zone, checked_preferences
from mentor.errors import MentorError
from mentor.importing.whole_journal import WholeJournal
from mentor.messages import Message, message
from mentor.models import Preferences, RiskPlan
from mentor.transfer.tables import TABLES

#: No id another program may have chosen comes near the end of what SQLite can count to.
LARGEST_ID: Final = 2**53
#: But not those in which triggers remember something.
_KEY: Final = re.compile(r"(?!replaced_)[a-z_]{1,64}")


def check(journal: WholeJournal) -> Message | None:
    """What is wrong with it, if anything is."""
    for name, frame in journal.tables.items():
        empty = next((column for column in TABLES[name].needed if frame[column].isna().any()), None)
        if empty is not None:
            return message("{table}: {column} is empty in a row", table=name, column=empty)
        if not _ids_fit(frame, TABLES[name].references):
            return message("{table}: the ids of its rows cannot be", table=name)
    days = journal.tables["sessions"]
    if days["session_date"].duplicated().any():
        return message("{table}: {column} stands there twice", table="sessions", column="session_date")
    for name in ("trades", "moods", "reports"):
        if not journal.tables[name]["session_id"].isin(days["id"]).all():
            return message("{table}: a row names a session that is not there", table=name)
    fills = journal.tables["fills"]
    if not pd.concat([fills["import_id"], fills["closed_by"].dropna()]).isin(journal.tables["imports"]["id"]).all():
        return message("{table}: a row names an import that is not there", table="fills")
    amounts = pd.to_numeric(journal.tables["trades"]["profit_loss"], errors="coerce")
    if (amounts.abs() > LARGEST_AMOUNT).any():
        return message("{table}: an amount is too large to hold cents", table="trades")
    return _settings_fault(journal.settings)


def _ids_fit(frame: pd.DataFrame, references: tuple[str, ...]) -> bool:
    fits = all(frame[name].dropna().between(name == "id", LARGEST_ID).all() for name in references)
    return fits and ("id" not in references or frame["id"].is_unique)


def _settings_fault(settings: Mapping[str, str]) -> Message | None:
    try:
        if all(isinstance(value, str) and _KEY.fullmatch(key) for key, value in settings.items()):
            checked_preferences(preferences_of(settings))
            return None
    except (MentorError, ValueError, TypeError, AttributeError):
        return message("the settings cannot be read")
    return message("the settings cannot be read")


def preferences_of(settings: Mapping[str, str]) -> Preferences:
    """The settings whose form matters, as the journal reads them. Raises where one is none."""
    as_zone(settings.get("timezone", "UTC"))
    return Preferences(
        timezone=settings.get("timezone", "UTC"),
        day_start=time.fromisoformat(settings.get("day_start", "00:00")),
        currency=None,  # as some program named it: any text
        starting_balance=_number(settings, "starting_balance"),
        risk_plan=RiskPlan(
            risk_percent=_number(settings, "plan_risk_percent"),
            trades_a_day=_whole(settings, "plan_trades_a_day"),
            stop_after_losses=_whole(settings, "plan_stop_after_losses"),
        ),
        account_names=dict(json.loads(settings.get("account_names", "{}"))),
    )


def _number(settings: Mapping[str, str], key: str) -> float | None:
    return float(settings[key]) if key in settings else None


def _whole(settings: Mapping[str, str], key: str) -> int | None:
    return int(settings[key]) if key in settings else None

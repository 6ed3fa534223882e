"""The settings of a whole journal: an empty journal takes them over, another keeps its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mentor.importing.whole_journal import WholeJournal
from mentor.messages import message, messages
from mentor.transfer.here import Here, Tables

#: What decides on which day a trade lies; an empty journal has none.
DAY_RULE = ("timezone", "day_start")
CURRENCY = "currency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The settings to store, and what is told of the others."""

    values: Mapping[str, str]
    notices: tuple[str, ...]


def to_take(theirs: Mapping[str, str], here: Here) -> Taken:
    """Of an empty journal what it has not; of another one at most the currency, where none is named yet."""
    ours = here.settings
    if here.fresh:
        values = {key: value for key, value in theirs.items() if key in DAY_RULE or key not in ours}
        values = {key: value for key, value in values.items() if ours.get(key) != value}
    else:
        values = {CURRENCY: theirs[CURRENCY]} if CURRENCY in theirs and CURRENCY not in ours else {}
    kept = [key for key, value in theirs.items() if key in ours and key not in values and ours[key] != value]
    return Taken(values=values, notices=tuple(_told(theirs, here, values, kept)))


def _told(theirs: Mapping[str, str], here: Here, values: Mapping[str, str], kept: list[str]) -> list[str]:
    told: list[str] = []
    if set(DAY_RULE) & values.keys():
        told.append(
            message(
                "This journal is empty: from now on its days are those of {zone} and begin at {start}, as in the file.",
                zone=theirs.get("timezone", here.settings.get("timezone", "")),
                start=theirs.get("day_start", here.settings.get("day_start", "")),
            )
        )
    elif set(DAY_RULE) & set(kept):
        told.append(
            message(
                "The days of the file are those of {theirs}, here they are those of {ours}: its trades stay on the "
                "days they were on there.",
                theirs=f"{theirs.get('timezone')} {theirs.get('day_start', '')}".strip(),
                ours=f"{here.settings.get('timezone')} {here.settings.get('day_start', '')}".strip(),
            )
        )
    if set(kept) - {*DAY_RULE, CURRENCY, "language"}:
        told.append(message("The settings here differ from those in the file, and stay."))
    return told


def in_our_currency(whole: WholeJournal, here: Here) -> tuple[Tables, tuple[str, ...]]:
    """The tables with every amount in the currency it was in there, also where this journal counts in another one."""
    theirs, ours = whole.settings.get(CURRENCY), here.settings.get(CURRENCY)
    tables = dict(whole.tables)
    unnamed = tables["trades"]["currency"].fillna("").eq("")
    if theirs is None or ours is None or theirs == ours:
        return tables, _will_count(theirs, ours, here, int(unnamed.sum()))
    tables["trades"] = tables["trades"].assign(currency=tables["trades"]["currency"].mask(unnamed, theirs))
    without = ~tables["sessions"]["id"].isin(tables["trades"]["session_id"])
    totals = {"total_trades": "0", "total_profit_loss": "0", "stated_trades": None, "stated_profit_loss": None}
    days = tables["sessions"]
    tables["sessions"] = days.assign(
        **{name: days[name].mask(without if value else days[name].notna(), value) for name, value in totals.items()}
    )
    told = message(
        "Amounts in {theirs} are kept apart and never added to those in {ours}; totals that no trade stands behind are "
        "left out.",
        theirs=theirs,
        ours=ours,
    )
    return tables, (told,)


def _will_count(theirs: str | None, ours: str | None, here: Here, unnamed: int) -> tuple[str, ...]:
    """What a first currency means for trades that name none."""
    if theirs is None and ours is not None and unnamed:
        told = messages(
            "{n} trade of the file names no currency and will count as {currency}.",
            "{n} trades of the file name no currency and will count as {currency}.",
            n=unnamed,
            currency=ours,
        )
        return (told,)
    nameless = int(here.tables["trades"]["currency"].fillna("").eq("").sum())
    if ours is None and theirs is not None and nameless:
        told = messages(
            "The journal's {n} trade that names no currency will count as {currency}.",
            "The journal's {n} trades that name no currency will count as {currency}.",
            n=nameless,
            currency=theirs,
        )
        return (told,)
    return ()

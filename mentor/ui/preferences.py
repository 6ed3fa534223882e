"""The Settings page's parts: what the trader decides, where the file is, its backup and its check-up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

import streamlit as st

from mentor.errors import InvalidArgument, ReadOnlyJournal
from mentor.models import Preferences, RiskPlan
from mentor.ui import current
from mentor.ui.messages import attempt, reported
from mentor.ui.plain import plain
from mentor.ui.typed import number_of, number_text

_PLACE: Final = "settings"
_CHECKED: Final = "settings_checked"


def draw_form(stored: Preferences, accounts: list[str]) -> None:
    """Everything the trader can decide, saved together."""
    with st.form(_PLACE, border=False):
        _journal(stored)
        _plan(stored.risk_plan)
        _accounts(stored, accounts)
        st.form_submit_button("Save settings", type="primary", on_click=_save, args=(stored, accounts))


def draw_file() -> None:
    """Where the journal is, and a copy of it on request."""
    st.subheader("The journal's file", anchor=False)
    st.code(str(current.journal().path), language=None, wrap_lines=True)
    st.caption(
        "One SQLite file. Copying it while a program writes can break the copy: make a backup instead, which is whole."
    )
    st.button("Make a backup", icon=":material/save:", on_click=_back_up)


def draw_check() -> None:
    """The check-up of the file, made on request: it reads all of it."""
    st.subheader("Check-up", anchor=False)
    st.button("Check the journal", icon=":material/fact_check:", on_click=_ask_for_check)
    if st.session_state.pop(_CHECKED, False):
        with reported(), st.spinner("Reading the whole file …"):
            for check in current.journal().check():
                icon = ":green[:material/check_circle:]" if check.ok else ":red[:material/error:]"
                st.markdown(f"{icon} **{plain(check.name)}** {plain(check.words)}")


def _journal(stored: Preferences) -> None:
    with st.grid(2, min_column_width=240):
        st.text_input(
            "Time zone",
            value=stored.timezone,
            disabled=True,
            help="Fixed when the journal was made: it decides on which day a trade lies, and a day that is past "
            "must not change. Another zone needs another journal.",
        )
        st.time_input(
            "The day starts at",
            value=stored.day_start,
            step=timedelta(minutes=30),
            key=f"{_PLACE}_day_start",
            help="Before it, it is still the day before. Counts from now on and moves no trade that is there.",
        )
        st.text_input(
            "Currency",
            value=stored.currency or "",
            key=f"{_PLACE}_currency",
            placeholder="USD",
            max_chars=5,
            help="Only trades in this currency are added up; others are kept and shown apart.",
        )
        st.text_input(
            "Starting balance",
            value=number_text(stored.starting_balance),
            key=f"{_PLACE}_balance",
            placeholder="not known",
            help="What the account held before the first trade. Return, drawdown in percent and R need it.",
        )


def _plan(plan: RiskPlan) -> None:
    st.subheader("Risk plan", anchor=False)
    st.caption("What you mean to keep to. Today holds the day against it; what is left open is no rule.")
    with st.grid(3, min_column_width=170):
        st.text_input(
            "Risk a trade, %", value=number_text(plan.risk_percent), key=f"{_PLACE}_risk_percent", placeholder="open"
        )
        st.text_input(
            "Trades a day", value=number_text(plan.trades_a_day), key=f"{_PLACE}_trades_a_day", placeholder="open"
        )
        st.text_input(
            "Stop after losses in a row",
            value=number_text(plan.stop_after_losses),
            key=f"{_PLACE}_stop_after_losses",
            placeholder="open",
        )


def _accounts(stored: Preferences, accounts: list[str]) -> None:
    st.subheader("Accounts", anchor=False)
    if not accounts:
        st.caption("No trade names an account yet; imported files do.")
        return
    st.caption("How an account is called here, instead of as the broker's file calls it.")
    with st.grid(3, min_column_width=170):
        for account in accounts:
            name = stored.account_names.get(account, "")
            st.text_input(plain(account), value=name, key=_account_key(account), placeholder="as in the file")


def _account_key(account: str) -> str:
    return f"{_PLACE}_account_{account}"


def _save(stored: Preferences, accounts: list[str]) -> None:
    attempt(lambda: _saved(stored, accounts))


def _saved(stored: Preferences, accounts: list[str]) -> str:
    current.journal().save_preferences(_written(stored, accounts))
    return "Settings saved."


def _written(stored: Preferences, accounts: list[str]) -> Preferences:
    """The preferences as the form says them; raises InvalidArgument for a number that is none."""
    names = {account: str(st.session_state[_account_key(account)]).strip() for account in accounts}
    kept = {account: name for account, name in stored.account_names.items() if account not in names}
    return replace(
        stored,
        day_start=st.session_state[f"{_PLACE}_day_start"] or time(0),
        currency=_said("currency") or None,
        starting_balance=number_of(_said("balance"), "Starting balance", stored.starting_balance),
        risk_plan=RiskPlan(
            risk_percent=number_of(_said("risk_percent"), "Risk a trade", stored.risk_plan.risk_percent),
            trades_a_day=_whole("trades_a_day", "Trades a day"),
            stop_after_losses=_whole("stop_after_losses", "Stop after losses"),
        ),
        account_names=kept | {account: name for account, name in names.items() if name},
    )


def _said(name: str) -> str:
    return str(st.session_state[f"{_PLACE}_{name}"]).strip()


def _whole(field: str, name: str) -> int | None:
    number = number_of(_said(field), name)
    if number is None:
        return None
    if not number.is_integer():
        raise InvalidArgument(f"{name} must be a whole number", where=_said(field))
    return int(number)


def _back_up() -> None:
    attempt(_backed_up)


def _backed_up() -> str:
    journal = current.journal()
    name = f"mentor-{datetime.now(journal.zone):%Y%m%d-%H%M%S}.db"
    return f"Backup written: {journal.backup(_made(journal.path.parent / 'backups') / name)}"


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as refused:
        todo = "Make the folder yourself, or let this program write there."
        raise ReadOnlyJournal("The folder for backups cannot be made", where=str(folder), todo=todo) from refused
    return folder


def _ask_for_check() -> None:
    st.session_state[_CHECKED] = True

"""The Settings page's parts: what the trader decides, where the file is, its backup and its check-up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Final, Literal

import streamlit as st

from mentor import daily
from mentor.errors import InvalidArgument, ReadOnlyJournal
from mentor.i18n.language import _
from mentor.i18n.refusals import sentence
from mentor.messages import message
from mentor.models import Preferences, RiskPlan
from mentor.ui import current
from mentor.ui.messages import attempt, reported
from mentor.ui.plain import plain
from mentor.ui.typed import number_of, number_text

_PLACE: Final = "settings"
_CHECKED: Final = "settings_checked"
_BALANCE: Final = message("Starting balance")
_TRADES: Final = message("Trades a day")


def draw_form(stored: Preferences, accounts: list[str]) -> None:
    """Everything the trader can decide, saved together."""
    with st.form(_PLACE, border=False):
        _journal(stored)
        _plan(stored.risk_plan)
        _accounts(stored, accounts)
        st.form_submit_button(_("Save settings"), type="primary", on_click=_save, args=(stored, accounts))


def draw_file() -> None:
    """Where the journal is, and a copy of it on request."""
    st.header(_("The journal's file"), anchor=False)
    st.code(str(current.journal().path), language=None, wrap_lines=True)
    st.caption(
        _(
            "One SQLite file. Copying it while a program writes can break the copy: make a backup instead, which is "
            "whole."
        )
    )
    st.caption(_("The running app makes a copy a day in `backups/` beside it; seven days and four weeks are kept."))
    failed = daily.problem(current.journal().path)
    if failed is not None:
        st.warning(_("The last automatic copy could not be made: {why}", why=plain(sentence(failed))))
    st.button(_("Make a backup"), icon=":material/save:", on_click=_back_up)


def draw_export() -> None:
    """The whole journal to take along; made when somebody asks for it."""
    st.header(_("Take it along"), anchor=False)
    st.caption(
        _(
            "Everything you have in this journal as one zip file: tables a spreadsheet or a program reads, and the "
            "Import page takes back without loss."
        )
    )
    journal = current.journal()
    forms: tuple[tuple[Literal["csv", "parquet"], str], ...] = (
        ("csv", _("Download as CSV")),
        ("parquet", _("Download as Parquet")),
    )
    with st.container(horizontal=True):
        for form, label in forms:
            st.download_button(
                label,
                data=partial(journal.export_journal, form),
                file_name=f"mentor-journal-{form}.zip",
                mime="application/zip",
                on_click="ignore",
                icon=":material/download:",
                key=f"{_PLACE}_export_{form}",
            )


def draw_check() -> None:
    """The check-up of the file, made on request: it reads all of it."""
    st.header(_("Check-up"), anchor=False)
    st.button(_("Check the journal"), icon=":material/fact_check:", on_click=_ask_for_check)
    if st.session_state.pop(_CHECKED, False):
        with reported(), st.spinner(_("Reading the whole file …")):
            for check in current.journal().check():
                icon = ":green[:material/check_circle:]" if check.ok else ":red[:material/error:]"
                st.markdown(f"{icon} **{plain(_(check.name))}** {plain(_(check.words))}")


def _journal(stored: Preferences) -> None:
    with st.grid(2, min_column_width=240):
        st.text_input(
            _("Time zone"),
            value=stored.timezone,
            disabled=True,
            help=_(
                "Fixed when the journal was made: it decides on which day a trade lies, and a day that is past must "
                "not change. Another zone needs another journal."
            ),
        )
        st.time_input(
            _("The day starts at"),
            value=stored.day_start,
            step=timedelta(minutes=30),
            key=f"{_PLACE}_day_start",
            help=_("Before it, it is still the day before. Counts from now on and moves no trade that is there."),
        )
        st.text_input(
            _("Currency"),
            value=stored.currency or "",
            key=f"{_PLACE}_currency",
            placeholder="USD",
            max_chars=5,
            help=_("Only trades in this currency are added up; others are kept and shown apart."),
        )
        st.text_input(
            _(_BALANCE),
            value=number_text(stored.starting_balance),
            key=f"{_PLACE}_balance",
            placeholder=_("not known"),
            help=_("What the account held before the first trade. Return, drawdown in percent and R need it."),
        )


def _plan(plan: RiskPlan) -> None:
    st.header(_("Risk plan"), anchor=False)
    st.caption(_("What you mean to keep to. Today holds the day against it; what is left open is no rule."))
    with st.grid(3, min_column_width=170):
        _rule(_("Risk a trade, %"), plan.risk_percent, "risk_percent")
        _rule(_(_TRADES), plan.trades_a_day, "trades_a_day")
        _rule(_("Stop after losses in a row"), plan.stop_after_losses, "stop_after_losses")


def _rule(label: str, value: float | None, field: str) -> None:
    st.text_input(label, value=number_text(value), key=f"{_PLACE}_{field}", placeholder=_("open"))


def _accounts(stored: Preferences, accounts: list[str]) -> None:
    st.header(_("Accounts"), anchor=False)
    if not accounts:
        st.caption(_("No trade names an account yet; imported files do."))
        return
    st.caption(_("How an account is called here, instead of as the broker's file calls it."))
    with st.grid(3, min_column_width=170):
        for account in accounts:
            name = stored.account_names.get(account, "")
            st.text_input(plain(account), value=name, key=_account_key(account), placeholder=_("as in the file"))


def _account_key(account: str) -> str:
    return f"{_PLACE}_account_{account}"


def _save(stored: Preferences, accounts: list[str]) -> None:
    attempt(lambda: _saved(stored, accounts))


def _saved(stored: Preferences, accounts: list[str]) -> str:
    current.journal().save_preferences(_written(stored, accounts))
    return _("Settings saved.")


def _written(stored: Preferences, accounts: list[str]) -> Preferences:
    """The preferences as the form says them; raises InvalidArgument for a number that is none."""
    names = {account: str(st.session_state[_account_key(account)]).strip() for account in accounts}
    kept = {account: name for account, name in stored.account_names.items() if account not in names}
    return replace(
        stored,
        day_start=st.session_state[f"{_PLACE}_day_start"] or time(0),
        currency=_said("currency") or None,
        starting_balance=number_of(_said("balance"), _BALANCE, stored.starting_balance),
        risk_plan=RiskPlan(
            risk_percent=number_of(_said("risk_percent"), message("Risk a trade"), stored.risk_plan.risk_percent),
            trades_a_day=_whole("trades_a_day", _TRADES),
            stop_after_losses=_whole("stop_after_losses", message("Stop after losses")),
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
        raise InvalidArgument(message("{field} must be a whole number", field=name), where=_said(field))
    return int(number)


def _back_up() -> None:
    attempt(_backed_up)


def _backed_up() -> str:
    journal = current.journal()
    name = f"mentor-{datetime.now(journal.zone):%Y%m%d-%H%M%S}.db"
    written = journal.backup(_made(journal.path.parent / "backups") / name)
    return _("Backup written: {path}", path=written)


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as refused:
        what = message("The folder for backups cannot be made")
        todo = message("Make the folder yourself, or let this program write there.")
        raise ReadOnlyJournal(what, where=str(folder), todo=todo) from refused
    return folder


def _ask_for_check() -> None:
    st.session_state[_CHECKED] = True

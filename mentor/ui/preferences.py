"""The Settings page's parts: what the trader decides, where the file is, its backup and its check-up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Final, Literal
from zlib import crc32

import streamlit as st

from mentor import daily
from mentor.errors import InvalidArgument, ReadOnlyJournal
from mentor.i18n.language import _
from mentor.i18n.refusals import sentence
from mentor.messages import message
from mentor.models import Preferences, RiskPlan
from mentor.ui import current
from mentor.ui.messages import attempt, refuse, reported
from mentor.ui.plain import plain
from mentor.ui.typed import number_of, number_text

_PLACE: Final = "settings"
_CHECKED: Final = "settings_checked"
_BALANCE: Final = message("Starting balance")
_TRADES: Final = message("Trades a day")


def draw_form(stored: Preferences, accounts: list[str]) -> None:
    """Everything the trader can decide, saved together."""
    drawn = _drawn_from(stored)
    with st.form(f"{_PLACE}_{drawn}", border=False):
        _journal(stored, drawn)
        _plan(stored.risk_plan, drawn)
        _accounts(stored, accounts, drawn)
        st.form_submit_button(_("Save settings"), type="primary", on_click=_save, args=(stored, accounts, drawn))


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


def _drawn_from(stored: Preferences) -> str:
    """What a form shows, as a part of its fields' keys: which journal, and what was stored there.

    By its key alone Streamlit knows a field again, and a browser keeps what is typed there: with another journal, or
    once something else is stored, the fields must be others.
    """
    return f"{crc32(repr((current.journal().path, stored)).encode()):08x}"


def _key(field: str, drawn: str) -> str:
    return f"{_PLACE}_{field}_{drawn}"


def _journal(stored: Preferences, drawn: str) -> None:
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
            key=_key("day_start", drawn),
            help=_("Before it, it is still the day before. Counts from now on and moves no trade that is there."),
        )
        st.text_input(
            _("Currency"),
            value=stored.currency or "",
            key=_key("currency", drawn),
            placeholder="USD",
            max_chars=5,
            help=_("Only trades in this currency are added up; others are kept and shown apart."),
        )
        st.text_input(
            _(_BALANCE),
            value=number_text(stored.starting_balance),
            key=_key("balance", drawn),
            placeholder=_("not known"),
            help=_("What the account held before the first trade. Return, drawdown in percent and R need it."),
        )


def _plan(plan: RiskPlan, drawn: str) -> None:
    st.header(_("Risk plan"), anchor=False)
    st.caption(_("What you mean to keep to. Today holds the day against it; what is left open is no rule."))
    with st.grid(3, min_column_width=170):
        _rule(_("Risk a trade, %"), plan.risk_percent, _key("risk_percent", drawn))
        _rule(_(_TRADES), plan.trades_a_day, _key("trades_a_day", drawn))
        _rule(_("Stop after losses in a row"), plan.stop_after_losses, _key("stop_after_losses", drawn))


def _rule(label: str, value: float | None, key: str) -> None:
    st.text_input(label, value=number_text(value), key=key, placeholder=_("open"))


def _accounts(stored: Preferences, accounts: list[str], drawn: str) -> None:
    st.header(_("Accounts"), anchor=False)
    if not accounts:
        st.caption(_("No trade names an account yet; imported files do."))
        return
    st.caption(_("How an account is called here, instead of as the broker's file calls it."))
    with st.grid(3, min_column_width=170):
        for account in accounts:
            name = stored.account_names.get(account, "")
            key = _key(_of_account(account), drawn)
            st.text_input(plain(account), value=name, key=key, placeholder=_("as in the file"))


def _of_account(account: str) -> str:
    return f"account_{account}"


def _save(stored: Preferences, accounts: list[str], drawn: str) -> None:
    if _key("day_start", drawn) in st.session_state:
        attempt(lambda: _saved(stored, accounts, drawn))
    elif drawn == _drawn_from(current.journal().preferences()):  # the run before was cut short before it drew the form
        refuse(_("Nothing was saved: the page was just being drawn. Save again."))


def _saved(stored: Preferences, accounts: list[str], drawn: str) -> str:
    """Store what the form says; raises InvalidArgument when it was drawn from something else than is stored now."""
    wanted, now = _written(stored, accounts, drawn), current.journal().preferences()
    if drawn != _drawn_from(now) and wanted != now:  # a second click finds saved what it says
        what = message("The settings changed while you were at them, so nothing was saved")
        todo = message("They are shown as they are now: look at them, and save again.")
        raise InvalidArgument(what, todo=todo)
    current.journal().save_preferences(wanted)
    return _("Settings saved.")


def _written(stored: Preferences, accounts: list[str], drawn: str) -> Preferences:
    """The preferences as the form says them; raises InvalidArgument for a number that is none."""
    names = {account: _said(_of_account(account), drawn) for account in accounts}
    kept = {account: name for account, name in stored.account_names.items() if account not in names}
    risk, plan = _said("risk_percent", drawn), stored.risk_plan
    return replace(
        stored,
        day_start=st.session_state[_key("day_start", drawn)] or time(0),
        currency=_said("currency", drawn) or None,
        starting_balance=number_of(_said("balance", drawn), _BALANCE, stored.starting_balance),
        risk_plan=RiskPlan(
            risk_percent=number_of(risk, message("Risk a trade"), plan.risk_percent),
            trades_a_day=_whole(_said("trades_a_day", drawn), _TRADES),
            stop_after_losses=_whole(_said("stop_after_losses", drawn), message("Stop after losses")),
        ),
        account_names=kept | {account: name for account, name in names.items() if name},
    )


def _said(field: str, drawn: str) -> str:
    return str(st.session_state[_key(field, drawn)]).strip()


def _whole(text: str, name: str) -> int | None:
    number = number_of(text, name)
    if number is None:
        return None
    if not number.is_integer():
        raise InvalidArgument(message("{field} must be a whole number", field=name), where=text)
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

"""The check-in: how the trader feels now, told in the sidebar or in two taps, corrected wherever it is listed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.runtime.state import WidgetCallback

from mentor.errors import MentorError
from mentor.i18n import labels, numbers
from mentor.i18n.language import _
from mentor.i18n.refusals import sentence
from mentor.messages import message
from mentor.models import EMOTIONS, MARKETS, MoodCheckin, Timing
from mentor.ui import current, data, feedback, marks
from mentor.ui.messages import attempt, refuse, reported, toast
from mentor.ui.plain import plain

_NEW: Final = "check_in"
_SAVED: Final = "check_in_saved"
#: The button in reach while the sidebar is folded, which `look` places and hides, and the check-in told there.
_QUICK: Final = "quick_check_in"
_TAPPED: Final = "quick_check_in_told"
_ASKED: Final = "quick_check_in_asked"
_UNDONE: Final = "quick_check_in_undone"
#: A letter: with Ctrl it would save while notes are typed, which are saved by another button.
_KEY: Final = "S"
_FIELDS: Final = ("emotion", "intensity", "market", "note")
_TOLD: Final[dict[Timing, str]] = {
    "before": message("Told before the first trade"),
    "between": message("Told between trades"),
    "after": message("Told after the last trade"),
    "unknown": message("Told at an unknown time"),
}


@st.fragment
def draw_new() -> None:
    """A new check-in, and once a feeling is picked what it has meant so far; nothing else is drawn again meanwhile."""
    with reported():
        if st.session_state.pop(_SAVED, False):
            _clear(_NEW)
        _emotion_pills(_NEW, None)
        told = _told(_NEW)
        with st.container():  # one place, whatever is in it: what is open below stays open
            if told["emotion"] is not None:
                feedback.draw(told["emotion"], told["market"], told["intensity"])
        with st.expander(_("Intensity, market, note")):
            _details(_NEW, None)
        # No callback: with a note just typed it would run, and its answer be lost, before the page is drawn again.
        if st.button(
            _("Save check-in"),
            type="primary",
            width="stretch",
            key="save_check_in",
            help=_("Key: {key}", key=_KEY),
            shortcut=_KEY,
        ):
            st.session_state[_SAVED] = _save(_told(_NEW))
            st.rerun()


@st.fragment
def draw_quick() -> None:
    """The same in two taps: open, and tap a feeling, which saves it; what may follow stands in the same place."""
    toast()
    with (
        st.popover(_("How do you feel?"), icon=":material/mood:", type="primary", key=_QUICK, on_change=_begin_again),
        reported(),
    ):
        told = _tapped()
        if st.session_state.get(_UNDONE):
            st.caption(_("Check-in removed."))  # no feeling under the finger that tapped, until it is opened again
        elif told is None:
            asked = st.session_state.setdefault(_ASKED, 0)
            _emotion_pills(f"{_ASKED}_{asked}", None, on_change=_save_tapped, args=(asked,))
        else:
            _draw_tapped(told)


def draw_list(checkins: Iterable[MoodCheckin], zone: ZoneInfo, *, place: str, notes: bool = False) -> None:
    """The check-ins of a day, each opening to be corrected or removed; `place` keeps two lists apart.

    With `notes` what was said and when beside the trades stands under each.
    """
    for checkin in checkins:
        with st.popover(_title(checkin, zone), width="stretch"):
            st.caption(f"{_(_TOLD[checkin.timing])}. {_('Correcting keeps the time it was told.')}")
            _correction(checkin, f"{place}_{checkin.id}")
        if notes:
            said = [
                _(_TOLD[checkin.timing]),
                labels.market(checkin.market_conditions or ""),
                checkin.note,
            ]
            st.caption(plain(" · ".join(filter(None, said))))


def _title(checkin: MoodCheckin, zone: ZoneInfo) -> str:
    name = marks.emotion(checkin.emotion)
    strength = f" {checkin.intensity}/5" if checkin.intensity else ""
    clock = "" if checkin.timing == "unknown" else f"{plain(numbers.clock(checkin.recorded_at, zone))} "
    return f"{clock}{name}{strength}"


def _tapped() -> MoodCheckin | None:
    """What was told by tapping, until the popover is closed or it is undone."""
    if (told := st.session_state.get(_TAPPED)) is None:
        return None
    return next((known for known in data.day(current.journal().today()).checkins if known.id == told), None)


def _draw_tapped(told: MoodCheckin) -> None:
    st.success(plain(_saved_words(told.emotion)), icon=":material/check_circle:")
    feedback.draw(told.emotion, told.market_conditions, told.intensity)
    with st.expander(_("Add details")):
        _correction_form(told, f"{_TAPPED}_{told.id}")
    st.button(_("Undo"), icon=":material/undo:", key=f"{_QUICK}_undo", on_click=_undo, args=(told.id,))


def _save_tapped(asked: int) -> None:
    """Save the first feeling tapped. It is asked under another key the next time: browsers repeat what they sent."""
    told = _told(f"{_ASKED}_{asked}")
    if told["emotion"] is None or asked != st.session_state[_ASKED]:
        return
    st.session_state[_ASKED] += 1
    try:
        st.session_state[_TAPPED] = _check_in(told)
    except MentorError as error:
        refuse(sentence(error))


def _undo(checkin_id: int) -> None:
    st.session_state[_UNDONE] = attempt(lambda: _removed(checkin_id))


def _begin_again() -> None:
    st.session_state[_TAPPED], st.session_state[_UNDONE] = None, False


def _correction(checkin: MoodCheckin, place: str) -> None:
    _correction_form(checkin, place)
    st.button(_("Remove this check-in"), key=f"remove_{place}", on_click=_remove, args=(checkin.id,))


def _correction_form(checkin: MoodCheckin, place: str) -> None:
    with st.form(f"correct_{place}", border=False):
        _emotion_pills(place, checkin)
        _details(place, checkin)
        st.form_submit_button(_("Save correction"), type="primary", on_click=_correct, args=(checkin.id, place))


def _emotion_pills(
    place: str, told: MoodCheckin | None, on_change: WidgetCallback | None = None, args: tuple[int, ...] = ()
) -> None:
    st.pills(
        _("How do you feel?"),
        EMOTIONS,
        default=told.emotion if told and told.emotion in EMOTIONS else None,
        format_func=marks.emotion,
        key=f"{place}_emotion",
        on_change=on_change or "rerun",
        args=args,
        wrap=True,
    )


def _details(place: str, told: MoodCheckin | None) -> None:
    st.segmented_control(
        _("Intensity, 1 weak to 5 strong"),
        range(1, 6),
        default=told.intensity if told else None,
        key=f"{place}_intensity",
    )
    market = told.market_conditions if told else None
    markets = MARKETS if market is None or market in MARKETS else (*MARKETS, market)  # or a word of another program
    st.selectbox(
        _("Market"),
        markets,
        index=markets.index(market) if market else None,
        format_func=labels.market,
        placeholder=_("Not said"),
        key=f"{place}_market",
    )
    st.text_area(_("Note"), value=told.note if told else "", key=f"{place}_note", height=80)


def _told(place: str) -> dict[str, Any]:
    return {field: st.session_state.get(f"{place}_{field}") for field in _FIELDS}


def _save(told: dict[str, Any]) -> bool:
    if told["emotion"] is None:
        refuse(_("Nothing was saved: choose an emotion first."))
        return False
    return attempt(lambda: _checked_in(told))


def _check_in(told: dict[str, Any]) -> int:
    return current.journal().check_in(
        told["emotion"],
        intensity=told["intensity"],
        market_conditions=told["market"],
        note=told["note"] or "",
    )


def _checked_in(told: dict[str, Any]) -> str:
    _check_in(told)
    return _saved_words(told["emotion"])


def _saved_words(emotion: str) -> str:
    return _("Check-in saved: {emotion}.", emotion=labels.emotion(emotion))


def _clear(place: str) -> None:
    for field in _FIELDS:
        st.session_state[f"{place}_{field}"] = "" if field == "note" else None


def _correct(checkin_id: int, place: str) -> None:
    told = _told(place)
    attempt(lambda: _correct_to(checkin_id, told))


def _correct_to(checkin_id: int, told: dict[str, Any]) -> str:
    current.journal().correct_check_in(
        checkin_id,
        emotion=told["emotion"],
        intensity=told["intensity"],
        market_conditions=told["market"],
        note=told["note"] or "",
    )
    return _("Check-in corrected.")


def _remove(checkin_id: int) -> None:
    attempt(lambda: _removed(checkin_id))


def _removed(checkin_id: int) -> str:
    current.journal().remove_check_in(checkin_id)
    return _("Check-in removed.")

"""What takes long is worked out beside the page, which stands meanwhile and says how far it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any, TypeVar

import streamlit as st

from mentor.i18n import language
from mentor.i18n.language import _
from mentor.jobs import Answers, Job, Known, LaneName, Question
from mentor.journal import Journal
from mentor.ui import current, live
from mentor.ui.messages import say_again
from mentor.ui.plain import plain

T = TypeVar("T")

#: Seconds a page waits itself, so that quick work never flickers, and between two looks at slow work.
PATIENCE, _EVERY = 0.3, 0.5
#: Times the seconds an answer took that pass before the next is worked out.
REST = 1.0


def question(
    what: str,
    of: tuple[Hashable, ...],
    work: Callable[[Journal], T],
    *,
    lane: LaneName = "analyses",
    once: bool = False,
) -> Question[T]:
    """Something to work out of the journal shown; `what` and `of` tell it from every other question.

    An answer holds for one state of the journal; with `once` for every later one, too. It holds numbers and codes:
    what holds words, too, is asked for `in_words`.
    """
    book = current.journal()
    stamp = (lambda: None) if once else book.stamp
    return Question((str(book.path), book.user_id, what, *of), stamp, lambda: work(book), lane)


def in_words(asked: Question[T]) -> Question[T]:
    """The same in the language spoken here."""
    read_in = language.current()

    def work() -> T:
        with language.spoken(read_in):
            return asked.work()

    return replace(asked, key=(*asked.key, read_in), work=work)


def begin(*asked: Question[Any]) -> None:
    """Begin to work them out: a page that waits for several waits for all at once."""
    for one in asked:
        _answers().ask(one, REST)


def awaited(asked: Question[T], label: str) -> T | None:
    """The answer; `None` while there is none, with `label`, how far it is and a way to stop it in its place.

    An answer of before the journal's last change is given meanwhile, and said to be that. Raises what the work raised.
    """
    known = _answers().ask(asked, REST)
    if known.job is not None and known.job.wait(known.job.asked + PATIENCE - time.monotonic()):
        known = _answers().ask(asked, REST)
    if known.job is not None and known.job.failed:
        _answers().begin_again(asked.key)
        known.job.answer()
    if known.stopped:
        _draw_stopped(asked, label, earlier=known.answer is not None)
    elif not known.fresh:
        _watch(asked, label, known.answer[0] if known.answer else None)
    return known.answer[1] if known.answer else None


def forget_answer(asked: Question[T]) -> None:
    """What came of it is no longer there: it is worked out anew when it is asked for next."""
    _answers().forget_answer(asked.key)


@st.cache_resource(show_spinner=False)
def _answers() -> Answers:
    return Answers()


@st.fragment(run_every=_EVERY)
def _watch(asked: Question[T], label: str, shown: Hashable | None) -> None:
    """Looks how far it is, alone; the page is drawn again when there is something new to show."""
    known = _answers().ask(asked, REST)
    if _something_new(known, shown) and not live.held():
        say_again()
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", key=_key("working", asked)):
        if shown is not None:
            st.caption(_("From before the last change; being worked out anew."), width="content")
        else:
            draw_bar(label, known.job)
        if known.job is not None and known.job.step is not None:  # what tells no steps cannot be stopped at one
            _stop(asked)


def draw_bar(label: str, job: Job[Any] | None) -> None:
    """How far work is, and what is being done."""
    step = job.step if job else None
    st.progress(step.share if step else 0.0, text=plain(_doing(label, job)), width="stretch")


def _something_new(known: Known[T], shown: Hashable | None) -> bool:
    failed = known.job is not None and known.job.failed
    return known.stopped or known.fresh or failed or (known.answer is not None and known.answer[0] != shown)


def _stop(asked: Question[T]) -> None:
    st.button(
        _("Cancel"), icon=":material/stop:", type="tertiary", key=_key("cancel_work", asked), on_click=_answers().stop,
        args=(asked.key,),
    )  # fmt: skip


def _draw_stopped(asked: Question[T], label: str, *, earlier: bool) -> None:
    said = _("From before the last change. Stopped.") if earlier else _("Stopped: {label}", label=label)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(said), width="content")
        st.button(
            _("Work it out"), icon=":material/play_arrow:", type="tertiary", key=_key("go_on", asked),
            on_click=_answers().begin_again, args=(asked.key,),
        )  # fmt: skip


def _key(what: str, asked: Question[T]) -> str:
    return f"{what}_{'_'.join(map(str, asked.key[2:]))}"


def _doing(label: str, job: Job[Any] | None) -> str:
    """`Looking for habits … beside what chance brings, 3 of 19`."""
    if job is None or not job.begun:
        return _("{label} … waiting for its turn", label=label)
    if (step := job.step) is None:
        return _("{label} …", label=label)
    if not step.of:
        return _("{label} … {step}", label=label, step=_(step.doing))
    return _("{label} … {step}, {done} of {of}", label=label, step=_(step.doing), done=step.done, of=step.of)

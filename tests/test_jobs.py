"""Jobs beside the pages: one thread each lane, stopped, giving way, worked out once for all who ask."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from mentor import jobs, progress
from mentor.errors import JournalError
from mentor.jobs import Answers, Job, Question
from mentor.messages import message
from mentor.progress import Cancelled, Step

#: Seconds after which a test has failed.
LONG = 20.0


class Gate:
    """Work that begins, says so, and goes on once for every permit the test gives."""

    def __init__(self, work: Callable[..., object] = lambda: "worked out") -> None:
        self.runs = 0
        self.begun = threading.Semaphore(0)
        self.permit = threading.Semaphore(0)
        self._work = work

    def __call__(self, *arguments: object, **named: object) -> object:
        self.runs += 1
        progress.step(message("weighing"), 1, 4)
        self.begun.release()
        while not self.permit.acquire(timeout=0.01):
            progress.breathe()
        return self._work(*arguments, **named)

    def wait(self) -> None:
        """Until it is being worked on."""
        assert self.begun.acquire(timeout=LONG)


@pytest.fixture
def gate() -> Iterator[Gate]:
    made = Gate()
    yield made
    made.permit.release(100)


def test_a_job_says_how_far_it_is_and_then_what_came_of_it(gate: Gate) -> None:
    job = Job(gate, "analyses")
    gate.wait()
    assert (job.step, job.over) == (Step("weighing", 1, 4), False)
    gate.permit.release()
    assert job.wait(LONG)
    assert job.answer() == "worked out"


def test_a_job_is_stopped_at_its_next_step(gate: Gate) -> None:
    job = Job(gate, "analyses")
    gate.wait()
    job.cancel()
    assert job.wait(LONG)
    assert not job.failed
    with pytest.raises(Cancelled):
        job.answer()


def test_what_goes_wrong_is_raised_where_the_answer_is_asked_for_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    job = Job(lambda: 1 // 0, "analyses")
    assert job.wait(LONG)
    assert job.failed
    with pytest.raises(ZeroDivisionError):
        job.answer()
    assert "ZeroDivisionError" in caplog.text


def question(gate: Gate, stamp: list[int]) -> Question[object]:
    return Question(("what",), lambda: stamp[0], gate)


def test_an_answer_is_worked_out_once_for_all_and_once_a_state(gate: Gate) -> None:
    answers, stamp = Answers(), [1]
    first, second = (answers.ask(question(gate, stamp), 0.0).job for _ in "ab")
    assert first is not None
    assert first is second
    gate.wait()
    stamp[0] = 2  # it changes meanwhile: the work goes on, nothing else is begun
    assert answers.ask(question(gate, stamp), 0.0).job is first
    gate.permit.release()
    assert first.wait(LONG)
    known = answers.ask(question(gate, stamp), 0.0)
    assert known.answer == (1, "worked out")
    assert not known.fresh
    gate.permit.release()
    assert known.job is not None
    assert known.job.wait(LONG)
    for _ in range(3):
        known = answers.ask(question(gate, stamp), 0.0)
        assert (known.fresh, known.answer, known.job) == (True, (2, "worked out"), None)
    assert gate.runs == 2


def test_after_an_answer_the_processor_rests(gate: Gate) -> None:
    answers, stamp = Answers(), [1]
    gate.permit.release()
    job = answers.ask(question(gate, stamp), 0.0).job
    assert job is not None
    assert job.wait(LONG)
    assert answers.ask(question(gate, stamp), 1e9).fresh
    stamp[0] = 2
    known = answers.ask(question(gate, stamp), 1e9)
    assert (known.fresh, known.job, known.answer) == (False, None, (1, "worked out"))
    answers.begin_again(question(gate, stamp).key)
    assert answers.ask(question(gate, stamp), 1e9).job is not None, "who asks for it does not wait"


def test_what_is_stopped_stays_so_until_it_is_asked_for(gate: Gate) -> None:
    answers, stamp = Answers(), [1]
    asked = question(gate, stamp)
    job = answers.ask(asked, 0.0).job
    gate.wait()
    answers.stop(asked.key)
    assert job is not None
    assert job.wait(LONG)
    stamp[0] = 2
    known = answers.ask(asked, 0.0)
    assert (known.stopped, known.job, known.answer) == (True, None, None)
    answers.begin_again(asked.key)
    assert answers.ask(asked, 0.0).job is not None


def test_a_failure_is_kept_until_it_was_told() -> None:
    def refuse() -> str:
        raise JournalError(message("The journal is locked"))

    answers, asked = Answers(), Question(("what",), lambda: 1, refuse)
    job = answers.ask(asked, 0.0).job
    assert job is not None
    assert job.wait(LONG)
    assert answers.ask(asked, 0.0).job is job
    assert job.failed
    answers.begin_again(asked.key)
    assert answers.ask(asked, 0.0).job is not job


def test_a_failure_of_long_ago_is_tried_again_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    failing = [JournalError(message("The journal is locked"))]

    def work() -> str:
        if failing:
            raise failing.pop()
        return "worked out"

    answers, asked = Answers(), Question(("what",), lambda: 1, work)
    failed = answers.ask(asked, 0.0).job
    assert failed is not None
    assert failed.wait(LONG)
    monkeypatch.setattr(jobs, "_LOOKED_AT", -1.0)
    job = answers.ask(asked, 0.0).job
    assert job is not None
    assert job.wait(LONG)
    assert answers.ask(asked, 0.0).answer == (1, "worked out")


def test_work_nobody_looks_at_gives_way_to_what_waits(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    answers, stamp = Answers(), [1]
    left = answers.ask(question(gate, stamp), 0.0).job
    gate.wait()
    monkeypatch.setattr(jobs, "_LOOKED_AT", -1.0)
    waiting = Job(lambda: "next", "analyses")
    assert waiting.wait(LONG)
    assert left is not None
    assert left.over
    assert not left.failed
    again = answers.ask(question(gate, stamp), 0.0).job
    assert again is not left, "it is worked out when somebody looks again"


def test_few_answers_are_kept_and_never_one_that_is_worked_on(gate: Gate) -> None:
    answers = Answers()
    held = answers.ask(Question(("held",), lambda: 1, gate), 0.0).job
    gate.wait()
    for nth in range(60):
        answers.ask(Question((nth,), lambda: 1, lambda: None, "moment"), 0.0)
    last = answers.ask(Question((59,), lambda: 1, lambda: None, "moment"), 0.0).job
    assert last is None or last.wait(LONG)
    assert answers.ask(Question(("held",), lambda: 1, gate), 0.0).job is held
    assert len(answers._known) <= jobs._KEPT + 2


def test_answers_nobody_came_back_for_are_let_go() -> None:
    answers = Answers()
    for nth in range(60):
        job = answers.ask(Question((nth,), lambda: 1, lambda: "frame", "moment"), 0.0).job
        assert job is not None
        assert job.wait(LONG)
    assert len(answers._known) <= jobs._KEPT + 2


def test_a_failure_is_told_also_where_the_answer_is_forgotten() -> None:
    """Else what fails slowly would be begun again and again, and nobody told."""

    def refuse() -> None:
        raise JournalError(message("The journal is locked"))

    answers, asked = Answers(), Question(("q",), lambda: 1, refuse)
    job = answers.ask(asked, 0.0).job
    assert job is not None
    assert job.wait(LONG)
    answers.forget_answer(asked.key)
    assert answers.ask(asked, 0.0).job is job


def test_what_is_forgotten_is_worked_out_anew_also_if_nobody_saw_the_answer(gate: Gate) -> None:
    answers, asked = Answers(), question(gate, [1])
    gate.permit.release(2)
    for _ in range(2):
        job = answers.ask(asked, 0.0).job
        assert job is not None
        assert job.wait(LONG)
        answers.forget_answer(asked.key)
    assert answers.ask(asked, 0.0).answer is None
    assert gate.runs >= 2

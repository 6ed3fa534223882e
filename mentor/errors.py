"""Every error Mentor raises: what happened, where, and what to do next.

MentorError
├── InvalidArgument        a caller asked for something that makes no sense
├── NotFound               the session, trade, import … asked for does not exist
├── KeyReused              the same Idempotency-Key came with another request
├── QuestionRefused        a question in SQL gets no answer
├── JournalError           the journal file cannot serve the request
│   ├── NotAJournal        the file is no SQLite database, or another program's
│   ├── DamagedJournal     SQLite says the file is malformed
│   ├── NewerJournal       a later version of Mentor wrote the file
│   ├── ReadOnlyJournal    the file or its folder cannot be written
│   └── JournalBusy        another program held the file longer than we wait
└── ImportRefused          a whole file cannot be imported
    ├── ColumnsUnknown     a table whose columns a person can name
    └── UnansweredQuestion the plan still asks something that must not be guessed

A fault in one row of a user's file is not an exception: it is a `Rejection` in the plan.
"""

from __future__ import annotations

from mentor.messages import Message


class MentorError(Exception):
    """Base of all our errors; `str(error)` is the sentence a person reads, in English."""

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        self.what = what
        self.where = where
        self.todo = todo
        super().__init__(what, where, todo)

    @property
    def sentence(self) -> Message:
        """What happened, where, what to do next: to be said in any language."""
        template = "{what}" + (" ({where})" if self.where else "") + "." + (" {todo}" if self.todo else "")
        return Message(template, what=self.what, where=self.where, todo=self.todo)

    def __str__(self) -> str:
        return str(self.sentence)


class InvalidArgument(MentorError):
    """A caller asked for something that makes no sense."""


class NotFound(MentorError):
    """The session, trade, check-in or import asked for does not exist."""


class KeyReused(MentorError):
    """The same Idempotency-Key came with another request."""


class QuestionRefused(MentorError):
    """A question in SQL gets no answer."""


class JournalError(MentorError):
    """The journal file cannot serve the request."""


class NotAJournal(JournalError):
    """The file is no SQLite database, or another program's."""


class DamagedJournal(JournalError):
    """SQLite says the file is malformed."""


class NewerJournal(JournalError):
    """A later version of Mentor wrote the file."""


class ReadOnlyJournal(JournalError):
    """The file or its folder cannot be written."""


class JournalBusy(JournalError):
    """Another program held the file longer than we wait."""


class ImportRefused(MentorError):
    """A whole file cannot be imported."""


class ColumnsUnknown(ImportRefused):
    """A table in which too few columns are recognised: a person can name them."""


class UnansweredQuestion(ImportRefused):
    """The plan still asks something that must not be guessed."""

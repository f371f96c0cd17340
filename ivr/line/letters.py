"""What the outbox carries: notices to people and notes for the ticket system, as values and as JSON-able bodies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from pydantic import TypeAdapter, ValidationError

from ivr.line.links import Link
from ivr.line.ports import CalendarWarning, LineTroubles, Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketNote:
    """A work note to write on the ticket ``number``."""

    number: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text message to one telephone about the ticket ``number``. ``link`` follows the words; after ``useless_after``
    nobody needs it."""

    to: str
    sender: str
    words: str
    link: Link | None = None
    useless_after: datetime | None = None
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnwantedRecording:
    """A recording that the carrier is to delete."""

    recording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LostRecordings:
    """A call whose recording may never have been reported: look for it."""

    call_sid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCall:
    """It is time to look at a callback, for the ``turn``-th time."""

    callback: int
    turn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCallOver:
    """Whatever the carrier has told: the ring of this turn is over by now."""

    callback: int
    turn: int


Letter: TypeAlias = (
    Notice | TicketNote | Text | CalendarWarning | LineTroubles | UnwantedRecording | LostRecordings | CustomerCall
    | CustomerCallOver
)

_NOTICE, _TEXT, _WARNING = TypeAdapter(Notice), TypeAdapter(Text), TypeAdapter(CalendarWarning)
_TROUBLES = TypeAdapter(LineTroubles)
_KINDS: dict[str, TypeAdapter[Any]] = {
    "notice": _NOTICE,
    "ticket-note": TypeAdapter(TicketNote),
    "text": _TEXT,
    "calendar-warning": _WARNING,
    "line-troubles": _TROUBLES,
    "unwanted-recording": TypeAdapter(UnwantedRecording),
    "lost-recordings": TypeAdapter(LostRecordings),
    "customer-call": TypeAdapter(CustomerCall),
    "customer-call-over": TypeAdapter(CustomerCallOver),
}


class LetterError(Exception):
    """No letter we know: written by another version of the line, or by hand. The message quotes nothing of the body."""


def encode(notice: Notice) -> dict[str, Any]:
    """The body of an outbox row of kind "notice". Raises ValueError for an instant without a time zone."""
    _refuse_naive(notice)
    body: dict[str, Any] = _NOTICE.dump_python(notice, mode="json")
    return body


def encode_text(text: Text) -> dict[str, Any]:
    """The body of an outbox row of kind "text"."""
    body: dict[str, Any] = _TEXT.dump_python(text, mode="json")
    return body


def note_body(note: TicketNote) -> dict[str, Any]:
    """The body of an outbox row of kind "ticket-note"."""
    return {"number": note.number, "text": note.text}


def encode_warning(warning: CalendarWarning) -> dict[str, Any]:
    """The body of an outbox row of kind "calendar-warning"."""
    body: dict[str, Any] = _WARNING.dump_python(warning, mode="json")
    return body


def encode_troubles(troubles: LineTroubles) -> dict[str, Any]:
    """The body of an outbox row of kind "line-troubles"."""
    body: dict[str, Any] = _TROUBLES.dump_python(troubles, mode="json")
    return body


def decode(kind: str, body: Mapping[str, Any]) -> Letter:
    """The letter in an outbox row of ``kind``. Raises LetterError."""
    adapter = _KINDS.get(kind)
    if adapter is None:
        raise LetterError(f"there are no letters of kind {kind!r}")
    try:
        letter: Letter = adapter.validate_python(body)
        _refuse_naive(letter)
    except ValidationError as error:
        raise LetterError(f"this {kind} cannot be read; wrong: {_places(error)}") from None
    except ValueError as error:
        raise LetterError(f"this {kind} cannot be read: {error}") from None
    return letter


def _places(error: ValidationError) -> str:
    return ", ".join(sorted({".".join(map(str, each["loc"])) for each in error.errors(include_input=False)}))


def _refuse_naive(letter: Letter) -> None:
    if not isinstance(letter, Notice):
        return
    instants = [letter.at, letter.response_due]
    if letter.promised:
        instants += [letter.promised.at, letter.promised.until]
    if letter.ticket:
        instants += [letter.ticket.opened_at, letter.ticket.updated_at]
    if any(at is not None and at.tzinfo is None for at in instants):
        raise ValueError("an instant has no time zone")

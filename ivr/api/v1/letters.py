"""Letters: mails, texts and work notes that wait, or could not be delivered; and another try for these."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from db.repositories.audit import Change
from flows.rules.scopes import Scope
from ivr.api.v1.endpoints import Endpoints
from ivr.api.v1.guard import whose
from ivr.api.v1.problems import Kind, refuse
from ivr.api.v1.shapes import MOST, Answer, Asked
from ivr.line.staff import StaffParts
from ivr.logs import masked


class LettersAsked(Asked):
    """Which letters."""

    state: Literal["waiting", "dead"] = "dead"
    limit: int = Field(50, ge=1, le=MOST)


class Letter(Answer):
    """A letter, without its contents. ``last_error``: why it did not arrive."""

    id: int
    kind: str
    ticket_number: str | None
    created_at: datetime
    due_at: datetime
    tries: int
    dead_at: datetime | None
    last_error: str | None


class Letters(Answer):
    """Letters; what is dead the newest first, what waits the longest due first."""

    letters: list[Letter]


class Retried(Answer):
    """The letter that is due again."""

    id: int


def letter_endpoints(endpoints: Endpoints, parts: StaffParts) -> None:
    """Declare them."""

    @endpoints.endpoint("GET", "/letters", Scope.READ, Letters, query=LettersAsked)
    def list_letters(query: LettersAsked) -> Any:
        """Letters that wait, or were given up."""
        with parts.store.reading() as work:
            found = (work.outbox.dead if query.state == "dead" else work.outbox.waiting)(query.limit)
        return {"letters": [_told(each) for each in found]}

    @endpoints.endpoint("POST", "/letters/<int:number>/retry", Scope.NOTIFICATIONS, Retried)
    def retry_letter(number: int) -> Any:
        """Try a letter again that was given up."""
        at = parts.clock()
        with parts.store.writing() as work:
            if number >= 2**63 or not work.outbox.revive(number, at):
                refuse(Kind.NOT_FOUND, "There is no such letter among those given up; GET /letters lists them.")
            parts.note(work, Change(at=at, who=whose(), action="tried again", subject=f"letter {number}"))
        return {"id": number}


def _told(letter: Any) -> Letter:
    told = Letter.model_validate(letter)
    return told.model_copy(update={"last_error": masked(told.last_error) if told.last_error else None})

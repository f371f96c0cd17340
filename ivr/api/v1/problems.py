"""How the API says no: RFC 9457 problems, each with a sentence that says what to do next."""

from collections.abc import Mapping
from enum import Enum
from http import HTTPStatus
from typing import NoReturn

from apiflask import HTTPError
from flask import Response
from pydantic import BaseModel, Field

MEDIA_TYPE = "application/problem+json"


class Kind(Enum):
    """What can be wrong: the problem's type, its status and its title."""

    MALFORMED = ("malformed", HTTPStatus.BAD_REQUEST, "The request cannot be read")
    UNAUTHORIZED = ("unauthorized", HTTPStatus.UNAUTHORIZED, "A token is needed")
    FORBIDDEN = ("scope-missing", HTTPStatus.FORBIDDEN, "The token does not allow this")
    NOT_FOUND = ("not-found", HTTPStatus.NOT_FOUND, "There is nothing at this address")
    CONFLICT = ("conflict", HTTPStatus.CONFLICT, "Something stands in the way")
    STALE = ("stale", HTTPStatus.PRECONDITION_FAILED, "It has changed since you saw it")
    TOO_LARGE = ("too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "That is too much at once")
    INVALID = ("invalid", HTTPStatus.UNPROCESSABLE_ENTITY, "What was sent cannot be used")
    UNSEEN = ("precondition-required", HTTPStatus.PRECONDITION_REQUIRED, "Say which state you have seen")
    UNAVAILABLE = ("unavailable", HTTPStatus.SERVICE_UNAVAILABLE, "The line's database does not answer")

    def __init__(self, kind: str, status: HTTPStatus, title: str) -> None:
        self.urn = f"urn:escalation-line:problem:{kind}"
        self.status = status
        self.title = title


class WrongField(BaseModel):
    """One part of the request that cannot be used. ``field`` leads to it: ``body.tickets.3.severity``."""

    field: str
    message: str


class Problem(BaseModel):
    """RFC 9457. ``detail`` says what to do next; ``errors`` names every field that is wrong."""

    type: str = Field(description="about:blank, or a name that stays the same.")
    title: str
    status: int
    detail: str
    errors: list[WrongField] = []


def refuse(kind: Kind, detail: str, *errors: WrongField) -> NoReturn:
    """End the request with a problem."""
    raise HTTPError(int(kind.status), message=kind.title, detail={}, extra_data={
        "problem": Problem(
            type=kind.urn, title=kind.title, status=int(kind.status), detail=detail, errors=list(errors)
        )
    })


def invalid(field: str, message: str) -> NoReturn:
    """End the request: one field cannot be used."""
    refuse(Kind.INVALID, f"{field}: {message}", WrongField(field=field, message=message))


def problem(kind: Kind, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """The answer to something that went wrong outside of a view."""
    told = Problem(type=kind.urn, title=kind.title, status=int(kind.status), detail=detail)
    return Response(told.model_dump_json(), int(kind.status), headers=dict(headers or {}), content_type=MEDIA_TYPE)


def answered(error: HTTPError) -> Response:
    """The answer to whatever ended a request: one of ours, a failed validation, or the framework's own."""
    problem = error.extra_data.get("problem") or _problem(error)
    response = Response(problem.model_dump_json(), error.status_code, content_type=MEDIA_TYPE)
    response.headers.extend(error.headers)
    return response


def _problem(error: HTTPError) -> Problem:
    errors = list(_fields(error.detail))
    kind = next((each for each in Kind if each.status == error.status_code), None)
    if errors:
        told = "; ".join(f"{each.field}: {each.message}" for each in errors[:3])
        return Problem(type=Kind.INVALID.urn, title=Kind.INVALID.title, status=error.status_code, detail=told,
                       errors=errors)
    detail = SENTENCES.get(error.status_code, "Look the address up in /api/v1/openapi.json.")
    return Problem(type=kind.urn if kind else "about:blank", title=kind.title if kind else str(error.message),
                   status=error.status_code, detail=detail)


SENTENCES: dict[int, str] = {
    HTTPStatus.BAD_REQUEST: "Send JSON in UTF-8, with the header Content-Type: application/json.",
    HTTPStatus.METHOD_NOT_ALLOWED: "The header Allow names the methods that this address answers.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Send less at once: at most 2 MB, and 1000 tickets.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "The fault is ours and stands in our log. The same request may be sent again.",
}


def _fields(detail: object) -> list[WrongField]:
    """What the framework tells of a failed validation: place, then field, then sentences."""
    if not isinstance(detail, dict):
        return []
    return [
        WrongField(field=f"{NAMES.get(place, place)}.{name}".removesuffix("._schema"), message=message)
        for place, fields in detail.items()
        for name, messages in fields.items()
        for message in messages
    ]


NAMES = {"json": "body"}

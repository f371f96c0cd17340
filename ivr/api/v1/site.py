"""The API, whole: an application of its own under /api/v1, so that its every answer is JSON, whatever goes wrong."""

from typing import Any

from apiflask import APIFlask
from flask import Response, request
from pydantic import TypeAdapter

from db.errors import StoreConflict, StoreUnavailable
from ivr.api.v1.audit import audit_endpoints
from ivr.api.v1.calls import call_endpoints
from ivr.api.v1.drafts import draft_endpoints
from ivr.api.v1.drills import drill_endpoints
from ivr.api.v1.endpoints import TOKEN, Endpoints
from ivr.api.v1.guard import Guard
from ivr.api.v1.letters import letter_endpoints
from ivr.api.v1.on_call import on_call_endpoints
from ivr.api.v1.problems import Kind, Problem, answered, problem
from ivr.api.v1.replays import replay_endpoints
from ivr.api.v1.reports import report_endpoints
from ivr.api.v1.routing import routing_endpoints
from ivr.api.v1.sounds import sound_endpoints
from ivr.api.v1.standings import standing_endpoints
from ivr.api.v1.tickets import ticket_endpoints
from ivr.api.v1.trials import trial_endpoints
from ivr.api.v1.webhooks import webhook_endpoints
from ivr.drill.desk import DrillDesk
from ivr.line.staff import StaffParts

PREFIX = "/api/v1"
LARGEST_BODY = 2_000_000
TRY_AGAIN_SECONDS = "5"
ABOUT = """What the admin's pages do, for programs.

Every request carries `Authorization: Bearer TOKEN`; an owner makes tokens on the page *API tokens*, each with the
scopes it needs. What goes wrong is answered as a problem (RFC 9457) whose `detail` says what to do next. A POST may
carry an `Idempotency-Key`: sent again within 24 hours it is answered as before and does nothing again. Answers have an
`ETag`; a GET with `If-None-Match` costs nothing when nothing has changed, and what replaces something takes `If-Match`.
Instants are ISO 8601 with an offset, answered in UTC. Lists come in parts: ask again with `after` set to `next`."""


def api_site(parts: StaffParts, drills: DrillDesk) -> APIFlask:
    """The API as an application; it expects to stand under ``PREFIX``. ``drills`` plays whole calls."""
    api = APIFlask(
        "ivr.api.v1", title="Escalation line", version="1", docs_path=None, spec_path="/openapi.json",
        static_folder=None,  # type: ignore[arg-type]
    )
    api.config.update(
        AUTO_404_RESPONSE=False, AUTO_VALIDATION_ERROR_RESPONSE=False, AUTO_AUTH_ERROR_RESPONSE=False,
        AUTO_SERVERS=False, SERVERS=[{"url": PREFIX}], DESCRIPTION=ABOUT, MAX_CONTENT_LENGTH=LARGEST_BODY,
        SECURITY_SCHEMES={TOKEN: {"type": "http", "scheme": "bearer"}}, JSON_SORT_KEYS=False,
    )
    endpoints = Endpoints(api)
    for declare in (
        ticket_endpoints, standing_endpoints, trial_endpoints, call_endpoints, routing_endpoints, draft_endpoints,
        replay_endpoints, on_call_endpoints, report_endpoints, letter_endpoints, webhook_endpoints,
        sound_endpoints, audit_endpoints,
    ):
        declare(endpoints, parts)
    drill_endpoints(endpoints, parts, drills)
    guard = Guard(parts, endpoints.needs)
    api.before_request(guard.let_in)
    api.after_request(_unchanged)
    api.after_request(guard.keep)
    api.error_processor(answered)
    api.spec_processor(_completed)
    api.register_error_handler(StoreUnavailable, _unavailable)
    api.register_error_handler(StoreConflict, _conflict)
    api.extensions["needs"] = endpoints.needs
    return api


def _unchanged(response: Response) -> Response:
    """Nothing is sent again that the program has already."""
    response.headers["Cache-Control"] = "no-store" if request.method != "GET" else "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if request.method == "GET" and response.status_code == 200:
        response.add_etag()
        response.make_conditional(request)
    return response


def _completed(spec: dict[str, Any] | str) -> dict[str, Any] | str:
    """What the generator leaves out: the shape of problems, that bodies must be sent, the idempotency key."""
    assert isinstance(spec, dict)
    shape = TypeAdapter(Problem).json_schema(ref_template="#/components/schemas/{model}")
    schemas = spec["components"]["schemas"]
    schemas |= {**shape.pop("$defs"), "Problem": shape}
    for operations in spec["paths"].values():
        for method, operation in operations.items():
            if "requestBody" in operation:
                operation["requestBody"]["required"] = True
            if method == "post":
                operation["parameters"].append(IDEMPOTENCY)
            if "428" in operation["responses"]:
                operation["parameters"].append(IF_MATCH)
    return spec


IDEMPOTENCY = {
    "name": "Idempotency-Key", "in": "header", "required": False,
    "description": "Any text that is new for each thing to be done; sent again, nothing is done twice.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}

IF_MATCH = {
    "name": "If-Match", "in": "header", "required": True, "description": "The ETag of what you have read.",
    "schema": {"type": "string"},
}


def _unavailable(error: StoreUnavailable) -> Response:
    return problem(Kind.UNAVAILABLE, "Nothing was done. Send the same request again in a few seconds.",
                   {"Retry-After": TRY_AGAIN_SECONDS})


def _conflict(error: StoreConflict) -> Response:
    return problem(Kind.CONFLICT, "Somebody else did the same at the same moment. Nothing was done: look again.")

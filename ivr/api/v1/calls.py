"""Calls: search them, read one from the greeting to the last word, and see which are going on."""

from typing import Any

from db.repositories.overview import CallFilter, CallLine
from flows.rules.scopes import Scope
from ivr.api.v1.call_shapes import (
    CallListed,
    CallNow,
    CallPage,
    CallsAsked,
    CallWhole,
    Live,
    PhoneTold,
    RefusalTold,
    Resting,
    RingTold,
    Sentence,
    TurnTold,
)
from ivr.api.v1.endpoints import Endpoints
from ivr.api.v1.problems import Kind, invalid, refuse
from ivr.api.v1.shapes import part
from ivr.line.cursors import Place, cursor, place_at
from ivr.line.staff import StaffParts
from ivr.logs import masked

SHOWN_AT_MOST = 200


def call_endpoints(endpoints: Endpoints, parts: StaffParts) -> None:
    """Declare them."""

    @endpoints.endpoint("GET", "/calls", Scope.READ, CallPage, query=CallsAsked)
    def list_calls(query: CallsAsked) -> Any:
        """Customers' calls, the newest first."""
        wanted = CallFilter(**query.model_dump(exclude={"limit", "after"}))
        with parts.store.reading() as work:
            found = work.overview.calls(wanted, query.limit + 1, place(query.after))
        shown, after = part(found, query.limit, _mark)
        return {"calls": [_listed(each) for each in shown], "next": after}

    @endpoints.endpoint("GET", "/calls/<sid>", Scope.READ, CallWhole)
    def read_call(sid: str) -> Any:
        """A call, word for word."""
        with parts.store.reading() as work:
            call = work.calls.read(sid)
            if call is None:
                refuse(Kind.NOT_FOUND, "There is no such call, or it is so old that it was forgotten.")
            turns, refusals, rings = work.turns.of(sid), work.refusals.of(sid), work.rings.of_call(sid)
        return {
            **{name: getattr(call, name) for name in CallWhole.model_fields if hasattr(call, name)},
            "caller": masked(call.caller),
            "turns": [_turn(each) for each in turns],
            "refusals": [RefusalTold.model_validate(each) for each in refusals],
            "rings": [RingTold.model_validate(each) for each in rings],
        }

    @endpoints.endpoint("GET", "/live", Scope.READ, Live)
    def live() -> Any:
        """Who calls now, whom the line rings, and which tickets rest."""
        at = parts.clock()
        with parts.store.reading() as work:
            calls = [_masked(CallNow.model_validate(call)) for call in work.calls.live(at) if call.parent_sid is None]
            return {
                "calls": calls,
                "phones": [PhoneTold.model_validate(each) for each in work.overview.phones()],
                "resting": [Resting.model_validate(each) for each in work.overview.resting(at, SHOWN_AT_MOST)],
                "worker_seen_at": work.heartbeats.last("worker"),
                "routing_version": work.routing.current_version(),
            }


def _mark(call: CallLine) -> str:
    return cursor((call.started_at, call.sid))


def place(after: str) -> Place | None:
    """Where a part of a list of calls begins; None: at its beginning. Refuses what no part answered."""
    found = place_at(after)
    if after and found is None:
        invalid("query.after", "expected what the part before answered as next")
    return found


def _listed(call: CallLine) -> CallListed:
    return CallListed.model_validate(call).model_copy(update={"caller": masked(call.caller)})


def _masked(call: CallNow) -> CallNow:
    return call.model_copy(update={"caller": masked(call.caller)})


def _turn(turn: Any) -> TurnTold:
    said = [Sentence(language=language, text=text) for language, text in turn.said]
    return TurnTold(number=turn.number, at=turn.at, heard=type(turn.heard).__name__, step_from=turn.step_from,
                    step_to=turn.step_to, said=said)

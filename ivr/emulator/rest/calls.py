"""Calls: create, fetch, list, update, delete."""

import math

from aiohttp import web
from multidict import MultiMapping

from ivr.emulator.debugger import Fault
from ivr.emulator.documents import GoTo, Page, read_page
from ivr.emulator.legs import Leg
from ivr.emulator.office import Office
from ivr.emulator.outgoing import Order, order_call
from ivr.emulator.phone import is_handset_address
from ivr.emulator.program import divert
from ivr.emulator.rest.wire import API, OFFICE, Json, Refused, not_found, on_dates, page_json, rfc2822, text

routes = web.RouteTableDef()
TWIML_AT_MOST = 4000
LIVE = ("queued", "initiated", "ringing", "in-progress")


@routes.post("/Accounts/{account}/Calls.json")
async def create(request: web.Request) -> web.Response:
    """Place a call. 201 says it is queued, nothing more."""
    office, form = request.app[OFFICE], await request.post()
    order = order_of(office, form, start_of(form))
    leg = order_call(office, order)
    return web.json_response(call_json(leg), status=201)


@routes.get("/Accounts/{account}/Calls.json")
async def listing(request: web.Request) -> web.Response:
    """All calls, newest first; To, From, Status, ParentCallSid, StartTime, EndTime filter."""
    query = request.query

    def wanted(leg: Leg) -> bool:
        facts = {"To": leg.receiver, "From": leg.sender, "Status": status_of(leg)}
        facts["ParentCallSid"] = leg.parent.sid if leg.parent else ""
        dates = on_dates(query, "StartTime", leg.answered_at) and on_dates(query, "EndTime", leg.ended_at)
        return dates and all(query.get(name) in (None, fact) for name, fact in facts.items())

    legs = [leg for leg in reversed(request.app[OFFICE].legs.values()) if wanted(leg)]
    return web.json_response(page_json(request, "calls", [call_json(leg) for leg in legs]))


@routes.get("/Accounts/{account}/Calls/{sid}.json")
async def fetch(request: web.Request) -> web.Response:
    """One call."""
    return web.json_response(call_json(leg_of(request)))


@routes.delete("/Accounts/{account}/Calls/{sid}.json")
async def delete(request: web.Request) -> web.Response:
    """Forget a finished call; a live one cannot be deleted."""
    leg = leg_of(request)
    if leg.is_live:
        raise Refused(409, 20009, "Resource cannot be deleted while the call is in progress")
    del request.app[OFFICE].legs[leg.sid]
    return web.Response(status=204)


@routes.post("/Accounts/{account}/Calls/{sid}.json")
async def update(request: web.Request) -> web.Response:
    """Cancel, end or redirect a live call. 21220: it is over."""
    leg, form = leg_of(request), await request.post()
    if not leg.is_live:
        raise Refused(400, 21220, "Call is not in-progress. Cannot redirect.")
    status = text(form, "Status")
    if status == "canceled" and not leg.answered.is_set():
        leg.end("canceled", 487)
    elif status == "completed":
        leg.end("completed" if leg.answered.is_set() else "canceled", 0 if leg.answered.is_set() else 487)
    elif status and status != "canceled":
        raise Refused(400, 21218, "Invalid status")
    elif not status:
        divert(leg, start_of(form))
    return web.json_response(call_json(leg))


def leg_of(request: web.Request) -> Leg:
    """The call that the path names."""
    leg = request.app[OFFICE].legs.get(request.match_info["sid"])
    if leg is None:
        raise not_found(request.path)
    return leg


def start_of(form: MultiMapping[object]) -> GoTo | Page:
    """Where the call's documents begin: Url, or the Twiml parameter (4000 characters, 32018)."""
    url, twiml = text(form, "Url"), text(form, "Twiml")
    if url:
        if not url.startswith(("http://", "https://")):
            raise Refused(400, 21205, f"Url is not a valid URL: {url}")
        method = "GET" if text(form, "Method").upper() == "GET" else "POST"
        return GoTo(url=url, method=method, kind="voice")
    if not twiml:
        raise Refused(400, 21205, "Url parameter is required.")
    if len(twiml) > TWIML_AT_MOST:
        raise Refused(400, 32018, "Twiml parameter exceeds 4000 characters")
    try:
        return read_page(twiml.encode(), "", "POST")
    except Fault as fault:
        raise Refused(400, fault.code, str(fault)) from fault


def order_of(office: Office, form: MultiMapping[object], start: GoTo | Page) -> Order:
    """What to dial. 21201 no To, 21213 no From, 21211 bad To, 21210 a From that is neither bought nor verified."""
    receiver, sender = text(form, "To"), text(form, "From")
    if not receiver:
        raise Refused(400, 21201, "No 'To' number is specified")
    if not sender:
        raise Refused(400, 21213, "From phone number is required")
    if not is_handset_address(receiver):
        raise Refused(400, 21211, f"The phone number you are attempting to call, {receiver}, is not valid.")
    if not office.may_call_from(sender, text(form, "CallToken")):
        raise Refused(400, 21210, f"The source phone number provided, {sender}, is not yet verified for your account.")
    return Order.of(form, sender=sender, receiver=receiver, start=start)


def status_of(leg: Leg) -> str:
    """``initiated`` exists only in callbacks; the resource says queued until it rings."""
    return "queued" if leg.status == "initiated" else leg.status


def price_of(leg: Leg) -> str | None:
    """What the leg has cost, negative as the vendor writes it, in begun minutes; None before it is over."""
    if leg.is_live:
        return None
    terms = leg.office.assumptions
    rate = terms.price_inbound if leg.direction == "inbound" else terms.price_outbound
    return f"{-rate * math.ceil(leg.seconds() / 60):.5f}"


def call_json(leg: Leg) -> Json:
    """The vendor's Call resource."""
    account = leg.office.account_sid
    path = f"{API}/Accounts/{account}/Calls/{leg.sid}"
    line = leg.office.lines.get(leg.receiver if leg.direction == "inbound" else leg.sender)
    parts = ("notifications", "recordings", "payments", "streams", "transcriptions", "siprec", "events")
    names = {"siprec": "Siprec", "user_defined_messages": "UserDefinedMessages"}
    return {
        "sid": leg.sid, "account_sid": account, "api_version": "2010-04-01", "direction": leg.direction,
        "parent_call_sid": leg.parent.sid if leg.parent else None, "phone_number_sid": line.sid if line else None,
        "to": leg.receiver, "to_formatted": leg.receiver, "from": leg.sender, "from_formatted": leg.sender,
        "status": status_of(leg), "start_time": rfc2822(leg.answered_at), "end_time": rfc2822(leg.ended_at),
        "duration": None if leg.is_live else str(leg.seconds()), "answered_by": leg.answered_by or None,
        "date_created": rfc2822(leg.created), "date_updated": rfc2822(leg.ended_at or leg.answered_at or leg.created),
        "price": price_of(leg), "price_unit": "USD", "annotation": None, "forwarded_from": None, "group_sid": None,
        "caller_name": None, "queue_time": str(leg.queue_time), "trunk_sid": None,
        "stir_verstat": leg.extra.get("StirVerstat"), "uri": f"{path}.json",
        "subresource_uris": {part: f"{path}/{names.get(part, part.title())}.json" for part in parts},
    }  # fmt: skip

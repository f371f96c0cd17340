"""Conferences: fetch, list, end, announce."""

from dataclasses import replace

from aiohttp import web

from ivr.emulator.conferences import Conference
from ivr.emulator.debugger import Fault
from ivr.emulator.documents import GoTo
from ivr.emulator.legs import Leg
from ivr.emulator.office import Office
from ivr.emulator.program import Rules, follow
from ivr.emulator.rest.wire import API, OFFICE, Json, not_found, page_json, rfc2822, text

routes = web.RouteTableDef()
ANNOUNCEMENT = Rules(allowed=frozenset({"Play", "Say", "Pause", "Redirect"}), code=13238)


@routes.get("/Accounts/{account}/Conferences.json")
async def listing(request: web.Request) -> web.Response:
    """All conferences, newest first; FriendlyName and Status filter."""
    office, query = request.app[OFFICE], request.query
    chosen = [
        one for one in reversed(office.conferences.values())
        if query.get("FriendlyName") in (None, one.name) and query.get("Status") in (None, one.status)
    ]  # fmt: skip
    return web.json_response(page_json(request, "conferences", [conference_json(one) for one in chosen]))


@routes.get("/Accounts/{account}/Conferences/{sid}.json")
async def fetch(request: web.Request) -> web.Response:
    """One conference."""
    return web.json_response(conference_json(conference_of(request)))


@routes.post("/Accounts/{account}/Conferences/{sid}.json")
async def update(request: web.Request) -> web.Response:
    """End it (Status=completed) or announce something to everybody (AnnounceUrl)."""
    office, conference, form = request.app[OFFICE], conference_of(request), await request.post()
    if text(form, "Status") == "completed":
        conference.end("conference-ended-via-api")
    elif url := text(form, "AnnounceUrl"):
        legs = [seat.leg for seat in conference.seats.values()]
        office.spawn(announce(conference, legs, GoTo(url=url, method=text(form, "AnnounceMethod", "POST"))))
    return web.json_response(conference_json(conference))


def conference_of(request: web.Request) -> Conference:
    """The conference that the path names, by SID; the participants' path also takes the name of a live one."""
    office, key = request.app[OFFICE], request.match_info["sid"]
    found = office.conferences.get(key) or live_by_name(office, key)
    if found is None:
        raise not_found(request.path)
    return found


def live_by_name(office: Office, name: str) -> Conference | None:
    """A conference that is not over, by its friendly name."""
    return next((one for one in office.conferences.values() if one.name == name and one.status != "completed"), None)


async def announce(conference: Conference, legs: list[Leg], step: GoTo) -> None:
    """Let these legs hear a document; the callback says whether it could be had."""
    if not legs:
        return
    try:
        for leg in legs[1:]:
            leg.office.spawn(_hear(leg, step))
        await follow(legs[0], replace(step, kind="announcement"), ANNOUNCEMENT)
    except Fault as fault:
        conference.office.alert(fault.code, legs[0].sid, fault.url, fault.detail)
        conference.tell("announcement-fail", conference.find(legs[0].sid))
        return
    conference.tell("announcement-end", conference.find(legs[0].sid))


async def _hear(leg: Leg, step: GoTo) -> None:
    try:
        await follow(leg, replace(step, kind="announcement"), ANNOUNCEMENT)
    except Fault as fault:
        leg.office.alert(fault.code, leg.sid, fault.url, fault.detail)


def conference_json(conference: Conference) -> Json:
    """The vendor's Conference resource."""
    account = conference.office.account_sid
    path = f"{API}/Accounts/{account}/Conferences/{conference.sid}"
    return {
        "sid": conference.sid, "account_sid": account, "api_version": "2010-04-01", "friendly_name": conference.name,
        "status": conference.status, "region": "us1", "date_created": rfc2822(conference.created),
        "date_updated": rfc2822(conference.updated), "reason_conference_ended": conference.reason or None,
        "call_sid_ending_conference": conference.ended_by or None, "uri": f"{path}.json",
        "subresource_uris": {"participants": f"{path}/Participants.json", "recordings": f"{path}/Recordings.json"},
    }  # fmt: skip

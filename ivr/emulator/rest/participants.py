"""Participants of a conference: call one in, fetch, list, mute, hold, announce to, remove."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from aiohttp import web
from multidict import MultiMapping

from ivr.emulator.conferences import Conference, Participant, room
from ivr.emulator.debugger import Fault
from ivr.emulator.documents import GoTo, Page
from ivr.emulator.legs import Leg
from ivr.emulator.outgoing import order_call
from ivr.emulator.program import follow
from ivr.emulator.rest.calls import order_of
from ivr.emulator.rest.conferences import ANNOUNCEMENT, announce, conference_of
from ivr.emulator.rest.wire import API, OFFICE, Json, Refused, not_found, page_json, rfc2822, text, truth
from ivr.emulator.waiting import first_of

routes = web.RouteTableDef()
LONGEST_CALL = 86400.0
NOUN: Mapping[str, str] = {
    "Muted": "muted", "Beep": "beep", "StartConferenceOnEnter": "startConferenceOnEnter", "WaitUrl": "waitUrl",
    "EndConferenceOnExit": "endConferenceOnExit", "WaitMethod": "waitMethod", "Label": "participantLabel",
    "CallSidToCoach": "coach", "ConferenceStatusCallback": "statusCallback",
    "ConferenceStatusCallbackMethod": "statusCallbackMethod",
}  # fmt: skip


@routes.post("/Accounts/{account}/Conferences/{sid}/Participants.json")
async def create(request: web.Request) -> web.Response:
    """Call somebody into a conference, which is opened if there is none of that name. 16025: the label is in use."""
    office, form, name = request.app[OFFICE], await request.post(), request.match_info["sid"]
    order = order_of(office, form, Page(url="", method="POST", verbs=(_document(form, name),)))
    conference = room(office, name)
    if (label := text(form, "Label")) and conference.find(label) is not None:
        raise Refused(400, 16025, f"Participant label {label} is already in use")
    leg = order_call(office, order)
    seat = Participant(
        leg=leg, label=label, starts=truth(form, "StartConferenceOnEnter", True),
        ends=truth(form, "EndConferenceOnExit", False), joined=office.clock.now(),
    )  # fmt: skip
    return web.json_response(participant_json(conference, seat, status="queued"), status=201)


@routes.get("/Accounts/{account}/Conferences/{sid}/Participants.json")
async def listing(request: web.Request) -> web.Response:
    """Who is in the conference; Muted, Hold and Coaching filter."""
    conference, query = conference_of(request), request.query

    def wanted(seat: Participant) -> bool:
        facts = {"Muted": seat.leg.muted, "Hold": seat.leg.on_hold, "Coaching": bool(seat.leg.coaching)}
        return all(query.get(name, str(fact)).lower() == str(fact).lower() for name, fact in facts.items())

    seats = [participant_json(conference, seat) for seat in conference.seats.values() if wanted(seat)]
    return web.json_response(page_json(request, "participants", seats))


@routes.get("/Accounts/{account}/Conferences/{sid}/Participants/{key}.json")
async def fetch(request: web.Request) -> web.Response:
    """One participant, by call or label."""
    conference = conference_of(request)
    return web.json_response(participant_json(conference, _seat(request, conference)))


@routes.post("/Accounts/{account}/Conferences/{sid}/Participants/{key}.json")
async def update(request: web.Request) -> web.Response:
    """Mute, hold (HoldUrl), announce (AnnounceUrl), coach, or change what leaving means."""
    conference, form = conference_of(request), await request.post()
    seat = _seat(request, conference)
    if "Muted" in form:
        conference.mute(seat, on=truth(form, "Muted", False))
    if "Hold" in form:
        conference.hold(seat, on=truth(form, "Hold", False))
        if seat.leg.on_hold and (url := text(form, "HoldUrl")):
            step = GoTo(url=url, method=text(form, "HoldMethod", "POST"), kind="hold")
            seat.leg.office.spawn(_hold_music(seat.leg, step))
    if "EndConferenceOnExit" in form:
        seat.ends = truth(form, "EndConferenceOnExit", False)
        conference.tell("participant-modify", seat)
    if "Coaching" in form or "CallSidToCoach" in form:
        seat.leg.coaching = text(form, "CallSidToCoach") if truth(form, "Coaching", True) else ""
        conference.tell("participant-modify", seat)
    if url := text(form, "AnnounceUrl"):
        step = GoTo(url=url, method=text(form, "AnnounceMethod", "POST"))
        seat.leg.office.spawn(announce(conference, [seat.leg], step))
    return web.json_response(participant_json(conference, seat))


@routes.delete("/Accounts/{account}/Conferences/{sid}/Participants/{key}.json")
async def remove(request: web.Request) -> web.Response:
    """Show somebody out: his leg goes on with its next verb or action."""
    conference = conference_of(request)
    conference.leave(_seat(request, conference))
    return web.Response(status=204)


async def _hold_music(leg: Leg, step: GoTo) -> None:
    """Repeat the document until the participant is taken back."""

    async def music() -> None:
        while True:
            await follow(leg, step, ANNOUNCEMENT)

    def is_back() -> bool:
        return not leg.on_hold or not leg.is_live

    try:
        await first_of(back=leg.office.until(is_back, LONGEST_CALL), music=music())
    except Fault as fault:
        leg.office.alert(fault.code, leg.sid, fault.url, fault.detail)


def _document(form: MultiMapping[object], name: str) -> Element:
    dial = Element("Dial")
    if text(form, "TimeLimit"):
        dial.set("timeLimit", text(form, "TimeLimit"))
    noun = SubElement(dial, "Conference")
    noun.text = name
    for parameter, attribute in NOUN.items():
        if parameter in form:
            value = text(form, parameter)
            noun.set(attribute, value.lower() if value in ("True", "False") else value)
    kinds = [str(kind) for kind in form.getall("ConferenceStatusCallbackEvent", [])]
    if kinds:
        noun.set("statusCallbackEvent", " ".join(kinds))
    return dial


def _seat(request: web.Request, conference: Conference) -> Participant:
    found = conference.find(request.match_info["key"])
    if found is None:
        raise not_found(request.path)
    return found


def participant_json(conference: Conference, seat: Participant, status: str = "connected") -> Json:
    """The vendor's Participant resource."""
    account, leg = conference.office.account_sid, seat.leg
    path = f"{API}/Accounts/{account}/Conferences/{conference.sid}/Participants/{leg.sid}"
    return {
        "account_sid": account, "call_sid": leg.sid, "conference_sid": conference.sid, "label": seat.label or None,
        "muted": leg.muted, "hold": leg.on_hold, "coaching": bool(leg.coaching),
        "call_sid_to_coach": leg.coaching or None, "start_conference_on_enter": seat.starts,
        "end_conference_on_exit": seat.ends, "status": status, "date_created": rfc2822(seat.joined),
        "date_updated": rfc2822(seat.joined), "queue_time": str(leg.queue_time), "uri": f"{path}.json",
    }  # fmt: skip

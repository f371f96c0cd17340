"""<Dial><Conference>."""

import asyncio
from xml.etree.ElementTree import Element

from ivr.emulator.conferences import HOLD_MUSIC, PARTICIPANTS_AT_MOST, Conference, Notices, Participant, room
from ivr.emulator.debugger import Fault
from ivr.emulator.documents import NEXT, GoTo, Outcome, Page, action_of, method_of, text_of, truth, whole
from ivr.emulator.legs import Leg
from ivr.emulator.program import Rules, follow
from ivr.emulator.recordings import recording_dial
from ivr.emulator.waiting import first_of

WAITING = Rules(allowed=frozenset({"Play", "Say", "Pause", "Redirect"}), code=13238)


async def join_conference(leg: Leg, dial: Element, noun: Element, page: Page) -> Outcome:
    """Sit in a conference until it ends, one is removed, or leaves with star (hangupOnStar).

    Until two are there, one of them with startConferenceOnEnter, the waitUrl is heard (default music, '' silence; verbs
    Play, Say, Pause, Redirect, any other 13238; exhausted means silence; if it fails, the next verb or action follows).
    A label already in use: 16025 and the next verb. An unknown ``coach``: 13240 and the action with failed. At most
    250.
    The action gets DialCallStatus=answered, and neither DialCallSid nor DialCallDuration.

    Contract: https://www.twilio.com/docs/voice/twiml/conference
    """
    conference = room(leg.office, text_of(noun))
    if len(conference.seats) >= PARTICIPANTS_AT_MOST:
        return NEXT
    label, coach = noun.get("participantLabel", ""), noun.get("coach", "")
    if label and conference.find(label) is not None:
        leg.office.alert(16025, leg.sid, page.url, label)
        return NEXT
    if coach and coach not in conference.seats:
        leg.office.alert(13240, leg.sid, page.url, coach)
        return _onward(dial, page, {"DialCallStatus": "failed"})
    with recording_dial(leg, noun if noun.get("record") else dial, page) as recorded:
        reached = await _sit(leg, dial, noun, page, conference)
    status = {"DialCallStatus": "answered" if reached else "failed"}
    return _onward(dial, page, status | recorded.parameters())


def _onward(dial: Element, page: Page, parameters: dict[str, str]) -> Outcome:
    return NEXT if dial.get("action") is None else action_of(dial, page, parameters)


async def _sit(leg: Leg, dial: Element, noun: Element, page: Page, conference: Conference) -> bool:
    seat = Participant.from_noun(leg, noun)
    conference.join(seat, Notices.from_noun(noun, page))
    leg.keypad.forget()
    try:
        await first_of(
            left=seat.left.wait(),
            star=_star(leg, wanted=truth(dial, "hangupOnStar", False)),
            limit=asyncio.sleep(whole(dial, "timeLimit", 14400, 1, 86400)),
            waiting=_wait(leg, noun, page, conference),
        )
    except Fault as fault:
        leg.office.alert(fault.code, leg.sid, fault.url, fault.detail)
        return False
    finally:
        conference.leave(seat)
    return True


async def _star(leg: Leg, *, wanted: bool) -> None:
    if wanted:
        await leg.keypad.key("*")
    else:
        await asyncio.Event().wait()


async def _wait(leg: Leg, noun: Element, page: Page, conference: Conference) -> None:
    """Wait for the start with music, then for ever: only being removed, ending or leaving ends a conference."""
    if not conference.started.is_set():
        await first_of(started=conference.started.wait(), music=_music(leg, noun, page))
    await asyncio.Event().wait()


async def _music(leg: Leg, noun: Element, page: Page) -> None:
    url = noun.get("waitUrl")
    if url is None:
        with leg.sounding(HOLD_MUSIC):
            await asyncio.Event().wait()
    if url:
        start = GoTo(url=page.absolute(url), method=method_of(noun, "waitMethod"), kind="wait")
        await follow(leg, start, WAITING)
    await asyncio.Event().wait()

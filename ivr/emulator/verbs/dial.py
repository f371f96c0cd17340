"""<Dial>."""

import asyncio
import re
from collections.abc import Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from ivr.emulator.callbacks import Watch
from ivr.emulator.debugger import Fault
from ivr.emulator.detection import Detection
from ivr.emulator.documents import NEXT, GoTo, Outcome, Page, action_of, method_of, truth, whole
from ivr.emulator.hunting import Hunt, Hunted, Target, Terms
from ivr.emulator.legs import Leg
from ivr.emulator.program import discard
from ivr.emulator.recordings import recording_dial
from ivr.emulator.verbs.conference import join_conference
from ivr.emulator.verbs.queue import dial_queue

NOUNS = ("Number", "Client", "Sip")
NOUNS_AT_MOST = 10
ROOMS = {"Conference": join_conference, "Queue": dial_queue}


async def dial(leg: Leg, element: Element, page: Page) -> Outcome:
    """Ring up to ten telephones (at once, or in turn with ``sequential``), screen the one that answers, bridge.

    timeout 30 (5 to 600) and about 5 s more, timeLimit 14400. The action gets DialCallStatus, DialCallSid,
    DialBridged and,
    once answered, DialCallDuration; without an action the next verb follows. ``callerId`` defaults to the caller's
    number and
    must be one of the call's own, a bought or a verified number (13214). With ``answerOnBridge`` as first verb the
    call is
    answered only at the bridge. A document that screens and hangs up gives DialCallStatus=completed with
    DialBridged=false.

    Contract: https://www.twilio.com/docs/voice/twiml/dial, https://www.twilio.com/docs/voice/twiml/number
    """
    for noun in element:
        if noun.tag in ROOMS:
            await leg.pick_up()
            return await ROOMS[noun.tag](leg, element, noun, page)
    if not truth(element, "answerOnBridge", False):
        await leg.pick_up()
    try:
        hunt = Hunt(leg, terms_of(leg, element, page), targets_of(element, page))
    except Fault as fault:
        if fault.code not in (13214, 13223):
            raise
        leg.office.alert(fault.code, leg.sid, fault.url, fault.detail)
        return _onward(leg, element, page, Hunted(status="failed"))
    with recording_dial(leg, element, page) as recorded:
        try:
            hunted = await hunt.run()
        except asyncio.CancelledError:
            _left(leg, element, page, hunt)
            raise
    return _onward(leg, element, page, hunted, recorded.parameters() if hunted.is_bridged else {})


def terms_of(leg: Leg, element: Element, page: Page) -> Terms:
    """The attributes with their documented defaults and limits. Fault 13214: a caller ID that is not ours to show."""
    caller_id = element.get("callerId") or leg.sender
    if caller_id not in {leg.sender, leg.receiver, *leg.office.lines, *leg.office.verified}:
        raise Fault(13214, page.url, caller_id)
    return Terms(
        caller_id=caller_id,
        timeout=whole(element, "timeout", 30, 5, 600) + leg.office.assumptions.dial_grace,
        time_limit=whole(element, "timeLimit", 14400, 1, 86400),
        hangup_on_star=truth(element, "hangupOnStar", False),
        sequential=truth(element, "sequential", False),
    )


def targets_of(element: Element, page: Page) -> tuple[Target, ...]:
    """The nouns, or the number that is the Dial's own text."""
    nouns = [noun for noun in element if noun.tag in NOUNS] or [element]
    return tuple(_target(noun, page) for noun in nouns[:NOUNS_AT_MOST])


def _target(noun: Element, page: Page) -> Target:
    url = noun.get("url", "") if noun.tag != "Dial" else ""
    return Target(
        address=address_of(noun, page),
        screening=GoTo(url=page.absolute(url), method=method_of(noun, "method"), kind="screening") if url else None,
        watch=Watch.from_noun(noun, page) if noun.tag != "Dial" else None,
        send_digits=noun.get("sendDigits", ""),
        detection=Detection.from_noun(noun, page) if noun.tag in ("Number", "Sip") else None,
    )


def address_of(noun: Element, page: Page) -> str:
    """The telephone a noun means. Fault 13223: not a number."""
    words = (noun.text or "").strip()
    if noun.tag == "Client":
        return f"client:{(noun.findtext('Identity') or words).strip()}"
    if noun.tag == "Sip":
        return words if words.startswith("sip") else f"sip:{words}"
    number = re.sub(r"[\s().-]", "", words)
    if re.fullmatch(r"\d{10}", number):
        return f"+1{number}"
    if not re.fullmatch(r"\+?\d{3,15}", number):
        raise Fault(13223, page.url, words)
    return number if number.startswith("+") else f"+{number}"


def _onward(
    leg: Leg, element: Element, page: Page, hunted: Hunted, beside: Mapping[str, str] = MappingProxyType({})
) -> Outcome:
    """The action, or without one the next verb (unlike Gather and Record)."""
    if element.get("action") is None:
        return NEXT
    return action_of(element, page, action_parameters(leg, hunted) | dict(beside))


def action_parameters(leg: Leg, hunted: Hunted) -> dict[str, str]:
    """DialCallDuration is not sent for a leg that never answered, nor for one that was redirected away."""
    child = hunted.child
    parameters = {"DialCallStatus": hunted.status, "DialBridged": str(hunted.is_bridged).lower()}
    if child is None:
        return parameters
    parameters["DialCallSid"] = child.sid
    rule = leg.office.assumptions.screened_out_duration
    if child.answered.is_set() and not hunted.was_diverted and (hunted.is_bridged or rule != "absent"):
        counted = hunted.is_bridged or rule == "elapsed"
        parameters["DialCallDuration"] = str(child.seconds() if counted else 0)
    return parameters


def _left(leg: Leg, element: Element, page: Page, hunt: Hunt) -> None:
    """The caller hung up, or the REST API took the leg elsewhere: wind up; the action's answer is discarded."""
    if leg.is_live:
        leg.wind_up_seconds = 0.5  # measured by a third party: child ends +0.17 s, action +0.32 s, new document +0.65 s
        leg.office.spawn(_wind_up_diverted(leg, element, page, hunt))
        return
    hunted = hunt.abandoned()
    hunt.end_children()
    rule = leg.office.assumptions.dial_action_after_hang_up
    if element.get("action") is not None and (rule == "always" or (rule == "bridged" and hunted.is_bridged)):
        leg.office.spawn(discard(leg, action_of(element, page, action_parameters(leg, hunted))))


async def _wind_up_diverted(leg: Leg, element: Element, page: Page, hunt: Hunt) -> None:
    await asyncio.sleep(0.17)
    hunted = hunt.abandoned()
    hunt.end_children()
    if element.get("action") is not None:
        completed = Hunted(status="completed", child=hunted.child, is_bridged=hunted.is_bridged)
        await discard(leg, action_of(element, page, action_parameters(leg, completed)))

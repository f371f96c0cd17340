"""The caller waits on hold while phones ring beside: what the rings so far mean, and what the caller is told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from flows import ladder_hunt, next_ring
from flows.call import EscalationCall, Leaving
from flows.effects import RingClosed, RingsStopped
from flows.heard import HoldEnded, RingNow, StillWaiting
from flows.prompts.spoken import Prompt, Span, say
from flows.rules.hunt import Hunt
from flows.rules.ladder import Position
from flows.rules.ring_outcome import RingOutcome
from flows.spoken_reasons import local
from flows.turn import AwaitTalkEnd, Hold, Turn, turn
from flows.way_forward import leave_hold
from flows.wrap_up import Terms, WrapUp

STEPS = frozenset({"holding", "choices"})
"""The steps at which a caller waits on hold and can be led on."""

TELL_EVERY = timedelta(seconds=20)
"""Nobody on hold goes longer without a word."""

TIME_TO_STATE_TERMS = timedelta(seconds=40)
"""How long the caller is kept for the manager's word after a talk; the menu is heard twice in that time."""

TIME_TO_TELL = timedelta(seconds=2)
"""After a talk: by then the carrier has told of a manager who has hung up."""

TIME_TO_JOIN = timedelta(seconds=30)
"""The carrier joins both within seconds: whoever still hears music after this was not joined, and never will be."""

WORTH_TELLING = (
    RingOutcome.DECLINED,
    RingOutcome.NOT_ACCEPTED,
    RingOutcome.BUSY,
    RingOutcome.NO_ANSWER,
    RingOutcome.FAILED,
    RingOutcome.NOT_ALLOWED,
)
"""Of several phones of one level the first of these is told: the one that came closest to a talk."""


def ring_beside(call: EscalationCall, hunt: Hunt, places: Sequence[Position]) -> Turn[EscalationCall]:
    """Ring the phones at these places, one or those of a whole level, while the caller waits."""
    assert call.position is not None
    now = hunt.now
    rings = tuple(ladder_hunt.phone(call, each) for each in places)
    wait = hunt.wait_at(call.position)
    numbers = tuple(ring.number for ring in rings)
    ringing = replace(
        call,
        on_hold=True,
        ringing=numbers,
        rung=(*call.rung, *numbers),
        ring_until=now + wait,
        told_at=now,
        wrap_until=None,
    )
    title = ladder_hunt.title_of(ladder_hunt.level_of(call))
    told = say("ring.ringing", title=title, wait=Span(wait, at_most=True))
    return turn(ringing, Hold(ring=rings), told, say("hold.star"), goto="holding")


def wait_on(call: EscalationCall, heard: StillWaiting) -> Turn[EscalationCall]:
    """Look at the rings: wait, ring on, or take the caller off hold where phones cannot be rung beside."""
    if call.wrap_until is not None:
        return _await_terms(call, heard, call.wrap_until)
    if any(ring.accepted and ring.outcome is None for ring in heard.rings) and _may_yet_join(call, heard.at):
        return turn(call, Hold(joining=True), goto="holding")
    rings = [ring for ring in heard.rings if ring.number in call.ringing]
    if any(ring.outcome is RingOutcome.TALKED for ring in rings):
        return turn(call, Hold(), goto="holding")  # the manager's leg was quicker to tell; the caller's is about to
    if call.ring_until is not None and heard.at < call.ring_until and any(ring.outcome is None for ring in rings):
        return _still_ringing(call, heard.at)
    if rings and all(ring.outcome is RingOutcome.NOT_PLACED for ring in rings):
        return _dial_instead(call)
    return _ring_on(call, rings, heard.at)


def after_leaving(call: EscalationCall, heard: StillWaiting) -> Turn[EscalationCall]:
    """The caller has left just as a manager accepted: whether they talked is known once that ring has ended."""
    rings = [ring for ring in heard.rings if ring.number in call.ringing]
    if any(ring.accepted and ring.outcome is None for ring in rings):
        return Turn(call=call, then=AwaitTalkEnd())
    talked = any(ring.outcome is RingOutcome.TALKED for ring in rings)
    rank = ladder_hunt.level_of(call).rank if talked else call.talked
    return ladder_hunt.abandoned(replace(call, talked=rank), heard.at)


def talk_over(call: EscalationCall, heard: HoldEnded) -> Turn[EscalationCall]:
    """The manager is no longer there: keep the caller for the terms the manager is stating.

    Whether the manager is stating any, or has simply hung up, the carrier tells within seconds; nothing is said before.
    """
    kept = replace(call, stated=None, wrap_until=heard.at + TIME_TO_STATE_TERMS, told_at=None, ringing=())
    return turn(kept, Hold(seconds=4), goto="holding")


def _may_yet_join(call: EscalationCall, now: datetime) -> bool:
    return call.ring_until is None or now < call.ring_until + TIME_TO_JOIN


def _still_ringing(call: EscalationCall, now: datetime) -> Turn[EscalationCall]:
    assert call.ring_until is not None
    if call.told_at is not None and now - call.told_at < TELL_EVERY:
        return turn(call, Hold(), goto="holding")
    title, wait = ladder_hunt.title_of(ladder_hunt.level_of(call)), Span(call.ring_until - now, at_most=True)
    return turn(replace(call, told_at=now), Hold(), say("hold.still_ringing", title=title, wait=wait), goto="holding")


def _dial_instead(call: EscalationCall) -> Turn[EscalationCall]:
    again = tuple(number for number in call.rung if number not in call.ringing)
    return leave_hold(replace(call, ringing=(), rung=again), Leaving.TO_DIAL, say("trouble.hold"))


def _ring_on(call: EscalationCall, rings: list[RingNow], now: datetime) -> Turn[EscalationCall]:
    assert call.position is not None
    ended = [ring.outcome for ring in rings if ring.outcome is not None] or [RingOutcome.NO_ANSWER]
    matters = next((each for each in WORTH_TELLING if each in ended), RingOutcome.NO_ANSWER)
    hunt = ladder_hunt.hunt(call, now)
    climbed = next_ring.climb(replace(call, ringing=()), hunt.beyond_round(call.position), now)
    told = say(_news(matters, rings), title=ladder_hunt.title_of(ladder_hunt.level_of(call)))
    if any(ring.outcome is None for ring in rings):
        climbed = climbed.stating(RingsStopped(outcome=RingOutcome.NO_ANSWER))
    if any(ring.accepted and ring.outcome is None for ring in rings):
        climbed = climbed.stating(RingClosed(outcome=RingOutcome.NOT_ACCEPTED))
    return climbed.after(told)


def _news(matters: RingOutcome, rings: list[RingNow]) -> str:
    """What is told of rings that led to nothing. That a mailbox picked up is the carrier's guess, and good for no more
    than this sentence."""
    if matters is RingOutcome.NOT_ACCEPTED and any(ring.machine for ring in rings if ring.outcome is matters):
        return "ring.mailbox"
    return ladder_hunt.NEWS_OF_RING[matters]


def _await_terms(call: EscalationCall, heard: StillWaiting, until: datetime) -> Turn[EscalationCall]:
    if heard.wrap_up is None and not heard.manager_left and heard.at < until:
        return _keep(call, heard.at, since=until - TIME_TO_STATE_TERMS)
    call = replace(call, wrap_until=None, stated=heard.wrap_up)
    if heard.wrap_up is not None and heard.wrap_up.terms is Terms.HANDED_UP:
        return next_ring.next_level(call, heard.at).after(_terms(call, heard.wrap_up, heard.at))
    words = () if heard.wrap_up is None else (_terms(call, heard.wrap_up, heard.at),)
    return leave_hold(call, Leaving.TO_ASK, *words)


def _keep(call: EscalationCall, now: datetime, since: datetime) -> Turn[EscalationCall]:
    if call.told_at is not None or now - since < TIME_TO_TELL:
        return turn(call, Hold(seconds=4), goto="holding")
    title = ladder_hunt.title_of(ladder_hunt.level_of(call))
    return turn(replace(call, told_at=now), Hold(seconds=4), say("hold.wrapping_up", title=title), goto="holding")


def _terms(call: EscalationCall, wrap_up: WrapUp, now: datetime) -> Prompt:
    assert call.ticket is not None
    title = ladder_hunt.title_of(ladder_hunt.level_of(call))
    until = local(wrap_up.until or now, now, call.ticket, call.line)
    keys = {
        Terms.RESOLVED: say("terms.resolved", title=title),
        Terms.PROMISED: say("terms.promised", title=title, until=until),
        Terms.HANDED_UP: say("terms.handed_up", title=title),
        Terms.QUIET: say("terms.quiet", title=title, until=until),
    }
    return keys[wrap_up.terms]

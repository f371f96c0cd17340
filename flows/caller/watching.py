"""Another call rings managers about the same ticket: this caller waits beside it and hears how it goes."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from flows import ladder_hunt
from flows.call import EscalationCall
from flows.caller_questions import REFUSED
from flows.flow import Part
from flows.heard import AttemptSeen, Digits, WatchNews
from flows.on_hold import TELL_EVERY
from flows.prompts.spoken import Prompt, Words, say
from flows.rules.cooldown import Outcome
from flows.turn import FindTicket, Listen, Turn, Watch, ask, turn
from flows.way_forward import OFFER, offer

part: Part[EscalationCall] = Part()

WATCHING = {"watching": Watch}
"""Where a step leads that lets a caller wait beside another call."""


def begin(call: EscalationCall, now: datetime) -> Turn[EscalationCall]:
    """Wait for how the other call goes on."""
    return turn(replace(call, told_at=now), Watch(seconds=0), say("watch.begins"), goto="watching")


@part.step(leads={**WATCHING, "refused": Listen, "ticket": FindTicket, **OFFER}, ends=True)
def watching(call: EscalationCall, heard: WatchNews) -> Turn[EscalationCall]:
    """Tell what changes; any key brings the choices back. When the other call is over, the rules are asked anew."""
    match heard:
        case Digits():
            return REFUSED.asked(call)
        case AttemptSeen(over=True):
            return _over(call, heard)
        case AttemptSeen():
            return _goes_on(call, heard)
        case _:
            assert_never(heard)


def _goes_on(call: EscalationCall, heard: AttemptSeen) -> Turn[EscalationCall]:
    if heard.level and (heard.level, heard.accepted) != (call.seen_level, call.seen_accepted):
        told = _news(call, heard)
        seen = replace(call, seen_level=heard.level, seen_accepted=heard.accepted, told_at=heard.at, news=(told,))
        return turn(seen, Watch(), told, goto="watching")
    if call.told_at is not None and heard.at - call.told_at < TELL_EVERY:
        return turn(call, Watch(), goto="watching")
    return turn(replace(call, told_at=heard.at), Watch(), _no_news(call, heard), goto="watching")


def _over(call: EscalationCall, heard: AttemptSeen) -> Turn[EscalationCall]:
    match heard.outcome:
        case Outcome.EXHAUSTED | Outcome.NOBODY_ON_DUTY:
            return offer(replace(call, watched=0), say("watch.exhausted"))
        case Outcome.REACHED:
            return _ask_again(call, say("watch.reached"))
        case Outcome.ABANDONED | Outcome.LEFT_EARLY | None:
            return _ask_again(call, say("watch.ended"))
        case _:
            assert_never(heard.outcome)


def _ask_again(call: EscalationCall, told: Prompt) -> Turn[EscalationCall]:
    return ask(replace(call, watched=0), FindTicket(number=call.keyed), told, goto="ticket")


def _news(call: EscalationCall, heard: AttemptSeen) -> Prompt:
    title = _title(call, heard)
    return say("watch.accepted", title=title) if heard.accepted else say("watch.ringing", title=title)


def _no_news(call: EscalationCall, heard: AttemptSeen) -> Prompt:
    if not heard.level:
        return say("watch.under_way")
    title = _title(call, heard)
    return say("watch.talking", title=title) if heard.accepted else say("watch.still_ringing", title=title)


def _title(call: EscalationCall, heard: AttemptSeen) -> Words:
    """In the caller's language, where the other call climbs the ladder that this one knows; a new one may have been
    published in between."""
    assert call.ladder is not None
    levels = [level for level in call.ladder.levels if (level.rank, level.title) == (heard.level, heard.title)]
    return ladder_hunt.title_of(levels[0]) if levels else Words(heard.title)

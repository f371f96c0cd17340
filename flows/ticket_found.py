"""The ticket is known: decide whether it may be escalated and find the words for it."""

from dataclasses import replace
from datetime import datetime

from flows import ladder_hunt
from flows.call import EscalationCall
from flows.caller_questions import CONFIRM, REFUSED
from flows.effects import EscalationRefused
from flows.heard import ClaimRefused, TicketFound
from flows.prompts.spoken import Prompt, Span, Spelled, Words, say
from flows.rules.cooldown import Refused, RefusedBecause, closed_until
from flows.rules.eligibility import Refusal, evaluate, response_due
from flows.rules.hunt import Hunt
from flows.rules.ladder import Position
from flows.spoken_reasons import SEVERITY, ineligible, local, resting
from flows.ticket import Ticket
from flows.turn import Turn


def decide(call: EscalationCall, found: TicketFound) -> Turn[EscalationCall]:
    """Evaluate every rule, keep every reason, speak the one that matters; else offer to escalate."""
    verdict = evaluate(found.ticket, found.terms, found.other_path, found.at)
    refused = closed_until(found.standing, found.ticket.updated_at, found.at)
    call = _with_ticket(call, found)
    if verdict.spoken is None and refused is None:
        told = (readback(found.ticket), *_what_is_owed(call, found.at), *_what_will_happen(call, found))
        return CONFIRM.asked(replace(call, news=told))
    spoken, prompt, opens_at = _what_matters(call, found, verdict.spoken, refused)
    reasons = [*(refusal.reason.value for refusal in verdict.refusals), *([refused.because.value] if refused else [])]
    reasons.remove(spoken)
    stated = EscalationRefused(reasons=(spoken, *reasons), opens_at=opens_at)
    call = _with_way_out(replace(call, news=(readback(found.ticket), prompt)), spoken, opens_at, found.standing.attempt)
    return REFUSED.asked(call).stating(stated)


def refuse_claim(call: EscalationCall, heard: ClaimRefused) -> Turn[EscalationCall]:
    """Another call was faster, or the cooldown began while this caller thought about it."""
    assert call.ticket is not None
    refused = heard.refused
    prompt = resting(refused, heard.at, call.ticket, call.line, call.cooldown)
    stated = EscalationRefused(reasons=(refused.because.value,), opens_at=refused.until)
    call = _with_way_out(replace(call, news=(prompt,)), refused.because.value, refused.until, heard.attempt)
    return REFUSED.asked(call).stating(stated)


def _with_way_out(call: EscalationCall, spoken: str, opens_at: datetime | None, attempt: int | None) -> EscalationCall:
    """What can be offered after a refusal: to wait beside the call that rings managers, or to be told when it opens."""
    if spoken == RefusedBecause.BEING_RUNG.value:
        return replace(call, watched=attempt or 0, seen_level=0, seen_accepted=False, opens_at=None)
    return replace(call, watched=0, opens_at=opens_at)


def readback(ticket: Ticket) -> Prompt:
    """The ticket number digit by digit and what it is about, so that a mistyped number is noticed."""
    number, product = Spelled(ticket.number), Words(ticket.product)
    return say("ticket.found", ticket=number, product=product, severity=SEVERITY[ticket.severity])


def _with_ticket(call: EscalationCall, found: TicketFound) -> EscalationCall:
    return replace(
        call,
        ticket=found.ticket,
        response_due=response_due(found.ticket, found.terms) if found.terms else None,
        ladder=found.ladder,
        cooldown=found.cooldown,
        last_talked=found.standing.last_talked,
        owed=found.owed,
        call_back=found.call_back,
        texts=found.texts,
        rung=(),
        talked=0,
    )


def _what_matters(
    call: EscalationCall, found: TicketFound, refusal: Refusal | None, refused: Refused | None
) -> tuple[str, Prompt, datetime | None]:
    """Of a rule and a cooldown the one that ends last, so that nobody is asked to call again too early."""
    if refused is None or (refusal is not None and (refusal.until is None or refusal.until >= refused.until)):
        assert refusal is not None
        return refusal.reason.value, ineligible(refusal, found, call.line), refusal.until
    prompt = resting(refused, found.at, found.ticket, call.line, found.cooldown)
    return refused.because.value, prompt, refused.until


def _what_is_owed(call: EscalationCall, now: datetime) -> tuple[Prompt, ...]:
    """A promise that was not kept is owned up to before anything else is offered."""
    if call.owed is None:
        return ()
    assert call.ticket is not None
    return (say("confirm.owed", until=local(call.owed, now, call.ticket, call.line)),)


def _what_will_happen(call: EscalationCall, found: TicketFound) -> tuple[Prompt, ...]:
    hunt = ladder_hunt.hunt(call, found.at, found.spared)
    way = hunt.start(call.last_talked)
    first = way.to
    if first is None:
        duty = call.line.duty_number and ladder_hunt.nobody_on_duty(way.passed)
        return (say("confirm.duty") if duty else say("confirm.nobody"),)
    # Whoever stands lower and is off duty now may be back when the caller has confirmed.
    lowest = Position(level=min(call.last_talked, first.level), member=0)
    wait, low = Span(hunt.longest_wait(lowest), at_most=True), ladder_hunt.title_of(hunt.ladder.levels[first.level])
    top = ladder_hunt.title_of(hunt.ladder.levels[_highest(hunt, first).level])
    if top == low:
        return (say("confirm.one_level", first=low, wait=wait),)
    return (say("confirm.more_levels", first=low, last=top, wait=wait),)


def _highest(hunt: Hunt, position: Position) -> Position:
    above = hunt.above(position)
    return position if above is None else _highest(hunt, above)

"""The conversation with the caller: from the greeting to a manager, or to an honest refusal.

Each step reads like the conversation: the question, the answers, nonsense, silence. The words of the questions stand in
``caller_questions``, how the ladder is climbed in ``ladder_hunt``, what the manager hears in ``call_screening``.
"""

from dataclasses import replace
from typing import assert_never

from flows import ladder_hunt, on_hold
from flows.call import EscalationCall, Leaving
from flows.caller_questions import (
    AFTER_TALK,
    CHOICES,
    CONFIRM,
    CONFIRM_KEYS,
    LANGUAGE,
    ON_HOLD_KEYS,
    REFUSED,
    REFUSED_KEYS,
    TICKET,
    AfterTalk,
    Confirm,
    OnHold,
    Refused,
    after_talk_keys,
    languages,
    wait_on,
)
from flows.effects import News, NotifyShiftManager, RingClosed, RingsStopped, WrongTicketTried
from flows.flow import Flow
from flows.heard import (
    ClaimAnswer,
    Claimed,
    ClaimRefused,
    CooldownBegan,
    Digits,
    ForwardEnded,
    HoldEnded,
    HoldNews,
    HungUp,
    Keyed,
    QuietAnswer,
    RingEnded,
    Silence,
    Started,
    StillQuiet,
    StillWaiting,
    TicketAnswer,
    TicketFound,
    TicketMissing,
    TicketSystemDown,
)
from flows.prompts.spoken import Count, Spelled, Words, say
from flows.rules.ring_outcome import RingOutcome
from flows.rules.ticket_number import NotDigits, TicketNumber, TooLong, TooShort
from flows.ticket_found import decide, refuse_claim
from flows.turn import (
    AwaitRingEnd,
    AwaitTalkEnd,
    CheckCooldown,
    Claim,
    FindTicket,
    Forward,
    Hold,
    LeaveHold,
    Listen,
    ListenOnHold,
    Ring,
    Turn,
    ask,
    last_words,
    turn,
)

ASK_AGAIN = {"ticket_number": Listen}
CLIMB = {"before_ring": CheckCooldown}

ON_HOLD = frozenset({"holding", "choices", "off_hold"})

line: Flow[EscalationCall] = Flow("escalation_line", start="greeting")


@line.step(leads={"language": Listen, **ASK_AGAIN})
def greeting(call: EscalationCall, heard: Started) -> Turn[EscalationCall]:
    """Say who answers; ask for the language where there is more than one."""
    question = LANGUAGE if len(call.line.languages) > 1 else TICKET
    return question.asked(call, say("greeting.welcome", company=Words(call.line.company)))


@line.step(leads={"language": Listen, **ASK_AGAIN}, question=LANGUAGE)
def language(call: EscalationCall, heard: Keyed) -> Turn[EscalationCall]:
    """Which language? Whoever does not choose is served in the line's first one."""
    match heard:
        case Digits(keys=keys):
            chosen = languages(call).chosen(keys)
            return TICKET.asked(replace(call, language=chosen)) if chosen else LANGUAGE.not_understood(call, heard)
        case Silence():
            return LANGUAGE.not_heard(call, heard)
        case _:
            assert_never(heard)


@line.step(leads={**ASK_AGAIN, "ticket": FindTicket}, ends=True, question=TICKET)
def ticket_number(call: EscalationCall, heard: Keyed) -> Turn[EscalationCall]:
    """Which ticket? The ticket number is the authorization (article 5850)."""
    match heard:
        case Digits(keys="*"):
            return TICKET.asked(call)
        case Digits(keys=keys):
            return _number_keyed(call, heard, keys)
        case Silence():
            return TICKET.not_heard(call, heard)
        case _:
            assert_never(heard)


def _number_keyed(call: EscalationCall, heard: Digits, keys: str) -> Turn[EscalationCall]:
    wanted = call.line.number_format
    match wanted.parse(keys):
        case TicketNumber(number=number):
            return ask(replace(call, keyed=number), FindTicket(number=number), goto="ticket")
        case TooShort():
            shortest = Count(wanted.shortest)
            return TICKET.not_understood(call, heard, say("ticket.too_short", digits=Spelled(keys), shortest=shortest))
        case TooLong():
            return TICKET.not_understood(call, heard, say("ticket.too_long", longest=Count(wanted.longest)))
        case NotDigits():
            return TICKET.not_understood(call, heard, say("ticket.not_digits"))


@line.step(leads={**ASK_AGAIN, "confirm": Listen, "refused": Listen, "forwarded": Forward}, ends=True)
def ticket(call: EscalationCall, heard: TicketAnswer) -> Turn[EscalationCall]:
    """Read the number back and say whether the ticket may be escalated, or why not and when."""
    match heard:
        case TicketFound():
            return decide(call, heard)
        case TicketMissing():
            missing = say("ticket.missing", ticket=Spelled(call.keyed))
            return TICKET.not_understood(call, heard, missing).stating(WrongTicketTried())
        case TicketSystemDown():
            return _ticket_system_down(call)
        case _:
            assert_never(heard)


def _ticket_system_down(call: EscalationCall) -> Turn[EscalationCall]:
    told = NotifyShiftManager(news=News.TICKET_SYSTEM_DOWN)
    down = say("ticket_system.down")
    if not call.line.duty_number:
        return last_words(call, down, say("ticket_system.no_duty")).stating(told)
    through = Forward(number=call.line.duty_number)
    return turn(call, through, down, say("ticket_system.forwarding"), goto="forwarded").stating(told)


@line.step(ends=True)
def forwarded(call: EscalationCall, heard: ForwardEnded) -> Turn[EscalationCall]:
    """The call to the duty phone is over."""
    return last_words(call, say("forward.talked") if heard.talked else say("forward.unanswered"))


@line.step(leads={"refused": Listen, **ASK_AGAIN}, ends=True, question=REFUSED)
def refused(call: EscalationCall, heard: Keyed) -> Turn[EscalationCall]:
    """Another ticket? Whoever stays silent has heard the reason and is wished well."""
    match heard:
        case Digits(keys=keys):
            match REFUSED_KEYS.chosen(keys):
                case Refused.OTHER_TICKET:
                    return TICKET.asked(replace(call, ticket=None, news=()))
                case Refused.REPEAT:
                    return REFUSED.asked(call)
                case None:
                    return REFUSED.not_understood(call, heard)
        case Silence():
            return REFUSED.not_heard(call, heard)
        case _:
            assert_never(heard)


@line.step(leads={"confirm": Listen, **ASK_AGAIN, "claimed": Claim}, ends=True, question=CONFIRM)
def confirm(call: EscalationCall, heard: Keyed) -> Turn[EscalationCall]:
    """Escalate now? Only a key starts the ladder, never silence."""
    match heard:
        case Digits(keys=keys):
            match CONFIRM_KEYS.chosen(keys):
                case Confirm.ESCALATE:
                    return ask(call, Claim(), goto="claimed")
                case Confirm.OTHER_TICKET:
                    return TICKET.asked(replace(call, ticket=None, news=()))
                case Confirm.REPEAT:
                    return CONFIRM.asked(call)
                case None:
                    return CONFIRM.not_understood(call, heard)
        case Silence():
            return CONFIRM.not_heard(call, heard)
        case _:
            assert_never(heard)


@line.step(leads={**CLIMB, "refused": Listen}, ends=True)
def claimed(call: EscalationCall, heard: ClaimAnswer) -> Turn[EscalationCall]:
    """The claim decides which of two callers rings the managers; the other one hears why not."""
    match heard:
        case Claimed(attempt=attempt, earlier=earlier, window_opens_at=window):
            call = replace(call, attempt=attempt, earlier=earlier, window_opens_at=window)
            started = ladder_hunt.start(call, heard.at)
            accepted = NotifyShiftManager(news=News.ESCALATION_ACCEPTED, attempt=attempt)
            return replace(started.after(say("claimed.notified")), effects=(accepted, *started.effects))
        case ClaimRefused():
            return refuse_claim(call, heard)
        case _:
            assert_never(heard)


@line.step(leads={"rang": Ring, "holding": Hold}, ends=True)
def before_ring(call: EscalationCall, heard: QuietAnswer) -> Turn[EscalationCall]:
    """Nobody is rung who has asked, a moment ago, not to be."""
    match heard:
        case StillQuiet():
            return on_hold.ring_beside(call, heard.at) if call.hold else ladder_hunt.ring(call, heard.at)
        case CooldownBegan(until=until):
            return ladder_hunt.cooled_down(call, until, heard.at)
        case _:
            assert_never(heard)


@line.step(leads={**CLIMB, "after_talk": Listen}, ends=True)
def rang(call: EscalationCall, heard: RingEnded) -> Turn[EscalationCall]:
    """One ring is over: after a talk ask how it went, else tell why and ring on."""
    closed = RingClosed(outcome=heard.outcome)
    if heard.outcome is RingOutcome.TALKED:
        call = replace(call, talked=ladder_hunt.level_of(call).rank)
    if call.gone or heard.caller_left or heard.outcome is RingOutcome.CALLER_LEFT:
        return ladder_hunt.abandoned(call, heard.at).stating(closed)
    if heard.outcome is RingOutcome.TALKED:
        return AFTER_TALK.asked(call).stating(closed)
    return ladder_hunt.carry_on(call, heard.outcome, heard.at).stating(closed)


@line.step(
    leads={"holding": (Hold, AwaitTalkEnd), "choices": ListenOnHold, **CLIMB, "off_hold": LeaveHold}, ends=True
)
def holding(call: EscalationCall, heard: HoldNews) -> Turn[EscalationCall]:
    """Phones ring while the caller waits; any key brings the choices."""
    match heard:
        case StillWaiting():
            return on_hold.after_leaving(call, heard) if call.gone else on_hold.wait_on(call, heard)
        case Digits():
            return CHOICES.asked(call)
        case HoldEnded():
            return _off_hold(call, heard)
        case _:
            assert_never(heard)


@line.step(leads={"holding": (Hold, AwaitTalkEnd), "choices": ListenOnHold}, ends=True, question=CHOICES)
def choices(call: EscalationCall, heard: HoldNews) -> Turn[EscalationCall]:
    """Keep waiting, mail only, or goodbye; a manager who accepts meanwhile ends the question."""
    match heard:
        case Digits(keys=keys):
            match ON_HOLD_KEYS.chosen(keys):
                case OnHold.KEEP_WAITING:
                    return wait_on(call, heard)
                case OnHold.MAIL_ONLY:
                    return ladder_hunt.given_up(call, heard.at, say("hold.mailed"))
                case OnHold.GOODBYE:
                    return ladder_hunt.given_up(call, heard.at, say("refused.goodbye"))
                case None:
                    return CHOICES.not_understood(call, heard)
        case StillWaiting():
            return CHOICES.not_heard(call, heard)
        case HoldEnded():
            return _off_hold(call, heard)
        case _:
            assert_never(heard)


def _off_hold(call: EscalationCall, heard: HoldEnded) -> Turn[EscalationCall]:
    stopped = RingsStopped(outcome=RingOutcome.CALLER_LEFT)
    if not heard.talked and heard.accepted:
        return Turn(call=replace(call, step="holding", gone=True), then=AwaitTalkEnd()).stating(stopped)
    if not heard.talked:
        lost = RingClosed(outcome=RingOutcome.CALLER_LEFT)
        return ladder_hunt.abandoned(call, heard.at).stating(stopped, lost)
    talked = replace(call, talked=ladder_hunt.level_of(call).rank)
    closed = RingClosed(outcome=RingOutcome.TALKED)
    if heard.caller_left or call.gone:
        return ladder_hunt.abandoned(talked, heard.at).stating(closed)
    return on_hold.talk_over(talked, heard).stating(closed)


@line.step(leads={"rang": Ring, "after_talk": Listen}, ends=True)
def off_hold(call: EscalationCall, heard: HoldEnded) -> Turn[EscalationCall]:
    """Taken off hold on purpose, unless the caller has left, or a manager was quicker."""
    if heard.caller_left:
        return ladder_hunt.abandoned(call, heard.at)
    if call.leaving is Leaving.TO_DIAL:
        return ladder_hunt.ring(call, heard.at)
    return AFTER_TALK.asked(replace(call, leaving=None))


@line.step(leads={"after_talk": Listen, **CLIMB}, ends=True, question=AFTER_TALK)
def after_talk(call: EscalationCall, heard: Keyed) -> Turn[EscalationCall]:
    """Resolved, or the next level? "Work through the levels until you get resolution to your satisfaction"."""
    match heard:
        case Digits(keys=keys):
            match after_talk_keys(call).chosen(keys):
                case AfterTalk.RESOLVED:
                    return ladder_hunt.reached(call, heard.at, say("after_talk.glad"))
                case AfterTalk.NEXT_LEVEL:
                    return ladder_hunt.next_level(call, heard.at)
                case AfterTalk.REPEAT:
                    return AFTER_TALK.asked(call)
                case None:
                    return AFTER_TALK.not_understood(call, heard)
        case Silence():
            return AFTER_TALK.not_heard(call, heard)
        case _:
            assert_never(heard)


@line.hung_up
def left(call: EscalationCall, heard: HungUp) -> Turn[EscalationCall]:
    """The caller is gone: nobody is rung any more. Had a manager just pressed 1, the carrier has the last word."""
    if call.attempt is None:
        return last_words(call)
    if heard.accepted:
        awaited = AwaitTalkEnd() if call.step in ON_HOLD else AwaitRingEnd()
        return Turn(call=replace(call, gone=True, step="holding" if call.step in ON_HOLD else call.step), then=awaited)
    gone, closed = ladder_hunt.abandoned(call, heard.at), RingClosed(outcome=RingOutcome.CALLER_LEFT)
    if call.step in ON_HOLD:
        return gone.stating(RingsStopped(outcome=RingOutcome.CALLER_LEFT), closed)
    return gone.stating(closed) if call.step == "rang" else gone

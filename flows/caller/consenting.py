"""May the talk be recorded? Only a key agrees, never silence; whoever does not agree is escalated all the same."""

from dataclasses import replace
from enum import Enum
from typing import assert_never

from flows.call import EscalationCall
from flows.flow import Choice, Menu, Part, Question
from flows.heard import Digits, Heard, Keyed, Silence
from flows.prompts.spoken import Prompt, say
from flows.turn import Claim, Listen, Then, Turn, ask

part: Part[EscalationCall] = Part()


class Consent(Enum):
    """What a caller may answer."""

    AGREE = "agree"
    REFUSE = "refuse"
    REPEAT = "repeat"


CONSENT_KEYS = Menu(
    (
        Choice("1", Consent.AGREE, "consent.agree"),
        Choice("2", Consent.REFUSE, "consent.refuse"),
        Choice("*", Consent.REPEAT, "consent.repeat"),
    )
)
CLAIM: dict[str, type[Then]] = {"consent": Listen, "claimed": Claim}
"""Where a step leads that lets the ladder be rung."""


def _may_it_be_recorded(call: EscalationCall) -> tuple[Prompt, ...]:
    return (say("consent.ask"),)


def _unrecorded(call: EscalationCall, heard: Heard) -> Turn[EscalationCall]:
    return _claim(call, recorded=False)


CONSENT: Question[EscalationCall] = Question(
    step="consent",
    ask=_may_it_be_recorded,
    menu=lambda call: CONSENT_KEYS,
    nonsense=("consent.nonsense.first",),
    silence=("consent.silence.first",),
    give_up=_unrecorded,
)


def escalate(call: EscalationCall) -> Turn[EscalationCall]:
    """Claim the ticket; where talks are recorded, ask first. A talk dialled from the caller's own leg would be recorded
    before the manager has accepted, so it never is."""
    if call.line.record_talks and call.hold:
        return CONSENT.asked(call)
    return _claim(call, recorded=False)


@part.step(leads=CLAIM, question=CONSENT)
def consent(call: EscalationCall, heard: Keyed) -> Turn[EscalationCall]:
    """Agree, go on without, or hear it again."""
    match heard:
        case Digits(keys=keys):
            match CONSENT_KEYS.chosen(keys):
                case Consent.AGREE:
                    return _claim(call, recorded=True)
                case Consent.REFUSE:
                    return _claim(call, recorded=False)
                case Consent.REPEAT:
                    return CONSENT.asked(call)
                case None:
                    return CONSENT.not_understood(call, heard)
        case Silence():
            return CONSENT.not_heard(call, heard)
        case _:
            assert_never(heard)


def _claim(call: EscalationCall, *, recorded: bool) -> Turn[EscalationCall]:
    return ask(replace(call, recorded=recorded), Claim(), goto="claimed")

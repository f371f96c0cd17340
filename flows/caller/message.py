"""Leaving a message: recorded, played back, kept or made anew. It is kept unless the caller says otherwise."""

from dataclasses import replace
from enum import Enum
from typing import assert_never

from flows.call import EscalationCall
from flows.effects import MessageDiscarded, MessageLeft
from flows.flow import Choice, Menu, Part, Question
from flows.heard import Digits, Heard, Keyed, MessageAnswer, MessageRecorded, NothingRecorded, Silence
from flows.prompts.spoken import Prompt, say
from flows.turn import Listen, Record, Turn, last_words
from flows.way_forward import OFFER, offer, record

part: Part[EscalationCall] = Part()


class Review(Enum):
    """What to do with what was recorded."""

    KEEP = "keep"
    AGAIN = "again"
    DISCARD = "discard"


REVIEW_KEYS = Menu(
    (
        Choice("1", Review.KEEP, "review.keep"),
        Choice("2", Review.AGAIN, "review.again"),
        Choice("3", Review.DISCARD, "review.discard"),
    )
)


def _played_back(call: EscalationCall) -> tuple[Prompt, ...]:
    return (replace(say("review.yours"), recording=call.message),)


def _kept(call: EscalationCall, heard: Heard) -> Turn[EscalationCall]:
    return last_words(call, say("message.kept"), say("ways.farewell")).stating(MessageLeft())


REVIEW: Question[EscalationCall] = Question(
    step="review",
    ask=_played_back,
    menu=lambda call: REVIEW_KEYS,
    nonsense=("review.nonsense.first", "review.nonsense.second"),
    silence=("review.silence.first",),
    give_up=_kept,
)


@part.step(leads={"message": Record, "review": Listen, **OFFER}, ends=True)
def message(call: EscalationCall, heard: MessageAnswer) -> Turn[EscalationCall]:
    """The recording has ended, by the pound key, by silence, or because it was long enough."""
    match heard:
        case MessageRecorded(message=recorded):
            return REVIEW.asked(replace(call, message=recorded))
        case NothingRecorded() if call.tries == 0:
            again = record(call, say("message.nothing"))
            return replace(again, call=replace(again.call, tries=1))
        case NothingRecorded():
            return offer(call, say("message.still_nothing"))
        case _:
            assert_never(heard)


@part.step(leads={"review": Listen, "message": Record, **OFFER}, ends=True, question=REVIEW)
def review(call: EscalationCall, heard: Keyed) -> Turn[EscalationCall]:
    """Keep it, make it anew, or forget it. Whoever is silent has said what there was to say."""
    match heard:
        case Digits(keys=keys):
            discarded = MessageDiscarded(message=call.message)
            match REVIEW_KEYS.chosen(keys):
                case Review.KEEP:
                    return _kept(call, heard)
                case Review.AGAIN:
                    return record(call).stating(discarded)
                case Review.DISCARD:
                    return offer(replace(call, message=0), say("message.discarded")).stating(discarded)
                case None:
                    return REVIEW.not_understood(call, heard)
        case Silence():
            return REVIEW.not_heard(call, heard)
        case _:
            assert_never(heard)

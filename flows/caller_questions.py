"""What the line asks its callers, with all four parts of each question, and the keys that answer it."""

from enum import Enum

from flows import ladder_hunt
from flows.call import EscalationCall
from flows.flow import Choice, Menu, Question
from flows.heard import Heard
from flows.prompts.spoken import Prompt, say
from flows.rules.cooldown import Outcome
from flows.turn import Listen, Turn, last_words

ASK_AGAIN = {"ticket_number": Listen}
"""Where a step leads that asks for a ticket number."""


class Confirm(Enum):
    """Before the ladder rings."""

    ESCALATE = "escalate"
    OTHER_TICKET = "other-ticket"
    REPEAT = "repeat"


class Refused(Enum):
    """After a refusal."""

    WAIT = "wait"
    BE_TOLD = "be-told"
    OTHER_TICKET = "other-ticket"
    REPEAT = "repeat"


class AfterTalk(Enum):
    """When the talk with a manager is over."""

    RESOLVED = "resolved"
    NEXT_LEVEL = "next-level"
    REPEAT = "repeat"


CONFIRM_KEYS = Menu(
    (
        Choice("1", Confirm.ESCALATE, "confirm.escalate"),
        Choice("2", Confirm.OTHER_TICKET, "confirm.other_ticket"),
        Choice("*", Confirm.REPEAT, "confirm.repeat"),
    )
)

REFUSED_KEYS = Menu(
    (
        Choice("1", Refused.OTHER_TICKET, "refused.other_ticket"),
        Choice("*", Refused.REPEAT, "refused.repeat"),
    )
)
_BELOW_AN_OFFER = (Choice("2", Refused.OTHER_TICKET, "refused.other_ticket"), REFUSED_KEYS.choices[1])
WAIT_KEYS = Menu((Choice("1", Refused.WAIT, "refused.wait"), *_BELOW_AN_OFFER))
TEXT_KEYS = Menu((Choice("1", Refused.BE_TOLD, "refused.text_me"), *_BELOW_AN_OFFER))
CALL_KEYS = Menu((Choice("1", Refused.BE_TOLD, "refused.call_me"), *_BELOW_AN_OFFER))

TOP_LEVEL_KEYS = Menu(
    (
        Choice("1", AfterTalk.RESOLVED, "after_talk.resolved"),
        Choice("*", AfterTalk.REPEAT, "after_talk.repeat"),
    )
)

AFTER_TALK_KEYS = Menu(
    (
        TOP_LEVEL_KEYS.choices[0],
        Choice("2", AfterTalk.NEXT_LEVEL, "after_talk.next_level"),
        TOP_LEVEL_KEYS.choices[1],
    )
)


def languages(call: EscalationCall) -> Menu[str]:
    """The line's languages in their order, each offered in itself."""
    numbered = enumerate(call.line.languages, start=1)
    return Menu(tuple(Choice(str(key), code, "language.choice", language=code) for key, code in numbered))


def after_talk_keys(call: EscalationCall) -> Menu[AfterTalk]:
    """The next level is offered only where the ladder has one."""
    assert call.ladder is not None
    return AFTER_TALK_KEYS if call.talked < len(call.ladder.levels) else TOP_LEVEL_KEYS


def refused_keys(call: EscalationCall) -> Menu[Refused]:
    """What can be done instead comes first: wait beside the call that rings managers, or be told when it opens."""
    if call.watched:
        return WAIT_KEYS
    if call.opens_at is None or not call.call_back:
        return REFUSED_KEYS
    if call.texts:
        return TEXT_KEYS
    return CALL_KEYS if call.line.callback.offered else REFUSED_KEYS


def _news(call: EscalationCall) -> tuple[Prompt, ...]:
    return call.news


def _ask_ticket(call: EscalationCall) -> tuple[Prompt, ...]:
    return (say("ticket.ask"),)


def _nothing_first(call: EscalationCall) -> tuple[Prompt, ...]:
    return ()


def _back_on_the_line(call: EscalationCall) -> tuple[Prompt, ...]:
    back = say("after_talk.ask")
    if after_talk_keys(call) is AFTER_TALK_KEYS:
        return (back,)
    return (back, say("after_talk.top_level", title=ladder_hunt.title_of(ladder_hunt.level_of(call))))


def _serve_in_first_language(call: EscalationCall, heard: Heard) -> Turn[EscalationCall]:
    return TICKET.asked(call)


def _without_ticket(call: EscalationCall, heard: Heard) -> Turn[EscalationCall]:
    return last_words(call, say("ticket.give_up"))


def _nothing_escalated(call: EscalationCall, heard: Heard) -> Turn[EscalationCall]:
    return last_words(call, say("confirm.give_up"))


def _goodbye(call: EscalationCall, heard: Heard) -> Turn[EscalationCall]:
    return last_words(call, say("refused.goodbye"))


def _noted(call: EscalationCall, heard: Heard) -> Turn[EscalationCall]:
    title = ladder_hunt.title_of(ladder_hunt.level_of(call))
    opens = ladder_hunt.opens_again(call, Outcome.REACHED, heard.at)
    return ladder_hunt.reached(call, heard.at, say("after_talk.noted", title=title, opens=opens))


LANGUAGE: Question[EscalationCall] = Question(
    step="language",
    ask=_nothing_first,
    menu=languages,
    nonsense=("language.nonsense.first", "language.nonsense.second"),
    silence=("language.silence.first",),
    give_up=_serve_in_first_language,
    listen=Listen(digits=1, seconds=4),
)

TICKET: Question[EscalationCall] = Question(
    step="ticket_number",
    ask=_ask_ticket,
    nonsense=("ticket.nonsense.first", "ticket.nonsense.second"),
    silence=("ticket.silence.first", "ticket.silence.second"),
    give_up=_without_ticket,
    listen=Listen(),
)

CONFIRM: Question[EscalationCall] = Question(
    step="confirm",
    ask=_news,
    menu=lambda call: CONFIRM_KEYS,
    nonsense=("confirm.nonsense.first", "confirm.nonsense.second"),
    silence=("confirm.silence.first", "confirm.silence.second"),
    give_up=_nothing_escalated,
)

REFUSED: Question[EscalationCall] = Question(
    step="refused",
    ask=_news,
    menu=refused_keys,
    nonsense=("refused.nonsense.first",),
    silence=("refused.silence.first",),
    give_up=_goodbye,
)

AFTER_TALK: Question[EscalationCall] = Question(
    step="after_talk",
    ask=_back_on_the_line,
    menu=after_talk_keys,
    nonsense=("after_talk.nonsense.first", "after_talk.nonsense.second"),
    silence=("after_talk.silence.first", "after_talk.silence.second"),
    give_up=_noted,
)

"""The lint of a flow can fail: each test breaks a whole conversation in one place and reads the sentence about it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from flows.call import Call
from flows.call_screening import screening
from flows.caller.consenting import CONSENT
from flows.caller.message import REVIEW
from flows.caller_questions import AFTER_TALK, CONFIRM, LANGUAGE, REFUSED, TICKET
from flows.check import problems
from flows.choices_on_hold import CHOICES
from flows.escalation_line import line
from flows.flow import Choice, Flow, Menu, Question
from flows.heard import Digits, Heard, HungUp, Keyed, RingEnded, Started, TicketAnswer
from flows.manager_questions import KEY, PROMISE, QUIET, WHY, WRAP_UP
from flows.turn import Bridge, FindTicket, Listen, Ring, Then, Turn, last_words
from flows.way_forward import WAYS

Ways = type[Then] | tuple[type[Then], ...]

TO_CALLERS = (LANGUAGE, TICKET, CONFIRM, CONSENT, REFUSED, CHOICES, AFTER_TALK, WAYS, REVIEW)
TO_MANAGERS = (KEY, WHY, WRAP_UP, PROMISE, QUIET)

WHICH: Question[Call] = Question(
    step="which",
    ask=lambda call: (),
    nonsense=("which.nonsense.first",),
    silence=("which.silence.first",),
    give_up=lambda call, heard: last_words(call),
)


def end(call: Call, *_: Heard) -> Turn[Call]:
    """Hang up; what a step does is not what the lint looks at."""
    return last_words(call)


def conversation(
    *,
    first: Mapping[str, Ways] | None = None,
    which: Mapping[str, Ways] | None = None,
    found: Mapping[str, Ways] | None = None,
    question: Question[Call] | None = WHICH,
    ends: bool = True,
    hears_hang_ups: bool = True,
) -> Flow[Call]:
    """A whole conversation (begin, ask which ticket, look it up) with the given edges in place of its own."""
    flow: Flow[Call] = Flow("small", start="begin")

    def begin(call: Call, heard: Started) -> Turn[Call]:
        return end(call, heard)

    def which_(call: Call, heard: Keyed) -> Turn[Call]:
        return end(call, heard)

    def found_(call: Call, heard: TicketAnswer) -> Turn[Call]:
        return end(call, heard)

    which_.__name__, found_.__name__ = "which", "found"
    flow.step(leads={"which": Listen} if first is None else first)(begin)
    flow.step(leads={"which": Listen, "found": FindTicket} if which is None else which, question=question)(which_)
    flow.step(leads=found, ends=ends)(found_)
    if hears_hang_ups:
        flow.hung_up(end)
    return flow


@pytest.mark.parametrize("flow", [line, screening], ids=lambda flow: flow.name)
def test_the_real_conversations_are_whole(flow: Flow[Any]) -> None:
    assert problems(flow) == []


def test_the_small_conversation_is_whole() -> None:
    assert problems(conversation()) == []


def test_a_first_step_that_does_not_exist() -> None:
    flow = conversation()
    flow.start = "hello"

    assert problems(flow)[0] == "small: the first step 'hello' does not exist"


def test_an_edge_to_a_step_that_does_not_exist() -> None:
    flow = conversation(found={"fuond": FindTicket})

    assert problems(flow)[0] == "small.found: leads to 'fuond', which does not exist"


def test_a_step_that_no_step_leads_to() -> None:
    flow = conversation(which={"which": Listen})

    assert "small.found: no step leads here" in problems(flow)


def test_steps_from_which_no_way_leads_out() -> None:
    flow = conversation(ends=False)

    assert problems(flow) == [
        f"small.{step}: dead end, no way from here ends the conversation" for step in ("begin", "which", "found")
    ]


def test_one_step_from_which_no_way_leads_out() -> None:
    flow = conversation()
    flow.steps["begin"] = replace(flow.steps["begin"], ends=True)
    flow.steps["found"] = replace(flow.steps["found"], ends=False)
    flow.steps["which"] = replace(flow.steps["which"], ends=True)

    assert problems(flow) == ["small.found: dead end, no way from here ends the conversation"]


def test_a_conversation_that_forgets_the_hang_up() -> None:
    assert problems(conversation(hears_hang_ups=False)) == [
        "small: does not say what follows when the person hangs up"
    ]


def test_a_step_reached_by_a_ring_that_does_not_hear_how_the_ring_ended() -> None:
    flow = conversation(first={"which": (Listen, Ring)})

    assert problems(flow) == ["small.which: is reached by Ring but does not hear RingEnded"]


def test_a_step_that_hears_only_some_of_the_answers() -> None:
    flow = conversation()
    flow.steps["which"] = replace(flow.steps["which"], hears=frozenset({Digits}))

    assert problems(flow) == ["small.which: is reached by Listen but does not hear Silence"]


def test_each_answer_that_is_not_heard_is_named() -> None:
    flow = conversation()
    flow.steps["found"] = replace(flow.steps["found"], hears=frozenset({RingEnded}))

    assert problems(flow) == [
        f"small.found: is reached by FindTicket but does not hear {answer}"
        for answer in ("TicketFound", "TicketMissing", "TicketSystemDown")
    ]


def test_a_step_behind_a_waiting_that_ends_the_conversation() -> None:
    flow = conversation(first={"which": (Listen, Bridge)})

    assert problems(flow) == ["small.which: is reached by Bridge, after which nothing is heard"]


def test_keys_waited_for_without_a_question() -> None:
    flow = conversation(question=None)

    assert problems(flow) == [
        "small.which: waits for keys without a question: say what to do on nonsense, silence and giving up"
    ]


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (replace(WHICH, nonsense=()), "has no other words for keys that mean nothing"),
        (replace(WHICH, silence=()), "has no other words for silence"),
        (replace(WHICH, nonsense=("again", "again")), "asks again in the same words"),
        (replace(WHICH, silence=("again", "other", "again")), "asks again in the same words"),
        (replace(WHICH, step="whcih"), "asks the question of step 'whcih'"),
    ],
    ids=["no words for nonsense", "no words for silence", "same nonsense", "same silence", "another step's question"],
)
def test_a_question_that_is_not_complete(question: Question[Call], problem: str) -> None:
    assert problems(conversation(question=question)) == [f"small.which: {problem}"]


def test_a_question_that_cannot_be_asked_again() -> None:
    flow = conversation(which={"found": FindTicket})

    assert problems(flow) == ["small.which: cannot ask again: it does not lead to itself"]


def test_the_ticket_system_asked_in_the_middle_of_a_turn() -> None:
    flow = conversation(found={"found": FindTicket})

    assert problems(flow) == ["small.found: asks FindTicket, which is slow, in the middle of a turn"]


def test_a_key_offered_twice_is_refused_where_it_is_written() -> None:
    with pytest.raises(ValueError, match="key 1 is offered twice"):
        Menu((Choice("1", "yes", "yes"), Choice("2", "no", "no"), Choice("1", "again", "again")))


@pytest.mark.parametrize("key", ["10", "a", "", "**"])
def test_a_key_no_telephone_has_is_refused_where_it_is_written(key: str) -> None:
    with pytest.raises(ValueError, match="is not one key of a telephone"):
        Menu((Choice(key, "yes", "yes"),))


def test_every_question_of_the_real_conversations_is_known_here() -> None:
    questions = {step.question for flow in (line, screening) for step in flow.steps.values() if step.question}

    assert questions == {*TO_MANAGERS, *TO_CALLERS}


def test_the_lint_reads_the_answers_from_the_steps_own_types() -> None:
    flow: Flow[Call] = Flow("typed", start="begin")

    @flow.step(ends=True)
    def begin(call: Call, heard: Started | HungUp) -> Turn[Call]:
        return end(call, heard)

    assert flow.steps["begin"].hears == {Started, HungUp}

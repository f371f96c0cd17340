"""A flow takes turns, and refuses those that its declaration does not know: code and drawing cannot drift apart."""

from typing import Any

import pytest

from flows.call import Call
from flows.flow import Choice, Flow, Menu, Part, UndeclaredTurn
from flows.heard import Digits, Heard, HungUp, Keyed, Silence, Started
from flows.prompts.spoken import Prompt, Spelled
from flows.turn import AwaitRingEnd, FindTicket, HangUp, Listen, Then, Turn, ask, last_words, turn
from tests.flows.world import NOW

CALL = Call(step="begin", language="en")
BEGIN = Started(at=NOW)


def one_step(
    then: Then,
    goto: str = "which",
    *,
    leads: dict[str, type[Then] | tuple[type[Then], ...]] | None = None,
    ends: bool = False,
) -> Flow[Call]:
    """A conversation whose first step answers with ``then`` and ``goto``."""
    flow: Flow[Call] = Flow("small", start="begin")

    @flow.step(leads=leads, ends=ends)
    def begin(call: Call, heard: Started) -> Turn[Call]:
        return turn(call, then, goto=goto)

    return flow


def test_a_declared_turn_is_taken() -> None:
    taken = one_step(Listen(), leads={"which": Listen}).take(CALL, BEGIN)

    assert taken.then == Listen()
    assert taken.call.step == "which"


@pytest.mark.parametrize(
    ("flow", "words"),
    [
        (one_step(Listen(), leads={}), "small.begin led to which by Listen, which it does not declare"),
        (one_step(Listen(), goto="whcih", leads={"which": Listen}), "small.begin led to whcih by Listen"),
        (one_step(FindTicket(number="1"), leads={"which": Listen}), "small.begin led to which by FindTicket"),
        (one_step(HangUp(), goto="ended", leads={"which": Listen}), "small.begin led to ended by HangUp"),
    ],
    ids=["no edge", "to another step", "by another waiting", "an end"],
)
def test_an_undeclared_turn_is_refused(flow: Flow[Call], words: str) -> None:
    with pytest.raises(UndeclaredTurn, match=words):
        flow.take(CALL, BEGIN)


def test_a_conversation_is_put_together_from_parts() -> None:
    part: Part[Call] = Part()

    @part.step(ends=True)
    def begin(call: Call, heard: Started) -> Turn[Call]:
        return last_words(call)

    assert Flow("small", start="begin", parts=(part,)).take(CALL, BEGIN).call.step == "ended"
    with pytest.raises(ValueError, match="small: two parts declare a step 'begin'"):
        Flow("small", start="begin", parts=(part, part))


def test_a_declared_end_is_taken() -> None:
    assert one_step(HangUp(), goto="ended", ends=True).take(CALL, BEGIN).call.step == "ended"


@pytest.mark.parametrize("heard", [Digits(at=NOW, keys="1"), Silence(at=NOW)])
def test_a_step_is_told_only_what_it_hears(heard: Heard) -> None:
    with pytest.raises(UndeclaredTurn, match=rf"small\.begin does not hear {type(heard).__name__}"):
        one_step(Listen(), leads={"which": Listen}).take(CALL, heard)


def test_a_call_at_a_step_that_is_gone_is_refused() -> None:
    old = Call(step="renamed_since", language="en")

    with pytest.raises(UndeclaredTurn, match=r"small\.renamed_since does not hear Started"):
        one_step(Listen(), leads={"which": Listen}).take(old, BEGIN)


def test_a_hang_up_that_nobody_declared_is_refused() -> None:
    with pytest.raises(UndeclaredTurn, match="small does not say what follows a hang-up"):
        one_step(Listen(), leads={"which": Listen}).take(CALL, HungUp(at=NOW))


def test_a_hang_up_is_heard_at_every_step() -> None:
    flow = one_step(Listen(), leads={"which": Listen})

    @flow.hung_up
    def left(call: Call, heard: HungUp) -> Turn[Call]:
        return Turn(call=call, then=AwaitRingEnd()) if heard.accepted else last_words(call)

    assert flow.take(CALL, HungUp(at=NOW)).then == HangUp()
    assert flow.take(CALL, HungUp(at=NOW, accepted=True)).then == AwaitRingEnd()


def test_a_step_may_hear_a_union() -> None:
    flow: Flow[Call] = Flow("small", start="begin")

    @flow.step(ends=True)
    def begin(call: Call, heard: Keyed) -> Turn[Call]:
        return last_words(call)

    for heard in (Digits(at=NOW, keys="1"), Silence(at=NOW)):
        assert flow.take(CALL, heard).then == HangUp()


MENU: Menu[Any] = Menu((Choice("1", "yes", "confirm.yes"), Choice("*", "again", "confirm.again", language="de")))


def test_a_menu_is_spoken_from_the_choices_it_is_dispatched_by() -> None:
    assert MENU.spoken() == (
        Prompt("confirm.yes", {"key": Spelled("1")}),
        Prompt("confirm.again", {"key": Spelled("*")}, language="de"),
    )


@pytest.mark.parametrize(("keys", "means"), [("1", "yes"), ("*", "again"), ("2", None), ("11", None), ("", None)])
def test_a_key_means_what_the_menu_says_or_nothing(keys: str, means: str | None) -> None:
    assert MENU.chosen(keys) == means


def test_failed_tries_survive_a_look_up_but_not_a_new_question() -> None:
    tried = Call(step="begin", language="en", tries=2)

    assert ask(tried, FindTicket(number="1"), goto="found").call.tries == 2
    assert turn(tried, Listen(), goto="which").call.tries == 0

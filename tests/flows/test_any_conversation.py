"""Whatever is keyed and whatever the world answers: declared turns, words instead of silence, and an end."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.call_screening import screening
from flows.effects import AttemptEnded, NotifyShiftManager
from flows.escalation_line import line
from flows.flow import Flow
from flows.heard import Claimed, Heard, HungUp, RingEnded, Silence
from flows.prompts.catalogue import LANGUAGES, catalogue
from flows.prompts.spoken import Prompt
from flows.rules.ring_outcome import RingOutcome
from flows.turn import ENDED, AwaitRingEnd, Bridge, Forward, HangUp, Listen, Ring, Turn
from ivr.line.speech import speak
from tests.flows.anything import answers_to, begun, escalations, helpful_answers_to, screenings, unhurried
from tests.flows.world import LINE, NOW

MOST_TURNS = 25
"""After so many turns the person of the tests loses patience."""

LONGEST_END = 30
"""More turns than it takes to hear out every try of every question and to ring six phones in vain."""

OVER = (HangUp, Bridge)
OUTSIDE = (Listen, Ring, Forward, Bridge, HangUp)
"""Waitings during which the person hears nothing but what was said before."""

HEAD_STARTS = st.sampled_from([8, 10, 6, 4, 2, 0])
"""Turns that go well before anything at all happens; without them few conversations would ever ring a phone."""

Calls = st.SearchStrategy[Any]
both_conversations = pytest.mark.parametrize(
    ("flow", "calls"), [(line, escalations), (screening, screenings)], ids=["caller", "manager"]
)


class Walk:
    """One conversation on its way through whatever is drawn for it."""

    def __init__(self, data: st.DataObject, flow: Flow[Any], call: Any) -> None:
        self.data = data
        self.flow = flow
        self.turns: list[tuple[Heard, Turn[Any]]] = []
        self.turn: Turn[Any] = Turn(call=call, then=HangUp())
        self.told(begun)

    def told(self, heard: Heard) -> None:
        """Take a turn; Flow.take raises when it is not declared."""
        self.turn = self.flow.take(self.turn.call, heard)
        self.turns.append((heard, self.turn))

    @property
    def over(self) -> bool:
        """Whether nothing more can be heard."""
        return isinstance(self.turn.then, OVER)

    def wanders(self) -> None:
        """The conversation gets somewhere first; then anything at all happens, for a while."""
        for _ in range(self.data.draw(HEAD_STARTS)):
            if not self.over:
                self.told(self.data.draw(helpful_answers_to(self.turn.then)))
        while not self.over and len(self.turns) < MOST_TURNS:
            self.told(self.data.draw(answers_to(self.turn.then)))

    def falls_silent(self) -> int:
        """The person presses no key any more, the world goes on; how many turns that takes."""
        before = len(self.turns)
        while not self.over and len(self.turns) < before + LONGEST_END:
            asked = isinstance(self.turn.then, Listen)
            self.told(Silence(at=NOW) if asked else self.data.draw(answers_to(self.turn.then)))
        return len(self.turns) - before

    @property
    def prompts(self) -> list[Prompt]:
        """Everything said."""
        return [prompt for _, turn in self.turns for prompt in turn.say]


@both_conversations
@unhurried
@given(data=st.data())
def test_whoever_falls_silent_is_led_to_an_end(flow: Flow[Any], calls: Calls, data: st.DataObject) -> None:
    walk = Walk(data, flow, data.draw(calls))
    walk.wanders()

    turns = walk.falls_silent()

    assert turns < LONGEST_END
    assert walk.over
    assert walk.turn.call.step == ENDED


@both_conversations
@unhurried
@given(data=st.data())
def test_whoever_must_wait_or_hang_up_has_heard_words(flow: Flow[Any], calls: Calls, data: st.DataObject) -> None:
    walk = Walk(data, flow, data.draw(calls))
    walk.wanders()

    for heard, turn in walk.turns:
        gone = isinstance(heard, RingEnded) and (heard.caller_left or heard.outcome is RingOutcome.CALLER_LEFT)
        if isinstance(turn.then, OUTSIDE) and not gone:
            assert turn.say, f"{turn.call.step} says nothing"


@both_conversations
@unhurried
@given(data=st.data())
def test_every_sentence_can_be_spoken_in_every_language(flow: Flow[Any], calls: Calls, data: st.DataObject) -> None:
    walk = Walk(data, flow, data.draw(calls))
    walk.wanders()
    walk.falls_silent()

    for prompt in walk.prompts:
        for language in LANGUAGES:
            assert catalogue(language).sentence(prompt.key).placeholders() == prompt.values.keys()
            assert speak(prompt, language).text.strip()


@unhurried
@given(st.data(), escalations, st.booleans())
def test_a_caller_who_hangs_up_ends_the_call(data: st.DataObject, call: Any, accepted: bool) -> None:
    walk = Walk(data, line, call)
    walk.wanders()
    if not walk.over:
        ringing = isinstance(walk.turn.then, Ring | AwaitRingEnd)
        walk.told(HungUp(at=NOW, accepted=accepted and ringing))
        left = len(walk.turns)

        walk.falls_silent()

        assert walk.turn.call.step == ENDED
        assert not any(turn.say for _, turn in walk.turns[left - 1 :]), "spoke to nobody"
        assert not any(isinstance(turn.then, Ring | Forward) for _, turn in walk.turns[left - 1 :]), "rang for nobody"


@unhurried
@given(st.data(), escalations)
def test_an_attempt_ends_exactly_once_and_nothing_rings_outside_one(data: st.DataObject, call: Any) -> None:
    walk = Walk(data, line, call)
    walk.wanders()
    walk.falls_silent()

    live = False
    for heard, turn in walk.turns:
        live = live or isinstance(heard, Claimed)
        ends = sum(isinstance(effect, AttemptEnded) for effect in turn.effects)
        assert ends <= live
        live = live and not ends
        assert live or not isinstance(turn.then, Ring)
    assert not live


@unhurried
@given(st.data(), escalations)
def test_no_phone_rings_twice_nor_the_lines_own_nor_the_callers(data: st.DataObject, call: Any) -> None:
    walk = Walk(data, line, call)
    walk.wanders()
    walk.falls_silent()

    rung: list[str] = []
    for heard, turn in walk.turns:
        rung = [] if isinstance(heard, Claimed) else rung
        if isinstance(turn.then, Ring):
            assert turn.then.number not in {"", LINE.number, call.caller, *rung}
            rung.append(turn.then.number)


@unhurried
@given(st.data(), escalations)
def test_every_escalation_mails_the_shift_manager(data: st.DataObject, call: Any) -> None:
    walk = Walk(data, line, call)
    walk.wanders()

    for heard, turn in walk.turns:
        mails = sum(isinstance(effect, NotifyShiftManager) for effect in turn.effects)
        assert mails >= isinstance(heard, Claimed)


@both_conversations
@unhurried
@given(data=st.data())
def test_the_same_call_told_the_same_answers_the_same(flow: Flow[Any], calls: Calls, data: st.DataObject) -> None:
    call = data.draw(calls)
    walk = Walk(data, flow, call)
    walk.wanders()

    before = call
    for heard, turn in walk.turns:
        assert flow.take(before, heard) == turn
        before = turn.call

"""Whatever is keyed and whatever the world answers: declared turns, words instead of silence, and an end."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.call_screening import screening
from flows.effects import AttemptEnded, News, NotifyShiftManager
from flows.escalation_line import line
from flows.flow import Flow
from flows.heard import Claimed, Heard, HoldEnded, HungUp, RingEnded, Silence, StillWaiting
from flows.manager_line import manager_line
from flows.on_hold import TELL_EVERY
from flows.prompts.catalogue import LANGUAGES, catalogue
from flows.prompts.spoken import Prompt
from flows.rules.ring_outcome import RingOutcome
from flows.turn import (
    ENDED,
    AwaitRingEnd,
    Bridge,
    CheckCooldown,
    Forward,
    HangUp,
    Hold,
    JoinCaller,
    LeaveHold,
    Listen,
    ListenOnHold,
    Record,
    Ring,
    ServeAsCustomer,
    Turn,
)
from ivr.line.speech import speak
from tests.flows.anything import answers_to, begun, escalations, helpful_answers_to, own_lines, screenings, unhurried
from tests.flows.beside import LATE, WAITS_ON_HOLD, Beside
from tests.flows.world import LINE, NOW

MOST_TURNS = 25
"""After so many turns the person of the tests loses patience."""

LONGEST_END = 120
"""More turns than it takes to hear out every try of every question, and to look, every eight seconds, at six phones
that ring in vain."""

OVER = (HangUp, Bridge, ServeAsCustomer)
OUTSIDE = (Listen, ListenOnHold, Record, Ring, JoinCaller, Forward, Bridge, HangUp)
"""Waitings during which the person hears nothing but what was said before."""

HEAD_STARTS = st.sampled_from([8, 10, 6, 4, 2, 0])
"""Turns that go well before anything at all happens; without them few conversations would ever ring a phone."""

GOT_SOMEWHERE = "wrap_up"
"""The manager's talk is over, and any of five keys may follow: a head start would always choose the first."""

Calls = st.SearchStrategy[Any]
every_conversation = pytest.mark.parametrize(
    ("flow", "calls"),
    [(line, escalations), (screening, screenings), (manager_line, own_lines)],
    ids=["caller", "manager rung", "manager calling"],
)


class Walk:
    """One conversation on its way through whatever is drawn for it."""

    def __init__(self, data: st.DataObject, flow: Flow[Any], call: Any) -> None:
        self.data = data
        self.flow = flow
        self.now = NOW
        self.beside = Beside(data)
        self.turns: list[tuple[Heard, Turn[Any]]] = []
        self.turn: Turn[Any] = Turn(call=call, then=HangUp())
        self.told(begun)

    def told(self, heard: Heard) -> None:
        """Take a turn; Flow.take raises when it is not declared."""
        heard = replace(heard, at=self.now)
        self.turn = self.flow.take(self.turn.call, heard)
        self.beside.follow(self.turn)
        self.turns.append((heard, self.turn))

    def _goes_on(self, *, keys: bool) -> None:
        """Whatever may come next does; on hold, time passes."""
        then = self.turn.then
        if not isinstance(then, WAITS_ON_HOLD):
            asked = isinstance(then, Listen) and not keys
            self.told(Silence(at=self.now) if asked else self.data.draw(answers_to(then)))
            return
        if isinstance(then, Hold | ListenOnHold):
            self.now += timedelta(seconds=then.seconds) + self.data.draw(LATE)
        self.told(self.beside.answer(self.turn, self.now, keys=keys))

    @property
    def over(self) -> bool:
        """Whether nothing more can be heard."""
        return isinstance(self.turn.then, OVER)

    def wanders(self) -> None:
        """The conversation gets somewhere first; then anything at all happens, for a while."""
        for _ in range(self.data.draw(HEAD_STARTS)):
            if self.turn.call.step == GOT_SOMEWHERE:
                break
            if isinstance(self.turn.then, WAITS_ON_HOLD):
                self._goes_on(keys=False)
            elif not self.over:
                self.told(self.data.draw(helpful_answers_to(self.turn.then, self.turn.call.step)))
        while not self.over and len(self.turns) < MOST_TURNS:
            self._goes_on(keys=True)

    def falls_silent(self) -> int:
        """The person presses no key any more, the world goes on; how many turns that takes."""
        before = len(self.turns)
        while not self.over and len(self.turns) < before + LONGEST_END:
            self._goes_on(keys=False)
        return len(self.turns) - before

    @property
    def prompts(self) -> list[Prompt]:
        """Everything said."""
        return [prompt for _, turn in self.turns for prompt in turn.say]


@every_conversation
@unhurried
@given(data=st.data())
def test_whoever_falls_silent_is_led_to_an_end(flow: Flow[Any], calls: Calls, data: st.DataObject) -> None:
    walk = Walk(data, flow, data.draw(calls))
    walk.wanders()

    turns = walk.falls_silent()

    assert turns < LONGEST_END
    assert walk.over
    assert walk.turn.call.step == ENDED


@every_conversation
@unhurried
@given(data=st.data())
def test_whoever_must_wait_or_hang_up_has_heard_words(flow: Flow[Any], calls: Calls, data: st.DataObject) -> None:
    walk = Walk(data, flow, data.draw(calls))
    walk.wanders()

    for heard, turn in walk.turns:
        if isinstance(turn.then, OUTSIDE) and not gone(heard, turn):
            assert turn.say, f"{turn.call.step} says nothing"


def gone(heard: Heard, turn: Turn[Any]) -> bool:
    """Whether the caller has left: nobody is there to hear words."""
    match heard:
        case RingEnded(outcome=outcome, caller_left=left):
            return left or outcome is RingOutcome.CALLER_LEFT
        case HoldEnded(talked=talked, caller_left=left):
            return left or not talked
        case StillWaiting():
            return bool(turn.call.gone)
        case _:
            return False


@unhurried
@given(st.data(), escalations)
def test_while_phones_ring_nobody_on_hold_waits_long_for_a_word(data: st.DataObject, call: Any) -> None:
    walk = Walk(data, line, call)
    walk.wanders()
    walk.falls_silent()

    silent_since = NOW
    for heard, turn in walk.turns:
        rings = heard.rings if isinstance(heard, StillWaiting) and isinstance(turn.then, Hold) else ()
        ringing = any(ring.outcome is None for ring in rings) and not any(ring.accepted for ring in rings)
        if turn.say or not ringing:  # once somebody has accepted, the carrier is joining the two
            silent_since = heard.at
        assert heard.at - silent_since < TELL_EVERY


@every_conversation
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
        walk.told(HungUp(at=walk.now, accepted=(accepted and ringing) or walk.beside.accepted))
        left = len(walk.turns)

        walk.falls_silent()

        assert walk.turn.call.step == ENDED
        assert not any(turn.say for _, turn in walk.turns[left - 1 :]), "spoke to nobody"
        rang = Ring | Forward | Hold | ListenOnHold | LeaveHold | CheckCooldown
        assert not any(isinstance(turn.then, rang) for _, turn in walk.turns[left - 1 :]), "rang for nobody"


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
        assert live or not isinstance(turn.then, Ring | Hold)
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
        rings = turn.then.ring if isinstance(turn.then, Hold) else (turn.then,) if isinstance(turn.then, Ring) else ()
        if turn.call.leaving:
            rung = [number for number in rung if number in turn.call.rung]  # not placed: those phones never rang
        for ring in rings:
            assert ring.number not in {"", LINE.number, call.caller, *rung}
            rung.append(ring.number)


@unhurried
@given(st.data(), escalations)
def test_every_escalation_mails_the_shift_manager(data: st.DataObject, call: Any) -> None:
    walk = Walk(data, line, call)
    walk.wanders()
    walk.falls_silent()

    claims = sum(isinstance(heard, Claimed) for heard, _ in walk.turns)
    effects = [effect for _, turn in walk.turns for effect in turn.effects if isinstance(effect, NotifyShiftManager)]
    assert sum(effect.news is News.ESCALATION_ACCEPTED for effect in effects) == claims


@unhurried
@given(st.data(), escalations)
def test_nobody_is_recorded_unawares(data: st.DataObject, call: Any) -> None:
    walk = Walk(data, line, call)
    walk.wanders()

    for _, turn in walk.turns:
        if isinstance(turn.then, Record):
            assert turn.say[-1].key == "message.consent"


@every_conversation
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


@every_conversation
def test_the_walks_get_everywhere(flow: Flow[Any], calls: Calls) -> None:
    everywhere, seen = {*flow.steps, ENDED} - {flow.start}, set[str]()

    @settings(max_examples=700, derandomize=True, database=None)
    @given(st.data())
    def walks(data: st.DataObject) -> None:
        walk = Walk(data, flow, data.draw(calls))
        walk.wanders()
        seen.update(turn.call.step for _, turn in walk.turns)

    walks()

    assert seen == everywhere

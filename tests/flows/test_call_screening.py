"""The manager whose phone rings: the story, then one key. Silence or a mailbox never accepts."""

from dataclasses import replace
from typing import Any

import pytest

from flows.call import ScreeningCall
from flows.call_screening import screening
from flows.effects import RingDeclined
from flows.heard import (
    CallerGone,
    Digits,
    Heard,
    HungUp,
    RingAccepted,
    RingOpen,
    Silence,
    Started,
    TakenByAnother,
)
from flows.manager_questions import LONGEST_NAME
from flows.prompts.spoken import Count, Named, Span, Words
from flows.turn import ENDED, AcceptRing, Bridge, CheckRing, HangUp, Turn
from tests.flows.world import HOUR, NOW, TICKET

KEYS = ("screening.accept", "screening.decline", "screening.repeat")
CALL = ScreeningCall(
    step=screening.start,
    language="en",
    ticket=TICKET,
    response_due=NOW - 4 * HOUR,
    earlier=0,
    answered_at=NOW,
)


class OnThePhone:
    """A manager who has just picked up."""

    def __init__(self, call: ScreeningCall = CALL) -> None:
        self.turn: Turn[Any] = Turn(call=call, then=HangUp())
        self.told(Started(at=NOW))

    def told(self, heard: Heard) -> None:
        """Let the conversation take one turn."""
        self.turn = screening.take(self.turn.call, heard)

    def presses(self, keys: str) -> None:
        """Press a key."""
        self.told(Digits(at=NOW, keys=keys))

    def stays_silent(self) -> None:
        """Press nothing; a mailbox does the same."""
        self.told(Silence(at=NOW))

    @property
    def hears(self) -> tuple[str, ...]:
        """The keys of the sentences spoken in the last turn."""
        return tuple(prompt.key for prompt in self.turn.say)

    @property
    def is_over(self) -> bool:
        """Whether the manager's leg ends here without joining the caller."""
        return self.turn.call.step == ENDED and self.turn.then == HangUp()


@pytest.fixture
def manager() -> OnThePhone:
    """A manager who hears the story while the caller waits."""
    listening = OnThePhone()
    listening.told(RingOpen(at=NOW))
    return listening


def test_before_anything_is_said_the_line_asks_whether_the_caller_still_waits() -> None:
    manager = OnThePhone()

    assert manager.turn.then == CheckRing()
    assert manager.hears == ()


def test_the_story_tells_severity_product_organisation_and_the_clock(manager: OnThePhone) -> None:
    assert manager.hears == ("screening.story", "screening.clock", *KEYS)
    story, clock, *_ = manager.turn.say
    assert story.values == {
        "severity": Named("severity.high"),
        "product": Words("Backup Server", longest=LONGEST_NAME),
        "organisation": Words("Contoso", longest=LONGEST_NAME),
    }
    assert clock.values == {"age": Span(5 * HOUR), "overdue": Span(4 * HOUR)}


def test_earlier_escalations_are_told_when_there_were_any() -> None:
    manager = OnThePhone(replace(CALL, earlier=3))

    manager.told(RingOpen(at=NOW))

    assert manager.hears == ("screening.story", "screening.clock", "screening.earlier", *KEYS)
    assert manager.turn.say[2].values == {"count": Count(3)}


def test_1_asks_whether_this_leg_won_and_joins_nobody_before(manager: OnThePhone) -> None:
    manager.presses("1")

    assert manager.turn.then == AcceptRing()
    assert manager.turn.call.step == "accepted"


def test_an_accepted_ring_joins_the_caller(manager: OnThePhone) -> None:
    manager.presses("1")
    manager.told(RingAccepted(at=NOW))

    assert manager.hears == ("screening.joining",)
    assert manager.turn.then == Bridge()
    assert manager.turn.call.step == ENDED


def test_2_passes_the_call_on(manager: OnThePhone) -> None:
    manager.presses("2")

    assert manager.hears == ("screening.declined",)
    assert manager.turn.effects == (RingDeclined(hunt_goes_on=False),)
    assert manager.is_over


def test_star_tells_the_story_again_and_gives_all_tries_back(manager: OnThePhone) -> None:
    before = manager.turn.say
    manager.stays_silent()

    manager.presses("*")

    assert manager.turn.say == before
    assert manager.turn.call.tries == 0


def test_silence_twice_never_accepts(manager: OnThePhone) -> None:
    said = []
    for _ in range(2):
        manager.stays_silent()
        said.append(manager.hears)

    assert said == [("screening.silence.first", *KEYS), ("screening.give_up",)]
    assert manager.turn.effects == ()
    assert manager.is_over


@pytest.mark.parametrize("keys", ["3", "0", "#", "12"])
def test_nonsense_three_times_never_accepts(manager: OnThePhone, keys: str) -> None:
    said = []
    for _ in range(3):
        manager.presses(keys)
        said.append(manager.hears)

    assert said == [
        ("screening.nonsense.first", *KEYS),
        ("screening.nonsense.second", *KEYS),
        ("screening.give_up",),
    ]
    assert manager.turn.effects == ()
    assert manager.is_over


@pytest.mark.parametrize(
    ("late", "sentence"), [(CallerGone(at=NOW), "screening.caller_gone"), (TakenByAnother(at=NOW), "screening.taken")]
)
def test_whoever_picks_up_too_late_hears_why(late: Heard, sentence: str) -> None:
    manager = OnThePhone()

    manager.told(late)

    assert manager.hears == (sentence,)
    assert manager.is_over


@pytest.mark.parametrize(
    ("late", "sentence"), [(CallerGone(at=NOW), "screening.caller_gone"), (TakenByAnother(at=NOW), "screening.taken")]
)
def test_whoever_presses_1_too_late_hears_why(manager: OnThePhone, late: Heard, sentence: str) -> None:
    manager.presses("1")

    manager.told(late)

    assert manager.hears == (sentence,)
    assert manager.is_over


@pytest.mark.parametrize("before", [(), ("3",), ("1",)], ids=["during the story", "after nonsense", "after accepting"])
def test_a_manager_who_hangs_up_declines_nothing(manager: OnThePhone, before: tuple[str, ...]) -> None:
    for key in before:
        manager.presses(key)

    manager.told(HungUp(at=NOW))

    assert manager.hears == ()
    assert manager.turn.effects == ()
    assert manager.is_over

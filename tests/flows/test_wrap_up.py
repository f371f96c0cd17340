"""When the talk is over the manager's leg is still ours: how does it go on?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.effects import RingsStopped, TalkResumed, TermsMissing, WrappedUp
from flows.heard import CallerGone, CallerOnHold, RingAccepted, RingOpen, TalkEnded
from flows.prompts.spoken import Moment
from flows.rules.ring_outcome import RingOutcome
from flows.turn import CheckCaller, JoinCaller, Listen
from flows.wrap_up import Terms, WrapUp
from tests.flows.test_call_screening import CALL, OnThePhone
from tests.flows.world import HOUR, MINUTE, NOW

ON_HOLD = replace(CALL, hold=True, higher_level=True, zone="America/New_York")


def in_the_talk(*, higher_level: bool = True) -> OnThePhone:
    """A manager who has accepted and joins the caller."""
    manager = OnThePhone(replace(ON_HOLD, higher_level=higher_level))
    manager.told(RingOpen(at=NOW))
    manager.presses("1")
    manager.told(RingAccepted(at=NOW))
    return manager


def after_the_talk(*, higher_level: bool = True, caller_waits: bool = True) -> OnThePhone:
    """A manager who is asked how it goes on."""
    manager = in_the_talk(higher_level=higher_level)
    manager.told(TalkEnded(at=NOW, talked=True, caller_waits=caller_waits))
    return manager


def test_who_accepts_joins_the_caller_on_hold_and_all_other_phones_stop() -> None:
    manager = in_the_talk()

    assert manager.turn.then == JoinCaller(talk_limit=timedelta(minutes=60))
    assert manager.hears == ("screening.joining", "screening.star")
    assert manager.turn.effects == (RingsStopped(outcome=RingOutcome.TAKEN),)


def test_a_talk_that_never_began_needs_no_terms() -> None:
    manager = in_the_talk()
    manager.told(TalkEnded(at=NOW, talked=False, caller_waits=False))

    assert manager.hears == ("screening.caller_gone",)
    assert manager.is_over


@pytest.mark.parametrize(
    ("higher_level", "caller_waits", "offered"),
    [
        (True, True, ["resolved", "promise", "hand_up", "quiet", "back"]),
        (False, True, ["resolved", "promise", "quiet", "back"]),
        (True, False, ["resolved", "promise", "quiet"]),
        (False, False, ["resolved", "promise", "quiet"]),
    ],
)
def test_only_what_can_be_done_is_offered(higher_level: bool, caller_waits: bool, offered: list[str]) -> None:
    manager = after_the_talk(higher_level=higher_level, caller_waits=caller_waits)
    assert manager.hears == ("wrap_up.ask", *(f"wrap_up.{each}" for each in offered))


def test_1_states_that_it_is_resolved() -> None:
    manager = after_the_talk()
    manager.presses("1")

    assert manager.hears == ("wrap_up.resolved_noted",)
    assert manager.turn.effects == (WrappedUp(wrap_up=WrapUp(terms=Terms.RESOLVED)),)
    assert manager.is_over


def test_3_hands_up_a_caller_who_is_still_on_hold() -> None:
    manager = after_the_talk()
    manager.presses("3")
    assert manager.turn.then == CheckCaller()
    manager.told(CallerOnHold(at=NOW))

    assert manager.hears == ("wrap_up.handed_up",)
    assert manager.turn.effects == (WrappedUp(wrap_up=WrapUp(terms=Terms.HANDED_UP)),)
    assert manager.is_over


def test_3_hands_up_nobody_when_the_caller_has_left_hold() -> None:
    manager = after_the_talk()
    manager.presses("3")
    manager.told(CallerGone(at=NOW))

    assert manager.hears == (
        "wrap_up.caller_left", "wrap_up.ask", "wrap_up.resolved", "wrap_up.promise", "wrap_up.quiet"
    )
    assert manager.turn.effects == ()


def test_a_way_back_to_a_caller_who_has_left_leads_to_the_menu_again() -> None:
    manager = after_the_talk()
    manager.presses("*")
    manager.told(TalkEnded(at=NOW, talked=False, caller_waits=False))

    assert manager.hears == (
        "wrap_up.caller_left", "wrap_up.ask", "wrap_up.resolved", "wrap_up.promise", "wrap_up.quiet"
    )
    manager.presses("1")
    assert manager.turn.effects == (WrappedUp(wrap_up=WrapUp(terms=Terms.RESOLVED)),)


@pytest.mark.parametrize(("key", "caller_waits"), [("*", False), ("3", False), ("7", True), ("0", True)])
def test_a_key_that_was_not_offered_does_nothing(key: str, caller_waits: bool) -> None:
    manager = after_the_talk(caller_waits=caller_waits)
    manager.presses(key)

    assert manager.hears[0] == "wrap_up.nonsense.first"
    assert manager.turn.effects == ()


@pytest.mark.parametrize(
    ("key", "terms", "word"), [("2", Terms.PROMISED, "wrap_up.promised"), ("9", Terms.QUIET, "wrap_up.quieted")]
)
@pytest.mark.parametrize(("keyed", "until"), [("30", NOW + 30 * MINUTE), ("*2", NOW + 2 * HOUR)])
def test_a_promise_and_quiet_take_a_time(key: str, terms: Terms, word: str, keyed: str, until: object) -> None:
    manager = after_the_talk()
    manager.presses(key)
    assert manager.hears == ("wrap_up.how_long",)
    assert manager.turn.then == Listen()

    manager.presses(keyed)

    (said,) = manager.turn.say
    assert (said.key, said.values) == (word, {"until": Moment(until, NOW, "America/New_York")})  # type: ignore[arg-type]
    assert manager.turn.effects == (WrappedUp(wrap_up=WrapUp(terms=terms, until=until)),)  # type: ignore[arg-type]
    assert manager.is_over


def test_a_time_nobody_can_mean_is_asked_twice_more_then_nothing_is_noted() -> None:
    manager = after_the_talk()
    manager.presses("2")
    said = []
    for keys in ("0", "9999", "*"):
        manager.presses(keys)
        said.append(manager.hears)

    assert said == [
        ("wrap_up.how_long_nonsense.first",),
        ("wrap_up.how_long_nonsense.second",),
        ("wrap_up.nothing",),
    ]
    assert manager.turn.effects == (TermsMissing(),)
    assert manager.is_over


@pytest.mark.parametrize("key", ["", "2", "9"], ids=["at the menu", "at a promise", "at quiet"])
def test_silence_twice_notes_nothing(key: str) -> None:
    manager = after_the_talk()
    if key:
        manager.presses(key)
    for _ in range(2):
        manager.stays_silent()

    assert manager.hears == ("wrap_up.nothing",)
    assert manager.turn.effects == (TermsMissing(),)
    assert manager.is_over


def test_star_goes_back_to_the_caller_and_the_menu_comes_again() -> None:
    manager = after_the_talk()
    manager.presses("*")

    assert isinstance(manager.turn.then, JoinCaller)
    assert manager.turn.effects == (TalkResumed(),)
    manager.told(TalkEnded(at=NOW, talked=True, caller_waits=False))
    assert manager.hears[0] == "wrap_up.ask"

"""Another call rings managers about the ticket: the second caller may wait, hears what changes, and is led on."""

from dataclasses import replace

import pytest

from flows.heard import AttemptSeen, TicketFound
from flows.ladder_hunt import title_of
from flows.prompts.spoken import Words
from flows.rules.cooldown import Outcome, RefusedBecause, Standing
from flows.turn import FindTicket, Watch
from tests.flows.on_the_line import OnTheLine
from tests.flows.world import FOUND, MINUTE, NOW

BEING_RUNG = replace(FOUND, standing=Standing(leased_until=NOW + 2 * MINUTE, attempt=9))
RESTS = replace(FOUND, standing=Standing(quiet_until=NOW + 60 * MINUTE))


def waiting(found: TicketFound = BEING_RUNG) -> OnTheLine:
    """A caller who has chosen to wait."""
    caller = OnTheLine()
    caller.keys_the_ticket(found)
    caller.presses("1")
    return caller


def test_who_is_refused_because_of_another_call_may_wait_for_it() -> None:
    caller = OnTheLine()

    caller.keys_the_ticket(BEING_RUNG)
    offered = caller.hears
    caller.presses("1")

    assert offered[1:] == ("refused.being_rung", "refused.wait", "refused.other_ticket", "refused.repeat")
    assert caller.hears == ("watch.begins",)
    assert isinstance(caller.turn.then, Watch)
    assert caller.states == ()
    assert caller.call.attempt is None


def test_who_loses_the_claim_to_another_call_may_wait_for_it() -> None:
    caller = OnTheLine()
    caller.keys_the_ticket()
    caller.presses("1")

    caller.claim_is_lost(RefusedBecause.BEING_RUNG, NOW + MINUTE, attempt=9)
    caller.presses("1")

    assert caller.hears == ("watch.begins",)
    assert caller.call.watched == 9


def test_what_changes_is_told_once_and_silence_lasts_at_most_twenty_seconds() -> None:
    caller = waiting()
    said = []
    for level, accepted in [(0, False), (1, False), (1, False), (1, False), (1, False), (2, False), (2, True)]:
        caller.sees(level=level, accepted=accepted)
        said.append(caller.hears)

    ringing, accepted_by = ("watch.ringing",), ("watch.accepted",)
    assert said == [(), ringing, (), (), ("watch.still_ringing",), ringing, accepted_by]
    assert caller.states == ()


def test_a_level_is_named_in_the_callers_language_and_one_of_a_newer_ladder_as_it_is_called_there() -> None:
    caller = waiting()
    caller.sees(level=1)
    known = caller.sentence("watch.ringing").values["title"]

    caller.told(AttemptSeen(at=caller.now, over=False, level=2, title="Head of Everything"))

    assert known == title_of(FOUND.ladder.levels[0])
    assert caller.sentence("watch.ringing").values["title"] == Words("Head of Everything")


def test_during_the_talk_the_caller_is_told_that_it_goes_on() -> None:
    caller = waiting()
    caller.sees(level=1, accepted=True)

    caller.sees(after=20, level=1, accepted=True)

    assert caller.hears == ("watch.talking",)


def test_before_any_phone_rings_the_caller_is_told_that_the_other_call_goes_on() -> None:
    caller = waiting()

    caller.sees(after=20)

    assert caller.hears == ("watch.under_way",)


def test_a_key_brings_the_choices_with_the_latest_news_and_1_goes_on_waiting() -> None:
    caller = waiting()
    caller.sees(level=2)

    caller.presses("*")
    choices = caller.hears
    caller.presses("1")

    assert choices == ("watch.ringing", "refused.wait", "refused.other_ticket", "refused.repeat")
    assert isinstance(caller.turn.then, Watch)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.REACHED, "watch.reached"),
        (Outcome.ABANDONED, "watch.ended"),
        (Outcome.LEFT_EARLY, "watch.ended"),
        (None, "watch.ended"),
    ],
)
def test_when_the_other_call_is_over_the_rules_decide_anew(outcome: Outcome | None, words: str) -> None:
    caller = waiting()

    caller.sees(over=True, outcome=outcome)
    told, asked = caller.hears, caller.turn.then
    caller.ticket_is_found(RESTS)

    assert told == (words,)
    assert asked == FindTicket(number="48213")
    assert caller.hears[1] == "refused.cooling_down"
    assert caller.call.watched == 0


@pytest.mark.parametrize("outcome", [Outcome.EXHAUSTED, Outcome.NOBODY_ON_DUTY])
def test_when_nobody_could_be_reached_the_caller_is_offered_the_other_ways(outcome: Outcome) -> None:
    caller = waiting(replace(BEING_RUNG, call_back="+12025550123"))

    caller.sees(over=True, outcome=outcome)

    assert caller.hears == ("watch.exhausted", "ways.message", "ways.callback", "ways.goodbye")
    assert caller.states == ()


def test_who_hangs_up_while_waiting_disturbs_nobody() -> None:
    caller = waiting()
    caller.sees(level=1)

    caller.hangs_up()

    assert caller.is_over
    assert caller.states == ()

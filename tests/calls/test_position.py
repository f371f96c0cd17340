"""Work through the levels until you get resolution: where the next escalation of a ticket begins."""

import pytest

from flows.rules.cooldown import Outcome
from flows.ticket import Status
from flows.wrap_up import Terms
from ivr.line.terms import de_escalate
from tests.calls.promising import (
    TICKET,
    asked_how_it_goes_on,
    passes,
    promises,
    says_resolved,
    states_later,
    talks,
    ticket_becomes,
)
from tests.calls.stage import Stage

OPERATIONS, DIRECTOR = "Support Operations Manager", "Senior Director of Support"


def titles(stage: Stage) -> list[str]:
    """Whom the line has rung about the ticket, over all attempts."""
    return [title for title, _ in stage.rings()]


def position(stage: Stage) -> int:
    """The rank above which the next escalation begins."""
    with stage.line.parts.store.reading() as work:
        return work.claims.standing(TICKET).last_talked


def by_whom(stage: Stage) -> list[str]:
    """Who has de-escalated the ticket."""
    with stage.line.parts.store.reading() as work:
        return [each.by for each in work.interventions.of_ticket(TICKET)]


def rings_next(stage: Stage, title: str) -> None:
    """When the ticket has rested, the next escalation begins with this level; the caller then leaves."""
    passes(stage, 61)
    stage.escalates()
    manager = stage.level_1 if title == OPERATIONS else stage.level_2
    manager.rings()
    stage.caller.hang_up()
    assert titles(stage)[-1] == title


def test_over_several_attempts_it_climbs_and_stays_at_the_top(stage: Stage) -> None:
    talks(stage)
    stage.caller.hang_up()
    passes(stage, 61)
    talks(stage, stage.level_2)
    stage.caller.hang_up()
    rings_next(stage, DIRECTOR)
    rings_next(stage, DIRECTOR)
    assert titles(stage) == [OPERATIONS, DIRECTOR, DIRECTOR, DIRECTOR]
    stage.ends(mails=6)


def test_an_attempt_in_which_nobody_talks_leaves_it_where_it_is(stage: Stage) -> None:
    talks(stage)
    stage.caller.hang_up()
    stage.level_2.be_busy()
    passes(stage, 61)
    stage.escalates()
    stage.caller.hears("nobody could take your call")
    stage.caller.call_ends()
    assert stage.outcomes() == [Outcome.REACHED.value, Outcome.EXHAUSTED.value]
    assert position(stage) == 1
    stage.ends(mails=4)


def test_the_next_level_in_the_same_call_counts(stage: Stage) -> None:
    talks(stage)
    stage.level_1.hang_up()
    stage.caller.begins_to_hear("To talk to the next level, press 2")
    stage.caller.press("2")
    stage.accepts(stage.level_2)
    stage.caller.talks_to(stage.level_2)
    stage.caller.hang_up()
    rings_next(stage, DIRECTOR)
    stage.ends(mails=4)


def test_the_callers_word_alone_does_not_bring_it_back(stage: Stage) -> None:
    talks(stage)
    stage.level_1.hang_up()
    says_resolved(stage)
    rings_next(stage, DIRECTOR)
    assert by_whom(stage) == []
    stage.ends(mails=3)


def test_the_callers_word_and_the_managers_later_one_bring_it_back(stage: Stage) -> None:
    talks(stage)
    stage.level_1.hang_up()
    says_resolved(stage)
    states_later(stage, Terms.RESOLVED)
    assert by_whom(stage) == ["agreement"]
    rings_next(stage, OPERATIONS)
    stage.ends(mails=2)


def test_a_ticket_that_was_closed_and_opens_again_begins_anew(stage: Stage) -> None:
    talks(stage)
    stage.caller.hang_up()
    ticket_becomes(stage, Status.CLOSED)
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.begins_to_hear("This ticket is closed")
    stage.caller.hang_up()
    assert by_whom(stage) == ["ticket-status"]
    ticket_becomes(stage, Status.OPEN)
    rings_next(stage, OPERATIONS)
    stage.ends(mails=3)


def test_brought_back_by_hand(stage: Stage) -> None:
    talks(stage)
    stage.caller.hang_up()
    with stage.line.parts.store.writing() as work:
        assert de_escalate(work, TICKET, stage.exchange.now(), "priya", "agreed by mail")
    rings_next(stage, OPERATIONS)
    assert by_whom(stage) == ["priya"]
    stage.ends(mails=3)


class TestOnHold:
    """What only a manager who is asked on the phone can say."""

    @pytest.fixture
    def ring_mode(self) -> str:
        return "hold"

    def test_resolved_for_both_begins_anew(self, stage: Stage) -> None:
        talks(stage)
        asked_how_it_goes_on(stage).press("1")
        stage.caller.hears("has noted that this is resolved")
        says_resolved(stage)
        assert by_whom(stage) == ["agreement"]
        rings_next(stage, OPERATIONS)
        stage.ends(mails=2)

    def test_resolved_for_the_manager_alone_does_not(self, stage: Stage) -> None:
        talks(stage)
        asked_how_it_goes_on(stage).press("1")
        stage.caller.hears("has noted that this is resolved")
        stage.caller.hang_up()
        rings_next(stage, DIRECTOR)
        assert by_whom(stage) == []
        stage.ends(mails=2)

    def test_handed_up_it_goes_on_above_whoever_took_it(self, stage: Stage) -> None:
        talks(stage)
        asked_how_it_goes_on(stage).press("3")
        stage.accepts(stage.level_2)
        stage.caller.talks_to(stage.level_2)
        stage.caller.hang_up()
        rings_next(stage, DIRECTOR)
        stage.ends(mails=3)

    def test_handed_up_but_not_taken_it_goes_on_above_whoever_talked(self, stage: Stage) -> None:
        stage.level_2.be_busy()
        talks(stage)
        asked_how_it_goes_on(stage).press("3")
        stage.caller.hears("is on another call", within=60)
        stage.caller.call_ends()
        assert position(stage) == 1
        assert stage.outcomes() == ["reached"]
        stage.ends(mails=1)

    def test_after_a_broken_promise_it_goes_on_above_whoever_made_it(self, stage: Stage) -> None:
        talks(stage)
        promises(stage, "30#")
        says_resolved(stage)
        rings_next(stage, DIRECTOR)
        stage.ends(mails=3)

    def test_after_a_broken_promise_of_the_highest_level_that_level_is_rung_again(self, stage: Stage) -> None:
        talks(stage)
        asked_how_it_goes_on(stage).press("3")
        stage.accepts(stage.level_2)
        stage.caller.talks_to(stage.level_2)
        promises(stage, "30#", stage.level_2)
        says_resolved(stage)
        rings_next(stage, DIRECTOR)
        stage.ends(mails=3)

"""The caller hangs up, at every step: nobody is rung any more, and the attempt ends as what it was."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from flows.effects import AttemptEnded, Effect, RingClosed, TermsMissing
from flows.rules.cooldown import Outcome
from flows.rules.ring_outcome import RingOutcome
from flows.ticket import Status
from flows.turn import AwaitRingEnd
from tests.flows.on_the_line import OnTheLine
from tests.flows.world import FOUND, HOUR, LINE_IN_THREE_LANGUAGES, MINUTE, NOW

CLOSED = replace(FOUND, ticket=replace(FOUND.ticket, status=Status.CLOSED))


def ended(outcome: Outcome, *, quiet_until: object, talked: int = 0) -> AttemptEnded:
    """The end of the stories' attempt."""
    return AttemptEnded(attempt=7, outcome=outcome, quiet_until=quiet_until, talked=talked)  # type: ignore[arg-type]  # an instant or None


LEFT_EARLY = ended(Outcome.LEFT_EARLY, quiet_until=None)
ABANDONED = ended(Outcome.ABANDONED, quiet_until=NOW + 5 * MINUTE)
REACHED = ended(Outcome.REACHED, quiet_until=NOW + HOUR, talked=1)
GONE_WHILE_RINGING = RingClosed(outcome=RingOutcome.CALLER_LEFT)


@pytest.mark.parametrize(
    "before",
    [
        lambda caller: None,
        lambda caller: caller.presses("12"),
        lambda caller: caller.keys_the_ticket(CLOSED),
        lambda caller: caller.keys_the_ticket(),
        lambda caller: (caller.presses("48213"), caller.ticket_system_is_down()),
    ],
    ids=["at the ticket number", "at a retry", "at a refusal", "at the confirmation", "after the ticket system failed"],
)
def test_before_the_escalation_nothing_is_stated(before: Callable[[OnTheLine], object]) -> None:
    caller = OnTheLine()
    before(caller)

    caller.hangs_up()

    assert caller.is_over
    assert caller.hears == ()
    assert caller.states == ()


def test_at_the_language_nothing_is_stated() -> None:
    caller = OnTheLine(LINE_IN_THREE_LANGUAGES)

    caller.hangs_up()

    assert caller.is_over
    assert caller.states == ()


def test_before_any_phone_rang_it_costs_no_cooldown() -> None:
    caller = OnTheLine()
    caller.escalates()

    caller.hangs_up()

    assert caller.is_over
    assert caller.states == (LEFT_EARLY,)


def test_while_the_first_phone_rings() -> None:
    caller = OnTheLine()
    caller.reaches_ringing()

    caller.hangs_up()

    assert caller.is_over
    assert caller.states == (ABANDONED, GONE_WHILE_RINGING)


def test_between_two_levels() -> None:
    caller = OnTheLine()
    caller.reaches_ringing()
    caller.ring_ends(RingOutcome.DECLINED)

    caller.hangs_up()

    assert caller.is_over
    assert caller.states == (ABANDONED,)


def test_after_a_talk_the_caller_was_reached() -> None:
    caller = OnTheLine()
    caller.talks()

    caller.hangs_up()

    assert caller.is_over
    assert caller.states == (REACHED,)


def test_while_the_level_above_rings_after_a_talk() -> None:
    caller = OnTheLine()
    caller.talks()
    caller.presses("2")
    caller.nobody_objects()

    caller.hangs_up()

    assert caller.is_over
    assert caller.states == (REACHED, GONE_WHILE_RINGING)


@pytest.mark.parametrize(
    ("outcome", "end"),
    [(RingOutcome.TALKED, REACHED), (RingOutcome.NOT_ACCEPTED, ABANDONED), (RingOutcome.CALLER_LEFT, ABANDONED)],
    ids=["talked to the end", "never bridged", "left in between"],
)
def test_the_carriers_report_on_the_ring_tells_that_the_caller_left(outcome: RingOutcome, end: AttemptEnded) -> None:
    caller = OnTheLine()
    caller.reaches_ringing()

    caller.ring_ends(outcome, caller_left=True)

    assert caller.is_over
    assert caller.hears == ()
    assert caller.states == (end, RingClosed(outcome=outcome), *asked_by_link(outcome))


def asked_by_link(outcome: RingOutcome) -> tuple[Effect, ...]:
    """Whoever has talked, and went with the talk, has stated no terms yet."""
    return (TermsMissing(),) if outcome is RingOutcome.TALKED else ()


class TestAManagerHadAccepted:
    """Both facts are needed to call somebody reached: the key press, and the carrier's word that they were bridged."""

    @pytest.fixture
    def caller(self) -> OnTheLine:
        """A caller who left in the moment in which Level 1 pressed 1."""
        leaving = OnTheLine()
        leaving.reaches_ringing()
        leaving.hangs_up(while_a_manager_accepted=True)
        return leaving

    def test_the_attempt_stays_open_until_the_carrier_has_spoken(self, caller: OnTheLine) -> None:
        assert caller.turn.then == AwaitRingEnd()
        assert caller.states == ()
        assert not caller.is_over

    @pytest.mark.parametrize(
        ("outcome", "end"),
        [(RingOutcome.TALKED, REACHED), (RingOutcome.NOT_ACCEPTED, ABANDONED), (RingOutcome.CALLER_LEFT, ABANDONED)],
    )
    def test_then_the_carriers_word_decides(self, caller: OnTheLine, outcome: RingOutcome, end: AttemptEnded) -> None:
        caller.ring_ends(outcome)

        assert caller.is_over
        assert caller.states == (end, RingClosed(outcome=outcome), *asked_by_link(outcome))

    def test_a_report_that_never_comes_counts_as_abandoned(self, caller: OnTheLine) -> None:
        caller.hangs_up()

        assert caller.is_over
        assert caller.states == (ABANDONED, GONE_WHILE_RINGING)

    def test_nobody_else_is_rung_when_the_manager_was_lost_too(self, caller: OnTheLine) -> None:
        caller.ring_ends(RingOutcome.DECLINED)

        assert caller.is_over
        assert caller.hears == ()


def test_hanging_up_after_the_goodbye_changes_nothing() -> None:
    caller = OnTheLine()
    caller.talks()
    caller.presses("1")

    caller.hangs_up()

    assert caller.is_over
    assert caller.states == ()

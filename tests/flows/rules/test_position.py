"""Work through the levels until it is resolved: the position only climbs, and agreement brings it back to the start."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.hunt import Hunt
from flows.rules.position import START, after_attempt, agreed, starts_over
from flows.ticket import Severity, Status
from tests.flows.world import LADDER, LEVEL_1, LEVEL_2, LEVEL_3, NOW

ranks = st.integers(0, 3)
attempts = st.lists(st.tuples(ranks, st.booleans()), max_size=12)


@given(before=ranks, talked=ranks)
def test_without_agreement_no_attempt_lowers_the_position(before: int, talked: int) -> None:
    after = after_attempt(before, talked, agreed=False)
    assert after >= before
    assert after in {before, talked}


@given(before=ranks, talked=ranks)
def test_agreement_brings_it_back_to_the_start(before: int, talked: int) -> None:
    assert after_attempt(before, talked, agreed=True) == START


@given(manager=st.booleans(), caller=st.booleans())
def test_one_word_alone_is_no_agreement(manager: bool, caller: bool) -> None:
    assert agreed(manager_resolved=manager, caller_resolved=caller) is (manager and caller)


@given(attempts)
def test_over_any_attempts_the_position_is_the_highest_talk_since_the_last_agreement(
    history: list[tuple[int, bool]],
) -> None:
    position = START
    for talked, settled in history:
        position = after_attempt(position, talked, agreed=settled)
    since = next((len(history) - back for back, (_, settled) in enumerate(reversed(history)) if settled), 0)
    assert position == max((talked for talked, _ in history[since:]), default=START)


@pytest.mark.parametrize(
    ("position", "rung"), [(0, LEVEL_1), (1, LEVEL_2), (2, LEVEL_3), (3, LEVEL_3)], ids=["start", "1", "2", "top"]
)
def test_the_next_escalation_begins_above_the_position_and_at_the_top_with_the_top_again(
    position: int, rung: str
) -> None:
    first = Hunt(ladder=LADDER, now=NOW, severity=Severity.HIGH).first(position)
    assert first is not None
    assert LADDER.number_at(first) == rung


def test_a_ticket_begins_anew_once_it_is_resolved_or_closed() -> None:
    assert {status for status in Status if starts_over(status)} == {Status.RESOLVED_PENDING, Status.CLOSED}

"""A promise is kept by an update of the ticket after it, and broken when its time passes without one."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from flows.rules.promise import State, Tally, settled, still_owed, tallies
from tests.flows.world import HOUR, NOW

near = st.integers(-90, 90).map(lambda minutes: NOW + timedelta(minutes=minutes))


@given(updated=near, now=near)
def test_kept_by_an_update_else_broken_by_the_time_else_open(updated: datetime, now: datetime) -> None:
    state = settled(NOW, NOW + HOUR, updated, now)

    assert (state is State.KEPT) == (updated > NOW)
    assert (state is State.BROKEN) == (updated <= NOW and now >= NOW + HOUR)
    assert state is not State.SUPERSEDED


def test_an_update_at_the_very_moment_of_the_promise_is_no_answer() -> None:
    assert settled(NOW, NOW + HOUR, NOW, NOW + HOUR) is State.BROKEN


def test_the_time_itself_is_too_late() -> None:
    assert settled(NOW, NOW + HOUR, NOW, NOW + HOUR - timedelta(microseconds=1)) is State.OPEN


@given(updated=near, talked=st.none() | near)
def test_an_answer_is_owed_until_the_ticket_moves_or_somebody_talks(updated: datetime, talked: datetime | None) -> None:
    until = NOW + HOUR
    owed = still_owed(NOW, until, updated, talked)
    assert owed == (updated <= NOW and (talked is None or talked < until))


counts = st.dictionaries(
    st.tuples(st.sampled_from(["dana", "marcus", "priya"]), st.sampled_from(State)), st.integers(1, 99)
)


@given(counts)
def test_the_tallies_add_up(counted: dict[tuple[str, State], int]) -> None:
    *people, total = tallies(counted)

    assert [each.person for each in people] == sorted({person for person, _ in counted})
    assert total.person == ""
    assert total.made == sum(counted.values()) == sum(each.made for each in people)
    for name in ("kept", "broken", "open", "void"):
        assert getattr(total, name) == sum(getattr(each, name) for each in people)


def test_what_was_superseded_or_is_gone_is_void_neither_kept_nor_broken() -> None:
    dana, _ = tallies({("dana", State.SUPERSEDED): 2, ("dana", State.GONE): 1, ("dana", State.KEPT): 4})
    assert dana == Tally(person="dana", kept=4, void=3)

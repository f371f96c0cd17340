"""Please stop phoning: what stands against an attempt, for how long, and what opens it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.cooldown import (
    CooldownTerms,
    Outcome,
    Refused,
    RefusedBecause,
    Standing,
    closed_until,
    quiet_after,
    window_opens_at,
)
from tests.flows.rules.strategies import MOMENT, cooldown_terms

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
LONG_AGO = NOW - 9 * HOUR
TERMS = CooldownTerms()
near = st.integers(-300, 300).map(lambda minutes: NOW + minutes * MINUTE)
maybe = st.none() | near
standings = st.builds(
    Standing, leased_until=maybe, quiet_until=maybe, window_opens_at=maybe, promised_at=maybe, promised_until=maybe
)


def refused(because: RefusedBecause, until: datetime) -> Refused:
    return Refused(because=because, until=until)


def test_a_ticket_nobody_has_escalated_yet_is_open() -> None:
    assert closed_until(Standing(), LONG_AGO, NOW) is None


@pytest.mark.parametrize(
    ("standing", "because", "until"),
    [
        pytest.param(
            Standing(leased_until=NOW + MINUTE), RefusedBecause.BEING_RUNG, NOW + MINUTE, id="it is being rung now"
        ),
        pytest.param(
            Standing(quiet_until=NOW + HOUR), RefusedBecause.COOLING_DOWN, NOW + HOUR, id="managers were rung just now"
        ),
        pytest.param(
            Standing(window_opens_at=NOW + HOUR), RefusedBecause.TOO_MANY_ATTEMPTS, NOW + HOUR, id="too often today"
        ),
        pytest.param(
            Standing(leased_until=NOW + MINUTE, quiet_until=NOW + HOUR, window_opens_at=NOW + 2 * HOUR),
            RefusedBecause.BEING_RUNG, NOW + MINUTE, id="being rung comes first",
        ),
        pytest.param(
            Standing(quiet_until=NOW + HOUR, window_opens_at=NOW + 2 * HOUR),
            RefusedBecause.TOO_MANY_ATTEMPTS, NOW + 2 * HOUR, id="the window ends last",
        ),
        pytest.param(
            Standing(quiet_until=NOW + 3 * HOUR, window_opens_at=NOW + 2 * HOUR),
            RefusedBecause.COOLING_DOWN, NOW + 3 * HOUR, id="the cooldown ends last",
        ),
        pytest.param(
            Standing(leased_until=NOW, quiet_until=NOW, window_opens_at=NOW + MINUTE),
            RefusedBecause.TOO_MANY_ATTEMPTS, NOW + MINUTE, id="what has ended does not count",
        ),
    ],
)  # fmt: skip
def test_what_stands_against_an_attempt(standing: Standing, because: RefusedBecause, until: datetime) -> None:
    assert closed_until(standing, LONG_AGO, NOW) == refused(because, until)


def test_at_the_moment_everything_ends_the_ticket_is_open() -> None:
    assert closed_until(Standing(leased_until=NOW, quiet_until=NOW, window_opens_at=NOW), LONG_AGO, NOW) is None


PROMISED = Standing(quiet_until=NOW + 3 * HOUR, promised_at=NOW - 2 * HOUR, promised_until=NOW)


@pytest.mark.parametrize(
    ("updated_at", "now", "is_open"),
    [
        pytest.param(LONG_AGO, NOW, True, id="the promised time came and nothing was written"),
        pytest.param(PROMISED.promised_at, NOW, True, id="what was written with the promise is not its fulfilment"),
        pytest.param(NOW - HOUR, NOW, False, id="the promise was kept"),
        pytest.param(NOW + HOUR, NOW + 2 * HOUR, False, id="the promise was kept late"),
        pytest.param(LONG_AGO, NOW - MOMENT, False, id="the promise may still be kept"),
    ],
)
def test_a_promise_that_passed_without_an_update_opens_the_cooldown(
    updated_at: datetime, now: datetime, is_open: bool
) -> None:
    assert (closed_until(PROMISED, updated_at, now) is None) is is_open


@pytest.mark.parametrize("half", [replace(PROMISED, promised_at=None), replace(PROMISED, promised_until=None)])
def test_half_a_promise_opens_nothing(half: Standing) -> None:
    assert closed_until(half, LONG_AGO, NOW) == refused(RefusedBecause.COOLING_DOWN, NOW + 3 * HOUR)


def test_a_broken_promise_opens_neither_claim_nor_window() -> None:
    claimed = replace(PROMISED, leased_until=NOW + MINUTE)
    worn_out = replace(PROMISED, window_opens_at=NOW + HOUR)

    assert closed_until(claimed, LONG_AGO, NOW) == refused(RefusedBecause.BEING_RUNG, NOW + MINUTE)
    assert closed_until(worn_out, LONG_AGO, NOW) == refused(RefusedBecause.TOO_MANY_ATTEMPTS, NOW + HOUR)


@given(standings, near, near)
def test_a_refusal_lies_ahead_and_names_what_ends_then(standing: Standing, updated_at: datetime, now: datetime) -> None:
    answer = closed_until(standing, updated_at, now)

    if answer is not None:
        assert answer.until > now
        assert answer.until == {
            RefusedBecause.BEING_RUNG: standing.leased_until,
            RefusedBecause.COOLING_DOWN: standing.quiet_until,
            RefusedBecause.TOO_MANY_ATTEMPTS: standing.window_opens_at,
        }[answer.because]


@given(standings, near, near, st.lists(near))
def test_asking_in_vain_makes_no_one_wait_longer(
    standing: Standing, updated_at: datetime, now: datetime, asked: list[datetime]
) -> None:
    ends = [end for end in (standing.leased_until, standing.quiet_until, standing.window_opens_at) if end]
    for earlier in asked:
        closed_until(standing, updated_at, earlier)

    assert closed_until(standing, updated_at, max([now, *ends])) is None


@given(standings, near, near, st.timedeltas(timedelta(), 9 * HOUR))
def test_who_waits_until_the_claim_and_then_the_rest_have_ended_gets_through(
    standing: Standing, updated_at: datetime, now: datetime, idle: timedelta
) -> None:
    waited = 0
    while (answer := closed_until(standing, updated_at, now)) is not None:
        now, waited = answer.until, waited + 1

    assert waited <= 2
    assert closed_until(standing, updated_at, now + idle) is None


@pytest.mark.parametrize(
    ("outcome", "promised", "quiet_until"),
    [
        pytest.param(Outcome.REACHED, None, NOW + 60 * MINUTE, id="a manager talked"),
        pytest.param(Outcome.REACHED, 20 * MINUTE, NOW + 20 * MINUTE, id="and promised an answer in 20 minutes"),
        pytest.param(Outcome.REACHED, 4 * HOUR, NOW + 4 * HOUR, id="or in four hours"),
        pytest.param(Outcome.EXHAUSTED, None, NOW + 15 * MINUTE, id="nobody was reached"),
        pytest.param(Outcome.EXHAUSTED, HOUR, NOW + 15 * MINUTE, id="nobody was reached, so nobody promised"),
        pytest.param(Outcome.ABANDONED, None, NOW + 5 * MINUTE, id="the caller left while it rang"),
        pytest.param(Outcome.LEFT_EARLY, None, None, id="the caller left before any phone rang"),
    ],
)
def test_how_long_it_is_quiet_afterwards(
    outcome: Outcome, promised: timedelta | None, quiet_until: datetime | None
) -> None:
    assert quiet_after(outcome, TERMS, NOW, promised) == quiet_until


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_company_may_do_without_cooldown(outcome: Outcome) -> None:
    none = CooldownTerms(after_reached=timedelta(), after_exhausted=timedelta(), after_abandoned=timedelta())

    assert quiet_after(outcome, none, NOW) is None


def day(*hours_ago: float) -> list[datetime]:
    """Attempts that started so many hours ago."""
    return [NOW - hours * HOUR for hours in hours_ago]


@pytest.mark.parametrize(
    ("starts", "opens_at"),
    [
        pytest.param([], None, id="no attempt yet"),
        pytest.param(day(0, 1, 2), None, id="three of four"),
        pytest.param(day(0, 1, 2, 3), NOW + 21 * HOUR, id="the fourth just begun"),
        pytest.param(day(3, 0, 2, 1), NOW + 21 * HOUR, id="in whatever order they are remembered"),
        pytest.param(day(0, 1, 2, 24), None, id="one exactly a day ago"),
        pytest.param(day(0, 1, 2, 23.5), NOW + 30 * MINUTE, id="one almost a day ago"),
        pytest.param(day(0, 1, 2, 3, 4, 5), NOW + 21 * HOUR, id="more than allowed, since fewer are allowed now"),
    ],
)
def test_when_the_day_has_room_for_another_attempt(starts: list[datetime], opens_at: datetime | None) -> None:
    assert window_opens_at(starts, TERMS, NOW) == opens_at


@given(st.lists(near), cooldown_terms(), near)
def test_the_window_opens_as_soon_as_it_has_room_and_no_sooner(
    starts: list[datetime], terms: CooldownTerms, now: datetime
) -> None:
    begun = [start for start in starts if start <= now]
    opens_at = window_opens_at(begun, terms, now)

    if opens_at is not None:
        assert now < opens_at <= now + terms.window
        assert window_opens_at(begun, terms, opens_at) is None
        assert window_opens_at(begun, terms, opens_at - MOMENT) == opens_at


@given(cooldown_terms(), st.lists(st.integers(0, 60), max_size=30))
def test_nobody_who_keeps_to_the_window_rings_more_often_than_allowed(terms: CooldownTerms, waits: list[int]) -> None:
    starts: list[datetime] = []
    now = NOW
    for wait in waits:
        now = (window_opens_at(starts, terms, now) or now) + wait * MINUTE
        starts.append(now)

    for last in starts:
        assert sum(last - terms.window < start <= last for start in starts) <= terms.max_attempts


@pytest.mark.parametrize("length", ["after_reached", "after_exhausted", "after_abandoned"])
def test_a_negative_cooldown_is_refused(length: str) -> None:
    with pytest.raises(ValueError, match="a cooldown cannot be negative; use 0 for none"):
        replace(TERMS, **{length: -MOMENT})  # type: ignore[arg-type]  # each of them is a length


def test_a_ticket_that_may_never_be_escalated_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1 attempt in a window longer than 0"):
        CooldownTerms(max_attempts=0)


def test_a_window_of_no_length_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1 attempt in a window longer than 0"):
        CooldownTerms(window=timedelta())

"""Who may ring managers about a ticket, and when it must rest: lease, cooldown, window, promise."""

from datetime import datetime, timedelta

import pytest

from db.repositories.attempts import LOST
from db.repositories.claims import Won
from db.unit_of_work import Store, Work
from flows.rules.cooldown import CooldownTerms, Outcome, Standing
from tests.db.samples import HOUR, MINUTE, NOW, TERMS, TICKET

NUMBER = TICKET.number
LONG_AGO = NOW - 24 * HOUR


def call_at(
    work: Work, at: datetime, sid: str = "CA1", updated: datetime = LONG_AGO, terms: CooldownTerms = TERMS
) -> Won | Standing:
    """Somebody calls about the ticket and presses 1."""
    return work.claims.claim(NUMBER, sid, at, at + 2 * MINUTE, terms, updated)


def attempt_at(work: Work, at: datetime, outcome: Outcome, quiet: timedelta | None, last_talked: int = 0) -> None:
    """A whole attempt, over within a minute."""
    won = call_at(work, at)
    assert isinstance(won, Won)
    ended = at + MINUTE
    assert work.claims.end(won.attempt_id, outcome, ended + quiet if quiet else None, last_talked, ended)


def test_the_second_caller_learns_how_long_the_ticket_is_being_rung(store: Store) -> None:
    with store.writing() as work:
        call_at(work, NOW)
    with store.writing() as work:
        refused = call_at(work, NOW + MINUTE, "CA2")
    assert refused == Standing(leased_until=NOW + 2 * MINUTE, attempt=1)


def test_the_winner_learns_of_earlier_attempts_and_of_the_level_that_talked(store: Store) -> None:
    with store.writing() as work:
        attempt_at(work, NOW, Outcome.REACHED, None, last_talked=2)
        attempt_at(work, NOW + HOUR, Outcome.LEFT_EARLY, None, last_talked=2)
        won = call_at(work, NOW + 2 * HOUR)
    assert isinstance(won, Won)
    assert (won.earlier, won.last_talked) == (2, 2)


def test_a_lease_that_ran_out_frees_the_ticket_and_its_attempt_is_lost(store: Store) -> None:
    with store.writing() as work:
        crashed = call_at(work, NOW)
        won = call_at(work, NOW + 2 * MINUTE, "CA2")
        assert isinstance(crashed, Won)
        assert isinstance(won, Won)
        lost = work.attempts.read(crashed.attempt_id)
        late = work.claims.end(crashed.attempt_id, Outcome.REACHED, NOW + HOUR, 1, NOW + 3 * MINUTE)
    assert lost is not None
    assert (lost.outcome, lost.ended_at) == (LOST, NOW + 2 * MINUTE)
    assert late is False


def test_a_renewed_lease_holds_the_ticket(store: Store) -> None:
    with store.writing() as work:
        won = call_at(work, NOW)
        assert isinstance(won, Won)
        renewed = work.claims.renew(won.attempt_id, NOW + HOUR)
        refused = call_at(work, NOW + 3 * MINUTE, "CA2")
    assert renewed
    assert refused == Standing(leased_until=NOW + HOUR, attempt=1)


def test_a_lost_attempt_cannot_renew(store: Store) -> None:
    with store.writing() as work:
        crashed = call_at(work, NOW)
        call_at(work, NOW + 2 * MINUTE, "CA2")
        assert isinstance(crashed, Won)
        assert not work.claims.renew(crashed.attempt_id, NOW + HOUR)


def test_the_cooldown_refuses_until_its_last_instant(store: Store) -> None:
    with store.writing() as work:
        attempt_at(work, NOW, Outcome.EXHAUSTED, 15 * MINUTE)
        early = call_at(work, NOW + 16 * MINUTE - timedelta(microseconds=1))
        late = call_at(work, NOW + 16 * MINUTE)
    assert early == Standing(quiet_until=NOW + 16 * MINUTE)
    assert isinstance(late, Won)


def test_a_refusal_does_not_extend_the_cooldown(store: Store) -> None:
    with store.writing() as work:
        attempt_at(work, NOW, Outcome.EXHAUSTED, 15 * MINUTE)
        before = work.claims.standing(NUMBER)
        for minute in range(2, 15):
            call_at(work, NOW + minute * MINUTE)
        assert work.claims.standing(NUMBER) == before


def test_ending_twice_changes_nothing(store: Store) -> None:
    with store.writing() as work:
        won = call_at(work, NOW)
        assert isinstance(won, Won)
        first = work.claims.end(won.attempt_id, Outcome.REACHED, NOW + HOUR, 1, NOW, "Director")
        again = work.claims.end(won.attempt_id, Outcome.EXHAUSTED, NOW + 9 * HOUR, 2, NOW + MINUTE)
        attempt = work.attempts.read(won.attempt_id)
        standing = work.claims.standing(NUMBER)
    assert (first, again) == (True, False)
    assert attempt is not None
    assert (attempt.outcome, attempt.reached_rank, attempt.reached_title) == ("reached", 1, "Director")
    assert standing == Standing(quiet_until=NOW + HOUR, last_talked=1)


def test_the_manager_who_asked_for_longer_quiet_gets_it(store: Store) -> None:
    with store.writing() as work:
        won = call_at(work, NOW)
        assert isinstance(won, Won)
        work.claims.quiet(NUMBER, NOW + 3 * HOUR)
        work.claims.end(won.attempt_id, Outcome.REACHED, NOW + HOUR, 1, NOW + MINUTE)
        assert work.claims.standing(NUMBER).quiet_until == NOW + 3 * HOUR


def test_a_ticket_can_be_quieted_before_anybody_has_called(store: Store) -> None:
    with store.writing() as work:
        work.claims.quiet(NUMBER, NOW + HOUR)
        work.claims.quiet(NUMBER, NOW + MINUTE)
        refused = call_at(work, NOW)
        won = call_at(work, NOW + HOUR)
    assert refused == Standing(quiet_until=NOW + HOUR)
    assert isinstance(won, Won)
    assert won.earlier == 0


@pytest.mark.parametrize("most", [1, 2, 4])
def test_the_window_is_full_after_so_many_attempts_and_opens_when_the_oldest_leaves_it(store: Store, most: int) -> None:
    terms = CooldownTerms(max_attempts=most)
    with store.writing() as work:
        for number in range(most):
            won = call_at(work, NOW + number * HOUR, terms=terms)
            assert isinstance(won, Won)
            work.claims.end(won.attempt_id, Outcome.ABANDONED, None, 0, NOW + number * HOUR)
        opens = NOW + terms.window
        early = call_at(work, opens - timedelta(seconds=1), terms=terms)
        late = call_at(work, opens, terms=terms)
    assert early == Standing(window_opens_at=opens)
    assert isinstance(late, Won)


def test_an_attempt_that_rang_nobody_takes_no_room_in_the_window(store: Store) -> None:
    terms = CooldownTerms(max_attempts=2)
    with store.writing() as work:
        for minute, outcome in enumerate((Outcome.LEFT_EARLY, Outcome.ABANDONED, Outcome.LEFT_EARLY)):
            won = call_at(work, NOW + minute * HOUR, terms=terms)
            assert isinstance(won, Won)
            work.claims.end(won.attempt_id, outcome, None, 0, NOW + minute * HOUR)
        second = call_at(work, NOW + 4 * HOUR, terms=terms)
        assert isinstance(second, Won)
        work.claims.end(second.attempt_id, Outcome.ABANDONED, None, 0, NOW + 4 * HOUR)
        third = call_at(work, NOW + 5 * HOUR, terms=terms)
    assert second.window_opens_at == NOW + HOUR + terms.window
    assert third == Standing(window_opens_at=NOW + HOUR + terms.window)


def promised(work: Work) -> None:
    """A manager talked at NOW, promised an answer within 20 minutes, and the ticket rests for an hour."""
    attempt_at(work, NOW - MINUTE, Outcome.REACHED, HOUR, last_talked=1)
    work.claims.promise(NUMBER, NOW, NOW + 20 * MINUTE)


@pytest.mark.parametrize("until", [NOW + MINUTE, NOW + 5 * HOUR], ids=["sooner", "later"])
def test_a_promise_after_the_attempt_moves_the_end_of_the_cooldown_either_way(store: Store, until: datetime) -> None:
    with store.writing() as work:
        work.claims.quiet(NUMBER, NOW + HOUR)
        work.claims.quiet("48299", NOW + HOUR)
        work.claims.rest_until(NUMBER, until)
        rests = [work.claims.standing(number).quiet_until for number in (NUMBER, "48299")]
    assert rests == [until, NOW + HOUR]


def test_a_promise_that_passed_without_an_update_opens_the_ticket(store: Store) -> None:
    with store.writing() as work:
        promised(work)
        before = call_at(work, NOW + 19 * MINUTE, updated=NOW - HOUR)
        after = call_at(work, NOW + 20 * MINUTE, updated=NOW - HOUR)
    assert isinstance(before, Standing)
    assert isinstance(after, Won)


def test_a_promise_that_was_kept_leaves_the_cooldown_running(store: Store) -> None:
    with store.writing() as work:
        promised(work)
        refused = call_at(work, NOW + 30 * MINUTE, updated=NOW + 10 * MINUTE)
    assert isinstance(refused, Standing)
    assert refused.quiet_until == NOW + HOUR


def test_a_broken_promise_opens_one_attempt_not_every_later_one(store: Store) -> None:
    with store.writing() as work:
        promised(work)
        won = call_at(work, NOW + 21 * MINUTE, updated=NOW - HOUR)
        assert isinstance(won, Won)
        assert work.claims.standing(NUMBER).quiet_until is None
        work.claims.end(won.attempt_id, Outcome.EXHAUSTED, NOW + 40 * MINUTE, 1, NOW + 25 * MINUTE)
        refused = call_at(work, NOW + 30 * MINUTE, updated=NOW - HOUR)
    assert isinstance(refused, Standing)


def test_lifting_opens_cooldown_window_and_promise_but_takes_no_claim_away(store: Store) -> None:
    terms = CooldownTerms(max_attempts=1)
    with store.writing() as work:
        won = call_at(work, NOW, terms=terms)
        work.claims.quiet(NUMBER, NOW + HOUR)
        work.claims.lift(NUMBER)
        being_rung = work.claims.standing(NUMBER)
        assert isinstance(won, Won)
        work.claims.end(won.attempt_id, Outcome.REACHED, NOW + HOUR, 1, NOW)
        lifted = work.claims.lift(NUMBER)
        again = call_at(work, NOW + MINUTE, terms=terms)
    assert being_rung == Standing(leased_until=NOW + 2 * MINUTE, attempt=won.attempt_id)
    assert lifted
    assert isinstance(again, Won)


def test_a_ticket_never_escalated_has_no_standing(store: Store) -> None:
    with store.writing() as work:
        assert work.claims.standing(NUMBER) == Standing()
        assert not work.claims.lift(NUMBER)


def test_the_history_of_a_ticket_is_the_newest_first(store: Store) -> None:
    with store.writing() as work:
        attempt_at(work, NOW, Outcome.LEFT_EARLY, None)
        attempt_at(work, NOW + HOUR, Outcome.EXHAUSTED, None)
    with store.reading() as work:
        history = work.attempts.of_ticket(NUMBER)
    assert [attempt.outcome for attempt in history] == ["exhausted", "left-early"]

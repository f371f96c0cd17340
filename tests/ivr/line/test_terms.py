"""What managers state counts at once where the attempt is over, and at its end where it goes on."""

from dataclasses import replace
from datetime import datetime

import pytest

from db.unit_of_work import Store, Work
from flows.effects import AttemptEnded
from flows.rules.cooldown import Outcome
from flows.rules.promise import State
from flows.ticket import Status
from flows.wrap_up import Terms
from ivr.line.terms import de_escalate, end, note_status, with_late_terms
from tests.db.samples import HOUR, MINUTE, NOW, TICKET
from tests.ivr.line.promise_stories import NUMBER, UNTIL, company, states, talked


@pytest.fixture(autouse=True)
def _company(store: Store) -> None:
    company(store)


def de_escalations(work: Work) -> list[tuple[str, str]]:
    """By whom the ticket was de-escalated, and why."""
    return [(each.by, each.why) for each in work.interventions.of_ticket(NUMBER)]


def notes(work: Work) -> list[str]:
    """The notes that wait to be written on the ticket."""
    return [letter.body["text"] for letter in work.outbox.about(NUMBER) if letter.kind == "ticket-note"]


def ends(work: Work, *, confirmed: bool = False, quiet_until: datetime | None = NOW + 9 * HOUR) -> bool:
    """The live attempt ends; nobody on the caller's side knows of terms stated late."""
    attempt = work.attempts.of_ticket(NUMBER)[0].id
    ended = AttemptEnded(
        attempt=attempt, outcome=Outcome.REACHED, quiet_until=quiet_until, talked=1, confirmed=confirmed
    )
    ended = with_late_terms(ended, work.rings.of_attempt(attempt), NOW)
    return end(work, ended, NUMBER, "Support Operations Manager", NOW)


def test_a_promise_after_the_attempt_becomes_the_cooldown_at_once_and_the_ticket_is_told(store: Store) -> None:
    with store.writing() as work:
        states(work, talked(work), until=NOW + 20 * MINUTE)
        standing = work.claims.standing(NUMBER)
        assert (standing.quiet_until, standing.promised_until) == (NOW + 20 * MINUTE, NOW + 20 * MINUTE)
        (promise,) = work.promises.of_ticket(NUMBER)
        assert (promise.until, promise.state) == (NOW + 20 * MINUTE, State.OPEN)
        assert notes(work) == [
            "Support Operations Manager, Dana, 2026-11-23 14:00 UTC: promised an answer by 2026-11-23 14:20 UTC."
        ]


def test_a_promise_while_the_caller_is_still_there_becomes_the_cooldown_when_the_attempt_ends(store: Store) -> None:
    with store.writing() as work:
        states(work, talked(work, over=False))
        assert work.claims.standing(NUMBER).quiet_until is None
        assert ends(work)
        assert work.claims.standing(NUMBER).quiet_until == UNTIL
        assert notes(work) == []


def test_a_promise_needs_its_time(store: Store) -> None:
    with store.writing() as work, pytest.raises(ValueError, match="promised needs a time"):
        states(work, talked(work), until=None)


def test_quiet_counts_at_once(store: Store) -> None:
    with store.writing() as work:
        states(work, talked(work, over=False), Terms.QUIET, NOW + 3 * HOUR)
        assert work.claims.standing(NUMBER).quiet_until == NOW + 3 * HOUR


class TestDeEscalation:
    """A ticket's position goes back to the start by agreement, by its status, or by hand."""

    def test_manager_and_caller_agree(self, store: Store) -> None:
        with store.writing() as work:
            states(work, talked(work, over=False), Terms.RESOLVED, None)
            ends(work, confirmed=True)
            assert work.claims.standing(NUMBER).last_talked == 0
            assert de_escalations(work) == [("agreement", "manager and caller both call it resolved")]

    def test_the_manager_agrees_when_the_caller_has_left(self, store: Store) -> None:
        with store.writing() as work:
            ring = talked(work, over=False)
            ends(work, confirmed=True)
            assert work.claims.standing(NUMBER).last_talked == 1
            states(work, ring, Terms.RESOLVED, None)
            assert work.claims.standing(NUMBER).last_talked == 0
            assert de_escalations(work) == [("agreement", "the manager calls it resolved, as the caller")]

    @pytest.mark.parametrize(("terms", "confirmed"), [(Terms.RESOLVED, False), (Terms.QUIET, True)])
    def test_one_word_alone_is_no_agreement(self, store: Store, terms: Terms, confirmed: bool) -> None:
        with store.writing() as work:
            ring = talked(work, over=False)
            ends(work, confirmed=confirmed)
            states(work, ring, terms, NOW + HOUR if terms is Terms.QUIET else None)
            assert work.claims.standing(NUMBER).last_talked == 1
            assert de_escalations(work) == []

    def test_a_manager_cannot_settle_what_somebody_else_has_talked_about_since(self, store: Store) -> None:
        with store.writing() as work:
            first = talked(work, over=False)
            ends(work, confirmed=True, quiet_until=None)
            talked(work, at=NOW + HOUR, rank=2)
            states(work, first, Terms.RESOLVED, None, at=NOW + 2 * HOUR)
            assert work.claims.standing(NUMBER).last_talked == 2

    @pytest.mark.parametrize("status", Status)
    def test_a_ticket_seen_as_resolved_or_closed_begins_anew(self, store: Store, status: Status) -> None:
        over = status in {Status.RESOLVED_PENDING, Status.CLOSED}
        with store.writing() as work:
            talked(work, rank=2)
            for _ in range(2):
                note_status(work, replace(TICKET, status=status), NOW + HOUR)
            assert work.claims.standing(NUMBER).last_talked == (0 if over else 2)
            assert [by for by, _ in de_escalations(work)] == (["ticket-status"] if over else [])

    def test_by_hand_while_the_ladder_rings_the_attempt_counts_from_the_start(self, store: Store) -> None:
        with store.writing() as work:
            talked(work, rank=2, at=NOW - 9 * HOUR)
            talked(work, rank=1, over=False)
            assert de_escalate(work, NUMBER, NOW, "priya", "customer and we agreed by mail")
            ends(work)
            assert work.claims.standing(NUMBER).last_talked == 1

    def test_a_ticket_at_the_start_cannot_be_lowered(self, store: Store) -> None:
        with store.writing() as work:
            assert not de_escalate(work, NUMBER, NOW, "priya", "why not")
            assert de_escalations(work) == []


def test_an_attempt_never_lowers_the_position(store: Store) -> None:
    with store.writing() as work:
        talked(work, rank=2, at=NOW - 9 * HOUR)
        talked(work, rank=1, over=False)
        ends(work)
        assert work.claims.standing(NUMBER).last_talked == 2
        assert [each.reached_rank for each in work.attempts.of_ticket(NUMBER)] == [1, 2]


def test_the_same_terms_again_are_told_again_but_hold_one_promise(store: Store) -> None:
    with store.writing() as work:
        ring = talked(work)
        states(work, ring)
        states(work, ring, until=UNTIL + HOUR, at=NOW + MINUTE)
        assert [each.state for each in work.promises.of_ticket(NUMBER)] == [State.OPEN, State.SUPERSEDED]
        assert work.claims.standing(NUMBER).quiet_until == UNTIL + HOUR


def test_handing_up_when_the_attempt_is_over_leaves_all_as_it_is(store: Store) -> None:
    with store.writing() as work:
        ring = talked(work)
        before = work.claims.standing(NUMBER)
        states(work, ring, Terms.HANDED_UP, None)
        assert work.claims.standing(NUMBER) == before

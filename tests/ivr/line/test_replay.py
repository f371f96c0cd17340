"""Replay: the calls of the last days, decided once more as things stood at their time."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from db import seed
from db.repositories.acts import Act, StoredAct
from db.repositories.calls import StoredCall
from db.repositories.interventions import Intervention
from db.repositories.interventions import Kind as Done
from db.unit_of_work import Store, Work
from flows.routing import Routing
from flows.rules.cooldown import Outcome
from flows.wrap_up import Terms
from ivr.line import replay
from ivr.line.replay import NO_LINE, Kind, Replayed, ReplayedPart, replayed_part
from tests.db.samples import CALL, HOUR, MINUTE, NOW, TERMS, TICKET, begin_call
from tests.ivr.line.promise_stories import NUMBER, states, talked

PUBLISHED = seed.ROUTING
LINE = PUBLISHED.lines[0]
LONGER = replace(PUBLISHED, cooldown=replace(TERMS, after_reached=4 * HOUR))
SHORTER = replace(PUBLISHED, cooldown=replace(TERMS, after_reached=10 * MINUTE))
STATE = replace(CALL, line=LINE, ticket=replace(TICKET, product="Backup Server"))
LATER = NOW + 30 * HOUR


@pytest.fixture
def line(store: Store) -> Store:
    """The demo company, whose customer has called once."""
    seed.demo(store, NOW)
    with store.writing() as work:
        begin_call(work)
    return store


def calls(work: Work, at: datetime, sid: str = "CA2", *refused: str) -> None:
    """A customer keys the ticket, and is refused, or leaves without confirming."""
    work.calls.begin(StoredCall(
        sid=sid, conversation="escalation_line", line=LINE.number, caller=CALL.caller, state=STATE,
        routing_version=1, started_at=at, deadline=at + HOUR, ticket_number=NUMBER,
    ))  # fmt: skip
    if refused:
        work.refusals.record(sid, NUMBER, refused, at + HOUR, at)


def replayed(store: Store, draft: Routing, days: int = 30) -> ReplayedPart:
    """The calls of the last days by what is published and by the draft."""
    with store.reading() as work:
        return replayed_part(work, PUBLISHED, draft, LATER - timedelta(days=days), (LATER, ""))


def only(part: ReplayedPart) -> Replayed:
    (found,) = part.differing
    return found


def test_a_longer_cooldown_would_have_refused_who_was_let_through(line: Store) -> None:
    with line.writing() as work:
        talked(work, at=NOW)
        calls(work, NOW + 2 * HOUR)
    found = only(replayed(line, LONGER))

    assert (found.kind, found.sid, found.at) == (Kind.FLIPPED, "CA2", NOW + 2 * HOUR)
    assert (found.outcome, found.refused) == (None, ())
    assert found.published.passes
    assert [ring.rank for ring in found.published.rings] == [1, 2]
    assert (found.other.reasons, found.other.opens_at) == (("cooling-down",), NOW + 4 * HOUR)


def test_a_shorter_cooldown_would_have_let_through_who_was_refused(line: Store) -> None:
    with line.writing() as work:
        talked(work, at=NOW)
        calls(work, NOW + 30 * MINUTE, "CA2", "cooling-down")
    found = only(replayed(line, SHORTER))

    assert (found.kind, found.refused) == (Kind.FLIPPED, ("cooling-down",))
    assert found.published.spoken == ("cooling-down", NOW + HOUR)
    assert found.other.passes


def test_a_refusal_until_another_time_is_told_but_not_as_turned_round(line: Store) -> None:
    with line.writing() as work:
        talked(work, at=NOW)
        calls(work, NOW + 30 * MINUTE, "CA2", "cooling-down")

    assert only(replayed(line, LONGER)).kind is Kind.REASON


def test_other_phones_are_told(line: Store) -> None:
    slower = replace(PUBLISHED.ladders[0].levels[0], ring_seconds=40)
    ladder = replace(PUBLISHED.ladders[0], levels=(slower, *PUBLISHED.ladders[0].levels[1:]))
    with line.writing() as work:
        calls(work, NOW)
    found = only(replayed(line, replace(PUBLISHED, ladders=(ladder, *PUBLISHED.ladders[1:]))))

    assert found.kind is Kind.PHONES
    assert (found.published.rings[0].seconds, found.other.rings[0].seconds) == (25, 40)


def test_a_line_that_the_draft_has_not_decides_nothing(line: Store) -> None:
    with line.writing() as work:
        calls(work, NOW)

    assert only(replayed(line, replace(PUBLISHED, lines=()))).other.reasons == (NO_LINE,)


@pytest.mark.parametrize("terms", [Terms.PROMISED, Terms.QUIET])
def test_what_a_manager_has_said_stays_as_it_was_said(line: Store, terms: Terms) -> None:
    with line.writing() as work:
        states(work, talked(work, at=NOW), terms, until=NOW + 3 * HOUR, at=NOW + MINUTE)
        calls(work, NOW + 2 * HOUR, "CA2", "cooling-down")

    assert not replayed(line, SHORTER).differing


def test_a_promise_made_while_the_attempt_went_on_counts_as_it_was_made(line: Store) -> None:
    with line.writing() as work:
        ring = talked(work, at=NOW, over=False)
        states(work, ring, until=NOW + 3 * HOUR, at=NOW)
        work.claims.end(1, Outcome.REACHED, NOW + 3 * HOUR, 1, NOW + MINUTE)
        calls(work, NOW + 2 * HOUR, "CA2", "cooling-down")

    assert not replayed(line, SHORTER).differing


def test_what_the_staff_set_or_lifted_is_as_they_left_it(line: Store) -> None:
    with line.writing() as work:
        talked(work, at=NOW)
        done = Intervention(ticket_number=NUMBER, kind=Done.COOLDOWN_SET, at=NOW + MINUTE, by="sam", why="enough",
                            until=NOW + 9 * HOUR)
        work.interventions.record(done)
        calls(work, NOW + 8 * HOUR, "CA2", "cooling-down")
        lifted = StoredAct(at=NOW + 8 * HOUR + MINUTE, call_sid="CAm", line=LINE.number, person="dana",
                           act=Act.COOLDOWN_LIFTED, ticket_number=NUMBER)
        work.acts.record(lifted)
        calls(work, NOW + 8 * HOUR + 2 * MINUTE, "CA3")

    assert not replayed(line, SHORTER).differing
    once_a_day = replayed(line, replace(PUBLISHED, cooldown=replace(TERMS, max_attempts=1)))
    assert only(once_a_day).sid == "CA2", "after it was lifted the draft has nothing to say"


def test_fewer_attempts_in_a_window_would_have_refused(line: Store) -> None:
    with line.writing() as work:
        for hour in (0, 2):
            talked(work, at=NOW + hour * HOUR)
        calls(work, NOW + 4 * HOUR)
    found = only(replayed(line, replace(PUBLISHED, cooldown=replace(TERMS, max_attempts=2))))

    assert found.other.spoken == ("too-many-attempts", NOW + TERMS.window)


def test_an_attempt_that_rang_nobody_takes_no_room(line: Store) -> None:
    with line.writing() as work:
        talked(work, at=NOW)
        work.claims.claim(NUMBER, "CA1", NOW + 2 * HOUR, NOW + 3 * HOUR, TERMS, NOW)
        work.claims.end(2, Outcome.LEFT_EARLY, None, 0, NOW + 2 * HOUR)
        calls(work, NOW + 4 * HOUR)

    assert not replayed(line, replace(PUBLISHED, cooldown=replace(TERMS, max_attempts=2))).differing


def test_who_came_while_the_ticket_was_being_rung_hears_so_from_any_routing(line: Store) -> None:
    with line.writing() as work:
        talked(work, at=NOW, over=False)
        calls(work, NOW + MINUTE, "CA2", "being-rung")

    assert not replayed(line, SHORTER).differing


def test_a_draft_that_changes_nothing_turns_nothing_and_older_calls_are_left_alone(line: Store) -> None:
    with line.writing() as work:
        talked(work, at=NOW)
        calls(work, NOW + 2 * HOUR)

    assert replayed(line, PUBLISHED) == ReplayedPart(looked_at=1, differing=(), after=None)
    assert replayed(line, LONGER, days=1).looked_at == 0, "the call was thirty hours less two ago"


def test_it_goes_on_where_the_last_part_ended(line: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "PART", 2)
    with line.writing() as work:
        talked(work, at=NOW)
        for number in range(5):
            calls(work, NOW + 2 * HOUR, f"CB{number}")
    seen, after = [], (LATER, "")
    with line.reading() as work:
        while after:
            part = replayed_part(work, PUBLISHED, LONGER, NOW - HOUR, after)
            seen.append([each.sid for each in part.differing])
            after = part.after  # type: ignore[assignment]

    assert seen == [["CB4", "CB3"], ["CB2", "CB1"], ["CB0"]]

"""The smaller books: tickets and their notes, routing versions, refusals, wrong tries, heartbeats."""

from dataclasses import replace

import pytest

from db import seed
from db.errors import NothingPublished, StoreConflict
from db.repositories.wrong_tries import COUNTED_AT_MOST
from db.unit_of_work import Store
from flows.ticket import Severity
from tests.db.samples import HOUR, LINE, MINUTE, NOW, TICKET, begin_call

GUESSER = "+12025550142"


def test_a_ticket_is_found_by_its_exact_number(store: Store) -> None:
    with store.writing() as work:
        work.tickets.put(TICKET)
        assert work.tickets.find("48213") == TICKET
        assert [work.tickets.find(number) for number in ("048213", "4821", "482133", "")] == [None] * 4


def test_the_current_severity_counts(store: Store) -> None:
    """The shift manager may change it (article 5850)."""
    raised = replace(TICKET, severity=Severity.URGENT, updated_at=NOW)
    with store.writing() as work:
        work.tickets.put(TICKET)
        work.tickets.put(raised)
        assert work.tickets.find("48213") == raised


def test_a_note_is_written_once_and_does_not_restart_the_guaranteed_response(store: Store) -> None:
    with store.writing() as work:
        work.tickets.put(TICKET)
        assert [work.tickets.add_note("48213", "Escalated.", "attempt/1", NOW) for _ in range(2)] == [True, False]
        assert work.tickets.notes("48213") == ["Escalated."]
        assert work.tickets.find("48213") == TICKET


def test_a_note_needs_its_ticket(store: Store) -> None:
    with pytest.raises(StoreConflict), store.writing() as work:
        work.tickets.add_note("99999", "Escalated.", "attempt/1", NOW)


def test_a_call_keeps_the_routing_it_began_with(store: Store) -> None:
    changed = replace(seed.ROUTING, other_paths={})
    with store.writing() as work:
        first = work.routing.publish(seed.ROUTING, "dana", "first", NOW)
        second = work.routing.publish(changed, "dana", "no other paths", NOW + HOUR)
    with store.reading() as work:
        assert work.routing.current() == (second, changed)
        assert work.routing.read(first) == seed.ROUTING
        assert work.routing.current_version() == second


def test_a_version_is_decoded_once(store: Store) -> None:
    with store.writing() as work:
        version = work.routing.publish(seed.ROUTING, "dana", "", NOW)
    with store.reading() as work:
        first = work.routing.read(version)
    with store.reading() as work:
        assert work.routing.read(version) is first


def test_a_version_that_was_never_committed_is_not_remembered(store: Store) -> None:
    def publish_and_fail() -> None:
        with store.writing() as work:
            work.routing.read(work.routing.publish(replace(seed.ROUTING, other_paths={}), "dana", "", NOW))
            raise InterruptedError

    with pytest.raises(InterruptedError):
        publish_and_fail()
    with store.writing() as work:
        work.routing.publish(seed.ROUTING, "dana", "", NOW)
    with store.reading() as work:
        assert work.routing.current() == (1, seed.ROUTING)


def test_an_empty_database_says_that_nothing_is_published(store: Store) -> None:
    with store.reading() as work:
        assert work.routing.current_version() == 0
        with pytest.raises(NothingPublished):
            work.routing.current()


def test_every_reason_of_a_refusal_is_kept(store: Store) -> None:
    with store.writing() as work:
        begin_call(work)
        work.refusals.record("CA1", "48213", ("closed", "grace"), None, NOW)
        work.refusals.record("CA1", "48213", ("grace",), NOW + HOUR, NOW + MINUTE)
        told = work.refusals.of("CA1")
    assert [refusal.reasons for refusal in told] == [("closed", "grace"), ("grace",)]
    assert [refusal.opens_at for refusal in told] == [None, NOW + HOUR]


def test_wrong_tries_are_counted_for_each_caller_and_forgotten(store: Store) -> None:
    with store.writing() as work:
        for minute in range(3):
            work.wrong_tries.add(GUESSER, LINE.number, NOW + minute * MINUTE)
        work.wrong_tries.add("", LINE.number, NOW)
        assert work.wrong_tries.by_caller(GUESSER, NOW - HOUR) == 3
        assert work.wrong_tries.by_caller(GUESSER, NOW) == 2
        assert work.wrong_tries.by_caller("", NOW - HOUR) == 1


def test_counting_a_flood_stops_somewhere(store: Store) -> None:
    with store.writing() as work:
        for _ in range(COUNTED_AT_MOST + 1):
            work.wrong_tries.add(GUESSER, LINE.number, NOW)
        assert work.wrong_tries.by_caller(GUESSER, NOW - HOUR) == COUNTED_AT_MOST


def test_a_worker_is_as_alive_as_its_last_heartbeat(store: Store) -> None:
    with store.writing() as work:
        assert work.heartbeats.last("worker") is None
        work.heartbeats.beat("worker", NOW)
        work.heartbeats.beat("worker", NOW + MINUTE)
        assert work.heartbeats.last("worker") == NOW + MINUTE

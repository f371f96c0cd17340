"""Instants are aware UTC, in and out, stored and compared."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings

from db.errors import NaiveInstant
from db.unit_of_work import Store
from tests.db.anything import INSTANTS
from tests.db.samples import NOW, begin_call

NAIVE = datetime(2026, 11, 23, 14, 0)  # noqa: DTZ001  (the mistake this is about)


def test_a_naive_instant_is_not_stored(store: Store) -> None:
    with pytest.raises(NaiveInstant, match="2026-11-23T14:00:00 has no time zone"), store.writing() as work:
        work.heartbeats.beat("worker", NAIVE)


def test_a_naive_instant_is_not_compared(store: Store) -> None:
    with store.reading() as work, pytest.raises(NaiveInstant):
        work.calls.overdue(NAIVE, limit=1)
    with store.reading() as work, pytest.raises(NaiveInstant):
        work.wrong_tries.by_caller("+12025550123", NAIVE)


def test_an_instant_of_another_zone_comes_back_as_utc(store: Store) -> None:
    with store.writing() as work:
        work.heartbeats.beat("worker", NOW.astimezone(timezone(timedelta(hours=9))))
        last = work.heartbeats.last("worker")
    assert last == NOW
    assert last is not None
    assert last.tzinfo is UTC


def test_instants_of_two_zones_are_compared_as_instants(store: Store) -> None:
    """SQLite compares text: 08:59 in New York is before 14:00 in UTC, though neither the text nor the hour is."""
    with store.writing() as work:
        begin_call(work, deadline=NOW.astimezone(timezone(timedelta(hours=9))))
        assert work.calls.overdue(NOW + timedelta(microseconds=1), limit=1) == ["CA1"]
        assert work.calls.overdue(NOW.astimezone(timezone(timedelta(hours=-5))), limit=1) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(at=INSTANTS)
def test_every_instant_survives_to_the_microsecond(store: Store, at: datetime) -> None:
    with store.writing() as work:
        work.heartbeats.beat("worker", at)
        assert work.heartbeats.last("worker") == at

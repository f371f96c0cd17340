"""Restraint: nobody's phone rings more than a few times a night, unless the ticket is urgent."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.restraint import Restraint
from flows.ticket import Severity
from tests.flows.rules.strategies import SPECIAL_ZONES, instants

BERLIN = "Europe/Berlin"
BEGAN = datetime(2026, 1, 10, 21, tzinfo=UTC)
"""22:00 in Berlin."""

MIDNIGHT = BEGAN + timedelta(hours=2)
THRICE = [BEGAN + timedelta(minutes=minutes) for minutes in (0, 30, 60)]
below_urgent = pytest.mark.parametrize("severity", [Severity.HIGH, Severity.NORMAL, Severity.LOW])


@below_urgent
def test_the_fourth_ring_of_a_night_is_one_too_many(severity: Severity) -> None:
    usual = Restraint()
    assert not usual.rung_enough(THRICE[:2], BERLIN, severity, MIDNIGHT)
    assert usual.rung_enough(THRICE, BERLIN, severity, MIDNIGHT)


def test_an_urgent_ticket_rings_nevertheless() -> None:
    assert not Restraint().rung_enough(THRICE * 3, BERLIN, Severity.URGENT, MIDNIGHT)


def test_rings_before_the_night_do_not_count() -> None:
    in_the_evening = [BEGAN - timedelta(seconds=1), *THRICE[1:]]
    assert not Restraint().rung_enough(in_the_evening, BERLIN, Severity.HIGH, MIDNIGHT)


@below_urgent
def test_by_day_anybody_may_be_rung(severity: Severity) -> None:
    morning = BEGAN + timedelta(hours=9)
    assert not Restraint().rung_enough(THRICE, BERLIN, severity, morning)
    assert Restraint().rung_enough(THRICE, BERLIN, severity, morning - timedelta(seconds=1))


def test_the_next_night_begins_anew() -> None:
    assert not Restraint().rung_enough(THRICE, BERLIN, Severity.HIGH, MIDNIGHT + timedelta(days=1))


def test_it_is_the_night_where_the_person_is() -> None:
    assert not Restraint().rung_enough(THRICE, "America/New_York", Severity.HIGH, MIDNIGHT)


def test_none_at_all_can_be_demanded() -> None:
    assert Restraint(rings_a_night=0).rung_enough([], BERLIN, Severity.HIGH, MIDNIGHT)


def test_less_than_none_cannot() -> None:
    with pytest.raises(ValueError, match="less than 0 times"):
        Restraint(rings_a_night=-1)


@given(
    most=st.integers(0, 4), zone=st.sampled_from(SPECIAL_ZONES), first=instants(),
    waits=st.lists(st.integers(1, 300), max_size=25),
)  # fmt: skip
def test_no_night_has_more_rings_than_that(most: int, zone: str, first: datetime, waits: list[int]) -> None:
    restraint, rung, at = Restraint(rings_a_night=most), [], first
    for minutes in waits:
        at += timedelta(minutes=minutes)
        if not restraint.rung_enough(rung, zone, Severity.HIGH, at):
            rung.append(at)
    nights = [night for each in rung if (night := restraint.night.around(each, zone)) is not None]
    assert max((nights.count(night) for night in nights), default=0) <= most

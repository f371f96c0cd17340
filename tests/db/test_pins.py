"""PINs and acts: kept by person, counted without loss, and never changed behind anybody's back."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from db import seed
from db.repositories.acts import COUNTED_AT_MOST, Act, StoredAct
from db.repositories.calls import StoredCall
from db.unit_of_work import Store
from flows.call import ManagerLineCall
from flows.heard import PinRight, PinWrong
from flows.turn import CheckPin
from ivr.line.own_line import TERMS, pin_answer
from ivr.line.pins import PinChecked
from tests.db.samples import HOUR, LINE, MINUTE, NOW

DANA, MARCUS = seed.LEVEL_1, "marcus-oyelaran"
DANAS_HASH = "the hash of Dana's PIN"
ACT = StoredAct(at=NOW, call_sid="CA1", line=LINE.number, person=DANA, act=Act.CAME_IN)
CALL = StoredCall(
    sid="CA1",
    conversation="manager_line",
    line=LINE.number,
    caller=seed.LEVEL_1_NUMBER,
    state=ManagerLineCall(
        step="pin", language="en", line=LINE, caller=seed.LEVEL_1_NUMBER, people=(DANA,), has_pin=True
    ),
    routing_version=1,
    started_at=NOW,
    deadline=NOW + MINUTE,
)
ASKED = CheckPin(people=(DANA,), keys="000000")
RIGHT, WRONG = PinChecked(person=DANA, hash=DANAS_HASH), PinChecked()


@pytest.fixture
def store_with_pin(store: Store) -> Store:
    """Dana has a PIN."""
    with store.writing() as work:
        work.routing.publish(seed.ROUTING, "a test", "the demo company", NOW)
        work.pins.set(DANA, DANAS_HASH, "a test", NOW)
    return store


def test_a_person_has_one_pin_and_a_new_one_forgets_the_tries(store: Store) -> None:
    with store.writing() as work:
        work.pins.set(DANA, "old", "priya", NOW)
        work.pins.tried(DANA, 5, NOW + HOUR)
        assert work.pins.of([DANA, MARCUS])[DANA].is_locked(NOW)
        work.pins.set(DANA, "new", "marcus", NOW + MINUTE)
        (pin,) = work.pins.all()
    assert (pin.hash, pin.wrong_tries, pin.locked_until, pin.set_by) == ("new", 0, None, "marcus")


def test_only_those_who_have_one_are_found(store_with_pin: Store) -> None:
    with store_with_pin.writing() as work:
        assert list(work.pins.of([MARCUS, DANA])) == [DANA]
        assert list(work.pins.lock([MARCUS, DANA])) == [DANA]
        assert work.pins.of([]) == {}


def test_a_pin_can_be_taken_away_once(store_with_pin: Store) -> None:
    with store_with_pin.writing() as work:
        assert [work.pins.clear(DANA) for _ in range(2)] == [True, False]
        assert work.pins.all() == []


def test_acts_come_back_as_they_were(store: Store) -> None:
    other = replace(ACT, act=Act.COOLDOWN_SET, ticket_number="48213", until=NOW + HOUR, about="by hand")
    elsewhere = replace(other, call_sid="CA2")
    with store.writing() as work:
        for each in (ACT, other, elsewhere):
            work.acts.record(each)
        assert work.acts.of_call("CA1") == [ACT, other]
        assert work.acts.of_ticket("48213") == [other, elsewhere]
        assert work.acts.of_ticket("48214") == []


def test_acts_are_counted_by_line_and_time(store: Store) -> None:
    wrong = replace(ACT, act=Act.WRONG_PIN)
    with store.writing() as work:
        for each in (wrong, replace(wrong, at=NOW - HOUR), replace(wrong, line="+12025550151"), ACT):
            work.acts.record(each)
        assert work.acts.on_line(LINE.number, Act.WRONG_PIN, NOW - HOUR) == 1
        for _ in range(COUNTED_AT_MOST + 5):
            work.acts.record(wrong)
        assert work.acts.on_line(LINE.number, Act.WRONG_PIN, NOW - HOUR) == COUNTED_AT_MOST


def test_guesses_at_the_same_moment_are_all_counted_and_stop_at_the_lock(store_with_pin: Store) -> None:
    """Each was compared before any was counted; the row decides, one after the other."""

    def guess(_: int) -> object:
        with store_with_pin.writing() as work:
            return pin_answer(work, CALL, ASKED, WRONG, NOW)

    with ThreadPoolExecutor(8) as threads:
        answers = set(threads.map(guess, range(12)))
    with store_with_pin.reading() as work:
        pin = work.pins.of([DANA])[DANA]
        tried = work.acts.on_line(LINE.number, Act.WRONG_PIN, NOW - HOUR)
    assert answers == {PinWrong(at=NOW)}
    assert (pin.wrong_tries, pin.locked_until) == (TERMS.in_a_row, NOW + TERMS.first_lock)
    assert tried == 12


def test_the_right_pin_compared_before_the_lock_fell_opens_nothing(store_with_pin: Store) -> None:
    with store_with_pin.writing() as work:
        for _ in range(TERMS.in_a_row):
            pin_answer(work, CALL, ASKED, WRONG, NOW)
        assert pin_answer(work, CALL, ASKED, RIGHT, NOW) == PinWrong(at=NOW)
        assert pin_answer(work, CALL, ASKED, RIGHT, NOW + TERMS.first_lock - MINUTE) == PinWrong(
            at=NOW + TERMS.first_lock - MINUTE
        )
        assert isinstance(pin_answer(work, CALL, ASKED, RIGHT, NOW + TERMS.first_lock), PinRight)


@pytest.mark.parametrize("meanwhile", ["another", None])
def test_a_pin_changed_since_it_was_compared_opens_nothing(store_with_pin: Store, meanwhile: str | None) -> None:
    with store_with_pin.writing() as work:
        work.pins.clear(DANA)
        if meanwhile:
            work.pins.set(DANA, meanwhile, "a test", NOW)
        assert pin_answer(work, CALL, ASKED, RIGHT, NOW) == PinWrong(at=NOW)


def test_a_shut_line_opens_to_nobody_until_the_hour_has_passed(store_with_pin: Store) -> None:
    with store_with_pin.writing() as work:
        for _ in range(TERMS.on_the_line):
            work.acts.record(replace(ACT, act=Act.WRONG_PIN, person=""))
        assert pin_answer(work, CALL, ASKED, RIGHT, NOW + MINUTE) == PinWrong(at=NOW + MINUTE)
        later = NOW + TERMS.window + timedelta(seconds=1)
        assert isinstance(pin_answer(work, CALL, ASKED, RIGHT, later), PinRight)


def test_a_cooldown_is_set_to_the_very_time_and_an_overdue_promise_opens_it_no_more(store: Store) -> None:
    with store.writing() as work:
        work.claims.quiet("48213", NOW + 8 * HOUR)
        work.claims.promise("48213", NOW - 2 * HOUR, NOW - HOUR)
        work.claims.set_rest("48213", NOW + HOUR, NOW)
        work.claims.set_rest("48214", NOW + HOUR, NOW)
        known, fresh = work.claims.standing("48213"), work.claims.standing("48214")
        work.claims.promise("48214", NOW, NOW + 2 * HOUR)
        work.claims.set_rest("48214", NOW + 3 * HOUR, NOW)
        promised = work.claims.standing("48214")
    assert (known.quiet_until, known.promised_until) == (NOW + HOUR, None)
    assert fresh.quiet_until == NOW + HOUR
    assert (promised.quiet_until, promised.promised_until) == (NOW + 3 * HOUR, NOW + 2 * HOUR)

"""PINs as hashes: slow, salted, and compared for everybody alike."""

import pytest

from db.unit_of_work import Store
from flows.rules.pin import could_be_pin, too_easy
from flows.turn import CheckPin
from ivr.line import pins
from ivr.line.pins import PinChecked, PinDesk, hashed, made_up
from tests.calls.own_line import DANA, MARCUS, PIN, WRONG, hash_of
from tests.db.samples import NOW


@pytest.fixture
def desk(store: Store) -> PinDesk:
    """Both managers have PINs."""
    with store.writing() as work:
        work.pins.set(DANA, hash_of(PIN), "a test", NOW)
        work.pins.set(MARCUS, hash_of("918273"), "a test", NOW)
    return PinDesk(store)


@pytest.mark.parametrize(
    ("keys", "people", "whose"),
    [
        (PIN, (DANA,), DANA),
        (PIN, (MARCUS, DANA), DANA),
        ("918273", (DANA, MARCUS), MARCUS),
        (PIN, (MARCUS,), None),
        (WRONG, (DANA, MARCUS), None),
        (PIN, ("somebody-else",), None),
        (PIN, (), None),
    ],
)
def test_whose_pin_it_is(desk: PinDesk, keys: str, people: tuple[str, ...], whose: str | None) -> None:
    assert desk.check(CheckPin(people=people, keys=keys)).person == whose


def test_the_hash_that_proved_it_is_told_too(desk: PinDesk) -> None:
    assert desk.check(CheckPin(people=(DANA,), keys=PIN)) == PinChecked(person=DANA, hash=hash_of(PIN))


def test_everybody_asked_about_costs_one_comparison_with_a_pin_or_without(
    desk: PinDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    def matches(hash: str, keys: str) -> bool:
        compared.append(hash)
        return hash == hash_of(PIN)

    monkeypatch.setattr(pins, "_matches", matches)
    desk.check(CheckPin(people=(DANA, MARCUS, "somebody-else"), keys=PIN))

    assert len(compared) == 3


def test_a_hash_is_argon2id_salted_and_as_slow_as_the_one_that_stands_in() -> None:
    first, second = hashed(PIN), hashed(PIN)

    assert first != second
    assert PIN not in first + second
    stands_in = pins._NOBODYS
    assert first.rpartition("$")[0].rpartition("$")[0] == stands_in.rpartition("$")[0].rpartition("$")[0]
    assert first.startswith("$argon2id$v=19$m=65536,")


def test_a_hash_that_is_damaged_opens_nothing(desk: PinDesk, store: Store) -> None:
    with store.writing() as work:
        work.pins.set(DANA, "not a hash", "a test", NOW)

    assert desk.check(CheckPin(people=(DANA,), keys=PIN)) == PinChecked()


def test_what_is_made_up_is_a_pin_that_is_not_easy() -> None:
    made = [made_up(("+12025550101",)) for _ in range(50)]

    assert all(could_be_pin(pin) and too_easy(pin, ("+12025550101",)) is None for pin in made)
    assert len(set(made)) > 40

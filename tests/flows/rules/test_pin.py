"""Which PINs are refused, and how long guessing locks one."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.pin import LENGTH, PinTerms, could_be_pin, too_easy
from tests.flows.world import LEVEL_1, LEVEL_2, NOW

TERMS = PinTerms()
pins = st.text("0123456789", min_size=LENGTH, max_size=LENGTH)


@pytest.mark.parametrize("keys", ["", "12345", "1234567", "12345*", "12345#", "١٢٣٤٥٦", "12 456", "²²²²²²"])
def test_a_pin_is_six_digits(keys: str) -> None:
    assert not could_be_pin(keys)
    with pytest.raises(ValueError, match="a PIN has 6 digits"):
        too_easy(keys, ())


@pytest.mark.parametrize(
    ("pin", "because"),
    [
        ("000000", "fewer than three different digits"),
        ("777177", "fewer than three different digits"),
        ("123456", "counts up or down"),
        ("890123", "counts up or down"),
        ("654321", "counts up or down"),
        ("210987", "counts up or down"),
        ("472472", "repeats itself"),
        ("121212", "fewer than three different digits"),
        ("123321", "follows a pattern"),
        ("112233", "follows a pattern"),
        ("550101", "end of this person's phone number"),
    ],
)
def test_what_anybody_would_try_first_is_refused(pin: str, because: str) -> None:
    assert because in (too_easy(pin, (LEVEL_2, LEVEL_1)) or "")


@pytest.mark.parametrize("pin", ["730418", "291650", "102938", "550102"])
def test_others_are_taken(pin: str) -> None:
    assert too_easy(pin, (LEVEL_1,)) is None


def test_nearly_every_pin_is_left_to_choose_from() -> None:
    every_hundredth = range(37, 10**LENGTH, 101)
    easy = sum(too_easy(f"{pin:06}", (LEVEL_1,)) is not None for pin in every_hundredth)

    assert easy < len(every_hundredth) / 100


@given(st.integers(1, 4))
def test_some_wrong_tries_lock_nothing(wrong: int) -> None:
    assert TERMS.locked_until(wrong, NOW) is None


@pytest.mark.parametrize(
    ("wrong", "minutes"), [(5, 15), (10, 30), (15, 60), (20, 120), (30, 480), (40, 1440), (10**9, 1440)]
)
def test_each_lock_is_twice_the_last_up_to_a_day(wrong: int, minutes: int) -> None:
    assert TERMS.locked_until(wrong, NOW) == NOW + timedelta(minutes=minutes)


@given(st.integers(5, 10**6))
def test_between_two_locks_there_are_some_tries(wrong: int) -> None:
    assert (TERMS.locked_until(wrong, NOW) is not None) == (wrong % TERMS.in_a_row == 0)

"""How long, keyed: minutes, or hours behind a star; what nobody can mean is asked again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.wrap_up import LONGEST, SHORTEST, keyed_length


@pytest.mark.parametrize(
    ("keys", "length"),
    [
        ("1", timedelta(minutes=1)),
        ("30", timedelta(minutes=30)),
        ("090", timedelta(minutes=90)),
        ("4320", timedelta(hours=72)),
        ("*1", timedelta(hours=1)),
        ("*72", timedelta(hours=72)),
        ("*0072", timedelta(hours=72)),
    ],
)
def test_minutes_or_behind_a_star_hours(keys: str, length: timedelta) -> None:
    assert keyed_length(keys) == length


@pytest.mark.parametrize("keys", ["", "*", "0", "*0", "4321", "*73", "9999", "*9999", "00030", "**2", "2*", "3#0", "#"])
def test_what_no_one_can_mean_is_none(keys: str) -> None:
    assert keyed_length(keys) is None


@pytest.mark.parametrize("keys", ["٣٠", "²", "1.5", "-5", "+5", " 30", "3_0"])
def test_only_the_keys_of_a_telephone_count(keys: str) -> None:
    assert keyed_length(keys) is None


@given(st.text("0123456789*#", max_size=12))
def test_whatever_is_keyed_is_nonsense_or_a_possible_promise(keys: str) -> None:
    length = keyed_length(keys)

    assert length is None or SHORTEST <= length <= LONGEST


@given(st.integers(1, 72 * 60))
def test_every_minute_of_the_range_can_be_keyed(minutes: int) -> None:
    assert keyed_length(str(minutes)) == timedelta(minutes=minutes)

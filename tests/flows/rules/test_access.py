"""How much guessing of ticket numbers the line bears."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.access import AccessTerms, too_many_wrong_tries


@pytest.mark.parametrize(("wrong", "too_many"), [(0, False), (5, False), (6, True), (100, True)])
def test_six_wrong_tries_an_hour_are_too_many(wrong: int, too_many: bool) -> None:
    assert too_many_wrong_tries(wrong, AccessTerms()) is too_many


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(3, 100))
def test_more_wrong_tries_never_open_the_line_again(wrong: int, more: int, allowed: int) -> None:
    terms = AccessTerms(wrong_tries=allowed)

    assert too_many_wrong_tries(wrong, terms) <= too_many_wrong_tries(wrong + more, terms)


@pytest.mark.parametrize("tries", [-1, 0, 2, 101])
def test_one_call_may_key_three_and_nobody_hundreds(tries: int) -> None:
    with pytest.raises(ValueError, match="3 to 100 wrong numbers an hour"):
        AccessTerms(wrong_tries=tries)

"""What a customer keys as a ticket number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.ticket_number import NotDigits, NumberFormat, Parsed, TicketNumber, TooLong, TooShort

FORMAT = NumberFormat()
DIGITS = "0123456789"


@pytest.mark.parametrize(
    ("keys", "parsed"),
    [
        pytest.param("48213", TicketNumber("48213"), id="digits"),
        pytest.param("48213#", TicketNumber("48213"), id="ended with the pound key"),
        pytest.param("00042", TicketNumber("00042"), id="leading zeros belong to it"),
        pytest.param("", TooShort(), id="nothing"),
        pytest.param("#", TooShort(), id="the pound key only"),
        pytest.param("482", TooShort(), id="one digit short"),
        pytest.param("4821", TicketNumber("4821"), id="just long enough"),
        pytest.param("1234567890", TicketNumber("1234567890"), id="as long as can be"),
        pytest.param("12345678901", TooLong(), id="one digit too many"),
        pytest.param("1" * 5000, TooLong(), id="a stuck key"),
        pytest.param("48*213", NotDigits(), id="a star inside"),
        pytest.param("*", NotDigits(), id="the star key only"),
        pytest.param("48#213", NotDigits(), id="the pound key inside"),
        pytest.param("48213##", NotDigits(), id="the pound key twice"),
        pytest.param("48213A", NotDigits(), id="a key of the fourth column"),
        pytest.param("٤٨٢١٣", NotDigits(), id="Arabic-Indic digits"),
        pytest.param("４８２１３", NotDigits(), id="full-width digits"),
        pytest.param("4821³", NotDigits(), id="a superscript"),
        pytest.param("4 8 2 1 3", NotDigits(), id="spaces"),
        pytest.param("-48213", NotDigits(), id="a sign"),
    ],
)
def test_keys(keys: str, parsed: Parsed) -> None:
    assert FORMAT.parse(keys) == parsed


def test_each_line_has_lengths_of_its_own() -> None:
    six = NumberFormat(shortest=6, longest=6)

    parsed = [six.parse(keys) for keys in ("12345", "123456", "1234567")]

    assert parsed == [TooShort(), TicketNumber("123456"), TooLong()]


@pytest.mark.parametrize(("shortest", "longest"), [(0, 4), (-1, 4), (5, 4)])
def test_a_format_that_no_number_fits_is_refused(shortest: int, longest: int) -> None:
    with pytest.raises(ValueError, match="at least 1 digit, and 'shortest' must not exceed 'longest'"):
        NumberFormat(shortest=shortest, longest=longest)


@given(st.text(DIGITS, min_size=4, max_size=10), st.sampled_from(["", "#"]))
def test_a_number_of_the_right_length_is_kept_as_it_was_keyed(number: str, end: str) -> None:
    assert FORMAT.parse(number + end) == TicketNumber(number)


@given(st.text() | st.text(DIGITS + "*#"), st.integers(1, 6), st.integers(0, 6))
def test_only_ascii_digits_of_the_right_length_ever_become_a_number(keys: str, shortest: int, more: int) -> None:
    parsed = NumberFormat(shortest=shortest, longest=shortest + more).parse(keys)

    if isinstance(parsed, TicketNumber):
        assert set(parsed.number) <= set(DIGITS)
        assert shortest <= len(parsed.number) <= shortest + more
        assert keys in {parsed.number, parsed.number + "#"}

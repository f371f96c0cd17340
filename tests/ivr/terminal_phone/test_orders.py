"""What one types at the telephone in the terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.terminal_phone.cast import Cast, demo_cast
from ivr.terminal_phone.orders import (
    Call,
    Decline,
    Help,
    NotUnderstood,
    Order,
    PickUp,
    PressKeys,
    PutDown,
    Quit,
    Say,
    understood,
)

CAST = demo_cast()
CALLER, LEVEL_1, LEVEL_2, DUTY = CAST.caller, *CAST.managers, CAST.duty


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("call", Call(CALLER)),
        ("1 call", Call(LEVEL_1)),
        ("4 8 2 1 3 #", PressKeys(CALLER, "48213#")),
        ("48213#", PressKeys(CALLER, "48213#")),
        ("1", PressKeys(CALLER, "1")),
        ("1 2", PressKeys(CALLER, "12")),
        ("press 1", PressKeys(CALLER, "1")),
        ("say Hello there", Say(CALLER, "Hello there")),
        ("hang up", PutDown(CALLER)),
        ("HANG UP", PutDown(CALLER)),
        ("1 answer", PickUp(LEVEL_1)),
        ("2 answer", PickUp(LEVEL_2)),
        ("duty answer", PickUp(DUTY)),
        ("1 press 1", PressKeys(LEVEL_1, "1")),
        ("1 press 4 *", PressKeys(LEVEL_1, "4*")),
        ("1 decline", Decline(LEVEL_1)),
        ("1 hang up", PutDown(LEVEL_1)),
        ("2 say Who is there", Say(LEVEL_2, "Who is there")),
        ("help", Help()),
        ("quit", Quit()),
        ("3 answer", NotUnderstood()),
        ("1 press", NotUnderstood()),
        ("1 press x", NotUnderstood()),
        ("say", NotUnderstood()),
        ("sing", NotUnderstood()),
    ],
)
def test_what_is_understood(typed: str, order: Order, cast: Cast) -> None:
    assert understood(typed, cast) == order


@given(typed=st.text())
def test_anything_typed_is_understood_or_not_but_never_an_error(typed: str) -> None:
    understood(typed, CAST)

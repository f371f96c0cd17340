"""A manager phones the line: a PIN opens it, and what it opens counts at once and is written down."""

from tests.calls.own_line import DANA, acts, comes_in
from tests.calls.stage import Stage


def test_the_right_pin_opens_the_menu(stage: Stage) -> None:
    manager = comes_in(stage)

    manager.hears("You are rung as planned")
    manager.hears("To hear this again, press star")
    manager.hang_up()

    assert acts(stage) == [(DANA, "came-in")]
    stage.ends(mails=0)

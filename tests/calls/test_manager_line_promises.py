"""What a manager has promised, heard on the phone."""

import pytest

from tests.calls.own_line import MARCUS, comes_in, promises
from tests.calls.stage import Stage


@pytest.fixture
def ring_mode() -> str:
    """Nobody is rung in these stories."""
    return "hold"


def test_nothing_was_promised(stage: Stage) -> None:
    promises(stage, "48214", person=MARCUS)
    manager = comes_in(stage)
    manager.press("3")
    manager.hears("You have no open promises. You are rung as planned")
    manager.hang_up()
    stage.ends(mails=0)


def test_open_promises_are_told_with_their_times_and_what_is_overdue(stage: Stage) -> None:
    promises(stage, "48213", "48214", "48215")
    stage.exchange.pass_time(100 * 60)
    manager = comes_in(stage)
    manager.press("3")
    told = manager.hears("You have 3 open promises")
    manager.hang_up()

    assert "Ticket 4 8 2 1 3: overdue by 40 minutes." in told
    assert "Ticket 4 8 2 1 4: by today at 12:00 PM. Ticket 4 8 2 1 5: by today at 1:00 PM." in told
    stage.ends(mails=0)


def test_of_many_promises_the_next_five_are_told(stage: Stage) -> None:
    promises(stage, *(str(48300 + each) for each in range(7)))
    manager = comes_in(stage)
    manager.press("3")
    told = manager.hears("You have 7 open promises")
    manager.hang_up()

    assert told.count("Ticket ") == 5
    assert "And 2 more, for later." in told
    stage.ends(mails=0)

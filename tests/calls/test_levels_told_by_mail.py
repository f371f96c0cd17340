"""Levels that are reached by e-mail only are mailed when the hunt comes by, once in an attempt."""

import pytest

from tests.calls.company import DANA, DIRECTOR, MARCUS, OPERATIONS, ladder_is, level, nobody_answers
from tests.calls.stage import Stage

VICE_PRESIDENT = "Vice President of Support"
EVE_READS = "eve.colleague@northwind-support.example"


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """Between the two levels stands one that is only mailed."""
    ladder_is(
        stage,
        level(OPERATIONS, DANA),
        level(VICE_PRESIDENT, "eve", email_only=True),
        level(DIRECTOR, MARCUS),
    )
    return stage


def readers(stage: Stage) -> list[str]:
    return [str(mail["To"].addresses[0].addr_spec) for mail in stage.mails()]


def test_not_while_a_level_below_rings(stage: Stage) -> None:
    stage.escalates()
    stage.level_1.rings()
    stage.caller.hang_up()
    assert EVE_READS not in readers(stage)
    stage.ends(mails=1)


def test_when_the_hunt_comes_by_with_who_was_rung_so_far(stage: Stage) -> None:
    stage.escalates()
    nobody_answers(stage, OPERATIONS)
    stage.level_2.rings(within=60)
    mail = stage.mails()[-1]
    text = mail.get_body(("plain",))
    stage.caller.hang_up()

    assert text is not None
    assert mail["Subject"].startswith("For your information: escalation")
    assert "Your level is told by mail only" in text.get_content()
    assert "Dana Whitfield" in text.get_content()
    assert readers(stage).count(EVE_READS) == 1
    assert stage.rings() == [(OPERATIONS, "busy"), (DIRECTOR, "caller-left")]
    stage.ends(mails=2)


def test_at_the_top_of_the_ladder_too(stage: Stage) -> None:
    ladder_is(stage, level(OPERATIONS, DANA), level(VICE_PRESIDENT, "eve", email_only=True))
    stage.escalates()
    nobody_answers(stage, OPERATIONS)
    stage.caller.hears("nobody could take your call", within=60)
    stage.caller.call_ends()

    assert readers(stage).count(EVE_READS) == 1
    stage.ends(mails=3)

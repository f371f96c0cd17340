"""The story the line exists for: support went quiet, the customer phones, the first manager takes it."""

from tests.calls.stage import LINE, Stage

LEVEL_1_TITLE = "Support Operations Manager"


def test_a_customer_is_connected_to_the_first_manager_who_accepts(stage: Stage) -> None:
    stage.caller.dial(LINE)
    stage.caller.hears("escalation line")
    stage.caller.press("1")
    stage.caller.hears("Please key in your ticket number")
    stage.caller.press("48213#")

    stage.caller.hears("Ticket 4 8 2 1 3")
    stage.caller.hears("To escalate now, press 1")
    stage.caller.press("1")
    stage.caller.hears("the shift manager is being told by mail")

    stage.level_1.rings()
    stage.level_1.answer()
    stage.level_1.hears("severity 2, high")
    stage.level_1.hears("Press 1 to accept")
    stage.level_1.press("1")
    stage.caller.talks_to(stage.level_1)

    stage.level_1.hang_up()
    stage.caller.hears("If this is resolved for you, press 1")
    stage.caller.press("1")
    stage.caller.hears("Goodbye")
    stage.caller.call_ends()

    assert stage.rings() == [(LEVEL_1_TITLE, "talked")]
    assert stage.outcomes() == ["reached"]
    stage.ends(mails=1)


def test_the_shift_manager_is_mailed_about_the_accepted_escalation(stage: Stage) -> None:
    stage.escalates()
    (mail,) = stage.mails()
    stage.caller.hang_up()

    assert "48213" in str(mail["Subject"])
    stage.ends(mails=1)


def test_the_work_note_tells_who_was_rung(stage: Stage) -> None:
    stage.escalates()
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.caller.hang_up()
    stage.ends(mails=1)

    with stage.line.parts.store.reading() as work:
        (note,) = work.tickets.notes("48213")
    assert LEVEL_1_TITLE in note
    assert "talked" in note

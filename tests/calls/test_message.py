"""Nobody could be reached: the caller leaves a message, the shift manager hears it, and nothing of it is lost."""

import time
from unittest.mock import patch

import requests

from db.repositories.messages import MessageState, StoredMessage
from ivr.emulator.chaos import Mischief
from tests.calls.stage import Stage

WORDS = "Our backups have been failing since Sunday, please call me."


def reaches_nobody(stage: Stage) -> None:
    """Escalate while no manager answers; the line then asks what else can be done."""
    for manager in (stage.level_1, stage.level_2):
        manager.declines_after(1)
    stage.escalates()
    stage.caller.hears("To leave a message for the shift manager, press 1", within=180)


def speaks(stage: Stage) -> None:
    """Leave a message after the tone and end it with the pound key."""
    stage.caller.press("1")
    stage.caller.hears("What you say now is recorded, and passed on to the shift manager")
    stage.caller.hears("(beep)")
    stage.caller.says(WORDS)
    stage.caller.press("#")
    stage.caller.hears("This is your message")


def messages(stage: Stage) -> list[StoredMessage]:
    """Everything recorded about the ticket."""
    with stage.line.parts.store.reading() as work:
        return work.messages.of_ticket("48213")


def notes(stage: Stage) -> list[str]:
    """The work notes about messages on the ticket."""
    stage.mails()
    with stage.line.parts.store.reading() as work:
        return [note for note in work.tickets.notes("48213") if "message" in note]


def link(stage: Stage) -> str:
    """The link in the mail about the message."""
    (mail,) = [mail for mail in stage.mails() if str(mail["Subject"]).startswith("Message left")]
    text = mail.get_body(("plain",))
    assert text is not None
    return next(word for word in text.get_content().split() if "/desk/" in word)


def test_a_message_is_played_back_kept_and_mailed_with_a_link(stage: Stage) -> None:
    reaches_nobody(stage)
    speaks(stage)
    stage.caller.press("1")
    stage.caller.hears("The shift manager gets your message with your ticket number")
    stage.caller.call_ends()

    (message,) = messages(stage)
    assert message.state is MessageState.KEPT
    assert message.seconds > 2
    assert stage.subjects()[-1] == "Message left: ticket 48213, severity 2 — Halvorsen Shipping"
    assert notes(stage) == [
        f"The caller left a message of {message.seconds} seconds, {message.recorded_at:%Y-%m-%d %H:%M} UTC. "
        "The shift manager has it by mail."
    ]
    stage.ends(mails=3)


def test_the_link_leads_to_the_sound_and_wrong_or_old_links_to_nothing(stage: Stage) -> None:
    reaches_nobody(stage)
    speaks(stage)
    stage.caller.press("1")
    stage.caller.call_ends()

    url = link(stage)
    page = requests.get(url, timeout=10)
    assert (page.status_code, "Message about ticket 48213" in page.text) == (200, True)
    played = next(word for line in stage.caller.transcript for word in line.split("plays ")[1:] if "/desk/" in word)
    assert requests.get(played.rstrip(")"), timeout=10).content[:4] == b"RIFF"
    sound = requests.get(f"{url}/sound.wav", timeout=10)
    assert (sound.status_code, sound.content[:4]) == (200, b"RIFF")
    part = requests.get(f"{url}/sound.wav", headers={"Range": "bytes=0-3"}, timeout=10)
    assert (part.status_code, part.content) == (206, b"RIFF")
    for wrong in (f"{url}x", f"{url}x/sound.wav", url.rpartition("/")[0] + "/made-up"):
        assert requests.get(wrong, timeout=10).status_code == 404
    with patch("itsdangerous.timed.time.time", return_value=time.time() + 15 * 24 * 60 * 60):
        assert requests.get(url, timeout=10).status_code == 410
        assert requests.get(f"{url}/sound.wav", timeout=10).status_code == 410
    stage.ends(mails=3)


def test_a_message_made_anew_leaves_only_the_second_one(stage: Stage) -> None:
    reaches_nobody(stage)
    speaks(stage)
    stage.caller.press("2")
    stage.caller.hears("What you say now is recorded")
    stage.caller.hears("(beep)")
    stage.caller.says("Please forget the first one.")
    stage.caller.press("#")
    stage.caller.hears("This is your message")
    stage.caller.press("1")
    stage.caller.call_ends()

    assert [message.state for message in messages(stage)] == [MessageState.DISCARDED, MessageState.KEPT]
    stage.mails()
    assert list(stage.exchange.office.recordings) == [messages(stage)[1].recording_sid]
    stage.ends(mails=3)


def test_a_deleted_message_is_deleted_with_the_carrier_and_mailed_to_nobody(stage: Stage) -> None:
    reaches_nobody(stage)
    speaks(stage)
    stage.caller.press("3")
    stage.caller.hears("Your message is deleted")
    stage.caller.hears("To leave a message for the shift manager")
    stage.caller.press("9")
    stage.caller.hears("Thank you for calling")
    stage.caller.call_ends()

    stage.mails()
    assert stage.exchange.office.recordings == {}
    assert notes(stage) == []
    stage.ends(mails=2)


def test_silence_after_the_playback_keeps_the_message(stage: Stage) -> None:
    reaches_nobody(stage)
    speaks(stage)
    stage.caller.hears("If you do nothing, I keep your message")
    stage.caller.hears("The shift manager gets your message")
    stage.caller.call_ends()
    stage.ends(mails=3)


def test_hanging_up_during_the_playback_keeps_the_message(stage: Stage) -> None:
    reaches_nobody(stage)
    speaks(stage)
    stage.caller.hang_up()
    assert [message.state for message in messages(stage)] == [MessageState.KEPT]
    stage.ends(mails=3)


def test_hanging_up_while_speaking_keeps_what_was_said(stage: Stage) -> None:
    reaches_nobody(stage)
    stage.caller.press("1")
    stage.caller.hears("(beep)")
    stage.caller.says(WORDS)
    stage.caller.hang_up()
    stage.exchange.pass_time(5)
    assert [message.state for message in messages(stage)] == [MessageState.KEPT]
    stage.ends(mails=3)


def test_hanging_up_before_a_word_leaves_nothing(stage: Stage) -> None:
    reaches_nobody(stage)
    stage.caller.press("1")
    stage.caller.begins_to_hear("What you say now is recorded")
    stage.caller.hang_up()
    stage.exchange.pass_time(120)
    stage.ends(mails=2)


def test_whoever_says_nothing_hears_so_and_is_offered_the_ways_again(stage: Stage) -> None:
    reaches_nobody(stage)
    stage.caller.press("1")
    stage.caller.hears("I did not hear anything")
    stage.caller.hears("so no message was recorded")
    stage.caller.hears("To leave a message for the shift manager")
    stage.caller.hang_up()
    assert messages(stage) == []
    stage.ends(mails=2)


def test_callbacks_that_come_twice_mail_once(stage: Stage) -> None:
    stage.exchange.be_unkind(Mischief(duplicate=1.0))
    reaches_nobody(stage)
    speaks(stage)
    stage.caller.press("1")
    stage.caller.call_ends()
    assert len(messages(stage)) == 1
    stage.ends(mails=3)


def test_when_every_report_is_lost_the_message_is_looked_for(stage: Stage) -> None:
    reaches_nobody(stage)
    stage.caller.press("1")
    stage.caller.hears("(beep)")
    stage.caller.says(WORDS)
    stage.exchange.be_unkind(Mischief(drop=1.0))
    with patch.object(stage.line.parts.switchboard, "turn", side_effect=OSError("the disk is full")):
        stage.caller.hang_up()
    stage.exchange.pass_time(6 * 60)
    stage.line.parts.switchboard.sweep()
    assert messages(stage) == []
    stage.exchange.be_unkind(Mischief())

    stage.exchange.pass_time(61)
    assert len(stage.mails()) == 3
    assert [message.state for message in messages(stage)] == [MessageState.KEPT]
    stage.ends(mails=3)

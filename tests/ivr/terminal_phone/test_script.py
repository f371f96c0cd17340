"""The script: who hears, presses and does what, in words."""

from ivr.emulator.happenings import Alerted, MessageSent, Said, Sounded, WebhookMade
from ivr.emulator.softphone.mail import MailArrived
from ivr.emulator.softphone.wire import Shown
from ivr.terminal_phone.cast import Cast
from ivr.terminal_phone.script import Script
from tests.ivr.terminal_phone.telling import (
    CALLER,
    LEVEL_1,
    LINE,
    SIDS,
    answered,
    at,
    bridged,
    dialled,
    ended,
    pressed,
    rang,
    silenced,
    spoke,
)

Line = tuple[float, str, str, str]


def told(cast: Cast, *happenings: Shown) -> list[Line]:
    script = Script(cast)
    entries = [entry for shown in happenings for entry in script.tell(shown)] + list(script.rest())
    return [(entry.seconds, entry.party, entry.verb, entry.words) for entry in entries]


def webhook(status: int, error: str = "") -> WebhookMade:
    return WebhookMade(
        at=at(1), kind="voice", call_sid=SIDS[CALLER], method="POST", url="", parameters={}, status=status, body="",
        error=error,
    )  # fmt: skip


def test_times_count_from_the_dialling(cast: Cast) -> None:
    assert told(cast, dialled(100), spoke(103, "Hello.")) == [
        (0, "caller", "calls", LINE),
        (3, "caller", "hears", '"Hello."'),
    ]


def test_keys_pressed_one_after_another_are_one_line(cast: Cast) -> None:
    keys = [pressed(5 + index / 5, key) for index, key in enumerate("48213#")]
    assert told(cast, dialled(), *keys)[1:] == [(5, "caller", "presses", "4 8 2 1 3 #")]


def test_keys_of_two_telephones_are_two_lines(cast: Cast) -> None:
    assert [line[1:] for line in told(cast, pressed(1, "1"), pressed(1, "2", LEVEL_1))] == [
        ("caller", "presses", "1"),
        ("Level 1", "presses", "2"),
    ]


def test_the_first_key_cuts_the_sentence_off_and_the_others_follow(cast: Cast) -> None:
    lines = told(cast, spoke(0, "Please key in"), pressed(1, "4"), silenced(1, "Please–"), pressed(1.2, "8"), ended(9))
    assert [line[1:] for line in lines[:3]] == [
        ("caller", "hears", '"Please key in"'),
        ("caller", "cuts off", '"Please–"'),
        ("caller", "presses", "4 8"),
    ]


def test_what_was_cut_off_before_its_first_word_is_not_quoted(cast: Cast) -> None:
    assert told(cast, silenced(0, "–")) == [(0, "caller", "cuts off", "")]


def test_a_talk_is_told_once_from_the_callers_side(cast: Cast) -> None:
    lines = told(cast, dialled(), rang(1), answered(4), bridged(9, CALLER, LEVEL_1), bridged(9, LEVEL_1, CALLER))
    assert [line[1:] for line in lines[1:]] == [
        ("Level 1", "rings", ""),
        ("Level 1", "answers", ""),
        ("caller", "talks to", "Level 1"),
    ]


def test_how_rings_and_calls_end(cast: Cast) -> None:
    endings: dict[str, list[Shown]] = {
        "stops ringing": [rang(0), ended(9, LEVEL_1, "no-answer")],
        "declines": [rang(0), ended(9, LEVEL_1, "busy")],
        "is busy": [ended(9, LEVEL_1, "busy")],
        "is out of reach": [ended(9, LEVEL_1, "failed")],
        "is done after 5 s": [rang(0), answered(4), ended(9, LEVEL_1, seconds=5)],
    }
    for words, happenings in endings.items():
        _, party, verb, rest = told(cast, *happenings)[-1]
        assert (party, f"{verb} {rest}".strip()) == ("Level 1", words)


def test_sounds_are_not_quoted_and_voices_are(cast: Cast) -> None:
    tag = {"at": at(0), "call_sid": SIDS[CALLER], "handset": CALLER}
    assert told(cast, Sounded(**tag, sound="(ringing)", seconds=0), Said(**tag, text="Hello?")) == [  # type: ignore[arg-type]
        (0, "caller", "hears", "(ringing)"),
        (0, "caller", "says", '"Hello?"'),
    ]


def test_music_is_told_once_until_words_are_heard(cast: Cast) -> None:
    def music(second: float) -> Sounded:
        sound = "(plays http://127.0.0.1:5000/static/hold-music-8.wav)"
        return Sounded(at=at(second), call_sid=SIDS[CALLER], handset=CALLER, sound=sound, seconds=8)

    heard = told(cast, dialled(), music(1), music(9), spoke(17, "Still ringing."), music(21), music(29))
    assert heard[1:] == [
        (1, "caller", "hears", "(hold music)"),
        (17, "caller", "hears", '"Still ringing."'),
        (21, "caller", "hears", "(hold music)"),
    ]


def test_webhooks_are_told_only_when_they_fail(cast: Cast) -> None:
    assert told(cast, webhook(200)) == []
    assert told(cast, webhook(500))[0][1:] == ("carrier", "reports", "the line answers 500")
    assert told(cast, webhook(0, "refused"))[0][1:] == ("carrier", "reports", "the line answers nothing refused")


def test_alerts_and_messages_are_told(cast: Cast) -> None:
    alert = Alerted(at=at(0), code=11200, level="error", text="HTTP failure", call_sid="", url="")
    message = MessageSent(at=at(0), sid="", sender=LINE, receiver=LEVEL_1, text="A short text")
    assert [line[1:] for line in told(cast, alert, message)] == [
        ("carrier", "reports", "11200 HTTP failure"),
        ("Level 1", "reads", '"A short text"'),
    ]


def test_mail_is_told_with_the_readers_part_in_the_company(cast: Cast) -> None:
    def mail(receiver: str) -> MailArrived:
        return MailArrived(at=at(0), handset="", receiver=receiver, sender="", subject="Escalation", text="")

    assert [line[3] for line in told(cast, mail("shift.manager@northwind-support.example"), mail("x@y.example"))] == [
        "shift manager: Escalation",
        "x@y.example: Escalation",
    ]


def test_strangers_telephones_are_not_told(cast: Cast) -> None:
    stranger = Said(at=at(0), call_sid="CA-other", handset="+12025550777", text="Hello")
    assert told(cast, stranger) == []

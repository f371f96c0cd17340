"""Sounds uploaded by a program, and named by the routing it publishes."""

from base64 import b64encode

import pytest

from tests.ivr.api.conftest import Program, refused
from tests.ivr.line.sounds import wav

SAYS = "To escalate now, press 1."


def uploads(program: Program, audio: bytes) -> str:
    answer = program.sends("POST", "/sounds", {"audio": b64encode(audio).decode()})
    assert answer.json is not None
    return str(answer.json["sound"])


def test_a_sound_is_uploaded_once_and_named_by_the_routing(anything: Program) -> None:
    sound = uploads(anything, wav(1.5))
    assert uploads(anything, wav(1.5)) == sound
    assert [(each["sound"], each["seconds"]) for each in anything.reads("/sounds")["sounds"]] == [(sound, 1.5)]

    draft = anything.reads("/routing/draft")["text"]
    for named, wrong in ((sound, []), ("0" * 64, ["there is no sound 000000000000… here"])):
        text = f'{draft}\nrecordings:\n  en:\n    confirm.escalate:\n      says: {SAYS}\n      sound: "{named}"\n'
        answer = anything.sends("POST", "/routing/check", {"text": text})
        assert answer.json is not None
        told = [each["message"] for each in answer.json["remarks"] if not each["warning"]]
        assert len(told) == len(wrong)
        assert all(part in message for part, message in zip(wrong, told, strict=True))


@pytest.mark.parametrize(("audio", "told"), [
    ("not base64!", "String should match pattern"), ("QQ", "is no base64"),
    (b64encode(b"ID3 an mp3").decode(), "it is no WAV file"), (b64encode(wav(61)).decode(), "it lasts 61.0 seconds"),
])
def test_what_cannot_be_played_is_refused(anything: Program, audio: str, told: str) -> None:
    problem = refused(anything.sends("POST", "/sounds", {"audio": audio}), 422, "invalid")

    assert told in problem["errors"][0]["message"]
    assert anything.reads("/sounds") == {"sounds": []}

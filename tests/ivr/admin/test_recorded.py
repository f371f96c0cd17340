"""Recordings of one's own: uploaded for a sentence, heard on its page, published, replaced and taken away."""

from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from flows.prompts.recorded import Recorded
from tests.ivr.admin.visitor import Visitor
from tests.ivr.line.sounds import wav

ASK = "/admin/words/en/ticket.ask"
ESCALATE = "/admin/words/en/confirm.escalate"
ROUTING = "/admin/routing"
ASKS = "Please key in your ticket number, then press the pound key."


def uploads(
    visitor: Visitor, page: str = ASK, says: str = ASKS, audio: bytes = wav(1.5), seen: str = "0/1"
) -> TestResponse:
    return visitor.sends(page, f"{page}/recording", says=says, seen=seen, sound=(BytesIO(audio), "ask.wav"))


def published(visitor: Visitor) -> dict[str, Recorded]:
    """The English recordings, once the draft is published."""
    with visitor.parts.store.reading() as work:
        draft = work.drafts.read()
    visitor.sends(ROUTING, f"{ROUTING}/publish", note="sounds", revision=draft.revision if draft else 1, published=1)
    with visitor.parts.store.reading() as work:
        _, routing = work.routing.current()
    return dict(routing.recordings.get("en", {}))


def test_a_recording_is_uploaded_heard_and_published(owner: Visitor) -> None:
    assert "None: a voice says it." in owner.sees(ASK)

    assert uploads(owner).status_code == 302

    page = owner.sees(ASK)
    assert f"where the line says “<span lang=\"en\">{ASKS}</span>”" in page
    sound = page.split('src="/sounds/')[1].split(".wav")[0]
    assert owner.browser.get(f"/sounds/{sound}.wav").data == wav(1.5)
    listed = owner.sees("/admin/words?find=ticket.ask")
    assert "recording</span>" in listed
    assert "1.5 s" in listed, "as long as the sound lasts, not the voice"
    assert f"recordings en ticket.ask says added: {ASKS}" in owner.sees(ROUTING)
    assert published(owner) == {"ticket.ask": Recorded(says=ASKS, sound=sound)}


def test_its_words_are_mended_without_another_sound_and_it_is_taken_away(owner: Visitor) -> None:
    uploads(owner, ESCALATE, "To escalate now, press 2.")
    owner.sends(ESCALATE, f"{ESCALATE}/recording", says="To escalate now, press 1.", seen="1/1")
    assert "press 1.</span>”" in owner.sees(ESCALATE)

    owner.sends(ESCALATE, f"{ESCALATE}/recording/remove", seen="2/1")
    assert "None: a voice says it." in owner.sees(ESCALATE)
    assert "It says what is published" in owner.sees(ROUTING)


def test_a_sentence_said_otherwise_is_no_longer_played(owner: Visitor) -> None:
    uploads(owner)
    owner.sends(ASK, ASK, text="Your number, please.", seen="1/1")

    assert "The line says something else now, so the voice says it." in owner.sees(ASK)
    assert "recording</span>" not in owner.sees("/admin/words?find=ticket.ask")


@pytest.mark.parametrize(("says", "audio", "told"), [
    ("Hello there.", wav(1), "the line never says these words"), (ASKS, b"ID3 an mp3", "it is no WAV file"),
    (ASKS, b"", "choose a sound first"), (ASKS, wav(61), "it lasts 61.0 seconds"), ("", wav(1), "never says"),
])
def test_what_cannot_be_played_is_refused_and_the_words_stay(
    owner: Visitor, says: str, audio: bytes, told: str
) -> None:
    answer = uploads(owner, says=says, audio=audio)

    assert answer.status_code == 422
    assert told in answer.text
    assert f">{says}</textarea>" in answer.text
    assert published(owner) == {}
    with owner.parts.store.reading() as work:
        assert work.sounds.known() == {}


@pytest.mark.parametrize("name", ["refused.grace", "refused.too_many.one", "severity.urgent", "nobody.says"])
def test_what_differs_in_every_call_has_no_recording(owner: Visitor, name: str) -> None:
    page = f"/admin/words/en/{name}"

    assert 'name="sound"' not in owner.browser.get(page).text
    assert owner.sends(ASK, f"{page}/recording", says="x", seen="0/1").status_code == 404


def test_of_two_who_save_at_once_the_second_loses_no_words(owner: Visitor) -> None:
    uploads(owner)

    late = uploads(owner, ESCALATE, "To escalate now, press 1.")

    assert late.status_code == 409
    assert ">To escalate now, press 1.</textarea>" in late.text
    assert list(published(owner)) == ["ticket.ask"]


def test_a_draft_that_names_a_sound_that_is_not_there_cannot_be_published(owner: Visitor) -> None:
    uploads(owner)
    with owner.parts.store.reading() as work:
        draft = work.drafts.read()
    assert draft is not None
    sound = draft.text.split('sound: "')[1][:64]
    owner.sends("/admin/routing/text", "/admin/routing/text", text=draft.text.replace(sound, "0" * 64), revision=1)

    assert "there is no sound 000000000000… here" in owner.sees("/admin/routing/text")
    assert published(owner) == {}

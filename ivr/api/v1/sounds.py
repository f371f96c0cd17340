"""Sounds: uploaded, so that a routing can have them played instead of a voice."""

import binascii
from base64 import b64decode
from datetime import datetime
from typing import Any

from pydantic import Field

from db.repositories.sounds import Sound
from flows.rules.scopes import Scope
from ivr.api.v1.endpoints import Endpoints
from ivr.api.v1.guard import whose
from ivr.api.v1.problems import invalid
from ivr.api.v1.shapes import Answer, Asked
from ivr.line.sounds import LONGEST_SECONDS, Unplayable, milliseconds_of
from ivr.line.staff import StaffParts


class SoundPut(Asked):
    """A sound."""

    audio: str = Field(
        pattern=r"^[A-Za-z0-9+/]+={0,2}$",
        description=f"A WAV file with PCM samples, at most {LONGEST_SECONDS} seconds, in base64.",
    )


class SoundTold(Answer):
    """One sound. ``sound`` is what a routing file names it by; it is heard at `/sounds/SOUND.wav` of this site."""

    sound: str
    seconds: float
    uploaded_by: str
    uploaded_at: datetime


class SoundsTold(Answer):
    """Every sound, the newest first."""

    sounds: list[SoundTold]


def sound_endpoints(endpoints: Endpoints, parts: StaffParts) -> None:
    """Declare them."""

    @endpoints.endpoint("GET", "/sounds", Scope.READ, SoundsTold)
    def list_sounds() -> Any:
        """What can be played instead of a voice."""
        with parts.store.reading() as work:
            known = sorted(work.sounds.known().values(), key=lambda each: each.uploaded_at, reverse=True)
        return {"sounds": [_told(each) for each in known]}

    @endpoints.endpoint("POST", "/sounds", Scope.ROUTING, SoundTold, body=SoundPut)
    def upload_sound(body: SoundPut) -> Any:
        """Keep a sound. The same one sent again is one sound."""
        try:
            audio = b64decode(body.audio, validate=True)
            length = milliseconds_of(audio)
        except binascii.Error:
            invalid("body.audio", "is no base64")
        except Unplayable as why:
            invalid("body.audio", str(why))
        with parts.store.writing() as work:
            digest = work.sounds.add(audio, length, whose(), parts.clock())
            return _told(work.sounds.known()[digest])


def _told(sound: Sound) -> SoundTold:
    return SoundTold(
        sound=sound.digest, seconds=sound.milliseconds / 1000, uploaded_by=sound.uploaded_by,
        uploaded_at=sound.uploaded_at,
    )

"""Addresses at which a message can be heard: signed, and good for a limited time only."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from ivr.clock import Clock

PLAYBACK = timedelta(minutes=10)
"""The carrier fetches a recording within seconds of being told to play it."""

LISTENING = timedelta(days=14)
"""How long the link in a mail can be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenLinks:
    """Makes and reads the links. ``secret`` signs them; whoever has a link may listen."""

    secret: str
    base_url: str
    clock: Clock

    def page(self, recording: str, language: str) -> str:
        """The page on which one person may listen to ``recording``, in words of ``language``."""
        return f"{self.base_url}/listen/{self._token(recording, language, LISTENING)}"

    def audio(self, recording: str) -> str:
        """The sound alone, for the carrier to play."""
        return f"{self.base_url}/listen/{self._token(recording, '', PLAYBACK)}/message.wav"

    def read(self, token: str) -> tuple[str, str] | None:
        """The recording and the language of a token; None for one that was made up or is too old."""
        try:
            recording, language, until = self._signer().loads(token)
        except (BadSignature, ValueError):
            return None
        return (recording, language) if self.clock() < datetime.fromtimestamp(until, UTC) else None

    def _token(self, recording: str, language: str, lasting: timedelta) -> str:
        until = int((self.clock() + lasting).timestamp())
        token: str = self._signer().dumps([recording, language, until])
        return token

    def _signer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt="listen")

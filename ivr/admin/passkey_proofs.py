"""What the admin asks of passkeys: to be made, and to be shown."""

from dataclasses import dataclass
from typing import Protocol

from db.repositories.passkeys import StoredPasskey


class PasskeyRefused(Exception):
    """What the browser brought proves nothing. The message is for the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a browser is asked, as JSON, and the challenge that its answer must contain."""

    text: str
    challenge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPasskey:
    """What is stored of a passkey, as in StoredPasskey."""

    credential: str
    public_key: str
    used: int


class PasskeyProofs(Protocol):
    """Passkeys of this site. Answers are JSON, from browsers, and may be anything."""

    def offer(self, user_id: int, name: str, known: list[StoredPasskey]) -> Question:
        """Ask for a new key on a device that holds none of the ``known``."""

    def made(self, answer: str, challenge: str) -> NewPasskey:
        """The new key. Raises PasskeyRefused."""

    def ask(self) -> Question:
        """Ask for any key of this site; the device says whose it is."""

    def credential_of(self, answer: str) -> str:
        """What the device calls the key it shows. Raises PasskeyRefused."""

    def shown(self, answer: str, challenge: str, passkey: StoredPasskey) -> int:
        """That the answer is signed with the key, after its owner unlocked it; the device's count of uses. Raises
        PasskeyRefused."""

"""Boxes: what must be stored but never read from a stolen database."""

import base64

from cryptography.fernet import Fernet, InvalidToken

from ivr.line.staff import derived_key

SECOND_FACTORS, WEBHOOK_SECRETS = b"second factors", b"webhook secrets"


class Box:
    """Locks texts for one purpose. The key comes from SECRET_KEY."""

    def __init__(self, secret_key: str, purpose: bytes) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(derived_key(secret_key, purpose)))

    def lock(self, text: str) -> str:
        """The text, unreadable without the key."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, locked: str) -> str | None:
        """The text again; None when it was locked with another key."""
        try:
            return self._fernet.decrypt(locked.encode()).decode()
        except InvalidToken:
            return None

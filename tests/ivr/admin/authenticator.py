"""A device that keeps a passkey, as far as a server sees it (Web Authentication, section 6)."""

import hashlib
import json
import struct
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url, encode_cbor

PRESENT, VERIFIED, NEW_KEY = 0x01, 0x04, 0x40


class Authenticator:
    """``site`` is what its browser shows; ``unlocks`` whether the owner is asked for a finger, a face or a PIN."""

    def __init__(self, site: str = "http://localhost") -> None:
        self.site = site
        self.unlocks = True
        self.used = 0
        self._name = token_bytes(16)
        self._key = ec.generate_private_key(ec.SECP256R1())

    def makes(self, options: dict[str, Any]) -> str:
        """The answer to being asked for a new key."""
        numbers = self._key.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        held = bytes(16) + struct.pack(">H", len(self._name)) + self._name + encode_cbor(key)
        proof = {"fmt": "none", "attStmt": {}, "authData": self._states(options["rp"]["id"], NEW_KEY) + held}
        said = self._says("webauthn.create", options)
        return self._answer(clientDataJSON=said, attestationObject=encode_cbor(proof))

    def shows(self, options: dict[str, Any]) -> str:
        """The answer to being asked for a key."""
        self.used += 1
        said, states = self._says("webauthn.get", options), self._states(options["rpId"])
        signature = self._key.sign(states + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=said, authenticatorData=states, signature=signature)

    def _states(self, host: str, flags: int = 0) -> bytes:
        flags |= PRESENT | (VERIFIED if self.unlocks else 0)
        return hashlib.sha256(host.encode()).digest() + struct.pack(">BI", flags, self.used)

    def _says(self, kind: str, options: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.site}).encode()

    def _answer(self, **response: bytes) -> str:
        name = bytes_to_base64url(self._name)
        parts = {key: bytes_to_base64url(value) for key, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": parts})

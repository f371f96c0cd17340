"""Passkeys by the library ``webauthn``: the only module that knows it (extra ``passkeys``).

Keys must be discoverable, so that nobody types a name, and unlocked by their owner (finger, face or PIN) each time:
that makes one key two factors.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from db.repositories.passkeys import StoredPasskey
from ivr.admin.passkey_proofs import NewPasskey, PasskeyRefused, Question

SITE_NAME = "Escalation line"
NONSENSE = (AttributeError, LookupError, TypeError, ValueError)
"""What the library runs into when an answer is no answer at all."""


class WebauthnProofs:
    """Passkeys of the site at ``address``, its https address without path."""

    def __init__(self, address: str) -> None:
        self._origin, self._host = address, urlsplit(address).hostname or ""

    def offer(self, user_id: int, name: str, known: list[StoredPasskey]) -> Question:
        """See PasskeyProofs."""
        options = generate_registration_options(
            rp_id=self._host,
            rp_name=SITE_NAME,
            user_name=name,
            user_id=str(user_id).encode(),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(k.credential)) for k in known],
        )
        return Question(text=options_to_json(options), challenge=bytes_to_base64url(options.challenge))

    def made(self, answer: str, challenge: str) -> NewPasskey:
        """See PasskeyProofs."""
        with _translated():
            proven = verify_registration_response(
                credential=answer,
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=self._host,
                expected_origin=self._origin,
                require_user_verification=True,
            )
        return NewPasskey(
            credential=bytes_to_base64url(proven.credential_id),
            public_key=bytes_to_base64url(proven.credential_public_key),
            used=proven.sign_count,
        )

    def ask(self) -> Question:
        """See PasskeyProofs."""
        options = generate_authentication_options(
            rp_id=self._host, user_verification=UserVerificationRequirement.REQUIRED
        )
        return Question(text=options_to_json(options), challenge=bytes_to_base64url(options.challenge))

    def credential_of(self, answer: str) -> str:
        """See PasskeyProofs."""
        with _translated():
            return bytes_to_base64url(parse_authentication_credential_json(answer).raw_id)

    def shown(self, answer: str, challenge: str, passkey: StoredPasskey) -> int:
        """See PasskeyProofs."""
        with _translated():
            proven = verify_authentication_response(
                credential=answer,
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=self._host,
                expected_origin=self._origin,
                credential_public_key=base64url_to_bytes(passkey.public_key),
                credential_current_sign_count=passkey.used,
                require_user_verification=True,
            )
        return proven.new_sign_count


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (WebAuthnException, *NONSENSE) as refused:
        raise PasskeyRefused(f"{type(refused).__name__}: {refused}") from refused

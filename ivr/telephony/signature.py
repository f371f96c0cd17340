"""Proof that a webhook comes from the carrier: the HMAC over the URL and the form, by Twilio's own library.

The URL must be the one Twilio called, byte for byte. Frameworks un-escape it and proxies rewrite it, so it is made from
PUBLIC_BASE_URL, which only the operator sets, and the raw request line.
"""

from collections.abc import Mapping
from typing import Any

from twilio.request_validator import RequestValidator

SIGNATURE = "X-Twilio-Signature"


class Signatures:
    """Checks webhooks against the account's auth token. An empty token is refused: it would validate forgeries."""

    def __init__(self, auth_token: str, public_base_url: str) -> None:
        if not auth_token:
            raise ValueError("an empty auth token cannot verify a webhook")
        self._validator = RequestValidator(auth_token)
        self._base = public_base_url.rstrip("/")

    def genuine(self, environ: Mapping[str, Any], form: Any, signature: str | None) -> bool:
        """Whether ``signature`` signs this request. ``form`` is the multi-valued form itself, never a flat copy."""
        if not signature:
            return False
        return bool(self._validator.validate(self._base + raw_path(environ), form, signature))


def raw_path(environ: Mapping[str, Any]) -> str:
    """The path and query exactly as they came over the wire."""
    raw = environ.get("RAW_URI") or environ.get("REQUEST_URI")
    if isinstance(raw, str) and raw.startswith("/"):
        return raw
    query = environ.get("QUERY_STRING", "")
    return str(environ.get("PATH_INFO", "")) + (f"?{query}" if query else "")

"""The carrier's webhooks as bytes ready to send: built and signed before any clock starts."""

import base64
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

AUTH_TOKEN = "0123456789abcdef0123456789abcdef"
PUBLIC_BASE_URL = "https://line.example.com"
OK, NO_CONTENT = b"HTTP/1.1 200 ", b"HTTP/1.1 204 "


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """One request and what its answer must look like. ``request`` makes the bytes; it takes the id of the ring, because
    the two webhooks of a screening carry it in their URL and it is known only from an earlier answer."""

    name: str
    request: Callable[[int], bytes]
    late: bool = False
    status: bytes = OK
    marker: bytes = b""


Call: TypeAlias = tuple[Webhook, ...]


def prepared(
    name: str, path: str, fields: Mapping[str, str], *, status: bytes = OK, marker: str = ""
) -> Webhook:
    """A webhook whose URL is known: its bytes are complete."""
    wire = _wire(path, _signed_part(fields), urlencode(fields).encode())
    return Webhook(name=name, request=lambda _: wire, status=status, marker=marker.encode())


def prepared_but_for_the_ring(name: str, path: str, fields: Mapping[str, str], *, marker: str = "") -> Webhook:
    """A webhook whose ``path`` has a gap for the ring's id: its form is ready, its signature is made when sent."""
    part, body = _signed_part(fields), urlencode(fields).encode()
    return Webhook(
        name=name, request=lambda ring: _wire(path.format(ring=ring), part, body), late=True, marker=marker.encode()
    )


def signature(url: str, signed_part: bytes) -> bytes:
    """Twilio's signature, by the standard library: thrice as fast as the vendor's, which is used to check it once."""
    return base64.b64encode(hmac.digest(AUTH_TOKEN.encode(), url.encode() + signed_part, "sha1"))


def check_the_signer() -> None:
    """Raises AssertionError unless the vendor's library signs alike."""
    url, fields = f"{PUBLIC_BASE_URL}/voice/turn/1", {"To": "+12025550150", "Digits": "1#", "From": "+49 ü"}
    expected = RequestValidator(AUTH_TOKEN).compute_signature(url, fields)
    assert signature(url, _signed_part(fields)).decode() == expected


def _signed_part(fields: Mapping[str, str]) -> bytes:
    return "".join(name + fields[name] for name in sorted(fields)).encode()


def _wire(path: str, signed_part: bytes, body: bytes) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: line.example.com\r\nUser-Agent: TwilioProxy/1.1\r\nConnection: close\r\n"
        "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\nAccept: */*\r\n"
        f"Content-Length: {len(body)}\r\nX-Twilio-Signature: "
    )
    return head.encode() + signature(PUBLIC_BASE_URL + path, signed_part) + b"\r\n\r\n" + body

"""Facts handed to the servers of webhooks, signed as the Standard Webhooks specification says.

Source: https://www.standardwebhooks.com, "Signature scheme": v1, base64 of HMAC-SHA256 over ``id.timestamp.body``.
"""

import base64
import hashlib
import hmac
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from ivr.internet import Internet, OutOfBounds, in_brief, request_target
from ivr.line.ports import RetryLater

SECONDS = 5.0
"""For one answer: the worker that waits for it has mails to send."""
MOST_READ = 65_536


class WebhookPosts:
    """Sends facts to whatever servers ``internet`` lets us reach."""

    def __init__(self, internet: Internet, seconds: float = SECONDS) -> None:
        self._internet = internet
        self._seconds = seconds

    def post(self, url: str, secret: str, name: str, body: str, at: int) -> int:
        """Hand over ``body``, the fact called ``name``, at Unix time ``at``; the status that was answered. Raises
        RetryLater when there was no answer; its message does not quote the url, which may hold a secret."""
        address = urlsplit(url)
        headers = {
            "Content-Type": "application/json", "User-Agent": "escalation-line", "Host": address.netloc,
            "webhook-id": name, "webhook-timestamp": str(at), "webhook-signature": signature(secret, name, at, body),
        }  # fmt: skip
        try:
            with self._internet.pool(address) as pool:
                return self._sent(pool, request_target(address), body.encode(), headers)
        except OutOfBounds as error:
            raise RetryLater(str(error)) from None
        except (HTTPError, OSError) as error:
            raise RetryLater(f"its server cannot be reached ({in_brief(error)})") from None

    def _sent(self, pool: urllib3.HTTPConnectionPool, target: str, body: bytes, headers: dict[str, str]) -> int:
        answer = pool.urlopen(
            "POST", target, body=body, headers=headers, redirect=False, retries=False, preload_content=False,
            timeout=urllib3.Timeout(total=self._seconds),
        )  # fmt: skip
        try:
            answer.read1(MOST_READ)
            return answer.status
        finally:
            answer.close()


def signature(secret: str, name: str, at: int, body: str) -> str:
    """What proves that we sent the fact: whoever has the secret reckons the same."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(key, f"{name}.{at}.{body}".encode(), hashlib.sha256)
    return f"v1,{base64.b64encode(mac.digest()).decode()}"

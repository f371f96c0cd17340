"""What the account owns: numbers, and the messages it has sent."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True, kw_only=True)
class Message:
    """A text message of the account; ``status`` as in the vendor's Message resource."""

    sid: str
    sender: str
    receiver: str
    text: str
    created: datetime
    status: str = "queued"
    error_code: int | None = None
    callback: str = ""


@dataclass(slots=True, kw_only=True)
class Line:
    """An incoming number of the account."""

    sid: str
    number: str
    voice_url: str
    voice_method: str = "POST"
    voice_fallback_url: str | None = None
    status_callback: str | None = None
    sms_url: str | None = None
    name: str = ""

"""Links in mails and texts: signed, so that nobody can make one up, and good for a while only."""

from dataclasses import dataclass
from enum import Enum

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600

SOUND = "sound.wav"
"""What the address of a link that leads to a message is continued by for its sound alone."""


class Page(Enum):
    """What a link leads to."""

    TICKET = "ticket"      # read about the ticket
    TAKE_IT = "take-it"    # be rung now, while the ladder still rings
    WRAP_UP = "wrap-up"    # say how it goes on after a talk
    LISTEN = "listen"      # hear a message that was left


GOOD_FOR = {Page.TICKET: 24 * HOUR, Page.TAKE_IT: 30 * MINUTE, Page.WRAP_UP: 24 * HOUR, Page.LISTEN: 14 * DAY}
"""Seconds. Whoever finds an old mail must not ring people by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """``about`` is the id of a ring (ticket, wrap-up), of an attempt (take-it), of a message (listen); ``person`` is a
    key of the routing."""

    page: Page
    about: int
    person: str = ""

    @property
    def nonce(self) -> str:
        """What it is used up under."""
        return f"{self.page.value}/{self.about}/{self.person}"


class Expired(Exception):
    """A link of ours that is too old."""


class Links:
    """Makes and reads links; ``base_url`` is where browsers reach us."""

    def __init__(self, secret_key: str, base_url: str) -> None:
        self._serializer = URLSafeTimedSerializer(secret_key, salt="desk link")
        self._base = base_url.rstrip("/")

    def url(self, link: Link) -> str:
        """The address to send."""
        return f"{self._base}/desk/{self._serializer.dumps([link.page.value, link.about, link.person])}"

    def read(self, token: str) -> Link | None:
        """What a token leads to; None for one we never made. Raises Expired."""
        try:
            name, about, person = self._serializer.loads(token)
            page = Page(name)
            self._serializer.loads(token, max_age=GOOD_FOR[page])
        except SignatureExpired:
            raise Expired from None
        except (BadSignature, ValueError, TypeError):
            return None
        return Link(page=page, about=int(about), person=str(person))

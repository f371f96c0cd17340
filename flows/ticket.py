"""The ticket as the line knows it, whatever system it lives in."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, IntEnum


class Status(Enum):
    """Where the ticket stands, in the article's terms; every connector maps its own states onto these."""

    OPEN = "open"
    WAITING_FOR_REQUESTER = "waiting-for-requester"
    RESOLVED_PENDING = "resolved-pending-confirmation"
    CLOSED = "closed"


class Severity(IntEnum):
    """How bad it is for the customer; the shift manager may change it, so the current one counts (article 5850)."""

    URGENT = 1
    HIGH = 2
    NORMAL = 3
    LOW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One support ticket, as read from the ticket system a moment ago. Instants are aware UTC.

    ``number`` is what a customer keys (digits only); ``contact_numbers`` are the requester's phones in E.164;
    ``time_zone`` is the requester's IANA zone, empty when the ticket system does not know it; ``account_manager``
    whether the customer has a technical account manager.
    """

    number: str
    subject: str
    organisation: str
    requester: str
    program: str
    severity: Severity
    product: str
    status: Status
    opened_at: datetime
    updated_at: datetime
    region: str = ""
    contact_numbers: tuple[str, ...] = ()
    time_zone: str = ""
    account_manager: bool = False

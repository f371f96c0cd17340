"""Mails as the telephones show them."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import getaddresses

from ivr.emulator.mail_sink import text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MailArrived:
    """A mail for one receiver. ``handset`` is the number of his telephone, empty when nobody here has that address."""

    at: datetime
    handset: str
    receiver: str
    sender: str
    subject: str
    text: str


def receivers_of(mail: EmailMessage) -> list[str]:
    """The addresses in To and Cc."""
    headers = [str(value) for name in ("To", "Cc") for value in mail.get_all(name, [])]
    return [address for _, address in getaddresses(headers) if address]


def arrived(mail: EmailMessage, receiver: str, handset: str, at: datetime) -> MailArrived:
    """One receiver's copy."""
    return MailArrived(
        at=at, handset=handset, receiver=receiver, sender=str(mail.get("From", "")),
        subject=str(mail.get("Subject", "")), text=text_of(mail),
    )  # fmt: skip

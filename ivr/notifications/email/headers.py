"""Headers that carry foreign text. Folding them is done here, because the standard library's new header types lose
blanks between encoded words, and decode "=?…?=" in what they are given: so a customer's text could add a header."""

from email import policy
from email.header import Header
from email.headerregistry import (
    Address,
    HeaderRegistry,
    UniqueSingleAddressHeader,
    UniqueUnstructuredHeader,
)
from email.policy import EmailPolicy
from typing import Any


class _Subject(UniqueUnstructuredHeader):
    def fold(self, *, policy: EmailPolicy) -> str:
        words = Header(str(self), header_name="Subject").encode(linesep=policy.linesep)
        return f"Subject: {words}{policy.linesep}"


class _Mailbox(UniqueSingleAddressHeader):
    name: str

    def fold(self, *, policy: EmailPolicy) -> str:
        return f"{self.name}: {_mailbox(self.address, policy.linesep)}{policy.linesep}"


def _mailbox(address: Address, linesep: str) -> str:
    if address.display_name.isascii():
        return str(address)
    return f"{Header(address.display_name).encode(linesep=linesep)}{linesep} <{address.addr_spec}>"


# The registry mixes these with its own base class, which their declared types do not show.
_OURS: dict[str, Any] = {"subject": _Subject, "from": _Mailbox, "to": _Mailbox}


def _registry() -> HeaderRegistry:
    registry = HeaderRegistry()
    for name, kind in _OURS.items():
        registry.map_to_type(name, kind)
    return registry


ANY_SERVER = policy.SMTP.clone(cte_type="7bit", header_factory=_registry())
"""For every server on the way: bodies are encoded to ASCII, because not all of them take 8 bits."""

"""Mail addresses: checked before a server sees them, and never written in full where operators read."""

import re
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import parseaddr

from ivr.line.foreign_text import header_text

LONGEST_ADDRESS = 254
ANY_ADDRESS = re.compile(r"[^\s<>@,;:\"]+@")


class AddressError(ValueError):
    """Not one plain mail address."""


def address(text: str, display_name: str = "") -> Address:
    """The one address in ``text``, "name@host" or "Name <name@host>"; international domains become ASCII.

    Laxer than most checks about the domain, because intranet hosts have no dot; stricter about the user, who must be
    ASCII, because a single server on the way without SMTPUTF8 would lose the mail. Raises AddressError.
    """
    if any(char in text for char in ",;\r\n"):
        raise AddressError("more than one address, or a line break")
    name, spec = parseaddr(text)
    try:
        parsed = Address(header_text(name or display_name), addr_spec=spec)
        ascii_domain = parsed.domain.encode("idna").decode("ascii")
    except (ValueError, IndexError, HeaderParseError) as error:
        raise AddressError("not an address") from error
    if not parsed.username or not ascii_domain or len(spec) > LONGEST_ADDRESS or not spec.isprintable() or " " in spec:
        raise AddressError("not an address")
    return Address(parsed.display_name, parsed.username, ascii_domain)


def masked(spec: str) -> str:
    """An address an operator recognises and a log may hold: "a***@example.com"."""
    user, _, domain = spec.partition("@")
    return f"{user[:1]}***@{domain}"


def scrubbed(text: str) -> str:
    """A server's words with the users of all addresses in it hidden."""
    return ANY_ADDRESS.sub("***@", text)

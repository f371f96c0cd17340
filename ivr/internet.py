"""The internet, told from our own house: where the line asks or tells a server that others have named.

Such an address comes from people who may not look into the machine's network. So the name is looked up once, every
address it has must be one of the internet, and the connection goes to exactly the one that was looked at: a name that
answers differently the second time gains nothing.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult

import urllib3

Lookup = Callable[..., Sequence[tuple[Any, ...]]]


class OutOfBounds(Exception):
    """A server that cannot or must not be asked. The message says why, and does not quote the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Internet:
    """What may be reached. ``private`` allows addresses that are not of the internet; ``setting`` is what people set
    for that. ``look_up`` finds the addresses of a name; ``trusted`` says whose certificates are believed."""

    setting: str
    private: bool = False
    look_up: Lookup = socket.getaddrinfo
    trusted: ssl.SSLContext | None = field(default=None)

    def pool(self, address: SplitResult) -> urllib3.HTTPConnectionPool:
        """A connection to exactly the address behind the name. Raises OutOfBounds."""
        assert address.hostname is not None
        if address.scheme == "http" and not self.private:
            raise OutOfBounds(f"it is not reached over https; {self.setting} would allow that")
        number = self._checked(address)
        if address.scheme == "http":
            return urllib3.HTTPConnectionPool(number, address.port or 80)
        return urllib3.HTTPSConnectionPool(
            number, address.port or 443, ssl_context=self.trusted or ssl.create_default_context(),
            server_hostname=address.hostname, assert_hostname=address.hostname,
        )  # fmt: skip

    def _checked(self, address: SplitResult) -> str:
        port = address.port or (80 if address.scheme == "http" else 443)
        try:
            found = self.look_up(address.hostname, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise OutOfBounds("nobody knows its server's name") from None
        numbers = [str(each[4][0]) for each in found]
        if not self.private and not all(map(of_the_internet, numbers)):
            raise OutOfBounds(f"its server is on a private network; {self.setting} would allow that")
        return numbers[0]


def of_the_internet(number: str) -> bool:
    """Whether an IP address is one that anybody can reach, however it is wrapped up."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return of_the_internet(str(inner))
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return of_the_internet(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
    return address.is_global and not address.is_multicast


def request_target(address: SplitResult) -> str:
    """The path and query of an address, as they are asked for."""
    return f"{address.path or '/'}{'?' + address.query if address.query else ''}"


def in_brief(error: Exception) -> str:
    """What went wrong with a connection, in a word and without the address."""
    return type(error).__name__

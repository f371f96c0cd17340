"""What the admin asks of an identity provider: to say who somebody is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class ProviderSilent(Exception):
    """The provider cannot be reached, or answers what no provider should. Later it may be well again."""


class NotVouched(Exception):
    """Nobody is vouched for: the way back was forged, old or used, or what the provider said does not hold. The
    message is for the log; to the visitor the way on is the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """On the way to the provider and back: which page was wanted, and whether a form waits in the browser's tab."""

    wanted: str
    form_waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Somebody the provider vouches for, by the name users have here."""

    name: str
    trip: Trip


class IdentityProvider(Protocol):
    """A provider, within one request of the browser that is to be signed in."""

    @property
    def label(self) -> str:
        """What people call it."""

    def send_off(self, trip: Trip, at: datetime) -> str:
        """The provider's address to send the browser to. Raises ProviderSilent."""

    def welcome(self, at: datetime) -> Arrival:
        """Who has come back with this request. Raises ProviderSilent and NotVouched."""

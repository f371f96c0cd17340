"""Calls that stay inside the account: the leg that goes out to one of its own lines and the leg that arrives there are
the two ends of one trunk (``across``). What is said, played and pressed at one end comes out of the other.

Assumed throughout: no public source describes such a call beyond the two legs it bills.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ivr.emulator.legs import Leg
    from ivr.emulator.phone import Phone


def reached(leg: "Leg") -> list["Leg"]:
    """The legs whose documents receive what this leg's telephone says and presses: its own, and those across."""
    found: list[Leg] = []
    _reach(leg, found)
    return found


def _reach(leg: "Leg", found: list["Leg"]) -> None:
    if leg in found:
        return  # two ends of one trunk in one conference
    found.append(leg)
    for other in _listeners(leg):
        if other.across is not None:
            _reach(other.across, found)


def hearers(leg: "Leg") -> list["Phone"]:
    """The telephones that hear this leg's telephone speak."""
    return [other.phone for one in reached(leg) for other in _listeners(one) if other.phone not in (None, leg.phone)]


def ears(leg: "Leg") -> list["Phone"]:
    """The telephones that hear what is played to this leg."""
    if leg.phone is not None:
        return [leg.phone]
    return hearers(leg.across) if leg.across is not None else []


def _listeners(leg: "Leg") -> Iterator["Leg"]:
    return iter(leg.mix.listeners(leg) if leg.mix is not None else ())

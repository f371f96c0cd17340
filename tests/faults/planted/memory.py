"""Bugs against I14: what was said and not written down."""

from contextlib import AbstractContextManager
from unittest.mock import patch

from db.repositories.claims import Claims
from db.repositories.rings import Rings
from ivr.line import callbacks, messages
from tests.faults.planted import scripts
from tests.faults.planted.bug import planted


@planted("I14", scripts.a_manager_promises)
def promises_are_forgotten() -> AbstractContextManager[object]:
    """A manager's promise is confirmed and not stored."""
    return patch.object(Rings, "state", lambda *_: None)


@planted("I14", scripts.a_manager_passes_it_on)
def passing_on_is_forgotten() -> AbstractContextManager[object]:
    """A manager is thanked for passing the call on, and nobody writes it down."""
    return patch.object(Rings, "decline", lambda *_: True)


@planted("I14", scripts.a_manager_asks_for_quiet_and_the_caller_for_the_next_level)
def quiet_is_forgotten() -> AbstractContextManager[object]:
    """A manager is told that the phones rest, and they do not."""
    return patch.object(Claims, "quiet", lambda *_: None)


@planted("I14", scripts.a_caller_on_hold_leaves_a_message)
def messages_are_forgotten() -> AbstractContextManager[object]:
    """A caller is thanked for a message, and nobody keeps it."""
    return patch.object(messages, "keep", lambda *_: None)


@planted("I14", scripts.a_caller_on_hold_is_called_back)
def callbacks_are_forgotten() -> AbstractContextManager[object]:
    """A caller is told that the line will call, and nobody writes it down."""
    return patch.object(callbacks, "want", lambda *_: None)

"""Bugs against I6 and I7: who is put through, and who stops ringing."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

from flows.flow import Flow
from flows.heard import Digits, Heard, Silence
from ivr.line import bookkeeping, leg_orders
from tests.faults.planted import scripts
from tests.faults.planted.answers import documents
from tests.faults.planted.bug import planted


@contextmanager
def screening_hears(changed: Callable[[Heard], Heard]) -> Iterator[None]:
    """The manager's key question is told something else than was heard."""
    take = Flow.take

    def misheard(self: Flow[Any], call: Any, heard: Heard) -> Any:
        asked = self.name == "call_screening" and call.step == "key"
        return take(self, call, changed(heard) if asked else heard)

    with patch.object(Flow, "take", misheard):
        yield


@planted("I6", scripts.a_mailbox_answers)
def silence_accepts() -> AbstractContextManager[object]:
    """Silence counts as the key: a mailbox is put through."""
    return screening_hears(lambda heard: Digits(at=heard.at, keys="1") if isinstance(heard, Silence) else heard)


@planted("I6", scripts.a_manager_passes_it_on)
def any_key_accepts() -> AbstractContextManager[object]:
    """Any key counts as the one that accepts."""
    return screening_hears(lambda heard: Digits(at=heard.at, keys="1") if isinstance(heard, Digits) else heard)


@planted("I6", scripts.a_mailbox_answers, ring_mode="dial")
def no_screening() -> AbstractContextManager[object]:
    """Phones are dialled without a document that screens."""
    return documents(lambda document: re.sub(r' url="[^"]*/voice/screening/\d+"', "", document))


@planted("I6", scripts.two_callers_wait)
def one_queue_for_all() -> AbstractContextManager[object]:
    """All callers wait in one queue: the manager joins whoever has waited longest."""
    return documents(lambda document: re.sub(r"attempt-\d+", "attempt-0", document))


@planted("I7", scripts.one_of_three_accepts)
def orders_to_stop_are_lost() -> AbstractContextManager[object]:
    """No order to stop a phone ever reaches the carrier."""
    return patch.object(leg_orders, "_stop", lambda *_: None)


@planted("I7", scripts.one_of_three_accepts)
def nobody_is_told_to_stop() -> AbstractContextManager[object]:
    """When somebody accepts the other rings are left as they are."""
    return patch.object(bookkeeping, "_stop_rings", lambda *_: None)

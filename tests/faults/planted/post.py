"""Bugs against I10: mails that are never sent, or never known as repeats."""

import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

from db.repositories.outbox import Message
from ivr.line import bookkeeping
from ivr.line.dispatcher import Dispatcher
from ivr.notifications.email import message
from tests.faults.planted import scripts
from tests.faults.planted.bug import planted


@planted("I10", scripts.nobody_answers)
def nobody_is_mailed() -> AbstractContextManager[object]:
    """An escalation is accepted, and no mail is put into the outbox."""
    return patch.object(bookkeeping, "notify", lambda *_: None)


@planted("I10", scripts.the_mail_servers_answer_is_lost)
def every_copy_is_news() -> AbstractContextManager[object]:
    """Every copy of a mail has a Message-ID of its own."""
    return patch.object(message, "message_id", lambda key, domain: f"<{secrets.token_hex(8)}@{domain}>")


@planted("I10", scripts.the_mail_server_is_down_for_an_hour)
@contextmanager
def given_up_at_once() -> Iterator[None]:
    """A mail that cannot be delivered now is never tried again."""

    def careless(self: Dispatcher, letter: Message, *_: Any) -> None:
        self._mark_sent(letter)

    with patch.object(Dispatcher, "_put_off", careless):
        yield

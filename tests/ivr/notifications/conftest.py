"""Mail servers for the stories of this folder."""

import ssl
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ivr.notifications.email.channel import EmailChannel
from tests.ivr.notifications.sink import MailSink
from tests.ivr.notifications.stories import channel_to


@pytest.fixture
def open_sink() -> Iterator[Callable[..., MailSink]]:
    """Opens mail servers and closes them after the test."""
    opened: list[MailSink] = []

    def open_one(tls_from_the_start: ssl.SSLContext | None = None, **options: Any) -> MailSink:
        opened.append(MailSink(**options).open(tls_from_the_start))
        return opened[-1]

    yield open_one
    for sink in opened:
        sink.close()


@pytest.fixture
def sink(open_sink: Callable[..., MailSink]) -> MailSink:
    return open_sink()


@pytest.fixture
def channel(sink: MailSink) -> EmailChannel:
    return channel_to(sink)

"""A mail server that keeps every mail: what was sent can be read, nothing ever leaves the machine."""

from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class _AnyPort(Controller):
    """The library checks that it listens by calling the port it was given; a free port is known only afterwards."""

    def _trigger_server(self) -> None:
        listening: Any = self.server
        self.port = listening.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


class MailSink:
    """An SMTP server on a thread of its own; ``mails`` are the mails received, in order."""

    def __init__(self, host: str, port: int = 0) -> None:
        self.mails: list[EmailMessage] = []
        self.subscribers: list[Callable[[EmailMessage], None]] = []
        self._controller = _AnyPort(self, hostname=host, port=port)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._controller.port)

    async def handle_DATA(self, server: SMTP, connection: Session, envelope: Envelope) -> str:  # noqa: N802
        """Called by the SMTP library with each complete mail."""
        mail = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        for told in self.subscribers:
            told(mail)
        return "250 kept"

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()


def text_of(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    body: Any = mail.get_body(("plain",))
    return str(body.get_content()) if body is not None else ""

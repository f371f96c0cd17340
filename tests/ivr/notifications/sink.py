"""A real mail server in the test process, which takes mails, refuses, hangs up or falls silent as it is told."""

import asyncio
import ssl
import threading
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

SILENCE = "(silence)"
DROP = "(drop)"
LOST_ANSWER = "(taken, answer lost)"


class MailSink:
    """Takes mails on a free port. ``script[verb]`` holds what to answer next to that verb; an empty list: all is well.

    ``mails`` are the messages taken, in order; ``envelopes`` who sent them to whom; ``logins`` the accepted names.
    """

    def __init__(self, tls: ssl.SSLContext | None = None, login: tuple[str, str] | None = None) -> None:
        self.script: dict[str, list[str]] = {}
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.logins: list[str] = []
        self.encrypted: list[bool] = []
        self._options: dict[str, Any] = {
            "tls_context": tls, "auth_require_tls": tls is not None, "hostname": "sink.test",
        }
        if login:
            self._options["authenticator"] = self._authenticator(login)
        self._loop = asyncio.new_event_loop()
        self._released = asyncio.Event()
        self._protocols: list[SMTP] = []
        self._thread = threading.Thread(target=self._loop.run_forever)

    def open(self, tls_from_the_start: ssl.SSLContext | None = None) -> Self:
        self._thread.start()
        listening = self._loop.create_server(self._protocol, "127.0.0.1", 0, ssl=tls_from_the_start)
        self._server = asyncio.run_coroutine_threadsafe(listening, self._loop).result(60)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._wind_down(), self._loop).result(60)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)
        self._loop.close()

    async def _wind_down(self) -> None:
        self._released.set()
        self._server.close()
        for protocol in self._protocols:
            cut(protocol)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._server.wait_closed()

    def _protocol(self) -> SMTP:
        protocol = SMTP(self, loop=self._loop, **self._options)
        self._protocols.append(protocol)
        return protocol

    def _authenticator(self, login: tuple[str, str]) -> Callable[..., AuthResult]:
        def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, auth: Any) -> AuthResult:
            accepted = (auth.login.decode(), auth.password.decode()) == login
            if accepted:
                self.logins.append(login[0])
            return AuthResult(success=accepted, handled=False)

        return check

    async def _answer(self, verb: str, server: SMTP) -> str:
        answers = self.script.get(verb, [])
        answer = answers.pop(0) if answers else ""
        if answer == SILENCE:
            await self._released.wait()
        if answer in (DROP, LOST_ANSWER):
            cut(server)
        return answer

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        answer = await self._answer("EHLO", server)
        return [answer] if answer else responses

    async def handle_HELO(self, server: SMTP, session: Session, envelope: Envelope, hostname: str) -> str:  # noqa: N802
        session.host_name = hostname
        return await self._answer("EHLO", server) or "250 sink.test"

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = await self._answer("MAIL", server)
        if not answer:
            envelope.mail_from = address
        return answer or "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = await self._answer("RCPT", server)
        if not answer:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = await self._answer("DATA", server)
        if answer in ("", LOST_ANSWER):
            self._take(session, envelope)
        return answer or "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        return await self._answer("QUIT", server) or "221 Bye"

    def _take(self, session: Session, envelope: Envelope) -> None:
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.raw.append(content)
        self.mails.append(message)
        self.envelopes.append((str(envelope.mail_from), list(envelope.rcpt_tos)))
        self.encrypted.append(session.ssl is not None)


def cut(protocol: SMTP) -> None:
    """End the connection without a word."""
    if isinstance(protocol.transport, asyncio.Transport):
        protocol.transport.abort()

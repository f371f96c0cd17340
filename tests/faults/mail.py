"""A mail server without a socket: it takes mails, refuses them, or loses its answer, as it is told."""

import smtplib
from email.message import EmailMessage
from enum import Enum

from tests.faults.death import Died


class Post(Enum):
    """How the mail server answers."""

    UP = "up"
    DOWN = "down"                      # nobody listens
    LATER = "later"                    # 451 after DATA
    NEVER = "never"                    # 550: this recipient is not known here
    ANSWER_LOST = "answer-lost"        # takes the mail, then the connection breaks
    SENDER_DIES = "sender-dies"        # takes the mail, and the worker that sent it is killed before it knows


class MailServer:
    """Keeps what it took. ``doubts`` counts the times when the sender could not know whether it had been taken,
    ``refused`` the mails it will never take."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.doubts = self.refused = 0
        self.manner = Post.UP

    def connection(self, host: str, port: int, timeout: float) -> "_Connection":
        """What ``smtplib.SMTP`` would give."""
        if self.manner is Post.DOWN:
            raise ConnectionRefusedError("connection refused")
        return _Connection(self)

    def take(self, message: EmailMessage, recipient: str) -> None:
        """The whole dialogue for one mail."""
        if self.manner is Post.LATER:
            raise smtplib.SMTPDataError(451, b"try again later")
        if self.manner is Post.NEVER:
            self.refused += 1
            raise smtplib.SMTPRecipientsRefused({recipient: (550, b"no such user")})
        self.mails.append(message)
        manner, self.manner = self.manner, Post.UP if self._is_an_accident else self.manner
        if manner is Post.ANSWER_LOST:
            self.doubts += 1
            raise smtplib.SMTPServerDisconnected("connection lost")
        if manner is Post.SENDER_DIES:
            self.doubts += 1
            raise Died

    @property
    def _is_an_accident(self) -> bool:
        return self.manner in {Post.ANSWER_LOST, Post.SENDER_DIES}


class _Connection:
    """As much of ``smtplib.SMTP`` as the channel uses."""

    def __init__(self, server: MailServer) -> None:
        self._server = server

    def ehlo_or_helo_if_needed(self) -> None:
        """Nothing to introduce."""

    def send_message(self, message: EmailMessage, sender: str, recipients: list[str]) -> None:
        """Hand over one mail."""
        for recipient in recipients:
            self._server.take(message, recipient)

    def quit(self) -> None:
        """Say goodbye."""

    def close(self) -> None:
        """Nothing to close."""

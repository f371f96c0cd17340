"""The e-mail channel: a notice becomes a mail, the mail goes to the configured server."""

from email.headerregistry import Address

from flows.prompts.rewording import NONE, Rewordings
from ivr.line.mail_addresses import AddressError, address
from ivr.line.ports import CalendarWarning, LineTroubles, Notice, Recipient, Rejected, RetryLater
from ivr.notifications.email.delivery import MailServer
from ivr.notifications.email.message import compose, compose_warning


class EmailChannel:
    """Tells people by mail. One connection per mail: a server that drops idle clients costs nothing.

    ``timeout`` is in seconds and counts for each answer of the server. Port 465 speaks TLS from the start; a login
    is tried when there is a ``username``.
    """

    def __init__(
        self,
        *,
        host: str,
        port: int = 25,
        username: str = "",
        password: str = "",
        starttls: bool = False,
        mail_from: str,
        timeout: float = 10,
    ) -> None:
        self._server = MailServer(
            host=host, port=port, username=username, password=password, starttls=starttls, timeout=timeout
        )
        self._mail_from = mail_from

    def send(self, notice: Notice, reworded: Rewordings = NONE) -> None:
        """Hand ``notice`` to the mail server, in the words of ``reworded`` where it has some.

        Raises RetryLater or Rejected; the message names what to mend.
        """
        recipient, sender = self._ends(notice)
        mail = compose(notice, sender, recipient, reworded)
        self._server.deliver(mail, sender.addr_spec, recipient.addr_spec)

    def warn(self, warning: CalendarWarning | LineTroubles, reworded: Rewordings = NONE) -> None:
        """Hand ``warning`` to the mail server, worded likewise. Raises RetryLater or Rejected."""
        recipient, sender = self._ends(warning)
        mail = compose_warning(warning, sender, recipient, reworded)
        self._server.deliver(mail, sender.addr_spec, recipient.addr_spec)

    def _ends(self, letter: Notice | CalendarWarning | LineTroubles) -> tuple[Address, Address]:
        if not self._server.host:
            raise RetryLater("SMTP_HOST is not set: mails wait in the outbox until it names a mail server")
        return _recipient(letter.recipient), self._sender(letter.company)

    def _sender(self, company: str) -> Address:
        try:
            return address(self._mail_from, display_name=company)
        except AddressError as error:
            raise RetryLater(f"MAIL_FROM cannot be used as a sender: {error}") from error


def _recipient(recipient: Recipient) -> Address:
    if not recipient.address:
        raise Rejected("the shift manager has no mail address: add one, then send this notice again")
    try:
        return address(recipient.address, display_name=recipient.name)
    except AddressError as error:
        raise Rejected(f"the shift manager's mail address cannot be used: {error}; mend it, then send again") from error

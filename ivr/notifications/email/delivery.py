"""Handing one mail to the mail server, and what each of its refusals means."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage

from ivr.line.foreign_text import one_line
from ivr.line.mail_addresses import masked, scrubbed
from ivr.line.ports import Rejected, RetryLater

TLS_FROM_THE_START = 465
PERMANENT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """The mail server of the house. ``timeout`` is in seconds, for each answer of the server."""

    host: str
    port: int
    username: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = False
    timeout: float = 10

    def deliver(self, message: EmailMessage, sender: str, recipient: str) -> None:
        """Hand ``message`` over. Raises RetryLater or Rejected with a sentence that says what to mend.

        A server that takes the mail and then loses its answer leaves us in doubt: that is RetryLater, and the
        stable Message-ID tells the receiver that the second copy is a repeat.
        """
        smtp = self._open()
        try:
            smtp.send_message(message, sender, [recipient])
        except (smtplib.SMTPException, OSError) as error:
            raise self._verdict(error, masked(recipient)) from error
        finally:
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
            smtp.close()

    def _open(self) -> smtplib.SMTP:
        try:
            smtp = self._dial()
        except (smtplib.SMTPException, OSError) as error:
            raise RetryLater(f"{self._place()} does not answer as a mail server ({_reason(error)})") from error
        try:
            self._introduce(smtp)
        except (smtplib.SMTPException, OSError) as error:
            smtp.close()
            raise RetryLater(self._introduction_failed(error)) from error
        return smtp

    def _dial(self) -> smtplib.SMTP:
        if self.port == TLS_FROM_THE_START:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=self.timeout)

    def _introduce(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo_or_helo_if_needed()
        if self.starttls and self.port != TLS_FROM_THE_START:
            smtp.starttls(context=ssl.create_default_context())
        if self.username:
            smtp.login(self.username, self.password)

    def _introduction_failed(self, error: Exception) -> str:
        match error:
            case smtplib.SMTPAuthenticationError():
                return f"{self._place()} refused the login ({error.smtp_code}): check SMTP_USERNAME and SMTP_PASSWORD"
            case smtplib.SMTPNotSupportedError():
                return f"{self._place()} lacks what we ask for ({error}): check SMTP_STARTTLS and SMTP_USERNAME"
            case ssl.SSLCertVerificationError():
                return f"the certificate of {self._place()} is not trusted: {one_line(error.verify_message)}"
            case _:
                return f"{self._place()} broke off the greeting ({_reason(error)})"

    def _verdict(self, error: Exception, recipient: str) -> RetryLater | Rejected:
        match error:
            case smtplib.SMTPRecipientsRefused():
                code, words = next(iter(error.recipients.values()))
                return _by_code(code, f"{self._place()} refused the recipient {recipient}: {_said(code, words)}")
            case smtplib.SMTPDataError():
                refusal = _said(error.smtp_code, error.smtp_error)
                return _by_code(error.smtp_code, f"{self._place()} refused the mail to {recipient}: {refusal}")
            case smtplib.SMTPSenderRefused():
                refusal = _said(error.smtp_code, error.smtp_error)
                return RetryLater(f"{self._place()} refused the sender: {refusal}; check MAIL_FROM")
            case _:
                return RetryLater(f"{self._place()} broke off ({_reason(error)})")

    def _place(self) -> str:
        return f"{self.host}:{self.port}"


def _by_code(code: int, sentence: str) -> RetryLater | Rejected:
    return Rejected(sentence) if code >= PERMANENT else RetryLater(sentence)


def _reason(error: Exception) -> str:
    match error:
        case smtplib.SMTPResponseException():
            return _said(error.smtp_code, error.smtp_error)
        case TimeoutError():
            return "timed out"
        case _:
            return scrubbed(one_line(str(error)))


def _said(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {scrubbed(one_line(words))}"

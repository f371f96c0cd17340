"""One mail: headers, text and HTML."""

from email.headerregistry import Address
from email.message import EmailMessage
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from flows.prompts.rewording import NONE, Rewordings
from ivr.line.foreign_text import header_text
from ivr.line.ports import CalendarWarning, LineTroubles, Notice
from ivr.notifications.email.headers import ANY_SERVER
from ivr.notifications.email.warning_words import WarningWording, warning_wording
from ivr.notifications.email.wording import wording

BANDS = {
    "escalation-accepted": "#c77700",
    "nobody-reached": "#b3261e",
    "nobody-on-duty": "#b3261e",
    "level-informed": "#0b6b5e",
    "ticket-system-down": "#b3261e",
    "message-left": "#c77700",
    "callback-failed": "#c77700",
    "promise-broken": "#b3261e",
    "terms-missing": "#0b6b5e",
    "test": "#0b6b5e",
}

_templates = Environment(
    loader=PackageLoader(__package__),
    autoescape=select_autoescape(["html"], default=False),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def compose(
    notice: Notice, sender: Address, recipient: Address, reworded: Rewordings = NONE
) -> EmailMessage:
    """The mail for ``notice``. Message-ID and Date depend on the notice alone, so that a repeat is known as one."""
    mail = wording(notice, reworded)
    message = _headed(notice, mail.subject, sender, recipient)
    message.set_content(_templates.get_template("mail.txt").render(mail=mail))
    message.add_alternative(_templates.get_template("mail.html").render(mail=mail, band=BANDS), subtype="html")
    message["Content-Language"] = mail.language
    return message


def compose_warning(
    warning: CalendarWarning | LineTroubles, sender: Address, recipient: Address, reworded: Rewordings = NONE
) -> EmailMessage:
    """The mail about a calendar that cannot be had, or about the line itself: plain text, for it is about settings."""
    mail = warning_wording(warning, reworded)
    message = _headed(warning, mail.subject, sender, recipient)
    message.set_content(_plain(mail))
    message["Content-Language"] = mail.language
    return message


def _headed(
    letter: Notice | CalendarWarning | LineTroubles, subject: str, sender: Address, recipient: Address
) -> EmailMessage:
    message = EmailMessage(policy=ANY_SERVER)
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = header_text(subject)
    message["Date"] = letter.at
    message["Message-ID"] = message_id(letter.key, sender.domain)
    message["Auto-Submitted"] = "auto-generated"
    return message


def preview(letter: Notice | CalendarWarning | LineTroubles, reworded: Rewordings) -> tuple[str, str]:
    """The subject and the text of the mail for ``letter``, as its reader would see them."""
    if not isinstance(letter, Notice):
        warning = warning_wording(letter, reworded)
        return header_text(warning.subject), _plain(warning)
    mail = wording(letter, reworded)
    return header_text(mail.subject), _templates.get_template("mail.txt").render(mail=mail)


def _plain(warning: WarningWording) -> str:
    return "\n\n".join(warning.paragraphs) + "\n"


def message_id(key: str, domain: str) -> str:
    """Stable over retries and restarts; hashed, because a key may hold what a header must not."""
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{domain}>"

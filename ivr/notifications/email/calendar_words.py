"""What a mail about a calendar says, in the reader's language."""

from dataclasses import dataclass

from ivr.line.foreign_text import one_line
from ivr.line.ports import CalendarWarning
from ivr.notifications.email.formats import Reader, zone_or_utc
from ivr.notifications.email.words import words_for


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningWording:
    """The sentences of one mail; every string is one clean line."""

    language: str
    subject: str
    paragraphs: tuple[str, ...]


def warning_wording(warning: CalendarWarning) -> WarningWording:
    """Put ``warning`` into words for its recipient."""
    words = words_for(warning.recipient.language)
    reader = Reader(words.language, zone_or_utc(warning.recipient.zone))
    schedule, source = one_line(warning.schedule), one_line(warning.source)
    since = warning.imported_at
    kept = words.say("calendar", "kept", at=reader.moment(since)) if since else words.say("calendar", "never")
    return WarningWording(
        language=words.language,
        subject=words.say("calendar", "subject", schedule=schedule),
        paragraphs=(
            words.say("calendar", "opening", schedule=schedule, source=source),
            words.say("calendar", "trouble", trouble=one_line(warning.trouble)),
            kept,
            words.say("calendar", "action"),
            words.say("footer", "text", company=one_line(warning.company), at=reader.moment(warning.at)),
        ),
    )

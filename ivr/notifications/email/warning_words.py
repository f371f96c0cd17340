"""What a mail about the line's own troubles says, in the reader's language."""

from dataclasses import dataclass

from flows.prompts.rewording import Rewordings
from ivr.line.foreign_text import one_line
from ivr.line.ports import CalendarWarning, LineTroubles
from ivr.mail_words.words import Words, words_for
from ivr.notifications.email.formats import Reader, zone_or_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningWording:
    """The sentences of one mail; every string is one clean line."""

    language: str
    subject: str
    paragraphs: tuple[str, ...]


def warning_wording(warning: CalendarWarning | LineTroubles, reworded: Rewordings) -> WarningWording:
    """Put ``warning`` into words for its recipient; the shipped ones, where ``reworded`` has no others."""
    words = words_for(warning.recipient.language, reworded)
    return _calendar(warning, words) if isinstance(warning, CalendarWarning) else _line(warning, words)


def _line(warning: LineTroubles, words: Words) -> WarningWording:
    """The troubles themselves are told in English, as on the pages where they are mended."""
    reader = Reader(words.language, zone_or_utc(warning.recipient.zone))
    company = one_line(warning.company)
    return WarningWording(
        language=words.language,
        subject=words.say("troubles", "subject", company=company),
        paragraphs=(
            words.say("troubles", "opening"),
            *(f"- {one_line(each)}" for each in warning.troubles),
            words.say("troubles", "action"),
            words.say("footer", "text", company=company, at=reader.moment(warning.at)),
        ),
    )


def _calendar(warning: CalendarWarning, words: Words) -> WarningWording:
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

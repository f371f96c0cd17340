"""Who holds which telephone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a telephone. Mails to ``email`` appear on it; ``role`` is a word for the page, such as "caller"."""

    name: str
    number: str
    email: str = ""
    role: str = ""


def reader_of(people: tuple[Person, ...], address: str) -> Person | None:
    """Whose mail address this is; case does not count."""
    wanted = address.casefold()
    return next((person for person in people if person.email and person.email.casefold() == wanted), None)

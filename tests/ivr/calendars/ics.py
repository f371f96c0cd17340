"""Calendars as other programs write them, a line at a time."""


def an_event(summary: str, *lines: str, uid: str = "") -> str:
    """One event; ``lines`` are its other properties."""
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid or summary}", f"SUMMARY:{summary}", *lines, "END:VEVENT"])


def a_calendar(*parts: str) -> bytes:
    """A whole calendar file."""
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", *parts, "END:VCALENDAR", ""]).encode()

"""Where tickets about a product are escalated instead: on a path that an admin has put into words, or another line."""

import phonenumbers

from flows.routing import Line, Routing


def other_path(routing: Routing, line: Line, product: str) -> str | None:
    """The words that say where tickets about ``product`` are escalated, rather than on ``line``; None: it is
    here."""
    told = routing.other_paths.get(product)
    if told is not None:
        return told
    other = routing.line_for(line, product)
    return None if other is line else f"{other.company}, {_in_groups(other.number)}"


def _in_groups(number: str) -> str:
    """E.164 as a voice reads it well: in groups, without hyphens."""
    shown = phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return shown.replace("-", " ")

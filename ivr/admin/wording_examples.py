"""What stands in the gaps of a sentence while it is tried: believable values, of the types the line fills in."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from flows.prompts.rewording import shipped
from flows.prompts.spoken import Count, Moment, Named, Prompt, Span, Spelled, Value, Words
from ivr.line.speech import Spoken, speak

_NOW = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
_ZONE = "America/New_York"
_LATER = Moment(at=_NOW + timedelta(hours=20), now=_NOW, zone=_ZONE)
_TITLE = Words("Senior Director of Support", {
    "de": "Bereichsleitung Support", "ru": "старший директор поддержки",
})  # fmt: skip
EXAMPLES: Mapping[str, Value] = {
    "age": Span(timedelta(hours=1, minutes=20)),
    "company": Words("Northwind Software"),
    "digits": Spelled("482"),
    "ending": Spelled("0123"),
    "duty": Words("Shift manager"),
    "first": Words("Support Operations Manager"),
    "key": Spelled("1"),
    "last": _TITLE,
    "length": Span(timedelta(hours=2)),
    "longest": Words("10"),
    "name": Words("Dana Whitfield"),
    "opens": _LATER,
    "organisation": Words("Halvorsen Shipping"),
    "overdue": Span(timedelta(hours=3, minutes=10)),
    "path": Words("Northwind Cloud Operations, +1 202 555 0160"),
    "product": Words("Backup Server"),
    "program": Words("Premium"),
    "severity": Named("severity.high"),
    "shortest": Words("4"),
    "ticket": Spelled("48213"),
    "title": _TITLE,
    "until": _LATER,
    "wait": Span(timedelta(minutes=2), at_most=True),
    "window": Span(timedelta(days=1)),
    "within": Span(timedelta(days=1)),
}
COUNTS = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 5, "other": 4}
"""A number that takes each plural form, in a language that has it."""


def tried(language: str, name: str, text: str) -> Spoken:
    """``text`` as it would be spoken in place of the sentence ``name``. It must have no mistakes."""
    model = shipped(language)[name]
    values: dict[str, Value] = {each: EXAMPLES[each] for each in model.placeholders - {"count"}}
    if "count" in model.placeholders:
        values["count"] = Count(COUNTS[model.form])
    return speak(Prompt(model.key, values), language, {language: {name: text}})

"""A line as a form: what was typed, whatever it is, and the line it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from flows.routing import Line
from flows.rules.access import WRONG_TRIES, AccessTerms
from flows.rules.ticket_number import NumberFormat
from flows.rules.way_forward import CallbackTerms, MessageTerms
from ivr.admin.ladder_form import listed, tidy
from ivr.routing_file.texts import hours_from_text, hours_to_text, length_from_text, length_to_text

LENGTH = "A length such as 45s, 15m, 2h or 1d."
DIGITS = "A whole number from 1 to 20."
HOURS = "Hours such as 08:00-20:00."
TRIES = "A whole number from 1 to 10."
WRONG = f"A whole number from {WRONG_TRIES.start} to {WRONG_TRIES.stop - 1}."
TEXTS = (
    "number", "company", "languages", "zone", "shift_manager", "duty_number", "shortest", "longest", "talk_limit",
    "wrong_tries", "message_longest", "message_silence", "tries", "interval", "within", "hours",
)
TICKS = ("message_offered", "transcribe", "callback_offered", "record_talks")


@dataclass(slots=True, kw_only=True)
class LineForm:
    """``was`` is the number when the form was opened, empty for a new line. ``products`` are one to a
    line. ``texts`` and ``ticks`` are what the fields
    hold, by their names; ``wrong`` is told by field."""

    was: str = ""
    products: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    ticks: frozenset[str] = frozenset()
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def line(self) -> Line | None:
        """The line it means; None, with the mistakes noted, when it means none."""
        texts = self.texts
        digits, message, callback = self._digits(), self._message(), self._callback()
        talk_limit, access = self._length("talk_limit"), self._access()
        if self.wrong or digits is None or message is None or callback is None or access is None:
            return None
        return Line(
            number=texts["number"], company=texts["company"], zone=texts["zone"], shift_manager=texts["shift_manager"],
            languages=tuple(each for each in map(tidy, texts["languages"].split(",")) if each),
            duty_number=texts["duty_number"], number_format=digits, talk_limit=talk_limit, access=access,
            message=message, callback=callback, products=listed(self.products),
            record_talks="record_talks" in self.ticks,
        )

    def _digits(self) -> NumberFormat | None:
        shortest, longest = self._count("shortest", 20, DIGITS), self._count("longest", 20, DIGITS)
        try:
            return NumberFormat(shortest=shortest, longest=longest)
        except ValueError as trouble:
            self.wrong.setdefault("longest", f"{trouble}.")
            return None

    def _access(self) -> AccessTerms | None:
        try:
            return AccessTerms(wrong_tries=self._count("wrong_tries", WRONG_TRIES.stop - 1, WRONG))
        except ValueError:
            self.wrong["wrong_tries"] = WRONG
            return None

    def _message(self) -> MessageTerms | None:
        longest, silence = self._length("message_longest"), self._length("message_silence")
        try:
            return MessageTerms(
                offered="message_offered" in self.ticks, longest=longest, silence=silence,
                transcribe="transcribe" in self.ticks,
            )
        except ValueError as trouble:
            self.wrong.setdefault("message_longest", f"{trouble}.")
            return None

    def _callback(self) -> CallbackTerms | None:
        hours = hours_from_text(self.texts["hours"])
        if hours is None:
            self.wrong["hours"] = HOURS
            return None
        tries, interval, within = self._count("tries", 10, TRIES), self._length("interval"), self._length("within")
        try:
            return CallbackTerms(
                offered="callback_offered" in self.ticks, tries=tries, interval=interval, within=within, hours=hours
            )
        except ValueError as trouble:
            self.wrong.setdefault("interval", f"{trouble}.")
            return None

    def _length(self, name: str) -> timedelta:
        length = length_from_text(self.texts[name])
        if length is None:
            self.wrong[name] = LENGTH
        return length or timedelta()

    def _count(self, name: str, most: int, wanted: str) -> int:
        text = self.texts[name]
        if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= most):
            self.wrong[name] = wanted
            return 1
        return int(text)


def line_shown(line: Line, was: str = "") -> LineForm:
    """The form of a line as it stands; ``was`` empty: of one to be, like it."""
    message, callback = line.message, line.callback
    texts = {
        "number": line.number, "company": line.company, "languages": ", ".join(line.languages), "zone": line.zone,
        "shift_manager": line.shift_manager, "duty_number": line.duty_number,
        "shortest": str(line.number_format.shortest), "longest": str(line.number_format.longest),
        "talk_limit": length_to_text(line.talk_limit), "wrong_tries": str(line.access.wrong_tries),
        "message_longest": length_to_text(message.longest),
        "message_silence": length_to_text(message.silence), "tries": str(callback.tries),
        "interval": length_to_text(callback.interval), "within": length_to_text(callback.within),
        "hours": hours_to_text(callback.hours),
    }
    given = {
        "message_offered": message.offered, "transcribe": message.transcribe, "callback_offered": callback.offered,
        "record_talks": line.record_talks,
    }
    ticks = frozenset(name for name, ticked in given.items() if ticked)
    return LineForm(was=was, products="\n".join(line.products), texts=texts, ticks=ticks)


def line_typed(fields: Mapping[str, str]) -> LineForm:
    """The form as it was sent."""
    return LineForm(
        was=fields.get("was", ""),
        products=fields.get("products", ""),
        texts={name: tidy(fields.get(name, "")) for name in TEXTS},
        ticks=frozenset(name for name in TICKS if name in fields),
    )

"""<Gather>."""

import asyncio
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ivr.emulator.documents import NEXT, Outcome, Page, action_of, method_of, truth, whole
from ivr.emulator.keypad import Input, Key, Words
from ivr.emulator.legs import Leg
from ivr.emulator.waiting import first_of

NESTED = frozenset({"Say", "Play", "Pause"})
KEYS = frozenset("0123456789*#ABCD")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The attributes with their documented defaults."""

    timeout: int
    finish_on_key: str
    num_digits: int | None
    dtmf: bool
    speech: bool
    action_on_empty_result: bool

    @classmethod
    def of(cls, element: Element) -> "Settings":
        """timeout 5, finishOnKey #, numDigits unlimited, input dtmf, actionOnEmptyResult false."""
        kinds = element.get("input", "dtmf").split()
        finish = element.get("finishOnKey", "#")
        return cls(
            timeout=whole(element, "timeout", 5),
            finish_on_key=finish if finish in KEYS else "",
            num_digits=whole(element, "numDigits", 0, 0) or None,
            dtmf="dtmf" in kinds,
            speech="speech" in kinds,
            action_on_empty_result=truth(element, "actionOnEmptyResult", False),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Digits:
    """Keys that were gathered; ``finished_on`` is the finishing key, empty when number or time ended it."""

    digits: str
    finished_on: str = ""


async def gather(leg: Leg, element: Element, page: Page) -> Outcome:
    """Collect keys (or spoken words) while the nested Say, Play and Pause are heard.

    The first key stops the prompt; the timer starts when the prompt ends or at the first key and restarts with each
    key.
    finishOnKey (not sent), numDigits or the timeout end it; a timeout with keys submits them. finishOnKey as very
    first key
    is no input. No input: next verb, or with actionOnEmptyResult the action. Without ``action`` the current document is
    asked again.

    Contract: https://www.twilio.com/docs/voice/twiml/gather
    """
    settings = Settings.of(element)
    if not leg.office.assumptions.keys_buffered_before_gather:
        leg.keypad.forget()
    given = await _first_input(leg, element, page, settings)
    if isinstance(given, Words):
        await _tell_partial(leg, element, page, given)
        return action_of(element, page, {"SpeechResult": given.text, "Confidence": "0.9"})
    gathered = await _collect(leg, settings, given.key) if given is not None else Digits(digits="")
    if gathered.digits:
        return action_of(element, page, {"Digits": gathered.digits, "FinishedOnKey": gathered.finished_on})
    if settings.action_on_empty_result:
        empty = {"Digits": ""} if leg.office.assumptions.empty_digits == "empty" else {}
        return action_of(element, page, empty)
    return NEXT


async def _tell_partial(leg: Leg, element: Element, page: Page, given: Words) -> None:
    """Partial results are told beside the call; their answer has no effect."""
    url = element.get("partialResultCallback", "")
    if url:
        form = leg.parameters() | {"UnstableSpeechResult": given.text, "SequenceNumber": "0"}
        method = method_of(element, "partialResultCallbackMethod")
        await leg.office.deliver("partial", leg.sid, page.absolute(url), method, form)


async def _first_input(leg: Leg, element: Element, page: Page, settings: Settings) -> Input | None:
    """Wait during the prompt, then for the timeout; somebody who is speaking holds the timer."""
    heard: list[Input] = []

    async def listen() -> None:
        while not heard:
            given = await leg.keypad.next()
            if settings.dtmf if isinstance(given, Key) else settings.speech:
                heard.append(given)

    async def prompt() -> None:
        for nested in element:
            if nested.tag in NESTED:
                await leg.office.verbs[nested.tag](leg, nested, page)
        await asyncio.sleep(settings.timeout)
        while leg.keypad.speaking and settings.speech:
            await asyncio.sleep(settings.timeout or 1)

    await first_of(heard=listen(), silence=prompt())
    return heard[0] if heard else None


async def _collect(leg: Leg, settings: Settings, key: str) -> Digits:
    digits = ""
    while True:
        if key == settings.finish_on_key:
            return Digits(digits=digits, finished_on=key if digits else "")
        digits += key
        if len(digits) == settings.num_digits:
            return Digits(digits=digits)
        try:
            async with asyncio.timeout(settings.timeout):
                key = await leg.keypad.next_key()
        except TimeoutError:
            return Digits(digits=digits)

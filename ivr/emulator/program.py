"""What a leg does: fetch a document, perform its verbs one after another, follow where they lead."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from ivr.emulator.debugger import Fault
from ivr.emulator.documents import DOCUMENT_TYPES, Finished, GoTo, HangUp, NextVerb, Outcome, Page, read_page
from ivr.emulator.errands import Answer
from ivr.emulator.lint import lint

if TYPE_CHECKING:
    from ivr.emulator.legs import Leg

Verb = Callable[["Leg", Element, Page], Awaitable[Outcome]]

APOLOGY = "We are sorry, an application error has occurred. Goodbye."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Which verbs a document may use in its place, and the code for any other. None: all."""

    allowed: frozenset[str] | None = None
    code: int = 0


CALL = Rules()
SCREENING = Rules(allowed=frozenset({"Say", "Play", "Pause", "Gather", "Redirect", "Hangup"}), code=13201)
NOT_ANSWERING = frozenset({"Reject", "Redirect", "Pause", "Dial", "Leave"})
"""First verbs that do not answer by themselves: Dial decides (answerOnBridge), Pause only delays."""


async def run_call(leg: "Leg", start: GoTo | Page, *, delay: float = 0.0) -> None:
    """Run a leg's documents to their end, then end the leg. A fault asks the fallback URL, else apologises."""
    await asyncio.sleep(delay)
    try:
        outcome = await follow(leg, start, CALL)
    except Fault as fault:
        outcome = await _recover(leg, fault)
    leg.end(outcome.status if isinstance(outcome, HangUp) else "completed")


async def follow(leg: "Leg", start: GoTo | Page, rules: Rules) -> Outcome:
    """Perform documents until one does not lead to another."""
    step: Outcome | Page = start
    while isinstance(step, GoTo | Page):
        page = step if isinstance(step, Page) else await retrieve(leg, step)
        step = await perform(leg, page, rules)
    return step


async def perform(leg: "Leg", page: Page, rules: Rules) -> Outcome:
    """Perform the verbs of one document. What breaks the schema is a warning (12200); unknown verbs are skipped."""
    for complaint in lint(page.verbs):
        leg.office.alert(complaint.code, leg.sid, page.url, complaint.text)
    for element in page.verbs:
        verb = leg.office.verbs.get(element.tag)
        if verb is None:
            continue
        if rules.allowed is not None and element.tag not in rules.allowed:
            raise Fault(rules.code, page.url, f"<{element.tag}>")
        if element.tag not in NOT_ANSWERING:
            await leg.pick_up()
        outcome = await verb(leg, element, page)
        if not isinstance(outcome, NextVerb):
            return outcome
    return Finished()


async def retrieve(leg: "Leg", step: GoTo) -> Page:
    """Ask the application for a document."""
    await asyncio.sleep(leg.office.assumptions.request_seconds)
    form = leg.parameters() | dict(step.parameters)
    if step.method == "GET":
        form.pop("CallToken", None)  # documented: comes only with POST
    answer = await leg.office.request(step.kind, leg.sid, step.url, step.method, form, leg.jar)
    if answer.code:
        raise Fault(answer.code, step.url, answer.error)
    return page_of(leg, answer)


async def discard(leg: "Leg", step: GoTo) -> None:
    """Make the request of a verb that was interrupted; whatever is answered has no effect."""
    try:
        await retrieve(leg, step)
    except Fault as fault:
        leg.office.alert(fault.code, leg.sid, fault.url, fault.detail)


def page_of(leg: "Leg", answer: Answer) -> Page:
    """Read an answer by its type: documents; audio is played, plain text spoken (or obeyed if it is a document)."""
    kind, url = answer.content_type, answer.url.partition("#")[0]
    if not answer.body.strip():
        if kind is None and answer.status != 204:
            leg.office.alert(12300, leg.sid, url, "empty answer without Content-Type")
        return Page(url=url, method=answer.method, verbs=())
    if kind in DOCUMENT_TYPES:
        return read_page(answer.body, url, answer.method)
    if kind is not None and kind.startswith("audio/"):
        return Page(url=url, method=answer.method, verbs=(_element("Play", url),))
    if kind == "text/plain":
        return _plain(answer.body, url, answer.method)
    raise Fault(12300, url, kind or "none")


def _plain(body: bytes, url: str, method: str) -> Page:
    try:
        return read_page(body, url, method)
    except Fault:
        return Page(url=url, method=method, verbs=(_element("Say", body.decode("utf-8", "replace")),))


def _element(tag: str, text: str) -> Element:
    element = Element(tag)
    element.text = text
    return element


async def _recover(leg: "Leg", fault: Fault) -> Outcome:
    """The fallback URL gets ErrorCode and ErrorUrl; without one, or if it fails too, the carrier speaks and hangs
    up."""
    leg.office.alert(fault.code, leg.sid, fault.url, fault.detail)
    if leg.fallback is not None:
        blame = {"ErrorCode": str(fault.code), "ErrorUrl": fault.url}
        step = GoTo(url=leg.fallback.url, method=leg.fallback.method, parameters=blame, kind="fallback")
        try:
            return await follow(leg, step, CALL)
        except Fault as again:
            leg.office.alert(again.code, leg.sid, again.url, again.detail)
    leg.answer()
    await leg.speak(APOLOGY, "en-US", "man")
    return HangUp()


def divert(leg: "Leg", start: GoTo | Page) -> None:
    """Take a live leg away from whatever it does (REST redirect). An interrupted Dial winds up first."""
    former = leg.program
    leg.diverted.set()
    leg.diverted = asyncio.Event()
    if former is not None:
        former.cancel()
    leg.program = leg.office.spawn(_diverted(leg, start, former))


async def _diverted(leg: "Leg", start: GoTo | Page, former: "asyncio.Task[None] | None") -> None:
    if former is not None:
        await asyncio.wait({former})
    delay, leg.wind_up_seconds = leg.wind_up_seconds, 0.0
    if leg.mix is not None:
        leg.mix.leave(leg)
    await run_call(leg, replace(start, kind="redirect") if isinstance(start, GoTo) else start, delay=delay)

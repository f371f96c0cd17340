"""Documents (TwiML): reading one, and refusing those the carrier refuses, with its code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree as SafeTree
from defusedxml.common import DefusedXmlException

from ivr.emulator.debugger import Fault

DOCUMENT_BYTES_AT_MOST = 64 * 1024
DOCUMENT_TYPES = frozenset({"text/xml", "application/xml", "text/html"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One document and where it came from; ``url`` is empty for a document given to the REST API."""

    url: str
    method: str
    verbs: tuple[Element, ...]

    def absolute(self, reference: str) -> str:
        """The address a document means. Empty is the document itself; relative needs a document with an address
        (15004)."""
        reference = reference.strip()
        if self.url:
            return urljoin(self.url, reference) if reference else self.url
        if urlsplit(reference).scheme not in ("http", "https"):
            raise Fault(15004, reference)
        return reference


@dataclass(frozen=True, slots=True, kw_only=True)
class GoTo:
    """Fetch the next document, with these parameters beside the usual ones."""

    url: str
    method: str = "POST"
    parameters: Mapping[str, str] = field(default_factory=dict)
    kind: str = "action"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextVerb:
    """Go on with the next verb of the same document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The document ran out of verbs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HangUp:
    """The document ends the call; ``status`` is the leg's final word."""

    status: str = "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveQueue:
    """A waiting document lets its caller leave the queue."""


Outcome = GoTo | NextVerb | Finished | HangUp | LeaveQueue
NEXT = NextVerb()


def read_page(body: bytes, url: str, method: str) -> Page:
    """Parse a document. Faults: 11750 too large, 12100 not well-formed, DOCTYPE, text before the prolog, wrong root."""
    if len(body) > DOCUMENT_BYTES_AT_MOST:
        raise Fault(11750, url, f"{len(body)} bytes")
    try:
        root = SafeTree.fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as refused:
        raise Fault(12100, url, str(refused)) from refused
    if root.tag != "Response":
        raise Fault(12100, url, f"root is <{root.tag}>")
    return Page(url=url, method=method, verbs=tuple(root))


def action_of(element: Element, page: Page, parameters: Mapping[str, str]) -> GoTo:
    """The request a verb's ``action`` asks for; without one, the current document again."""
    return GoTo(
        url=page.absolute(element.get("action", "")),
        method=method_of(element, "method"),
        parameters=parameters,
    )


def method_of(element: Element, attribute: str) -> str:
    """GET or POST; POST unless the document says otherwise."""
    return "GET" if element.get(attribute, "POST").upper() == "GET" else "POST"


def text_of(element: Element) -> str:
    """All words in an element, blanks folded; SSML tags inside Say carry no words of their own."""
    return " ".join("".join(element.itertext()).split())


def whole(element: Element, attribute: str, default: int, least: int = 0, most: int | None = None) -> int:
    """A whole-number attribute inside its limits; anything else is the default, as the carrier does."""
    try:
        number = int(element.get(attribute, default))
    except ValueError:
        return default
    number = max(least, number)
    return number if most is None else min(most, number)


def truth(element: Element, attribute: str, default: bool) -> bool:
    """A true/false attribute."""
    return {"true": True, "false": False}.get(element.get(attribute, "").lower(), default)

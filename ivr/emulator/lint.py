"""The schema check every document goes through: unknown elements, attributes and values, wrong nesting, stray text.

The vendor calls them warnings (12200) and carries on. The schema is derived from the vendor's typed library.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from xml.etree.ElementTree import Element

XML_NAMESPACE = "{http://www.w3.org/XML/1998/namespace}"
DOCUMENTED_BESIDE: Mapping[str, frozenset[str]] = {"DialRecord": frozenset({"true", "false"})}
"""Values that the documentation allows and the library's types forget."""
CODES: Mapping[str, int] = {"SayVoice": 13511, "SayLanguage": 13512}


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What is wrong with a document, with the vendor's code."""

    code: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What one kind of element may hold: attribute types, children (tag to kind), words."""

    attributes: Mapping[str, str]
    children: Mapping[str, str]
    holds_text: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """All kinds of elements and all enumerations."""

    forms: Mapping[str, Form]
    types: Mapping[str, frozenset[str]]


@cache
def schema() -> Schema:
    """The schema, read once."""
    raw: dict[str, Any] = json.loads((files("ivr.emulator.schema") / "twiml.json").read_text("utf-8"))
    types = {
        name: frozenset(values) | DOCUMENTED_BESIDE.get(name, frozenset()) for name, values in raw["types"].items()
    }
    forms = {
        name: Form(attributes=form["attributes"], children=form["children"], holds_text=form["text"])
        for name, form in raw["elements"].items()
    }
    return Schema(forms=forms, types=types)


def lint(verbs: Iterable[Element]) -> list[Complaint]:
    """Everything wrong with a document's verbs."""
    response = Element("Response")
    response.extend(verbs)
    return list(_check(response, "VoiceResponse"))


def _check(element: Element, kind: str) -> Iterator[Complaint]:
    form = schema().forms[kind]
    stray = (element.text or "") + "".join(child.tail or "" for child in element)
    if stray.strip() and not form.holds_text:
        yield Complaint(code=12200, text=f"text inside <{element.tag}>")
    for name, value in element.items():
        yield from _check_attribute(element.tag, form, name.replace(XML_NAMESPACE, "xml:"), value)
    for child in element:
        if child.tag in form.children:
            yield from _check(child, form.children[child.tag])
        else:
            yield Complaint(code=12200, text=f"<{child.tag}> is not allowed in <{element.tag}>")


def _check_attribute(tag: str, form: Form, name: str, value: str) -> Iterator[Complaint]:
    wanted = form.attributes.get(name)
    if wanted is None:
        yield Complaint(code=12200, text=f"<{tag}> has no attribute {name}")
    elif not fits(wanted, value):
        yield Complaint(code=CODES.get(wanted, 12200), text=f"<{tag} {name}={value!r}> is not of type {wanted}")


def fits(wanted: str, value: str) -> bool:
    """Whether a value is of a type: string, number, boolean, an enumeration, or several of one, separated by blanks."""
    match wanted:
        case "string" | "object":
            return True
        case "number":
            return re.fullmatch(r"-?\d+(\.\d+)?", value) is not None
        case "boolean":
            return value.lower() in ("true", "false")
        case _ if wanted.endswith("[]"):
            return bool(value.split()) and all(fits(wanted[:-2], one) for one in value.split())
        case _:
            return value in schema().types.get(wanted.rpartition(".")[2], {value})

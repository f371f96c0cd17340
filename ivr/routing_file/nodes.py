"""YAML as written, before it means anything: every value knows its place and its line.

The text is parsed into nodes and never turned into Python values by the YAML library, because what that makes of
``+12025550101`` or ``no`` is exactly what nobody meant.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import yaml

from ivr.routing_file.findings import Finding, Place

TEXT = "tag:yaml.org,2002:str"
NOTHING = "tag:yaml.org,2002:null"
READ_AS = {
    "tag:yaml.org,2002:int": "a number",
    "tag:yaml.org,2002:float": "a number",
    "tag:yaml.org,2002:bool": "true or false",
    "tag:yaml.org,2002:timestamp": "a date",
    NOTHING: "no value",
}


class Unreadable(Exception):
    """A value is not what was expected; the message is a sentence for its writer."""


@dataclass(frozen=True, slots=True)
class Notes:
    """What reading a document leaves behind: its findings, and the line (from 1) of every place. ``short`` leads from
    the place of a list to where its one value is written without a list (``phones`` written as ``number``)."""

    findings: list[Finding] = field(default_factory=list)
    lines: dict[Place, int] = field(default_factory=lambda: {(): 1})
    short: dict[Place, Place] = field(default_factory=dict)

    def line(self, place: Place) -> int:
        """The line of ``place``, or of the nearest thing around it that is in the document."""
        return self.lines[place] if place in self.lines else self.line(place[:-1])

    def as_written(self, finding: Finding) -> Finding:
        """The same finding, at the places that its writer knows."""
        drawn_from = tuple(self._written(place) for place in finding.drawn_from)
        return replace(finding, place=self._written(finding.place), drawn_from=drawn_from)

    def _written(self, place: Place) -> Place:
        return next((self.short[place[:end]] for end in range(len(place), 0, -1) if place[:end] in self.short), place)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of the document; in a mapping with the ``key`` it stands under."""

    node: yaml.Node
    place: Place
    notes: Notes
    key: yaml.Node | None = None

    def complain(self, message: str, *inside: str) -> None:
        """Note a mistake here, or at a key ``inside``."""
        self.notes.findings.append(Finding(place=(*self.place, *inside), message=message))

    @property
    def raw(self) -> str:
        """A single value exactly as written. Raises Unreadable for a list or a mapping."""
        if isinstance(self.node, yaml.ScalarNode):
            return str(self.node.value)
        raise Unreadable("expected one value, not a list or indented keys")

    def text(self) -> str:
        """A text. Raises Unreadable for what YAML reads as something else, with the advice to quote it."""
        raw = self.raw
        if self.node.tag == TEXT:
            return raw
        if self.node.tag in READ_AS:
            raise Unreadable(f'YAML reads {raw} as {READ_AS[self.node.tag]}; quote it: "{raw}"')
        raise Unreadable(f"remove the tag {self.node.tag}")

    def items(self) -> Iterator["Value"]:
        """The values of a list. Raises Unreadable when it is none."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise Unreadable("expected a list")
        for count, node in enumerate(self.node.value, start=1):
            yield self._inside(str(count), node, None)

    def entries(self) -> Mapping[str, "Value"]:
        """The values of a mapping by key as written; keys that come twice are noted. Raises Unreadable."""
        if not isinstance(self.node, yaml.MappingNode):
            raise Unreadable("expected indented keys, each with a value")
        found: dict[str, Value] = {}
        for key, node in self.node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            if name in found:
                self.complain("is there twice; keep one of the two", name)
            found[name] = self._inside(name, node, key)
        return found

    def name(self) -> str:
        """The key of this value, as a text. Raises Unreadable for what YAML reads as something else."""
        return Value(self.key or self.node, self.place, self.notes).text()

    def _inside(self, name: str, node: yaml.Node, key: yaml.Node | None) -> "Value":
        place = (*self.place, name)
        self.notes.lines[place] = (key or node).start_mark.line + 1
        return Value(node, place, self.notes, key)


def parse(text: bytes, notes: Notes) -> Value | None:
    """The document's top; None, and the reason noted, when it is no YAML document in UTF-8."""
    try:
        node = yaml.compose(text.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except (UnicodeDecodeError, RecursionError, yaml.YAMLError) as error:
        line, message = _explained(text, error)
        notes.lines[()] = line
        notes.findings.append(Finding(place=(), message=message))
        return None
    if node is None:
        message = "the file is empty; `ivr config export` prints one to begin with"
        notes.findings.append(Finding(place=(), message=message))
        return None
    return Value(node, (), notes)


def _explained(text: bytes, error: Exception) -> tuple[int, str]:
    match error:
        case UnicodeDecodeError(start=start):
            return text.count(b"\n", 0, start) + 1, "this is not UTF-8 text; save the file as UTF-8"
        case RecursionError():
            return 1, "the file is nested too deeply"
        case yaml.MarkedYAMLError(problem=problem, problem_mark=mark):
            return (mark.line + 1 if mark else 1), f"this is not YAML: {problem}; look also at the lines above it"
        case yaml.reader.ReaderError(position=position):
            line = text.decode("utf-8-sig").count("\n", 0, int(position)) + 1
            return line, "there is a control character here; remove it"
        case _:
            return 1, f"this is not YAML: {error}"

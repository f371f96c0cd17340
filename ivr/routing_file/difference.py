"""What publishing another routing would change, in sentences."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flows.routing import Routing
from ivr.routing_file.tree import Branch, Tree, tree

ONE_OF = {
    "lines": "line", "people": "person", "ladders": "ladder", "levels": "level", "programs": "program",
    "severities": "severity", "calendars": "calendar", "schedules": "schedule", "rotations": "rotation",
}  # fmt: skip
POSITION = "position"
KNOWN_BY = {"lines": "number", "ladders": "name", "levels": "title", "rotations": POSITION}
COUNTED = frozenset({"ladders", "levels"})
"""Lists whose order means something."""
WHOLE = frozenset({"cooldown", "restraint"})
"""Sections that are one thing."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Something with a name of its own: a line, a person, a level. ``facts`` are its values by name, of which the
    label tells the ``known`` ones already."""

    label: str
    facts: Mapping[str, str]
    inside: Mapping[str, "_Part"]
    known: frozenset[str] = frozenset()


def differences(old: Routing, new: Routing) -> list[str]:
    """One sentence for each change; none when both say the same."""
    return list(_between((), _part("", tree(old)), _part("", tree(new))))


def _between(above: tuple[str, ...], old: _Part, new: _Part) -> Iterator[str]:
    here = (*above, new.label) if new.label else above
    for name in dict.fromkeys([*old.facts, *new.facts]):
        yield from _fact(here, name, old.facts.get(name), new.facts.get(name))
    for name in dict.fromkeys([*old.inside, *new.inside]):
        yield from _inside(here, old.inside.get(name), new.inside.get(name))


def _fact(here: tuple[str, ...], name: str, old: str | None, new: str | None) -> Iterator[str]:
    if old is None:
        yield _said(here, f"{name} added: {new}")
    elif new is None:
        yield _said(here, f"{name} removed (was {old})")
    elif old != new:
        yield _said(here, f"{name} {old} → {new}")


def _inside(here: tuple[str, ...], old: _Part | None, new: _Part | None) -> Iterator[str]:
    if old and new:
        yield from _between(here, old, new)
    elif old:
        yield _said((*here, old.label), "removed")
    elif new:
        facts = [f"{name} {value}" for name, value in new.facts.items() if name not in new.known]
        yield _said((*here, new.label), f"added ({', '.join(facts)})" if facts else "added")
        for part in new.inside.values():
            yield from _inside((*here, new.label), None, part)


def _said(here: tuple[str, ...], change: str) -> str:
    return f"{', '.join(here)}: {change}" if here else change


def _part(label: str, record: Branch, known: frozenset[str] = frozenset()) -> _Part:
    facts: dict[str, str] = {}
    inside: dict[str, _Part] = {}
    for key, value in record.items():
        if key in KNOWN_BY or (key in ONE_OF and isinstance(value, dict)):
            inside |= _parts(key, value)
        elif key in WHOLE:
            inside[key] = _part(key, _branch(value))
        else:
            facts |= dict(_facts(key.replace("_", " "), value))
    return _Part(label, facts, inside, known)


def _parts(key: str, value: Tree) -> dict[str, _Part]:
    """The members of a section by what they are known by: names, so that one inserted above moves nobody."""
    if isinstance(value, dict):
        return {f"{key} {name}": _part(f"{ONE_OF[key]} {name}", _branch(each)) for name, each in value.items()}
    found: dict[str, _Part] = {}
    seen: Counter[str] = Counter()
    for count, record in enumerate(map(_branch, value if isinstance(value, list) else []), start=1):
        name = str(record.get(KNOWN_BY[key], count))
        seen[name] += 1
        label = f"{ONE_OF[key]} {count} {name}" if key == "levels" else f"{ONE_OF[key]} {name}"
        position: Branch = {POSITION: count} if key in COUNTED else {}
        known = frozenset({KNOWN_BY[key], POSITION})
        found[f"{key} {seen[name]} {name}"] = _part(label, position | record, known)
    return found


def _facts(name: str, value: Tree) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _facts(f"{name} {key}", each)
    elif isinstance(value, list):
        yield name, ", ".join(_listed(str(each)) for each in value)
    else:
        yield name, str(value)


def _listed(text: str) -> str:
    """``text`` among others: in quotes where its own comma would look like two of them."""
    return json.dumps(text, ensure_ascii=False) if "," in text or '"' in text else text


def _branch(value: Tree) -> Branch:
    return value if isinstance(value, dict) else {}

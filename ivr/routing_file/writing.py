"""A routing as YAML text, as readable as if a person had written it."""

from collections.abc import Iterator

import yaml

from flows.routing import Routing
from ivr.routing_file.tree import Branch, Quoted, Tree, tree

HEAD = """\
# The routing of the escalation line.
# `ivr config check FILE` lists every mistake, `ivr config diff FILE` what would change, and
# `ivr config apply FILE --note "why"` publishes it. No password or token belongs in here.
# Lengths: 30m, 2h, 1h 30m, 1d. Phone numbers and times of day stand in quotes.
"""
REMARKS = {
    "lines": "The phone numbers that customers call. The first language is the default, times are told in time_zone,\n"
    "shift_manager is mailed about every escalation; duty_number is dialled when the line itself cannot work.\n"
    "products: those whose tickets are escalated here, none: all; callers about another are told its line.\n"
    "record_talks: true, if talks with managers are recorded where the caller agrees.\n"
    "message: {offered, longest, silence, transcribe} for callers who reach nobody;\n"
    "callback: {offered, tries, interval, within, hours} for those who want to be called back.",
    "people": "Who can be rung or mailed, by a short key of your choice. phones ring in their order; who has\n"
    "none is only mailed. The first of the languages that the line speaks is spoken; without time_zone the line's\n"
    "zone counts. In quiet_hours only tickets ring whose severity is that of rings_anyway, or worse (never: none).",
    "schedules": "Who is on duty when; a level's member and a line's shift_manager may be a schedule. People take\n"
    "turns in their order, every: daily, weekly or a length such as 12h, from start on, handed over at hand_over in\n"
    "time_zone, with hours only in them. The first rotation that has somebody counts. otherwise is mailed while\n"
    "nobody is on duty.",
    "ladders": "The first ladder that serves a ticket is climbed. Without products, programs, regions or\n"
    "account_manager (with or without a technical one) it serves all.",
    "programs": "Support programs as tickets name them. grace counts from opening, guaranteed_response from the last\n"
    "update, around the clock or in the working time of a calendar.",
    "calendars": "Working time. holidays: a country (US), or country and state (DE-BY); closed_on: further days.",
    "other_paths": "Products that are escalated elsewhere, and the words that say where.",
    "restraint": "How often anybody is rung in one night (local time of that person), except for severity 1.",
    "words": "Sentences said otherwise than they are shipped, by language and name; `ivr words list` names them all.\n"
    "Placeholders in braces stay as they are.",
    "mails": "Texts of the mails, likewise; `ivr words list --of mails` names them all.",
    "voices": "The carrier's voice of a language, where it is not the usual one.",
    "recordings": "Sounds that are played instead of a voice, by language and name of the sentence, wherever it says\n"
    "just what the sound says. They are uploaded on the page Words, or with `ivr words upload FILE`.",
    "cooldown": "How long a ticket rests after an attempt, and how many attempts it has in a window.",
}
WIDTH = 110
INLINE_LONGEST = 90
ON_ONE_LINE = frozenset({"titles", "ticket_number_digits", "message", "callback"})


class _Dumper(yaml.SafeDumper):
    """Lists indented under their key, and no anchors."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent list items as well, as people do."""
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: object) -> bool:
        """Write everything out."""
        return True


class _Inline(dict[str, Tree]):
    """A mapping on one line."""


def _quoted(dumper: yaml.SafeDumper, text: Quoted) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')


def _inline(dumper: yaml.SafeDumper, mapping: _Inline) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", mapping, flow_style=True)


def _list(dumper: yaml.SafeDumper, items: list[Tree]) -> yaml.Node:
    leaves = not any(isinstance(item, dict) for item in items)
    short = sum(len(str(item)) + 2 for item in items) <= INLINE_LONGEST
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=leaves and short)


_Dumper.add_representer(Quoted, _quoted)
_Dumper.add_representer(_Inline, _inline)
_Dumper.add_representer(list, _list)


def write(routing: Routing) -> str:
    """The document. ``read`` makes the same routing of it."""
    return "\n".join([HEAD, *_sections(tree(routing))])


def section(name: str, value: Tree) -> str:
    """One section of the document, with the words that explain it."""
    return "".join(f"# {line}\n" for line in REMARKS[name].split("\n")) + entry(name, value)


def entry(name: str, value: Tree) -> str:
    """One key of the document's top, and what stands under it."""
    return str(yaml.dump(
        {name: _styled(value)}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH,
    ))  # fmt: skip


def _sections(document: Branch) -> Iterator[str]:
    return (section(name, value) for name, value in document.items())


def _styled(value: Tree, key: str = "", above: str = "") -> Tree:
    """The same tree, with the mappings marked that stand on one line: small ones, and what is granted at a severity."""
    if isinstance(value, list):
        return [_styled(each) for each in value]
    if not isinstance(value, dict):
        return value
    styled = {name: _styled(each, name, key) for name, each in value.items()}
    return _Inline(styled) if key in ON_ONE_LINE or above == "severities" else styled

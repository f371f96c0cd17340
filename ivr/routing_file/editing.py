"""A routing file with a change made in it: what has not changed stands as it was written, remarks and order included.

The YAML library forgets remarks, but knows on which line everything stands. So the text is put together from lines: of
a section that has changed, each entry that says what it said keeps its own, and only the others are written anew.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile

import yaml

from flows.routing import Routing
from ivr.routing_file.document import routing_said
from ivr.routing_file.tree import Branch, Tree, tree
from ivr.routing_file.writing import entry, section, write


def edited(text: str, old: Routing, new: Routing) -> str:
    """``text``, which says ``old``, saying ``new``; written anew as a whole where its form allows nothing less."""
    spliced = "".join(_sections(text, tree(old), tree(new)))
    return spliced if routing_said(spliced) == new else write(new)


def _sections(text: str, old: Branch, new: Branch) -> Iterator[str]:
    lines = text.splitlines(keepends=True)
    top = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(top, yaml.MappingNode) or not top.value:
        return
    keys = [str(key.value) for key, _ in top.value]
    starts = [_with_remarks(lines, key.start_mark.line) for key, _ in top.value]
    yield from lines[: starts[0]]
    for (key, node), begins, ends in zip(top.value, starts, [*starts[1:], len(lines)], strict=True):
        name = str(key.value)
        if old.get(name) == new.get(name):
            yield from _whole(lines[begins:ends])
        elif name in new:
            yield from _whole(lines[begins : key.start_mark.line])
            yield from _entries(lines[key.start_mark.line : ends], key.start_mark.line, name, node, old, new)
    for name in new:
        if name not in keys:
            yield f"\n{section(name, new[name])}"


def _entries(
    lines: Sequence[str], first: int, name: str, node: yaml.Node, old: Branch, new: Branch
) -> Iterator[str]:
    """A section: its key, then the entries of ``new``, each in the lines it has had, if it has had some. ``first`` is
    the number of the line that the section begins with."""
    before, after = _named(old.get(name, {})), _named(new[name])
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not before or not after:
        yield entry(name, new[name])
        return
    children = [child[0] if isinstance(child, tuple) else child for child in node.value]
    begins = [child.start_mark.line - first for child in children]
    starts = [_with_remarks(lines, begin) for begin in begins]
    end = len(lines) - sum(1 for _ in takewhile(_is_blank, reversed(lines)))
    spans = zip(before, starts, begins, [*starts[1:], end], strict=False)
    kept = {key: (lines[start:begin], lines[begin:stop]) for key, start, begin, stop in spans}
    yield from lines[: starts[0]]
    for key, value in after.items():
        remarks, own = kept.get(key, ((), ()))
        yield from remarks
        yield from _whole(own) if own and before[key] == value else [_alone(name, key, value, new[name])]
    yield from lines[end:]


def _named(value: Tree) -> dict[str, Tree]:
    """The entries of a section by what they are known by: their key, or in a list their name."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, list):
        return {}
    return {str(each.get("name", count)) if isinstance(each, dict) else str(count): each
            for count, each in enumerate(value)}  # fmt: skip


def _alone(name: str, key: str, value: Tree, among: Tree) -> str:
    """One entry of a section, without the section's own line."""
    return entry(name, [value] if isinstance(among, list) else {key: value}).partition("\n")[2]


def _with_remarks(lines: Sequence[str], start: int) -> int:
    """Where something begins that stands on line ``start``: with the remarks right above it."""
    while start > 0 and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return start


def _is_blank(line: str) -> bool:
    return not line.strip()


def _whole(lines: Sequence[str]) -> Iterator[str]:
    """Lines, of which also the last one ends."""
    return (line if line.endswith("\n") else f"{line}\n" for line in lines)

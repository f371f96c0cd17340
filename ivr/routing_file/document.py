"""A routing file, read and checked in one go."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from flows.routing import Routing
from ivr.line.dialling import DialPolicy
from ivr.routing_file import sections
from ivr.routing_file.checks import check
from ivr.routing_file.findings import Finding, well_founded
from ivr.routing_file.kinds import Kind
from ivr.routing_file.nodes import Notes, Value, parse

NOTHING = Routing(lines=(), people={}, programs={}, ladders=())
"""What an empty database publishes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A finding and the line (from 1) on which it stands."""

    line: int
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a file says. ``routing`` is to be used only when there are no ``mistakes``."""

    routing: Routing
    remarks: tuple[Remark, ...]

    @property
    def mistakes(self) -> int:
        """How many remarks are not mere warnings."""
        return sum(not remark.finding.warning for remark in self.remarks)


def read(
    text: bytes, policy: DialPolicy, now: datetime | None = None, sounds: Collection[str] | None = None
) -> Document:
    """The routing in ``text``, and every mistake and doubt in the order of its lines. Raises nothing.

    With ``now`` the doubts tell also when nobody will be on duty; with ``sounds`` (those that are kept) the mistakes
    also which are not there.
    """
    notes = Notes()
    top = parse(text, notes)
    routing = NOTHING if top is None else _routing(top)
    unread = [finding.place for finding in notes.findings]
    found = (notes.as_written(finding) for finding in check(routing, policy, now, sounds))
    findings = [*notes.findings, *well_founded(found, unread)]
    remarks = (Remark(line=notes.line(finding.place), finding=finding) for finding in findings)
    return Document(routing=routing, remarks=tuple(sorted(remarks, key=_line)))


def routing_said(text: str) -> Routing | None:
    """What ``text`` says, sensible or not; None when some of it cannot be read."""
    notes = Notes()
    top = parse(text.encode(), notes)
    found = None if top is None else _routing(top)
    return None if notes.findings else found


def _routing(top: Value) -> Routing:
    whole: Kind[Routing] = Kind(f"the sections {', '.join(sections.SECTIONS)}", sections.routing)
    return whole.attempt(top, NOTHING)


def _line(remark: Remark) -> int:
    return remark.line

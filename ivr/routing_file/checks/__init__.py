"""What a routing must satisfy beyond its form: whatever would fail at a call is found before it is published."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime

from flows.routing import Routing
from ivr.line.dialling import DialPolicy
from ivr.routing_file.checks import ladders, nights, numbers, people, recordings, schedules, times, wording
from ivr.routing_file.findings import Finding

Check = Callable[[Routing, DialPolicy], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    people.company_words,
    people.shift_managers,
    people.nobody_names_them,
    people.addresses,
    numbers.numbers,
    numbers.twice,
    schedules.names,
    schedules.rotations,
    schedules.calendar_addresses,
    schedules.in_use,
    ladders.ladders,
    ladders.levels,
    ladders.reachable,
    ladders.on_two_levels,
    ladders.never_climbed,
    ladders.served,
    times.programs,
    times.calendars_named,
    times.calendars,
    times.zones,
    times.languages,
    times.talks,
    wording.languages,
    wording.sentences,
    wording.mails,
    wording.repeated_tries,
    wording.voices,
    recordings.sentences,
)


def check(
    routing: Routing, policy: DialPolicy, now: datetime | None = None, sounds: Collection[str] | None = None
) -> list[Finding]:
    """Everything that is wrong or doubtful about ``routing``, wherever it was written; with ``now`` also who will be
    missing soon, with ``sounds`` (those that are kept) also which are not there."""
    found = [finding for each in CHECKS for finding in each(routing, policy)]
    found += recordings.missing(routing, sounds) if sounds is not None else ()
    if now is None:
        return found
    sound = all(finding.warning for finding in found)
    asleep = nights.nights(routing, policy, now) if sound else ()
    return [*found, *schedules.gaps_ahead(routing, now), *asleep]

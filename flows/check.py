"""The lint of a flow: is the conversation whole? Every problem is one sentence that names the step and the mend."""

from collections.abc import Iterator
from typing import Any

from flows.flow import Flow, Question, Step, union_members
from flows.turn import ANSWERS, Listen, ListenOnHold, Lookup, OutsideLookup, Then

LOOKUPS = union_members(Lookup)
SLOW = union_members(OutsideLookup)


def problems(flow: Flow[Any]) -> list[str]:
    """Everything wrong with ``flow``; an empty list means it is whole."""
    found = [*_undeclared(flow), *_unreachable(flow), *_endless(flow)]
    for step in flow.steps.values():
        found += [f"{flow.name}.{step.name}: {problem}" for problem in (*_deaf(flow, step), *_incomplete(step))]
    return found + [f"{flow.name}.{problem}" for problem in _late_network(flow)]


def _undeclared(flow: Flow[Any]) -> Iterator[str]:
    if flow.start not in flow.steps:
        yield f"{flow.name}: the first step {flow.start!r} does not exist"
    for step in flow.steps.values():
        for target in step.leads:
            if target not in flow.steps:
                yield f"{flow.name}.{step.name}: leads to {target!r}, which does not exist"
    if not flow.hears_hang_ups:
        yield f"{flow.name}: does not say what follows when the person hangs up"


def _unreachable(flow: Flow[Any]) -> Iterator[str]:
    reached = _from(flow, flow.start)
    for name in flow.steps:
        if name not in reached:
            yield f"{flow.name}.{name}: no step leads here"


def _endless(flow: Flow[Any]) -> Iterator[str]:
    for name in flow.steps:
        if not any(flow.steps[each].ends for each in _from(flow, name) if each in flow.steps):
            yield f"{flow.name}.{name}: dead end, no way from here ends the conversation"


def _from(flow: Flow[Any], start: str) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in reached and name in flow.steps:
            reached.add(name)
            waiting.extend(flow.steps[name].leads)
    return reached


def _arrivals(flow: Flow[Any], name: str) -> set[type[Then]]:
    return {kind for step in flow.steps.values() for kind in step.leads.get(name, frozenset())}


def _deaf(flow: Flow[Any], step: Step[Any]) -> Iterator[str]:
    for kind in sorted(_arrivals(flow, step.name), key=lambda kind: kind.__name__):
        if kind not in ANSWERS:
            yield f"is reached by {kind.__name__}, after which nothing is heard"
            continue
        missed = union_members(ANSWERS[kind]) - step.hears
        for each in sorted(missed, key=lambda heard: heard.__name__):
            yield f"is reached by {kind.__name__} but does not hear {each.__name__}"
    if _arrivals(flow, step.name) & {Listen, ListenOnHold} and step.question is None:
        yield "waits for keys without a question: say what to do on nonsense, silence and giving up"


def _incomplete(step: Step[Any]) -> Iterator[str]:
    question = step.question
    if question is None:
        return
    if question.step != step.name:
        yield f"asks the question of step {question.step!r}"
    if not question.nonsense:
        yield "has no other words for keys that mean nothing"
    if not question.silence:
        yield "has no other words for silence"
    if step.name not in step.leads:
        yield "cannot ask again: it does not lead to itself"
    yield from _repeated_words(question)


def _repeated_words(question: Question[Any]) -> Iterator[str]:
    for wordings in (question.nonsense, question.silence):
        if len(set(wordings)) != len(wordings):
            yield "asks again in the same words"


def _late_network(flow: Flow[Any]) -> Iterator[str]:
    """What is slow may be asked only before the transaction of a turn opens, so never after another lookup."""
    for step in flow.steps.values():
        arrivals = _arrivals(flow, step.name) & LOOKUPS
        slow = SLOW & {kind for kinds in step.leads.values() for kind in kinds}
        for kind in sorted(slow if arrivals else set(), key=lambda kind: kind.__name__):
            yield f"{step.name}: asks {kind.__name__}, which is slow, in the middle of a turn"

"""A flow as a Mermaid picture, derived from the declared edges."""

from collections.abc import Iterator
from typing import Any

from flows.flow import Flow, Step
from flows.turn import ENDED

SPOKEN_AS = {
    "Listen": "keys",
    "Ring": "ring",
    "Hold": "on hold",
    "ListenOnHold": "keys, on hold",
    "Watch": "waits beside",
    "LeaveHold": "off hold",
    "Record": "record",
    "JoinCaller": "talk",
    "Forward": "duty phone",
    "FindTicket": "find the ticket",
    "Claim": "claim",
    "CheckCooldown": "still quiet?",
    "CheckRing": "caller there?",
    "AcceptRing": "accepted?",
    "CheckCaller": "on hold still?",
    "CheckPin": "PIN?",
    "AskDuty": "on duty?",
    "AskRest": "resting?",
    "AskPromises": "promised?",
    "AskDuties": "which duties?",
    "AwaitRingEnd": "ring ending",
    "AwaitTalkEnd": "talk ending",
}
"""How each kind of waiting is written on an arrow."""


def mermaid(flow: Flow[Any]) -> str:
    """The flow as Mermaid text: rounded steps are questions, arrows carry what is waited for on the way."""
    return "\n".join(["flowchart TD", *_lines(flow)])


def _lines(flow: Flow[Any]) -> Iterator[str]:
    yield f"    phone(( )) --> {flow.start}"
    for step in flow.steps.values():
        yield f"    {step.name}{_box(step)}"
    for step in flow.steps.values():
        yield from _arrows(step)


def _box(step: Step[Any]) -> str:
    words = step.name.replace("_", " ")
    return f"([{words}?])" if step.question else f"[{words}]"


def _arrows(step: Step[Any]) -> Iterator[str]:
    for target, kinds in step.leads.items():
        label = ", ".join(sorted(SPOKEN_AS[kind.__name__] for kind in kinds))
        yield f"    {step.name} -->|{label}| {target}"
    if step.ends:
        yield f"    {step.name} --> {ENDED}((goodbye))"

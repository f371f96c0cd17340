"""The conversations by their stored names, and what the step a call has come to can be told."""

from typing import Any

from db.repositories.calls import StoredCall
from flows.call_screening import screening
from flows.customer_call import customer_call
from flows.escalation_line import line as escalation_line
from flows.flow import Flow
from flows.heard import Heard, StillWaiting
from flows.manager_line import manager_line

FLOWS: dict[str, Flow[Any]] = {flow.name: flow for flow in (escalation_line, customer_call, screening, manager_line)}
"""Every conversation by its stored name."""


def waits_on_hold(stored: StoredCall) -> bool:
    """Whether the present step hears what happens to the phones beside."""
    return hears(stored, StillWaiting)


def hears(stored: StoredCall, what: type[Heard]) -> bool:
    """Whether the present step can be told this."""
    step = FLOWS[stored.conversation].steps.get(stored.step)
    return step is not None and what in step.hears


def is_asked(stored: StoredCall) -> bool:
    """Whether the present step waits for the answer to a question."""
    step = FLOWS[stored.conversation].steps.get(stored.step)
    return step is not None and step.question is not None

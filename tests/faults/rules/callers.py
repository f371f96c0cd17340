"""Customers: they phone, key right and wrong numbers, press any key at any moment, stay silent, hang up."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition

from tests.faults import company
from tests.faults.deeds import callers, house, managers
from tests.faults.rules.acting import PLACES, Acting, one_of, step

TICKETS = st.sampled_from([*company.ELIGIBLE, company.CLOSED, company.UNKNOWN[0]])
LANGUAGES = st.sampled_from(["1", "1", "2", "3"])
KEYS = st.sampled_from(
    ["1", "1", "2", "3", "9", "*", "#", "0", "48", "48213#", "49999#", "48299#", "1234567890123#", "4*8#", "1w1", "**"]
)
RING_SETUP = 12.0
"""In dial mode nobody rings before the caller has heard whom."""
WRONG = st.sampled_from([*company.UNKNOWN, "4801", "777777"])


class CallerRules(Acting):
    """What customers do."""

    @precondition(lambda self: self.world.idle(company.CALLERS))
    @step("a caller phones the line", who=PLACES)
    def phones(self, who: int) -> None:
        callers.dials(self.world, one_of(self.world.idle(company.CALLERS), who))

    @precondition(lambda self: self.world.idle(company.CALLERS))
    @step("a caller escalates a ticket", who=PLACES, ticket=TICKETS, language=LANGUAGES)
    def escalates(self, who: int, ticket: str, language: str) -> None:
        callers.escalates(self.world, one_of(self.world.idle(company.CALLERS), who), ticket, language)

    @precondition(lambda self: self.world.idle(company.CALLERS))
    @step("a caller escalates one of two tickets", who=PLACES, ticket=st.sampled_from(company.HOT_TICKETS))
    def escalates_the_same(self, who: int, ticket: str) -> None:
        callers.escalates(self.world, one_of(self.world.idle(company.CALLERS), who), ticket)

    @precondition(lambda self: self.world.idle(company.CALLERS))
    @step("a caller escalates, and somebody accepts", who=PLACES, ticket=TICKETS)
    def gets_through(self, who: int, ticket: str) -> None:
        callers.escalates(self.world, one_of(self.world.idle(company.CALLERS), who), ticket)
        self.world.looked_on("a caller waits for somebody to accept")
        self.world.passes(RING_SETUP)
        for manager in self.world.ringing():
            managers.accepts(self.world, manager)

    @precondition(lambda self: self.world.idle(company.CALLERS))
    @step("a caller guesses numbers", who=PLACES, numbers=st.lists(WRONG, min_size=1, max_size=3), last=TICKETS)
    def guesses(self, who: int, numbers: list[str], last: str) -> None:
        caller = one_of(self.world.idle(company.CALLERS), who)
        callers.asks_for(self.world, caller, numbers[0])
        for number in [*numbers[1:], last]:
            self.world.looked_on("a caller has guessed a number")
            callers.keys(self.world, caller, f"{number}#")

    @precondition(lambda self: self.world.on_a_call(company.CALLERS))
    @step("a caller presses keys", who=PLACES, keys=KEYS)
    def presses(self, who: int, keys: str) -> None:
        callers.keys(self.world, one_of(self.world.on_a_call(company.CALLERS), who), keys)

    @precondition(lambda self: self.world.on_a_call(company.CALLERS))
    @step("a caller hangs up", who=PLACES)
    def leaves(self, who: int) -> None:
        callers.hangs_up(self.world, one_of(self.world.on_a_call(company.CALLERS), who))

    @precondition(lambda self: self.world.idle(company.CALLERS))
    @step("a caller asks to be called back, or leaves a message", who=PLACES, ticket=TICKETS, speaks=st.booleans())
    def gives_up_waiting(self, who: int, ticket: str, speaks: bool) -> None:
        caller = one_of(self.world.idle(company.CALLERS), who)
        callers.escalates(self.world, caller, ticket)
        self.world.looked_on("a caller is about to give up waiting")
        if speaks:
            callers.leaves_a_message(self.world, caller)
        else:
            callers.asks_to_be_called_back(self.world, caller)

    @precondition(lambda self: self.world.callback_due is not None)
    @step("a customer is called back", answers=st.booleans())
    def is_called_back(self, answers: bool) -> None:
        house.waits_for_callback(self.world)
        if answers:
            for phone in self.world.ringing():
                managers.accepts(self.world, phone)
                self.world.looked_on("a customer who is called back goes on")
                managers.presses(self.world, phone, "1")

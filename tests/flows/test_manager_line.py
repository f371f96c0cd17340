"""The manager's line: without the right PIN nothing is told and nothing changes, whatever is keyed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.call import ManagerLineCall
from flows.effects import CooldownLifted, CooldownSet, DutyPassed, ManagersAct, WentOffDuty
from flows.flow import HIDDEN
from flows.heard import (
    Digits,
    DutiesFound,
    DutyFound,
    Heard,
    HungUp,
    LastTalk,
    PinRight,
    PinWrong,
    PromisesFound,
    RestFound,
    Silence,
    Started,
    TicketSystemDown,
)
from flows.manager_line import manager_line
from flows.own_line.questions import DUTY_KEYS, YES_OR_ANOTHER, main_keys, rest_keys
from flows.prompts.spoken import Moment, Span
from flows.rules.cooldown import Standing
from flows.rules.keyed_time import LONGEST_HOURS
from flows.rules.passing_on import Passable
from flows.rules.pin import PinTerms
from flows.turn import (
    ENDED,
    AskDuties,
    AskDuty,
    AskPromises,
    AskRest,
    CheckPin,
    FindTicket,
    HangUp,
    Listen,
    ServeAsCustomer,
    Turn,
)
from tests.flows.anything import PASSABLE, answers_to, own_lines, unhurried
from tests.flows.world import FOUND, HOUR, LEVEL_1, LINE, MINUTE, NOW, TICKET

PIN = "730418"
CALL = ManagerLineCall(
    step=manager_line.start, language="en", line=LINE, caller=LEVEL_1, people=("dana",), has_pin=True
)
INSIDE = manager_line.steps.keys() - {"greeting", "pin", "pin_checked"}
CHANGES = get_args(ManagersAct)
ANSWERS_AT_ONCE: dict[type, Heard] = {
    AskDuty: DutyFound(at=NOW, off_until=None),
    AskDuties: DutiesFound(at=NOW, planned=True, duties=(PASSABLE,)),
    AskPromises: PromisesFound(at=NOW, promises=()),
}
MOST_TURNS = 40

keys = st.sampled_from(["1", "2", "3", "4", "*", "0", "0800", "8", "48213", "291650", PIN[::-1]]) | st.text(
    "0123456789*#", min_size=1, max_size=7
)


class OnTheLine:
    """A manager on the phone, or somebody who would like to be one. ``pin`` is the right one."""

    def __init__(self, call: ManagerLineCall = CALL, pin: str = PIN) -> None:
        self.turn: Turn[Any] = Turn(call=call, then=HangUp())
        self.pin = pin
        self.turns: list[Turn[Any]] = []
        self.told(Started(at=NOW))

    def told(self, heard: Heard) -> None:
        """Take a turn; a PIN is checked, and nothing else is answered."""
        self.turn = manager_line.take(self.turn.call, heard)
        self.turns.append(self.turn)
        match self.turn.then:
            case CheckPin(keys=keyed) if keyed == self.pin:
                self.told(PinRight(at=NOW, person="dana", name="Dana", language="de", zone="Europe/Berlin"))
            case CheckPin():
                self.told(PinWrong(at=NOW))
            case _:
                pass

    def presses(self, pressed: str) -> None:
        """Press keys; the menu follows by itself."""
        self.told(Digits(at=NOW, keys=pressed))
        if isinstance(self.turn.then, AskDuty):
            self.told(DutyFound(at=NOW, off_until=None))

    @property
    def hears(self) -> tuple[str, ...]:
        """The keys of the sentences spoken in the last turn."""
        return tuple(prompt.key for prompt in self.turn.say)

    @property
    def effects(self) -> list[Any]:
        """Everything stated so far."""
        return [effect for turn in self.turns for effect in turn.effects]

    @property
    def listens(self) -> bool:
        """Whether keys can be pressed."""
        return isinstance(self.turn.then, Listen)


@pytest.fixture
def manager() -> OnTheLine:
    """Somebody who has keyed the right PIN and hears the menu."""
    inside = OnTheLine()
    inside.presses(PIN)
    return inside


class TestWithoutTheRightPin:
    """Nothing opens."""

    @unhurried
    @given(own_lines, st.lists(keys | st.none(), max_size=MOST_TURNS))
    def test_no_keys_change_anything_or_are_told_anything(
        self, call: ManagerLineCall, pressed: list[str | None]
    ) -> None:
        guesser = OnTheLine(call, pin="")
        for each in pressed:
            if not guesser.listens:
                break
            guesser.told(Silence(at=NOW) if each is None else Digits(at=NOW, keys=each))

        assert guesser.effects == []
        for turn in guesser.turns:
            assert turn.call.person == ""
            assert turn.call.step not in INSIDE
            assert all(prompt.key.startswith(("own_pin.", "greeting.")) for prompt in turn.say)

    @unhurried
    @given(own_lines.filter(lambda call: call.has_pin), st.lists(keys | st.none(), max_size=MOST_TURNS))
    def test_one_call_tries_three_pins_at_most(self, call: ManagerLineCall, pressed: list[str | None]) -> None:
        guesser = OnTheLine(call, pin="")
        for each in pressed:
            if guesser.listens:
                guesser.told(Silence(at=NOW) if each is None else Digits(at=NOW, keys=each))

        tried = [turn for turn in guesser.turns if isinstance(turn.then, CheckPin)]
        assert len(tried) <= PinTerms().in_a_call

    @unhurried
    @given(st.data())
    def test_whatever_the_world_answers_changes_come_from_inside_only(self, data: st.DataObject) -> None:
        call, person_known = data.draw(own_lines), False
        turn = manager_line.take(call, Started(at=NOW))
        for _ in range(MOST_TURNS):
            if isinstance(turn.then, HangUp | ServeAsCustomer):
                break
            heard = data.draw(answers_to(turn.then))
            person_known = person_known or isinstance(heard, PinRight)
            turn = manager_line.take(turn.call, heard)
            assert person_known or not turn.effects
            assert bool(turn.call.person) == person_known

    def test_asking_again_gives_no_tries_back(self) -> None:
        guesser = OnTheLine()
        for _ in range(2):
            guesser.presses("291650")
            guesser.presses("*")
        guesser.presses("291650")

        assert guesser.hears == ("own_pin.wrong", "own_pin.give_up")
        assert guesser.turn.then == HangUp()

    def test_no_pin_at_all_tells_how_to_get_one_and_serves_a_customer(self) -> None:
        manager = OnTheLine(replace(CALL, has_pin=False))

        assert manager.hears == ("own_pin.none",)
        assert manager.turn.then == ServeAsCustomer()

    def test_silence_serves_a_customer_at_once(self) -> None:
        manager = OnTheLine()
        manager.told(Silence(at=NOW))

        assert manager.turn.then == ServeAsCustomer()

    def test_silence_after_a_wrong_pin_is_asked_once_more(self) -> None:
        manager = OnTheLine()
        manager.presses("291650")
        manager.told(Silence(at=NOW))

        assert manager.hears == ("own_pin.silence.second",)

    @pytest.mark.parametrize(
        "tries",
        [["73041"] * 3, ["73041", None, None], ["291650", "*", None, None, None]],
        ids=["keys", "silence", "star"],
    )
    def test_who_has_keyed_anything_is_asked_nothing_whose_answer_is_written_down(
        self, tries: list[str | None]
    ) -> None:
        manager = OnTheLine()
        for each in tries:
            manager.told(Silence(at=NOW) if each is None else Digits(at=NOW, keys=each))

        assert manager.hears[-1] == "own_pin.give_up"
        assert manager.turn.then == HangUp()


class TestWhatIsWrittenDown:
    """Of a PIN: that it was keyed."""

    def test_the_keys_of_a_pin_are_not_kept(self) -> None:
        assert manager_line.to_keep("pin", Digits(at=NOW, keys=PIN)) == Digits(at=NOW, keys=HIDDEN)

    @pytest.mark.parametrize("step", ["menu", "off_until", "ticket_number", "no such step"])
    def test_all_other_keys_are(self, step: str) -> None:
        assert manager_line.to_keep(step, Digits(at=NOW, keys="1")) == Digits(at=NOW, keys="1")

    def test_silence_is_silence(self) -> None:
        assert manager_line.to_keep("pin", Silence(at=NOW)) == Silence(at=NOW)

    def test_the_state_and_what_is_asked_show_no_keys(self) -> None:
        manager = OnTheLine()
        asked = manager_line.take(manager.turn.call, Digits(at=NOW, keys=PIN))

        assert PIN not in repr(asked)
        assert asked.then == CheckPin(people=("dana",), keys=PIN)


@pytest.mark.parametrize(
    "keys", [main_keys(CALL), rest_keys(replace(CALL, rests=True)), DUTY_KEYS, YES_OR_ANOTHER]
)
def test_no_menu_has_more_than_five_choices_and_star_is_one(keys: Any) -> None:
    assert len(keys.choices) <= 5
    assert keys.choices[-1].key == "*"


def test_the_right_pin_changes_language_and_zone(manager: OnTheLine) -> None:
    assert (manager.turn.call.person, manager.turn.call.language) == ("dana", "de")
    assert manager.turn.call.zone == "Europe/Berlin"
    assert manager.hears[0] == "own_line.as_planned"


class TestOffDuty:
    """Until a time; it is read back, and only a key confirms it."""

    def test_a_confirmed_time_counts(self, manager: OnTheLine) -> None:
        manager.presses("1")
        assert manager.hears == ("own_time.ask",)
        manager.presses("8")
        assert manager.turn.say[0].values == {"until": Moment(NOW + 8 * HOUR, NOW, "Europe/Berlin")}
        assert manager.effects == []
        manager.presses("1")

        assert manager.effects == [WentOffDuty(until=NOW + 8 * HOUR)]

    @pytest.mark.parametrize("pressed", ["2", "*", "0", "12", "#"])
    def test_any_other_key_changes_nothing(self, manager: OnTheLine, pressed: str) -> None:
        for each in ("1", "0800", pressed):
            manager.presses(each)

        assert manager.effects == []

    def test_silence_and_hanging_up_change_nothing(self, manager: OnTheLine) -> None:
        for each in ("1", "0800"):
            manager.presses(each)
        manager.told(Silence(at=NOW))
        manager.told(HungUp(at=NOW))

        assert manager.effects == []
        assert manager.turn.call.step == ENDED

    @unhurried
    @given(st.lists(keys, max_size=MOST_TURNS))
    def test_what_counts_is_what_was_read_back_just_before(self, pressed: list[str]) -> None:
        manager = OnTheLine()
        manager.presses(PIN)
        for each in pressed:
            if not manager.listens:
                break
            manager.presses(each)
            if isinstance(manager.turn.then, FindTicket):
                manager.told(FOUND)
                manager.told(RestFound(at=NOW, standing=Standing(quiet_until=NOW + HOUR), last_talk=None))
            while not manager.listens and not isinstance(manager.turn.then, HangUp):
                manager.told(ANSWERS_AT_ONCE[type(manager.turn.then)])

        for before, turn in zip(manager.turns, manager.turns[1:], strict=False):
            for effect in turn.effects:
                if isinstance(effect, WentOffDuty | CooldownSet):
                    read_back = [prompt.values.get("until") for prompt in before.call.news]
                    assert read_back == [Moment(effect.until, NOW, "Europe/Berlin")]
                    assert NOW < effect.until <= NOW + timedelta(hours=LONGEST_HOURS)
                assert isinstance(effect, CHANGES)


class TestPassingOn:
    """What is read out is what counts, or nothing does."""

    def test_the_duties_are_passed_on_when_they_still_stand(self, manager: OnTheLine) -> None:
        found = DutiesFound(at=NOW, planned=True, duties=(PASSABLE, replace(PASSABLE, schedule="nights", to="")))
        manager.presses("2")
        assert manager.turn.then == AskDuties()
        manager.told(found)
        assert manager.hears[:2] == ("own_pass.would", "own_pass.nobody")
        manager.presses("1")
        manager.told(found)

        assert manager.effects == [DutyPassed(duty=PASSABLE)]

    @pytest.mark.parametrize(
        "now",
        [(), (replace(PASSABLE, to="eve"),), (replace(PASSABLE, until=NOW + MINUTE),)],
        ids=["over", "who", "when"],
    )
    def test_a_plan_that_has_changed_is_read_out_anew(self, manager: OnTheLine, now: tuple[Passable, ...]) -> None:
        manager.presses("2")
        manager.told(DutiesFound(at=NOW, planned=True, duties=(PASSABLE,)))
        manager.presses("1")
        manager.told(DutiesFound(at=NOW, planned=True, duties=now))

        assert manager.hears[0] == "own_pass.changed"
        assert manager.effects == []

    def test_star_passes_nothing_on(self, manager: OnTheLine) -> None:
        manager.presses("2")
        manager.told(DutiesFound(at=NOW, planned=True, duties=(PASSABLE,)))
        manager.presses("*")

        assert manager.effects == []
        assert manager.turn.call.duties == ()


class TestCooldown:
    """What a ticket may do to the phones."""

    def looks_at(self, manager: OnTheLine, found: Heard, rest: RestFound) -> None:
        """Key the ticket; the world answers."""
        manager.presses("4")
        manager.presses("48213")
        assert manager.turn.then == FindTicket(number="48213")
        manager.told(found)
        assert manager.turn.then == AskRest()
        manager.told(rest)

    def test_a_ticket_that_rests_can_be_lifted(self, manager: OnTheLine) -> None:
        quiet = Standing(quiet_until=NOW + HOUR)
        talk = LastTalk(name="Eve", at=NOW - 20 * MINUTE)
        self.looks_at(manager, FOUND, RestFound(at=NOW, standing=quiet, last_talk=talk))
        assert manager.hears == (
            "ticket.found",
            "own_ticket.quiet",
            "own_ticket.last_talk",
            "own_ticket.lift",
            "own_ticket.set",
            "own_ticket.other",
            "own_line.back",
        )
        assert manager.turn.say[2].values["age"] == Span(20 * MINUTE)
        manager.presses("1")
        assert manager.effects == []
        manager.presses("1")

        assert manager.effects == [CooldownLifted(number="48213")]

    def test_a_ticket_that_rings_managers_has_nothing_to_lift(self, manager: OnTheLine) -> None:
        self.looks_at(manager, FOUND, RestFound(at=NOW, standing=Standing(), last_talk=None))

        assert "own_ticket.open" in manager.hears
        assert "own_ticket.lift" not in manager.hears
        manager.presses("1")
        assert manager.hears[0] == "own_line.nonsense.first"

    def test_a_broken_promise_has_opened_it_already(self, manager: OnTheLine) -> None:
        promised = Standing(quiet_until=NOW + HOUR, promised_at=NOW - HOUR, promised_until=NOW - MINUTE)
        self.looks_at(manager, FOUND, RestFound(at=NOW, standing=promised, last_talk=None))

        assert TICKET.updated_at < NOW - HOUR
        assert "own_ticket.open" in manager.hears

    def test_everything_against_it_is_told(self, manager: OnTheLine) -> None:
        ahead = NOW + HOUR
        standing = Standing(leased_until=ahead, quiet_until=ahead, window_opens_at=ahead, promised_until=ahead)
        self.looks_at(manager, FOUND, RestFound(at=NOW, standing=standing, last_talk=None))

        told = ("own_ticket.quiet", "own_ticket.too_many", "own_ticket.being_rung", "own_ticket.promised")
        assert manager.hears[1:5] == told

    def test_it_is_set_without_the_ticket_system(self, manager: OnTheLine) -> None:
        self.looks_at(manager, TicketSystemDown(at=NOW), RestFound(at=NOW, standing=Standing(), last_talk=None))
        assert manager.hears[0] == "own_ticket.not_looked_up"
        for each in ("2", "2", "1"):
            manager.presses(each)

        assert manager.effects == [CooldownSet(number="48213", until=NOW + 2 * HOUR)]

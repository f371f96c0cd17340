"""Whatever is written down comes back as it was."""

import json
from dataclasses import MISSING, fields
from itertools import permutations
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import codec, seed
from flows import turn
from flows.call import EscalationCall, ManagerLineCall, ScreeningCall
from flows.heard import Heard
from flows.prompts.spoken import Prompt, Value
from flows.routing import Person, Routing
from tests.db.anything import anything
from tests.db.samples import CALL


@pytest.mark.parametrize("kind", [EscalationCall, ScreeningCall, ManagerLineCall])
@given(choices=st.data())
def test_the_state_of_a_call(kind: type, choices: st.DataObject) -> None:
    state = choices.draw(anything(kind))
    assert codec.state.decode(codec.state.encode(state)) == state


@given(anything(turn.Lookup))
def test_a_question_being_asked(lookup: turn.Lookup) -> None:
    assert codec.lookup.decode(codec.lookup.encode(lookup)) == lookup


@given(anything(Heard))
def test_what_was_heard(heard: Heard) -> None:
    assert codec.listened.decode(codec.listened.encode(heard)) == heard


@given(anything(Routing))
def test_a_routing_document(routing: Routing) -> None:
    assert codec.routing_from_text(codec.routing_to_text(routing)) == routing


@given(anything(Prompt))
def test_a_prompt_keeps_the_kinds_of_its_values(prompt: Prompt) -> None:
    call = EscalationCall(step="any", language="en", line=CALL.line, caller="", news=(prompt,))
    assert codec.state.decode(codec.state.encode(call)) == call


@given(st.lists(st.tuples(st.text(), st.text())))
def test_sentences(said: list[tuple[str, str]]) -> None:
    assert codec.sentences_from_text(codec.sentences_to_text(said)) == tuple(said)


def test_each_kind_of_value_in_a_prompt_requires_a_field_no_other_has() -> None:
    """Else an untagged value could come back as another kind."""
    for kind, other in permutations(get_args(Value), 2):
        assert not required(kind) <= names(other), f"{other.__name__} could be read as {kind.__name__}"


def required(kind: Any) -> set[str]:
    """Fields without a default."""
    return {each.name for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING}


def names(kind: Any) -> set[str]:
    """All fields."""
    return {each.name for each in fields(kind)}


@pytest.mark.parametrize("kind", [*get_args(Heard), *get_args(turn.Lookup)])
def test_every_kind_is_told_apart_by_its_name(kind: type) -> None:
    tags = codec.lookup if kind in get_args(turn.Lookup) else codec.listened
    assert kind.__name__ in tags.names


def test_a_call_begun_before_an_upgrade_goes_on_after_it() -> None:
    """The version before knew fewer fields, or others."""
    [(name, state)] = json.loads(codec.state.encode(CALL)).items()
    del state["news"]
    state["forgotten"] = 1
    assert codec.state.decode(json.dumps({name: state}, separators=(",", ":"))) == CALL


def test_a_routing_published_when_people_had_one_number_is_read_as_it_was_meant() -> None:
    """Published versions never change."""
    document = json.loads(codec.routing_to_text(seed.ROUTING))
    document["people"] = {
        "jane": {"name": "Jane", "number": "+12025550101", "email": "jane@example.com", "language": "de"},
        "sam": {"name": "Sam", "number": "", "email": "sam@example.com", "language": "en"},
    }
    assert codec.routing_from_text(json.dumps(document)).people == {
        "jane": Person(name="Jane", phones=("+12025550101",), email="jane@example.com", languages=("de",)),
        "sam": Person(name="Sam", email="sam@example.com", languages=("en",)),
    }


@pytest.mark.parametrize("text", ["", "{}", "null", '{"Unknown":{}}', '{"FindTicket":{}}', '{"FindTicket":'])
def test_damaged_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        codec.lookup.decode(text)


def test_another_class_is_refused() -> None:
    with pytest.raises(KeyError):
        codec.state.encode("a string")  # type: ignore[arg-type]

"""Managers by script pick up, hear the story and press what it names; or do not."""

import pytest

from ivr.terminal_phone.acts import Act, Answer, HangUp, Press
from ivr.terminal_phone.manager import BY_HAND, ManagerBehaviour, ScriptedManager
from tests.ivr.terminal_phone.telling import LEVEL_1, at, bridged, ended, rang, silenced, spoke

STORY = "Escalation: severity 2, high. Press 1 to accept. Press 2 to pass it on. Press star to repeat."
ERZAEHLT = "Eskalation. Annehmen mit der 3. Weitergeben mit der 4."


def who_has_heard(behaviour: ManagerBehaviour, story: str = STORY) -> ScriptedManager:
    manager = ScriptedManager(behaviour)
    manager.follow(rang(0))
    assert manager.acts(at(3)) == Answer()
    manager.follow(spoke(3, story, seconds=10, handset=LEVEL_1))
    return manager


@pytest.mark.parametrize(
    ("behaviour", "act"),
    [
        (ManagerBehaviour.ACCEPT, Press("1")),
        (ManagerBehaviour.DECLINE, Press("2")),
        (ManagerBehaviour.HANG_UP, HangUp()),
        (ManagerBehaviour.SILENT, None),
    ],
)
def test_what_follows_the_story(behaviour: ManagerBehaviour, act: Act | None) -> None:
    manager = who_has_heard(behaviour)
    assert manager.acts(at(13.5)) is None
    assert manager.acts(at(14)) == act


def test_the_story_is_understood_in_any_language() -> None:
    assert who_has_heard(ManagerBehaviour.ACCEPT, ERZAEHLT).acts(at(14)) == Press("3")


def test_a_story_cut_short_is_over() -> None:
    manager = who_has_heard(ManagerBehaviour.ACCEPT)
    manager.follow(silenced(5, STORY[:60], handset=LEVEL_1))
    assert manager.acts(at(6)) == Press("1")


def test_a_telephone_is_picked_up_after_three_seconds_and_once() -> None:
    manager = ScriptedManager(ManagerBehaviour.ACCEPT)
    manager.follow(rang(0))
    assert manager.acts(at(2.9)) is None
    assert manager.acts(at(3)) == Answer()
    assert manager.acts(at(4)) is None


def test_the_manager_ends_the_talk() -> None:
    manager = who_has_heard(ManagerBehaviour.ACCEPT)
    manager.acts(at(14))
    manager.follow(bridged(15, handset=LEVEL_1))
    assert manager.acts(at(24)) is None
    assert manager.acts(at(25)) == HangUp()


def test_a_manager_whose_caller_has_left_says_that_it_is_resolved() -> None:
    manager = who_has_heard(ManagerBehaviour.ACCEPT)
    manager.acts(at(14))
    manager.follow(bridged(15, handset=LEVEL_1))
    manager.follow(spoke(20, "How does it go on? Press 1 if it is resolved.", seconds=8, handset=LEVEL_1))
    assert manager.acts(at(25)) is None
    assert manager.acts(at(29)) == Press("1")


def test_a_call_that_is_over_is_forgotten() -> None:
    manager = who_has_heard(ManagerBehaviour.ACCEPT)
    manager.follow(ended(5, handset=LEVEL_1))
    assert manager.acts(at(60)) is None


@pytest.mark.parametrize("behaviour", sorted(set(ManagerBehaviour) - BY_HAND, key=str))
def test_where_nobody_picks_up_nobody_acts(behaviour: ManagerBehaviour) -> None:
    manager = ScriptedManager(behaviour)
    manager.follow(rang(0))
    assert manager.acts(at(60)) is None

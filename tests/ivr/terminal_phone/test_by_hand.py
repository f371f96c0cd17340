"""A call by hand: whoever types has the caller's telephone and the managers' beside it."""

from collections.abc import Callable, Iterator

from ivr.emulator.exchange import Exchange
from ivr.terminal_phone.by_hand import CallByHand
from ivr.terminal_phone.cast import demo_cast
from ivr.terminal_phone.screen import Screen
from ivr.terminal_phone.script import Script
from ivr.terminal_phone.stages import Stage

Typing = Callable[[Exchange], Iterator[str]]


def by_hand(stage: Stage, typing: Typing) -> list[str]:
    """What is on the screen when ``typing`` has typed its lines; it may listen to the telephones in between."""
    assert isinstance(stage.network, Exchange)
    shown, cast = list[str](), demo_cast()
    call = CallByHand(stage.network, cast, Screen(Script(cast), shown.append, 10_000), shown.append)
    stage.on_mail(call.screen.show)
    call.run(typing(stage.network))
    return shown


def tells(shown: list[str], *words: str) -> bool:
    return any(all(word in line for word in words) for line in shown)


def test_a_whole_call_typed(stage: Stage) -> None:
    def typing(exchange: Exchange) -> Iterator[str]:
        caller, level_1 = exchange.handset("+12025550123"), exchange.handset("+12025550101")
        caller.hears("For English")
        yield "1"
        caller.hears("ticket number")
        yield "4 8 2 1 3 #"
        caller.hears("escalate now")
        yield "1"
        level_1.rings()
        yield "1 answer"
        level_1.hears("to accept")
        yield "1 press 1"
        caller.talks_to(level_1)
        yield "1 say Hello, this is level 1."
        yield "say I am glad to hear you."
        yield "1 hang up"
        caller.hears("resolved for you")
        yield "hang up"

    shown = by_hand(stage, typing)
    assert tells(shown, "caller", "presses", "4 8 2 1 3 #")
    assert tells(shown, "Level 1", "rings")
    assert tells(shown, "caller", "talks to", "Level 1")
    assert tells(shown, "Level 1", "says", '"Hello, this is level 1."')
    assert tells(shown, "caller", "hears", '"Hello, this is level 1."')
    assert tells(shown, "Level 1", "hears", '"I am glad to hear you."')
    assert tells(shown, "caller", "is done")


def test_a_manager_declines_with_the_red_button(stage: Stage) -> None:
    def typing(exchange: Exchange) -> Iterator[str]:
        caller, level_1 = exchange.handset("+12025550123"), exchange.handset("+12025550101")
        for question, keys in (("For English", "1"), ("ticket number", "48213#"), ("escalate now", "1")):
            caller.hears(question)
            yield keys
        level_1.rings()
        yield "1 decline"

    assert tells(by_hand(stage, typing), "Level 1", "declines")


def test_the_end_of_the_text_hangs_up(stage: Stage) -> None:
    shown = by_hand(stage, lambda exchange: iter(()))
    assert isinstance(stage.network, Exchange)
    assert stage.network.handset("+12025550123").state == "idle"
    assert shown[-1] == "The telephones are put away."
    stage.network.nothing_else_happens()


def test_quit_hangs_up_and_reads_no_further(stage: Stage) -> None:
    shown = by_hand(stage, lambda exchange: iter(["quit", "help"]))
    assert not tells(shown, "the red button")
    assert tells(shown, "caller", "is done")


def test_ctrl_c_hangs_up_and_ends_cleanly(stage: Stage) -> None:
    def typing(exchange: Exchange) -> Iterator[str]:
        yield "1"
        raise KeyboardInterrupt

    shown = by_hand(stage, typing)
    assert tells(shown, "caller", "is done")
    assert shown[-1] == "The telephones are put away."


def test_what_makes_no_sense_now_is_answered_with_a_sentence(stage: Stage) -> None:
    shown = by_hand(
        stage, lambda exchange: iter(["call", "1 answer", "2 decline", "1 press 1", "2 say Hello", "1 hang up"])
    )
    assert [line for line in shown if line.startswith("The telephone of")] == [
        "The telephone of caller is on a call already.",
        "The telephone of Level 1 is not ringing.",
        "The telephone of Level 2 is not ringing.",
        "The telephone of Level 1 is not on a call: nobody hears the keys.",
        "The telephone of Level 2 is not on a call: nobody hears this.",
        "The telephone of Level 1 is not on a call.",
    ]


def test_what_is_not_understood_is_answered_with_what_would_be(stage: Stage) -> None:
    for typed in ("help", "sing"):
        assert tells(by_hand(stage, lambda exchange, typed=typed: iter([typed])), "pick up the telephone of level 1")  # type: ignore[misc]


def test_empty_lines_are_no_orders(stage: Stage) -> None:
    assert not tells(by_hand(stage, lambda exchange: iter(["\n", "  \n"])), "pick up the telephone of level 1")


def test_the_line_can_be_phoned_again(stage: Stage) -> None:
    def typing(exchange: Exchange) -> Iterator[str]:
        yield "hang up"
        yield "call"

    assert len([line for line in by_hand(stage, typing) if "calls" in line]) == 2

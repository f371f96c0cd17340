"""`ivr call` as its users meet it: options, exit codes, the JSON line, and a screen that can be read."""

import json

import click
import pytest
from click.testing import CliRunner, Result

from ivr.commands.call import call

SCRIPT = ["--ticket", "48213", "--manager", "1=decline", "--manager", "2=accept"]


def invoked(*arguments: str, columns: int = 80) -> Result:
    return CliRunner().invoke(call, list(arguments), env={"COLUMNS": str(columns)})


def test_a_scripted_call_ends_with_one_line_of_json() -> None:
    played = invoked(*SCRIPT, "--json")
    assert played.exit_code == 0, played.output
    ending = json.loads(played.stdout.splitlines()[-1])
    heard = ending.pop("heard")
    assert ending == {
        "outcome": "reached", "level": 2, "title": "Senior Director of Support", "turns": 6, "reasons": [],
    }  # fmt: skip
    assert "Ticket 4 8 2 1 3." in heard[4]
    assert all(isinstance(sentence, str) and sentence for sentence in heard)


def test_without_json_it_ends_with_a_sentence() -> None:
    played = invoked("--ticket", "48214")
    assert played.exit_code == 0, played.output
    assert played.stdout.splitlines()[-1] == "Not escalated (grace, guaranteed-response)."


def test_the_script_can_be_read_in_columns_and_without_colours() -> None:
    lines = invoked(*SCRIPT, columns=72).stdout.splitlines()[:-2]
    assert all(len(line) <= 72 for line in lines)
    assert not any("\x1b" in line for line in lines)
    beginnings = [line for line in lines if not line.startswith(" ")]
    assert {line[7:19].strip() for line in beginnings} == {"caller", "Level 1", "Level 2", "mail"}
    assert [line[:5] for line in beginnings] == sorted(line[:5] for line in beginnings)
    assert any("presses  4 8 2 1 3 #" in line for line in beginnings)


def test_colours_are_for_terminals() -> None:
    played = CliRunner().invoke(call, ["--ticket", "48218"], color=True)
    assert "\x1b" in played.stdout
    assert click.unstyle(played.stdout).count("caller") > 3


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--ticket", "48213", "--manager", "3=accept"], "the levels are 1 (Support Operations Manager), 2 (Senior"),
        (["--ticket", "48213", "--manager", "accept"], "there is no level 'accept'"),
        (
            ["--ticket", "48213", "--manager", "1=sleep"],
            "there are accept, decline, silent, hang-up, mailbox, busy",
        ),
        (["--ticket", "48213", "--manager", "1"], "is no behaviour"),
        (["--ticket", "four"], "cannot be keyed"),
        (["--ticket", ""], "cannot be keyed"),
        (["--ticket", "48213", "--language", "fr"], "'en', 'de', 'ru'"),
        (["--ticket", "48213", "--after-talk", "sing"], "'resolved', 'next', 'hang-up'"),
        (["--ticket", "48213", "--hang-up-when", "never"], "'ticket', 'confirm', 'ringing', 'talking'"),
        (["--ticket", "48213", "--caller", "555"], "is not a number"),
        (["--ticket", "48213", "--caller", "+12025550101"], "is the number of Level 1"),
        (["--json"], "--json needs --ticket"),
        (["--manager", "1=accept"], "--manager needs --ticket"),
        ([], "Name a --ticket"),
    ],
)
def test_a_mistake_in_the_options_is_answered_with_what_would_be_right(arguments: list[str], complaint: str) -> None:
    refused = invoked(*arguments)
    assert refused.exit_code == 2
    assert complaint in refused.stderr
    assert refused.stdout == ""


def test_another_caller_may_call() -> None:
    played = invoked("--ticket", "48213", "--caller", "+12025550188", "--hang-up-when", "confirm", "--json")
    assert json.loads(played.stdout.splitlines()[-1])["outcome"] == "not-escalated"


def test_help_says_what_can_be_typed_by_hand() -> None:
    assert "1 answer      pick up the telephone of level 1" in invoked("--help").stdout

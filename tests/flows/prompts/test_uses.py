"""Keys are found wherever code names them, with the placeholders it fills."""

from pathlib import Path

import pytest

from flows.prompts.uses import Use, uses_in, uses_under

SECTIONS = {"ring", "severity", "confirm"}


def found(source: str) -> list[Use]:
    return uses_in(source, "flows/x.py", SECTIONS)


def one(key: str, *filled: str) -> list[Use]:
    return [Use(key, frozenset(filled), "flows/x.py:1")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('say("ring.busy", title=title)', one("ring.busy", "title")),
        ('say("confirm.nobody")', one("confirm.nobody")),
        ('Prompt("confirm.nobody")', one("confirm.nobody")),
        ('Prompt("ring.busy", {"title": title})', one("ring.busy", "title")),
        ('Prompt("ring.busy", values={"title": title})', one("ring.busy", "title")),
        ('phrase(language, "ring.busy", {"title": "x"})', one("ring.busy", "title")),
        ('phrase(language, "confirm.nobody")', one("confirm.nobody")),
        ('Named("severity.high")', one("severity.high")),
        ('Choice("1", Confirm.NOW, "confirm.escalate")', one("confirm.escalate", "key")),
        ('Choice(key="1", means=None, prompt="confirm.escalate")', one("confirm.escalate", "key")),
        ('Question(nonsense=("confirm.nonsense.first",))', one("confirm.nonsense.first")),
        ('Question(silence=("confirm.silence.first",))', one("confirm.silence.first")),
    ],
)
def test_a_call_tells_the_key_and_what_it_fills(source: str, expected: list[Use]) -> None:
    assert found(source) == expected


def test_both_branches_of_a_choice_between_keys() -> None:
    uses = found('say("ring.busy" if busy else "ring.failed", title=title)')

    assert {(use.key, use.filled) for use in uses} == {
        ("ring.busy", frozenset({"title"})),
        ("ring.failed", frozenset({"title"})),
    }


def test_every_key_of_a_table_is_filled_like_the_call_that_looks_it_up() -> None:
    uses = found('NEWS = {A: "ring.busy", B: "ring.failed"}\nsay(NEWS[outcome], title=title)')

    assert {(use.key, use.filled) for use in uses} == {
        ("ring.busy", frozenset({"title"})),
        ("ring.failed", frozenset({"title"})),
    }


def test_an_annotated_tuple_is_a_table_too() -> None:
    uses = found('NEWS: tuple[str, ...] = ("ring.busy",)\nphrase(language, NEWS[0])')

    assert uses == [Use("ring.busy", frozenset(), "flows/x.py:1")]


def test_a_key_that_is_merely_named_counts_as_used() -> None:
    assert found('SAID = ["ring.busy"]') == [Use("ring.busy", None, "flows/x.py:1")]


def test_values_that_cannot_be_seen_are_not_judged() -> None:
    assert found('say("ring.busy", **values)') == [Use("ring.busy", None, "flows/x.py:1")]
    assert found('Prompt("ring.busy", values)') == [Use("ring.busy", None, "flows/x.py:1")]


@pytest.mark.parametrize(
    "source", ['"ring.wav is missing"', '"Ring.busy"', '"other.busy"', '"""About ring.busy."""', "3"]
)
def test_other_texts_are_no_keys(source: str) -> None:
    assert found(source) == []


def test_a_misspelt_key_is_still_a_use_so_that_the_lint_can_name_it() -> None:
    assert found('say("ringing.buzy")') == one("ringing.buzy")


def test_all_files_of_a_folder_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "flows"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "line.py").write_text('\nsay("ring.busy")\n', encoding="utf-8")

    assert uses_under(folder, SECTIONS) == [Use("ring.busy", frozenset(), "flows/deep/line.py:2")]

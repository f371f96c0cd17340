"""Columns on a screen."""

import click
from hypothesis import given
from hypothesis import strategies as st

from ivr.terminal_phone.layout import Entry, laid_out

SENTENCE = "Please key in your ticket number, then press the pound key."


def lines(entry: Entry, width: int) -> list[str]:
    return [click.unstyle(line) for line in laid_out(entry, width)]


def test_a_line_has_time_party_verb_and_words() -> None:
    assert lines(Entry(seconds=75.9, party="caller", verb="presses", words="4 8 2 1 3 #"), 80) == [
        "01:15  caller      presses  4 8 2 1 3 #"
    ]


def test_nothing_trails_a_line_without_words() -> None:
    assert lines(Entry(seconds=31, party="Level 1", verb="rings"), 80) == ["00:31  Level 1     rings"]


def test_long_sentences_continue_under_their_beginning() -> None:
    first, second = lines(Entry(seconds=0, party="caller", verb="hears", words=SENTENCE), 70)
    assert second.startswith(" " * first.index("Please"))
    assert not second[first.index("Please")].isspace()


@given(width=st.integers(1, 200), words=st.text(st.sampled_from("abc "), max_size=300))
def test_no_line_is_wider_than_the_screen_unless_that_is_narrower_than_a_telephone(width: int, words: str) -> None:
    for line in lines(Entry(seconds=0, party="caller", verb="hears", words=words), width):
        assert len(line) <= max(width, 48)


def test_the_longest_calls_keep_their_minutes() -> None:
    assert lines(Entry(seconds=6000, party="caller", verb="hears"), 80)[0].startswith("100:00")

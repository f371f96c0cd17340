"""The lint of the catalogues can fail: each test breaks one thing and reads the one sentence about it."""

from pathlib import Path

import pytest

from flows.prompts.catalogue import LANGUAGES, catalogue, read
from flows.prompts.lint import FORMS, problems, shipped_problems
from flows.prompts.uses import Use

ROOT = Path(__file__).parents[3]
WHERE = "flows/line.py:7"


def used(*keys: str) -> list[Use]:
    return [Use(key, None, WHERE) for key in keys]


def alone(text: str, language: str = "en") -> list[str]:
    """What is wrong with one language whose sentences are all used."""
    one = read(language, text)
    return problems([one], used(*one.sentences))


def both(en: str, de: str) -> list[str]:
    """What is wrong between English and German when all their sentences are used."""
    pair = [read("en", en), read("de", de)]
    return problems(pair, used(*{key for each in pair for key in each.sentences}))


def test_the_shipped_catalogues_and_the_code_that_speaks_them_are_whole() -> None:
    assert shipped_problems([ROOT / "flows", ROOT / "ivr" / "line", ROOT / "ivr" / "telephony"]) == []


def test_a_whole_catalogue_has_no_problems() -> None:
    assert both('[a]\nb = "Hello {name}."', '[a]\nb = "Hallo {name}."') == []


def test_a_sentence_missing_in_one_language() -> None:
    found = both('[a]\nb = "Hello."\nc = "Bye."', '[a]\nb = "Hallo."')

    assert found == ["de.toml: a.c is missing; en has it"]


def test_a_sentence_that_only_the_second_language_has() -> None:
    found = both('[a]\nb = "Hello."', '[a]\nb = "Hallo."\nc = "Auf Wiederhören."')

    assert found == ["en.toml: a.c is missing; de has it"]


def test_a_placeholder_translated_by_mistake() -> None:
    found = both('[a]\nb = "Ringing {title}."', '[a]\nb = "Ich rufe an: {titel}."')

    assert found == ["de.toml: a.b has {titel} where en.toml has {title}"]


def test_a_plain_sentence_where_the_other_language_has_plural_forms() -> None:
    found = both('[a]\nb.one = "Once."\nb.other = "{count} times."', '[a]\nb = "{count} Mal."')

    assert found == ["de.toml: a.b and en.toml: only one of them has plural forms"]


def test_a_plural_form_that_russian_needs_is_missing() -> None:
    found = alone('[a]\nb.one = "{count} раз."\nb.few = "{count} раза."\nb.other = "{count} раза."', "ru")

    assert found == ["ru.toml: a.b lacks the plural form 'many'"]


def test_a_plural_form_that_english_never_uses() -> None:
    found = alone('[a]\nb.one = "Once."\nb.few = "{count} times."\nb.other = "{count} times."')

    assert found == ["en.toml: a.b has the plural form 'few', which this language does not use"]


def test_russian_must_say_the_number_in_the_form_for_one_because_21_takes_it_too() -> None:
    found = alone(
        '[a]\nb.one = "Один раз."\nb.few = "{count} раза."\nb.many = "{count} раз."\nb.other = "{count} раза."', "ru"
    )

    assert found == ["ru.toml: a.b does not say {count} in its form 'one'"]


def test_a_plural_form_that_forgets_a_placeholder() -> None:
    found = alone('[a]\nb.one = "Once until {opens}."\nb.other = "{count} times."')

    assert found == ["en.toml: a.b does not say {opens} in its form 'other'"]


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_sentence(text: str) -> None:
    assert "en.toml: a.b is empty" in alone(f'[a]\nb = "{text}"')


def test_a_sentence_longer_than_anybody_listens() -> None:
    found = alone(f'[a]\nb = "{"a" * 600}."')

    assert found == ["en.toml: a.b has 601 characters; nobody listens to more than 600 at a time"]


def test_a_sentence_of_just_the_longest_length_is_allowed() -> None:
    assert alone(f'[a]\nb = "{"a" * 599}."') == []


@pytest.mark.parametrize("text", ["Two  spaces.", " Space before.", "Space after. ", "Line\\nbreak."])
def test_spaces_too_many(text: str) -> None:
    assert "en.toml: a.b has spaces too many, or a line break" in alone(f'[a]\nb = "{text}"')


def test_a_character_that_xml_cannot_carry() -> None:
    assert alone('[a]\nb = "Bell\\u0007."') == ["en.toml: a.b has a character that cannot be seen or sent"]


def test_a_sentence_that_runs_into_the_next() -> None:
    found = alone('[a]\nb = "Press {key}"')

    assert found == ["en.toml: a.b does not end like a sentence, so the next one would run into it"]


def test_parts_of_sentences_end_no_sentence() -> None:
    assert alone('[severity]\nhigh = "severity 2, high"\n[units]\ntoday = "today at {time}"') == []


def test_a_placeholder_without_a_name() -> None:
    assert alone('[a]\nb = "Press {}."') == ["en.toml: a.b has the placeholder {}, which is no name"]


def test_a_second_try_in_the_words_of_the_first() -> None:
    found = alone('[a]\nnonsense.first = "Once more."\nnonsense.second = "Once more."')

    assert found == ["en.toml: a.nonsense.second asks again in the very words of a.nonsense.first"]


def test_the_same_words_for_two_questions_are_fine() -> None:
    assert alone('[a]\nsilence.first = "Hello?"\n[b]\nsilence.first = "Hello?"') == []


def test_a_sentence_that_no_code_uses() -> None:
    both_languages = [read("en", '[a]\nb = "Hello."'), read("de", '[a]\nb = "Hallo."')]

    assert problems(both_languages, []) == ["en.toml, de.toml: a.b is a sentence that no code uses"]


def test_code_uses_a_sentence_that_nobody_wrote() -> None:
    english = read("en", '[a]\nb = "Hello."')

    found = problems([english], used("a.b", "a.gone"))

    assert found == ["flows/line.py:7: uses a.gone, a sentence that no catalogue has"]


def test_code_fills_a_placeholder_by_another_name() -> None:
    english = read("en", '[a]\nb = "Ringing {title}."')

    found = problems([english], [Use("a.b", frozenset({"name"}), WHERE)])

    assert found == ["flows/line.py:7: fills {name} into a.b, which has {title}"]


def test_code_fills_nothing_where_something_is_needed() -> None:
    english = read("en", '[a]\nb = "Ringing {title}."')

    found = problems([english], [Use("a.b", frozenset(), WHERE)])

    assert found == ["flows/line.py:7: fills no placeholder into a.b, which has {title}"]


def test_every_language_has_its_plural_forms_in_the_table() -> None:
    assert set(FORMS) == set(LANGUAGES)


def test_the_lint_reads_what_the_line_speaks() -> None:
    assert len(catalogue("ru").sentences) > 100

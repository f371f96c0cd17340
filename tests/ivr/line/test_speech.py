"""What the line says, word for word, in each of its languages."""

import pytest

from flows.prompts.catalogue import LANGUAGES, CatalogueError
from flows.prompts.lint import FORMS, ONE_IS_ONE
from flows.prompts.spoken import Count, Named, Prompt, Spelled, Value, Words, say
from ivr.line.phrases import LOCALES
from ivr.line.speech import Spoken, speak, speakable, spelled


def text(prompt: Prompt, language: str = "en") -> str:
    return speak(prompt, language).text


def test_a_ticket_number_is_read_digit_by_digit() -> None:
    assert text(say("ticket.missing", ticket=Spelled("48213"))) == "I cannot find a ticket with the number 4 8 2 1 3."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("digits", ["48213", "48 213", " 48213 "])
def test_digits_are_never_read_as_a_number(digits: str, language: str) -> None:
    assert spelled(language, digits) == "4 8 2 1 3"


@pytest.mark.parametrize(
    ("language", "key", "sentence"),
    [
        ("en", "1", "To hear this again, press 1."),
        ("en", "*", "To hear this again, press star."),
        ("en", "#", "To hear this again, press pound."),
        ("de", "1", "Zum Wiederholen drücken Sie die 1."),
        ("de", "*", "Zum Wiederholen drücken Sie die Sterntaste."),
        ("de", "#", "Zum Wiederholen drücken Sie die Rautetaste."),
        ("ru", "1", "Чтобы прослушать ещё раз, нажмите 1."),
        ("ru", "*", "Чтобы прослушать ещё раз, нажмите клавишу звёздочка."),
        ("ru", "#", "Чтобы прослушать ещё раз, нажмите клавишу решётка."),
    ],
)
def test_keys_are_named_so_that_the_menu_is_a_sentence(language: str, key: str, sentence: str) -> None:
    assert text(say("confirm.repeat", key=Spelled(key)), language) == sentence


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Ticket 4 8 2 1 3. Orion Router, severity 2, high."),
        ("de", "Ticket 4 8 2 1 3. Orion Router, Schweregrad 2, hoch."),
        ("ru", "Заявка 4 8 2 1 3. Orion Router, критичность 2, высокая."),
    ],
)
def test_a_sentence_holds_another_entry_of_the_same_language(language: str, sentence: str) -> None:
    values: dict[str, Value] = {
        "ticket": Spelled("48213"),
        "product": Words("Orion Router"),
        "severity": Named("severity.high"),
    }

    assert text(Prompt("ticket.found", values), language) == sentence


@pytest.mark.parametrize(
    ("language", "number", "sentence"),
    [
        ("en", 1, "Escalated once before."),
        ("en", 2, "Escalated 2 times before."),
        ("en", 21, "Escalated 21 times before."),
        ("de", 1, "Schon einmal eskaliert."),
        ("de", 5, "Schon 5 Mal eskaliert."),
        ("ru", 1, "Уже была 1 эскалация."),
        ("ru", 2, "Уже было 2 эскалации."),
        ("ru", 5, "Уже было 5 эскалаций."),
        ("ru", 11, "Уже было 11 эскалаций."),
        ("ru", 21, "Уже была 21 эскалация."),
    ],
)
def test_a_number_decides_the_form_of_its_sentence(language: str, number: int, sentence: str) -> None:
    assert text(say("screening.earlier", count=Count(number)), language) == sentence


def test_a_title_is_said_in_the_callers_language_where_the_ladder_has_it() -> None:
    title = Words("Duty manager", {"de": "Bereitschaftsleitung"})

    assert text(say("ring.busy", title=title), "de") == "Bereitschaftsleitung: Dort ist gerade besetzt."


def test_a_title_without_translation_is_said_as_it_is() -> None:
    title = Words("Duty manager", {"de": "Bereitschaftsleitung"})

    assert text(say("ring.busy", title=title), "ru") == "Duty manager: линия занята."


def test_the_language_of_the_prompt_wins_over_that_of_the_call() -> None:
    offered = Prompt("language.choice", {"key": Spelled("2")}, language="de")

    assert speak(offered, "en") == Spoken("de", "Für Deutsch drücken Sie die 2.")


@pytest.mark.parametrize(("tag", "served"), [("de-AT", "de"), ("RU", "ru"), ("en_GB", "en"), ("fr", "en"), ("", "en")])
def test_a_language_tag_is_served_by_the_catalogue_that_is_nearest(tag: str, served: str) -> None:
    assert speak(say("trouble.hold"), tag).language == served


@pytest.mark.parametrize(
    ("outside", "inside"),
    [
        ("  Orion\r\n\tRouter  ", "Orion Router"),
        ("Orion\x00\x07\ufffe Router\ud800", "Orion Router"),
        ("Acme Inc.", "Acme Inc"),
        ("Rou\u00adter \u202eevil", "Router evil"),
        ("{product}", "product"),
        ("O'Brien & Söhne <AG>", "O'Brien & Söhne <AG>"),
        ("e\u0301", "é"),
    ],
)
def test_text_from_outside_becomes_one_line_that_xml_can_carry(outside: str, inside: str) -> None:
    assert speakable(outside, 80) == inside


def test_a_long_name_ends_between_two_words() -> None:
    assert speakable("Orion Router " * 20, 80) == ("Orion Router " * 6).strip()


def test_a_name_without_spaces_is_cut_where_it_must() -> None:
    assert speakable("x" * 500, 80) == "x" * 80


def test_nothing_to_say_is_said_so_instead_of_leaving_a_hole() -> None:
    assert text(say("ring.busy", title=Words("\n")), "de") == "ohne Angabe: Dort ist gerade besetzt."


def test_a_sentence_that_does_not_exist_is_named() -> None:
    with pytest.raises(CatalogueError, match=r"en\.toml has no sentence 'ring\.gone'"):
        speak(say("ring.gone"), "en")


def test_a_gap_that_nothing_fills_is_named() -> None:
    with pytest.raises(CatalogueError, match=r"de\.toml: nothing fills \{title\} of ring\.busy"):
        speak(say("ring.busy", name=Words("x")), "de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lint_knows_the_plural_forms_that_whole_numbers_take(language: str) -> None:
    taken = [LOCALES[language].plural_form(number) for number in range(200)]

    assert set(taken) | {"other"} == set(FORMS[language])
    assert (taken.count("one") == 1) == (language in ONE_IS_ONE)

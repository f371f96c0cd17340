"""Words: whatever is said otherwise than it is shipped can still be said, by a voice that exists."""

from collections.abc import Iterator
from itertools import combinations

from flows.prompts.catalogue import LANGUAGES
from flows.prompts.rewording import doubts, mistakes, shipped
from flows.routing import Routing
from ivr.line.dialling import DialPolicy
from ivr.line.voices import VOICES
from ivr.routing_file.findings import Finding
from ivr.routing_file.kinds import meant

TRIES = (".nonsense.", ".silence.")


def languages(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """Words and voices are of languages that the line can speak."""
    for section, given in (("words", routing.words), ("voices", routing.voices)):
        for language in given:
            if language not in LANGUAGES:
                message = f"there are no sentences in this language; {meant(language, LANGUAGES)}"
                yield Finding(place=(section, language), message=message)


def sentences(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """Each is one of ours, says what must be said, and is fit for a voice."""
    for language, name, text in _spoken(routing):
        place = ("words", language, name)
        if name not in shipped(language):
            yield Finding(place=place, message=f"is no sentence of the line; {_meant(language, name)}")
            continue
        wrong = mistakes(language, name, text)
        yield from (Finding(place=place, message=each) for each in wrong)
        if not wrong:
            yield from (Finding(place=place, message=each, warning=True) for each in doubts(language, name, text))


def repeated_tries(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """A second try in the words of the first helps nobody."""
    for language in routing.words.keys() & set(LANGUAGES):
        said = {name: each.text for name, each in shipped(language).items()} | dict(routing.words[language])
        tries = [name for name in said if any(part in name for part in TRIES)]
        for earlier, later in combinations(tries, 2):
            if earlier.rpartition(".")[0] == later.rpartition(".")[0] and said[earlier] == said[later]:
                place = ("words", language, later if later in routing.words[language] else earlier)
                yield Finding(place=place, message=f"{later} asks again in the very words of {earlier}")


def voices(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """Voices exist, and speak the language."""
    for language, name in routing.voices.items():
        known = [voice.name for voice in VOICES.get(language, ())]
        if language in LANGUAGES and name not in known:
            yield Finding(place=("voices", language), message=f"{name} is no voice of this language; "
                          f"there are {', '.join(known)}")


def _spoken(routing: Routing) -> Iterator[tuple[str, str, str]]:
    for language, texts in routing.words.items():
        if language in LANGUAGES:
            yield from ((language, name, text) for name, text in texts.items())


def _meant(language: str, name: str) -> str:
    section = [each for each in shipped(language) if each.partition(".")[0] == name.partition(".")[0]]
    return meant(name, section or sorted({each.partition(".")[0] for each in shipped(language)}))

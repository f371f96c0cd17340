"""Words: whatever is said or written otherwise than it is shipped can still be said, by a voice that exists."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from flows.prompts.catalogue import LANGUAGES
from flows.prompts.rewording import shipped
from flows.routing import Routing
from ivr.line.dialling import DialPolicy
from ivr.line.rewordable import SPOKEN, WRITTEN, Rewordable
from ivr.line.voices import VOICES
from ivr.routing_file.findings import Finding
from ivr.routing_file.kinds import meant

TRIES = (".nonsense.", ".silence.")


def languages(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """All this is of languages that the line can speak."""
    sections: Mapping[str, Iterable[str]] = {
        "words": routing.words, "mails": routing.mails, "voices": routing.voices, "recordings": routing.recordings,
    }
    for section, languages_named in sections.items():
        for language in languages_named:
            if language not in LANGUAGES:
                message = f"there are no sentences in this language; {meant(language, LANGUAGES)}"
                yield Finding(place=(section, language), message=message)


def sentences(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """Each is one of ours, says what must be said, and is fit for a voice."""
    return _texts(SPOKEN, routing, "sentence of the line")


def mails(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """Each is one of ours, and no gap stands in it that nothing fills."""
    return _texts(WRITTEN, routing, "text of the mails")


def _texts(kind: Rewordable, routing: Routing, what: str) -> Iterator[Finding]:
    given = kind.of(routing)
    for language in [each for each in given if each in LANGUAGES]:
        for name, text in given[language].items():
            place = (kind.section, language, name)
            if name not in kind.shipped(language):
                yield Finding(place=place, message=f"is no {what}; {_meant(kind, language, name)}")
                continue
            wrong = kind.mistakes(language, name, text)
            yield from (Finding(place=place, message=each) for each in wrong)
            if not wrong:
                doubts = kind.doubts(language, name, text)
                yield from (Finding(place=place, message=each, warning=True) for each in doubts)


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


def _meant(kind: Rewordable, language: str, name: str) -> str:
    shipped = kind.shipped(language)
    section = [each for each in shipped if each.partition(".")[0] == name.partition(".")[0]]
    return meant(name, section or sorted({each.partition(".")[0] for each in shipped}))

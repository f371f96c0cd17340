"""Recordings: each stands for a sentence that is the same in every call, and its sound is there."""

from collections.abc import Collection, Iterator

from flows.prompts.catalogue import LANGUAGES
from flows.prompts.recorded import outdated, recordable
from flows.prompts.rewording import shipped
from flows.routing import Routing
from ivr.line.dialling import DialPolicy
from ivr.routing_file.findings import Finding


def sentences(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """Each is of a sentence that says the same in every call, and that the line still says."""
    for language in [each for each in routing.recordings if each in LANGUAGES]:
        for name, recorded in routing.recordings[language].items():
            place = ("recordings", language, name)
            if name not in shipped(language):
                yield Finding(place=place, message="is no sentence of the line; `ivr words list` names them all")
            elif not recordable(language, name):
                yield Finding(place=place, message="says something else in every call, so no recording can say it")
            elif outdated(routing.words, language, name, recorded.says):
                message = f"is not played: it says “{recorded.says}”, and the line says something else now"
                yield Finding(place=place, message=message, warning=True)


def missing(routing: Routing, sounds: Collection[str]) -> Iterator[Finding]:
    """Those whose sound is not among ``sounds``, the digests of those that are kept."""
    for language, recordings in routing.recordings.items():
        for name, recorded in recordings.items():
            if recorded.sound not in sounds:
                message = f"there is no sound {recorded.sound[:12]}… here; upload it on the page Words"
                yield Finding(place=("recordings", language, name, "sound"), message=message)

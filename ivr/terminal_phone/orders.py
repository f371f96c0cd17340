"""What one types at the telephone in the terminal."""

from dataclasses import dataclass

from ivr.terminal_phone.cast import Cast, Party

HELP = """\
At your telephone:             call          phone the line
                               4 8 2 1 3 #   press keys
                               say Hello     speak
                               hang up
At somebody else's, first      1 answer      pick up the telephone of level 1
the level (or: duty):          1 press 1     press keys there
                               1 call        phone the line from there: the manager's own line
                               1 decline     the red button, while it rings
                               1 say Hello
                               1 hang up
help shows this, quit (or Ctrl-C, or Ctrl-D) hangs up and ends."""

KEYS = frozenset("0123456789*#")


@dataclass(frozen=True, slots=True)
class Call:
    """Phone the line from somebody's telephone."""

    party: Party


@dataclass(frozen=True, slots=True)
class PressKeys:
    """Press keys at somebody's telephone."""

    party: Party
    keys: str


@dataclass(frozen=True, slots=True)
class Say:
    """Speak into somebody's telephone."""

    party: Party
    text: str


@dataclass(frozen=True, slots=True)
class PickUp:
    """Answer a telephone that rings."""

    party: Party


@dataclass(frozen=True, slots=True)
class Decline:
    """The red button of a telephone that rings."""

    party: Party


@dataclass(frozen=True, slots=True)
class PutDown:
    """End somebody's call."""

    party: Party


@dataclass(frozen=True, slots=True)
class Help:
    """Show what can be typed."""


@dataclass(frozen=True, slots=True)
class Quit:
    """Hang up and end."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Nothing that can be typed."""


Order = Call | PressKeys | Say | PickUp | Decline | PutDown | Help | Quit | NotUnderstood


def understood(typed: str, cast: Cast) -> Order:
    """What a line of text orders. Keys alone are the caller's; with a level in front it is about that level."""
    words = typed.split()
    match [word.lower() for word in words]:
        case ["call"] | ["dial"]:
            return Call(cast.caller)
        case ["help"] | ["?"]:
            return Help()
        case ["quit"] | ["exit"]:
            return Quit()
        case spoken if _are_keys(spoken):
            return PressKeys(cast.caller, "".join(spoken))
        case [key, _, *_] if (party := _party(key, cast)) is not None:
            return _at(party, words[1:])
        case _:
            return _at(cast.caller, words)


def _at(party: Party, words: list[str]) -> Order:
    match [word.lower() for word in words]:
        case ["call"] | ["dial"]:
            return Call(party)
        case ["answer"]:
            return PickUp(party)
        case ["decline"]:
            return Decline(party)
        case ["hang", "up"] | ["hangup"]:
            return PutDown(party)
        case ["press", *keys] if _are_keys(keys):
            return PressKeys(party, "".join(keys))
        case ["say", _, *_]:
            return Say(party, " ".join(words[1:]))
        case _:
            return NotUnderstood()


def _are_keys(words: list[str]) -> bool:
    return bool(words) and set("".join(words)) <= KEYS


def _party(key: str, cast: Cast) -> Party | None:
    return next((party for party in cast.parties if party.key and party.key == key), None)

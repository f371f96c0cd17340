"""What the stored names of things are called on the pages."""

from collections.abc import Mapping

OUTCOMES: Mapping[str, str] = {
    "reached": "Manager reached",
    "exhausted": "Nobody reached",
    "nobody-on-duty": "Nobody on duty",
    "abandoned": "Caller hung up",
    "left-early": "Caller hung up before a phone rang",
    "lost": "Lost",
    "refused": "Refused",
    "none": "No escalation",
}
REASONS: Mapping[str, str] = {
    "waiting-for-requester": "waits for the requester",
    "resolved-pending": "resolved, waits for confirmation",
    "closed": "closed",
    "not-allowed": "program or severity does not allow it",
    "grace": "opened too recently",
    "guaranteed-response": "inside the guaranteed response time",
    "other-path": "product is escalated elsewhere",
    "being-rung": "is being rung for another caller",
    "cooling-down": "cooldown runs",
    "too-many-attempts": "too many attempts",
}
RINGS: Mapping[str, str] = {
    "talked": "talked",
    "declined": "declined",
    "not-accepted": "answered, no key pressed",
    "no-answer": "no answer",
    "busy": "busy",
    "failed": "could not be reached",
    "not-allowed": "number may not be dialled",
    "caller-left": "caller hung up",
    "taken": "another phone was faster",
    "not-placed": "could not be placed",
    "off-duty": "passed over: off duty",
    "quiet-hours": "passed over: quiet hours",
    "rung-enough": "passed over: rung often enough tonight",
    "engaged": "passed over: on another call",
    "nobody-on-shift": "passed over: nobody on shift",
}
DOES: Mapping[str, str] = {
    "accept": "accepts",
    "decline": "passes it on",
    "silent": "picks up, says nothing",
    "hang-up": "picks up and hangs up",
    "mailbox": "a mailbox answers",
    "busy": "is busy",
    "no-answer": "does not answer",
    "unreachable": "cannot be reached",
    "talk-resolved": "it is resolved",
    "talk-next": "the next level is wanted",
    "talk-hang-up": "the caller hangs up",
    "caller-": "stays to the end",
    "caller-ticket": "hangs up when asked for the ticket",
    "caller-confirm": "hangs up when asked to confirm",
    "caller-ringing": "hangs up while a phone rings",
    "caller-talking": "hangs up in the talk",
}
"""What people do in a drill."""
SEVERITIES: Mapping[int, str] = {1: "1 urgent", 2: "2 high", 3: "3 normal", 4: "4 low"}
NEWS: Mapping[str, str] = {
    "escalation-accepted": "An escalation was accepted",
    "nobody-reached": "Nobody could be reached",
    "nobody-on-duty": "Nobody is on duty",
    "level-informed": "A level told by mail only",
    "ticket-system-down": "The ticket system was down",
    "terms-missing": "A manager said no terms",
    "promise-broken": "A promise was not kept",
    "message-left": "A caller has left a message",
    "callback-failed": "A callback was given up",
    "test": "A test",
}
LANGUAGE_NAMES: Mapping[str, str] = {"en": "English", "de": "Deutsch", "ru": "Русский"}
SECTIONS: Mapping[str, str] = {
    "language": "Choosing a language",
    "greeting": "Greeting",
    "ticket": "Asking for the ticket number",
    "ticket_system": "When the ticket system does not answer",
    "severity": "Names of severities",
    "refused": "Refusals",
    "watch": "Waiting beside another call about the ticket",
    "confirm": "Before it begins",
    "consent": "Whether the talk may be recorded",
    "claimed": "When it begins",
    "ring": "While phones ring",
    "hold": "On hold",
    "after_talk": "After the talk",
    "exhausted": "When nobody could be reached",
    "ways": "Ways forward when nobody could be reached",
    "message": "Leaving a message",
    "review": "Hearing one's message",
    "called": "To a customer who is called back",
    "forward": "The duty phone",
    "trouble": "When something is broken",
    "screening": "To the manager who answers",
    "wrap_up": "To the manager after the talk",
    "terms": "What the manager said",
    "texts": "Text messages",
    "own_line": "The manager's own line",
    "own_pin": "The manager's own line: PIN",
    "own_duty": "The manager's own line: duty",
    "own_time": "The manager's own line: until when",
    "own_pass": "The manager's own line: passing on",
    "own_promises": "The manager's own line: promises",
    "own_ticket": "The manager's own line: tickets",
}

MAIL_SECTIONS: Mapping[str, str] = {
    "what": "Subject: what has happened",
    "about": "Subject: what it is about",
    "opening": "What has happened",
    "action": "What to do",
    "instead": "Why somebody else is written to",
    "callback": "Whom to call",
    "label": "Facts: names",
    "fact": "Facts: how they are told",
    "rings": "Above the phones that were rung",
    "ring": "How a ring has ended",
    "severity": "Names of severities",
    "calendar": "When a duty calendar is out of reach",
    "troubles": "To owners, about the line itself",
    "footer": "At the end",
    "link": "Above a link",
}


def called(name: str | None, names: Mapping[str, str]) -> str:
    """The name for people; a name nobody has worded yet is shown as it is stored, not hidden."""
    return names.get(name, name.replace("-", " ")) if name else "–"

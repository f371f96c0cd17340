"""A sentence heard by telephone, in the carrier's voice: on the telephone of whoever asks for it, and no other."""

from db.repositories.audit import Change
from db.repositories.users import StoredUser
from ivr.admin.parts import AdminParts
from ivr.line.drafts import Draft
from ivr.line.ports import Rejected, RetryLater
from ivr.logs import masked

NOBODY = "The line does not know your telephone: an owner can say on the page Users which of the people you are."


def read_to(parts: AdminParts, user: StoredUser, draft: Draft, language: str, words: str) -> str:
    """Ring the user's first telephone and read ``words`` in the draft's voice; what came of it, in a sentence."""
    published = draft.before
    person = published.people.get(user.person)
    if person is None or not person.phones or not published.lines:
        return NOBODY
    number, caller_id = person.phones[0], published.lines[0].number
    refusal = parts.policy.refusal(number, barred=frozenset({caller_id}))
    if refusal is not None:
        return f"Your telephone {masked(number)} may not be rung: {refusal}."
    try:
        parts.aloud.read(number, caller_id, language, draft.sound.voices.get(language, ""), words)
    except (RetryLater, Rejected) as error:
        return f"The carrier did not take the call: {error}."
    with parts.store.writing() as work:
        change = Change(at=parts.clock(), who=user.name, action="heard a sentence by telephone",
                        subject=f"person {user.person}")
        parts.note(work, change)
    return f"Your telephone {masked(number)} rings. Pick up to hear it twice."

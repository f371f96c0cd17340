"""Changing the draft by a form: on top of what its writer saw, without mistakes, and harmless when sent twice."""

from collections.abc import Callable
from dataclasses import dataclass

from flows.routing import Routing
from ivr.admin.pages import whoever
from ivr.admin.parts import AdminParts
from ivr.line.drafts import Draft, read_draft, save_draft
from ivr.routing_file.document import read
from ivr.routing_file.editing import edited
from ivr.routing_file.findings import Finding, Place

MISTAKES = "The draft has mistakes; mend them on the page Routing first. What you typed is still here."
TAKEN_AWAY = "What you were changing is not in the draft any more: somebody has removed or renamed it meanwhile."


class TakenAway(Exception):
    """What was to be changed is not in the draft any more, or what the message says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What became of a change. Not ``saved``: ``problem`` says why in a sentence, ``theirs`` what somebody else has
    changed meanwhile, or ``mistakes`` are what it would have brought in. ``warnings`` are doubts, saved or not."""

    draft: Draft
    problem: str = ""
    theirs: tuple[str, ...] = ()
    mistakes: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()

    @property
    def saved(self) -> bool:
        """Whether the draft says now what was wanted."""
        return not self.problem and not self.mistakes

    def at(self, *place: str) -> str:
        """The mistakes at a place or inside of it, in words."""
        return "; ".join(each.message for each in self.mistakes if each.place[: len(place)] == place)

    def elsewhere(self, *places: Place) -> list[str]:
        """The mistakes at none of these places."""
        return [
            str(each) for each in self.mistakes if not any(each.place[: len(place)] == place for place in places)
        ]


def draft_now(parts: AdminParts) -> Draft:
    """The draft as it stands."""
    with parts.store.reading() as work:
        return read_draft(parts, work)


def change_draft(parts: AdminParts, seen: str, change: Callable[[Routing], Routing]) -> Edit:
    """Make the change if its writer saw the draft as it is (``Draft.seen``), and no mistake comes of it.

    ``change`` raises TakenAway when it finds nothing to change. What the draft says already is saved: a form may be
    sent twice.
    """
    with parts.store.writing() as work:
        draft = read_draft(parts, work)
        if draft.document.mistakes:
            return Edit(draft=draft, problem=MISTAKES)
        old = draft.document.routing
        try:
            new = change(old)
        except TakenAway as why:
            return Edit(draft=draft, problem=str(why) or TAKEN_AWAY, theirs=tuple(draft.changes))
        if new == old:
            return Edit(draft=draft)
        if seen != draft.seen:
            return Edit(draft=draft, problem=_overtaken(draft), theirs=tuple(draft.changes))
        text = edited(draft.text, old, new)
        sounds = work.sounds.known()
        found = [remark.finding for remark in read(text.encode(), parts.policy, parts.clock(), sounds).remarks]
        mistakes = tuple(finding for finding in found if not finding.warning)
        if not mistakes:
            save_draft(parts, work, text, draft.revision, whoever().user.name)
        return Edit(draft=draft, mistakes=mistakes, warnings=tuple(each for each in found if each.warning))


def _overtaken(draft: Draft) -> str:
    by = draft.edited_by if draft.begun else "Somebody"
    done = "saved the draft" if draft.begun else "published or dropped the draft"
    return f"{by} has {done} meanwhile. What you typed is still here: send it again to save it on top of theirs."


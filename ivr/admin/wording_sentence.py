"""The page of one sentence: what it says, how that sounds, and the recording that is played instead."""

from flask import render_template

from flows.prompts.catalogue import LANGUAGES
from flows.prompts.recorded import outdated, recordable
from flows.prompts.rewording import doubts, mistakes, shipped
from ivr.admin.draft_edits import Edit
from ivr.admin.rewordings import text_of
from ivr.admin.wording_examples import tried
from ivr.admin.words import LANGUAGE_NAMES, SECTIONS, called
from ivr.line.drafts import Draft
from ivr.line.rewordable import SPOKEN
from ivr.line.sounds import LONGEST_SECONDS
from ivr.line.speaking_time import speaking_seconds


def sentence_page(
    draft: Draft, language: str, name: str, text: str, edit: Edit | None = None, told: str = "",
    says: str | None = None, trouble: str = "",
) -> str:
    """The page with ``text`` in its form. ``told`` is news; ``says`` and ``trouble`` are what was typed for a recording
    and why it was refused."""
    wrong = mistakes(language, name, text)
    spoken = None if wrong else tried(language, name, text)
    recorded = draft.sound.recordings.get(language, {}).get(name)
    return render_template(
        "admin/word.html", section=called(name.partition(".")[0], SECTIONS), language=language, name=name, text=text,
        languages=LANGUAGE_NAMES, model=shipped(language)[name], told=told, wrong=wrong, edit=edit, draft=draft,
        doubts=[] if wrong else doubts(language, name, text), spoken=spoken,
        seconds=speaking_seconds(spoken.text, language) if spoken else 0,
        others={
            each: text_of(draft, SPOKEN, each, name) for each in LANGUAGES if each != language and name in shipped(each)
        },
        recordable=recordable(language, name), recorded=recorded, trouble=trouble, most_seconds=LONGEST_SECONDS,
        outdated=recorded is not None and outdated(draft.sound.words, language, name, recorded.says),
        says=says if says is not None else recorded.says if recorded else spoken.text if spoken else "",
    )

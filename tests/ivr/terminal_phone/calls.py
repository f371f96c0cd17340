"""Running a scripted call in a test, and looking at what became of it."""

from dataclasses import dataclass

from ivr.terminal_phone.caller import AfterTalk, CallerPlan, HangUpWhen
from ivr.terminal_phone.cast import demo_cast
from ivr.terminal_phone.company import Company
from ivr.terminal_phone.manager import ManagerBehaviour
from ivr.terminal_phone.record import Ending
from ivr.terminal_phone.screen import Screen
from ivr.terminal_phone.script import Script
from ivr.terminal_phone.scripted import ScriptedCall
from ivr.terminal_phone.stages import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A call that is over: its ending, its script line by line, and what went wrong."""

    ending: Ending
    script: list[str]
    failures: list[str]

    def tells(self, *words: str) -> bool:
        """Whether one line of the script has all these words."""
        return any(all(word in line for word in words) for line in self.script)


def play(
    stage: Stage,
    *managers: str,
    ticket: str = "48213",
    language: str = "en",
    after_talk: str = "resolved",
    hang_up_when: str | None = None,
) -> Played:
    """Run a call; ``managers`` are the behaviours of levels 1, 2, ..."""
    cast, script = demo_cast(), list[str]()
    run = ScriptedCall(stage.network, cast, Screen(Script(cast), script.append, 10_000), after_webhooks=stage.work)
    stage.on_mail(run.tell)
    plan = CallerPlan(
        ticket=ticket,
        language=language,
        after_talk=AfterTalk(after_talk),
        hang_up_when=HangUpWhen(hang_up_when) if hang_up_when else None,
    )
    behaviours = {level: ManagerBehaviour(name) for level, name in enumerate(managers, start=1)}
    run.run(Company(cast, plan, behaviours))
    ending = run.record.ending(stage.reasons(run.record.sid))
    return Played(ending=ending, script=script, failures=run.record.failures)

"""A small escalation line of canned documents, for stories about the telephones rather than about the line."""

from collections.abc import Callable

from ivr.emulator.softphone.guide import Act, Guide, Hears, Is, Step, TalksTo
from ivr.emulator.softphone.people import Person
from tests.ivr.emulator.scripted import Asked, ScriptedApplication

LINE = "+12025550150"
CALLER = Person(name="Customer", number="+12025550123", email="customer@example.com", role="caller")
FIRST = Person(name="Ines", number="+12025550101", email="ines@support.example", role="Level 1")
SECOND = Person(name="Marek", number="+12025550102", role="Level 2")
PEOPLE = (CALLER, FIRST, SECOND)

GUIDE = Guide(
    title="A first call",
    finale="That was all.",
    steps=(
        Step(
            title="Call the line", button="Call",
            ready=Is(handset=CALLER.number, state="idle"),
            acts=(Act(handset=CALLER.number, do="dial", text=LINE),),
            done=Hears(handset=CALLER.number, text="ticket number", called="the question for the ticket number"),
        ),
        Step(
            title="Key ticket 48213", button="Key it",
            acts=(
                Act(handset=CALLER.number, do="press", text="48213#"),
                Act(handset=CALLER.number, do="press", text="1", when=Hears(handset=CALLER.number, text="press 1")),
            ),
            done=Is(handset=FIRST.number, state="ringing"),
        ),
        Step(
            title="Answer as Level 1", button="Answer",
            ready=Is(handset=FIRST.number, state="ringing"),
            acts=(
                Act(handset=FIRST.number, do="answer"),
                Act(handset=FIRST.number, do="press", text="1", when=Hears(handset=FIRST.number, text="to accept")),
            ),
            done=TalksTo(handset=CALLER.number, other=FIRST.number),
        ),
        Step(
            title="Call again", button="Call again",
            acts=(
                Act(handset=CALLER.number, do="hang_up"),
                Act(handset=CALLER.number, do="dial", text=LINE, when=Is(handset=CALLER.number, state="idle")),
                Act(
                    handset=CALLER.number, do="press", text="48213#",
                    when=Hears(handset=CALLER.number, text="ticket number"),
                ),
            ),
            done=Hears(handset=CALLER.number, text="phones rest"),
        ),
    ),
)  # fmt: skip


def answer_calls(application: ScriptedApplication) -> None:
    """Put the documents in place. The ticket rests once somebody was rung; nobody is hurried."""
    ringing = '<Dial action="/{after}" timeout="60"><Number url="/screen">{number}</Number></Dial>'

    def number(_asked: Asked) -> str:
        if application.to("/confirm"):
            return "<Say>Managers were called a short while ago, so their phones rest now.</Say>"
        return asking("/confirm", "To escalate now, press 1.", 'numDigits="1"')

    application.on("/voice", asking("/number", "Key in your ticket number.", 'finishOnKey="#"'))
    application.on("/number", number)
    application.on("/confirm", "<Say>Ringing Ines.</Say>" + ringing.format(after="second", number=FIRST.number))
    application.on("/second", after_first(ringing.format(after="nobody", number=SECOND.number)))
    application.on("/screen", asking("/accept", "1 to accept.", 'numDigits="1"') + "<Hangup/>")
    application.on("/accept", "")
    application.on("/nobody", "<Say>Nobody could take your call.</Say>")
    application.on("/status", "")


def asking(action: str, question: str, until: str) -> str:
    """A question that waits ten minutes for its answer."""
    return f'<Gather action="{action}" {until} timeout="600"><Say>{question}</Say></Gather>'


def after_first(next_level: str) -> Callable[[Asked], str]:
    """Up the ladder, unless the two have talked."""

    def second(asked: Asked) -> str:
        talked = asked.form["DialBridged"] == "true"
        return "<Say>Goodbye.</Say>" if talked else "<Say>Ringing Marek.</Say>" + next_level

    return second

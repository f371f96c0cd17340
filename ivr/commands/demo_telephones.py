"""The demo company's telephones in the browser, and the guided first call on them."""

from db.seed import (
    CONTACT_NUMBER,
    DUTY_NUMBER,
    LEVEL_1_NUMBER,
    LEVEL_2_NUMBER,
    LINE_NUMBER,
    ROUTING,
    SHIFT_MANAGER_NUMBER,
)
from ivr.emulator.softphone.guide import Act, Guide, Hears, Is, Step, TalksTo
from ivr.emulator.softphone.people import Person
from ivr.emulator.softphone.site import Softphone

TICKET = "48213"
ROLES = {
    LEVEL_1_NUMBER: "Level 1, Support Operations Manager",
    LEVEL_2_NUMBER: "Level 2, Senior Director of Support",
    SHIFT_MANAGER_NUMBER: "shift manager on duty",
}

KEYS_THE_TICKET = (
    Act(handset=CONTACT_NUMBER, do="press", text="1"),
    Act(
        handset=CONTACT_NUMBER,
        do="press",
        text=f"{TICKET}#",
        when=Hears(handset=CONTACT_NUMBER, text="key in your ticket number", called="the question for the ticket"),
    ),
)

FIRST_CALL = Guide(
    title="Your first escalation",
    steps=(
        Step(
            title="Call the line",
            button="Call now",
            explains="Support has been quiet for five hours. The customer phones the escalation line.",
            ready=Is(handset=CONTACT_NUMBER, state="idle"),
            acts=(Act(handset=CONTACT_NUMBER, do="dial", text=LINE_NUMBER),),
            done=Hears(handset=CONTACT_NUMBER, text="For English", called="the choice of language"),
        ),
        Step(
            title=f"Key ticket {TICKET} and confirm",
            button="Key it",
            explains="The ticket number is the authorization. The line checks whether the ticket may be escalated.",
            acts=(
                *KEYS_THE_TICKET,
                Act(
                    handset=CONTACT_NUMBER,
                    do="press",
                    text="1",
                    when=Hears(handset=CONTACT_NUMBER, text="may be escalated", called="that it may be escalated"),
                ),
            ),
            done=Is(handset=LEVEL_1_NUMBER, state="ringing"),
        ),
        Step(
            title="Answer as Level 1 and press 1",
            button="Answer and accept",
            explains="The manager hears the story in ten seconds. Without the key nobody is connected.",
            ready=Is(handset=LEVEL_1_NUMBER, state="ringing"),
            acts=(
                Act(handset=LEVEL_1_NUMBER, do="answer"),
                Act(
                    handset=LEVEL_1_NUMBER,
                    do="press",
                    text="1",
                    when=Hears(handset=LEVEL_1_NUMBER, text="to accept", called="the keys to accept or pass on"),
                ),
            ),
            done=TalksTo(handset=CONTACT_NUMBER, other=LEVEL_1_NUMBER),
        ),
        Step(
            title="Hang up and call again",
            button="Call again",
            explains="Managers are not to be rung again and again: now the ticket rests.",
            acts=(
                Act(handset=CONTACT_NUMBER, do="hang_up"),
                Act(
                    handset=CONTACT_NUMBER,
                    do="dial",
                    text=LINE_NUMBER,
                    when=Is(handset=CONTACT_NUMBER, state="idle"),
                ),
                Act(
                    handset=CONTACT_NUMBER,
                    do="press",
                    text="1",
                    when=Hears(handset=CONTACT_NUMBER, text="For English", called="the choice of language"),
                ),
                KEYS_THE_TICKET[1],
            ),
            done=Hears(handset=CONTACT_NUMBER, text="phones rest now", called="that the phones rest"),
        ),
    ),
    finale="That was the whole line: checked, rung, accepted, connected, mailed, and kept from ringing again.",
)


def demo_telephones() -> Softphone:
    """A telephone for everybody in the demo, with the first call as a guide."""
    caller = Person(name="Customer", number=CONTACT_NUMBER, role="caller")
    duty = Person(name="Duty phone", number=DUTY_NUMBER, role="when the line itself cannot help")
    staff = tuple(
        Person(name=person.name, number=number, email=person.email, role=ROLES[number])
        for person in ROUTING.people.values()
        for number in person.phones[:1]
    )
    return Softphone(people=(caller, *staff, duty), guide=FIRST_CALL)

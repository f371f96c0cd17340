"""A guide on its way to the page."""

from ivr.emulator.softphone.guide import Act, Guide, Hears, Is, Step, TalksTo


def test_every_kind_of_condition_carries_its_kind():
    step = Step(
        title="Call", button="Call now", explains="Why not.",
        ready=Is(handset="+1", state="idle"),
        acts=(Act(handset="+1", do="press", text="1", when=Hears(handset="+1", text="press 1", called="the offer")),),
        done=TalksTo(handset="+1", other="+2"),
    )  # fmt: skip

    told = Guide(title="A call", steps=(step,), finale="Done.").on_the_wire()

    assert told == {
        "title": "A call", "finale": "Done.",
        "steps": [{
            "title": "Call", "button": "Call now", "explains": "Why not.",
            "ready": {"kind": "is", "handset": "+1", "state": "idle"},
            "acts": [{
                "handset": "+1", "do": "press", "text": "1",
                "when": {"kind": "hears", "handset": "+1", "text": "press 1", "called": "the offer"},
            }],
            "done": {"kind": "talks_to", "handset": "+1", "other": "+2"},
        }],
    }  # fmt: skip

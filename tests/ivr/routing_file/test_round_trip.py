"""What is written is what is read: an exported file that is applied again changes nothing."""

from pathlib import Path

from hypothesis import given, settings

from db.seed import ROUTING
from flows.routing import Routing
from ivr.routing_file.difference import differences
from ivr.routing_file.nodes import Notes, parse
from ivr.routing_file.sections import routing
from ivr.routing_file.writing import write
from tests.ivr.routing_file.desk import checked, said
from tests.ivr.routing_file.routings import ROUTINGS

GOLDEN = Path(__file__).parent / "demo.yaml"


def read_back(text: str) -> Routing:
    """What a text says, whether or not it makes sense."""
    notes = Notes()
    top = parse(text.encode(), notes)
    assert top is not None, notes.findings
    found = routing(top)
    assert notes.findings == []
    return found


@settings(deadline=None)
@given(ROUTINGS)
def test_any_routing_survives_being_written_and_read(written: Routing) -> None:
    assert read_back(write(written)) == written


@settings(deadline=None)
@given(ROUTINGS)
def test_a_routing_that_was_read_back_differs_in_nothing(written: Routing) -> None:
    assert differences(written, read_back(write(written))) == []


def test_the_demo_company_reads_as_if_a_person_had_written_it() -> None:
    assert write(ROUTING) == GOLDEN.read_text(encoding="utf-8")


def test_the_demo_company_passes_its_own_check() -> None:
    assert said(write(ROUTING)) == []
    assert checked(write(ROUTING)).routing == ROUTING

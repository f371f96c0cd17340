"""What the stories of routing files share: the smallest file that passes, and one change to it at a time."""

from pathlib import Path

from flows.routing import Routing
from ivr.line.dialling import DialPolicy
from ivr.routing_file.document import Document, read

POLICY = DialPolicy(regions=frozenset({"US", "DE"}))
EXAMPLE = (Path(__file__).parent / "example.yaml").read_text(encoding="utf-8")


def changed(old: str, new: str, text: str = EXAMPLE) -> str:
    """The example with one passage changed. Fails when the passage is not there exactly once."""
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    return text.replace(old, new)


def checked(text: str | bytes) -> Document:
    """The document, read under the policy of these stories."""
    return read(text.encode() if isinstance(text, str) else text, POLICY)


def said(text: str | bytes) -> list[str]:
    """The remarks on ``text`` as they are printed: line, place, sentence."""
    return [f"{remark.line}: {remark.finding}" for remark in checked(text).remarks]


def routing(text: str = EXAMPLE) -> Routing:
    """The routing of a text without mistakes."""
    document = checked(text)
    assert not document.mistakes, said(text)
    return document.routing

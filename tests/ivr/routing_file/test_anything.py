"""Whatever is in the file, reading ends in sentences."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ivr.routing_file.desk import EXAMPLE, checked
from tests.ivr.routing_file.routings import TRAPS

LINES = EXAMPLE.splitlines(keepends=True)
PIECES = (
    TRAPS | st.text(max_size=5) | st.sampled_from(["[", "{", "&a ", "*a", "!!int ", "\t", "- ", ": ", "\n", '"', "0m"])
)


@settings(deadline=None)
@given(st.integers(0, len(EXAMPLE)), st.integers(0, 40), PIECES)
def test_a_passage_overwritten_with_anything_is_read_or_explained(start: int, length: int, piece: str) -> None:
    text = EXAMPLE[:start] + piece + EXAMPLE[start + length :]
    for remark in checked(text.encode(errors="replace")).remarks:
        assert 1 <= remark.line <= text.count("\n") + 1
        assert "\n" not in remark.finding.message.rstrip()


@settings(deadline=None)
@given(st.permutations(range(len(LINES))))
def test_shuffled_lines_are_read_or_explained(order: list[int]) -> None:
    document = checked("".join(LINES[each] for each in order))
    assert all(1 <= remark.line <= len(LINES) + 1 for remark in document.remarks)


@given(st.binary(max_size=40))
def test_bytes_are_read_or_explained(text: bytes) -> None:
    assert checked(text).mistakes

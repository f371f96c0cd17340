"""No case without a test, no test for a case that does not exist."""

from tests.conformance.table import CASES, HERE, case_of


def test_each_case_has_its_test():
    lines = [line for file in HERE.glob("test_*_cases.py") for line in file.read_text().splitlines()]
    tested = {case_of("::" + line.removeprefix("def ")) for line in lines if line.startswith("def test_")}
    assert tested == set(CASES)

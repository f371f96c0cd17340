"""No case without a test, no test for a case that does not exist."""

from tests.conformance.table import CASES, HERE, case_of


def test_each_case_has_its_test():
    tested = {
        case_of(f"::{line.split('(')[0].removeprefix('def ')}")
        for file in HERE.glob("test_*_cases.py") for line in file.read_text().splitlines() if line.startswith("def test_")
    }  # fmt: skip
    assert tested == set(CASES)

"""The conformance table: ``python -m tests.conformance.table`` runs the cases and prints passed / all."""

import io
import json
import re
import sys
from collections import defaultdict
from contextlib import redirect_stdout
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CASES = {case["id"]: case for case in json.loads((HERE / "twiml_cases.json").read_text())}
CASE = re.compile(r"::test_([a-z]\d\d)_")


def case_of(node: str) -> str | None:
    """The case that a test stands for."""
    match = CASE.search(node)
    return match.group(1).upper() if match else None


class Tally:
    """Outcomes by case."""

    def __init__(self) -> None:
        self.outcomes: defaultdict[str, set[str]] = defaultdict(set)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Called by pytest for each phase of each test."""
        case = case_of(report.nodeid)
        if case is not None and (report.when == "call" or report.failed):
            self.outcomes[case].add(report.outcome)

    def verdict(self, case: str) -> str:
        """passed only if every test of the case passed."""
        found = self.outcomes.get(case, set())
        return "passed" if found == {"passed"} else "missing" if not found else "FAILED"


def main() -> int:
    """Run and print; 0 if every case passed."""
    tally = Tally()
    with redirect_stdout(io.StringIO()):
        pytest.main([str(HERE), "--no-header"], plugins=[tally])
    for name, case in CASES.items():
        print(f"{name}  {tally.verdict(name):7}  {case['area']:10}  {case['given'][:48]:48}  {case['confidence']}")
    passed = sum(tally.verdict(name) == "passed" for name in CASES)
    print(f"\n{passed} / {len(CASES)} cases passed")
    return 0 if passed == len(CASES) else 1


if __name__ == "__main__":
    sys.exit(main())

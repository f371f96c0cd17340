"""How events recur: what is reckoned, and what is refused because reckoning it could take for ever.

The library follows a rule from its first event on, and one that never matches (30 February) to the year 9999. Rotas
recur by the day, the week or the month; a rule that tries every day against dates of the year is not among them.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias

Rule: TypeAlias = Mapping[str, list[Any]]

EARLIEST = 2000
"""The first event of a recurring one; nobody's rota is older, and each day since then is gone through."""
MOST_DATES = 1000
"""Single further dates of one event."""
A_DAY = {"HOURLY": 24.0, "DAILY": 1.0, "WEEKLY": 1 / 7, "MONTHLY": 1 / 28, "YEARLY": 1 / 365}
CLOCK = ("BYHOUR", "BYMINUTE", "BYSECOND")
OF_THE_WEEK = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", *CLOCK})
OF_THE_YEAR = frozenset({*OF_THE_WEEK, "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"})
ALLOWED = {
    "HOURLY": OF_THE_WEEK, "DAILY": OF_THE_WEEK, "WEEKLY": OF_THE_WEEK, "MONTHLY": OF_THE_YEAR, "YEARLY": OF_THE_YEAR,
}  # fmt: skip
ODD = "it recurs in a way that no rota does"


def why_not(rule: Rule, begins: date) -> str:
    """Why an event that recurs by ``rule`` from ``begins`` on is not reckoned; empty when it is."""
    if begins.year < EARLIEST:
        return f"it recurs since before {EARLIEST}"
    allowed = ALLOWED.get(_often(rule), frozenset())
    months = {int(month) for month in rule.get("BYMONTH", ())}
    if not allowed.issuperset(rule) or not months <= set(range(1, 13)) or {"COUNT", "UNTIL"} <= rule.keys():
        return ODD
    return ODD if min(map(int, rule.get("INTERVAL", [1]))) < 1 else ""


def times_a_day(rule: Rule) -> float:
    """How often such an event takes place, rather too high than too low."""
    days = max(1, *(len(rule.get(part, ())) for part in ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")))
    weeks = 5 if _often(rule) == "MONTHLY" else 53 if _often(rule) == "YEARLY" else 1
    often = A_DAY[_often(rule)] * (1 if _often(rule) in {"HOURLY", "DAILY"} else days * weeks)
    for part in CLOCK:
        often *= max(1, len(rule.get(part, ())))
    return often


def _often(rule: Rule) -> str:
    return str(rule.get("FREQ", [""])[0]).upper()

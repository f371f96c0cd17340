"""How long the admin's pages take on the server, with a year of calls: `python -m tests.benchmarks.pages`.

Each page is asked for through the whole application, signed in, without a network between. Run it on a machine that
does nothing else; nothing here is part of the tests but that it runs.
"""

import argparse
import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from statistics import quantiles
from time import perf_counter

from werkzeug.test import Client

from db import seed
from flows.rules.cooldown import CooldownTerms
from flows.rules.roles import Role
from ivr.app import create_app, join
from ivr.routing_file.writing import write
from tests.benchmarks.databases import database
from tests.benchmarks.year import store_year
from tests.ivr.admin.visitor import NOW, AdminClock, Visitor
from tests.ivr.telephony.site import settings

LIMIT_MS = 300
LONGER = CooldownTerms(after_reached=timedelta(hours=8), max_attempts=2)
"""What the draft would change, so that there is something to replay."""
FILES = frozenset({"calls.csv"})
"""Downloads of up to 10,000 rows: shown, but no page."""
LAST_CALL = "CA{:032x}"
PAGES = (
    "", "calls", "calls?before=2025-06-01T00:00:00%2B00:00/CA", "calls?ticket=100007", "calls?caller=0177",
    "calls?outcome=reached", "calls?outcome=nobody-on-duty", "calls?outcome=lost", "calls?outcome=refused",
    "calls?outcome=none", "calls?reason=grace", "calls?reason=other-path", "calls?reason=grace&outcome=lost",
    "calls?since=2025-06-01&until=2025-06-02", "calls.csv", "calls/{call}",
    "reports?days=90", "reports?days=7", "reports.csv?days=90", "reports?since=2025-11-01&until=2026-02-01",
    "calls?rang=Dana+Whitfield", "calls?talked=2", "calls?promise=broken", "calls?spoken=grace",
    "tickets", "tickets?words=restore", "tickets?words=nowhere", "tickets/100007", "routing", "routing/text",
    "routing/versions/1", "ladders", "ladders/1", "people", "people/of/dana-whitfield", "duty", "schedules", "terms",
    "terms/program?name=Premium", "terms/calendar?name=office", "cooldowns", "words",
    "words/en/refused.grace", "mails", "mails/en/about.ticket", "try?ticket=100007", "replay?days=30",
    "replay?days=366", "notifications", "audit", "audit?verify=1", "users", "webhooks", "privacy",
    "account",
)  # fmt: skip


@contextmanager
def busy_line(url: str, calls: int) -> Iterator[Client]:
    """Somebody signed in on a line that has had ``calls`` calls in the last year."""
    chosen = settings(url, SECOND_FACTOR="optional", PUBLIC_BASE_URL="http://localhost")
    clock = AdminClock()
    parts = join(chosen, clock)
    try:
        seed.demo(parts.store, NOW - timedelta(days=365))
        store_year(url, NOW, calls)
        with parts.store.writing() as work:
            text = write(replace(seed.ROUTING, cooldown=LONGER))
            work.drafts.save(text, base=1, seen=0, by="olga", at=NOW)
        owner = Visitor(create_app(chosen, parts), parts, clock).is_user("olga", Role.OWNER)
        owner.signs_in("olga")
        gc.collect()
        gc.freeze()    # as `ivr serve` does when it has loaded
        yield owner.browser
    finally:
        gc.unfreeze()
        parts.close()


def timed(browser: Client, path: str, times: int) -> tuple[float, float]:
    """Milliseconds on the server, median and 95th percentile, after one that fills the caches. Raises SystemExit when
    the page is not there: a quick error is no quick page."""
    took = []
    for _ in range(times + 1):
        begun = perf_counter()
        answer = browser.get(path)
        answer.get_data()
        took.append((perf_counter() - begun) * 1000)
        answer.close()
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
    cuts = quantiles(took[1:], n=20, method="inclusive")
    return cuts[9], cuts[18]


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 when a page is too slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=20)
    options = parser.parse_args(arguments)
    slow = 0
    with database(options.database) as kept, busy_line(kept.url, options.calls) as browser:
        print(f"{options.database}, {options.calls} calls, each page {options.times} times\n")
        print("| page | p50 ms | p95 ms |\n|---|---:|---:|")
        for page in PAGES:
            path = "/admin/" + page.format(call=LAST_CALL.format(options.calls - 1))
            half, most = timed(browser, path, options.times)
            too_slow = most > LIMIT_MS and page not in FILES
            slow += too_slow
            print(f"| {path} | {half:.0f} | {most:.0f} |{' over the limit' if too_slow else ''}", flush=True)
    print(f"\n{slow} over {LIMIT_MS} ms")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
